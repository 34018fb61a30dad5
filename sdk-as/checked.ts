// What the ordinary operators do in a contract's own files, where the compiler cannot see that the result fits:
// the exact result, or the call ends with Overflow, DivisionByZero or OutOfRange. Never called by hand.

import { Failure, fail } from "./errors";

export function checkedAdd<T>(a: T, b: T): T {
  if (sizeof<T>() < 4) return narrow<T>(<i32>a + <i32>b);
  const sum = <T>(a + b);
  if (isSigned<T>() ? ((a ^ sum) & (b ^ sum)) < 0 : sum < a) fail(Failure.Overflow);
  return sum;
}

export function checkedSub<T>(a: T, b: T): T {
  if (sizeof<T>() < 4) return narrow<T>(<i32>a - <i32>b);
  if (isSigned<T>()) {
    const difference = <T>(a - b);
    if (((a ^ b) & (a ^ difference)) < 0) fail(Failure.Overflow);
    return difference;
  }
  if (a < b) fail(Failure.Overflow);
  return <T>(a - b);
}

export function checkedMul<T>(a: T, b: T): T {
  // The product of two u16 fits in u32, and the comparison sees its bits whatever their sign.
  if (sizeof<T>() < 4) return narrow<T>(<i32>a * <i32>b);
  if (sizeof<T>() == 4) {
    if (isSigned<T>()) {
      const wide = <i64>a * <i64>b;
      if (wide != <i64>(<i32>wide)) fail(Failure.Overflow);
      return <T>wide;
    }
    const wide = <u64>a * <u64>b;
    if (wide >> 32 != 0) fail(Failure.Overflow);
    return <T>wide;
  }
  const product = <T>(a * b);
  if (isSigned<T>()) {
    // The least value divided by -1 would be a trap.
    if (a == -1) {
      if (b == <T>i64.MIN_VALUE) fail(Failure.Overflow);
    } else if (a != 0 && <T>(product / a) != b) fail(Failure.Overflow);
  } else if (a != 0 && <T>(product / a) != b) fail(Failure.Overflow);
  return product;
}

export function checkedDiv<T>(a: T, b: T): T {
  if (b == 0) fail(Failure.DivisionByZero);
  if (isSigned<T>()) {
    if (b == -1) return checkedSub<T>(0, a);
  }
  return <T>(a / b);
}

/** The least value modulo -1 is 0, and no trap. */
export function checkedRem<T>(a: T, b: T): T {
  if (b == 0) fail(Failure.DivisionByZero);
  return <T>(a % b);
}

/** How far the value is from 0; of the least one there is no such value. */
export function checkedAbs<T>(a: T): T {
  return a < 0 ? checkedSub<T>(0, a) : a;
}

/** A negative exponent is OutOfRange. 0 to the power of 0 is 1. */
export function checkedPow<T>(a: T, exponent: T): T {
  if (isSigned<T>()) {
    if (exponent < 0) fail(Failure.OutOfRange);
  }
  let base = a;
  let left = <u64>exponent;
  let power: T = 1;
  while (left != 0) {
    if (left & 1) power = checkedMul<T>(power, base);
    left >>= 1;
    // The last square is not needed, and may be too large.
    if (left != 0) base = checkedMul<T>(base, base);
  }
  return power;
}

/** The amount of a shift, which must be less than the type's bits. A negative one is very large as unsigned. */
export function checkedShift<T>(amount: T): T {
  if (<u64>amount >= <u64>(sizeof<T>() << 3)) fail(Failure.OutOfRange);
  return amount;
}

/** A small signed integer shifted right without its sign. */
export function unsignedShift<T>(value: T, amount: T): T {
  const bits: u32 = sizeof<T>() == 1 ? 0xff : 0xffff;
  return <T>((<u32>value & bits) >>> <u32>amount);
}

/** The value as another integer type that may not have it. */
export function checkedCast<From, To>(value: From): To {
  const result = <To>value;
  if (isSigned<From>() && !isSigned<To>() && sizeof<To>() >= sizeof<From>()) {
    if (value < 0) fail(Failure.Overflow);
  } else if (!isSigned<From>() && isSigned<To>()) {
    if (result < 0 || <From>result != value) fail(Failure.Overflow);
  } else if (<From>result != value) fail(Failure.Overflow);
  return result;
}

/** A result of two small integers, which 32 bits hold. */
function narrow<T>(value: i32): T {
  const result = <T>value;
  if (<i32>result != value) fail(Failure.Overflow);
  return result;
}

/** An integer literal that is longer than the compiler reads: it is a constant of the type expected, and this never runs. */
export function literal(_digits: string): i32 {
  return 0;
}
