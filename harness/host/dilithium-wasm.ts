// The signature schemes as a Wasm module, for speed: libcrux's ML-DSA (FIPS 204) and pqc_dilithium's Dilithium mode 3.
// It owns the module's life (loaded at the first use, in a few milliseconds, synchronously) and the copying of bytes;
// lengths are the caller's to check. The module's source and its build are in dilithium-wasm/.

import { InternalError } from "../core/errors.js";
import { isStackOverflow } from "../core/stack-overflow.js";

/** What the module exports; `reserve` gives the address where the other functions find their inputs, in a row. */
interface DilithiumExports {
  readonly memory: WebAssembly.Memory;
  reserve(sizeBytes: number): number;
  /** Public key, signature, message → 1 or 0. */
  verify_ml_dsa_44(messageLength: number): number;
  verify_ml_dsa_65(messageLength: number): number;
  verify_ml_dsa_87(messageLength: number): number;
  verify_dilithium3(messageLength: number): number;
  /** Seed → public key and secret key behind it. */
  create_dilithium3_keys(): void;
  /** Secret key, room for the signature, message → the signature in its room. */
  sign_dilithium3(messageLength: number): void;
}

/** A function of the module that verifies. */
export type VerifyExport = "verify_ml_dsa_44" | "verify_ml_dsa_65" | "verify_ml_dsa_87" | "verify_dilithium3";

const SEED = 32;
const DILITHIUM3 = { publicKey: 1952, secretKey: 4000, signature: 3293 } as const;

/** A Wasm memory never shrinks: an instance that was given more than this is dropped after the call. */
const KEPT_BYTES = 1 << 20;

/** The module, once it is needed. Where it cannot be had, every method answers `undefined`. */
export class DilithiumWasm {
  readonly #readModule: () => Uint8Array | undefined;
  #module: WebAssembly.Module | "none" | undefined;
  #instance: DilithiumExports | undefined;

  /** @param readModule gives the module's bytes, or `undefined`; asked once, at the first use */
  constructor(readModule: () => Uint8Array | undefined = readPublishedModule) {
    this.#readModule = readModule;
  }

  /** Whether the signature is the key's over the message. Key and signature have the scheme's lengths. */
  verify(name: VerifyExport, message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean | undefined {
    const inputs = [publicKey, signature, message];
    return this.#call(inputs, (exports) => exports[name](message.length) === 1);
  }

  /** Dilithium mode 3: the key pair (1,952 and 4,000 bytes) of a 32-byte seed. */
  createDilithium3Keys(seed: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array } | undefined {
    const { publicKey, secretKey } = DILITHIUM3;
    const inputs = [seed, new Uint8Array(publicKey + secretKey)];
    return this.#call(inputs, (exports, address) => {
      exports.create_dilithium3_keys();
      const keys = address + SEED;
      return {
        publicKey: copyOf(exports, keys, publicKey),
        secretKey: copyOf(exports, keys + publicKey, secretKey),
      };
    });
  }

  /** Dilithium mode 3: the deterministic signature, 3,293 bytes. */
  signDilithium3(message: Uint8Array, secretKey: Uint8Array): Uint8Array | undefined {
    const inputs = [secretKey, new Uint8Array(DILITHIUM3.signature), message];
    return this.#call(inputs, (exports, address) => {
      exports.sign_dilithium3(message.length);
      return copyOf(exports, address + DILITHIUM3.secretKey, DILITHIUM3.signature);
    });
  }

  /** Puts the inputs in a row into the module's memory and calls. */
  #call<T>(inputs: readonly Uint8Array[], work: (exports: DilithiumExports, address: number) => T): T | undefined {
    const exports = this.#load();
    if (exports === undefined) return undefined;
    let sizeBytes = 0;
    for (const bytes of inputs) sizeBytes += bytes.length;
    // A trap leaves the module's stack where it was: only an instance whose call returned is kept.
    this.#instance = undefined;
    let result: T;
    try {
      const address = exports.reserve(sizeBytes) >>> 0;
      const memory = new Uint8Array(exports.memory.buffer);
      let at = address;
      for (const bytes of inputs) {
        memory.set(bytes, at);
        at += bytes.length;
      }
      result = work(exports, address);
    } catch (cause) {
      if (isStackOverflow(cause)) throw cause;
      throw new InternalError("The signature module trapped.", { cause });
    }
    if (sizeBytes <= KEPT_BYTES) this.#instance = exports;
    return result;
  }

  #load(): DilithiumExports | undefined {
    if (this.#instance !== undefined) return this.#instance;
    this.#module ??= compile(this.#readModule);
    if (this.#module === "none") return undefined;
    try {
      return new WebAssembly.Instance(this.#module).exports as unknown as DilithiumExports;
    } catch (error) {
      if (isStackOverflow(error)) throw error;
      // No room for another memory in the address space just now.
      return undefined;
    }
  }
}

function copyOf(exports: DilithiumExports, address: number, length: number): Uint8Array {
  return new Uint8Array(exports.memory.buffer).slice(address, address + length);
}

function compile(readModule: () => Uint8Array | undefined): WebAssembly.Module | "none" {
  try {
    const bytes = readModule();
    return bytes === undefined ? "none" : new WebAssembly.Module(bytes);
  } catch (error) {
    if (isStackOverflow(error)) throw error;
    return "none";
  }
}

/** The file beside this one, in the published package as in the repository; `undefined` where there is no Node. */
function readPublishedModule(): Uint8Array | undefined {
  const fs = (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.("node:fs");
  return fs?.readFileSync(new URL("dilithium.wasm", import.meta.url));
}
