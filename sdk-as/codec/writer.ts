// Borsh, writing: a value's length in bytes, and the value itself into memory that is long enough.
// Works on every type a contract can store or pass; the compiler adds the methods that structs need.

import { encodeText, textLength } from "./text";

/** How many bytes the value has in Borsh. */
export function encodedLength<T>(value: T): usize {
  if (isNullable<T>()) {
    if (changetype<usize>(value) == 0) return 1;
    return 1 + encodedLength<nonnull<T>>(changetype<nonnull<T>>(changetype<usize>(value)));
  }
  if (isInteger<T>()) return sizeof<T>();
  if (isString<T>()) return 4 + textLength(value);
  if (isArray<T>()) {
    let length: usize = 4;
    for (let i = 0, count = value.length; i < count; i++) {
      length += encodedLength<valueof<T>>(unchecked(value[i]));
    }
    return length;
  }
  if (isManaged<T>()) return value.__length();
  if (isDefined(value.__isPlace)) ERROR("A stored collection has no encoding: encode what is in it.");
  return offsetof<T>();
}

/** Writes the value and gives the address after it. */
export function write<T>(at: usize, value: T): usize {
  if (isNullable<T>()) {
    store<u8>(at, u8(changetype<usize>(value) != 0));
    if (changetype<usize>(value) == 0) return at + 1;
    return write<nonnull<T>>(at + 1, changetype<nonnull<T>>(changetype<usize>(value)));
  }
  if (isInteger<T>()) {
    store<T>(at, value);
    return at + sizeof<T>();
  }
  if (isString<T>()) {
    const end = encodeText(value, at + 4);
    store<u32>(at, end - at - 4);
    return end;
  }
  if (isArray<T>()) {
    const count = value.length;
    store<u32>(at, count);
    at += 4;
    for (let i = 0; i < count; i++) {
      at = write<valueof<T>>(at, unchecked(value[i]));
    }
    return at;
  }
  if (isManaged<T>()) return value.__encode(at);
  memory.copy(at, changetype<usize>(value), offsetof<T>());
  return at + offsetof<T>();
}
