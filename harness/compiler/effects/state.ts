// What is known at a place of a function's code, and how the ways that meet there are put together.

import type { Change } from "./summary.js";
import { join, NOTHING, union, type Value } from "./value.js";

/** What is known at a place of the code. */
export interface State {
  readonly locals: Map<number, Value>;
  pending: ReadonlySet<Change>;
  /** What was called that can call back, in words. */
  left: string | undefined;
}

export function copyState({ locals, pending, left }: State): State {
  return { locals: new Map(locals), pending, left };
}

/** Joins into the first. */
export function joinStates(a: State | undefined, b: State | undefined): State | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  for (const [index, value] of b.locals) a.locals.set(index, join(a.locals.get(index) ?? NOTHING, value));
  a.pending = union(a.pending, b.pending);
  a.left ??= b.left;
  return a;
}

export function isSameState(a: State | undefined, b: State | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.left !== b.left || a.pending.size !== b.pending.size) return false;
  for (const [index, value] of a.locals) {
    const other = b.locals.get(index) ?? NOTHING;
    if (other.self.size !== value.self.size || other.inner.size !== value.inner.size) return false;
  }
  return true;
}
