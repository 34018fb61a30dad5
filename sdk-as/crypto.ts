// Hashes and signatures, by the host.

import { qw_dilithium_verify, qw_sha3_256 } from "./env";
import type { Bytes } from "./types/bytes";
import type { Hash } from "./types/hash";

/** SHA3-256. 30 gas a byte. */
export function sha3_256(data: Bytes): Hash {
  const at = __alloc(32);
  qw_sha3_256(data.at, data.length, at);
  return changetype<Hash>(at);
}

/** Whether a Dilithium signature is valid; a wrong length is not. 50,000 gas. */
export function verifyDilithium(message: Bytes, signature: Bytes, publicKey: Bytes): bool {
  return (
    qw_dilithium_verify(message.at, message.length, signature.at, signature.length, publicKey.at, publicKey.length) == 1
  );
}
