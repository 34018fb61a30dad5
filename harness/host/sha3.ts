// SHA3-256 by the fastest implementation at hand: Node's OpenSSL, else noble. Both are FIPS 202.

import { sha3_256 } from "@noble/hashes/sha3.js";

/** SHA3-256 of the bytes: 32 bytes. */
export const sha3: (data: Uint8Array) => Uint8Array = chooseImplementation();

function chooseImplementation(): (data: Uint8Array) => Uint8Array {
  const crypto = (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.("node:crypto");
  try {
    if (crypto?.hash !== undefined) {
      const { hash } = crypto;
      hash("sha3-256", new Uint8Array(0), "buffer");
      return (data) => hash("sha3-256", data, "buffer");
    }
    if (crypto?.createHash !== undefined) {
      const { createHash } = crypto;
      createHash("sha3-256");
      return (data) => createHash("sha3-256").update(data).digest();
    }
  } catch {
    // An OpenSSL without SHA-3 (FIPS builds, BoringSSL): noble has it.
  }
  return (data) => sha3_256(data);
}
