// The contract interface ("ABI") as JSON: what the custom section `qwvm.abi` and NAME.abi.json hold.
// Types only; encoding by it is the client's, writing it the compiler's.

/** Types with a fixed name. Integers are little-endian; `address` is 20 bytes, `hash` 32. */
export type AbiPrimitive =
  | "bool"
  | "u8"
  | "u16"
  | "u32"
  | "u64"
  | "u128"
  | "u256"
  | "i8"
  | "i16"
  | "i32"
  | "i64"
  | "i128"
  | "i256"
  | "string"
  | "bytes"
  | "address"
  | "hash";

/**
 * A type in Borsh terms. `{ array }` is length-prefixed, with `length` it is fixed and has no prefix;
 * `{ option }` has one byte before it; `{ struct }` and `{ enum }` name an entry of the ABI.
 */
export type AbiType =
  | AbiPrimitive
  | { readonly array: AbiType; readonly length?: number }
  | { readonly option: AbiType }
  | { readonly struct: string }
  | { readonly enum: string };

/** A named value: a parameter or a field. */
export interface AbiField {
  readonly name: string;
  readonly type: AbiType;
  readonly docs?: string;
}

export type MethodKind = "init" | "execute" | "query";

export interface AbiMethod {
  readonly name: string;
  readonly kind: MethodKind;
  readonly params: readonly AbiField[];
  /** Absent when the method returns nothing. */
  readonly result?: AbiType;
  /** Whether value may be sent with the call. Queries never are payable. */
  readonly payable: boolean;
  readonly docs?: string;
}

/** An event: its topic is the name in UTF-8, its data the fields in Borsh, in order. */
export interface AbiEvent {
  readonly name: string;
  readonly fields: readonly AbiField[];
  readonly docs?: string;
}

/** A typed error: its revert data is `code` (u32, little-endian) and the fields in Borsh, in order. */
export interface AbiErrorEntry {
  readonly name: string;
  /** The first four bytes of SHA3-256 of the name, read little-endian; at least 256, below that are the SDK's own. */
  readonly code: number;
  readonly fields: readonly AbiField[];
  readonly docs?: string;
}

export interface AbiStruct {
  readonly name: string;
  readonly fields: readonly AbiField[];
  readonly docs?: string;
}

export interface AbiEnum {
  readonly name: string;
  /** In order of their byte, from 0. */
  readonly variants: readonly string[];
  readonly docs?: string;
}

/** One stored slot. A map's entries have the keys `NAME/` followed by the key in Borsh. */
export interface AbiSlot {
  readonly name: string;
  /** The value's type; for a map the type of its values. */
  readonly type: AbiType;
  /** Present for a `StorageMap`: the type of its keys. */
  readonly mapKey?: AbiType;
}

/** The interface of one contract. */
export interface Abi {
  /** Version of this format. */
  readonly abiVersion: 1;
  readonly name: string;
  /** What built it, for example `{ name: "qwvm", version: "0.1.0" }`. Absent in an ABI written by hand. */
  readonly sdk?: { readonly name: string; readonly version: string };
  /** The constructor. Absent when the contract has none; it is then deployed without arguments. */
  readonly init?: AbiMethod;
  /** Execute and query methods, in the source's order. */
  readonly methods: readonly AbiMethod[];
  readonly events: readonly AbiEvent[];
  readonly errors: readonly AbiErrorEntry[];
  readonly structs: readonly AbiStruct[];
  readonly enums: readonly AbiEnum[];
  readonly state: readonly AbiSlot[];
  readonly docs?: string;
}

/** The name of the custom section that holds the ABI as UTF-8 JSON. */
export const ABI_SECTION = "qwvm.abi";

/** A type as the author of a contract reads it: `Array<u64>`, `Address | null`. */
export function formatAbiType(type: AbiType): string {
  if (typeof type === "string") return PRIMITIVE_TEXT[type] ?? type;
  if ("array" in type) {
    const item = formatAbiType(type.array);
    return type.length === undefined ? `Array<${item}>` : `FixedArray<${item}, ${type.length}>`;
  }
  if ("option" in type) return `${formatAbiType(type.option)} | null`;
  return "struct" in type ? type.struct : type.enum;
}

const PRIMITIVE_TEXT: Partial<Record<AbiPrimitive, string>> = { bytes: "Bytes", address: "Address", hash: "Hash" };
