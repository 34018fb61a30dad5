// Products and powers of little-endian numbers in memory: school multiplication with 32-bit digits, of which a product
// and two carries fit in 64 bits.

import { Failure, fail } from "../errors";
import { copyLimbs, isZero } from "./limbs";

/** How many bytes the number has up to its highest 32-bit digit that is not zero. */
export function digitBytes(a: usize, size: usize): usize {
  while (size != 0 && load<u64>(a + size - 8) == 0) size -= 8;
  return size != 0 && load<u32>(a + size - 4) == 0 ? size - 4 : size;
}

/** The whole product of two unsigned numbers, twice as long as they are. */
export function multiplyFull(a: usize, b: usize, size: usize): usize {
  const product = __alloc(size << 1);
  const rows = digitBytes(a, size);
  const columns = digitBytes(b, size);
  for (let i: usize = 0; i < rows; i += 4) {
    const digit = <u64>load<u32>(a + i);
    if (digit == 0) continue;
    let carry: u64 = 0;
    let at = product + i;
    for (let j: usize = 0; j < columns; j += 4) {
      carry += digit * load<u32>(b + j) + load<u32>(at);
      store<u32>(at, <u32>carry);
      carry >>= 32;
      at += 4;
    }
    store<u32>(at, <u32>carry);
  }
  return product;
}

/** a * b of unsigned numbers, or Overflow. */
export function multiplyLimbs(a: usize, b: usize, size: usize): usize {
  const product = multiplyFull(a, b, size);
  if (!isZero(product + size, size)) fail(Failure.Overflow);
  return product;
}

/** Multiplies the number in place by one digit and adds another, or Overflow. */
export function multiplyAdd(a: usize, factor: u32, addend: u32, size: usize): void {
  let carry = <u64>addend;
  for (let i: usize = 0; i < size; i += 4) {
    carry += <u64>load<u32>(a + i) * factor;
    store<u32>(a + i, <u32>carry);
    carry >>= 32;
  }
  if (carry != 0) fail(Failure.Overflow);
}

/** An unsigned number to the power of `exponent`, or Overflow; 0 to the power of 0 is 1. */
export function powerLimbs(a: usize, exponent: u32, size: usize): usize {
  let result = __alloc(size);
  store<u64>(result, 1);
  let base = copyLimbs(a, size);
  while (exponent != 0) {
    if (exponent & 1) result = multiplyLimbs(result, base, size);
    exponent >>= 1;
    // The last square is not needed, and may be too large.
    if (exponent != 0) base = multiplyLimbs(base, base, size);
  }
  return result;
}
