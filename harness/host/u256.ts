// Amounts in a contract's memory: 256 bits, 32 bytes, little-endian.

import { LARGEST_BALANCE } from "../state/journal.js";

/** Size of an amount in bytes. */
export const AMOUNT_BYTES = 32;

/** The largest amount. */
export const LARGEST_AMOUNT = LARGEST_BALANCE;

/** One amount on its way: making a view of each memory would cost more than all the rest. */
const SCRATCH = new Uint8Array(AMOUNT_BYTES);
const SCRATCH_VIEW = new DataView(SCRATCH.buffer);

/** Reads the amount at an offset; the range has been checked. */
export function readAmount(memory: Uint8Array, offset: number): bigint {
  for (let i = 0; i < AMOUNT_BYTES; i++) SCRATCH[i] = memory[offset + i] as number;
  let amount = SCRATCH_VIEW.getBigUint64(24, true);
  for (let i = 16; i >= 0; i -= 8) amount = (amount << 64n) | SCRATCH_VIEW.getBigUint64(i, true);
  return amount;
}

/** Writes an amount at an offset; the range has been checked. */
export function writeAmount(memory: Uint8Array, offset: number, amount: bigint): void {
  if (amount === 0n) {
    for (let i = 0; i < AMOUNT_BYTES; i++) memory[offset + i] = 0;
    return;
  }
  for (let i = 0; i < AMOUNT_BYTES; i += 8) {
    SCRATCH_VIEW.setBigUint64(i, BigInt.asUintN(64, amount >> BigInt(i * 8)), true);
  }
  memory.set(SCRATCH, offset);
}

/** An amount as 32 bytes. */
export function amountToBytes(amount: bigint): Uint8Array {
  const bytes = new Uint8Array(AMOUNT_BYTES);
  writeAmount(bytes, 0, amount);
  return bytes;
}
