// Arithmetic that wraps, for whoever wants it: what does not fit loses its highest bits. For every integer type.

import { Failure, fail } from "./errors";
import { extendTo, mustBeInteger } from "./types/convert";

/** a + b modulo 2^bits. */
export function wrappingAdd<T>(a: T, b: T): T {
  if (isReference<T>()) return changetype<T>(a.wrappingAdd(b));
  return <T>(a + b);
}

/** a - b modulo 2^bits. */
export function wrappingSub<T>(a: T, b: T): T {
  if (isReference<T>()) return changetype<T>(a.wrappingSub(b));
  return <T>(a - b);
}

/** a * b modulo 2^bits. */
export function wrappingMul<T>(a: T, b: T): T {
  if (isReference<T>()) return changetype<T>(a.wrappingMul(b));
  return <T>(a * b);
}

/** a / b in a function with `@wrapping`: the least value divided by -1 is itself. Ends the call where b is 0. */
export function wrappingDiv<T>(a: T, b: T): T {
  if (b == 0) fail(Failure.DivisionByZero);
  if (isSigned<T>()) {
    if (b == -1) return <T>(0 - a);
  }
  return <T>(a / b);
}

/** a % b there. The least value modulo -1 is 0. */
export function wrappingRem<T>(a: T, b: T): T {
  if (b == 0) fail(Failure.DivisionByZero);
  return <T>(a % b);
}

/** -a modulo 2^bits. */
export function wrappingNeg<T>(a: T): T {
  if (isReference<T>()) return changetype<T>(a.wrappingNeg());
  return <T>(0 - a);
}

/** Shifted left; by all bits or more it is 0. */
export function wrappingShl<T>(a: T, bits: u32): T {
  if (isReference<T>()) return changetype<T>(a.wrappingShl(bits));
  return bits < (<u32>sizeof<T>()) << 3 ? <T>(a << (<T>bits)) : <T>0;
}

/** Shifted right, with the sign if it has one; by all bits or more it is 0, or -1 for a negative number. */
export function wrappingShr<T>(a: T, bits: u32): T {
  if (isReference<T>()) return changetype<T>(a.wrappingShr(bits));
  const most = ((<u32>sizeof<T>()) << 3) - 1;
  if (bits <= most) return <T>(a >> <T>bits);
  return isSigned<T>() ? <T>(a >> <T>most) : <T>0;
}

/**
 * The lowest bits of a value of any integer type, as another: `wrappingCast<u8>(x)`.
 * The compiler finds V, the type of the value.
 */
export function wrappingCast<T, V = i64>(value: V): T {
  mustBeInteger<T>();
  mustBeInteger<V>();
  if (isReference<T>()) return changetype<T>(extendTo<V>(value, offsetof<T>()));
  if (isReference<V>()) return <T>load<u64>(changetype<usize>(value));
  return <T>value;
}

/** To the power of a number, modulo 2^bits of a wide type: what ** is in a function with `@wrapping`. */
export function wrappingPow<T>(a: T, exponent: u32): T {
  let base = a;
  let left = exponent;
  let power = wrappingOne<T>();
  while (left != 0) {
    if (left & 1) power = wrappingMul<T>(power, base);
    left >>= 1;
    if (left != 0) base = wrappingMul<T>(base, base);
  }
  return power;
}

/** a + 1 modulo 2^bits, of a wide type: ++ in such a function. */
export function wrappingNext<T>(a: T): T {
  return wrappingAdd<T>(a, wrappingOne<T>());
}

/** a - 1 modulo 2^bits, of a wide type: -- in such a function. */
export function wrappingPrevious<T>(a: T): T {
  return wrappingSub<T>(a, wrappingOne<T>());
}

function wrappingOne<T>(): T {
  return changetype<T>(extendTo<i32>(1, offsetof<T>()));
}
