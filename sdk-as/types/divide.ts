// Quotients, remainders and roots of unsigned little-endian numbers in memory.

import { Failure, fail } from "../errors";
import { addLimbs, addTo, isLess, isZero, wrapShiftRight } from "./limbs";
import { digitBytes, multiplyFull } from "./multiply";

/**
 * Divides a number of `length` bytes by one of `size`: the quotient, `length` bytes, and behind it the remainder.
 * Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D, with 32-bit digits.
 */
export function divideLimbs(a: usize, length: usize, b: usize, size: usize): usize {
  const n = digitBytes(b, size);
  if (n == 0) fail(Failure.DivisionByZero);
  const count = digitBytes(a, length);
  const quotient = __alloc(length + size);
  const remainder = quotient + length;
  if (count <= 8 && n <= 8) {
    store<u64>(quotient, load<u64>(a) / load<u64>(b));
    store<u64>(remainder, load<u64>(a) % load<u64>(b));
    return quotient;
  }
  if (n == 4) {
    memory.copy(quotient, a, count);
    store<u32>(remainder, divideByDigit(quotient, load<u32>(b), count));
    return quotient;
  }
  // D1: shift both so that the divisor's highest digit has its highest bit set; the dividend gets one digit more.
  const shift = clz<u32>(load<u32>(b + n - 4));
  const u = __alloc(length + 8);
  const v = __alloc(size + 8);
  shiftDigits(u, a, length, shift);
  shiftDigits(v, b, size, shift);
  const high = <u64>load<u32>(v + n - 4);
  const second = <u64>load<u32>(v + n - 8);
  for (let j = <isize>count - <isize>n; j >= 0; j -= 4) {
    const at = u + <usize>j;
    const top = at + n;
    // D3: estimate the digit from the two highest, then correct it; it is at most one too large after that.
    const numerator = load<u64>(top - 4);
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
    store<u32>(quotient + <usize>j, <u32>digit);
  }
  // D8: what is left, shifted back.
  for (let i: usize = 0; i < n; i += 4) store<u32>(remainder + i, <u32>(load<u64>(u + i) >> shift));
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

/** Subtracts digit * v from the number at `at`, one digit longer than v's n bytes; true when that went below zero. */
function subtractProduct(at: usize, v: usize, digit: u64, n: usize): bool {
  let carry: u64 = 0;
  let borrow: u64 = 0;
  for (let i: usize = 0; i <= n; i += 4) {
    const product = digit * (i < n ? <u64>load<u32>(v + i) : 0) + carry;
    carry = product >> 32;
    const difference = <u64>load<u32>(at + i) - <u64>(<u32>product) - borrow;
    store<u32>(at + i, <u32>difference);
    borrow = (difference >> 32) & 1;
  }
  return borrow != 0;
}

function addBack(at: usize, v: usize, n: usize): void {
  let carry: u64 = 0;
  for (let i: usize = 0; i < n; i += 4) {
    carry += <u64>load<u32>(at + i) + load<u32>(v + i);
    store<u32>(at + i, <u32>carry);
    carry >>= 32;
  }
  store<u32>(at + n, load<u32>(at + n) + <u32>carry);
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

/** a * b / d with the whole product in between, rounded down, or up if `up`. Overflow if that has more than `size` bytes. */
export function multiplyDivide(a: usize, b: usize, d: usize, up: bool, size: usize): usize {
  const quotient = divideLimbs(multiplyFull(a, b, size), size << 1, d, size);
  if (!isZero(quotient + size, size)) fail(Failure.Overflow);
  if (!up || isZero(quotient + (size << 1), size)) return quotient;
  const one = __alloc(size);
  store<u64>(one, 1);
  return addLimbs(quotient, one, size);
}

/** The square root, rounded down: Newton's method from above, which falls until it is there. */
export function squareRoot(a: usize, size: usize): usize {
  if (isZero(a, size)) return __alloc(size);
  const bytes = digitBytes(a, size);
  const bits = ((<u32>bytes) << 3) - <u32>clz<u32>(load<u32>(a + bytes - 4));
  // 2^ceil(bits / 2) is more than the root, and fits: of the longest numbers one half of the bits are enough.
  let root = __alloc(size);
  const half = (bits + 1) >> 1;
  store<u64>(root + ((<usize>(half >> 6)) << 3), (<u64>1) << (half & 63));
  while (true) {
    const sum = __alloc(size);
    addTo(sum, root, divideLimbs(a, size, root, size), size);
    const next = wrapShiftRight(sum, 1, 0, size);
    if (!isLess(next, root, size)) return root;
    root = next;
  }
}
