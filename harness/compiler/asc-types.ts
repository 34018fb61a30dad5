// Types as generated modules write them, made from what they are in Borsh: how the author's file calls a type (under an
// imported name, through an alias) is that file's own matter.

import type { AbiType } from "../core/abi.js";
import type { SlotModel, TypeModel } from "./model.js";

/** Names of types that are called otherwise by AssemblyScript. */
const ASC_NAMES: Readonly<Record<string, string>> = { address: "Address", bytes: "Bytes", hash: "Hash" };

/** A type as generated modules see it: enums are bytes with a name, structs have the name that `structName` gives them. */
export function ascType(abi: AbiType): string {
  if (typeof abi === "string") return Object.hasOwn(ASC_NAMES, abi) ? (ASC_NAMES[abi] as string) : abi;
  if ("enum" in abi) return enumTypeName(abi.enum);
  if ("struct" in abi) return structName(abi.struct);
  if ("option" in abi) return `${ascType(abi.option)} | null`;
  const item = ascType(abi.array);
  return abi.length === undefined ? `Array<${item}>` : `FixedArray<${item}, __sizes.Size${abi.length}>`;
}

/** The name of an enum's type, in the author's files as well: see enum-types. */
export function enumTypeName(name: string): string {
  return `__enum_${name}`;
}

/** The name of a struct in generated modules: one that nothing else in them can have. */
export function structName(name: string): string {
  return `__struct_${name}`;
}

/** A type of the author's as generated modules write it. */
export function generatedType(type: TypeModel): TypeModel {
  return type.abi === undefined ? type : { ...type, asc: ascType(type.abi) };
}

const COLLECTIONS = { map: "StorageMap", vec: "StorageVec", set: "StorageSet", iterableMap: "IterableMap" } as const;

/** A field's whole type as generated modules write it. */
export function generatedSlot<T extends SlotModel>(slot: T): T {
  const type = generatedType(slot.type);
  const keys = slot.keys.map(generatedType);
  if ([type, ...keys].some(({ abi }) => abi === undefined)) return slot;
  if (slot.kind === "value") return { ...slot, type, asc: type.asc };
  const hasKey = slot.kind === "map" || slot.kind === "iterableMap";
  const outer = hasKey ? keys.slice(0, -1) : keys;
  const own = hasKey ? `${keys.at(-1)?.asc}, ` : "";
  const inner = `${COLLECTIONS[slot.kind]}<${own}${type.asc}>`;
  return { ...slot, type, keys, asc: outer.reduceRight((text, key) => `StorageMap<${key.asc}, ${text}>`, inner) };
}
