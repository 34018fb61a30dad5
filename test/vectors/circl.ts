// Reads the vectors that CIRCL made, and makes the changed inputs that they describe.

import { readFileSync } from "node:fs";
import { shake256 } from "@noble/hashes/sha3.js";
import type { SignatureScheme } from "../../harness/host/signatures.js";

/** What a verifier is given. */
export interface SignedParts {
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** An input and CIRCL's verdict on it. */
export interface Verdict extends SignedParts {
  readonly what: string;
  readonly valid: boolean;
}

/** A key pair's seed and what CIRCL made with it. */
export interface CirclVector extends SignedParts {
  readonly seed: Uint8Array;
  /** The signature as it is, and changed in every recorded way. */
  readonly verdicts: readonly Verdict[];
}

interface Entry {
  readonly scheme: SignatureScheme;
  readonly seed: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
  readonly valid: boolean;
  readonly damages: readonly { part: keyof SignedParts; byte: number; bit: number; valid: boolean }[];
  readonly resizes: readonly { part: keyof SignedParts; length: number; valid: boolean }[];
  readonly edits: readonly { what: string; bytes: readonly number[]; valid: boolean }[];
  readonly otherKeyValid: boolean;
}

const read = <T>(file: string): T => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as T;

/** Base64 to bytes. */
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/** The vectors of a scheme. */
export function circlVectors(scheme: SignatureScheme): CirclVector[] {
  const entries = read<Entry[]>("circl-signatures.json").filter((entry) => entry.scheme === scheme);
  return entries.map((entry, index) => {
    const parts: SignedParts = {
      message: bytesOf(entry.message),
      signature: bytesOf(entry.signature),
      publicKey: bytesOf(entry.publicKey),
    };
    const next = entries[(index + 1) % entries.length] as Entry;
    return {
      ...parts,
      seed: bytesOf(entry.seed),
      verdicts: [
        { ...parts, what: "as signed", valid: entry.valid },
        { ...parts, publicKey: bytesOf(next.publicKey), what: "another's key", valid: entry.otherKeyValid },
        ...entry.damages.map(({ part, byte, bit, valid }) => {
          const changed = parts[part].slice();
          changed[byte] = (changed[byte] as number) ^ (1 << bit);
          return { ...parts, [part]: changed, what: `${part}, byte ${byte}, bit ${bit}`, valid };
        }),
        ...entry.resizes.map(({ part, length, valid }) => {
          const changed = new Uint8Array(length);
          changed.set(parts[part].subarray(0, length));
          return { ...parts, [part]: changed, what: `${part} of ${length} bytes`, valid };
        }),
        ...entry.edits.map(({ what, bytes, valid }) => {
          const signature = parts.signature.slice();
          for (let at = 0; at < bytes.length; at += 2) signature[bytes[at] as number] = bytes[at + 1] as number;
          return { ...parts, signature, what, valid };
        }),
      ],
    };
  });
}

/** A key and a signature as hashes. */
export interface CirclDigest {
  readonly scheme: SignatureScheme;
  readonly index: number;
  readonly length: number;
  readonly publicKeySha3: string;
  readonly signatureSha3: string;
}

export const circlDigests = (scheme: SignatureScheme): CirclDigest[] =>
  read<CirclDigest[]>("circl-digests.json").filter((digest) => digest.scheme === scheme);

/** CIRCL's verdict on a signature of one of our accounts. */
export interface CirclAccountVerdict {
  readonly scheme: SignatureScheme;
  readonly label: string;
  readonly message: string;
  readonly publicKeySha3: string;
  readonly signatureSha3: string;
  readonly valid: boolean;
  readonly validForAnotherMessage: boolean;
}

export const circlAccountVerdicts = (scheme: SignatureScheme): CirclAccountVerdict[] =>
  read<CirclAccountVerdict[]>("circl-verdicts.json").filter((verdict) => verdict.scheme === scheme);

/** The stream that seeds and messages of the digests come from: SHAKE256 of a label and a number, 8 bytes. */
export function noise(label: string, index: number, length: number): Uint8Array {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(index), true);
  return shake256(new Uint8Array([...new TextEncoder().encode(label), ...number]), { dkLen: length });
}
