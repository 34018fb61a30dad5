// The blocks that are open where a body is being read, innermost last, and how much may have run up to their ends since
// the gas was asked for.

import { BadBinary } from "./byte-reader.js";
import { OP } from "./opcodes.js";

export interface Label {
  readonly opcode: number;
  readonly height: number;
  readonly params: number;
  readonly results: number;
  /** The block was entered from dead code. */
  readonly dead: boolean;
  targeted: boolean;
  /** For an `if` whose block is charged in its arms: what is to be charged. */
  carries: boolean;
  carriedCount: number;
  carriedFlags: number;
  hasElse: boolean;
  /** Operators that may have run unasked when the block is entered. */
  unaskedBefore: number;
  /** The same where it ends, by the branches and the arm that were read. */
  unaskedAfter: number;
}

export function makeLabel(opcode: number, height: number, params: number, results: number, dead: boolean): Label {
  const carried = { carries: false, carriedCount: 0, carriedFlags: 0 };
  const rest = { targeted: false, hasElse: false, unaskedBefore: 0, unaskedAfter: 0 };
  return { opcode, height, params, results, dead, ...carried, ...rest };
}

/**
 * The label that a branch goes to.
 * @param unasked operators that may have run since the gas was asked for
 */
export function target(labels: Label[], depth: number, dead: boolean, unasked: number, offset: number): Label {
  const label = labels[labels.length - 1 - depth];
  if (label === undefined) throw new BadBinary("a branch leads out of its function", offset);
  if (!dead) {
    label.targeted = true;
    label.unaskedAfter = Math.max(label.unaskedAfter, unasked);
  }
  return label;
}

/** Operators that may have run unasked at a block's end, for all that do not come there straight. */
export function unaskedAtEnd({ opcode, hasElse, unaskedBefore, unaskedAfter }: Label): number {
  return opcode === OP.if && !hasElse ? Math.max(unaskedBefore, unaskedAfter) : unaskedAfter;
}
