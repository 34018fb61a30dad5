// Unsigned 256-bit integers.
/** A number. */
@unmanaged
export class u256 {
  a: u64 = 0;
  b: u64 = 0;
  c: u64 = 0;
  d: u64 = 0;
}
