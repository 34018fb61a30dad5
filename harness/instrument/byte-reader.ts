// Reads a Wasm binary's bytes: LEB128 numbers, names, ranges. Knows nothing of sections or operators.
// Running past the end throws `BadBinary`, which validate.ts turns into the user's error.

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes do not form a module. `offset` is where that showed. Never leaves this room. */
export class BadBinary extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A position in a module's bytes that moves forward. */
export class ByteReader {
  readonly bytes: Uint8Array;
  offset: number;
  readonly end: number;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.bytes = bytes;
    this.offset = offset;
    this.end = end;
  }

  u8(): number {
    if (this.offset >= this.end) throw new BadBinary("it ends in the middle", this.offset);
    return this.bytes[this.offset++] as number;
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  u32(): number {
    const first = this.u8();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift <= 28; shift += 7) {
      const byte = this.u8();
      if (shift === 28 && byte > 0x0f) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new BadBinary("a number is longer than 32 bits", this.offset);
  }

  /** A signed LEB128 number of at most 33 bits, as block types are written. */
  s33(): number {
    return this.#signed(33);
  }

  /** A signed LEB128 number of at most 32 bits. */
  s32(): number {
    return this.#signed(32);
  }

  /** A signed LEB128 number of at most 64 bits, whose value is of no interest. */
  skipS64(): void {
    for (let i = 0; i < 10; i++) {
      const byte = this.u8();
      if (byte >= 0x80) continue;
      // Of the tenth byte one bit counts, and the others have to repeat it.
      if (i === 9 && byte !== 0x00 && byte !== 0x7f) break;
      return;
    }
    throw new BadBinary("a number is longer than 64 bits", this.offset);
  }

  #signed(bits: 32 | 33): number {
    const only = this.bytes[this.offset] as number;
    if (only < 0x80 && this.offset < this.end) {
      this.offset++;
      return (only & 0x40) === 0 ? only : only - 0x80;
    }
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte >= 0x80) continue;
      // Of the fifth byte some bits count, and those above the last of them have to repeat it.
      const sign = bits - 29;
      const rest = byte >> sign;
      if (shift === 28 && rest !== 0 && rest !== 0x7f >> sign) break;
      return (byte & 0x40) === 0 ? value : value - 2 ** (shift + 7);
    }
    throw new BadBinary(`a number is longer than ${bits} bits`, this.offset);
  }

  /** Skips a LEB128 number of any length up to ten bytes. */
  skipLeb(): void {
    for (let i = 0; i < 10; i++) {
      if (this.u8() < 0x80) return;
    }
    throw new BadBinary("a number is longer than 64 bits", this.offset);
  }

  skip(length: number): void {
    if (length > this.end - this.offset) throw new BadBinary("it ends in the middle", this.end);
    this.offset += length;
  }

  /** The bytes of a length-prefixed vector, not copied. */
  vector(): Uint8Array {
    const length = this.u32();
    const start = this.offset;
    this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  name(): string {
    const start = this.offset;
    try {
      return UTF8.decode(this.vector());
    } catch (error) {
      if (error instanceof BadBinary) throw error;
      throw new BadBinary("a name is not UTF-8", start);
    }
  }
}
