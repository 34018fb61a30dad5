// Reads a number or a bool from a text, all of it. The compiler puts these in the place of what AssemblyScript's library
// does, which reads as far as it understands and cuts to the type's bits: i32.parse, U64.parseInt, bool.parse and their kin.

import { Failure, fail } from "../errors";

/**
 * Reads digits, after a minus where the type is signed, and after 0x, 0o or 0b where no radix is given (0) or it is that
 * of the prefix. Ends the call with OutOfRange if there is anything else, with Overflow if the number does not fit.
 */
export function parseInteger<T>(text: string, radix: i32): T {
  let at = 0;
  const negative = isSigned<T>() && text.length > 0 && text.charCodeAt(0) == 45;
  if (negative) at = 1;
  const prefixed = prefixRadix(text, at);
  if (prefixed != 0 && (radix == 0 || radix == prefixed)) {
    radix = prefixed;
    at += 2;
  } else if (radix == 0) radix = 10;
  if (<u32>(radix - 2) > 34 || at >= text.length) fail(Failure.OutOfRange);
  const most = <u64>i64(select<T>(minOf<T>(), maxOf<T>(), negative));
  const limit = negative ? 0 - most : most;
  let value: u64 = 0;
  for (; at < text.length; at++) {
    const digit = <u64>digitOf(text.charCodeAt(at));
    if (digit >= <u64>radix) fail(Failure.OutOfRange);
    if (value > (limit - digit) / <u64>radix || digit > limit) fail(Failure.Overflow);
    value = value * <u64>radix + digit;
  }
  return <T>(negative ? 0 - value : value);
}

/** Reads `true` or `false`. Ends the call with OutOfRange if it is anything else. */
export function parseBool(text: string): bool {
  if (text == "true") return true;
  if (text != "false") fail(Failure.OutOfRange);
  return false;
}

function minOf<T>(): T {
  return isSigned<T>() ? <T>((<i64>1) << (sizeof<T>() * 8 - 1)) : <T>0;
}

function maxOf<T>(): T {
  return isSigned<T>() ? <T>(((<i64>1) << (sizeof<T>() * 8 - 1)) - 1) : <T>-1;
}

/** The radix that `0x`, `0o` or `0b` stands for; 0 if there is none, or nothing behind it. */
function prefixRadix(text: string, at: i32): i32 {
  if (text.length < at + 3 || text.charCodeAt(at) != 48) return 0;
  const letter = text.charCodeAt(at + 1) | 32;
  return letter == 120 ? 16 : letter == 111 ? 8 : letter == 98 ? 2 : 0;
}

/** The value of a digit or letter; more than any radix of anything else. */
function digitOf(code: i32): u32 {
  if (<u32>(code - 48) < 10) return code - 48;
  const letter = (code | 32) - 97;
  return <u32>letter < 26 ? letter + 10 : 99;
}
