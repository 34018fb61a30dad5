// The parts that look at a function together, as each sees the others.

import type { AscRangeNode, AscType, ExpressionRef } from "../asc-internals.js";
import type { Heap } from "./heap.js";
import type { ModuleFunction, ModuleReader } from "./module-reader.js";
import type { State } from "./state.js";
import type { EffectSubject } from "./subject.js";
import type { Applied, Effect, FoundCall, Summary } from "./summary.js";
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
  /** Notes that an object is changed in place: in one field, or `*`. */
  change(address: Value, key: string): void;
  /** Notes that an object is used as a whole, with what is in it: what was changed in it was not in vain. */
  use(value: Value): void;
  /** Notes that a field of an object is read; `.` for any of its own. */
  useField(value: Value, key: string): void;
  /** The object itself, for functions of asc's library: they do nothing to what is in it. */
  own(value: Value): Value;
  /** Notes that an object is given back to the caller. */
  giveBack(value: Value): void;
  /** Forgets the changes of a copy that is made anew. */
  renew(origin: Origin): void;
  /** Notes that a @lazy field is assigned: what is changed in it is stored. */
  assign(slot: string): void;
  /** Notes that something lasting keeps an object: a variable of the file, the state, or what is not known. */
  keep(value: Value): void;
  /** Notes that an object has a value in a field of it. */
  put(into: Value, value: Value, key: string): void;
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
