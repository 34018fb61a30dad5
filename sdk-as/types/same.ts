// Equality of fixed-size values in memory.

/** Whether two values have the same bytes; null is the same as null alone. `size` is a multiple of 4. */
export function isSame(a: usize, b: usize, size: usize): bool {
  if (a == b) return true;
  if (a == 0 || b == 0) return false;
  while (size > 4) {
    size -= 8;
    if (load<u64>(a + size) != load<u64>(b + size)) return false;
  }
  return size == 0 || load<u32>(a) == load<u32>(b);
}
