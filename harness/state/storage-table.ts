// A contract's storage: byte strings to byte strings, found by the key's bytes without making a text of them.
// Chains of equal 32-bit hashes are walked comparing bytes; the hash is seeded at random for each process, so that no
// contract can be written to make them long. Nothing that a contract can see depends on the seed or on the order.

import type { Address } from "../core/address.js";
import type { Cell } from "./cell.js";

/** A stored value and its key. `undefined` is a value that was deleted or undone. */
export interface StorageCell extends Cell<Uint8Array | undefined> {
  readonly key: Uint8Array;
  next: StorageCell | undefined;
}

const SEED = (Math.random() * 0x1_0000_0000) | 0;

/** The storage of one contract. */
export class StorageTable {
  /** Who the storage belongs to; receipts name it. */
  readonly contract: Address;
  readonly #buckets = new Map<number, StorageCell>();

  constructor(contract: Address) {
    this.contract = contract;
  }

  /** The cell of the key in `bytes[start, end)`, or undefined when nothing was ever stored there. */
  find(bytes: Uint8Array, start: number, end: number): StorageCell | undefined {
    let cell = this.#buckets.get(hashBytes(bytes, start, end));
    while (cell !== undefined && !equalBytes(cell.key, bytes, start, end)) cell = cell.next;
    return cell;
  }

  /** As `find`, but makes an empty cell when there is none; the key is copied. */
  findOrCreate(bytes: Uint8Array, start: number, end: number): StorageCell {
    const hash = hashBytes(bytes, start, end);
    const first = this.#buckets.get(hash);
    for (let cell = first; cell !== undefined; cell = cell.next) {
      if (equalBytes(cell.key, bytes, start, end)) return cell;
    }
    const created: StorageCell = {
      value: undefined,
      epoch: -1,
      kind: "storage",
      owner: this.contract,
      key: bytes.slice(start, end),
      next: first,
    };
    this.#buckets.set(hash, created);
    return created;
  }

  /** Every stored key and value, ordered by key. */
  entries(): [Uint8Array, Uint8Array][] {
    const found: [Uint8Array, Uint8Array][] = [];
    for (const first of this.#buckets.values()) {
      for (let cell: StorageCell | undefined = first; cell !== undefined; cell = cell.next) {
        if (cell.value !== undefined) found.push([cell.key, cell.value]);
      }
    }
    return found.sort(([a], [b]) => Buffer.compare(a, b));
  }
}

/** FNV-1a, on even and odd bytes apart: two multiplications at a time. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let even = SEED;
  let odd = ~SEED;
  let i = start;
  for (; i + 1 < end; i += 2) {
    even = Math.imul(even ^ (bytes[i] as number), 0x01000193);
    odd = Math.imul(odd ^ (bytes[i + 1] as number), 0x01000193);
  }
  if (i < end) even = Math.imul(even ^ (bytes[i] as number), 0x01000193);
  const hash = Math.imul(even, 31) ^ odd;
  return hash ^ (hash >>> 15);
}

function equalBytes(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (key.length !== length) return false;
  for (let i = 0; i < length; i++) {
    if (key[i] !== bytes[start + i]) return false;
  }
  return true;
}
