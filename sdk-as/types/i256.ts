// Signed 256-bit integers, two's complement, 32 bytes little-endian: in memory as in Borsh. Values never change once made.
// Arithmetic that leaves the range reverts with Overflow (code 4), division by zero with DivisionByZero (code 5).

import { Failure, fail } from "../errors";
import { convertTo, lowLimb } from "./convert";
import { hasMinus, parseDecimal, printDecimal } from "./decimal";
import {
  combineBits,
  invertBits,
  isZero,
  makeLimbs,
  shiftLeft,
  shiftRight,
  wrapAdd,
  wrapShiftLeft,
  wrapShiftRight,
  wrapSubtract,
} from "./limbs";
import { multiplyFull } from "./multiply";
import { isSame } from "./same";
import {
  addSigned,
  divideSigned,
  isLessSigned,
  isNegative,
  magnitude,
  multiplyDivideSigned,
  multiplySigned,
  powerSigned,
  remainderSigned,
  signOf,
  subtractSigned,
  withSign,
} from "./signed";

const SIZE: usize = 32;

/** A signed 256-bit integer, two's complement. */
@unmanaged
export class i256 {
  protected limb0: u64 = 0;
  protected limb1: u64 = 0;
  protected limb2: u64 = 0;
  protected limb3: u64 = 0;

  static get zero(): i256 {
    return changetype<i256>(memory.data(SIZE));
  }

  static get one(): i256 {
    return changetype<i256>(makeLimbs(1, 0, 0, SIZE));
  }

  /** -2^255. */
  static get min(): i256 {
    return changetype<i256>(makeLimbs(0, 0, 1 << 63, SIZE));
  }

  /** 2^255 - 1. */
  static get max(): i256 {
    return changetype<i256>(makeLimbs(-1, -1, -1 >>> 1, SIZE));
  }

  /** A value of any integer type, wide ones too. Reverts with Overflow if it does not fit. */
  static from<V>(value: V): i256 {
    return changetype<i256>(convertTo<V>(value, SIZE, true));
  }

  /** Reads decimal digits, a minus before them if any. Reverts with OutOfRange if there is anything else, with Overflow if it does not fit. */
  static parse(text: string): i256 {
    const negative = hasMinus(text);
    return changetype<i256>(withSign(SIZE, negative, parseDecimal(text, i32(negative), SIZE)));
  }

  /** The value as u64. Reverts with Overflow if it does not fit. */
  toU64(): u64 {
    return lowLimb(changetype<usize>(this), 0, SIZE);
  }

  /** The value as i64. Reverts with Overflow if it does not fit. */
  toI64(): i64 {
    const low = <i64>lowLimb(changetype<usize>(this), signOf(changetype<usize>(this), SIZE), SIZE);
    if (low < 0 != this.isNegative()) fail(Failure.Overflow);
    return low;
  }

  isZero(): bool {
    return isZero(changetype<usize>(this), SIZE);
  }

  /** Decimal digits, a minus before them if it is negative. */
  toString(): string {
    return printDecimal(magnitude(changetype<usize>(this), SIZE), isNegative(changetype<usize>(this), SIZE), SIZE);
  }

  @operator("+")
  static add(a: i256, b: i256): i256 {
    return changetype<i256>(addSigned(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("-")
  static subtract(a: i256, b: i256): i256 {
    return changetype<i256>(subtractSigned(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("*")
  static multiply(a: i256, b: i256): i256 {
    return changetype<i256>(multiplySigned(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  /** Rounds towards 0. */
  @operator("/")
  static divide(a: i256, b: i256): i256 {
    return changetype<i256>(divideSigned(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  /** Has the sign of a. */
  @operator("%")
  static remainder(a: i256, b: i256): i256 {
    return changetype<i256>(remainderSigned(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("**")
  power(exponent: u32): i256 {
    return changetype<i256>(powerSigned(changetype<usize>(this), exponent, SIZE));
  }

  /** Bits that leave are lost. Reverts with OutOfRange for 256 or more. */
  @operator("<<")
  shiftLeft(bits: u32): i256 {
    return changetype<i256>(shiftLeft(changetype<usize>(this), bits, SIZE));
  }

  /** The sign comes in. Reverts with OutOfRange for 256 or more. */
  @operator(">>")
  shiftRight(bits: u32): i256 {
    return changetype<i256>(shiftRight(changetype<usize>(this), bits, signOf(changetype<usize>(this), SIZE), SIZE));
  }

  @operator("&")
  static and(a: i256, b: i256): i256 {
    return changetype<i256>(combineBits(changetype<usize>(a), changetype<usize>(b), 0, SIZE));
  }

  @operator("|")
  static or(a: i256, b: i256): i256 {
    return changetype<i256>(combineBits(changetype<usize>(a), changetype<usize>(b), 1, SIZE));
  }

  @operator("^")
  static xor(a: i256, b: i256): i256 {
    return changetype<i256>(combineBits(changetype<usize>(a), changetype<usize>(b), 2, SIZE));
  }

  @operator.prefix("~")
  not(): i256 {
    return changetype<i256>(invertBits(changetype<usize>(this), SIZE));
  }

  /** Reverts with Overflow for the least value. */
  @operator.prefix("-")
  negate(): i256 {
    return i256.subtract(i256.zero, this);
  }

  @operator.prefix("++")
  increment(): i256 {
    return i256.add(this, i256.one);
  }

  @operator.postfix("++")
  incrementAfter(): i256 {
    return i256.add(this, i256.one);
  }

  @operator.prefix("--")
  decrement(): i256 {
    return i256.subtract(this, i256.one);
  }

  @operator.postfix("--")
  decrementAfter(): i256 {
    return i256.subtract(this, i256.one);
  }

  @operator("==")
  static equals(a: i256 | null, b: i256 | null): bool {
    return isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator("!=")
  static differs(a: i256 | null, b: i256 | null): bool {
    return !isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator("<")
  static less(a: i256, b: i256): bool {
    return isLessSigned(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator(">")
  static greater(a: i256, b: i256): bool {
    return isLessSigned(changetype<usize>(b), changetype<usize>(a), SIZE);
  }

  @operator("<=")
  static atMost(a: i256, b: i256): bool {
    return !isLessSigned(changetype<usize>(b), changetype<usize>(a), SIZE);
  }

  @operator(">=")
  static atLeast(a: i256, b: i256): bool {
    return !isLessSigned(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  /** a * b / denominator, rounded down on the line, not towards 0. The product in between may have 512 bits. */
  static mulDiv(a: i256, b: i256, denominator: i256): i256 {
    return changetype<i256>(
      multiplyDivideSigned(changetype<usize>(a), changetype<usize>(b), changetype<usize>(denominator), false, SIZE),
    );
  }

  /** The same, rounded up. */
  static mulDivUp(a: i256, b: i256, denominator: i256): i256 {
    return changetype<i256>(
      multiplyDivideSigned(changetype<usize>(a), changetype<usize>(b), changetype<usize>(denominator), true, SIZE),
    );
  }

  isNegative(): bool {
    return isNegative(changetype<usize>(this), SIZE);
  }

  /** The distance from 0. Reverts with Overflow for the least value. */
  abs(): i256 {
    return changetype<i256>(withSign(SIZE, false, magnitude(changetype<usize>(this), SIZE)));
  }

  /** a + b modulo 2^256, as wrappingAdd(a, b) has it; the others likewise. */
  wrappingAdd(b: i256): i256 {
    return changetype<i256>(wrapAdd(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingSub(b: i256): i256 {
    return changetype<i256>(wrapSubtract(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingMul(b: i256): i256 {
    return changetype<i256>(multiplyFull(changetype<usize>(this), changetype<usize>(b), SIZE));
  }

  wrappingNeg(): i256 {
    return changetype<i256>(wrapSubtract(__alloc(SIZE), changetype<usize>(this), SIZE));
  }

  wrappingShl(bits: u32): i256 {
    return changetype<i256>(wrapShiftLeft(changetype<usize>(this), bits, SIZE));
  }

  wrappingShr(bits: u32): i256 {
    return changetype<i256>(wrapShiftRight(changetype<usize>(this), bits, signOf(changetype<usize>(this), SIZE), SIZE));
  }
}
