// Borsh, reading into what is in memory already: objects stay where they are, so that whoever holds one sees what was read.
// Texts, Bytes, numbers and the other values that never change once made are taken anew.

import { read } from "./reader";

/** Reads the next value; an object, an array and what is in them are changed to it in place of being made anew. */
export function refreshed<T>(value: T): T {
  if (isReference<T>() && isManaged<T>() && !isString<T>()) {
    if (isNullable<T>()) {
      const at = changetype<usize>(value);
      // The flag says whether there is a value: a byte that must be 0 or 1, as `read` checks it.
      if (!read<bool>()) return changetype<T>(0);
      if (at == 0) return changetype<T>(read<nonnull<T>>());
      return changetype<T>(refreshed<nonnull<T>>(changetype<nonnull<T>>(at)));
    }
    if (changetype<usize>(value) != 0) {
      if (isArray<T>()) {
        refreshArray<T>(value);
        return value;
      }
      if (isDefined(value.__refresh)) {
        value.__refresh();
        return value;
      }
    }
  }
  return read<T>();
}

function refreshArray<T>(array: T): void {
  const count = <i32>read<u32>();
  while (array.length > count) array.pop();
  const kept = array.length;
  for (let i = 0; i < kept; i++) {
    const item = refreshed<valueof<T>>(unchecked(array[i]));
    unchecked(array.__set(i, item));
  }
  for (let i = kept; i < count; i++) array.push(read<valueof<T>>());
}
