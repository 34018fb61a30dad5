// Borsh, reading: one reader at a time, over the bytes it was opened on. Bytes that do not fit end the call.
// Fixed-size values are not copied: an Address read from the arguments lies where the arguments lie.

import { fail } from "../errors";

let cursor: usize = 0;
let limit: usize = 0;
let failure: u32 = 0;

/** Starts reading; `code` is the error for bytes that do not fit. */
export function openReader(at: usize, length: usize, code: u32): void {
  cursor = at;
  limit = at + length;
  failure = code;
}

/** Ends reading: there must be no bytes left over. */
export function closeReader(): void {
  if (cursor != limit) fail(failure);
}

/** Takes the next bytes and gives their address. */
export function take(length: usize): usize {
  const at = cursor;
  if (length > limit - at) fail(failure);
  cursor = at + length;
  return at;
}

/** Ends the call if a byte that must be 0 or 1 is neither. */
function takeFlag(): bool {
  const flag = load<u8>(take(1));
  if (flag > 1) fail(failure);
  return flag != 0;
}

/** Reads the next value. */
export function read<T>(): T {
  if (isNullable<T>()) {
    if (!takeFlag()) return changetype<T>(0);
    return changetype<T>(read<nonnull<T>>());
  }
  if (isBoolean<T>()) return <T>takeFlag();
  if (isInteger<T>()) return load<T>(take(sizeof<T>()));
  if (isString<T>()) {
    const length = load<u32>(take(4));
    // @ts-expect-error: T is known when asc compiles this
    return String.UTF8.decodeUnsafe(take(length), length);
  }
  if (isArray<T>()) {
    const count = load<u32>(take(4));
    if (count > limit - cursor) fail(failure);
    const array = instantiate<T>(count);
    for (let i: u32 = 0; i < count; i++) {
      // @ts-expect-error: T is known when asc compiles this
      unchecked((array[i] = read<valueof<T>>()));
    }
    return array;
  }
  if (isManaged<T>()) {
    const value = instantiate<T>();
    // @ts-expect-error: T is known when asc compiles this
    value.decode();
    return value;
  }
  return changetype<T>(take(offsetof<T>()));
}
