// What is known at a place of a function's code, and how the ways that meet there are put together.

import type { Change } from "./summary.js";
import { NOTHING, type Origin, union, type Value } from "./value.js";

/** What is known at a place of the code. */
export interface State {
  readonly locals: Map<number, Value>;
  /** Changes that can be not used yet. */
  pending: ReadonlySet<Change>;
  /** Those of items of arrays that earlier turns of a loop have made: the next turn takes other items. */
  stale: ReadonlySet<Change>;
  /** Objects that a stored collection can have been given. */
  given: ReadonlySet<Origin>;
  /** Locals with what an earlier turn of a loop has left in them: `LOOP/INDEX`. */
  old: ReadonlySet<string>;
  /** What was called that can call back, in words. */
  left: string | undefined;
}

export function copyState(state: State): State {
  return { ...state, locals: new Map(state.locals) };
}

/** Joins into the first. */
export function joinStates(a: State | undefined, b: State | undefined): State | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  for (const [index, value] of b.locals) a.locals.set(index, union(a.locals.get(index) ?? NOTHING, value));
  a.pending = union(a.pending, b.pending);
  a.stale = union(a.stale, b.stale);
  a.given = union(a.given, b.given);
  a.old = union(a.old, b.old);
  a.left ??= b.left;
  return a;
}

export function isSameState(a: State | undefined, b: State | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.left !== b.left || a.pending.size !== b.pending.size || a.stale.size !== b.stale.size) return false;
  if (a.given.size !== b.given.size || a.old.size !== b.old.size) return false;
  for (const [index, value] of a.locals) {
    if ((b.locals.get(index) ?? NOTHING).size !== value.size) return false;
  }
  return true;
}

/** At the end of a loop's turn: what it has changed in items of arrays is not what the next turn reads. */
export function makeStale(end: State, counters: ReadonlySet<number>): void {
  const made = [...end.pending].filter(({ index }) => index !== undefined && counters.has(index));
  if (made.length === 0) return;
  end.pending = new Set([...end.pending].filter((change) => !made.includes(change)));
  end.stale = union(end.stale, new Set(made));
}

/** At the end of a loop's turn: what the next one does not assign is of this one. */
export function makeOld(end: State, loop: string): void {
  const held = [...end.locals].filter(([, value]) => [...value].some((origin) => /^(copy|new):/.test(origin)));
  end.old = new Set(held.map(([index]) => `${loop}/${index}`));
}

/** Behind a loop all that it has changed can be read. */
export function refresh(state: State): void {
  state.pending = union(state.pending, state.stale);
}
