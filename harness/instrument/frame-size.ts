// How much of the counted stack a function's frame takes, by its source alone: the same on every engine, and for every
// one of its compilers. What their own frames take is not asked here (vm/deep-stack.ts is for that).

import type { BodyPlan } from "./body-plan.js";
import type { FunctionType } from "./module-shape.js";

/** Bytes of one parameter, local or operand. */
export const SLOT_BYTES = 8;

/** Counted for a frame beside its slots. */
const FRAME_OVERHEAD_BYTES = 32;

/** Operators of a body for each byte that a frame counts at least. */
export const OPERATORS_PER_BYTE = 2;

/**
 * The frame's size: parameters, locals and the deepest operand stack, and a fixed overhead. At least half a byte for each
 * operator, dead code apart, rounded up: a compiler that optimises may keep what operators compute, whether the source
 * keeps it or not.
 */
export function frameBytes(type: FunctionType, plan: BodyPlan): number {
  const slots = type.params.length + plan.localCount + plan.maxHeight;
  const operators = Math.ceil(plan.operatorCount / OPERATORS_PER_BYTE);
  return Math.max(slots * SLOT_BYTES + FRAME_OVERHEAD_BYTES, operators);
}
