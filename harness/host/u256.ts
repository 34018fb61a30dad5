// Amounts in a contract's memory: 256 bits, 32 bytes, little-endian.

/** Size of an amount in bytes. */
export const AMOUNT_BYTES = 32;

/** The largest amount. */
export const LARGEST_AMOUNT = (1n << 256n) - 1n;

/** Reads the amount at an offset; the range has been checked. */
export function readAmount(memory: Uint8Array, offset: number): bigint {
  const view = new DataView(memory.buffer, memory.byteOffset + offset, AMOUNT_BYTES);
  let amount = 0n;
  for (let i = 24; i >= 0; i -= 8) amount = (amount << 64n) | view.getBigUint64(i, true);
  return amount;
}

/** Writes an amount at an offset; the range has been checked. */
export function writeAmount(memory: Uint8Array, offset: number, amount: bigint): void {
  const view = new DataView(memory.buffer, memory.byteOffset + offset, AMOUNT_BYTES);
  for (let i = 0; i < AMOUNT_BYTES; i += 8) view.setBigUint64(i, BigInt.asUintN(64, amount >> BigInt(i * 8)), true);
}

/** An amount as 32 bytes. */
export function amountToBytes(amount: bigint): Uint8Array {
  const bytes = new Uint8Array(AMOUNT_BYTES);
  writeAmount(bytes, 0, amount);
  return bytes;
}
