// Reads a type annotation into its Borsh type. Works on syntax alone: a name is what the file says it is.

import { ts } from "ts-morph";
import type { AbiType } from "../core/abi.js";
import type { TypeModel } from "./model.js";

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
  StaticArray: "use Array",
};

/** Names of the project's own types that have an encoding. */
export interface KnownTypes {
  readonly structs: ReadonlySet<string>;
}

/** Reads a type annotation. Never fails: what cannot be encoded has a `problem`. */
export function readType(node: ts.TypeNode, known: KnownTypes): TypeModel {
  const found = toAbi(node, known);
  const text = node.getText();
  const span = { start: node.getStart(), end: node.getEnd() };
  return typeof found === "object" && "problem" in found
    ? { text, span, abi: undefined, problem: found.problem }
    : { text, span, abi: found };
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
  if (name === "StorageMap") return { problem: "a StorageMap can only be a field of the contract itself" };
  if (args.length > 0 && PROBLEMS[name] === undefined) {
    return { problem: `generic classes have no encoding; write a @struct class of its own for ${node.getText()}` };
  }
  return byName(name, known);
}

function byName(name: string, known: KnownTypes): Found {
  const type = Object.hasOwn(NAMED_TYPES, name) ? NAMED_TYPES[name] : undefined;
  if (type !== undefined) return type;
  if (known.structs.has(name)) return { struct: name };
  const problem = Object.hasOwn(PROBLEMS, name) ? PROBLEMS[name] : undefined;
  return {
    problem:
      problem ?? `${name} has no encoding; mark a class of yours @struct, use u8 for an enum, and write an alias out`,
  };
}

function arrayOf(item: Found): Found {
  return isProblem(item) ? item : { array: item };
}

function optionOf(node: ts.UnionTypeNode, known: KnownTypes): Found {
  const rest = node.types.filter((type) => type.getText() !== "null");
  if (rest.length !== 1 || node.types.length !== 2) {
    return { problem: "the only union AssemblyScript knows is `T | null`" };
  }
  const item = toAbi(rest[0] as ts.TypeNode, known);
  if (isProblem(item)) return item;
  if (typeof item === "string" && /^([ui](8|16|32|64)|bool)$/.test(item)) {
    return { problem: `numbers and bool cannot be null in AssemblyScript; wrap it in a @struct, or use 0 for "none"` };
  }
  return { option: item };
}
