// The types of generated contracts, and what a value of each is while the model computes: numbers are bigints, Address, Hash
// and Bytes are texts of hex digits, objects and arrays are shared as references are.

export interface IntType {
  readonly kind: "int";
  readonly name: string;
  readonly bits: number;
  readonly signed: boolean;
}
export interface EnumType {
  readonly kind: "enum";
  readonly name: string;
  readonly members: readonly string[];
}
export interface StructType {
  readonly kind: "struct";
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: Type }[];
}
export interface ArrayType {
  readonly kind: "array";
  readonly of: Type;
}
export interface FixedType {
  readonly kind: "fixed";
  readonly of: Type;
  readonly length: number;
}
export interface OptionType {
  readonly kind: "option";
  readonly of: Type;
}
export interface SimpleType {
  readonly kind: "bool" | "string" | "bytes" | "address" | "hash" | "void";
}
export type Type = IntType | EnumType | StructType | ArrayType | FixedType | OptionType | SimpleType;

/** What a field of the contract can be besides a value. */
export type CollectionType =
  | { readonly kind: "storage-map"; readonly key: Type; readonly value: Type | CollectionType }
  | { readonly kind: "storage-vec"; readonly of: Type }
  | { readonly kind: "storage-set"; readonly of: Type }
  | { readonly kind: "iterable-map"; readonly key: Type; readonly value: Type };

export interface ObjectValue {
  readonly fields: Record<string, Value>;
}
export interface ListValue {
  readonly items: Value[];
}
/** A Map or Set in memory: by the encoded key, in the order of adding. */
export interface TableValue {
  readonly entries: Map<string, { readonly key: Value; value: Value }>;
}
/** A stored collection: the hex digits of what its keys begin with. */
export interface CollectionValue {
  readonly base: string;
}
export type Value = bigint | boolean | string | null | ObjectValue | ListValue | TableValue | CollectionValue;

const int = (name: string, bits: number): IntType => ({ kind: "int", name, bits, signed: name.startsWith("i") });
export const INTS = Object.fromEntries(
  [8, 16, 32, 64, 128, 256].flatMap((bits) => [
    [`u${bits}`, int(`u${bits}`, bits)],
    [`i${bits}`, int(`i${bits}`, bits)],
  ]),
) as Record<string, IntType>;
export const I32 = INTS["i32"] as IntType;
export const U32 = INTS["u32"] as IntType;
export const U64 = INTS["u64"] as IntType;
export const U256 = INTS["u256"] as IntType;
export const BOOL: SimpleType = { kind: "bool" };
export const STRING: SimpleType = { kind: "string" };
export const BYTES: SimpleType = { kind: "bytes" };
export const ADDRESS: SimpleType = { kind: "address" };
export const HASH: SimpleType = { kind: "hash" };
export const VOID: SimpleType = { kind: "void" };

export const isWide = (type: Type): boolean => type.kind === "int" && type.bits > 64;

export function least({ bits, signed }: IntType): bigint {
  return signed ? -(1n << BigInt(bits - 1)) : 0n;
}

export function most({ bits, signed }: IntType): bigint {
  return (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
}

export function fits(type: IntType, value: bigint): boolean {
  return least(type) <= value && value <= most(type);
}

export function wrap({ bits, signed }: IntType, value: bigint): bigint {
  return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

/** Whether two variables of the type can hold one object that both can change. */
export function isShared(type: Type): boolean {
  if (type.kind === "option") return isShared(type.of);
  return type.kind === "struct" || type.kind === "array" || type.kind === "fixed";
}

/** Whether `==` compares what a value is. */
export function hasEquality(type: Type): boolean {
  return !isShared(type) && type.kind !== "void";
}

/** As it is written in a contract. */
export function nameOf(type: Type | CollectionType): string {
  switch (type.kind) {
    case "int":
    case "enum":
    case "struct":
      return type.name;
    case "array":
      return `Array<${nameOf(type.of)}>`;
    case "fixed":
      return `FixedArray<${nameOf(type.of)}, ${type.length}>`;
    case "option":
      return `${nameOf(type.of)} | null`;
    case "bytes":
      return "Bytes";
    case "address":
      return "Address";
    case "hash":
      return "Hash";
    case "storage-map":
      return `StorageMap<${nameOf(type.key)}, ${nameOf(type.value)}>`;
    case "storage-vec":
      return `StorageVec<${nameOf(type.of)}>`;
    case "storage-set":
      return `StorageSet<${nameOf(type.of)}>`;
    case "iterable-map":
      return `IterableMap<${nameOf(type.key)}, ${nameOf(type.value)}>`;
    default:
      return type.kind;
  }
}

export function sameType(a: Type, b: Type): boolean {
  return nameOf(a) === nameOf(b);
}
