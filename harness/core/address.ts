// Addresses: 20 bytes, written as 0x and 40 lower-case hex digits. Owns their derivation and their parsing.
// Source: QWVM addresses are the last 20 bytes of a SHA3-256 digest (of a public key, of deployer and nonce, of a label).

import { sha3_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { QwvmError } from "./errors.js";

/** A 20-byte address as text: `0x` and 40 lower-case hex digits. */
export type Address = `0x${string}`;

/** Anything that has an address: an address itself, an account, a deployed contract. */
export type Addressable = Address | string | { readonly address: Address };

/** Length of an address in bytes. */
export const ADDRESS_BYTES = 20;

/** The address of twenty zero bytes. */
export const ZERO_ADDRESS: Address = `0x${"00".repeat(ADDRESS_BYTES)}`;

/**
 * The test address of a label: the last 20 bytes of SHA3-256 of the label's UTF-8 bytes.
 * It has no key pair; `vm.account(label)` makes an account that can sign.
 */
export function address(label: string): Address {
  return addressOfDigest(sha3_256(utf8ToBytes(label)));
}

/** The address of a Dilithium public key: the last 20 bytes of SHA3-256 of the key. */
export function addressOfPublicKey(publicKey: Uint8Array): Address {
  return addressOfDigest(sha3_256(publicKey));
}

/** A contract's address: the last 20 bytes of SHA3-256 of deployer (20 bytes) and nonce (u64, little-endian). */
export function contractAddress(deployer: Address, nonce: bigint): Address {
  const nonceBytes = new Uint8Array(8);
  new DataView(nonceBytes.buffer).setBigUint64(0, nonce, true);
  return addressOfDigest(sha3_256(concatBytes(addressToBytes(deployer), nonceBytes)));
}

/**
 * Reads an address from text (any case, `0x` optional) or from something that has one.
 * @param place what the value is for, named in the error: `"to"`, `"argument 1 (owner) of Token.transfer"`
 * @throws QwvmError `BAD_ADDRESS`
 */
export function parseAddress(value: unknown, place = "address"): Address {
  const text = typeof value === "object" && value !== null && "address" in value ? value.address : value;
  if (typeof text === "string" && /^0x[0-9a-f]{40}$/.test(text)) return text as Address;
  if (typeof text === "string" && /^(0x)?[0-9a-fA-F]{40}$/.test(text)) {
    return `0x${text.replace(/^0x/, "").toLowerCase()}`;
  }
  if (text instanceof Uint8Array && text.length === ADDRESS_BYTES) return addressFromBytes(text);
  throw new QwvmError("BAD_ADDRESS", `${place} is not an address: ${describeBadAddress(text)}.`, {
    hint: 'An address is 20 bytes, written as 0x and 40 hex digits. In tests, address("alice") makes one from a label.',
  });
}

/** The 20 bytes of an address. */
export function addressToBytes(value: Address): Uint8Array {
  return hexToBytes(value.slice(2));
}

/** The address of exactly 20 bytes; the caller has checked the length. */
export function addressFromBytes(bytes: Uint8Array): Address {
  return `0x${bytesToHex(bytes)}`;
}

function addressOfDigest(digest: Uint8Array): Address {
  return addressFromBytes(digest.subarray(digest.length - ADDRESS_BYTES));
}

function describeBadAddress(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes instead of ${ADDRESS_BYTES}`;
  if (typeof value !== "string") return value === null ? "null" : `a value of type ${typeof value}`;
  const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  const digits = value.replace(/^0x/i, "");
  if (/^[0-9a-fA-F]*$/.test(digits) && value.length > 0) return `${shown} has ${digits.length / 2} bytes instead of 20`;
  return shown;
}
