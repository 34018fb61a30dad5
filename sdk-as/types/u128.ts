// Unsigned 128-bit integers.
/** A number. */
@unmanaged
export class u128 {
  a: u64 = 0;
  b: u64 = 0;
}
