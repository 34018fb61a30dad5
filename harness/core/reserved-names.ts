// Names that typed clients have for themselves. The compiler refuses methods of these names, and so does the client, for
// interfaces written by hand.

/** No method of a contract can have one of these names. */
export const RESERVED_NAMES: readonly string[] = [
  "as",
  "with",
  "receipt",
  "address",
  "balance",
  "storage",
  "metadata",
  "events",
  "vm",
  "definition",
  "then",
  "constructor",
  "toString",
  "toJSON",
];
