// Writes how a value is read where the SDK's generic reader cannot know enough: an enum is a byte to it, and which bytes
// are members only its declaration says.

import type { AbiType } from "../core/abi.js";
import type { TypeModel } from "./model.js";

/** Whether a value of the type has an enum in it that is not a struct's, whose own reading checks it. */
export function containsEnum(type: AbiType): boolean {
  if (typeof type === "string" || "struct" in type) return false;
  if ("enum" in type) return true;
  return containsEnum("array" in type ? type.array : type.option);
}

/** An expression that reads a value with enums in it and checks each: for text like `__qwvm.readEnum(3)`. */
export function writeRead(type: TypeModel): string {
  const { abi, asc, members } = type;
  if (typeof abi === "object" && "enum" in abi) return `__qwvm.readEnum(${members})`;
  return `__qwvm.checkEnums<${asc}>(__qwvm.read<${asc}>(), ${members})`;
}
