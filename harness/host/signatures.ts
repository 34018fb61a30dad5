// The machine's signature scheme: one of the three levels of ML-DSA, or Dilithium mode 3 as it was before the standard.
// Lengths come first: a wrong one is "not valid". A Wasm module verifies; noble signs, and verifies where there is none.
// Sources: FIPS 204, table 2, pure mode with an empty context; CRYSTALS-Dilithium, version 3.1, table 2. QWVM signs with
// Dilithium mode 3, so ML-DSA-65, its standardized form, is the default.

import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import { QwvmError } from "../core/errors.js";
import { DilithiumWasm, type VerifyExport } from "./dilithium-wasm.js";

/**
 * `ml-dsa-44`, `ml-dsa-65` and `ml-dsa-87` are FIPS 204's; `dilithium3` is Dilithium mode 3 of round 3.1, which the
 * chain's library CIRCL has as `sign/dilithium/mode3`: the same keys' size as ML-DSA-65, but other keys and signatures.
 */
export type SignatureScheme = "ml-dsa-44" | "ml-dsa-65" | "ml-dsa-87" | "dilithium3";

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

interface Scheme extends SchemeSizes {
  /** noble's implementation; it has none of round 3.1. */
  readonly noble: typeof ml_dsa65 | undefined;
  readonly wasmVerify: VerifyExport;
}

const SCHEMES: Record<SignatureScheme, Scheme> = {
  "ml-dsa-44": { publicKey: 1312, signature: 2420, noble: ml_dsa44, wasmVerify: "verify_ml_dsa_44" },
  "ml-dsa-65": { publicKey: 1952, signature: 3309, noble: ml_dsa65, wasmVerify: "verify_ml_dsa_65" },
  "ml-dsa-87": { publicKey: 2592, signature: 4627, noble: ml_dsa87, wasmVerify: "verify_ml_dsa_87" },
  dilithium3: { publicKey: 1952, signature: 3293, noble: undefined, wasmVerify: "verify_dilithium3" },
};

/** Sizes of the scheme's keys and signatures. */
export function schemeSizes(scheme: SignatureScheme): SchemeSizes {
  const { publicKey, signature } = SCHEMES[scheme];
  return { publicKey, signature };
}

/** Signs and verifies, with the Wasm module where it can be had. */
export class Signatures {
  readonly #wasm: DilithiumWasm;

  constructor(wasm: DilithiumWasm = new DilithiumWasm()) {
    this.#wasm = wasm;
  }

  /**
   * Whether the signature is the key's over the message. A wrong length is "no", never an error.
   * @throws QwvmError `NO_SIGNATURE_MODULE` for `dilithium3` where the Wasm module cannot be loaded
   */
  isValid(scheme: SignatureScheme, message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
    const sizes = SCHEMES[scheme];
    if (signature.length !== sizes.signature || publicKey.length !== sizes.publicKey) return false;
    const verdict = this.#wasm.verify(sizes.wasmVerify, message, signature, publicKey);
    return verdict ?? sizes.noble?.verify(signature, message, publicKey) ?? missingModule();
  }

  /**
   * The key pair of a 32-byte seed.
   * @throws QwvmError `NO_SIGNATURE_MODULE` as above
   */
  createKeyPair(scheme: SignatureScheme, seed: Uint8Array): KeyPair {
    const { noble } = SCHEMES[scheme];
    return noble?.keygen(seed) ?? this.#wasm.createDilithium3Keys(seed) ?? missingModule();
  }

  /**
   * Signs deterministically (both standards have such a variant), so that tests see the same bytes every time.
   * @throws QwvmError `NO_SIGNATURE_MODULE` as above
   */
  sign(scheme: SignatureScheme, message: Uint8Array, secretKey: Uint8Array): Uint8Array {
    const { noble } = SCHEMES[scheme];
    const signature = noble?.sign(message, secretKey, { extraEntropy: false });
    return signature ?? this.#wasm.signDilithium3(message, secretKey) ?? missingModule();
  }
}

/** The process's own: its Wasm module is loaded once, at the first use. */
export const signatures = new Signatures();

/** `Signatures.isValid` of the process. */
export function isValidSignature(
  scheme: SignatureScheme,
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  return signatures.isValid(scheme, message, signature, publicKey);
}

function missingModule(): never {
  throw new QwvmError(
    "NO_SIGNATURE_MODULE",
    'The signature scheme "dilithium3" needs dilithium.wasm of this package.',
    {
      hint: 'Install the package whole, on a Node with WebAssembly; or choose signatureScheme: "ml-dsa-65".',
    },
  );
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
