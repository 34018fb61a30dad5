// How a call of the model fails, and the SDK's numbers for it (as documented for clients: codes of revert data).

import { createHash } from "node:crypto";
import { decode, littleEndian } from "./borsh.js";
import type { Type, Value } from "./types.js";

/** The call reverts with these bytes (hex digits), or traps. */
export class ModelFailure extends Error {
  readonly data: string | "trap";

  constructor(data: string | "trap") {
    super(data);
    this.data = data;
  }
}

/** The model met what the generator should not have made: a fault of the fuzzer. */
export class ModelError extends Error {}

export const CODES = {
  UnknownMethod: 1,
  BadArguments: 2,
  NotPayable: 3,
  Overflow: 4,
  DivisionByZero: 5,
  BadStoredData: 6,
  TransferFailed: 7,
  NotUtf8: 8,
  RequireFailed: 10,
  CallFailed: 11,
  OutOfRange: 12,
  NullValue: 13,
  Unauthorized: 14,
  Paused: 15,
  NotPaused: 16,
  Reentrant: 17,
  BadSignature: 18,
  BadNonce: 19,
  WriteInQuery: 20,
} as const;

export function fail(name: keyof typeof CODES, fields = ""): never {
  throw new ModelFailure(littleEndian(BigInt(CODES[name]), 4) + fields);
}

/** An index out of range of an array, an assertion: the machine's trap. */
export function trap(): never {
  throw new ModelFailure("trap");
}

/** The four bytes of a typed error or of a text: the first of SHA3-256 of its name or itself. */
export function codeOf(text: string): string {
  return createHash("sha3-256").update(text, "utf8").digest("hex").slice(0, 8);
}

/** A stored value; null is one, too. Digits of something else end the call. */
export function decodeStored(type: Type, digits: string): Value {
  const value = decode(type, digits);
  return value === undefined ? fail("BadStoredData") : value;
}
