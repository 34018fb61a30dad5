// Bytes.
/** A run of bytes. */
export class Bytes {
  at: usize = 0;
  length: u32 = 0;
}
