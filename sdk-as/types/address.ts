// An address, 20 bytes. Values never change once made.

import { Bytes } from "./bytes";
import { fromHex, toHex } from "./hex";
import { isSame } from "./same";

const SIZE: usize = 20;

/** An address: 20 bytes. */
@unmanaged
export class Address {
  readonly word0: u64 = 0;
  readonly word1: u64 = 0;
  readonly word2: u32 = 0;

  /** 20 zero bytes. */
  static get zero(): Address {
    return changetype<Address>(memory.data(SIZE));
  }

  /** Exactly 20 bytes, or the call ends with OutOfRange. */
  static from(bytes: Bytes): Address {
    return changetype<Address>(bytes.take(SIZE));
  }

  /** Reads 0x and hex digits, or ends the call with OutOfRange. */
  static parse(text: string): Address {
    return changetype<Address>(fromHex(text, SIZE));
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
  static equals(a: Address | null, b: Address | null): bool {
    return isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }

  @operator("!=")
  static differs(a: Address | null, b: Address | null): bool {
    return !isSame(changetype<usize>(a), changetype<usize>(b), SIZE);
  }
}
