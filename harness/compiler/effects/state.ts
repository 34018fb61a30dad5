// What is known at a place of a function's code, and how the ways that meet there are put together.

import type { Change } from "./summary.js";
import { NOTHING, union, type Value } from "./value.js";

/** What is known at a place of the code. */
export interface State {
  readonly locals: Map<number, Value>;
  /** Changes that can be not used yet. */
  pending: ReadonlySet<Change>;
  /** Those of items of arrays that earlier turns of a loop have made: the next turn takes other items. */
  stale: ReadonlySet<Change>;
  /** What was called that can call back, in words. */
  left: string | undefined;
}

export function copyState({ locals, pending, stale, left }: State): State {
  return { locals: new Map(locals), pending, stale, left };
}

/** Joins into the first. */
export function joinStates(a: State | undefined, b: State | undefined): State | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  for (const [index, value] of b.locals) a.locals.set(index, union(a.locals.get(index) ?? NOTHING, value));
  a.pending = union(a.pending, b.pending);
  a.stale = union(a.stale, b.stale);
  a.left ??= b.left;
  return a;
}

export function isSameState(a: State | undefined, b: State | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.left !== b.left || a.pending.size !== b.pending.size || a.stale.size !== b.stale.size) return false;
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

/** Behind a loop all that it has changed can be read. */
export function refresh(state: State): void {
  state.pending = union(state.pending, state.stale);
}
