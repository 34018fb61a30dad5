// Functions of bits for integers of 8 and 16, which asc computes in 32: the compiler calls these in their place in a
// contract's own files. Results are those of the type: clz<u8>(1) is 7.

/** The value's own bits. */
function bitsOf<T>(value: T): u32 {
  return <u32>value & (sizeof<T>() == 1 ? 0xff : 0xffff);
}

function widthOf<T>(): u32 {
  return (<u32>sizeof<T>()) << 3;
}

/** How many zeros lead; all of them for 0. */
export function smallClz<T>(value: T): T {
  return <T>(clz<u32>(bitsOf<T>(value)) - (32 - widthOf<T>()));
}

/** How many zeros trail; all of them for 0. */
export function smallCtz<T>(value: T): T {
  return <T>ctz<u32>(bitsOf<T>(value) | (1 << widthOf<T>()));
}

export function smallPopcnt<T>(value: T): T {
  return <T>popcnt<u32>(bitsOf<T>(value));
}

/** Rotated left; only the amount modulo the width counts. */
export function smallRotl<T>(value: T, amount: T): T {
  const bits = bitsOf<T>(value);
  const left = <u32>amount & (widthOf<T>() - 1);
  return <T>((bits << left) | (bits >>> (widthOf<T>() - left)));
}

export function smallRotr<T>(value: T, amount: T): T {
  return smallRotl<T>(value, <T>(0 - amount));
}
