// Arithmetic of unsigned little-endian numbers in memory, `size` bytes each (16 or 32), under u128 and u256.
// Results go to fresh memory. What leaves the range ends the call with Overflow, division by zero with DivisionByZero.

import { Failure, fail } from "../errors";

export function addLimbs(a: usize, b: usize, size: usize): usize {
  const sum = __alloc(size);
  let carry: u64 = 0;
  for (let i: usize = 0; i < size; i += 8) {
    const left = load<u64>(a + i);
    const partial = left + load<u64>(b + i);
    const total = partial + carry;
    carry = u64(partial < left) | u64(total < partial);
    store<u64>(sum + i, total);
  }
  if (carry != 0) fail(Failure.Overflow);
  return sum;
}

export function subtractLimbs(a: usize, b: usize, size: usize): usize {
  const difference = __alloc(size);
  let borrow: u64 = 0;
  for (let i: usize = 0; i < size; i += 8) {
    const left = load<u64>(a + i);
    const right = load<u64>(b + i);
    const partial = left - right;
    store<u64>(difference + i, partial - borrow);
    borrow = u64(left < right) | u64(partial < borrow);
  }
  if (borrow != 0) fail(Failure.Overflow);
  return difference;
}

/** True when a is less than b: the borrow of a - b. */
export function isLess(a: usize, b: usize, size: usize): bool {
  let less = false;
  for (let i: usize = 0; i < size; i += 8) {
    const left = load<u64>(a + i);
    const right = load<u64>(b + i);
    if (left != right) less = left < right;
  }
  return less;
}

/** School multiplication with 32-bit digits: a digit product and two carries fit in 64 bits. */
export function multiplyLimbs(a: usize, b: usize, size: usize): usize {
  const product = __alloc(size << 1);
  for (let i: usize = 0; i < size; i += 4) {
    const digit = <u64>load<u32>(a + i);
    if (digit == 0) continue;
    let carry: u64 = 0;
    for (let j: usize = 0; j < size; j += 4) {
      const at = product + i + j;
      const total = digit * load<u32>(b + j) + load<u32>(at) + carry;
      store<u32>(at, <u32>total);
      carry = total >> 32;
    }
    store<u32>(product + i + size, <u32>carry);
  }
  if (digitCount(product + size, size) != 0) fail(Failure.Overflow);
  return product;
}

/** How many 32-bit digits the number has, without leading zeros. */
function digitCount(a: usize, size: usize): usize {
  let count = size >> 2;
  while (count > 0 && load<u32>(a + ((count - 1) << 2)) == 0) count--;
  return count;
}

/**
 * Divides: the quotient, and behind it the remainder, `size` bytes each.
 * Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D, with 32-bit digits.
 */
export function divideLimbs(a: usize, b: usize, size: usize): usize {
  const n = digitCount(b, size);
  if (n == 0) fail(Failure.DivisionByZero);
  const quotient = __alloc(size << 1);
  const remainder = quotient + size;
  if (n == 1) {
    memory.copy(quotient, a, size);
    store<u32>(remainder, divideByDigit(quotient, load<u32>(b), size));
    return quotient;
  }
  const count = digitCount(a, size);
  // D1: shift both so that the divisor's highest digit has its highest bit set; the dividend gets one digit more.
  const shift = clz<u32>(load<u32>(b + ((n - 1) << 2)));
  const u = __alloc(size + 8);
  const v = __alloc(size + 8);
  shiftDigits(u, a, size, shift);
  shiftDigits(v, b, size, shift);
  const high = <u64>load<u32>(v + ((n - 1) << 2));
  const second = <u64>load<u32>(v + ((n - 2) << 2));
  for (let j = <isize>count - <isize>n; j >= 0; j--) {
    const at = u + ((<usize>j) << 2);
    const top = at + (n << 2);
    // D3: estimate the digit from the two highest, then correct it; it is at most one too large after that.
    const numerator = ((<u64>load<u32>(top)) << 32) | load<u32>(top - 4);
    let digit = numerator / high;
    let rest = numerator % high;
    while (digit >> 32 != 0 || digit * second > ((rest << 32) | load<u32>(top - 8))) {
      digit--;
      rest += high;
      if (rest >> 32 != 0) break;
    }
    // D4 to D6: subtract, and add back once if that was one too much.
    if (subtractProduct(at, v, digit, n)) {
      digit--;
      addBack(at, v, n);
    }
    store<u32>(quotient + ((<usize>j) << 2), <u32>digit);
  }
  // D8: what is left, shifted back.
  for (let i: usize = 0; i < n; i++) {
    const at = u + (i << 2);
    const pair = ((<u64>load<u32>(at, 4)) << 32) | load<u32>(at);
    store<u32>(remainder + (i << 2), <u32>(pair >> shift));
  }
  return quotient;
}

/** Writes `size` bytes and one digit more: the number shifted left by less than 32 bits. */
function shiftDigits(to: usize, from: usize, size: usize, shift: u32): void {
  let carry: u64 = 0;
  for (let i: usize = 0; i < size; i += 4) {
    const wide = ((<u64>load<u32>(from + i)) << shift) | carry;
    store<u32>(to + i, <u32>wide);
    carry = wide >> 32;
  }
  store<u32>(to + size, <u32>carry);
}

/** Subtracts digit * v from the n + 1 digits at `at`; true when that went below zero. */
function subtractProduct(at: usize, v: usize, digit: u64, n: usize): bool {
  let carry: u64 = 0;
  let borrow: u64 = 0;
  for (let i: usize = 0; i <= n; i++) {
    const product = digit * (i < n ? <u64>load<u32>(v + (i << 2)) : 0) + carry;
    carry = product >> 32;
    const difference = <u64>load<u32>(at + (i << 2)) - <u64>(<u32>product) - borrow;
    store<u32>(at + (i << 2), <u32>difference);
    borrow = (difference >> 32) & 1;
  }
  return borrow != 0;
}

function addBack(at: usize, v: usize, n: usize): void {
  let carry: u64 = 0;
  for (let i: usize = 0; i < n; i++) {
    const total = <u64>load<u32>(at + (i << 2)) + load<u32>(v + (i << 2)) + carry;
    store<u32>(at + (i << 2), <u32>total);
    carry = total >> 32;
  }
  store<u32>(at + (n << 2), load<u32>(at + (n << 2)) + <u32>carry);
}

/** Divides the number in place by one digit and gives the remainder. */
export function divideByDigit(a: usize, digit: u32, size: usize): u32 {
  let rest: u64 = 0;
  for (let i = size; i > 0; ) {
    i -= 4;
    const part = (rest << 32) | load<u32>(a + i);
    store<u32>(a + i, <u32>(part / digit));
    rest = part % digit;
  }
  return <u32>rest;
}

/** To the power of `exponent`; 0 to the power of 0 is 1. */
export function powerLimbs(a: usize, exponent: u32, size: usize): usize {
  let result = __alloc(size);
  store<u64>(result, 1);
  let base = a;
  while (exponent != 0) {
    if (exponent & 1) result = multiplyLimbs(result, base, size);
    exponent >>= 1;
    // The last square is not needed, and may be too large.
    if (exponent != 0) base = multiplyLimbs(base, base, size);
  }
  return result;
}

/** Shifted left; bits that leave are lost, and a shift by all bits or more gives 0. */
export function shiftLeft(a: usize, bits: u32, size: usize): usize {
  const result = __alloc(size);
  const bytes = <usize>(bits >> 3);
  if (bytes >= size) return result;
  memory.copy(result + bytes, a, size - bytes);
  let carry: u64 = 0;
  for (let i: usize = 0; i < size; i++) {
    const wide = ((<u64>load<u8>(result + i)) << (bits & 7)) | carry;
    store<u8>(result + i, <u8>wide);
    carry = wide >> 8;
  }
  return result;
}

/** Shifted right; a shift by all bits or more gives 0. */
export function shiftRight(a: usize, bits: u32, size: usize): usize {
  const result = __alloc(size);
  const bytes = <usize>(bits >> 3);
  if (bytes >= size) return result;
  memory.copy(result, a + bytes, size - bytes);
  let carry: u32 = 0;
  for (let i = size; i > 0; ) {
    i--;
    const wide = (carry << 8) | load<u8>(result + i);
    store<u8>(result + i, <u8>(wide >> (bits & 7)));
    carry = wide;
  }
  return result;
}

/** 0 and, 1 or, 2 exclusive or. */
export function combineBits(a: usize, b: usize, operation: i32, size: usize): usize {
  const result = __alloc(size);
  for (let i: usize = 0; i < size; i += 8) {
    const left = load<u64>(a + i);
    const right = load<u64>(b + i);
    store<u64>(result + i, operation == 0 ? left & right : operation == 1 ? left | right : left ^ right);
  }
  return result;
}

/** The number in decimal digits. */
export function printDecimal(a: usize, size: usize): string {
  const rest = __alloc(size);
  memory.copy(rest, a, size);
  let text = "";
  do {
    text = String.fromCharCode(48 + divideByDigit(rest, 10, size)) + text;
  } while (digitCount(rest, size) != 0);
  return text;
}

/** Reads decimal digits, at least one and nothing else, or ends the call with OutOfRange. */
export function parseDecimal(text: string, size: usize): usize {
  let value = __alloc(size);
  const ten = __alloc(size);
  store<u64>(ten, 10);
  if (text.length == 0) fail(Failure.OutOfRange);
  for (let i = 0; i < text.length; i++) {
    const digit = __alloc(size);
    const code = text.charCodeAt(i) - 48;
    if (<u32>code > 9) fail(Failure.OutOfRange);
    store<u64>(digit, code);
    value = addLimbs(multiplyLimbs(value, ten, size), digit, size);
  }
  return value;
}
