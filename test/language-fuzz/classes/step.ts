// What the body of a generated method is made of: a text, and what it does in the model. Everything that a body computes goes
// through `r`, and comes out of order if something runs that should not.

import type { Value } from "../types.js";
import type { ClassSpec } from "./line.js";
import type { Call } from "./world.js";

/** A running method of a class. */
export interface Frame {
  readonly call: Call;
  /** The contract's line, and the class of it whose method this is. */
  readonly line: readonly ClassSpec[];
  readonly owner: ClassSpec;
  readonly args: readonly Value[];
  r: bigint;
}

export interface Step {
  readonly text: string;
  run(frame: Frame): void;
}

/** What `r` stays below; a prime. */
export const MODULUS = 1_000_003n;
