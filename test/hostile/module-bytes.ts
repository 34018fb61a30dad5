// Modules put together byte by byte: for sizes that no text format should have to carry, and for what assemblers refuse.

/** Bytes, in any of the forms that are handy to write. */
export type Bytes = readonly number[] | Uint8Array;

/** An unsigned LEB128 number. */
export function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return bytes;
}

export function concat(...parts: readonly Bytes[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The same bytes again and again. */
export function repeat(count: number, bytes: Bytes): Uint8Array {
  const all = new Uint8Array(count * bytes.length);
  for (let i = 0; i < count; i++) all.set(bytes, i * bytes.length);
  return all;
}

/** Bytes for each number below `count`. */
export function each(count: number, make: (index: number) => Bytes): Uint8Array {
  const parts: Bytes[] = [];
  for (let i = 0; i < count; i++) parts.push(make(i));
  return concatAll(parts);
}

function concatAll(parts: readonly Bytes[]): Uint8Array {
  let all = new Uint8Array(0);
  for (let i = 0; i < parts.length; i += 10_000) all = new Uint8Array(concat(all, ...parts.slice(i, i + 10_000)));
  return all;
}

export const section = (id: number, ...parts: readonly Bytes[]): Uint8Array => {
  const contents = concat(...parts);
  return concat([id], leb(contents.length), contents);
};

export function name(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return concat(leb(bytes.length), bytes);
}

/** A function's code with its size before it; `bytes` are local declarations, operators and the last `end`. */
export const body = (bytes: Bytes): Uint8Array => concat(leb(bytes.length), bytes);

/** What a module has beyond the least that a contract needs. */
export interface Extras {
  /** Entries after the three types `() -> ()`, `(i32, i32, i32, i32) -> ()`, `(i32, i32) -> i64`. */
  readonly types?: readonly [count: number, entries: Bytes];
  readonly imports?: readonly [count: number, entries: Bytes];
  /** Functions after `init`, `execute` and `query`: their types and their bodies with sizes. */
  readonly functions?: readonly [count: number, types: Bytes, bodies: Bytes];
  /** The body of `execute`, without its size. */
  readonly execute?: Bytes;
  readonly exports?: readonly [count: number, entries: Bytes];
  /** Whole sections by number, put in order; 5, the memory, is there without. */
  readonly sections?: Readonly<Record<number, Bytes>>;
}

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const TYPES = [0x60, 0, 0, 0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 0, 0x60, 2, 0x7f, 0x7f, 1, 0x7e];

/** A contract whose functions do nothing, and more. */
export function contractBytes(extras: Extras = {}): Uint8Array {
  const { types, imports, functions, exports, sections = {}, execute = [0, 0x0b] } = extras;
  const first = imports?.[0] ?? 0;
  const own = (id: number): Bytes => sections[id] ?? [];
  return concat(
    HEADER,
    section(1, leb(3 + (types?.[0] ?? 0)), TYPES, types?.[1] ?? []),
    imports === undefined ? [] : section(2, leb(imports[0]), imports[1]),
    section(3, leb(3 + (functions?.[0] ?? 0)), [0, 1, 2], functions?.[1] ?? []),
    own(4),
    sections[5] ?? section(5, [1, 0, 1]),
    own(6),
    section(
      7,
      leb(4 + (exports?.[0] ?? 0)),
      name("memory"),
      [2, 0],
      name("init"),
      [0, ...leb(first)],
      name("execute"),
      [0, ...leb(first + 1)],
      name("query"),
      [0, ...leb(first + 2)],
      exports?.[1] ?? [],
    ),
    own(8),
    own(9),
    own(12),
    section(
      10,
      leb(3 + (functions?.[0] ?? 0)),
      body([0, 0x0b]),
      body(execute),
      body([0, 0x42, 0, 0x0b]),
      functions?.[2] ?? [],
    ),
    own(11),
    own(0),
  );
}
