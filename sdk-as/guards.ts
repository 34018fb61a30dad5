// What guards do in the generated code: who calls, and the lock of `@nonReentrant`.
// The lock lies in storage under `%lock`, which no field's name can be, because every call has a memory of its own.

import { context } from "./context";
import { qw_storage_read } from "./env";
import { Failure, fail, failWith } from "./errors";
import { writeStorage } from "./read-only";
import type { Address } from "./types/address";

/** `%lock` */
const LOCK_LENGTH: usize = 5;

function lockKey(): usize {
  return memory.data<u8>([37, 108, 111, 99, 107]);
}

export function caller(): Address {
  return context.caller;
}

/** Ends the call with Unauthorized and the caller. */
export function unauthorized(): void {
  failWith(Failure.Unauthorized, changetype<usize>(context.caller), 20);
}

/** Takes the lock, or ends the call with Reentrant. One storage read, one write. */
export function enter(): void {
  if (qw_storage_read(lockKey(), LOCK_LENGTH, 0, 0) != 0) fail(Failure.Reentrant);
  writeStorage(lockKey(), LOCK_LENGTH, lockKey(), 1);
}

/** Gives the lock back. One storage write of no bytes. */
export function leave(): void {
  writeStorage(lockKey(), LOCK_LENGTH, 0, 0);
}
