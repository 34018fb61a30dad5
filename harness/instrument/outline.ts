// What a module consists of, read as far as its bytes go: sections, imports, exports, types, sizes. Refuses nothing:
// features that QWVM does not run are read like others, and what is broken is told beside what could be read.

import { BadBinary, ByteReader } from "./byte-reader.js";
import { SECTION } from "./module-shape.js";
import { skipValueType, walkExpression } from "./walk-operators.js";

export type ExternKind = "function" | "table" | "memory" | "global" | "tag";

export interface OutlineSection {
  readonly id: number;
  /** For custom sections; empty for others. */
  readonly name: string;
  /** With its id and size. */
  readonly sizeBytes: number;
  readonly start: number;
  readonly end: number;
}

export interface OutlineImport {
  readonly module: string;
  readonly name: string;
  readonly kind: ExternKind;
  /** As text: `(i32) -> i64`, `1 to 4 pages`, `mut i32`. */
  readonly type: string;
  readonly offset: number;
}

export interface OutlineExport {
  readonly name: string;
  readonly kind: ExternKind;
  readonly type: string;
  readonly index: number;
}

/** `[start, end)` is a body without its size. */
export interface OutlineBody {
  readonly start: number;
  readonly end: number;
}

export interface Outline {
  readonly sections: readonly OutlineSection[];
  readonly imports: readonly OutlineImport[];
  readonly exports: readonly OutlineExport[];
  /** Type of every function as text, imported ones first. */
  readonly functions: readonly string[];
  readonly importedFunctions: number;
  readonly bodies: readonly OutlineBody[];
  /** Types of all memories as text, imported ones first. */
  readonly memories: readonly string[];
  /** The first global whose initial value is computed by more than one operator. */
  readonly computedGlobal: number | undefined;
  /** What is wrong with the bytes, if anything is; the rest was read up to there. */
  readonly problem: { readonly message: string; readonly offset: number } | undefined;
}

const HEADER_BYTES = 8;
const KINDS: readonly ExternKind[] = ["function", "table", "memory", "global", "tag"];
const VALUE_TYPES: Record<number, string> = {
  127: "i32",
  126: "i64",
  125: "f32",
  124: "f64",
  123: "v128",
  112: "funcref",
  111: "externref",
  105: "exnref",
};

interface Draft {
  readonly sections: OutlineSection[];
  /** Undefined for a type that is no function's. */
  readonly types: (string | undefined)[];
  readonly imports: OutlineImport[];
  readonly exports: { name: string; kind: ExternKind; index: number }[];
  /** The types of everything of a kind, in order of their indices. */
  readonly spaces: Record<ExternKind, string[]>;
  readonly bodies: OutlineBody[];
  computedGlobal: number | undefined;
}

/** Reads a module's outline. Never throws for what is in the bytes. */
export function outlineModule(wasm: Uint8Array): Outline {
  const draft: Draft = {
    sections: [],
    types: [],
    imports: [],
    exports: [],
    spaces: { function: [], table: [], memory: [], global: [], tag: [] },
    bodies: [],
    computedGlobal: undefined,
  };
  let problem: { message: string; offset: number } | undefined;
  try {
    readSections(wasm, draft);
  } catch (error) {
    if (!(error instanceof BadBinary)) throw error;
    problem = { message: error.message, offset: error.offset };
  }
  const { spaces } = draft;
  return {
    sections: draft.sections,
    imports: draft.imports,
    exports: draft.exports.map((entry) => ({ ...entry, type: spaces[entry.kind][entry.index] ?? "unknown" })),
    functions: spaces.function,
    importedFunctions: draft.imports.filter(({ kind }) => kind === "function").length,
    bodies: draft.bodies,
    memories: spaces.memory,
    computedGlobal: draft.computedGlobal,
    problem,
  };
}

function readSections(wasm: Uint8Array, draft: Draft): void {
  const outer = new ByteReader(wasm, Math.min(HEADER_BYTES, wasm.length));
  while (outer.offset < wasm.length) {
    const start = outer.offset;
    const id = outer.u8();
    const size = outer.u32();
    const contents = outer.offset;
    outer.skip(size);
    const reader = new ByteReader(wasm, contents, outer.offset);
    const name = id === SECTION.custom ? reader.name() : "";
    draft.sections.push({ id, name, sizeBytes: outer.offset - start, start: reader.offset, end: outer.offset });
    const read = READERS[id];
    if (read === undefined) continue;
    for (let left = reader.u32(); left > 0; left--) read(reader, draft);
  }
}

const READERS: Record<number, (reader: ByteReader, draft: Draft) => void> = {
  [SECTION.type]: (reader, draft) => readTypeGroup(reader, draft),
  [SECTION.import]: (reader, draft) => {
    const { offset } = reader;
    const module = reader.name();
    const name = reader.name();
    const kind = readKind(reader);
    const type = kind === "function" || kind === "tag" ? readTypeUse(reader, draft, kind) : readOther(reader, kind);
    draft.spaces[kind].push(type);
    draft.imports.push({ module, name, kind, type, offset });
  },
  [SECTION.function]: (reader, draft) => void draft.spaces.function.push(readTypeUse(reader, draft, "function")),
  [SECTION.table]: (reader, draft) => {
    const hasInitial = reader.bytes[reader.offset] === 0x40;
    if (hasInitial) reader.skip(2);
    draft.spaces.table.push(readOther(reader, "table"));
    if (hasInitial) walkExpression(reader, () => {});
  },
  [SECTION.memory]: (reader, draft) => void draft.spaces.memory.push(readOther(reader, "memory")),
  [SECTION.tag]: (reader, draft) => void draft.spaces.tag.push(readTypeUse(reader, draft, "tag")),
  [SECTION.global]: (reader, draft) => {
    let operators = 0;
    const index = draft.spaces.global.push(readOther(reader, "global")) - 1;
    walkExpression(reader, () => operators++);
    if (operators > 1) draft.computedGlobal ??= index;
  },
  [SECTION.export]: (reader, draft) => {
    draft.exports.push({ name: reader.name(), kind: readKind(reader), index: reader.u32() });
  },
  [SECTION.code]: (reader, draft) => {
    const size = reader.u32();
    const start = reader.offset;
    reader.skip(size);
    draft.bodies.push({ start, end: reader.offset });
  },
};

function readKind(reader: ByteReader): ExternKind {
  const kind = KINDS[reader.u8()];
  if (kind === undefined) throw new BadBinary("an import or export is of an unknown kind", reader.offset - 1);
  return kind;
}

function readTypeUse(reader: ByteReader, draft: Draft, kind: "function" | "tag"): string {
  if (kind === "tag") reader.u8();
  return draft.types[reader.u32()] ?? "unknown";
}

/** One type, or with garbage collection a group of several. */
function readTypeGroup(reader: ByteReader, draft: Draft): void {
  if (reader.bytes[reader.offset] !== 0x4e) {
    draft.types.push(readType(reader));
    return;
  }
  reader.u8();
  for (let left = reader.u32(); left > 0; left--) draft.types.push(readType(reader));
}

function readType(reader: ByteReader): string | undefined {
  const { offset } = reader;
  let form = reader.u8();
  if (form === 0x50 || form === 0x4f) {
    for (let left = reader.u32(); left > 0; left--) reader.skipLeb();
    form = reader.u8();
  }
  if (form === 0x60) {
    const params = readValueTypes(reader);
    const results = readValueTypes(reader);
    const shown = results.length === 1 ? results[0] : results.length === 0 ? "()" : `(${results.join(", ")})`;
    return `(${params.join(", ")}) -> ${shown}`;
  }
  if (form !== 0x5f && form !== 0x5e) throw new BadBinary("a type is of an unknown kind", offset);
  for (let left = form === 0x5e ? 1 : reader.u32(); left > 0; left--) {
    skipValueType(reader);
    reader.u8();
  }
  return undefined;
}

function readValueTypes(reader: ByteReader): string[] {
  const count = reader.u32();
  const types: string[] = [];
  for (let i = 0; i < count; i++) types.push(readValueType(reader));
  return types;
}

function readValueType(reader: ByteReader): string {
  const { offset } = reader;
  const type = skipValueType(reader);
  const known = VALUE_TYPES[type] ?? (type >= 0x63 && type <= 0x74 ? "ref" : undefined);
  if (known === undefined) throw new BadBinary(`there is the unknown value type 0x${type.toString(16)}`, offset);
  return known;
}

function readOther(reader: ByteReader, kind: ExternKind): string {
  if (kind === "global") {
    const type = readValueType(reader);
    return (reader.u8() & 1) === 1 ? `mut ${type}` : type;
  }
  const element = kind === "table" ? `${readValueType(reader)}, ` : "";
  const flags = reader.u8();
  const min = readSize(reader);
  const max = (flags & 1) === 1 ? readSize(reader) : undefined;
  if ((flags & 8) !== 0) reader.skipLeb();
  const unit = kind === "memory" ? "page" : "element";
  const amount = max === undefined || max === min ? `${min}` : `${min} to ${max}`;
  const open = max === undefined ? " or more" : "";
  const extra = `${(flags & 2) !== 0 ? ", shared" : ""}${(flags & 4) !== 0 ? ", 64-bit" : ""}`;
  return `${element}${amount} ${unit}${amount === "1" ? "" : "s"}${open}${extra}`;
}

/** A size of up to 64 bits. */
function readSize(reader: ByteReader): number {
  let value = 0;
  for (let scale = 1, i = 0; i < 10; i++, scale *= 128) {
    const byte = reader.u8();
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
  throw new BadBinary("a number is longer than 64 bits", reader.offset);
}
