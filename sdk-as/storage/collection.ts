// What all stored collections share: a collection is a pointer to what its keys begin with, a length (u32) and as many
// bytes; and every entry's key is that, a separator, and the encoded key or position.

import { encodedLength, write } from "../codec/writer";
import { qw_storage_read } from "../env";
import { writeStorage } from "../read-only";
import { readSlot, writeSlot } from "./slot";

/** `/`, before a key. */
export const ENTRY: u8 = 47;
/** `#`, before a position in a list of keys. */
export const POSITION: u8 = 35;

/** How many bytes all of a collection's keys begin with. */
export function baseLength(base: usize): usize {
  return load<u32>(base);
}

/** The length of an entry's key. */
export function entryLength<K>(base: usize, key: K): usize {
  return baseLength(base) + 1 + encodedLength<K>(key);
}

/** Writes an entry's key and gives its address. Before it is its length, so that it can be what other keys begin with. */
export function entryAt<K>(base: usize, separator: u8, key: K): usize {
  const length = entryLength<K>(base, key);
  const at = __alloc(4 + length) + 4;
  store<u32>(at - 4, length);
  memory.copy(at, base + 4, baseLength(base));
  store<u8>(at + baseLength(base), separator);
  write<K>(at + baseLength(base) + 1, key);
  return at;
}

/** The count that a list keeps under its own name. One storage read. */
export function readCount(base: usize): i32 {
  return readSlot<i32>(base + 4, baseLength(base));
}

/** Stores the count; 0 deletes it. */
export function writeCount(base: usize, count: i32): void {
  if (count == 0) writeStorage(base + 4, baseLength(base), 0, 0);
  else writeSlot<i32>(base + 4, baseLength(base), count);
}

/** The value of an entry; the type's zero value where there is none. One storage read. */
export function readEntry<K, V>(base: usize, separator: u8, key: K): V {
  const at = entryAt<K>(base, separator, key);
  return readSlot<V>(at, load<u32>(at - 4));
}

/** Stores an entry. One storage write. */
export function writeEntry<K, V>(base: usize, separator: u8, key: K, value: V): void {
  const at = entryAt<K>(base, separator, key);
  writeSlot<V>(at, load<u32>(at - 4), value);
}

/** Whether there is an entry. One storage read of no bytes. */
export function hasEntry<K>(base: usize, separator: u8, key: K): bool {
  const at = entryAt<K>(base, separator, key);
  return qw_storage_read(at, load<u32>(at - 4), 0, 0) != 0;
}

/** Removes an entry. One storage write of no bytes. */
export function deleteEntry<K>(base: usize, separator: u8, key: K): void {
  const at = entryAt<K>(base, separator, key);
  writeStorage(at, load<u32>(at - 4), 0, 0);
}
