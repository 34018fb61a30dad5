// The SDK's own errors: codes 0 to 255 of revert data. sdk-as/errors.ts has the same numbers; a test holds them together.

import type { AbiErrorEntry } from "./abi.js";

/** Revert data starts with a u32 code, little-endian. Code 0 carries a text, the others the fields listed here. */
export const BUILTIN_ERRORS: readonly (AbiErrorEntry & { readonly text: string })[] = [
  { code: 0, name: "Message", fields: [{ name: "message", type: "string" }], text: "" },
  { code: 1, name: "UnknownMethod", fields: [], text: "the contract has no method of that name" },
  { code: 2, name: "BadArguments", fields: [], text: "the arguments' bytes do not fit the method's parameters" },
  { code: 3, name: "NotPayable", fields: [], text: "value was sent to a method that is not @payable" },
  { code: 4, name: "Overflow", fields: [], text: "a number left the range of its type" },
  { code: 5, name: "DivisionByZero", fields: [], text: "division by zero" },
  { code: 6, name: "BadStoredData", fields: [], text: "stored bytes do not fit the type of their field" },
  { code: 7, name: "TransferFailed", fields: [], text: "the contract's balance is too low for the transfer" },
  { code: 8, name: "NotUtf8", fields: [], text: "a string's bytes are not UTF-8" },
  { code: 9, name: "AlreadyInitialized", fields: [], text: "the contract has been initialized before" },
  { code: 10, name: "RequireFailed", fields: [], text: "a requirement without a message was not met" },
  { code: 11, name: "CallFailed", fields: [], text: "a called contract failed without saying why" },
  { code: 12, name: "OutOfRange", fields: [], text: "an index or a length is out of range" },
  { code: 13, name: "NullValue", fields: [], text: "a value that was required to be there is null" },
  {
    code: 14,
    name: "Unauthorized",
    fields: [{ name: "caller", type: "address" }],
    text: "the caller may not call this method",
  },
  { code: 15, name: "Paused", fields: [], text: "the contract is paused" },
  { code: 16, name: "NotPaused", fields: [], text: "the contract is not paused" },
  { code: 17, name: "Reentrant", fields: [], text: "a @nonReentrant method was called while another was running" },
  {
    code: 18,
    name: "BadSignature",
    fields: [],
    text: "the signature does not fit the arguments, the nonce and the key",
  },
  {
    code: 19,
    name: "BadNonce",
    fields: [{ name: "expected", type: "u64" }],
    text: "the nonce is not the next one of the signer",
  },
  {
    code: 20,
    name: "WriteInQuery",
    fields: [],
    text: "a @query would have changed state, emitted an event or paid value",
  },
];
