// Reads a type annotation into its Borsh type. Works on syntax alone: a name is what the file says it is.

import { ts } from "ts-morph";
import type { AbiType, SlotKind } from "../core/abi.js";
import type { Span, TypeModel, TypeRef } from "./model.js";
import { typeNamed, withoutAliases } from "./names/known-types.js";
import type { Names } from "./names/resolve-names.js";
import { scopeOf } from "./names/scopes.js";
import { ascText } from "./read-edits.js";
import { plainProblem, type TypeProblem, unknownTypeProblem } from "./words/type-problems.js";
import { typeWording } from "./words/type-words.js";

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

/** Reads a type annotation. Never fails: what cannot be encoded has a `problem`. */
export function readType(node: ts.TypeNode, names: Names): TypeModel {
  const reader = new TypeReader(names);
  const found = reader.read(node);
  const text = node.getText();
  const asc = ascText(node, names);
  const span = { start: node.getStart(), end: node.getEnd() };
  if (isProblem(found)) {
    const { problem, meant, at } = found;
    const slip = meant === undefined || at === undefined ? {} : { slip: { span: at, meant } };
    return { text, asc, span, refs: [], abi: undefined, problem, shape: shapeOf(node, names), ...slip };
  }
  const members = reader.members === undefined ? {} : { members: reader.members };
  return { text, asc, span, refs: reader.refs, abi: found, ...members };
}

/** A type's text, in which names are what they mean: a type parameter its position, a class its file. */
function shapeOf(node: ts.Node, names: Names): string {
  if (ts.isIdentifier(node) || ts.isQualifiedName(node)) {
    const named = names.resolve(node);
    if (named.from !== "project") return named.from === "module" ? node.getText() : named.name;
    const { node: declared, name, file } = named;
    if (!ts.isTypeParameterDeclaration(declared)) return `${name} of ${file}`;
    const { typeParameters } = declared.parent as ts.SignatureDeclaration;
    return `T${(typeParameters?.indexOf(declared) ?? 0) + 1}`;
  }
  const children = node.getChildren();
  return children.length === 0 ? node.getText() : children.map((child) => shapeOf(child, names)).join(" ");
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

type Found = AbiType | (TypeProblem & { readonly at?: Span });

function isProblem(found: Found): found is TypeProblem & { readonly at?: Span } {
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
    if (Object.hasOwn(NAMED_TYPES, text)) return NAMED_TYPES[text] as AbiType;
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) {
      return { problem: "Leave out `readonly`: what is stored can be changed, what is passed is a copy." };
    }
    if (ts.isFunctionTypeNode(node))
      return { problem: "A function cannot be stored or passed: call a method by its name." };
    const wording = typeWording(node);
    return wording === undefined
      ? unknownTypeProblem(text, false, [])
      : { problem: `${wording.message} ${wording.hint}` };
  }

  #named(node: ts.TypeReferenceNode): Found {
    const target = withoutAliases(node, this.#names);
    if (target !== node) return this.read(target);
    const found = typeNamed(node.typeName, this.#names);
    const args = node.typeArguments ?? [];
    if (found.kind === "other" || found.kind === "unknown") return plainProblem(node.typeName.getText());
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
            ? `A ${name} can only be a field of the contract itself, or the value of a StorageMap.`
            : `${name} has ${arity} type argument${arity === 1 ? "" : "s"}: ${name}<${arity === 1 ? "u64" : "Address, u64"}>.`,
      };
    }
    if (args.length > 0 && isOwn) {
      return { problem: `Generic classes have no encoding; write a @struct class of its own for ${node.getText()}.` };
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
      return { problem: `${written} is an interface; keep the contract's Address and write ${written}.at(address).` };
    }
    if (isOwn) return plainProblem(written);
    if (Object.hasOwn(NAMED_TYPES, found.name) && args.length === 0) return NAMED_TYPES[found.name] as AbiType;
    const at = { start: node.typeName.getStart(), end: node.typeName.getEnd() };
    return { ...unknownTypeProblem(found.name, args.length > 0, namesAround(node)), at };
  }

  #fixedArray([item, size]: [ts.TypeNode, ts.TypeNode]): Found {
    const length = ts.isLiteralTypeNode(size) ? Number(size.getText()) : Number.NaN;
    if (!Number.isInteger(length) || length < 1 || length > LONGEST_FIXED_ARRAY) {
      return { problem: `The length of a FixedArray is a number from 1 to ${LONGEST_FIXED_ARRAY} as digits.` };
    }
    const array = arrayOf(this.read(item));
    return isProblem(array) ? array : { ...(array as { array: AbiType }), length };
  }

  #option(node: ts.UnionTypeNode): Found {
    const rest = node.types.filter((type) => type.getText() !== "null");
    if (rest.length !== 1 || node.types.length !== 2) {
      const wording = typeWording(node);
      return { problem: wording === undefined ? "Write `T | null`." : `${wording.message} ${wording.hint}` };
    }
    const item = this.read(rest[0] as ts.TypeNode);
    if (isProblem(item)) return item;
    if ((typeof item === "string" && /^([ui](8|16|32|64)|bool)$/.test(item)) || isEnum(item)) {
      return {
        problem: `Numbers, bool and enums cannot be null in AssemblyScript; wrap it in a @struct, or use 0 for "none".`,
      };
    }
    return { option: item };
  }
}

/** What a type that is not known here could have been meant for: the encoded ones, and what the file names. */
function namesAround(node: ts.Node): string[] {
  const own = [...scopeOf(node.getSourceFile()).keys()].filter((name) => /^[A-Z]/.test(name));
  return [...Object.keys(NAMED_TYPES), ...Object.keys(COLLECTIONS), "Array", "FixedArray", ...own];
}

function arrayOf(item: Found): Found {
  return isProblem(item) ? item : { array: item };
}

const LONGEST_FIXED_ARRAY = 65_535;

function isEnum(type: AbiType): boolean {
  return typeof type === "object" && "enum" in type;
}
