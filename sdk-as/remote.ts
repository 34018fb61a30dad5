// Another contract, by its address: what every `@interface` class extends. The compiler writes the methods' bodies.

import { checkEnums, closeReader, endNotes, noteMisfits, openReader, read, setFailure, zero } from "./codec/reader";
import { qw_call_contract, qw_revert } from "./env";
import { Failure, fail } from "./errors";
import { EXTENSIONS } from "./settings";
import { flushState, forgetState } from "./storage/state";
import type { Address } from "./types/address";
import { Bytes } from "./types/bytes";

/** Room for what another contract answers or reverts with. */
const ROOM: usize = 0x10000;

/** Where the last answer or revert data lie, and how many bytes of them there are. */
export let answerAt: usize = 0;
export let answerLength: usize = 0;

/** Set where there are calls whose failures are caught; where there are none, what is for them is left out. */
let catching: bool = false;

/** A contract that is called through an interface. */
export class Remote {
  /**
   * Whether the last call failed: the other contract failed and everything that it did is undone, or what it answered is
   * no such value or more than 64 KiB. Only of one made by `catching()`.
   */
  failed: bool = false;
  /** What the last call reverted with, its first 64 KiB; nothing after an answer that could not be read. */
  failure: Bytes = Bytes.empty;

  constructor(
    /** Where the contract is. */
    readonly address: Address,
    private readonly catches: bool,
  ) {}

  /** Calls a method; `answerOf` reads the answer. Unless failures are caught, this call reverts with the same data. */
  __call(methodAt: usize, methodLength: usize, argsAt: usize, argsLength: usize): void {
    const outcome = callByBytes(this.address, methodAt, methodLength, argsAt, argsLength);
    this.failed = outcome != Outcome.Answered;
    this.failure = Bytes.empty;
    if (outcome == Outcome.Answered) return;
    if (!this.catches) revertWith(answerAt, answerLength);
    this.failure = Bytes.view(answerAt, answerLength);
  }

  /** Begins reading the answer. */
  __open(): void {
    openReader(answerAt, answerLength);
    setFailure(Failure.CallFailed);
    if (catching && this.catches) noteMisfits();
  }

  /** Ends reading the answer; false if it was no such value. */
  __close(): bool {
    closeReader();
    setFailure(Failure.BadArguments);
    if (catching) this.failed = endNotes();
    return !this.failed;
  }
}

/** What `catching()` gives: the same contract, whose failures are caught. */
export function caught<T extends Remote>(remote: T): T {
  catching = true;
  return remote;
}

/** The answer of the last call, or the zero value if it failed. Bytes that are no such value count as a failure. */
export function answerOf<T>(remote: Remote): T {
  if (remote.failed) return zero<T>();
  remote.__open();
  const value = read<T>();
  return remote.__close() ? value : zero<T>();
}

/** As `answerOf`, for a type that contains enums. */
export function enumAnswerOf<T>(remote: Remote, members: u32): T {
  if (remote.failed) return zero<T>();
  remote.__open();
  const value = checkEnums<T>(read<T>(), members);
  return remote.__close() ? value : zero<T>();
}

/** How a call of another contract ended. */
export enum Outcome {
  Answered,
  /** What it reverted with is as the answer. */
  Failed,
  /** It succeeded, but its answer is longer than there is room for: there is none. */
  TooLong,
}

/**
 * Calls another contract: changed fields are written before, and read anew after. The answer is at `answerAt`, of revert
 * data the first 64 KiB.
 */
export function callByBytes(
  contract: Address,
  methodAt: usize,
  methodLength: usize,
  argsAt: usize,
  argsLength: usize,
): Outcome {
  flushState();
  // Between taking the room and giving its end back nothing else takes memory.
  const at = __alloc(ROOM);
  const result = qw_call_contract(changetype<usize>(contract), methodAt, methodLength, argsAt, argsLength, at, ROOM);
  const length = <usize>(result < 0 ? -1 - result : result);
  answerAt = at;
  answerLength = min(length, ROOM);
  __keep(at, ROOM, answerLength);
  forgetState();
  if (result < 0) return Outcome.Failed;
  if (length <= ROOM) return Outcome.Answered;
  answerLength = 0;
  return Outcome.TooLong;
}

/** Ends the call with what another contract reverted with. */
export function revertWith(at: usize, length: usize): void {
  if (EXTENSIONS) {
    if (length > 0) qw_revert(at, length);
  }
  fail(Failure.CallFailed);
}
