// What a function does, as far as its callers have to know it.

import type { AscRangeNode, ExpressionRef } from "../asc-internals.js";
import { NOTHING, type Origin, type Value } from "./value.js";

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

/** The collection that an object was given to, as origins, and the method that took it. */
export interface Gift {
  readonly collection: Value;
  readonly method: string;
}

/** A change of an object that is a copy, or of a parameter or something in it. */
export interface Change {
  readonly origin: Origin;
  /** The field's name or address; `*` for more than one. */
  readonly key: string;
  readonly at: AscRangeNode | undefined;
  /** The local that says of which item of an array it is, of which a loop takes another each time. */
  readonly index: number | undefined;
  /** Whether the object is stored, given to something or read after the change on some path. */
  isUsed: boolean;
  /** Whether it is given back to the caller, which uses it or not. */
  isReturned: boolean;
  /** The stored collection that was given the object before it is changed here. */
  gift: Gift | undefined;
  /** The changes of which this is one: an object can be one of several. */
  readonly same: Set<Change>;
  /** Whether it can be about no other object. */
  isSure: boolean;
}

/** A field of a parameter or of something in it; `*` for all that can be come to from it. */
export interface FieldOf {
  readonly origin: Origin;
  readonly key: string;
}

/** A field of a parameter that is changed in vain, as far as the function goes. */
export interface Drop extends FieldOf {
  readonly gift: Gift | undefined;
  readonly isSure: boolean;
  readonly isReturned: boolean;
  readonly at: AscRangeNode | undefined;
}

/** A function that was given as a value, and what it is called with. */
export interface Applied {
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly typeKey: string;
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
  /** Parameters and parts of them that are changed in place; the changes that nothing in it uses afterwards. */
  readonly mutates: ReadonlySet<Origin>;
  readonly drops: readonly Drop[];
  /** What it reads of its parameters, or gives to what is not known; `>` before the key: what it goes on
   * from; `?` as a key: what it gives to a function that calls it. */
  readonly reads: readonly FieldOf[];
  /** What is kept by something that lasts. */
  readonly escapes: ReadonlySet<Origin>;
  /** The objects that it gives to stored collections. */
  readonly gifts: ReadonlyMap<Origin, Gift>;
  /** What is put into parameters. */
  readonly puts: readonly (FieldOf & { readonly value: Value })[];
  readonly applies: readonly Applied[];
  readonly result: Value;
  /** What is in the new object that it gives, by field; what is in other new objects that callers come to. */
  readonly held: ReadonlyMap<string, Value>;
  readonly heldDeep: Value;
  /** Copies that it has changed and gives to the caller. */
  readonly unsettled: ReadonlySet<Origin>;
  /** Whether it surely does not return. */
  readonly never: boolean;
  /** Whether it reads structs or arrays of the state, and whether they go where the analysis does not follow. */
  readonly readsPlaces: boolean;
  readonly isUnsure: boolean;
  /** Copies that are changed in vain. */
  readonly dropped: readonly Change[];
  /** What it calls, and what the functions call that it gives them. */
  readonly calls: readonly FoundCall[];
}

/** A call: of which function, where. */
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
  drops: [],
  reads: [],
  escapes: new Set(),
  gifts: new Map(),
  puts: [],
  applies: [],
  result: NOTHING,
  held: new Map(),
  heldDeep: NOTHING,
  unsettled: new Set(),
  never: false,
  readsPlaces: false,
  isUnsure: false,
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
      one.drops.length,
      one.drops.map(({ gift, isSure }) => `${gift !== undefined} ${isSure}`),
      one.reads.length,
      [...one.escapes],
      [...one.gifts.keys()],
      one.puts.length,
      one.applies.length,
      [...one.result],
      [...one.held].map(([field, value]) => [field, ...value]),
      [...one.heldDeep],
      [...one.unsettled],
      one.never,
      one.readsPlaces,
      one.isUnsure,
    ].join("|");
  return shape(a) === shape(b);
}

/** The first effect of each kind, and of calls the first that does more than read. */
export function firstOfEach(effects: readonly Effect[]): Effect[] {
  const found = new Map<string, Effect>();
  for (const effect of effects) {
    const kind = effect.kind === "call" ? `call ${effect.isReading}` : effect.kind;
    if (!found.has(kind)) found.set(kind, effect);
  }
  return [...found.values()];
}
