// What the generated code around a contract uses, and no contract does.

import { expectLength } from "./codec/reader";
import { encodedLength, write } from "./codec/writer";
import { qw_get_value } from "./env";
import { Failure, fail } from "./errors";
import { WATCHES_QUERIES } from "./read-only";
import { SCRATCH } from "./scratch";
import { EXTENSIONS } from "./settings";
import { flushState } from "./storage/state";

export { smallClz } from "./bits";
export { checkedAdd, literal } from "./checked";
export {
  boolAt,
  checkEnums,
  closeReader,
  enumAt,
  expectLength,
  expectNothing,
  minLength,
  openReader,
  read,
  readEnum,
  readerAt,
  zero,
} from "./codec/reader";
export { refreshed } from "./codec/refresh";
export { encodedLength, write } from "./codec/writer";
export { Failure, fail, requireTrue, revert } from "./errors";
export { caller, enter, leave, unauthorized } from "./guards";
export { startQuery } from "./read-only";
export { answerOf, caught, enumAnswerOf, Remote } from "./remote";
export { addressOf, checkSigned, checkSignedBy } from "./signed";
export { flushState } from "./storage/state";
export { Address } from "./types/address";
export { Bytes } from "./types/bytes";
export { Hash } from "./types/hash";
export { i128 } from "./types/i128";
export { i256 } from "./types/i256";
export { u128 } from "./types/u128";
export { u256 } from "./types/u256";

/** An integer as an enum's byte, or the call ends with OutOfRange. */
export function toEnum<T>(value: T, members: u32): u8 {
  if (<u64>value >= members) fail(Failure.OutOfRange);
  return <u8>value;
}

/** Ends the call if value was sent with it. Builds without extensions cannot know. */
export function refuseValue(): void {
  if (EXTENSIONS) {
    qw_get_value(SCRATCH);
    const any = load<u64>(SCRATCH) | load<u64>(SCRATCH, 8) | load<u64>(SCRATCH, 16) | load<u64>(SCRATCH, 24);
    if (any == 0) return;
    fail(Failure.NotPayable);
  }
}

/** Ends the call if value was sent with it, or there are not exactly as many bytes of arguments. */
export function expectNoValue(length: usize, expected: usize): void {
  expectLength(length, expected);
  refuseValue();
}

/** Ends a query: an array or a struct of the state that it has changed in place ends the call with WriteInQuery. */
export function endQuery(): void {
  if (WATCHES_QUERIES) flushState();
}

/** The encoded value as a method's result: its address in the upper half, its length in the lower. */
export function result<T>(value: T): i64 {
  // A fixed-size value's memory is its encoding.
  if (isReference<T>() && !isManaged<T>() && !isNullable<T>()) {
    return ((<i64>changetype<usize>(value)) << 32) | offsetof<T>();
  }
  if (isInteger<T>()) {
    store<T>(SCRATCH, value);
    return ((<i64>SCRATCH) << 32) | sizeof<T>();
  }
  const length = encodedLength<T>(value);
  const at = __alloc(length);
  write<T>(at, value);
  return ((<i64>at) << 32) | length;
}
