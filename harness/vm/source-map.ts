// Reads a source map of a Wasm module (version 3: one generated line, columns are byte offsets).
// Source: ECMA-426. The extension `x_qwvm_functions` is an array of names by function index.

import type { SourcePosition } from "../core/artifact.js";

/** A source map, decoded. */
export interface SourceMap {
  /** The position that the code at a byte offset was made of. */
  find(offset: number): SourcePosition | undefined;
  /** The author's function that the code at a byte offset was made of, inlined or not. */
  functionAt(offset: number): string | undefined;
  /** Function names by function index. */
  readonly functionNames: readonly (string | null | undefined)[];
}

interface RawMap {
  readonly sources?: readonly (string | null)[];
  readonly sourceRoot?: string;
  readonly names?: readonly string[];
  readonly mappings?: string;
  readonly x_qwvm_functions?: readonly (string | null)[];
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DIGIT_VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** Decodes a source map; undefined when the text is none (failures then have no positions, but still happen). */
export function parseSourceMap(text: string): SourceMap | undefined {
  let raw: RawMap;
  try {
    raw = JSON.parse(text) as RawMap;
  } catch {
    return undefined;
  }
  if (typeof raw !== "object" || raw === null) return undefined;
  const sources = raw.sources ?? [];
  const segments = decodeMappings(raw.mappings ?? "");
  const segmentAt = (offset: number): Segment | undefined => {
    let low = 0;
    let high = segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((segments[middle] as Segment).offset <= offset) low = middle + 1;
      else high = middle;
    }
    return segments[low - 1];
  };
  return {
    functionNames: raw.x_qwvm_functions ?? [],
    functionAt: (offset) => raw.names?.[segmentAt(offset)?.name ?? -1],
    find(offset) {
      const segment = segmentAt(offset);
      const file = segment === undefined ? undefined : sources[segment.source];
      if (segment === undefined || file === undefined || file === null) return undefined;
      return { file: (raw.sourceRoot ?? "") + file, line: segment.line + 1, column: segment.column + 1 };
    },
  };
}

interface Segment {
  readonly offset: number;
  /** -1 for code that was made of no source. */
  readonly source: number;
  readonly line: number;
  readonly column: number;
  /** Index of the function's name; -1 without one. */
  readonly name: number;
}

/** The segments of the only generated line, by offset. */
function decodeMappings(mappings: string): Segment[] {
  const segments: Segment[] = [];
  let [offset, source, line, column, name] = [0, 0, 0, 0, 0];
  for (const text of (mappings.split(";")[0] ?? "").split(",")) {
    const [offsetStep, sourceStep, lineStep, columnStep, nameStep] = decodeVlqs(text);
    if (offsetStep === undefined) continue;
    offset += offsetStep;
    if (sourceStep === undefined) {
      segments.push({ offset, source: -1, line: 0, column: 0, name: -1 });
      continue;
    }
    source += sourceStep;
    line += lineStep ?? 0;
    column += columnStep ?? 0;
    name += nameStep ?? 0;
    segments.push({ offset, source, line, column, name: nameStep === undefined ? -1 : name });
  }
  return segments.sort((a, b) => a.offset - b.offset);
}

/** Base64 VLQs: five bits a digit, least significant first, the sign in the lowest bit. */
function decodeVlqs(text: string): number[] {
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (const digit of text) {
    const bits = DIGIT_VALUES.get(digit) ?? 0;
    value += (bits & 31) * scale;
    scale *= 32;
    if (bits >= 32) continue;
    values.push(value % 2 === 1 ? -(value - 1) / 2 : value / 2);
    value = 0;
    scale = 1;
  }
  return values;
}
