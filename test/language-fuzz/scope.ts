// What a generated method can use where an expression or statement of it stands.

import type { Random } from "../hostile/random.js";
import type { Field, Method, Program } from "./program.js";
import type { Type } from "./types.js";

export interface Variable {
  readonly name: string;
  readonly type: Type;
  /** Counters of loops and parameters of shared types are not assigned. */
  readonly mutable: boolean;
  /** Nothing else refers to what it holds: changing it changes no state. */
  readonly owned: boolean;
  /** Of a Map (two types) or Set (one) in memory. */
  readonly table?: readonly Type[];
}

export interface Scope {
  readonly random: Random;
  readonly program: Omit<Program, "classes" | "hasPeer">;
  readonly fields: readonly Field[];
  /** Methods of the contract that can be called from here. */
  readonly methods: readonly Method[];
  /** Methods that the peer may call back from here; undefined where the peer is not called. */
  readonly reentered?: readonly Method[] | undefined;
  /** Whether state may be changed, and what changes it called. */
  readonly writes: boolean;
  /** Whether there is a `this`. */
  readonly hasSelf: boolean;
  readonly variables: readonly Variable[];
  readonly inLoop: boolean;
  readonly result: Type;
  /** Gives names that are there once in the method. */
  readonly newName: () => string;
}
