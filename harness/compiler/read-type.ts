// Reads a type annotation into its Borsh type. Works on syntax alone: a name is what the file says it is.

import { ts } from "ts-morph";
import type { AbiType, SlotKind } from "../core/abi.js";
import type { TypeModel } from "./model.js";
import { ascText } from "./read-edits.js";

/** AssemblyScript's names of the types a contract can store and pass. */
const NAMED_TYPES: Readonly<Record<string, AbiType>> = {
  bool: "bool",
  boolean: "bool",
  u8: "u8",
  u16: "u16",
  u32: "u32",
  u64: "u64",
  i8: "i8",
  i16: "i16",
  i32: "i32",
  i64: "i64",
  u128: "u128",
  u256: "u256",
  i128: "i128",
  i256: "i256",
  string: "string",
  String: "string",
  Address: "address",
  Bytes: "bytes",
  Hash: "hash",
};

const PROBLEMS: Readonly<Record<string, string>> = {
  f32: "floating-point numbers differ between machines, so contracts cannot store or pass them; use u256 with a fixed number of decimals",
  f64: "floating-point numbers differ between machines, so contracts cannot store or pass them; use u256 with a fixed number of decimals",
  number: "in AssemblyScript `number` is a 64-bit float; choose an integer type such as u64 or u256",
  bigint: "AssemblyScript has no bigint; choose u64, u128 or u256",
  any: "AssemblyScript has no `any`; name the type",
  unknown: "AssemblyScript has no `unknown`; name the type",
  object: "name the class, and mark it @struct",
  usize: "its size depends on the machine; use u32",
  isize: "its size depends on the machine; use i32",
  v128: "vector values cannot be stored or passed",
  Map: "a Map cannot be encoded; store one with StorageMap, pass an array of a @struct",
  Set: "a Set cannot be encoded; store one with StorageMap, pass an array",
  Date: "there is no clock in a contract; use u64 seconds and context.blockTimestamp",
  Uint8Array: "use Bytes",
  ArrayBuffer: "use Bytes",
  StaticArray: "use Array, or FixedArray<T, 4> for a length that is part of the type",
};

/** Names of the project's own types that have an encoding. */
export interface KnownTypes {
  readonly structs: ReadonlySet<string>;
  /** Enums by name, and how many members each has. */
  readonly enums: ReadonlyMap<string, number>;
  /** Of the file being read: names of imports that are called something else there. */
  readonly aliases: ReadonlyMap<string, string>;
  /** `@interface` classes: what is called through them is a call of another contract. */
  readonly interfaces: ReadonlySet<string>;
}

/** Reads a type annotation. Never fails: what cannot be encoded has a `problem`. */
export function readType(node: ts.TypeNode, known: KnownTypes): TypeModel {
  const found = toAbi(node, known);
  const text = node.getText();
  const asc = ascText(node, known.enums);
  const span = { start: node.getStart(), end: node.getEnd() };
  return typeof found === "object" && "problem" in found
    ? { text, asc, span, abi: undefined, problem: found.problem }
    : { text, asc, span, abi: found, ...membersOf(found, known) };
}

/** How many members the enum in a type has; nothing when there is none. */
function membersOf(type: AbiType, known: KnownTypes): { members?: number } {
  if (typeof type === "string" || "struct" in type) return {};
  if ("enum" in type) return { members: known.enums.get(type.enum) ?? 0 };
  return membersOf("array" in type ? type.array : type.option, known);
}

/** A field's type, taken apart if it is a collection: nested maps give their keys, outermost first. */
export interface SlotTypes {
  readonly kind: SlotKind;
  readonly keys: readonly TypeModel[];
  readonly type: TypeModel;
}

/** The collections, and how many type arguments each has. */
const COLLECTIONS: Readonly<Record<string, { readonly kind: SlotKind; readonly arity: number }>> = {
  StorageMap: { kind: "map", arity: 2 },
  StorageVec: { kind: "vec", arity: 1 },
  StorageSet: { kind: "set", arity: 1 },
  IterableMap: { kind: "iterableMap", arity: 2 },
};

export function readSlotTypes(node: ts.TypeNode, known: KnownTypes): SlotTypes {
  const name = ts.isTypeReferenceNode(node) ? node.typeName.getText() : "";
  const found = Object.hasOwn(COLLECTIONS, name) ? COLLECTIONS[name] : undefined;
  const args = ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : [];
  if (found === undefined || args.length !== found.arity)
    return { kind: "value", keys: [], type: readType(node, known) };
  const [first, second] = [...args] as [ts.TypeNode, ts.TypeNode];
  if (found.arity === 1) return { kind: found.kind, keys: [], type: readType(first, known) };
  const key = readType(first, known);
  const inner = found.kind === "map" ? readSlotTypes(second, known) : undefined;
  if (inner === undefined || inner.kind === "value") {
    return { kind: found.kind, keys: [key], type: readType(second, known) };
  }
  return { ...inner, keys: [key, ...inner.keys] };
}

type Found = AbiType | { readonly problem: string };

function isProblem(found: Found): found is { readonly problem: string } {
  return typeof found === "object" && "problem" in found;
}

function toAbi(node: ts.TypeNode, known: KnownTypes): Found {
  if (ts.isParenthesizedTypeNode(node)) return toAbi(node.type, known);
  if (ts.isArrayTypeNode(node)) return arrayOf(toAbi(node.elementType, known));
  if (ts.isUnionTypeNode(node)) return optionOf(node, known);
  if (ts.isTypeReferenceNode(node)) return named(node, known);
  return byName(node.getText(), known);
}

function named(node: ts.TypeReferenceNode, known: KnownTypes): Found {
  const name = node.typeName.getText();
  const args = node.typeArguments ?? [];
  if (name === "Array" && args.length === 1) return arrayOf(toAbi(args[0] as ts.TypeNode, known));
  if (name === "FixedArray" && args.length === 2) return fixedArrayOf([...args] as [ts.TypeNode, ts.TypeNode], known);
  if (Object.hasOwn(COLLECTIONS, name)) {
    const { arity } = COLLECTIONS[name] as { readonly arity: number };
    return {
      problem:
        args.length === arity
          ? `a ${name} can only be a field of the contract itself, or the value of a StorageMap`
          : `${name} has ${arity} type argument${arity === 1 ? "" : "s"}`,
    };
  }
  if (args.length > 0 && PROBLEMS[name] === undefined) {
    return { problem: `generic classes have no encoding; write a @struct class of its own for ${node.getText()}` };
  }
  return byName(name, known);
}

function byName(name: string, known: KnownTypes): Found {
  const type = Object.hasOwn(NAMED_TYPES, name) ? NAMED_TYPES[name] : undefined;
  if (type !== undefined) return type;
  if (known.structs.has(name)) return { struct: name };
  if (known.enums.has(name)) return { enum: name };
  if (known.interfaces.has(name)) {
    return { problem: `${name} is an interface; keep the contract's Address and write ${name}.at(address)` };
  }
  const problem = Object.hasOwn(PROBLEMS, name) ? PROBLEMS[name] : undefined;
  return {
    problem: problem ?? `${name} has no encoding; mark a class of yours @struct, and write an alias out`,
  };
}

function arrayOf(item: Found): Found {
  return isProblem(item) ? item : { array: item };
}

const LONGEST_FIXED_ARRAY = 65_535;

function fixedArrayOf([item, size]: [ts.TypeNode, ts.TypeNode], known: KnownTypes): Found {
  const length = ts.isLiteralTypeNode(size) ? Number(size.getText()) : Number.NaN;
  if (!Number.isInteger(length) || length < 1 || length > LONGEST_FIXED_ARRAY) {
    return { problem: `the length of a FixedArray is a number from 1 to ${LONGEST_FIXED_ARRAY} as digits` };
  }
  const array = arrayOf(toAbi(item, known));
  return isProblem(array) ? array : { ...(array as { array: AbiType }), length };
}

function optionOf(node: ts.UnionTypeNode, known: KnownTypes): Found {
  const rest = node.types.filter((type) => type.getText() !== "null");
  if (rest.length !== 1 || node.types.length !== 2) {
    return { problem: "the only union AssemblyScript knows is `T | null`" };
  }
  const item = toAbi(rest[0] as ts.TypeNode, known);
  if (isProblem(item)) return item;
  if ((typeof item === "string" && /^([ui](8|16|32|64)|bool)$/.test(item)) || isEnum(item)) {
    return {
      problem: `numbers, bool and enums cannot be null in AssemblyScript; wrap it in a @struct, or use 0 for "none"`,
    };
  }
  return { option: item };
}

function isEnum(type: AbiType): boolean {
  return typeof type === "object" && "enum" in type;
}
