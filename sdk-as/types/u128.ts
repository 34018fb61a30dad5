// Unsigned 128-bit integers, 16 bytes little-endian: in memory as in Borsh. Values never change once made.
// Arithmetic that leaves the range reverts with Overflow (code 4), division by zero with DivisionByZero (code 5).

import { Failure, fail } from "../errors";
import {
  addLimbs,
  combineBits,
  divideLimbs,
  isLess,
  multiplyLimbs,
  parseDecimal,
  powerLimbs,
  printDecimal,
  shiftLeft,
  shiftRight,
  subtractLimbs,
} from "./limbs";
import { isSame } from "./same";

const SIZE: usize = 16;

/** An unsigned 128-bit integer. */
@unmanaged
export class u128 {
  private limb0: u64 = 0;
  private limb1: u64 = 0;

  static get zero(): u128 {
    return changetype<u128>(memory.data(SIZE));
  }

  static get one(): u128 {
    return u128.from<u64>(1);
  }

  /** 2^128 - 1. */
  static get max(): u128 {
    const at = __alloc(SIZE);
    memory.fill(at, 0xff, SIZE);
    return changetype<u128>(at);
  }

  /** A value of any integer type. Reverts with Overflow if it is negative. */
  static from<T>(value: T): u128 {
    const at = __alloc(SIZE);
    if (isInteger<T>()) {
      if (isSigned<T>() && value < 0) fail(Failure.Overflow);
      store<u64>(at, <u64>value);
    } else {
      // The one other type is u256, whose lower half it is.
      const wide = changetype<usize>(value);
      if ((load<u64>(wide, 16) | load<u64>(wide, 24)) != 0) fail(Failure.Overflow);
      memory.copy(at, wide, SIZE);
    }
    return changetype<u128>(at);
  }

  /** Reads decimal digits. Reverts with OutOfRange if there is anything else, with Overflow if it is too large. */
  static parse(text: string): u128 {
    return changetype<u128>(parseDecimal(text, SIZE));
  }

  /** The value as u64. Reverts with Overflow if it is larger. */
  toU64(): u64 {
    if (this.limb1 != 0) fail(Failure.Overflow);
    return this.limb0;
  }

  isZero(): bool {
    return (this.limb0 | this.limb1) == 0;
  }

  /** Decimal digits. */
  toString(): string {
    return printDecimal(changetype<usize>(this), SIZE);
  }

  @operator("+")
  static add(a: u128, b: u128): u128 {
    return changetype<u128>(addLimbs(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("-")
  static subtract(a: u128, b: u128): u128 {
    return changetype<u128>(subtractLimbs(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("*")
  static multiply(a: u128, b: u128): u128 {
    return changetype<u128>(multiplyLimbs(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  /** Rounds down. */
  @operator("/")
  static divide(a: u128, b: u128): u128 {
    return changetype<u128>(divideLimbs(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("%")
  static remainder(a: u128, b: u128): u128 {
    return changetype<u128>(divideLimbs(changetype<usize>(a), changetype<usize>(b), SIZE) + SIZE);
  }

  @operator("**")
  power(exponent: u32): u128 {
    return changetype<u128>(powerLimbs(changetype<usize>(this), exponent, SIZE));
  }

  @operator("<<")
  shiftLeft(bits: u32): u128 {
    return changetype<u128>(shiftLeft(changetype<usize>(this), bits, SIZE));
  }

  @operator(">>")
  shiftRight(bits: u32): u128 {
    return changetype<u128>(shiftRight(changetype<usize>(this), bits, SIZE));
  }

  @operator("&")
  static and(a: u128, b: u128): u128 {
    return changetype<u128>(combineBits(changetype<usize>(a), changetype<usize>(b), 0, SIZE));
  }

  @operator("|")
  static or(a: u128, b: u128): u128 {
    return changetype<u128>(combineBits(changetype<usize>(a), changetype<usize>(b), 1, SIZE));
  }

  @operator("^")
  static xor(a: u128, b: u128): u128 {
    return changetype<u128>(combineBits(changetype<usize>(a), changetype<usize>(b), 2, SIZE));
  }

  @operator.prefix("~")
  not(): u128 {
    return u128.xor(this, u128.max);
  }

  @operator("==")
  static equals(a: u128 | null, b: u128 | null): bool {
    return isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator("!=")
  static differs(a: u128 | null, b: u128 | null): bool {
    return !isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator("<")
  static less(a: u128, b: u128): bool {
    return isLess(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator(">")
  static greater(a: u128, b: u128): bool {
    return isLess(changetype<usize>(b), changetype<usize>(a), SIZE);
  }

  @operator("<=")
  static atMost(a: u128, b: u128): bool {
    return !isLess(changetype<usize>(b), changetype<usize>(a), SIZE);
  }

  @operator(">=")
  static atLeast(a: u128, b: u128): bool {
    return !isLess(changetype<usize>(a), changetype<usize>(b), SIZE);
  }
}
