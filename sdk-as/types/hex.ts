// Hex text of bytes in memory: 0x and two lower-case digits a byte.

import { Failure, fail } from "../errors";

export function toHex(at: usize, length: usize): string {
  let text = "0x";
  for (let i: usize = 0; i < length; i++) {
    const byte = load<u8>(at + i);
    text += digitOf(byte >> 4) + digitOf(byte & 15);
  }
  return text;
}

function digitOf(value: u32): string {
  return String.fromCharCode(value < 10 ? 48 + value : 87 + value);
}

/** Reads exactly `length` bytes, or ends the call with OutOfRange. */
export function fromHex(text: string, length: usize): usize {
  const at = __alloc(length);
  if (<usize>text.length != 2 + (length << 1) || text.charCodeAt(0) != 48 || text.charCodeAt(1) != 120) {
    fail(Failure.OutOfRange);
  }
  for (let i: usize = 0; i < length; i++) {
    const place = 2 + <i32>(i << 1);
    store<u8>(at + i, (digitValue(text.charCodeAt(place)) << 4) | digitValue(text.charCodeAt(place + 1)));
  }
  return at;
}

function digitValue(code: i32): u32 {
  if (<u32>(code - 48) < 10) return code - 48;
  const letter = (code | 32) - 97;
  if (<u32>letter > 5) fail(Failure.OutOfRange);
  return letter + 10;
}
