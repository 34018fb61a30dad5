// Reads JSON that somebody else may have written: objects, lists, names and types, or one sentence about what is wrong.

import { ABI_PRIMITIVES, type AbiType } from "../core/abi.js";
import { printableLiteral } from "../core/printable.js";

/** Types can be nested as deeply as a file of ours ever has them. */
const DEEPEST = 64;

/** What is wrong with a file, as the end of "… cannot be read: ". */
export class Damage extends Error {}

/** A type as the interface has it: a primitive's name, or an object of one kind. */
export function readType(value: unknown, what: string, depth = 0): AbiType {
  if (depth > DEEPEST) throw new Damage(`${what} is nested too deeply`);
  if (typeof value === "string") {
    const known = ABI_PRIMITIVES.find((primitive) => primitive === value);
    if (known !== undefined) return known;
    throw new Damage(`${what} has the type ${shown(value)}, which there is not`);
  }
  const type = objectOf(value, `a type in ${what}`);
  const [key = ""] = type.keys();
  const inner = type.get(key);
  if (key === "struct" && type.size === 1) return { struct: nameOf(inner, `the struct of ${what}`) };
  if (key === "enum" && type.size === 1) return { enum: nameOf(inner, `the enum of ${what}`) };
  if (key === "option" && type.size === 1) return { option: readType(inner, what, depth + 1) };
  if (type.has("array") && type.size === (type.has("length") ? 2 : 1)) {
    const array = readType(type.get("array"), what, depth + 1);
    if (!type.has("length")) return { array };
    const length = type.get("length");
    if (typeof length === "number" && Number.isSafeInteger(length) && length >= 0) return { array, length };
  }
  throw new Damage(`${what} has the type ${shown(value)}, which there is not`);
}

export function objectOf(value: unknown, what: string): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Damage(`${what} is ${shown(value)}, and no object`);
  }
  return new Map(Object.entries(value));
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Damage(`it has no list of ${what}`);
}

export function nameOf(value: unknown, what: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Damage(`${what} is ${shown(value)}`);
}

/** A value of the file in a message. Objects can be of any depth: what they hold is not shown. */
export function shown(value: unknown): string {
  if (typeof value === "string") return printableLiteral(value, 40);
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
