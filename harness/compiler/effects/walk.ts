// The parts that look at a function together, as each sees the others.

import type { AscRangeNode, AscType, ExpressionRef } from "../asc-internals.js";
import type { Heap } from "./heap.js";
import type { ModuleFunction, ModuleReader } from "./module-reader.js";
import type { State } from "./state.js";
import type { EffectSubject } from "./subject.js";
import type { Applied, Effect, FoundCall, Gift, Summary } from "./summary.js";
import type { Origin, Value } from "./value.js";

/** A copy that the code has made of something stored. */
export interface Copy {
  /** The field it was read from, if that is known. */
  readonly field: string | undefined;
  /** What gave it, if that is not a collection: `Peer.deal`. */
  readonly giver?: string;
}

/** The analysis of the whole module. */
export interface Analysis {
  readonly reader: ModuleReader;
  readonly subject: EffectSubject;
  /** asc's numbers of the types that can hold an address. */
  readonly usizeKinds: readonly number[];
  summaryOf(target: ModuleFunction): Summary;
  /** Whether a function is being looked at: one that it calls calls it. */
  isRunning(target: ModuleFunction): boolean;
  /** Whether a function is of the author's files or of the contracts that they build on, and not of asc's or the SDK's. */
  isAuthored(target: ModuleFunction): boolean;
  /** A function as its author calls it: a contract's own method by its name alone; empty for accessors of stored fields. */
  labelOf(target: ModuleFunction): string;
  /** Whether a function only reads or assigns a field of an object, as asc makes them for every field. */
  isFieldAccess(target: ModuleFunction): boolean;
  /** The functions that a value of a type can be. */
  candidates(typeKey: string): readonly ModuleFunction[];
  /** The number of a copy that is made at a place of a function. */
  copyMadeAt(target: ModuleFunction, expression: number, copy: Copy): `copy:${number}`;
}

/** Where the look at a function stands. */
export interface Walk {
  readonly analysis: Analysis;
  readonly target: ModuleFunction;
  readonly isAuthored: boolean;
  /** Whether it is one of asc's library, which changes objects that it is given but never what is in them. */
  readonly isLibrary: boolean;
  readonly uses: Uses;
  readonly calls: Calls;
  readonly heap: Heap;
  readonly gifts: Gifts;
  /** Undefined behind a jump. */
  state: State | undefined;
  /** Whether objects of the state are read, and whether they go where the analysis does not follow. */
  readsPlaces: boolean;
  isUnsure: boolean;
  /** Whether what an expression gives is thrown away. */
  isDropped: boolean;
  /** Locals that count the turns of a loop. */
  readonly counters: ReadonlySet<number>;
  /** The place of the expression being looked at, or of the nearest around it that has one in this function. */
  readonly place: AscRangeNode | undefined;
  walk(expression: ExpressionRef): Value;
  kindOf(type: AscType): "object" | "address" | "plain";
}

/** What a function does to objects, and with them. */
export interface Uses {
  /** Reads that are no use of a change: of a field that is being assigned. */
  readonly ignored: { readonly origins: ReadonlySet<Origin>; readonly key: string }[];
  /**
   * Notes that an object is changed in place: in one field, or `*`. `whole` is all that it can be; `gift` is to what a
   * called function has given it before it changed it.
   */
  change(address: Value, key: string, whole?: Value, gift?: Gift): void;
  /** Notes that an object is used as a whole, with what is in it: what was changed in it was not in vain. */
  use(value: Value): void;
  /** Notes that a field of an object is read; `.` for any of its own. */
  useField(value: Value, key: string): void;
  /** Notes that what a field of an object holds is gone on to: that uses that it was assigned. */
  step(value: Value, key: string): void;
  /** The object itself, for functions of asc's library: they do nothing to what is in it. */
  own(value: Value): Value;
  /** Notes that an object is given back to the caller. */
  giveBack(value: Value): void;
  /** Notes that an object is given to a function that is being looked at, of which not all is known yet. */
  doubt(value: Value): void;
  /** Notes that an object goes where the analysis does not follow. */
  handOver(value: Value): void;
  /** Forgets the changes of an object that is made anew. */
  renew(origin: Origin): void;
  /** Notes that a @lazy field is assigned: what is changed in it is stored. */
  assign(slot: string): void;
  /** Notes that something lasting keeps an object: a variable of the file, the state, or what is not known. */
  keep(value: Value): void;
  /** Notes that an object has a value in a field of it. */
  put(into: Value, value: Value, key: string): void;
}

/** Which objects stored collections were given, and which a loop's turns make anew. */
export interface Gifts {
  /** Whether what is looked at is one of several functions of which it is not known which is called. */
  isGuess: boolean;
  give(value: Value, gift: Gift): void;
  /** The gift after which an object is changed; none unless it surely is one that was given, or `known` says so. */
  giftOf(value: Value, known?: Gift): Gift | undefined;
  /** Notes that an object is put into what the caller has. */
  handOver(origin: Origin): void;
  isHanded(origin: Origin): boolean;
  /** Whether nothing can come to the object that was made at the same place before. */
  isForgotten(origin: Origin): boolean;
  /** Notes that an object is made, which has been given to nothing yet. */
  renew(origin: Origin): void;
}

export interface Calls {
  /** The functions that are called, as far as they are known. */
  readonly found: FoundCall[];
  readonly applies: Applied[];
  /** Parameters, and parts of them, that are changed in place. */
  readonly mutates: Set<Origin>;
  /** Notes an effect at the present place. */
  effect(kind: Effect["kind"], text: string, chain?: readonly string[], isReading?: boolean): void;
  /** Notes that another contract is called, which can call back. */
  leave(text: string): void;
  /** Notes a write after that. */
  late(text: string, left: string): void;
}

/** A call: its place in the module, what it is given, whether its result is thrown away. */
export interface Site {
  readonly at: ExpressionRef;
  readonly args: readonly Value[];
  /** Whether an argument is a constant: a null, where it is an address. */
  readonly isConstant: readonly boolean[];
  readonly isDropped: boolean;
  /** The local that is its second argument, as the number of an item. */
  readonly index: number | undefined;
  /** The author's functions between this one and what is called. */
  readonly via?: readonly string[];
}
