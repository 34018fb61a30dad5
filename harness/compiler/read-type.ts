// Reads a type annotation into its Borsh type. Works on syntax alone: a name is what the file says it is.

import { ts } from "ts-morph";
import type { AbiType, SlotKind } from "../core/abi.js";
import type { TypeModel, TypeRef } from "./model.js";
import { typeNamed, withoutAliases } from "./names/known-types.js";
import type { Names } from "./names/resolve-names.js";
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

/** Reads a type annotation. Never fails: what cannot be encoded has a `problem`. */
export function readType(node: ts.TypeNode, names: Names): TypeModel {
  const reader = new TypeReader(names);
  const found = reader.read(node);
  const text = node.getText();
  const asc = ascText(node, names);
  const span = { start: node.getStart(), end: node.getEnd() };
  if (isProblem(found)) return { text, asc, span, refs: [], abi: undefined, problem: found.problem };
  const members = reader.members === undefined ? {} : { members: reader.members };
  return { text, asc, span, refs: reader.refs, abi: found, ...members };
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

export function readSlotTypes(written: ts.TypeNode, names: Names): SlotTypes {
  const node = withoutAliases(written, names);
  const args = ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : [];
  const found = ts.isTypeReferenceNode(node) ? collectionNamed(node, names) : undefined;
  if (found === undefined || args.length !== found.arity) {
    return { kind: "value", keys: [], type: readType(node, names) };
  }
  const [first, second] = [...args] as [ts.TypeNode, ts.TypeNode];
  if (found.arity === 1) return { kind: found.kind, keys: [], type: readType(first, names) };
  const key = readType(first, names);
  const inner = found.kind === "map" ? readSlotTypes(second, names) : undefined;
  if (inner === undefined || inner.kind === "value") {
    return { kind: found.kind, keys: [key], type: readType(second, names) };
  }
  return { ...inner, keys: [key, ...inner.keys] };
}

/** The SDK's collection that a type is, and what it is called there. */
function collectionNamed(node: ts.TypeReferenceNode, names: Names) {
  const name = names.sdkName(node.typeName);
  return name !== undefined && Object.hasOwn(COLLECTIONS, name)
    ? { name, ...(COLLECTIONS[name] as (typeof COLLECTIONS)[string]) }
    : undefined;
}

type Found = AbiType | { readonly problem: string };

function isProblem(found: Found): found is { readonly problem: string } {
  return typeof found === "object" && "problem" in found;
}

/** Reads one type; keeps which declarations of the project it names. */
class TypeReader {
  readonly refs: TypeRef[] = [];
  members: number | undefined;
  readonly #names: Names;

  constructor(names: Names) {
    this.#names = names;
  }

  read(node: ts.TypeNode): Found {
    if (ts.isParenthesizedTypeNode(node)) return this.read(node.type);
    if (ts.isArrayTypeNode(node)) return arrayOf(this.read(node.elementType));
    if (ts.isUnionTypeNode(node)) return this.#option(node);
    if (ts.isTypeReferenceNode(node)) return this.#named(node);
    const text = node.getText();
    return NAMED_TYPES[text] !== undefined && Object.hasOwn(NAMED_TYPES, text)
      ? (NAMED_TYPES[text] as AbiType)
      : noEncoding(text);
  }

  #named(node: ts.TypeReferenceNode): Found {
    const target = withoutAliases(node, this.#names);
    if (target !== node) return this.read(target);
    const found = typeNamed(node.typeName, this.#names);
    const args = node.typeArguments ?? [];
    if (found.kind === "other" || found.kind === "unknown") return noEncoding(node.typeName.getText(), found.kind);
    const isOwn = found.kind !== "sdk" && found.kind !== "global";
    if (!isOwn && found.name === "Array" && args.length === 1) return arrayOf(this.read(args[0] as ts.TypeNode));
    if (!isOwn && found.name === "FixedArray" && args.length === 2) {
      return this.#fixedArray([...args] as [ts.TypeNode, ts.TypeNode]);
    }
    const collection = collectionNamed(node, this.#names);
    if (collection !== undefined) {
      const { name, arity } = collection;
      return {
        problem:
          args.length === arity
            ? `a ${name} can only be a field of the contract itself, or the value of a StorageMap`
            : `${name} has ${arity} type argument${arity === 1 ? "" : "s"}`,
      };
    }
    if (args.length > 0 && (isOwn || PROBLEMS[found.name] === undefined)) {
      return { problem: `generic classes have no encoding; write a @struct class of its own for ${node.getText()}` };
    }
    if (found.kind === "struct") {
      this.refs.push({ name: found.name, file: found.file });
      return { struct: found.name };
    }
    if (found.kind === "enum") {
      this.refs.push({ name: found.name, file: found.file });
      this.members = found.members;
      return { enum: found.name };
    }
    const written = node.typeName.getText();
    if (found.kind === "interface") {
      return { problem: `${written} is an interface; keep the contract's Address and write ${written}.at(address)` };
    }
    if (isOwn) return noEncoding(written);
    return Object.hasOwn(NAMED_TYPES, found.name) ? (NAMED_TYPES[found.name] as AbiType) : noEncoding(found.name);
  }

  #fixedArray([item, size]: [ts.TypeNode, ts.TypeNode]): Found {
    const length = ts.isLiteralTypeNode(size) ? Number(size.getText()) : Number.NaN;
    if (!Number.isInteger(length) || length < 1 || length > LONGEST_FIXED_ARRAY) {
      return { problem: `the length of a FixedArray is a number from 1 to ${LONGEST_FIXED_ARRAY} as digits` };
    }
    const array = arrayOf(this.read(item));
    return isProblem(array) ? array : { ...(array as { array: AbiType }), length };
  }

  #option(node: ts.UnionTypeNode): Found {
    const rest = node.types.filter((type) => type.getText() !== "null");
    if (rest.length !== 1 || node.types.length !== 2) {
      return { problem: "the only union AssemblyScript knows is `T | null`" };
    }
    const item = this.read(rest[0] as ts.TypeNode);
    if (isProblem(item)) return item;
    if ((typeof item === "string" && /^([ui](8|16|32|64)|bool)$/.test(item)) || isEnum(item)) {
      return {
        problem: `numbers, bool and enums cannot be null in AssemblyScript; wrap it in a @struct, or use 0 for "none"`,
      };
    }
    return { option: item };
  }
}

function noEncoding(name: string, kind?: "other" | "unknown"): Found {
  const problem = kind === undefined && Object.hasOwn(PROBLEMS, name) ? PROBLEMS[name] : undefined;
  return { problem: problem ?? `${name} has no encoding; mark a class of yours @struct, and write an alias out` };
}

function arrayOf(item: Found): Found {
  return isProblem(item) ? item : { array: item };
}

const LONGEST_FIXED_ARRAY = 65_535;

function isEnum(type: AbiType): boolean {
  return typeof type === "object" && "enum" in type;
}
