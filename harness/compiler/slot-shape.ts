// What decides how a field's state is written: whether it is an integer, and how often it is assigned.

import type { LinkedContract } from "./link-contract.js";
import type { SlotModel } from "./model.js";

/** Whether a field is an integer: it then has eight bytes of its own through which it is read and written. */
export function isInteger({ type }: SlotModel): boolean {
  if (typeof type.abi === "object") return "enum" in type.abi;
  return /^([ui](8|16|32|64)|bool)$/.test(type.abi ?? "");
}

/** Whether a value can change without being assigned, or cannot be compared: its bytes are compared instead. */
export function isComparedByBytes({ type, lazy, kind }: SlotModel): boolean {
  return kind === "value" && typeof type.abi === "object" && !("enum" in type.abi) && !lazy;
}

/** Up to how many assignments of a field's are written out, for less code than calls of a function. */
const FEW_WRITES = 2;

/** How many times the contract's methods assign a field, in the text. */
function countWrites({ name }: SlotModel, { lineage }: LinkedContract): number {
  const effects = lineage.flatMap(({ methods }) => methods.flatMap(({ body }) => body.effects));
  return effects.filter(({ part }) => part?.field === name).length;
}

/** Whether assigning a field is written out where it is done: it then takes less code than a call. */
export function isWrittenOut(slot: SlotModel, contract: LinkedContract): boolean {
  return isInteger(slot) && countWrites(slot, contract) <= FEW_WRITES;
}
