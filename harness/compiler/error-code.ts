// The code that stands on chain for a typed error or a text: both come from what they are called.

import { sha3_256 } from "@noble/hashes/sha3.js";

/** Codes below are the SDK's own (core/builtin-errors). */
export const FIRST_CODE = 256;

/** The first four bytes of SHA3-256 of a text in UTF-8, read little-endian. */
export function codeOf(text: string): number {
  const digest = sha3_256(new TextEncoder().encode(text));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0, true);
}
