// Equality of fixed-size values in memory.

/** Whether two values have the same bytes; null is the same as null alone. `size` is 16, 20 or 32. */
export function isSame(a: usize, b: usize, size: usize): bool {
  if (a == b) return true;
  if (a == 0 || b == 0) return false;
  let difference = (load<u64>(a) ^ load<u64>(b)) | (load<u64>(a, 8) ^ load<u64>(b, 8));
  if (size == 20) difference |= <u64>(load<u32>(a, 16) ^ load<u32>(b, 16));
  if (size == 32) difference |= (load<u64>(a, 16) ^ load<u64>(b, 16)) | (load<u64>(a, 24) ^ load<u64>(b, 24));
  return difference == 0;
}
