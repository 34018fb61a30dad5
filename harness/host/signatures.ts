// The machine's signature scheme: one of the three levels of ML-DSA. Lengths come first: a wrong one is "not valid".
// Source: FIPS 204, table 2; QWVM signs with Dilithium mode 3, so ML-DSA-65 is the default.

import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import { QwvmError } from "../core/errors.js";

export type SignatureScheme = "ml-dsa-44" | "ml-dsa-65" | "ml-dsa-87";

/** Sizes in bytes. */
export interface SchemeSizes {
  readonly publicKey: number;
  readonly signature: number;
}

/** A key pair of the scheme. */
export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

const SCHEMES = {
  "ml-dsa-44": { algorithm: ml_dsa44, publicKey: 1312, signature: 2420 },
  "ml-dsa-65": { algorithm: ml_dsa65, publicKey: 1952, signature: 3309 },
  "ml-dsa-87": { algorithm: ml_dsa87, publicKey: 2592, signature: 4627 },
} as const;

/** Sizes of the scheme's keys and signatures. */
export function schemeSizes(scheme: SignatureScheme): SchemeSizes {
  const { publicKey, signature } = SCHEMES[scheme];
  return { publicKey, signature };
}

/** Whether the signature is the key's over the message. A wrong length is "no", never an error. */
export function isValidSignature(
  scheme: SignatureScheme,
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const sizes = SCHEMES[scheme];
  if (signature.length !== sizes.signature || publicKey.length !== sizes.publicKey) return false;
  return sizes.algorithm.verify(signature, message, publicKey);
}

/** The key pair of a 32-byte seed. */
export function createKeyPair(scheme: SignatureScheme, seed: Uint8Array): KeyPair {
  return SCHEMES[scheme].algorithm.keygen(seed);
}

/** Signs deterministically (FIPS 204's deterministic variant), so that tests see the same bytes every time. */
export function signMessage(scheme: SignatureScheme, message: Uint8Array, secretKey: Uint8Array): Uint8Array {
  return SCHEMES[scheme].algorithm.sign(message, secretKey, { extraEntropy: false });
}

/**
 * Checks a scheme's name given by a user.
 * @throws QwvmError `BAD_SIGNATURE_SCHEME`
 */
export function checkSignatureScheme(scheme: string): SignatureScheme {
  if (Object.hasOwn(SCHEMES, scheme)) return scheme as SignatureScheme;
  throw new QwvmError("BAD_SIGNATURE_SCHEME", `There is no signature scheme ${JSON.stringify(scheme)}.`, {
    hint: `The schemes are ${Object.keys(SCHEMES).join(", ")}.`,
  });
}
