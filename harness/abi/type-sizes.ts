// How many bytes a type's values have in Borsh, at least and at most; and types that no value can have.

import type { Abi, AbiType } from "../core/abi.js";
import { QwvmError } from "../core/errors.js";
import { type NamedTypes, namedTypes } from "./wire-form.js";

const FIXED: Readonly<Record<string, number>> = { bool: 1, address: 20, hash: 32 };

function primitiveSize(type: string): number | undefined {
  const bits = /^[ui](\d+)$/.exec(type)?.[1];
  return bits === undefined ? FIXED[type] : Number(bits) / 8;
}

/** The most bytes; undefined when there is no bound. */
export function largestSize(type: AbiType, named: NamedTypes, outer: readonly string[] = []): number | undefined {
  if (typeof type === "string") return primitiveSize(type);
  if ("enum" in type) return 1;
  if ("option" in type) {
    const inner = largestSize(type.option, named, outer);
    return inner === undefined ? undefined : inner + 1;
  }
  if ("array" in type) {
    if (type.length === undefined) return undefined;
    const item = largestSize(type.array, named, outer);
    return item === undefined ? undefined : item * type.length;
  }
  if (outer.includes(type.struct)) return undefined;
  let sum = 0;
  for (const field of named.structs.get(type.struct)?.fields ?? []) {
    const size = largestSize(field.type, named, [...outer, type.struct]);
    if (size === undefined) return undefined;
    sum += size;
  }
  return sum;
}

/** Room for a result without a bound that matters, and the least there is for any, so that errors fit. */
export const RESULT_ROOM = 65_536;
const LEAST_ROOM = 1_024;

/** How many bytes of an answer a caller makes room for. */
export function roomFor(result: AbiType | undefined, named: NamedTypes): number {
  const most = result === undefined ? 0 : (largestSize(result, named) ?? RESULT_ROOM);
  return Math.min(Math.max(most, LEAST_ROOM), RESULT_ROOM);
}

/** Whether a value may have no bytes at all, as a struct without fields has. */
export function canBeEmpty(type: AbiType, named: NamedTypes): boolean {
  return largestSize(type, named) === 0;
}

/** The structs that a type has a value of in itself: not behind a length and, unless `throughOptions`, not in an option. */
export function heldStructs(type: AbiType, throughOptions: boolean): readonly string[] {
  if (typeof type === "string" || "enum" in type) return [];
  if ("struct" in type) return [type.struct];
  if ("option" in type) return throughOptions ? heldStructs(type.option, true) : [];
  return type.length === undefined || type.length === 0 ? [] : heldStructs(type.array, throughOptions);
}

/** Whether a value of the struct `from` may have one of the struct `to` in itself. */
export function holds(from: string, to: string, named: NamedTypes, throughOptions: boolean): boolean {
  const seen = new Set<string>();
  const visit = (name: string): boolean => {
    if (name === to) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    const fields = named.structs.get(name)?.fields ?? [];
    return fields.some((field) => heldStructs(field.type, throughOptions).some(visit));
  };
  return visit(from);
}

/** @throws QwvmError `BAD_ABI` for a struct that has itself in itself, without an option or a list between */
export function refuseEndless(abi: Abi): void {
  const named = namedTypes(abi);
  for (const { name, fields } of abi.structs) {
    for (const field of fields) {
      if (!heldStructs(field.type, false).some((held) => holds(held, name, named, false))) continue;
      throw new QwvmError("BAD_ABI", `The struct ${name} has itself in its field ${field.name}, so no value ends.`, {
        hint: "Put an option or an array between: a value that may be absent ends.",
      });
    }
  }
}
