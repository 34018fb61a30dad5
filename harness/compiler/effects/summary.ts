// What a function does, as far as its callers have to know it.

import type { AscRangeNode, ExpressionRef } from "../asc-internals.js";
import { NOTHING, type Value } from "./value.js";

/** Something that lasts beyond a call, or that another contract is asked to do. */
export interface Effect {
  readonly kind: "state" | "event" | "transfer" | "call";
  /** In words that follow "it": `writes this.count`, `emits an event`. */
  readonly text: string;
  /** Where in the function itself. */
  readonly at: AscRangeNode | undefined;
  /** The functions through which it is done, from the one that is called here on. */
  readonly chain: readonly string[];
  /** Of a call of another contract: whether it can be one that only reads there. */
  readonly isReading: boolean;
}

/** A change of an object that is a copy, or a parameter. */
export interface Change {
  readonly origin: `copy:${number}` | `lazy:${string}` | `param:${number}`;
  /** The field's name or address; `*` for more than one. */
  readonly key: string;
  readonly at: AscRangeNode | undefined;
  /** Whether the object is given on, stored or read after the change on some path. */
  isUsed: boolean;
}

/** A write that can happen after another contract was called. */
export interface LateWrite {
  readonly text: string;
  readonly left: string;
  readonly at: AscRangeNode | undefined;
}

export interface Summary {
  /** In the order of the code. */
  readonly effects: readonly Effect[];
  /** What it calls that can call back, in words. */
  readonly leaves: string | undefined;
  readonly lateWrites: readonly LateWrite[];
  /** Parameters that are changed in place; those whose change nothing in it uses afterwards; those that are kept. */
  readonly mutates: ReadonlySet<number>;
  readonly drops: ReadonlySet<number>;
  readonly escapes: ReadonlySet<number>;
  readonly result: Value;
  /** Whether it surely does not return. */
  readonly never: boolean;
  /** Whether it reads structs or arrays of the state, and whether they go where the analysis does not follow. */
  readonly readsPlaces: boolean;
  readonly isUnsure: boolean;
  /** Types of the functions that it calls as values it was given. */
  readonly indirect: ReadonlySet<string>;
  /** Copies that are changed in vain. */
  readonly dropped: readonly Change[];
  /** The expression that it calls through, for the roots. */
  readonly calls: readonly FoundCall[];
}

/** A direct call: of which function, where. */
export interface FoundCall {
  readonly target: string;
  readonly expression: ExpressionRef;
  readonly at: AscRangeNode | undefined;
}

export const NO_EFFECTS: Summary = {
  effects: [],
  leaves: undefined,
  lateWrites: [],
  mutates: new Set(),
  drops: new Set(),
  escapes: new Set(),
  result: NOTHING,
  never: false,
  readsPlaces: false,
  isUnsure: false,
  indirect: new Set(),
  dropped: [],
  calls: [],
};

/** Whether two summaries say the same to a caller. */
export function isSameSummary(a: Summary, b: Summary): boolean {
  const shape = (one: Summary) =>
    [
      one.effects.length,
      one.leaves,
      one.lateWrites.length,
      [...one.mutates],
      [...one.drops],
      [...one.escapes],
      [...one.result.self],
      [...one.result.inner],
      one.never,
      one.readsPlaces,
      one.isUnsure,
      [...one.indirect],
    ].join("|");
  return shape(a) === shape(b);
}
