// One stored value under one key. Keeps nothing: what a call has read or changed, the generated glue remembers.

import { closeReader, minLength, openReader, read, setFailure } from "../codec/reader";
import { refreshed } from "../codec/refresh";
import { encodedLength, write } from "../codec/writer";
import { qw_storage_read } from "../env";
import { Failure, fail } from "../errors";
import { writeStorage } from "../read-only";
import { SCRATCH } from "../scratch";

/** Room for a value whose length is not known before it is read, where memory has less left. */
const LEAST_ROOM: usize = 512;

/** The value under a key; where there is none, the type's zero value. */
export function readSlot<T>(keyAt: usize, keyLength: usize): T {
  if (isInteger<T>()) {
    store<u64>(SCRATCH, 0);
    readFixed(keyAt, keyLength, SCRATCH, sizeof<T>());
    return load<T>(SCRATCH);
  }
  if (!isManaged<T>() && !isNullable<T>()) {
    const at = __alloc(offsetof<T>());
    readFixed(keyAt, keyLength, at, offsetof<T>());
    return changetype<T>(at);
  }
  const length = readRaw<T>(keyAt, keyLength);
  return decodeRaw<T>(rawAt, length);
}

/** Decodes stored bytes. */
export function decodeRaw<T>(at: usize, length: usize): T {
  openReader(at, length);
  setFailure(Failure.BadStoredData);
  const value = read<T>();
  closeReader();
  setFailure(Failure.BadArguments);
  return value;
}

/** Whether `refreshSlot` has read another value than was there before. */
export let hasRefreshed: bool = false;

export function startRefresh(): void {
  hasRefreshed = false;
}

/**
 * Reads a field anew after another contract has run: into the objects that hold it, as references to them may be held.
 * Gives the field's value; its bytes are then at `rawAt`, their length in `rawLength`.
 */
export function refreshSlot<T>(keyAt: usize, keyLength: usize, value: T, before: usize, beforeLength: usize): T {
  const length = readRaw<T>(keyAt, keyLength);
  const at = rawAt;
  rawLength = length;
  if (length == beforeLength && memory.compare(at, before, length) == 0) return value;
  hasRefreshed = true;
  openReader(at, length);
  setFailure(Failure.BadStoredData);
  const fresh = refreshed<T>(value);
  closeReader();
  setFailure(Failure.BadArguments);
  rawAt = at;
  rawLength = length;
  return fresh;
}

/** Makes a field's value anew unless it encodes to its bytes: one object cannot hold two values, if two fields shared it. */
export function settleSlot<T>(value: T, at: usize, length: usize): T {
  if (encodedLength<T>(value) == length) {
    const encoded = __alloc(length);
    write<T>(encoded, value);
    if (memory.compare(encoded, at, length) == 0) return value;
  }
  return decodeRaw<T>(at, length);
}

/** Stores a value. */
export function writeSlot<T>(keyAt: usize, keyLength: usize, value: T): void {
  if (isReference<T>() && !isManaged<T>() && !isNullable<T>()) {
    // Its memory is its encoding.
    writeStorage(keyAt, keyLength, changetype<usize>(value), offsetof<T>());
    return;
  }
  if (isInteger<T>()) {
    store<T>(SCRATCH, value);
    writeStorage(keyAt, keyLength, SCRATCH, sizeof<T>());
    return;
  }
  const length = encodedLength<T>(value);
  const at = __alloc(length);
  write<T>(at, value);
  writeStorage(keyAt, keyLength, at, length);
}

/**
 * Stores a value unless its bytes are still those that were read: arrays and structs change in place.
 * Gives the length of the bytes it has now; they are at `rawAt`.
 */
export function writeIfChanged<T>(keyAt: usize, keyLength: usize, value: T, before: usize, beforeLength: usize): usize {
  const length = encodedLength<T>(value);
  const at = __alloc(length);
  write<T>(at, value);
  if (length != beforeLength || memory.compare(at, before, length) != 0) {
    writeStorage(keyAt, keyLength, at, length);
  }
  rawAt = at;
  return length;
}

/** Reads a value of a known length into zero bytes, which stay zero where there is none. */
export function readFixed(keyAt: usize, keyLength: usize, at: usize, size: usize): void {
  const length = qw_storage_read(keyAt, keyLength, at, size);
  // Neither 0 nor the size. For a power of two one test says both, and asc knows most sizes beforehand.
  if ((size & (size - 1)) == 0 ? (length & ~size) != 0 : length != 0 && length != size) fail(Failure.BadStoredData);
}

/** Where `readBytes` put what it read. */
export let rawAt: usize = 0;

/** How long what \`refreshSlot\` read is. */
export let rawLength: usize = 0;

/** Reads a value's bytes to `rawAt` and gives their length; where there is none, those of the type's zero value. */
export function readRaw<T>(keyAt: usize, keyLength: usize): usize {
  const length = readBytes(keyAt, keyLength);
  if (length != 0) return length;
  rawAt = __alloc(minLength<T>());
  return minLength<T>();
}

/** Reads a value of any length to `rawAt` and gives its length: into all the memory there is, again if it was too little. */
export function readBytes(keyAt: usize, keyLength: usize): usize {
  let room = ((<usize>memory.size()) << 16) - __alloc(0);
  if (room < LEAST_ROOM) room = LEAST_ROOM;
  rawAt = __alloc(room);
  const length = <usize>qw_storage_read(keyAt, keyLength, rawAt, room);
  __keep(rawAt, room, length);
  if (length > room) {
    rawAt = __alloc(length);
    qw_storage_read(keyAt, keyLength, rawAt, length);
  }
  return length;
}
