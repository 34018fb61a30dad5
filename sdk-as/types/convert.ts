// One integer type into another, where one of them is wide. A wide type is signed if it has `isNegative`.

import { Failure, fail } from "../errors";

/** The value of any integer type in fresh memory of `size` bytes, or Overflow if a type of that size cannot have it. */
export function convertTo<V>(value: V, size: usize, signed: bool): usize {
  mustBeInteger<V>();
  const at = extendTo<V>(value, size);
  const negative = isBelowZero<V>(value);
  // As unsigned, nothing is negative; as signed, the highest bit says so too, which it must of this value.
  if (signed ? load<i64>(at + size - 8) < 0 != negative : negative) fail(Failure.Overflow);
  if (isReference<V>()) {
    const from = changetype<usize>(value);
    for (let i = size; i < offsetof<V>(); i += 8) {
      if (load<u64>(from + i) != -u64(negative)) fail(Failure.Overflow);
    }
  }
  return at;
}

/** The lowest bits of the value in fresh memory of `size` bytes; where the type is shorter, its sign before them. */
export function extendTo<V>(value: V, size: usize): usize {
  const at = __alloc(size);
  let length: usize = 8;
  if (isReference<V>()) {
    length = min<usize>(offsetof<V>(), size);
    memory.copy(at, changetype<usize>(value), length);
  } else store<u64>(at, <u64>value);
  if (isBelowZero<V>(value)) memory.fill(at + length, 0xff, size - length);
  return at;
}

function isBelowZero<V>(value: V): bool {
  if (isReference<V>())
    return isDefined(value.isNegative) ? load<i64>(changetype<usize>(value) + offsetof<V>() - 8) < 0 : false;
  return isSigned<V>() ? value < 0 : false;
}

/** The lowest limb, if all above it are `rest`, or Overflow. */
export function lowLimb(at: usize, rest: u64, size: usize): u64 {
  for (let i: usize = 8; i < size; i += 8) {
    if (load<u64>(at + i) != rest) fail(Failure.Overflow);
  }
  return load<u64>(at);
}

/** An error of the compilation unless V is an integer type. All of it is decided while compiling. */
export function mustBeInteger<V>(): void {
  if (isReference<V>()) {
    if (isNullable<V>()) ERROR("Only integers are converted, and null is none.");
    if (!isDefined(changetype<V>(0).wrappingShl)) ERROR("Only integers are converted; u256.parse(text) reads a text.");
  } else if (!isInteger<V>()) ERROR("Only integers are converted.");
}
