// Hashes: 32 bytes.
/** A hash. */
@unmanaged
export class Hash {
  a: u64 = 0;
  b: u64 = 0;
  c: u64 = 0;
  d: u64 = 0;
}
