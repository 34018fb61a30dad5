// Unsigned 128-bit integers, 16 bytes little-endian: in memory as in Borsh. Values never change once made.
// Arithmetic that leaves the range reverts with Overflow (code 4), division by zero with DivisionByZero (code 5).

import { Failure, fail } from "../errors";
import { convertTo, lowLimb } from "./convert";
import { parseDecimal, printDecimal } from "./decimal";
import { divideLimbs, multiplyDivide, squareRoot } from "./divide";
import {
  addLimbs,
  combineBits,
  copyLimbs,
  invertBits,
  isLess,
  isZero,
  makeLimbs,
  shiftLeft,
  shiftRight,
  subtractLimbs,
  wrapAdd,
  wrapShiftLeft,
  wrapShiftRight,
  wrapSubtract,
} from "./limbs";
import { multiplyFull, multiplyLimbs, powerLimbs } from "./multiply";
import { isSame } from "./same";

const SIZE: usize = 16;

/** An unsigned 128-bit integer. */
@unmanaged
export class u128 {
  protected limb0: u64 = 0;
  protected limb1: u64 = 0;

  static get zero(): u128 {
    return changetype<u128>(memory.data(SIZE));
  }

  static get one(): u128 {
    return changetype<u128>(makeLimbs(1, 0, 0, SIZE));
  }

  /** 0. */
  static get min(): u128 {
    return changetype<u128>(memory.data(SIZE));
  }

  /** 2^128 - 1. */
  static get max(): u128 {
    return changetype<u128>(makeLimbs(-1, -1, -1, SIZE));
  }

  /** A value of any integer type, wide ones too. Reverts with Overflow if it does not fit. */
  static from<V>(value: V): u128 {
    return changetype<u128>(convertTo<V>(value, SIZE, false));
  }

  /** Reads decimal digits. Reverts with OutOfRange if there is anything else, with Overflow if it does not fit. */
  static parse(text: string): u128 {
    return changetype<u128>(parseDecimal(text, 0, SIZE));
  }

  /** The value as u64. Reverts with Overflow if it does not fit. */
  toU64(): u64 {
    return lowLimb(changetype<usize>(this), 0, SIZE);
  }

  /** The value as i64. Reverts with Overflow if it is larger. */
  toI64(): i64 {
    const low = <i64>this.toU64();
    if (low < 0) fail(Failure.Overflow);
    return low;
  }

  isZero(): bool {
    return isZero(changetype<usize>(this), SIZE);
  }

  /** Decimal digits. */
  toString(): string {
    return printDecimal(changetype<usize>(this), false, SIZE);
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
    return changetype<u128>(divideLimbs(changetype<usize>(a), SIZE, changetype<usize>(b), SIZE));
  }

  @operator("%")
  static remainder(a: u128, b: u128): u128 {
    return changetype<u128>(divideLimbs(changetype<usize>(a), SIZE, changetype<usize>(b), SIZE) + SIZE);
  }

  @operator("**")
  power(exponent: u32): u128 {
    return changetype<u128>(powerLimbs(changetype<usize>(this), exponent, SIZE));
  }

  /** Bits that leave are lost. Reverts with OutOfRange for 128 or more. */
  @operator("<<")
  shiftLeft(bits: u32): u128 {
    return changetype<u128>(shiftLeft(changetype<usize>(this), bits, SIZE));
  }

  /** Reverts with OutOfRange for 128 or more. */
  @operator(">>")
  shiftRight(bits: u32): u128 {
    return changetype<u128>(shiftRight(changetype<usize>(this), bits, 0, SIZE));
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
    return changetype<u128>(invertBits(changetype<usize>(this), SIZE));
  }

  /** Reverts with Overflow for all but 0. */
  @operator.prefix("-")
  negate(): u128 {
    return u128.subtract(u128.zero, this);
  }

  @operator.prefix("++")
  increment(): u128 {
    return u128.add(this, u128.one);
  }

  @operator.postfix("++")
  incrementAfter(): u128 {
    return u128.add(this, u128.one);
  }

  @operator.prefix("--")
  decrement(): u128 {
    return u128.subtract(this, u128.one);
  }

  @operator.postfix("--")
  decrementAfter(): u128 {
    return u128.subtract(this, u128.one);
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

  /** a * b / denominator, rounded down. The product in between may have 256 bits. */
  static mulDiv(a: u128, b: u128, denominator: u128): u128 {
    return changetype<u128>(
      multiplyDivide(changetype<usize>(a), changetype<usize>(b), changetype<usize>(denominator), false, SIZE),
    );
  }

  /** The same, rounded up. */
  static mulDivUp(a: u128, b: u128, denominator: u128): u128 {
    return changetype<u128>(
      multiplyDivide(changetype<usize>(a), changetype<usize>(b), changetype<usize>(denominator), true, SIZE),
    );
  }

  /** The square root, rounded down. */
  sqrt(): u128 {
    return changetype<u128>(squareRoot(changetype<usize>(this), SIZE));
  }

  /** The same value, as with the signed types. */
  abs(): u128 {
    return changetype<u128>(copyLimbs(changetype<usize>(this), SIZE));
  }

  /** a + b modulo 2^128, as wrappingAdd(a, b) has it; the others likewise. */
  wrappingAdd(b: u128): u128 {
    return changetype<u128>(wrapAdd(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingSub(b: u128): u128 {
    return changetype<u128>(wrapSubtract(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingMul(b: u128): u128 {
    return changetype<u128>(multiplyFull(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingNeg(): u128 {
    return changetype<u128>(wrapSubtract(__alloc(SIZE), changetype<usize>(this), SIZE));
  }

  wrappingShl(bits: u32): u128 {
    return changetype<u128>(wrapShiftLeft(changetype<usize>(this), bits, SIZE));
  }

  wrappingShr(bits: u32): u128 {
    return changetype<u128>(wrapShiftRight(changetype<usize>(this), bits, 0, SIZE));
  }
}
