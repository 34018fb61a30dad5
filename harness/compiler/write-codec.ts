// Writes how a value is read where the SDK's generic reader cannot know enough: an enum is a byte to it, and which bytes
// are members only its declaration says.

import type { AbiType } from "../core/abi.js";
import type { TypeModel } from "./model.js";

/** Bytes of the types that always have as many in Borsh, and whose bytes are all good: booleans and enums are checked. */
const FIXED_SIZES: Partial<Record<string, number>> = {
  bool: 1,
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
  u128: 16,
  i128: 16,
  u256: 32,
  i256: 32,
  address: 20,
  hash: 32,
};

/** How many bytes a value of the type has in Borsh; undefined when that depends on the value, or on more than a byte. */
export function fixedSize(type: AbiType): number | undefined {
  if (typeof type === "string") return FIXED_SIZES[type];
  return "enum" in type ? 1 : undefined;
}

/** An expression that reads a value of a fixed size from the arguments. References point into them. */
export function writeFixedRead({ abi, asc, members }: TypeModel, offset: number): string {
  const at = offset === 0 ? "argsAt" : `argsAt + ${offset}`;
  if (typeof abi === "object") return `__qwvm.enumAt(${at}, ${members})`;
  if (abi === "bool") return `__qwvm.boolAt(${at})`;
  if (/^[ui](8|16|32|64)$/.test(abi as string)) return `load<${asc}>(argsAt${offset === 0 ? "" : `, ${offset}`})`;
  return `changetype<${asc}>(${at})`;
}

/** Whether a value of the type has an enum in it that is not a struct's, whose own reading checks it. */
export function containsEnum(type: AbiType): boolean {
  if (typeof type === "string" || "struct" in type) return false;
  if ("enum" in type) return true;
  return containsEnum("array" in type ? type.array : type.option);
}

/** As `writeRead`, into the object that `target` holds, if it holds one: whoever else holds it sees what was read. */
export function writeRefresh(type: TypeModel, target: string): string {
  const { abi, asc, members } = type;
  if (typeof abi !== "object" || "enum" in abi) return writeRead(type);
  const value = `__qwvm.refreshed<${asc}>(${target})`;
  return containsEnum(abi) ? `__qwvm.checkEnums<${asc}>(${value}, ${members})` : value;
}

/** An expression that reads a value with the SDK's reader, and checks the enums in it: `__qwvm.readEnum(3)`. */
export function writeRead({ abi, asc, members }: TypeModel): string {
  if (abi === undefined || !containsEnum(abi)) return `__qwvm.read<${asc}>()`;
  if (typeof abi === "object" && "enum" in abi) return `__qwvm.readEnum(${members})`;
  return `__qwvm.checkEnums<${asc}>(__qwvm.read<${asc}>(), ${members})`;
}
