// Two's complement on top of unsigned numbers in memory, under i128 and i256.

import { Failure, fail } from "../errors";
import { divideLimbs, multiplyDivide } from "./divide";
import { addTo, copyLimbs, isLess, isZero, subtractTo, wrapSubtract } from "./limbs";
import { multiplyLimbs, powerLimbs } from "./multiply";

export function isNegative(a: usize, size: usize): bool {
  return load<i64>(a + size - 8) < 0;
}

/** All ones for a negative number, else 0: what a shift to the right brings in. */
export function signOf(a: usize, size: usize): u64 {
  return <u64>(load<i64>(a + size - 8) >> 63);
}

/** a + b, or Overflow: only two numbers of one sign can leave the range, and the sum then has the other. */
export function addSigned(a: usize, b: usize, size: usize): usize {
  const sum = __alloc(size);
  addTo(sum, a, b, size);
  if (((signOf(a, size) ^ signOf(sum, size)) & (signOf(b, size) ^ signOf(sum, size))) != 0) fail(Failure.Overflow);
  return sum;
}

/** a - b, or Overflow. */
export function subtractSigned(a: usize, b: usize, size: usize): usize {
  const difference = __alloc(size);
  subtractTo(difference, a, b, size);
  if (((signOf(a, size) ^ signOf(b, size)) & (signOf(a, size) ^ signOf(difference, size))) != 0) {
    fail(Failure.Overflow);
  }
  return difference;
}

export function isLessSigned(a: usize, b: usize, size: usize): bool {
  const negative = isNegative(a, size);
  return negative != isNegative(b, size) ? negative : isLess(a, b, size);
}

/** -a modulo 2^bits. */
export function wrapNegate(a: usize, size: usize): usize {
  return wrapSubtract(__alloc(size), a, size);
}

/** How far a is from 0, as an unsigned number: also of the least. Always fresh. */
export function magnitude(a: usize, size: usize): usize {
  return isNegative(a, size) ? wrapNegate(a, size) : copyLimbs(a, size);
}

/** The number that is so far from 0 on the given side, or Overflow. */
export function withSign(size: usize, negative: bool, distance: usize): usize {
  const result = negative ? wrapNegate(distance, size) : distance;
  if (isNegative(result, size) != negative && !isZero(result, size)) fail(Failure.Overflow);
  return result;
}

function differInSign(a: usize, b: usize, size: usize): bool {
  return isNegative(a, size) != isNegative(b, size);
}

export function multiplySigned(a: usize, b: usize, size: usize): usize {
  return withSign(size, differInSign(a, b, size), multiplyLimbs(magnitude(a, size), magnitude(b, size), size));
}

/** Rounds towards 0. */
export function divideSigned(a: usize, b: usize, size: usize): usize {
  return withSign(size, differInSign(a, b, size), divideLimbs(magnitude(a, size), size, magnitude(b, size), size));
}

/** Has the dividend's sign. */
export function remainderSigned(a: usize, b: usize, size: usize): usize {
  const remainder = divideLimbs(magnitude(a, size), size, magnitude(b, size), size) + size;
  return withSign(size, isNegative(a, size), remainder);
}

export function powerSigned(a: usize, exponent: u32, size: usize): usize {
  const negative = isNegative(a, size) && (exponent & 1) != 0;
  return withSign(size, negative, powerLimbs(magnitude(a, size), exponent, size));
}

/** a * b / d with the whole product in between, rounded down, or up if `up`: both on the line, not towards 0. */
export function multiplyDivideSigned(a: usize, b: usize, d: usize, up: bool, size: usize): usize {
  const negative = (i32(isNegative(a, size)) ^ i32(isNegative(b, size)) ^ i32(isNegative(d, size))) != 0;
  const distance = multiplyDivide(magnitude(a, size), magnitude(b, size), magnitude(d, size), up != negative, size);
  return withSign(size, negative, distance);
}
