// Decimal digits of unsigned little-endian numbers in memory.

import { Failure, fail } from "../errors";
import { divideByDigit } from "./divide";
import { copyLimbs } from "./limbs";
import { digitBytes, multiplyAdd } from "./multiply";

/** The most characters a number has: 78 digits of 2^256 and a sign, two bytes each. */
const ROOM: usize = 160;

/** The number in decimal digits, with a minus before it if `negative`. */
export function printDecimal(a: usize, negative: bool, size: usize): string {
  const rest = copyLimbs(a, size);
  const end = __alloc(ROOM) + ROOM;
  let at = end;
  let bytes = digitBytes(rest, size);
  do {
    // Nine digits at once; all of them but where nothing is left.
    let part = divideByDigit(rest, 1_000_000_000, bytes);
    bytes = digitBytes(rest, size);
    for (let i = 0; i < 9 && (part != 0 || bytes != 0 || (i == 0 && at == end)); i++) {
      at -= 2;
      store<u16>(at, <u16>(48 + (part % 10)));
      part /= 10;
    }
  } while (bytes != 0);
  if (negative) {
    at -= 2;
    store<u16>(at, 45);
  }
  const text = __new(end - at, idof<string>());
  memory.copy(text, at, end - at);
  return changetype<string>(text);
}

/** Reads decimal digits from the place `from` on, at least one and nothing else; otherwise OutOfRange, or Overflow. */
export function parseDecimal(text: string, from: i32, size: usize): usize {
  const value = __alloc(size);
  if (text.length <= from) fail(Failure.OutOfRange);
  let part: u32 = 0;
  let scale: u32 = 1;
  for (let i = from; i < text.length; ) {
    const code = <u32>text.charCodeAt(i) - 48;
    if (code > 9) fail(Failure.OutOfRange);
    part = part * 10 + code;
    scale *= 10;
    i++;
    // Nine digits at once.
    if (scale == 1_000_000_000 || i == text.length) {
      multiplyAdd(value, scale, part, size);
      part = 0;
      scale = 1;
    }
  }
  return value;
}

/** Whether the text begins with a minus. */
export function hasMinus(text: string): bool {
  return text.length > 0 && text.charCodeAt(0) == 45;
}
