// A stored set that can be listed: its size under its name, its items in order under `NAME#` and the position (u32), and
// under `NAME/` and the item its position plus one.

import { Failure, fail } from "../errors";
import { deleteEntry, ENTRY, hasEntry, POSITION, readCount, readEntry, writeCount, writeEntry } from "./collection";

/** A set kept in storage. The order is that of adding, until something is deleted: the last then takes its place. */
@unmanaged
export class StorageSet<T> {
  /** The first four bytes of what all keys begin with. */
  protected readonly baseLength: u32 = 0;

  /** Never compiled: what is in a field is an address, and what would be made here has no name in storage. */
  constructor() {
    ERROR("A StorageSet is a field of the contract and cannot be made.");
  }

  /** Tells it apart from values, which can be encoded. */
  __isPlace(): void {}

  /** How many items there are. One storage read. */
  get size(): i32 {
    return readCount(changetype<usize>(this));
  }

  /** Whether an item is in it. One storage read of no bytes. */
  has(item: T): bool {
    return hasEntry<T>(changetype<usize>(this), ENTRY, item);
  }

  /** Adds an item; false if it is there already. Two storage reads, three writes. */
  add(item: T): bool {
    if (this.has(item)) return false;
    const count = this.size;
    writeEntry<i32, T>(changetype<usize>(this), POSITION, count, item);
    writeEntry<T, i32>(changetype<usize>(this), ENTRY, item, count + 1);
    writeCount(changetype<usize>(this), count + 1);
    return true;
  }

  /** Takes an item away; false if it is not there. Up to three storage reads and five writes. */
  delete(item: T): bool {
    const position = readEntry<T, i32>(changetype<usize>(this), ENTRY, item) - 1;
    if (position < 0) return false;
    const last = this.size - 1;
    if (position != last) {
      const moved = readEntry<i32, T>(changetype<usize>(this), POSITION, last);
      writeEntry<i32, T>(changetype<usize>(this), POSITION, position, moved);
      writeEntry<T, i32>(changetype<usize>(this), ENTRY, moved, position + 1);
    }
    deleteEntry<i32>(changetype<usize>(this), POSITION, last);
    deleteEntry<T>(changetype<usize>(this), ENTRY, item);
    writeCount(changetype<usize>(this), last);
    return true;
  }

  /** The item at a position, or the call ends with OutOfRange. Two storage reads. */
  at(position: i32): T {
    if (<u32>position >= <u32>this.size) fail(Failure.OutOfRange);
    return readEntry<i32, T>(changetype<usize>(this), POSITION, position);
  }

  /** Up to `limit` items from a position on; none from the end on. A storage read for each, and one. */
  page(start: i32, limit: i32): T[] {
    const items: T[] = [];
    const size = this.size;
    for (let i = start < 0 ? 0 : start; i < size && items.length < limit; i++) {
      items.push(readEntry<i32, T>(changetype<usize>(this), POSITION, i));
    }
    return items;
  }

  __collection(): void {}
}
