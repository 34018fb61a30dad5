// Borsh, writing: a value's length in bytes, and the value itself into memory that is long enough.
// Works on every type a contract can store or pass; the compiler adds the methods that classes need.

/** How many bytes the value has in Borsh. */
export function encodedLength<T>(value: T): usize {
  if (isNullable<T>()) {
    if (value === null) return 1;
    return 1 + encodedLength<nonnull<T>>(value!);
  }
  if (isInteger<T>()) return sizeof<T>();
  // @ts-expect-error: T is known when asc compiles this
  if (isString<T>()) return 4 + String.UTF8.byteLength(value);
  if (isArray<T>()) {
    let length: usize = 4;
    // @ts-expect-error: T is known when asc compiles this
    for (let i = 0, n = value.length; i < n; i++) length += encodedLength<valueof<T>>(unchecked(value[i]));
    return length;
  }
  // @ts-expect-error: T is known when asc compiles this
  if (isManaged<T>() || isDefined(value.encodedLength)) return value.encodedLength();
  return offsetof<T>();
}

/** Writes the value and gives the address after it. */
export function write<T>(at: usize, value: T): usize {
  if (isNullable<T>()) {
    if (value === null) {
      store<u8>(at, 0);
      return at + 1;
    }
    store<u8>(at, 1);
    return write<nonnull<T>>(at + 1, value!);
  }
  if (isInteger<T>()) {
    store<T>(at, value);
    return at + sizeof<T>();
  }
  if (isString<T>()) {
    // @ts-expect-error: T is known when asc compiles this
    const length = String.UTF8.encodeUnsafe(changetype<usize>(value), value.length, at + 4);
    store<u32>(at, length);
    return at + 4 + length;
  }
  if (isArray<T>()) {
    // @ts-expect-error: T is known when asc compiles this
    const count = value.length;
    store<u32>(at, count);
    at += 4;
    for (let i = 0; i < count; i++) {
      // @ts-expect-error: T is known when asc compiles this
      at = write<valueof<T>>(at, unchecked(value[i]));
    }
    return at;
  }
  // @ts-expect-error: T is known when asc compiles this
  if (isManaged<T>() || isDefined(value.encodedLength)) return value.encodeTo(at);
  memory.copy(at, changetype<usize>(value), offsetof<T>());
  return at + offsetof<T>();
}
