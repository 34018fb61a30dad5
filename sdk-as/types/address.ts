// Addresses: 20 bytes.
/** An address. */
@unmanaged
export class Address {
  a: u64 = 0;
  b: u64 = 0;
  c: u32 = 0;
}
