// The contract interface ("ABI") as JSON: what the custom section `qwvm.abi` and NAME.abi.json hold.
// Types only; encoding by it is the client's, writing it the compiler's.

/** Types with a fixed name. Integers are little-endian; `address` is 20 bytes, `hash` 32. */
export const ABI_PRIMITIVES = [
  "bool",
  "u8",
  "u16",
  "u32",
  "u64",
  "u128",
  "u256",
  "i8",
  "i16",
  "i32",
  "i64",
  "i128",
  "i256",
  "string",
  "bytes",
  "address",
  "hash",
] as const;

export type AbiPrimitive = (typeof ABI_PRIMITIVES)[number];

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
  /** Of an event's field: whether it is one to search by. */
  readonly indexed?: true;
  readonly docs?: string;
}

export type MethodKind = "init" | "execute" | "query";

/** A condition that is checked before a method's body: `{ name: "only", args: ["owner"] }`. */
export interface AbiGuard {
  readonly name: string;
  readonly args?: readonly string[];
}

/**
 * What a `@signed` method wants behind its parameters, in Borsh: `nonce` (u64), then, when `key` is `address`, `publicKey`
 * (bytes), then `signature` (bytes). What is signed is said in sdk-as/signed.ts.
 */
export interface AbiSigned {
  /** Whose signature: the name of a parameter or of a stored field. */
  readonly by: string;
  /** Whether `by` is among the method's parameters or the contract's fields. */
  readonly in: "params" | "state";
  /** What `by` holds: a public key, or the address that one gives. */
  readonly key: "publicKey" | "address";
}

export interface AbiMethod {
  readonly name: string;
  readonly kind: MethodKind;
  readonly params: readonly AbiField[];
  /** Absent when the method returns nothing. */
  readonly result?: AbiType;
  /** Whether value may be sent with the call. Queries never are payable. */
  readonly payable: boolean;
  /** What is checked before the body when the method is called from outside, in this order. */
  readonly guards?: readonly AbiGuard[];
  /** Present when the arguments must be signed; it is one of the guards, too. */
  readonly signed?: AbiSigned;
  /** The base contract that the method comes from, when it is not the contract's own. */
  readonly from?: string;
  readonly docs?: string;
}

/** An event: its topic is the name in UTF-8, its data the fields in Borsh, in order. */
export interface AbiEvent {
  readonly name: string;
  readonly fields: readonly AbiField[];
  /** The base contract that it comes from, when it is not the contract's own. */
  readonly from?: string;
  readonly docs?: string;
}

/** A typed error: its revert data is `code` (u32, little-endian) and the fields in Borsh, in order. */
export interface AbiErrorEntry {
  readonly name: string;
  /** The first four bytes of SHA3-256 of the name, read little-endian; at least 256, below that are the SDK's own. */
  readonly code: number;
  readonly fields: readonly AbiField[];
  /** The text for people, which is not on chain; `{name}` stands for a field: `{needed} needed, {available} there`. */
  readonly message?: string;
  /** The base contract that it comes from, when it is not the contract's own. */
  readonly from?: string;
  readonly docs?: string;
}

/** A text of `require` or `revert` that is kept off chain: revert data is its code alone. */
export interface AbiMessage {
  /** The first four bytes of SHA3-256 of the text, read little-endian; at least 256. */
  readonly code: number;
  readonly text: string;
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

/**
 * How a slot's entries lie in storage, all below its key, which is its name in UTF-8 (NAME):
 * `value` under NAME; `map` under `NAME/` and the key in Borsh, nested maps with a key behind the other;
 * `vec` has its length (u32) under NAME and items under `NAME/` and the index (u32); `set` and `iterableMap` have their
 * count (u32) under NAME, keys in order under `NAME#` and the position (u32), and under `NAME/` and the key its position
 * plus one (u32), which in an iterable map the value follows.
 */
export type SlotKind = "value" | "map" | "vec" | "set" | "iterableMap";

/** One stored slot. */
export interface AbiSlot {
  readonly name: string;
  /** `value` when absent. */
  readonly kind?: SlotKind;
  /** The type of the value, or of a collection's values; of a set's items. */
  readonly type: AbiType;
  /** The types of a map's keys, outermost first. */
  readonly keys?: readonly AbiType[];
  /** The base contract that it comes from, when it is not the contract's own. */
  readonly from?: string;
  readonly docs?: string;
}

/** The interface of one contract. */
export interface Abi {
  /** Version of this format. */
  readonly abiVersion: 1;
  readonly name: string;
  /** The base contracts, nearest first, as methods are looked up. */
  readonly bases?: readonly string[];
  /** What built it, for example `{ name: "qwvm", version: "0.1.0" }`. Absent in an ABI written by hand. */
  readonly sdk?: { readonly name: string; readonly version: string };
  /** The constructor. Absent when the contract has none; it is then deployed without arguments. */
  readonly init?: AbiMethod;
  /**
   * Present when the contract cannot see value and keeps what is sent to any of its methods, payable or not: a build for the
   * documented host functions, none of which tells of value.
   */
  readonly keepsValue?: true;
  /** Execute and query methods, in the source's order. */
  readonly methods: readonly AbiMethod[];
  readonly events: readonly AbiEvent[];
  readonly errors: readonly AbiErrorEntry[];
  /** Texts kept off chain. In NAME.abi.json and the typed client, not in the module's custom section. */
  readonly messages?: readonly AbiMessage[];
  readonly structs: readonly AbiStruct[];
  readonly enums: readonly AbiEnum[];
  readonly state: readonly AbiSlot[];
  readonly docs?: string;
}

/** What a method takes in Borsh: its parameters, and behind them what a signed one wants. */
export function wireParams({ params, signed }: AbiMethod): readonly AbiField[] {
  if (signed === undefined) return params;
  const publicKey: AbiField[] = signed.key === "address" ? [{ name: "publicKey", type: "bytes" }] : [];
  return [...params, { name: "nonce", type: "u64" }, ...publicKey, { name: "signature", type: "bytes" }];
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
