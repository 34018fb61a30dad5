// How a contract fails: revert data is a code (u32, little-endian) and the error's fields in Borsh.
// Codes 0 to 255 are the SDK's own and listed here; a typed error's code comes from its name.

import { encodedLength, write } from "./codec/writer";
import { qw_revert } from "./env";
import { SCRATCH } from "./scratch";
import { EXTENSIONS } from "./settings";

/** The SDK's own codes. */
export namespace Failure {
  export const Message: u32 = 0;
  export const UnknownMethod: u32 = 1;
  export const BadArguments: u32 = 2;
  export const NotPayable: u32 = 3;
  export const Overflow: u32 = 4;
  export const DivisionByZero: u32 = 5;
  export const BadStoredData: u32 = 6;
  export const TransferFailed: u32 = 7;
  export const NotUtf8: u32 = 8;
  export const AlreadyInitialized: u32 = 9;
  export const RequireFailed: u32 = 10;
  export const CallFailed: u32 = 11;
  export const OutOfRange: u32 = 12;
  export const NullValue: u32 = 13;
  export const Unauthorized: u32 = 14;
  export const Paused: u32 = 15;
  export const NotPaused: u32 = 16;
  export const Reentrant: u32 = 17;
  export const BadSignature: u32 = 18;
  export const BadNonce: u32 = 19;
  export const WriteInQuery: u32 = 20;
}

/** Ends the call with one of the SDK's own errors that has no fields. */
export function fail(code: u32): void {
  if (EXTENSIONS) {
    store<u32>(SCRATCH, code);
    qw_revert(SCRATCH, 4);
  }
  unreachable();
}

/** Ends the call with one of the SDK's own errors and its fields: `size` bytes at `from`. */
export function failWith(code: u32, from: usize, size: usize): void {
  if (EXTENSIONS) {
    const at = __alloc(4 + size);
    store<u32>(at, code);
    memory.copy(at + 4, from, size);
    qw_revert(at, 4 + size);
  }
  unreachable();
}

/** Ends the call with a text or a typed error. Everything the call did is undone. */
export function revert<E>(error: E): void {
  if (EXTENSIONS) {
    if (isString<E>()) {
      const length = 4 + encodedLength<E>(error);
      const at = __alloc(length);
      write<E>(at + 4, error);
      qw_revert(at, length);
    } else if (isDefined(error.__code)) {
      const length = 4 + error.__length();
      const at = __alloc(length);
      store<u32>(at, error.__code());
      error.__encode(at + 4);
      qw_revert(at, length);
    } else {
      ERROR("require() and revert() take a text or an instance of an @error class.");
    }
  }
  unreachable();
}

/**
 * Ends the call with a text or a typed error unless the condition holds.
 * The compiler rewrites calls that stand as a statement, so that the error is only made when it is needed.
 */
export function require<E>(condition: bool, error: E): void {
  if (!condition) revert<E>(error);
}

/** Ends the call unless the condition holds, when no error was given. */
export function requireTrue(condition: bool): void {
  if (!condition) fail(Failure.RequireFailed);
}
