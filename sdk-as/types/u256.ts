// Unsigned 256-bit integers, 32 bytes little-endian: in memory as in Borsh. Values never change once made.
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

const SIZE: usize = 32;

/** An unsigned 256-bit integer. */
@unmanaged
export class u256 {
  protected limb0: u64 = 0;
  protected limb1: u64 = 0;
  protected limb2: u64 = 0;
  protected limb3: u64 = 0;

  static get zero(): u256 {
    return changetype<u256>(memory.data(SIZE));
  }

  static get one(): u256 {
    return changetype<u256>(makeLimbs(1, 0, 0, SIZE));
  }

  /** 0. */
  static get min(): u256 {
    return changetype<u256>(memory.data(SIZE));
  }

  /** 2^256 - 1. */
  static get max(): u256 {
    return changetype<u256>(makeLimbs(-1, -1, -1, SIZE));
  }

  /** A value of any integer type, wide ones too. Reverts with Overflow if it does not fit. */
  static from<V>(value: V): u256 {
    return changetype<u256>(convertTo<V>(value, SIZE, false));
  }

  /** Reads decimal digits. Reverts with OutOfRange if there is anything else, with Overflow if it does not fit. */
  static parse(text: string): u256 {
    return changetype<u256>(parseDecimal(text, 0, SIZE));
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
  static add(a: u256, b: u256): u256 {
    return changetype<u256>(addLimbs(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("-")
  static subtract(a: u256, b: u256): u256 {
    return changetype<u256>(subtractLimbs(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("*")
  static multiply(a: u256, b: u256): u256 {
    return changetype<u256>(multiplyLimbs(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  /** Rounds down. */
  @operator("/")
  static divide(a: u256, b: u256): u256 {
    return changetype<u256>(divideLimbs(changetype<usize>(a), SIZE, changetype<usize>(b), SIZE));
  }

  @operator("%")
  static remainder(a: u256, b: u256): u256 {
    return changetype<u256>(divideLimbs(changetype<usize>(a), SIZE, changetype<usize>(b), SIZE) + SIZE);
  }

  @operator("**")
  power(exponent: u32): u256 {
    return changetype<u256>(powerLimbs(changetype<usize>(this), exponent, SIZE));
  }

  /** Bits that leave are lost. Reverts with OutOfRange for 256 or more. */
  @operator("<<")
  shiftLeft(bits: u32): u256 {
    return changetype<u256>(shiftLeft(changetype<usize>(this), bits, SIZE));
  }

  /** Reverts with OutOfRange for 256 or more. */
  @operator(">>")
  shiftRight(bits: u32): u256 {
    return changetype<u256>(shiftRight(changetype<usize>(this), bits, 0, SIZE));
  }

  @operator("&")
  static and(a: u256, b: u256): u256 {
    return changetype<u256>(combineBits(changetype<usize>(a), changetype<usize>(b), 0, SIZE));
  }

  @operator("|")
  static or(a: u256, b: u256): u256 {
    return changetype<u256>(combineBits(changetype<usize>(a), changetype<usize>(b), 1, SIZE));
  }

  @operator("^")
  static xor(a: u256, b: u256): u256 {
    return changetype<u256>(combineBits(changetype<usize>(a), changetype<usize>(b), 2, SIZE));
  }

  @operator.prefix("~")
  not(): u256 {
    return changetype<u256>(invertBits(changetype<usize>(this), SIZE));
  }

  /** Reverts with Overflow for all but 0. */
  @operator.prefix("-")
  negate(): u256 {
    return u256.subtract(u256.zero, this);
  }

  @operator.prefix("++")
  increment(): u256 {
    return u256.add(this, u256.one);
  }

  @operator.postfix("++")
  incrementAfter(): u256 {
    return u256.add(this, u256.one);
  }

  @operator.prefix("--")
  decrement(): u256 {
    return u256.subtract(this, u256.one);
  }

  @operator.postfix("--")
  decrementAfter(): u256 {
    return u256.subtract(this, u256.one);
  }

  @operator("==")
  static equals(a: u256 | null, b: u256 | null): bool {
    return isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator("!=")
  static differs(a: u256 | null, b: u256 | null): bool {
    return !isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator("<")
  static less(a: u256, b: u256): bool {
    return isLess(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator(">")
  static greater(a: u256, b: u256): bool {
    return isLess(changetype<usize>(b), changetype<usize>(a), SIZE);
  }

  @operator("<=")
  static atMost(a: u256, b: u256): bool {
    return !isLess(changetype<usize>(b), changetype<usize>(a), SIZE);
  }

  @operator(">=")
  static atLeast(a: u256, b: u256): bool {
    return !isLess(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  /** a * b / denominator, rounded down. The product in between may have 512 bits. */
  static mulDiv(a: u256, b: u256, denominator: u256): u256 {
    return changetype<u256>(
      multiplyDivide(changetype<usize>(a), changetype<usize>(b), changetype<usize>(denominator), false, SIZE),
    );
  }

  /** The same, rounded up. */
  static mulDivUp(a: u256, b: u256, denominator: u256): u256 {
    return changetype<u256>(
      multiplyDivide(changetype<usize>(a), changetype<usize>(b), changetype<usize>(denominator), true, SIZE),
    );
  }

  /** The square root, rounded down. */
  sqrt(): u256 {
    return changetype<u256>(squareRoot(changetype<usize>(this), SIZE));
  }

  /** The same value, as with the signed types. */
  abs(): u256 {
    return changetype<u256>(copyLimbs(changetype<usize>(this), SIZE));
  }

  /** a + b modulo 2^256, as wrappingAdd(a, b) has it; the others likewise. */
  wrappingAdd(b: u256): u256 {
    return changetype<u256>(wrapAdd(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingSub(b: u256): u256 {
    return changetype<u256>(wrapSubtract(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingMul(b: u256): u256 {
    return changetype<u256>(multiplyFull(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingNeg(): u256 {
    return changetype<u256>(wrapSubtract(__alloc(SIZE), changetype<usize>(this), SIZE));
  }

  wrappingShl(bits: u32): u256 {
    return changetype<u256>(wrapShiftLeft(changetype<usize>(this), bits, SIZE));
  }

  wrappingShr(bits: u32): u256 {
    return changetype<u256>(wrapShiftRight(changetype<usize>(this), bits, 0, SIZE));
  }
}
