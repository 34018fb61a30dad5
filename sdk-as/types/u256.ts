// Unsigned 256-bit integers, 32 bytes little-endian: in memory as in Borsh. Values never change once made.
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

const SIZE: usize = 32;

/** An unsigned 256-bit integer. */
@unmanaged
export class u256 {
  private limb0: u64 = 0;
  private limb1: u64 = 0;
  private limb2: u64 = 0;
  private limb3: u64 = 0;

  static get zero(): u256 {
    return changetype<u256>(memory.data(SIZE));
  }

  static get one(): u256 {
    return u256.from<u64>(1);
  }

  /** 2^256 - 1. */
  static get max(): u256 {
    const at = __alloc(SIZE);
    memory.fill(at, 0xff, SIZE);
    return changetype<u256>(at);
  }

  /** A value of any integer type. Reverts with Overflow if it is negative. */
  static from<T>(value: T): u256 {
    const at = __alloc(SIZE);
    if (isInteger<T>()) {
      if (isSigned<T>() && value < 0) fail(Failure.Overflow);
      store<u64>(at, <u64>value);
    } else {
      // The one other type is u128, whose bytes are the lower half.
      memory.copy(at, changetype<usize>(value), 16);
    }
    return changetype<u256>(at);
  }

  /** Reads decimal digits. Reverts with OutOfRange if there is anything else, with Overflow if it is too large. */
  static parse(text: string): u256 {
    return changetype<u256>(parseDecimal(text, SIZE));
  }

  /** The value as u64. Reverts with Overflow if it is larger. */
  toU64(): u64 {
    if ((this.limb1 | this.limb2 | this.limb3) != 0) fail(Failure.Overflow);
    return this.limb0;
  }

  isZero(): bool {
    return (this.limb0 | this.limb1 | this.limb2 | this.limb3) == 0;
  }

  /** Decimal digits. */
  toString(): string {
    return printDecimal(changetype<usize>(this), SIZE);
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
    return changetype<u256>(divideLimbs(changetype<usize>(a), changetype<usize>(b), SIZE));
  }

  @operator("%")
  static remainder(a: u256, b: u256): u256 {
    return changetype<u256>(divideLimbs(changetype<usize>(a), changetype<usize>(b), SIZE) + SIZE);
  }

  @operator("**")
  power(exponent: u32): u256 {
    return changetype<u256>(powerLimbs(changetype<usize>(this), exponent, SIZE));
  }

  @operator("<<")
  shiftLeft(bits: u32): u256 {
    return changetype<u256>(shiftLeft(changetype<usize>(this), bits, SIZE));
  }

  @operator(">>")
  shiftRight(bits: u32): u256 {
    return changetype<u256>(shiftRight(changetype<usize>(this), bits, SIZE));
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
    return u256.xor(this, u256.max);
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
}
