// CIRCL's keys, signatures and verdicts, asked of every implementation in use: the Wasm module, and noble where there is
// no module. CIRCL is the chain's library.

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { DilithiumWasm } from "../../harness/host/dilithium-wasm.js";
import { Signatures, type SignatureScheme } from "../../harness/host/signatures.js";
import { bytesOf, circlAccountVerdicts, circlDigests, circlVectors, noise } from "./circl.js";

const SCHEMES: readonly SignatureScheme[] = ["ml-dsa-44", "ml-dsa-65", "ml-dsa-87", "dilithium3"];
const withModule = new Signatures();
const withoutModule = new Signatures(new DilithiumWasm(() => undefined));
const sha3 = (bytes: Uint8Array): string => createHash("sha3-256").update(bytes).digest("hex");

describe.each(SCHEMES)("%s", (scheme) => {
  const vectors = circlVectors(scheme);

  test("the same seed gives the same keys, and the same message the same signature", () => {
    expect(vectors).toHaveLength(6);
    for (const { seed, publicKey, message, signature } of vectors) {
      const keys = withModule.createKeyPair(scheme, seed);
      expect(keys.publicKey).toEqual(publicKey);
      expect(withModule.sign(scheme, message, keys.secretKey)).toEqual(signature);
    }
    for (const { index, length, publicKeySha3, signatureSha3 } of circlDigests(scheme)) {
      const keys = withModule.createKeyPair(scheme, noise(`${scheme} key`, index, 32));
      const message = noise(`${scheme} text`, index, length);
      const signature = withModule.sign(scheme, message, keys.secretKey);
      expect([sha3(keys.publicKey), sha3(signature)], `number ${index}`).toEqual([publicKeySha3, signatureSha3]);
      expect(withModule.isValid(scheme, message, signature, keys.publicKey), `number ${index}`).toBe(true);
    }
  });

  test("CIRCL accepts what our accounts sign", () => {
    const verdicts = circlAccountVerdicts(scheme);
    expect(verdicts).toHaveLength(20);
    const chain = new Chain({ signatureScheme: scheme });
    for (const { label, message, publicKeySha3, signatureSha3, valid, validForAnotherMessage } of verdicts) {
      const account = chain.signingAccount(label);
      const ours = [sha3(account.publicKey), sha3(account.sign(bytesOf(message)))];
      expect(ours, `${label}, ${message}`).toEqual([publicKeySha3, signatureSha3]);
      expect([valid, validForAnotherMessage]).toEqual([true, false]);
    }
  });

  // noble has no round 3.1.
  test.each([
    ["the Wasm module", withModule],
    ...(scheme === "dilithium3" ? [] : ([["noble", withoutModule]] as const)),
  ] as const)("%s agrees with CIRCL on valid and damaged inputs", (_, signatures) => {
    for (const { verdicts } of vectors) {
      expect(verdicts.length).toBeGreaterThan(65);
      for (const { what, message, signature, publicKey, valid } of verdicts) {
        expect(signatures.isValid(scheme, message, signature, publicKey), what).toBe(valid);
      }
    }
  });
});
