// A contract's storage: byte strings to byte strings, found by the key's bytes without making a text of them. A hash table
// with open addressing, and all keys in one array: a million entries are a million cells and values, and no more.
// The hash is seeded at random for each process, so that no contract can be written to make searches long. Nothing that a
// contract can see depends on the seed or on the order.

import type { Address } from "../core/address.js";
import type { Cell } from "./cell.js";

/** A stored value. `undefined` is one that was deleted or undone; its cell stays. */
export interface StorageCell extends Cell<Uint8Array | undefined> {
  readonly table: StorageTable;
  readonly hash: number;
  /** Where the key stands among the table's keys. */
  readonly keyStart: number;
  readonly keyEnd: number;
}

const randomBits = (): number => (Math.random() * 0x1_0000_0000) | 0;
const SEED = randomBits();
const MULTIPLIER = randomBits() | 1;

const FIRST_SLOTS = 8;

/** The storage of one contract. */
export class StorageTable {
  /** Who the storage belongs to; receipts name it. */
  readonly contract: Address;
  /** A cell stands in the first free slot from its hash on; at most half of them are taken. */
  #slots: (StorageCell | undefined)[] = [];
  #count = 0;
  #keys = new Uint8Array(0);
  #keysLength = 0;

  constructor(contract: Address) {
    this.contract = contract;
  }

  /** The cell of the key in `bytes[start, end)`, or undefined when nothing was ever stored there. */
  find(bytes: Uint8Array, start: number, end: number): StorageCell | undefined {
    if (this.#count === 0) return undefined;
    return this.#slots[this.#search(hashBytes(bytes, start, end), bytes, start, end)];
  }

  /** As `find`, but makes an empty cell when there is none; the key is copied. */
  findOrCreate(bytes: Uint8Array, start: number, end: number): StorageCell {
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    const hash = hashBytes(bytes, start, end);
    const slot = this.#search(hash, bytes, start, end);
    const found = this.#slots[slot];
    if (found !== undefined) return found;
    const keyStart = this.#addKey(bytes, start, end);
    const cell: StorageCell = {
      value: undefined,
      epoch: -1,
      kind: "storage",
      owner: this.contract,
      table: this,
      hash,
      keyStart,
      keyEnd: this.#keysLength,
    };
    this.#slots[slot] = cell;
    this.#count++;
    return cell;
  }

  /** A copy of a cell's key. */
  keyOf({ keyStart, keyEnd }: StorageCell): Uint8Array {
    return this.#keys.slice(keyStart, keyEnd);
  }

  /** Every stored key and value, ordered by key. */
  entries(): [Uint8Array, Uint8Array][] {
    const found: [Uint8Array, Uint8Array][] = [];
    for (const cell of this.#slots) if (cell?.value !== undefined) found.push([this.keyOf(cell), cell.value]);
    return found.sort(([a], [b]) => Buffer.compare(a, b));
  }

  /** The slot in which the key is, or would be. */
  #search(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const cell = slots[slot];
      if (cell === undefined || (cell.hash === hash && this.#hasKey(cell, bytes, start, end))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #hasKey({ keyStart, keyEnd }: StorageCell, bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (keyEnd - keyStart !== length) return false;
    const keys = this.#keys;
    for (let i = 0; i < length; i++) {
      if (keys[keyStart + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  #addKey(bytes: Uint8Array, start: number, end: number): number {
    const at = this.#keysLength;
    const length = at + end - start;
    if (length > this.#keys.length) {
      const grown = new Uint8Array(Math.max(64, length, this.#keys.length * 2));
      grown.set(this.#keys);
      this.#keys = grown;
    }
    for (let i = start; i < end; i++) this.#keys[at + i - start] = bytes[i] as number;
    this.#keysLength = length;
    return at;
  }

  #grow(): void {
    const slots = this.#slots;
    const size = Math.max(FIRST_SLOTS, slots.length * 2);
    this.#slots = new Array<StorageCell | undefined>(size).fill(undefined);
    for (let i = 0; i < slots.length; i++) {
      const cell = slots[i];
      if (cell === undefined) continue;
      let slot = cell.hash & (size - 1);
      while (this.#slots[slot] !== undefined) slot = (slot + 1) & (size - 1);
      this.#slots[slot] = cell;
    }
  }
}

/** FNV-1a on even and odd bytes apart, two multiplications at a time, and then the finalizer of MurmurHash3. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let even = SEED;
  let odd = ~SEED;
  let i = start;
  for (; i + 1 < end; i += 2) {
    even = Math.imul(even ^ (bytes[i] as number), 0x01000193);
    odd = Math.imul(odd ^ (bytes[i + 1] as number), 0x01000193);
  }
  if (i < end) even = Math.imul(even ^ (bytes[i] as number), 0x01000193);
  let hash = Math.imul(even, MULTIPLIER) ^ odd;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
