// A hash, 32 bytes. Values never change once made.

import { Bytes } from "./bytes";
import { fromHex, toHex } from "./hex";
import { isSame } from "./same";

const SIZE: usize = 32;

/** A hash: 32 bytes. */
@unmanaged
export class Hash {
  readonly word0: u64 = 0;
  readonly word1: u64 = 0;
  readonly word2: u64 = 0;
  readonly word3: u64 = 0;

  /** 32 zero bytes. */
  static get zero(): Hash {
    return changetype<Hash>(memory.data(SIZE));
  }

  /** Exactly 32 bytes, or the call ends with OutOfRange. */
  static from(bytes: Bytes): Hash {
    return changetype<Hash>(bytes.take(SIZE));
  }

  /** Reads 0x and hex digits, or ends the call with OutOfRange. */
  static parse(text: string): Hash {
    return changetype<Hash>(fromHex(text, SIZE));
  }

  /** The bytes, not copied. */
  toBytes(): Bytes {
    return Bytes.view(changetype<usize>(this), SIZE);
  }

  /** 0x and lower-case hex digits. */
  toString(): string {
    return toHex(changetype<usize>(this), SIZE);
  }

  @operator("==")
  static equals(a: Hash | null, b: Hash | null): bool {
    return isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator("!=")
  static differs(a: Hash | null, b: Hash | null): bool {
    return !isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }
}
