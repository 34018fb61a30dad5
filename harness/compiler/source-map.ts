// Rewrites asc's source map: positions lead to the author's own text, and code of the SDK and of asc's library has none
// (the author's line that led to it is the nearest before it). Source map revision 3, with byte offsets as columns.

/** What the source map of a contract holds. Paths are relative to the project's root. */
export interface ContractSourceMap {
  readonly version: 3;
  readonly file: string;
  readonly sources: readonly string[];
  /** The author's functions; each position names the one it is in, also where that was inlined. */
  readonly names: readonly string[];
  readonly mappings: string;
  /** Readable names of the module's functions, by index; null for those of the SDK's own. */
  readonly x_qwvm_functions: readonly (string | null)[];
  /** Which part of the sources each stretch of the code comes from, for `qwvm build --size`. */
  readonly x_qwvm_origins?: CodeOrigins;
}

/**
 * Where a position in a text that asc saw comes from: lines and columns from 0. Undefined when it belongs to the
 * author's line before it (the SDK's code, inlined), "none" when it is nobody's (dispatch).
 */
export type OriginalPosition = (source: string, line: number, column: number) => MappedPosition | "none" | undefined;

export interface MappedPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The function of the author's that the position is in, even where it was inlined into another. */
  readonly name: string | undefined;
}

/** The code by its parts: what is written where, and for which method. */
export interface CodeOrigins {
  /** `your code`, `storage`, ... */
  readonly parts: readonly string[];
  /** The methods that code is for, by their names in the interface; the constructor's among them. */
  readonly methods: readonly string[];
  /** Triples: how far behind the one before, the part (-1: nobody's), the method (-1: of none). */
  readonly segments: readonly number[];
}

/** A segment of a map's mappings; numbers from 0. */
export interface RawSegment {
  readonly offset: number;
  readonly source: number | undefined;
  readonly line: number;
  readonly name: number | undefined;
}

/** Reads mappings, columns left out. */
export function decodeMappings(mappings: string): RawSegment[] {
  let [offset, source, line, name] = [0, 0, 0, 0];
  return mappings
    .split(",")
    .filter((text) => text !== "")
    .map((text) => {
      const numbers = decodeVlq(text);
      offset += numbers[0] ?? 0;
      if (numbers.length < 4) return { offset, source: undefined, line: 0, name: undefined };
      source += numbers[1] as number;
      line += numbers[2] as number;
      if (numbers.length < 5) return { offset, source, line, name: undefined };
      name += numbers[4] as number;
      return { offset, source, line, name };
    });
}

interface Segment {
  readonly offset: number;
  readonly position: MappedPosition | undefined;
}

/**
 * Rewrites asc's map.
 * @param bodies where each function's body begins: no position is carried over from one function into the next
 */
export function rewriteSourceMap(
  ascMap: string,
  file: string,
  bodies: readonly number[],
  original: OriginalPosition,
  functionNames: readonly (string | null)[],
): ContractSourceMap {
  const map = JSON.parse(ascMap) as { sources: string[]; mappings: string };
  const segments = withBoundaries(decode(map.mappings, map.sources, original), bodies);
  const sources = [...new Set(segments.flatMap(({ position }) => position?.file ?? []))].sort();
  const names = [...new Set(segments.flatMap(({ position }) => position?.name ?? []))].sort();
  return {
    version: 3,
    file,
    sources,
    names,
    mappings: encode(segments, sources, names),
    x_qwvm_functions: functionNames,
  };
}

function decode(mappings: string, sources: readonly string[], original: OriginalPosition): Segment[] {
  const segments: Segment[] = [];
  let [offset, source, line, column] = [0, 0, 0, 0];
  for (const text of mappings.split(",")) {
    const numbers = decodeVlq(text);
    offset += numbers[0] ?? 0;
    if (numbers.length < 4) continue;
    source += numbers[1] as number;
    line += numbers[2] as number;
    column += numbers[3] as number;
    const position = original(sources[source] ?? "", line, column);
    if (position !== undefined) segments.push({ offset, position: position === "none" ? undefined : position });
  }
  return segments;
}

function withBoundaries(segments: readonly Segment[], bodies: readonly number[]): Segment[] {
  const mapped = new Set(segments.map(({ offset }) => offset));
  const starts = bodies.filter((offset) => !mapped.has(offset)).map((offset) => ({ offset, position: undefined }));
  const all = [...segments, ...starts].sort((a, b) => a.offset - b.offset);
  return all.filter((segment, index) => !samePosition(segment, all[index - 1]));
}

function samePosition(a: Segment, b: Segment | undefined): boolean {
  if (b === undefined) return a.position === undefined;
  return (
    a.position?.file === b.position?.file &&
    a.position?.line === b.position?.line &&
    a.position?.column === b.position?.column
  );
}

function encode(segments: readonly Segment[], sources: readonly string[], names: readonly string[]): string {
  let [lastOffset, lastSource, lastLine, lastColumn, lastName] = [0, 0, 0, 0, 0];
  const texts = segments.map(({ offset, position }) => {
    let text = encodeVlq(offset - lastOffset);
    lastOffset = offset;
    if (position !== undefined) {
      const source = sources.indexOf(position.file);
      text += encodeVlq(source - lastSource);
      text += encodeVlq(position.line - lastLine) + encodeVlq(position.column - lastColumn);
      [lastSource, lastLine, lastColumn] = [source, position.line, position.column];
      if (position.name !== undefined) {
        const name = names.indexOf(position.name);
        text += encodeVlq(name - lastName);
        lastName = name;
      }
    }
    return text;
  });
  return texts.join(",");
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decodeVlq(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
      value = 0;
      shift = 0;
    }
  }
  return numbers;
}

function encodeVlq(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest === 0 ? digit : digit | 32];
  } while (rest !== 0);
  return text;
}
