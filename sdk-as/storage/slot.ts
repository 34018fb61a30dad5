// One stored value under one key. Keeps nothing: what a call has read or changed is the generated glue's to remember.

import { closeReader, openReader, read } from "../codec/reader";
import { encodedLength, write } from "../codec/writer";
import { qw_storage_read, qw_storage_write } from "../env";
import { Failure, fail } from "../errors";

/** The value under a key; where there is none, the type's zero value. */
export function readSlot<T>(keyAt: usize, keyLength: usize): T {
  if (isInteger<T>()) {
    const at = __alloc(sizeof<T>());
    checkLength(qw_storage_read(keyAt, keyLength, at, sizeof<T>()), sizeof<T>());
    return load<T>(at);
  }
  if (!isManaged<T>() && !isNullable<T>()) {
    const at = __alloc(offsetof<T>());
    checkLength(qw_storage_read(keyAt, keyLength, at, offsetof<T>()), offsetof<T>());
    return changetype<T>(at);
  }
  return changetype<T>(0);
}

/** Stores a value. */
export function writeSlot<T>(keyAt: usize, keyLength: usize, value: T): void {
  const length = encodedLength<T>(value);
  const at = __alloc(length);
  write<T>(at, value);
  qw_storage_write(keyAt, keyLength, at, length);
}

function checkLength(length: i32, expected: i32): void {
  if (length != 0 && length != expected) fail(Failure.BadStoredData);
}
