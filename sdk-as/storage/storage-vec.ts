// A stored list: its length under its name, its items under `NAME/` and the index (u32).

import { Failure, fail } from "../errors";
import { deleteEntry, ENTRY, readCount, readEntry, writeCount, writeEntry } from "./collection";

/** A list kept in storage, of which only what is used is read. Every use of its length is a storage read. */
@unmanaged
export class StorageVec<T> {
  /** The first four bytes of what all keys begin with. */
  protected readonly baseLength: u32 = 0;

  /** Never compiled: what is in a field is an address, and what would be made here has no name in storage. */
  constructor() {
    ERROR("A StorageVec is a field of the contract and cannot be made.");
  }

  /** Tells it apart from values, which can be encoded. */
  __isPlace(): void {}

  /** How many items there are. One storage read. */
  get length(): i32 {
    return readCount(changetype<usize>(this));
  }

  /** The item at an index, or the call ends with OutOfRange. Two storage reads. */
  get(index: i32): T {
    this.check(index, this.length);
    return readEntry<i32, T>(changetype<usize>(this), ENTRY, index);
  }

  /** Replaces the item at an index, or ends the call with OutOfRange. One storage read, one write. */
  set(index: i32, value: T): void {
    this.check(index, this.length);
    writeEntry<i32, T>(changetype<usize>(this), ENTRY, index, value);
  }

  /** Adds an item at the end and gives its index. One storage read, two writes. */
  push(value: T): i32 {
    const index = this.length;
    writeEntry<i32, T>(changetype<usize>(this), ENTRY, index, value);
    writeCount(changetype<usize>(this), index + 1);
    return index;
  }

  /** Takes the last item away, or ends the call with OutOfRange. Two storage reads, two writes. */
  pop(): T {
    const last = this.length - 1;
    if (last < 0) fail(Failure.OutOfRange);
    const value = readEntry<i32, T>(changetype<usize>(this), ENTRY, last);
    deleteEntry<i32>(changetype<usize>(this), ENTRY, last);
    writeCount(changetype<usize>(this), last);
    return value;
  }

  /** Takes an item away and puts the last in its place, or ends the call with OutOfRange. */
  swapRemove(index: i32): T {
    this.check(index, this.length);
    const last = this.pop();
    if (index == this.length) return last;
    const value = readEntry<i32, T>(changetype<usize>(this), ENTRY, index);
    writeEntry<i32, T>(changetype<usize>(this), ENTRY, index, last);
    return value;
  }

  /** Up to `limit` items from an index on; none from the end on. A storage read for each, and one. */
  page(start: i32, limit: i32): T[] {
    const items: T[] = [];
    const length = this.length;
    for (let i = start < 0 ? 0 : start; i < length && items.length < limit; i++) {
      items.push(readEntry<i32, T>(changetype<usize>(this), ENTRY, i));
    }
    return items;
  }

  private check(index: i32, length: i32): void {
    if (<u32>index >= <u32>length) fail(Failure.OutOfRange);
  }

  __collection(): void {}
}
