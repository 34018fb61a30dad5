// What an editor knows of "qwvm/sdk-as". Written by hand, for TypeScript alone: asc reads ../index.ts.
// Operators and casts revert when the exact result does not fit, at every width: see `wrapping` for the exceptions.
// TypeScript has no operators on classes, so the wide integers are numbers here: `a + b` and `a < b` are then no errors.
// Like asc's own declarations this relies on `noLib`.

/// <reference types="assemblyscript/std/assembly/index.d.ts" />

export * from "./decorators.js";

/** a + b without its overflow. */
export declare function wrappingAdd<T extends number>(a: T, b: T): T;
/** a - b without its overflow. */
export declare function wrappingSub<T extends number>(a: T, b: T): T;
/** a * b without its overflow. */
export declare function wrappingMul<T extends number>(a: T, b: T): T;
/** -a without its overflow. */
export declare function wrappingNeg<T extends number>(a: T): T;
/** Shifted left; by all bits or more it is 0. */
export declare function wrappingShl<T extends number>(a: T, bits: u32): T;
/** Shifted right, with the sign if it has one; by all bits or more only the sign is left. */
export declare function wrappingShr<T extends number>(a: T, bits: u32): T;
/** The lowest bits of any integer as another type: `wrappingCast<u8>(x)`. */
export declare function wrappingCast<T extends number>(value: number): T;

/** Ends the call unless the condition holds, and undoes everything it did. The error is only made when it is needed. */
export declare function require(condition: bool, error?: string | object): void;
/** Ends the call with a text or a typed error, and undoes everything it did. */
export declare function revert(error: string | object): void;

/** Emits an `@event`: its topic is its class's name, its data the fields in Borsh. 375 gas and 8 a byte. */
export declare function emit(event: object): void;
/** Prints a text while developing: free, kept in the receipt, and left out of a release build. */
export declare function log(text: string): void;

/** The context of the call. Everything but the caller is an extension of the documented host functions. */
export declare const context: {
  /** Who calls: an account, or the contract that called this one. */
  readonly caller: Address;
  /** This contract's address. */
  readonly self: Address;
  /** The amount sent with the call; it is already in this contract's balance. */
  readonly value: u256;
  readonly blockHeight: u64;
  /** The chain's number: what is signed for one chain must be worth nothing on another. */
  readonly chainId: u64;
  /** Seconds since 1970. */
  readonly blockTimestamp: u64;
  /** The block's random value, from the beacon. The same in the whole block. */
  readonly vrf: Hash;
};

/** The contract's metadata: texts set at deployment, such as `name`, `symbol`, `type`, `decimals`, `description`. */
export declare const metadata: {
  /** The text of a name; empty where there is none. One storage read. */
  get(name: string): string;
  /** Sets the text of a name; an empty one removes it. One storage write. */
  set(name: string, value: string): void;
};

/** SHA3-256. 30 gas a byte. */
export declare function sha3_256(data: Bytes): Hash;
/** Whether a Dilithium signature is valid; a wrong length is not. 50,000 gas. */
export declare function verifyDilithium(message: Bytes, signature: Bytes, publicKey: Bytes): bool;

/** The address of a Dilithium public key: the last 20 bytes of its SHA3-256. 30 gas a byte. */
export declare function addressOf(publicKey: Bytes): Address;
/** The nonce that the next signature of an address must have, in a `@signed` method. One storage read. */
export declare function nonceOf(signer: Address): u64;

/** The balance of an account or contract. 200 gas. */
export declare function balanceOf(account: Address): u256;
/** Pays from this contract's balance. Reverts with TransferFailed if it is too low. 21,000 gas. */
export declare function transfer(to: Address, amount: u256): void;
/** Pays from this contract's balance; false if it is too low. 21,000 gas. */
export declare function tryTransfer(to: Address, amount: u256): bool;
/** Calls a method of another contract with encoded arguments; if it fails, this call reverts with the same data. */
export declare function callContract(contract: Address, method: string, args: Bytes): Bytes;
/** Calls a method of another contract and survives its failure. 100,000 gas and what the other spends. */
export declare function tryCallContract(contract: Address, method: string, args: Bytes): CallResult;
/** A value in Borsh: an argument of `callContract`, or something to hash. */
export declare function encode<T>(value: T): Bytes;
/** Reads one value from all of the bytes, or reverts with BadArguments. */
export declare function decode<T>(bytes: Bytes): T;

/** How a call of another contract ended. */
export declare class CallResult {
  /** Whether it succeeded, with an answer of 64 KiB at most. If the other contract failed, everything it did is undone. */
  success: bool;
  /** The encoded result, or the first 64 KiB of the revert data; nothing where the answer was too long. */
  data: Bytes;
}

/** A map from keys to values, kept in storage under `NAME/` and the key. It has no length and cannot be listed. */
export declare class StorageMap<K, V> {
  /** The value of a key; the type's zero value where there is none. One storage read. */
  get(key: K): V;
  /** Stores a value. One storage write. */
  set(key: K, value: V): void;
  /** Whether there is a value. */
  has(key: K): bool;
  /** Removes the value. One storage write of no bytes. */
  delete(key: K): void;
}

/** A list kept in storage, of which only what is used is read. */
export declare class StorageVec<T> {
  /** One storage read. */
  readonly length: i32;
  /** The item at an index, or the call ends with OutOfRange. Two storage reads. */
  get(index: i32): T;
  /** Replaces the item at an index, or ends the call with OutOfRange. */
  set(index: i32, value: T): void;
  /** Adds an item at the end and gives its index. One storage read, two writes. */
  push(value: T): i32;
  /** Takes the last item away, or ends the call with OutOfRange. */
  pop(): T;
  /** Takes an item away and puts the last in its place, or ends the call with OutOfRange. */
  swapRemove(index: i32): T;
  /** Up to `limit` items from an index on. */
  page(start: i32, limit: i32): T[];
}

/** A set kept in storage, with pages. When something is deleted, the last takes its place. */
export declare class StorageSet<T> {
  /** One storage read. */
  readonly size: i32;
  has(item: T): bool;
  /** Adds an item; false if it is there already. Two storage reads, three writes. */
  add(item: T): bool;
  /** Takes an item away; false if it is not there. */
  delete(item: T): bool;
  /** The item at a position, or the call ends with OutOfRange. */
  at(position: i32): T;
  /** Up to `limit` items from a position on. */
  page(start: i32, limit: i32): T[];
}

/** A map kept in storage, with pages. When something is deleted, the last takes its place. */
export declare class IterableMap<K, V> {
  /** One storage read. */
  readonly size: i32;
  has(key: K): bool;
  /** The value of a key; the type's zero value where there is none. */
  get(key: K): V;
  /** Stores a value. One storage read and one write; two writes more for a new key. */
  set(key: K, value: V): void;
  /** Takes an entry away; false if it is not there. */
  delete(key: K): bool;
  /** The key at a position, or the call ends with OutOfRange. */
  keyAt(position: i32): K;
  /** Up to `limit` keys from a position on. */
  keys(start: i32, limit: i32): K[];
  /** The values of those keys. */
  values(start: i32, limit: i32): V[];
}

/** An array whose length is part of its type: `FixedArray<Hash, 4>`. */
export declare class FixedArray<T, N extends number> {
  constructor();
  readonly length: N;
  [index: number]: T;
}

/** Another contract, by its address: what every `@remote` class extends. */
export declare class Remote {
  /** The contract at an address. Nothing is called yet. */
  static at<T>(this: new (...args: never[]) => T, address: Address): T;
  /** The same contract, whose failures do not end this call: see `failed`. */
  catching(): this;
  /** Where the contract is. */
  readonly address: Address;
  /**
   * Whether the last call failed: the other contract failed and everything that it did is undone, or what it answered is
   * no such value or more than 64 KiB. Only of one made by `catching()`.
   */
  readonly failed: bool;
  /** What the last call reverted with, its first 64 KiB; nothing after an answer that could not be read. */
  readonly failure: Bytes;
  /** What a method that returns something returns: the compiler writes the body. */
  // biome-ignore lint/suspicious/noExplicitAny: it stands for a value of any type.
  protected readonly answer: any;
}

/** An address: 20 bytes. Compare with `==`. */
export declare class Address {
  private constructor();
  /** 20 zero bytes. */
  static readonly zero: Address;
  /** Exactly 20 bytes, or the call ends with OutOfRange. */
  static from(bytes: Bytes): Address;
  /** Reads 0x and hex digits, or ends the call with OutOfRange. */
  static parse(text: string): Address;
  toBytes(): Bytes;
  /** 0x and lower-case hex digits. */
  toString(): string;
}

/** A hash: 32 bytes. Compare with `==`. */
export declare class Hash {
  private constructor();
  /** 32 zero bytes. */
  static readonly zero: Hash;
  /** Exactly 32 bytes, or the call ends with OutOfRange. */
  static from(bytes: Bytes): Hash;
  /** Reads 0x and hex digits, or ends the call with OutOfRange. */
  static parse(text: string): Hash;
  toBytes(): Bytes;
  /** 0x and lower-case hex digits. */
  toString(): string;
}

/** A run of bytes. Compare with `==`. */
export declare class Bytes {
  private constructor();
  /** No bytes. */
  static readonly empty: Bytes;
  /** The UTF-8 bytes of a text. */
  static from(text: string): Bytes;
  /** Reads 0x and hex digits, or ends the call with OutOfRange. */
  static parse(text: string): Bytes;
  readonly length: i32;
  readonly [index: number]: u8;
  /** The bytes from `start` up to `end`, or the call ends with OutOfRange. */
  slice(start: i32, end?: i32): Bytes;
  /** These bytes, then the others. */
  concat(other: Bytes): Bytes;
  /** The text whose UTF-8 these bytes are, or the call ends with NotUtf8. */
  toText(): string;
  /** 0x and lower-case hex digits. */
  toString(): string;
}

/** An unsigned 128-bit integer. Arithmetic that leaves the range reverts with Overflow. */
export type u128 = number;
/** An unsigned 256-bit integer. Arithmetic that leaves the range reverts with Overflow. */
export type u256 = number;
/** A signed 128-bit integer. Arithmetic that leaves the range reverts with Overflow. */
export type i128 = number;
/** A signed 256-bit integer. Arithmetic that leaves the range reverts with Overflow. */
export type i256 = number;

export declare const u128: WideInteger;
export declare const u256: WideInteger;
export declare const i128: WideInteger;
export declare const i256: WideInteger;

interface WideInteger {
  readonly zero: number;
  readonly one: number;
  /** The smallest value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** A value of any integer type, wide ones too. Reverts with Overflow if it does not fit. */
  from(value: number): number;
  /** Reads decimal digits, for the signed types after a minus if any, or reverts with OutOfRange, or with Overflow. */
  parse(text: string): number;
  /** a * b / denominator, rounded down; the product in between may have twice the bits. */
  mulDiv(a: number, b: number, denominator: number): number;
  /** a * b / denominator, rounded up; the product in between may have twice the bits. */
  mulDivUp(a: number, b: number, denominator: number): number;
}

declare global {
  /** asc's name for what every number has. */
  interface _Float {
    /** Of the wide integers: the value as u64. Reverts with Overflow if it does not fit. */
    toU64(): u64;
    /** Of the wide integers: the value as i64. Reverts with Overflow if it does not fit. */
    toI64(): i64;
    /** Of the wide integers. */
    isZero(): bool;
    /** Of i128 and i256. */
    isNegative(): bool;
    /** Of the wide integers: the distance from 0. Reverts with Overflow for the least value. */
    abs(): number;
    /** Of u128 and u256: the square root, rounded down. */
    sqrt(): number;
  }
}
