// Balances, transfers and calls of other contracts. Before a transfer or call the contract's changed fields are written,
// and after a call they are read anew when used: the other contract may have called back.

import { checkEnums, closeReader, membersOf, openReader, read } from "./codec/reader";
import { encodeText, textLength } from "./codec/text";
import { encodedLength, write } from "./codec/writer";
import { qw_get_balance, qw_transfer } from "./env";
import { Failure, fail } from "./errors";
import { expectWritable } from "./read-only";
import { answerAt, answerLength, callByBytes, Outcome, revertWith } from "./remote";
import { flushState } from "./storage/state";
import type { Address } from "./types/address";
import { Bytes } from "./types/bytes";
import type { u256 } from "./types/u256";

/** The balance of an account or contract. 200 gas. */
export function balanceOf(account: Address): u256 {
  const at = __alloc(32);
  qw_get_balance(changetype<usize>(account), at);
  return changetype<u256>(at);
}

/** Pays from this contract's balance; false if it is too low. 21,000 gas. */
export function tryTransfer(to: Address, amount: u256): bool {
  expectWritable();
  flushState();
  return qw_transfer(changetype<usize>(to), changetype<usize>(amount)) != 0;
}

/** Pays from this contract's balance. Reverts with TransferFailed if it is too low. 21,000 gas. */
export function transfer(to: Address, amount: u256): void {
  if (!tryTransfer(to, amount)) fail(Failure.TransferFailed);
}

/** How a call of another contract ended. */
export class CallResult {
  /** Whether it succeeded, with an answer of 64 KiB at most. If the other contract failed, everything it did is undone. */
  success: bool = false;
  /** The encoded result, or the first 64 KiB of the revert data; nothing where the answer was too long. */
  data: Bytes = Bytes.empty;
}

/** Calls a method of another contract with encoded arguments. 100,000 gas and what the other spends. */
export function tryCallContract(contract: Address, method: string, args: Bytes): CallResult {
  const methodAt = __alloc(textLength(method));
  const methodLength = encodeText(method, methodAt) - methodAt;
  const outcome = callByBytes(contract, methodAt, methodLength, args.at, args.length);
  const result = new CallResult();
  result.success = outcome == Outcome.Answered;
  result.data = Bytes.view(answerAt, answerLength);
  return result;
}

/** Calls a method of another contract; if it fails, this call reverts with the same data. */
export function callContract(contract: Address, method: string, args: Bytes): Bytes {
  const result = tryCallContract(contract, method, args);
  if (!result.success) revertWith(result.data.at, result.data.length);
  return result.data;
}

/** A value in Borsh: an argument of `callContract`, or something to hash. Several values: `encode(a).concat(encode(b))`. */
export function encode<T>(value: T): Bytes {
  const length = encodedLength<T>(value);
  const at = __alloc(length);
  write<T>(at, value);
  return Bytes.view(at, length);
}

/** Reads one value from all of the bytes, or reverts with BadArguments. */
export function decode<T>(bytes: Bytes): T {
  openReader(bytes.at, bytes.length);
  const value = read<T>();
  if (membersOf<T>() != 0) checkEnums<T>(value, membersOf<T>());
  closeReader();
  return value;
}
