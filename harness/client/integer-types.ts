// The integer types of the interface: width, range, and whether JavaScript holds them as number or bigint.

import type { AbiPrimitive } from "../core/abi.js";

export interface IntegerType {
  readonly name: AbiPrimitive;
  readonly bits: number;
  readonly signed: boolean;
  /** Up to 32 bits a number, above a bigint. */
  readonly isNumber: boolean;
  readonly min: bigint;
  readonly max: bigint;
}

function integer(name: AbiPrimitive, bits: number, signed: boolean): [AbiPrimitive, IntegerType] {
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  return [name, { name, bits, signed, isNumber: bits <= 32, min: signed ? -max - 1n : 0n, max }];
}

export const INTEGER_TYPES: ReadonlyMap<AbiPrimitive, IntegerType> = new Map([
  integer("u8", 8, false),
  integer("u16", 16, false),
  integer("u32", 32, false),
  integer("u64", 64, false),
  integer("u128", 128, false),
  integer("u256", 256, false),
  integer("i8", 8, true),
  integer("i16", 16, true),
  integer("i32", 32, true),
  integer("i64", 64, true),
  integer("i128", 128, true),
  integer("i256", 256, true),
]);

/** The range in words: `from 0n to 2n ** 64n - 1n`. */
export function describeRange(type: IntegerType): string {
  if (type.isNumber) return `a number from ${type.min} to ${type.max}`;
  const power = `2n ** ${type.signed ? type.bits - 1 : type.bits}n`;
  return type.signed ? `a bigint from -(${power}) to ${power} - 1n` : `a bigint from 0n to ${power} - 1n`;
}
