// The parts of an interface in words that more than one text needs: signatures, guards, signatures wanted, slots and keys.

import {
  type AbiErrorEntry,
  type AbiField,
  type AbiGuard,
  type AbiMethod,
  type AbiSigned,
  type AbiSlot,
  formatAbiType,
} from "../core/abi.js";

/** `to: Address, amount: u256`; an indexed field says so. */
export function formatFields(fields: readonly AbiField[]): string {
  return fields
    .map(({ name, type, indexed }) => `${name}: ${formatAbiType(type)}${indexed === true ? " indexed" : ""}`)
    .join(", ");
}

/** `transfer(to: Address, amount: u256): bool`. */
export function formatMethod({ name, params, result }: AbiMethod): string {
  return `${name}(${formatFields(params)})${result === undefined ? "" : `: ${formatAbiType(result)}`}`;
}

/** `only(owner)`, or the name alone. */
export function formatGuard({ name, args = [] }: AbiGuard): string {
  return args.length === 0 ? name : `${name}(${args.join(", ")})`;
}

/** `signed by owner, a stored address`. */
export function formatSigned({ by, in: place, key }: AbiSigned): string {
  const what = key === "address" ? "address" : "public key";
  return `signed by ${by}, ${place === "state" ? `a stored ${what}` : `${key === "address" ? "an" : "a"} ${what} given`}`;
}

/** What stands behind a signed method's parameters, in this order. */
export function signedFields({ key }: AbiSigned): readonly AbiField[] {
  const nonce: AbiField = { name: "nonce", type: "u64", docs: "The signer's next number." };
  const publicKey: AbiField = { name: "publicKey", type: "bytes", docs: "The signer's public key." };
  const signature: AbiField = { name: "signature", type: "bytes", docs: "The signature of the arguments." };
  return key === "address" ? [nonce, publicKey, signature] : [nonce, signature];
}

/** `0x0000012c`, as revert data is read as a number. */
export function formatCode({ code }: Pick<AbiErrorEntry, "code">): string {
  return `0x${code.toString(16).padStart(8, "0")}`;
}

/** `u64`, `StorageMap<Address, u256>`: a slot's type as its author reads it. */
export function formatSlot({ kind = "value", type, keys = [] }: AbiSlot): string {
  const value = formatAbiType(type);
  if (kind === "value") return value;
  if (kind === "vec") return `StorageVec<${value}>`;
  if (kind === "set") return `StorageSet<${value}>`;
  const name = kind === "map" ? "StorageMap" : "IterableMap";
  return keys.reduceRight((inner, key) => `${name}<${formatAbiType(key)}, ${inner}>`, value);
}

/** Where a slot's parts lie in storage: key and what is there. Keys are UTF-8, with Borsh where a name is in capitals. */
export function slotKeys({ name, kind = "value", type, keys = [] }: AbiSlot): readonly [key: string, holds: string][] {
  const value = formatAbiType(type);
  const key = keys.map((part) => `‹${formatAbiType(part)}›`).join("");
  if (kind === "value") return [[name, value]];
  if (kind === "map") return [[`${name}/${key}`, value]];
  if (kind === "vec") {
    return [
      [name, "length: u32"],
      [`${name}/‹index: u32›`, value],
    ];
  }
  const own = kind === "set" ? `‹${value}›` : key;
  const item = kind === "set" ? value : keys.map(formatAbiType).join(", ");
  return [
    [name, "count: u32"],
    [`${name}#‹position: u32›`, item],
    [`${name}/${own}`, kind === "set" ? "position + 1: u32" : `position + 1: u32, ${value}`],
  ];
}
