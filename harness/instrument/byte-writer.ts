// A growing buffer of bytes with the encodings that a Wasm binary needs.

const UTF8 = new TextEncoder();

/** Collects bytes; `finish` gives them. */
export class ByteWriter {
  #bytes: Uint8Array;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  u8(byte: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = byte;
  }

  /** An unsigned LEB128 number; any non-negative safe integer. */
  u32(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.u8(rest);
  }

  /** A signed LEB128 number; any safe integer. */
  signed(value: number): void {
    let rest = value;
    for (;;) {
      const byte = ((rest % 0x80) + 0x80) % 0x80;
      rest = Math.floor(rest / 0x80);
      if ((rest === 0 && byte < 0x40) || (rest === -1 && byte >= 0x40)) {
        this.u8(byte);
        return;
      }
      this.u8(byte | 0x80);
    }
  }

  /** Copies `source[start, end)`. */
  copy(source: Uint8Array, start: number, end: number): void {
    const count = end - start;
    if (this.length + count > this.#bytes.length) this.#grow(count);
    if (count < 24) {
      for (let i = 0; i < count; i++) this.#bytes[this.length + i] = source[start + i] as number;
    } else {
      this.#bytes.set(source.subarray(start, end), this.length);
    }
    this.length += count;
  }

  append(source: Uint8Array): void {
    this.copy(source, 0, source.length);
  }

  name(text: string): void {
    const bytes = UTF8.encode(text);
    this.u32(bytes.length);
    this.append(bytes);
  }

  /** Adds a section: its id, its size and what `body` has collected. */
  section(id: number, body: ByteWriter): void {
    this.u8(id);
    this.u32(body.length);
    this.append(body.finish());
  }

  /** The bytes collected so far, not copied: the writer must not be used any more after `reset`. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  /** Starts again with the same buffer. */
  reset(): void {
    this.length = 0;
  }

  #grow(count: number): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}
