// CIRCL's signatures and its verdicts on damaged ones, asked of the library that verifies for `qw_dilithium_verify`.

import { readFileSync } from "node:fs";
import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import { describe, expect, test } from "vitest";

interface Vector {
  readonly scheme: string;
  readonly seed: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
  readonly valid: boolean;
  readonly damages: readonly {
    readonly part: "message" | "signature" | "publicKey";
    readonly byte: number;
    readonly bit: number;
    readonly valid: boolean;
  }[];
}

const vectors = JSON.parse(readFileSync(new URL("circl-signatures.json", import.meta.url), "utf8")) as Vector[];
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

describe.each([
  ["ml-dsa-44", ml_dsa44],
  ["ml-dsa-65", ml_dsa65],
  ["ml-dsa-87", ml_dsa87],
] as const)("%s", (name, scheme) => {
  const own = vectors.filter((vector) => vector.scheme === name);

  test("the same seed gives the same public key", () => {
    expect(own.length).toBeGreaterThan(0);
    for (const { seed, publicKey } of own) expect(scheme.keygen(bytesOf(seed)).publicKey).toEqual(bytesOf(publicKey));
  });

  test("valid signatures are accepted, damaged ones refused", () => {
    for (const vector of own) {
      const parts = {
        message: bytesOf(vector.message),
        signature: bytesOf(vector.signature),
        publicKey: bytesOf(vector.publicKey),
      };
      expect(scheme.verify(parts.signature, parts.message, parts.publicKey)).toBe(vector.valid);
      for (const { part, byte, bit, valid } of vector.damages) {
        const damaged = parts[part].slice();
        damaged[byte] = (damaged[byte] as number) ^ (1 << bit);
        const { signature, message, publicKey } = { ...parts, [part]: damaged } as typeof parts;
        expect(scheme.verify(signature, message, publicKey), `${part}, byte ${byte}, bit ${bit}`).toBe(valid);
      }
    }
  });
});
