// The two implementations against each other on inputs that nobody chose, and the Wasm module's life: wrong lengths,
// long messages, traps, and places without it.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signingAccount } from "../../harness/chain/accounts.js";
import { DilithiumWasm, type VerifyExport } from "../../harness/host/dilithium-wasm.js";
import { type SignatureScheme, Signatures, schemeSizes } from "../../harness/host/signatures.js";
import { assemble } from "../fixtures/wat.js";
import { type CirclVector, circlVectors } from "../vectors/circl.js";

const SCHEMES: readonly [SignatureScheme, VerifyExport][] = [
  ["ml-dsa-44", "verify_ml_dsa_44"],
  ["ml-dsa-65", "verify_ml_dsa_65"],
  ["ml-dsa-87", "verify_ml_dsa_87"],
  ["dilithium3", "verify_dilithium3"],
];
const withModule = new Signatures();
const withoutModule = new Signatures(new DilithiumWasm(() => undefined));
const vectorOf = (scheme: SignatureScheme): CirclVector => circlVectors(scheme)[3] as CirclVector;

describe.each(SCHEMES)("%s", (scheme, verifyExport) => {
  const { message, signature, publicKey } = vectorOf(scheme);
  const { signature: signatureLength, publicKey: keyLength } = schemeSizes(scheme);

  /** Bytes overwritten: each value differs from what was there. */
  const changes = (bytes: Uint8Array) =>
    fc
      .array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 })
      .map((list) => {
        const changed = bytes.slice();
        for (const [at, difference] of new Map(list)) changed[at] = (changed[at] as number) ^ difference;
        return changed;
      });
  const sometimes = (bytes: Uint8Array) => fc.oneof({ weight: 2, arbitrary: fc.constant(bytes) }, changes(bytes));
  const anyLength = (bytes: Uint8Array) =>
    fc.oneof(
      { weight: 8, arbitrary: sometimes(bytes) },
      fc.nat(bytes.length).map((length) => bytes.slice(0, length)),
      fc.uint8Array({ maxLength: 64 }).map((more) => new Uint8Array([...bytes, ...more])),
      fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length }),
      fc.constant(new Uint8Array(bytes.length)),
      fc.constant(new Uint8Array(bytes.length).fill(255)),
    );

  test("the implementations agree, and only what was signed is valid", () => {
    const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
    fc.assert(
      fc.property(anyLength(message), anyLength(signature), anyLength(publicKey), (text, signed, key) => {
        const untouched = same(text, message) && same(signed, signature) && same(key, publicKey);
        expect(withModule.isValid(scheme, text, signed, key)).toBe(untouched);
        if (scheme !== "dilithium3") expect(withoutModule.isValid(scheme, text, signed, key)).toBe(untouched);
      }),
      { numRuns: 250 },
    );
  });

  test("what one signs, both verify", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 400 }), (seed, text) => {
        const keys = withModule.createKeyPair(scheme, seed);
        const signed = withModule.sign(scheme, text, keys.secretKey);
        expect([signed.length, keys.publicKey.length]).toEqual([signatureLength, keyLength]);
        expect(withModule.isValid(scheme, text, signed, keys.publicKey)).toBe(true);
        expect(withModule.isValid(scheme, new Uint8Array([...text, 0]), signed, keys.publicKey)).toBe(false);
        if (scheme === "dilithium3") return;
        expect(withoutModule.isValid(scheme, text, signed, keys.publicKey)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  test("a wrong length is not valid, and the next verification works", () => {
    const resized = (bytes: Uint8Array, length: number): Uint8Array => {
      const changed = new Uint8Array(length);
      changed.set(bytes.subarray(0, length));
      return changed;
    };
    for (const signatures of scheme === "dilithium3" ? [withModule] : [withModule, withoutModule]) {
      for (const length of [0, 1, signatureLength - 1, signatureLength + 1, 1 << 22]) {
        expect(signatures.isValid(scheme, message, resized(signature, length), publicKey)).toBe(false);
        expect(signatures.isValid(scheme, message, signature, publicKey)).toBe(true);
      }
      for (const length of [0, 1, keyLength - 1, keyLength + 1, 1 << 22]) {
        expect(signatures.isValid(scheme, message, signature, resized(publicKey, length))).toBe(false);
        expect(signatures.isValid(scheme, message, signature, publicKey)).toBe(true);
      }
    }
  });

  test("messages of every size: empty, around the hash's block, and 3 MB", () => {
    const keys = withModule.createKeyPair(scheme, new Uint8Array(32).fill(5));
    for (const length of [0, 1, 69, 70, 71, 72, 103, 104, 105, 135, 136, 137, 4096, 3_000_000]) {
      const text = new Uint8Array(length).fill(length);
      const signed = withModule.sign(scheme, text, keys.secretKey);
      expect(withModule.isValid(scheme, text, signed, keys.publicKey), `${length} bytes`).toBe(true);
      if (scheme === "dilithium3" || length > 100_000) continue;
      expect(withoutModule.isValid(scheme, text, signed, keys.publicKey), `${length} bytes`).toBe(true);
    }
  });

  test("the Wasm module does verify: no fallback hides it", () => {
    expect(new DilithiumWasm().verify(verifyExport, message, signature, publicKey)).toBe(true);
    expect(new DilithiumWasm(() => undefined).verify(verifyExport, message, signature, publicKey)).toBeUndefined();
  });

  test("an account's keys are made once, and are the same when they were forgotten", () => {
    const account = signingAccount("alice", scheme);
    expect(signingAccount("alice", scheme)).toBe(account);
    for (let index = 0; index < 2_000; index++) signingAccount(`passer-by ${index}`, "dilithium3");
    const again = signingAccount("alice", scheme);
    expect(again).not.toBe(account);
    expect([again.publicKey, again.address]).toEqual([account.publicKey, account.address]);
    expect(again.sign(message)).toEqual(account.sign(message));
  });
});

describe("the Wasm module", () => {
  const { message, signature, publicKey } = vectorOf("ml-dsa-65");

  test("imports nothing", () => {
    const module = new WebAssembly.Module(readFileSync(new URL("../../harness/host/dilithium.wasm", import.meta.url)));
    expect(WebAssembly.Module.imports(module)).toEqual([]);
  });

  test("is read at the first use, and once", () => {
    let reads = 0;
    const signatures = new Signatures(
      new DilithiumWasm(() => {
        reads += 1;
        return undefined;
      }),
    );
    const account = signatures.createKeyPair("ml-dsa-65", new Uint8Array(32));
    signatures.isValid("ml-dsa-65", message, signature.subarray(1), account.publicKey);
    expect(reads).toBe(0);
    signatures.isValid("ml-dsa-65", message, signature, publicKey);
    signatures.isValid("ml-dsa-65", message, signature, publicKey);
    expect(reads).toBe(1);
  });

  test.each<[string, () => Uint8Array | undefined]>([
    ["there is none", () => undefined],
    ["it cannot be read", () => readFileSync("/no/such/file")],
    ["it is damaged", () => new Uint8Array([0, 97, 115, 109, 9])],
  ])("when %s, noble verifies, and dilithium3 says what is missing", (_, readModule) => {
    const signatures = new Signatures(new DilithiumWasm(readModule));
    expect(signatures.isValid("ml-dsa-65", message, signature, publicKey)).toBe(true);
    expect(signatures.isValid("ml-dsa-65", message.subarray(1), signature, publicKey)).toBe(false);
    const old = vectorOf("dilithium3");
    const missing = expect.objectContaining({ code: "NO_SIGNATURE_MODULE" });
    expect(() => signatures.isValid("dilithium3", old.message, old.signature, old.publicKey)).toThrow(missing);
    expect(() => signatures.createKeyPair("dilithium3", old.seed)).toThrow(missing);
    expect(() => signatures.sign("dilithium3", message, new Uint8Array(4_000))).toThrow(missing);
    expect(signatures.isValid("dilithium3", old.message, old.signature.subarray(1), old.publicKey)).toBe(false);
  });

  test("a trap says that it is our bug, and its instance is not used again", () => {
    // Traps at an instance's first call and would answer 1 at the second.
    const trapping = assemble(`(module (memory (export "memory") 1) (global $called (mut i32) (i32.const 0))
      (func (export "reserve") (param i32) (result i32) i32.const 0)
      (func (export "verify_ml_dsa_65") (param i32) (result i32)
        global.get $called if i32.const 1 return end i32.const 1 global.set $called unreachable))`);
    const signatures = new Signatures(new DilithiumWasm(() => trapping));
    for (let time = 0; time < 2; time++) {
      expect(() => signatures.isValid("ml-dsa-65", message, signature, publicKey)).toThrow(/signature module trapped/);
    }
  });
});
