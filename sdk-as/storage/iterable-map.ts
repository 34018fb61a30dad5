// A stored map that can be listed: its size under its name, its keys in order under `NAME#` and the position (u32), and
// under `NAME/` and the key its position plus one (u32) and the value.

import { zero } from "../codec/reader";
import { encodedLength, write } from "../codec/writer";
import { Failure, fail } from "../errors";
import { writeStorage } from "../read-only";
import {
  deleteEntry,
  ENTRY,
  entryAt,
  hasEntry,
  POSITION,
  readCount,
  readEntry,
  writeCount,
  writeEntry,
} from "./collection";
import { decodeRaw, rawAt, readBytes } from "./slot";

/** A map kept in storage, with pages. The order is that of adding, until something is deleted: the last then takes its place. */
@unmanaged
export class IterableMap<K, V> {
  /** The first four bytes of what all keys begin with. */
  protected readonly baseLength: u32 = 0;

  /** Never compiled: what is in a field is an address, and what would be made here has no name in storage. */
  constructor() {
    ERROR("An IterableMap is a field of the contract and cannot be made.");
  }

  /** Tells it apart from values, which can be encoded. */
  __isPlace(): void {}

  /** How many entries there are. One storage read. */
  get size(): i32 {
    return readCount(changetype<usize>(this));
  }

  /** Whether a key has a value. One storage read of no bytes. */
  has(key: K): bool {
    return hasEntry<K>(changetype<usize>(this), ENTRY, key);
  }

  /** The value of a key; the type's zero value where there is none. One storage read. */
  get(key: K): V {
    const length = this.load(key);
    return length == 0 ? zero<V>() : decodeRaw<V>(rawAt + 4, length - 4);
  }

  /** Stores a value. One storage read and one write; two writes more for a new key. */
  set(key: K, value: V): void {
    let position = this.load(key) == 0 ? 0 : load<i32>(rawAt);
    if (position == 0) {
      position = this.size + 1;
      writeEntry<i32, K>(changetype<usize>(this), POSITION, position - 1, key);
      writeCount(changetype<usize>(this), position);
    }
    this.store(key, position, value);
  }

  /** Takes an entry away; false if it is not there. Up to four storage reads and five writes. */
  delete(key: K): bool {
    if (this.load(key) == 0) return false;
    const position = load<i32>(rawAt) - 1;
    const last = this.size - 1;
    if (position != last) {
      const moved = this.keyAt(last);
      writeEntry<i32, K>(changetype<usize>(this), POSITION, position, moved);
      this.store(moved, position + 1, this.get(moved));
    }
    deleteEntry<i32>(changetype<usize>(this), POSITION, last);
    deleteEntry<K>(changetype<usize>(this), ENTRY, key);
    writeCount(changetype<usize>(this), last);
    return true;
  }

  /** The key at a position, or the call ends with OutOfRange. Two storage reads. */
  keyAt(position: i32): K {
    if (<u32>position >= <u32>this.size) fail(Failure.OutOfRange);
    return readEntry<i32, K>(changetype<usize>(this), POSITION, position);
  }

  /** Up to `limit` keys from a position on; none from the end on. A storage read for each, and one. */
  keys(start: i32, limit: i32): K[] {
    const keys: K[] = [];
    const size = this.size;
    for (let i = start < 0 ? 0 : start; i < size && keys.length < limit; i++) {
      keys.push(readEntry<i32, K>(changetype<usize>(this), POSITION, i));
    }
    return keys;
  }

  /** The values of those keys. Two storage reads for each, and one. */
  values(start: i32, limit: i32): V[] {
    const keys = this.keys(start, limit);
    const values: V[] = [];
    for (let i = 0; i < keys.length; i++) values.push(this.get(keys[i]));
    return values;
  }

  /** Reads an entry to `rawAt` and gives its length, 0 where there is none. */
  private load(key: K): usize {
    const at = entryAt<K>(changetype<usize>(this), ENTRY, key);
    return readBytes(at, load<u32>(at - 4));
  }

  private store(key: K, position: i32, value: V): void {
    const at = entryAt<K>(changetype<usize>(this), ENTRY, key);
    const length = 4 + encodedLength<V>(value);
    const entry = __alloc(length);
    store<i32>(entry, position);
    write<V>(entry + 4, value);
    writeStorage(at, load<u32>(at - 4), entry, length);
  }

  __collection(): void {}
}
