// Strings (UTF-16 in AssemblyScript) to UTF-8 and back. Bytes that are not UTF-8 end the call with NotUtf8; a surrogate
// without its other half is written as U+FFFD, as TextEncoder does.

import { Failure, fail } from "../errors";

/** How many bytes the text has in UTF-8. U+FFFD has three, as many as asc counts for a surrogate without its other half. */
export function textLength(text: string): usize {
  return String.UTF8.byteLength(text);
}

/** Writes the text's UTF-8 and gives the address after it. */
export function encodeText(text: string, at: usize): usize {
  // asc's own default writes the halves of pairs as three bytes that are not UTF-8.
  const mode = String.UTF8.ErrorMode.REPLACE;
  return at + String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, at, false, mode);
}

/** The text of UTF-8 bytes. Strict as Unicode's table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF. */
export function decodeText(at: usize, length: usize): string {
  if (!isText(at, at + length)) fail(Failure.NotUtf8);
  return String.UTF8.decodeUnsafe(at, length);
}

/** Whether the bytes up to `end` are UTF-8. */
export function isText(at: usize, end: usize): bool {
  while (at < end) {
    const lead = <u32>load<u8>(at++);
    if (lead < 0x80) continue;
    const more: usize = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead < 0xc2 || lead > 0xf4 || more > end - at) return false;
    const second = <u32>load<u8>(at);
    const lowest: u32 = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const highest: u32 = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) return false;
    for (let i: usize = 1; i < more; i++) {
      if ((load<u8>(at + i) & 0xc0) != 0x80) return false;
    }
    at += more;
  }
  return true;
}
