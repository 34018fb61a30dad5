// A growing buffer that the encoders write to. One is reused for all calls, so that encoding allocates its result alone.

const MASK = 0xffff_ffff_ffff_ffffn;
const utf8 = new TextEncoder();

/** Writes little-endian values one after another. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Starts over; what was written before is gone. */
  reset(): void {
    this.#length = 0;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  u16(value: number): void {
    this.#reserve(2);
    this.#view.setUint16(this.#length, value, true);
    this.#length += 2;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  /** Any bigint of `words` times 64 bits; negative ones in two's complement. */
  big(value: bigint, words: number): void {
    this.#reserve(words * 8);
    if (words === 1) {
      this.#view.setBigUint64(this.#length, BigInt.asUintN(64, value), true);
      this.#length += 8;
      return;
    }
    let rest = value;
    for (let word = 0; word < words; word++) {
      this.#view.setBigUint64(this.#length, rest & MASK, true);
      this.#length += 8;
      rest >>= 64n;
    }
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** The length in four bytes, then the text in UTF-8. */
  text(value: string): void {
    this.#reserve(4 + value.length * 3);
    const start = this.#length + 4;
    let end = start;
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 0x7f) {
        end = start + utf8.encodeInto(value, this.#bytes.subarray(start)).written;
        break;
      }
      this.#bytes[end++] = unit;
    }
    this.#view.setUint32(this.#length, end - start, true);
    this.#length = end;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
