// A run of bytes of any length. Values never change once made; parts of one share its memory.

import { take, takeLength } from "../codec/reader";
import { decodeText, encodeText, textLength } from "../codec/text";
import { Failure, fail } from "../errors";
import { fromHex, toHex } from "./hex";

/** A run of bytes. */
export class Bytes {
  private start: usize = 0;
  private size: usize = 0;

  /** No bytes. */
  static get empty(): Bytes {
    return new Bytes();
  }

  /** The bytes at an address in memory, not copied. */
  static view(at: usize, length: usize): Bytes {
    const bytes = new Bytes();
    bytes.start = at;
    bytes.size = length;
    return bytes;
  }

  /** The UTF-8 bytes of a text. */
  static from(text: string): Bytes {
    const length = textLength(text);
    const at = __alloc(length);
    encodeText(text, at);
    return Bytes.view(at, length);
  }

  /** Reads 0x and hex digits, or ends the call with OutOfRange. */
  static parse(text: string): Bytes {
    const length = text.length < 2 ? 0 : <usize>(text.length - 2) >> 1;
    return Bytes.view(fromHex(text, length), length);
  }

  get length(): i32 {
    return <i32>this.size;
  }

  /** Where the bytes lie in memory. */
  get at(): usize {
    return this.start;
  }

  @operator("[]")
  get(index: i32): u8 {
    if (<usize>index >= this.size) fail(Failure.OutOfRange);
    return load<u8>(this.start + index);
  }

  /** The bytes from `start` up to `end`, to the last one where `end` is i32.MAX_VALUE; or the call ends with OutOfRange. */
  slice(start: i32, end: i32 = i32.MAX_VALUE): Bytes {
    const last = end == i32.MAX_VALUE ? <i32>this.size : end;
    if (<u32>start > <u32>last || <usize>last > this.size) fail(Failure.OutOfRange);
    return Bytes.view(this.start + start, last - start);
  }

  /** These bytes, then the others. */
  concat(other: Bytes): Bytes {
    const at = __alloc(this.size + other.size);
    memory.copy(at, this.start, this.size);
    memory.copy(at + this.size, other.start, other.size);
    return Bytes.view(at, this.size + other.size);
  }

  /** The address of the bytes if there are exactly `length`, or the call ends with OutOfRange. */
  take(length: usize): usize {
    if (this.size != length) fail(Failure.OutOfRange);
    return this.start;
  }

  /** The text whose UTF-8 these bytes are, or the call ends with NotUtf8. */
  toText(): string {
    return decodeText(this.start, this.size);
  }

  /** 0x and lower-case hex digits. */
  toString(): string {
    return toHex(this.start, this.size);
  }

  __length(): usize {
    return 4 + this.size;
  }

  __encode(at: usize): usize {
    store<u32>(at, this.size);
    memory.copy(at + 4, this.start, this.size);
    return at + 4 + this.size;
  }

  __decode(): void {
    const length = takeLength();
    this.start = take(length);
    this.size = length;
  }

  __minimum(): usize {
    return 4;
  }

  /** Tells asc's library, as it is patched, that the value is a run of `length` bytes at `at`: the hash in a Map or Set. */
  __runOfBytes(): void {}

  @operator("==")
  static equals(a: Bytes | null, b: Bytes | null): bool {
    if (changetype<usize>(a) == changetype<usize>(b)) return true;
    if (changetype<usize>(a) == 0 || changetype<usize>(b) == 0) return false;
    const left = changetype<Bytes>(a);
    const right = changetype<Bytes>(b);
    return left.size == right.size && memory.compare(left.start, right.start, left.size) == 0;
  }

  @operator("!=")
  static differs(a: Bytes | null, b: Bytes | null): bool {
    return !Bytes.equals(a, b);
  }
}
