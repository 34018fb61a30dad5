// Another contract, by its address: what every `@interface` class extends. The compiler writes the methods' bodies.

import { closeReader, openReader, read, setFailure, zero } from "./codec/reader";
import { qw_call_contract, qw_revert } from "./env";
import { Failure, fail } from "./errors";
import { EXTENSIONS } from "./settings";
import { flushState, forgetState } from "./storage/state";
import type { Address } from "./types/address";
import { Bytes } from "./types/bytes";

/** Room for a result; a longer one ends the call with CallFailed. */
export const RESULT_ROOM: usize = 0x10000;

/** A contract that is called through an interface. */
export class Remote {
  /** Whether the last call failed; everything that it did is undone. Only of one made by `catching()`. */
  failed: bool = false;
  /** What the last call reverted with. */
  failure: Bytes = Bytes.empty;
  private at: usize = 0;
  private length: usize = 0;

  constructor(
    /** Where the contract is. */
    readonly address: Address,
    private readonly catches: bool,
  ) {}

  /** Calls a method; the answer is kept for `answerOf`. Unless failures are caught, this call reverts with the same data. */
  __call(methodAt: usize, methodLength: usize, argsAt: usize, argsLength: usize): void {
    const at = __alloc(RESULT_ROOM);
    const length = callByBytes(this.address, methodAt, methodLength, argsAt, argsLength, at);
    this.failed = length < 0;
    const size = <usize>(length < 0 ? -1 - length : length);
    if (size > RESULT_ROOM) fail(Failure.CallFailed);
    __shrink(at + size);
    if (length < 0) {
      if (!this.catches) revertWith(at, size);
      this.failure = Bytes.view(at, size);
    }
    this.at = at;
    this.length = size;
  }

  /** Opens the answer for reading. */
  __open(): void {
    openReader(this.at, this.length);
  }
}

/** The answer of the last call; the zero value if it failed. Bytes that are no such value end the call with CallFailed. */
export function answerOf<T>(remote: Remote): T {
  if (remote.failed) return zero<T>();
  remote.__open();
  setFailure(Failure.CallFailed);
  const value = read<T>();
  closeReader();
  setFailure(Failure.BadArguments);
  return value;
}

/** Calls another contract: changed fields are written before, and read anew after. The answer is as the host gives it. */
export function callByBytes(
  contract: Address,
  methodAt: usize,
  methodLength: usize,
  argsAt: usize,
  argsLength: usize,
  at: usize,
): i32 {
  flushState();
  const answer = qw_call_contract(
    changetype<usize>(contract),
    methodAt,
    methodLength,
    argsAt,
    argsLength,
    at,
    RESULT_ROOM,
  );
  forgetState();
  return answer;
}

/** Ends the call with what another contract reverted with. */
export function revertWith(at: usize, length: usize): void {
  if (EXTENSIONS) {
    if (length > 0) qw_revert(at, length);
  }
  fail(Failure.CallFailed);
}
