// Little-endian numbers in memory, `size` bytes each (16 or 32), under u128, u256, i128 and i256: sums, comparisons, bits.
// Results go to fresh memory, which is zero. What is above 128 bits is mostly zero, and then not computed with.

import { Failure, fail } from "../errors";

/** Writes a + b modulo 2^bits to fresh memory; true if there is a carry. */
export function addTo(to: usize, a: usize, b: usize, size: usize): bool {
  let left = load<u64>(a);
  let partial = left + load<u64>(b);
  store<u64>(to, partial);
  let carry = partial < left;
  left = load<u64>(a, 8);
  partial = left + load<u64>(b, 8);
  let total = partial + u64(carry);
  store<u64>(to, total, 8);
  carry = <bool>(u32(partial < left) | u32(total < partial));
  if (size == 16) return carry;
  if ((load<u64>(a, 16) | load<u64>(a, 24) | load<u64>(b, 16) | load<u64>(b, 24)) == 0) {
    store<u64>(to, u64(carry), 16);
    return false;
  }
  left = load<u64>(a, 16);
  partial = left + load<u64>(b, 16);
  total = partial + u64(carry);
  store<u64>(to, total, 16);
  carry = <bool>(u32(partial < left) | u32(total < partial));
  left = load<u64>(a, 24);
  partial = left + load<u64>(b, 24);
  total = partial + u64(carry);
  store<u64>(to, total, 24);
  return <bool>(u32(partial < left) | u32(total < partial));
}

/** Writes a - b modulo 2^bits to fresh memory; true if there is a borrow. */
export function subtractTo(to: usize, a: usize, b: usize, size: usize): bool {
  let left = load<u64>(a);
  let right = load<u64>(b);
  store<u64>(to, left - right);
  let borrow = left < right;
  left = load<u64>(a, 8);
  right = load<u64>(b, 8);
  let partial = left - right;
  store<u64>(to, partial - u64(borrow), 8);
  borrow = <bool>(u32(left < right) | u32(partial < u64(borrow)));
  if (size == 16) return borrow;
  // After a borrow the rest is all ones, or has something to borrow from.
  if (!borrow && (load<u64>(a, 16) | load<u64>(a, 24) | load<u64>(b, 16) | load<u64>(b, 24)) == 0) return false;
  left = load<u64>(a, 16);
  right = load<u64>(b, 16);
  partial = left - right;
  store<u64>(to, partial - u64(borrow), 16);
  borrow = <bool>(u32(left < right) | u32(partial < u64(borrow)));
  left = load<u64>(a, 24);
  right = load<u64>(b, 24);
  partial = left - right;
  store<u64>(to, partial - u64(borrow), 24);
  return <bool>(u32(left < right) | u32(partial < u64(borrow)));
}

/** a + b of unsigned numbers, or Overflow. */
export function addLimbs(a: usize, b: usize, size: usize): usize {
  const sum = __alloc(size);
  if (addTo(sum, a, b, size)) fail(Failure.Overflow);
  return sum;
}

/** a - b of unsigned numbers, or Overflow. */
export function subtractLimbs(a: usize, b: usize, size: usize): usize {
  const difference = __alloc(size);
  if (subtractTo(difference, a, b, size)) fail(Failure.Overflow);
  return difference;
}

/** a + b modulo 2^bits. */
export function wrapAdd(a: usize, b: usize, size: usize): usize {
  const sum = __alloc(size);
  addTo(sum, a, b, size);
  return sum;
}

/** a - b modulo 2^bits. */
export function wrapSubtract(a: usize, b: usize, size: usize): usize {
  const difference = __alloc(size);
  subtractTo(difference, a, b, size);
  return difference;
}

/** True when a is less than b, as unsigned numbers. */
export function isLess(a: usize, b: usize, size: usize): bool {
  let left: u64;
  let right: u64;
  if (size == 32) {
    left = load<u64>(a, 24);
    right = load<u64>(b, 24);
    if (left != right) return left < right;
    left = load<u64>(a, 16);
    right = load<u64>(b, 16);
    if (left != right) return left < right;
  }
  left = load<u64>(a, 8);
  right = load<u64>(b, 8);
  if (left != right) return left < right;
  return load<u64>(a) < load<u64>(b);
}

export function isZero(a: usize, size: usize): bool {
  const low = load<u64>(a) | load<u64>(a, 8);
  return (size == 16 ? low : low | load<u64>(a, 16) | load<u64>(a, 24)) == 0;
}

/** Shifted left; bits that leave are lost. A shift by all bits or more is OutOfRange. */
export function shiftLeft(a: usize, bits: u32, size: usize): usize {
  if (bits >= (<u32>size) << 3) fail(Failure.OutOfRange);
  return wrapShiftLeft(a, bits, size);
}

/** Shifted right, with `sign` (0, or all ones) coming in. A shift by all bits or more is OutOfRange. */
export function shiftRight(a: usize, bits: u32, sign: u64, size: usize): usize {
  if (bits >= (<u32>size) << 3) fail(Failure.OutOfRange);
  return wrapShiftRight(a, bits, sign, size);
}

/** Shifted left; by all bits or more it is 0. */
export function wrapShiftLeft(a: usize, bits: u32, size: usize): usize {
  const result = __alloc(size);
  const bytes = (<usize>(bits >> 6)) << 3;
  const by = <u64>(bits & 63);
  let carry: u64 = 0;
  for (let i: usize = 0; i + bytes < size; i += 8) {
    const limb = load<u64>(a + i);
    store<u64>(result + i + bytes, (limb << by) | carry);
    carry = by == 0 ? 0 : limb >> (64 - by);
  }
  return result;
}

/** Shifted right; by all bits or more it is all sign. */
export function wrapShiftRight(a: usize, bits: u32, sign: u64, size: usize): usize {
  const result = __alloc(size);
  const bytes = (<usize>(bits >> 6)) << 3;
  const by = <u64>(bits & 63);
  let carry = by == 0 ? 0 : sign << (64 - by);
  for (let i = size; i > 0; ) {
    i -= 8;
    if (i + bytes >= size) {
      store<u64>(result + i, sign);
    } else {
      const limb = load<u64>(a + i + bytes);
      store<u64>(result + i, (limb >> by) | carry);
      carry = by == 0 ? 0 : limb << (64 - by);
    }
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

/** Every bit the other way round. */
export function invertBits(a: usize, size: usize): usize {
  const result = __alloc(size);
  for (let i: usize = 0; i < size; i += 8) store<u64>(result + i, ~load<u64>(a + i));
  return result;
}

/** A number whose 64-bit limbs are all the same but the lowest and the highest. */
export function makeLimbs(low: u64, middle: u64, high: u64, size: usize): usize {
  const at = __alloc(size);
  for (let i: usize = 8; i < size - 8; i += 8) store<u64>(at + i, middle);
  store<u64>(at, low);
  store<u64>(at + size - 8, high);
  return at;
}

/** A copy in fresh memory. */
export function copyLimbs(a: usize, size: usize): usize {
  const copy = __alloc(size);
  memory.copy(copy, a, size);
  return copy;
}
