// Custom sections of a module's bytes: reads function names, takes sections out, appends one. The code section's place
// does not change, so that source maps stay true.

const HEADER_BYTES = 8;
const CUSTOM = 0;

interface Section {
  readonly id: number;
  /** Empty unless custom. */
  readonly name: string;
  /** Where its id stands, where its contents begin and end. */
  readonly start: number;
  readonly contents: number;
  readonly end: number;
}

/** The module without its custom sections, and the names of its functions by index, as its name section gave them. */
export function stripCustomSections(wasm: Uint8Array): { wasm: Uint8Array; functionNames: (string | undefined)[] } {
  const sections = listSections(wasm);
  const names = sections.find((section) => section.name === "name");
  const kept = sections.filter((section) => section.id !== CUSTOM);
  return {
    wasm: concat([wasm.subarray(0, HEADER_BYTES), ...kept.map(({ start, end }) => wasm.subarray(start, end))]),
    functionNames: names === undefined ? [] : readFunctionNames(wasm.subarray(names.contents, names.end)),
  };
}

/** The module with a custom section after all others. */
export function appendCustomSection(wasm: Uint8Array, name: string, contents: Uint8Array): Uint8Array {
  const nameBytes = new TextEncoder().encode(name);
  const body = concat([leb(nameBytes.length), nameBytes, contents]);
  return concat([wasm, Uint8Array.of(CUSTOM), leb(body.length), body]);
}

/** Where each function's body begins in the file, in the order of the code section. */
export function functionBodyOffsets(wasm: Uint8Array): number[] {
  const code = listSections(wasm).find((section) => section.id === 10);
  if (code === undefined) return [];
  const reader = new LebReader(wasm, code.contents);
  const offsets: number[] = [];
  for (let left = reader.next(); left > 0; left--) {
    const size = reader.next();
    offsets.push(reader.at);
    reader.at += size;
  }
  return offsets;
}

function listSections(wasm: Uint8Array): Section[] {
  const sections: Section[] = [];
  for (let at = HEADER_BYTES; at < wasm.length; ) {
    const start = at;
    const id = wasm[at] as number;
    const reader = new LebReader(wasm, at + 1);
    const size = reader.next();
    const end = reader.at + size;
    const name = id === CUSTOM ? reader.text() : "";
    sections.push({ id, name, start, contents: reader.at, end });
    at = end;
  }
  return sections;
}

/** The name section's subsection 1: function index and name, for each named function. */
function readFunctionNames(section: Uint8Array): (string | undefined)[] {
  const names: (string | undefined)[] = [];
  const reader = new LebReader(section, 0);
  while (reader.at < section.length) {
    const kind = section[reader.at++] as number;
    const size = reader.next();
    const end = reader.at + size;
    if (kind === 1) {
      for (let left = reader.next(); left > 0; left--) {
        const index = reader.next();
        names[index] = reader.text();
      }
    }
    reader.at = end;
  }
  return names;
}

class LebReader {
  private readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  next(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  text(): string {
    const length = this.next();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
}

function leb(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return Uint8Array.from(bytes);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
