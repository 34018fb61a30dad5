// The number of a chain, which signed messages contain so that a signature for one chain is worth nothing on another.
// The overview has none: this project's extension `qw_get_chain_id` gives it to contracts.

import { QwvmError } from "./errors.js";
import { printableLiteral } from "./printable.js";

/** The chain of tests and of everything that does not say its own, as Hardhat's and Anvil's. */
export const DEFAULT_CHAIN_ID = 31_337n;

const LARGEST = (1n << 64n) - 1n;

/**
 * A chain id as a bigint.
 * @throws QwvmError `BAD_CHAIN_ID` unless it is a bigint, or an exact whole number, from 0 to 2^64 - 1
 */
export function checkChainId(value: unknown): bigint {
  const isExact = typeof value === "bigint" || Number.isSafeInteger(value);
  const id = isExact ? BigInt(value as bigint | number) : -1n;
  if (id >= 0n && id <= LARGEST) return id;
  const shown =
    typeof value === "string" ? printableLiteral(value) : typeof value === "bigint" ? `${value}n` : String(value);
  throw new QwvmError("BAD_CHAIN_ID", `The chain id is ${shown}.`, {
    hint: "It is a u64: a bigint from 0n to 2n ** 64n - 1n, or a whole number up to 2 ** 53 - 1.",
  });
}
