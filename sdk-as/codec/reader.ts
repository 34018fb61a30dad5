// Borsh, reading: one reader at a time, over the bytes it was opened on. Bytes that do not fit end the call, or are noted
// where the answer of another contract is read that must not end it; everything then reads as zero.
// Fixed-size values are not copied: an Address read from the arguments lies where the arguments lie.

import { Failure, fail } from "../errors";
import { decodeText, isText } from "./text";

let cursor: usize = 0;
let limit: usize = 0;
/** Failure.BadArguments, unless it is set: written as a number, so that no code runs before a call. */
let failure: u32 = 2;
/** Whether bytes that do not fit are noted. Where no code says so, asc and binaryen leave out what it is asked for. */
let notes: bool = false;
let misfit: bool = false;
/** In how many structs the reader is; counted where misfits are noted. */
let depth: u32 = 0;
/** Structs in structs beyond this are a misfit there: reading them could use up the stack. */
const DEEPEST: u32 = 64;

/** Starts reading. */
export function openReader(at: usize, length: usize): void {
  cursor = at;
  limit = at + length;
}

/** Sets the error for bytes that do not fit; it is BadArguments unless it is set. */
export function setFailure(code: u32): void {
  failure = code;
}

/** Ends reading: there must be no bytes left over. */
export function closeReader(): void {
  if (cursor != limit) reject();
}

/** From here on bytes that do not fit are noted. */
export function noteMisfits(): void {
  notes = true;
}

/** Whether bytes have not fitted since `noteMisfits`. From here on they end the call again. */
export function endNotes(): bool {
  const any = misfit;
  notes = false;
  misfit = false;
  return any;
}

/** What is done about bytes that do not fit. What is read after it is zero. */
function reject(): void {
  if (!notes) fail(failure);
  misfit = true;
  cursor = limit;
}

/** Takes the next bytes and gives their address. Not more than 32, or as many as `takeLength` gave. */
export function take(length: usize): usize {
  const at = cursor;
  if (length > limit - at) {
    reject();
    return __alloc(length);
  }
  cursor = at + length;
  return at;
}

/** Takes the length of what follows: not more than there are bytes. */
export function takeLength(): usize {
  const length = <usize>load<u32>(take(4));
  if (length <= limit - cursor) return length;
  reject();
  return 0;
}

/** A byte that must be 0 or 1. */
function takeFlag(): bool {
  return takeBelow(2) != 0;
}

/** A byte that must be below a number. */
function takeBelow(end: u32): u8 {
  const value = load<u8>(take(1));
  if (value < end) return value;
  reject();
  return 0;
}

/** Reads the next value. */
export function read<T>(): T {
  if (isNullable<T>()) {
    if (!takeFlag()) return changetype<T>(0);
    return changetype<T>(read<nonnull<T>>());
  }
  if (isBoolean<T>()) return <T>takeFlag();
  if (isInteger<T>()) return load<T>(take(sizeof<T>()));
  if (isString<T>()) {
    const length = takeLength();
    const at = take(length);
    if (notes && !isText(at, at + length)) {
      reject();
      return changetype<T>("");
    }
    return changetype<T>(decodeText(at, length));
  }
  if (isArray<T>()) {
    // Every element has at least one byte, so a count beyond what is left is not worth making room for.
    const count = takeLength();
    const array = instantiate<T>(<i32>count);
    for (let i: i32 = 0; i < <i32>count; i++) {
      const item = read<valueof<T>>();
      unchecked(array.__set(i, item));
    }
    return array;
  }
  if (isManaged<T>()) {
    const value = changetype<T>(__new(offsetof<T>(), idof<T>()));
    if (!notes) value.__decode();
    else if (depth == DEEPEST) reject();
    else {
      depth++;
      value.__decode();
      depth--;
    }
    return value;
  }
  if (isDefined(changetype<T>(0).__isPlace)) ERROR("A stored collection has no encoding: decode what is in it.");
  return changetype<T>(take(offsetof<T>()));
}

/** The fewest bytes a value of the type has; as many zero bytes are its zero value. */
export function minLength<T>(): usize {
  if (isNullable<T>()) return 1;
  if (isInteger<T>()) return sizeof<T>();
  if (isString<T>() || isArray<T>()) return 4;
  if (isManaged<T>()) return changetype<T>(0).__minimum();
  return offsetof<T>();
}

/** The type's zero value: what as many zero bytes as it has at least stand for. */
export function zero<T>(): T {
  const before = cursor;
  const end = limit;
  openReader(__alloc(minLength<T>()), minLength<T>());
  const value = read<T>();
  cursor = before;
  limit = end;
  return value;
}

/** Where the next value begins. */
export function readerAt(): usize {
  return cursor;
}

/** Reads an enum: a byte below the number of its members. */
export function readEnum(members: u32): u8 {
  return takeBelow(members);
}

/** The value, an enum, an array of enums or null, if each is one of the members. */
export function checkEnums<T>(value: T, members: u32): T {
  if (isInteger<T>()) {
    if (<u32>value >= members) reject();
  } else if (isNullable<T>()) {
    if (value !== null) checkEnums<NonNullable<T>>(value, members);
  } else {
    for (let i = 0; i < value.length; i++) checkEnums<valueof<T>>(value[i], members);
  }
  return value;
}

/** How many members the enum in the type has, 0 if there is none: the compiler puts the number in the place of the call. */
export function membersOf<_T>(): u32 {
  return 0;
}

/** Ends the call with BadArguments unless there are exactly as many bytes. */
export function expectLength(length: usize, expected: usize): void {
  if (length != expected) fail(Failure.BadArguments);
}

/** Ends the call with BadArguments if there are any bytes. */
export function expectNothing(length: usize): void {
  if (length != 0) fail(Failure.BadArguments);
}

/** A byte of the arguments that must be 0 or 1. */
export function boolAt(at: usize): bool {
  return enumAt(at, 2) != 0;
}

/** A byte of the arguments that must be below the number of an enum's members. */
export function enumAt(at: usize, members: u32): u8 {
  const value = load<u8>(at);
  if (value >= members) fail(Failure.BadArguments);
  return value;
}
