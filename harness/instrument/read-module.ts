// Takes a Wasm binary apart as far as validating and rewriting need it: sections, types, imports, exports, bodies.
// Refuses nothing by rule (validate.ts does), but throws `BadBinary` for bytes that are no module,
// `UnsupportedFeature` for what stands in a section outside of the accepted features, `TooLarge` for too much of a kind.

import { printableName } from "../core/printable.js";
import { BadBinary, ByteReader } from "./byte-reader.js";
import { KIND, type ModuleShape, SECTION, type SizeLimits, TooLarge, UnsupportedFeature } from "./module-shape.js";
import { atByte } from "./refusals.js";

type Draft = { -readonly [K in keyof ModuleShape]: ModuleShape[K] extends readonly (infer T)[] ? T[] : ModuleShape[K] };

/** Reads a module's sections; function bodies are only located. */
export function readModule(bytes: Uint8Array): ModuleShape {
  const reader = new ByteReader(bytes);
  for (const byte of [0x00, 0x61, 0x73, 0x6d]) {
    if (reader.offset >= bytes.length || reader.u8() !== byte) throw new BadBinary("it does not begin with \\0asm", 0);
  }
  const version = [reader.u8(), reader.u8(), reader.u8(), reader.u8()];
  if (version[2] === 1 && version[3] === 0) throw new UnsupportedFeature("components", "the header", 4);
  if (version.join() !== "1,0,0,0") throw new BadBinary("its version is not 1", 4);
  const draft: Draft = {
    bytes,
    sections: [],
    types: [],
    imports: [],
    functions: [],
    importedFunctions: 0,
    tables: [],
    memories: [],
    globals: [],
    exports: [],
    start: undefined,
    bodies: [],
    elements: [],
    data: [],
  };
  while (reader.offset < bytes.length) readSection(reader, draft);
  if (draft.bodies.length !== draft.functions.length - draft.importedFunctions) {
    throw new BadBinary("it does not have one body for each function", bytes.length);
  }
  return draft;
}

function readSection(outer: ByteReader, draft: Draft): void {
  const idOffset = outer.offset;
  const id = outer.u8();
  const size = outer.u32();
  const start = outer.offset;
  outer.skip(size);
  const reader = new ByteReader(outer.bytes, start, outer.offset);
  if (id === SECTION.tag) throw new UnsupportedFeature("exceptions", "the tag section", idOffset);
  if (id > SECTION.dataCount) throw new BadBinary(`it has a section of the unknown kind ${id}`, idOffset);
  const name = id === SECTION.custom ? reader.name() : "";
  draft.sections.push({ id, start, end: reader.end, name });
  if (id === SECTION.custom || id === SECTION.dataCount) return;
  if (id === SECTION.start) {
    draft.start = reader.u32();
  } else {
    const read = READERS[id] as (reader: ByteReader, draft: Draft, index: number) => void;
    const most = MOST_ENTRIES[id];
    const count = reader.u32();
    if (most !== undefined && count > most.count) {
      const message = `it has ${count} ${most.what}, ${most.count} are allowed (${atByte(start)}).`;
      throw new TooLarge(message, most.hint);
    }
    for (let i = 0; i < count; i++) read(reader, draft, i);
  }
  if (reader.offset !== reader.end) throw new BadBinary("a section's size does not fit its contents", reader.offset);
}

const NO_BYTES = new Uint8Array(0);

/**
 * How many entries a section may have, where more are of no use and cost more than their bytes: the engine compares each
 * type with every other, each instance gets its own imports and tables, a kept memory its globals one by one, and engines
 * differ in how many of the others they take. Compilers make tens.
 */
const MOST_ENTRIES: Record<number, { readonly count: number; readonly what: string; readonly hint: string }> = {
  [SECTION.type]: { count: 1_000, what: "function types", hint: "Give functions of like use the same type." },
  [SECTION.import]: { count: 1_000, what: "imports", hint: "Import each function once." },
  [SECTION.table]: { count: 100, what: "tables", hint: "Put what the tables hold into one." },
  [SECTION.global]: { count: 1_000, what: "globals", hint: "Keep values in memory, and constants in the code." },
  [SECTION.export]: { count: 10_000, what: "exports", hint: "Export what is called from outside alone." },
  [SECTION.element]: { count: 10_000, what: "element segments", hint: "Join segments that lie side by side." },
  [SECTION.data]: { count: 10_000, what: "data segments", hint: "Join segments that lie side by side." },
};

const READERS: Record<number, (reader: ByteReader, draft: Draft, index: number) => void> = {
  [SECTION.type]: (reader, draft, index) => {
    const offset = reader.offset;
    const tag = reader.u8();
    if (tag !== 0x60) {
      if ([0x5f, 0x5e, 0x4e, 0x50, 0x4f].includes(tag)) throw new UnsupportedFeature("GC", `type ${index}`, offset);
      throw new BadBinary(`type ${index} is not a function type`, offset);
    }
    const where = `type ${index}`;
    draft.types.push({ params: readTypes(reader, where), results: readTypes(reader, where) });
  },
  [SECTION.import]: (reader, draft) => {
    const offset = reader.offset;
    const module = reader.name();
    const name = reader.name();
    const kind = reader.u8();
    const where = `import ${printableName(module)}.${printableName(name)}`;
    let typeIndex = -1;
    if (kind === KIND.function) {
      typeIndex = reader.u32();
      draft.functions.push(typeIndex);
      draft.importedFunctions++;
    } else if (kind === KIND.table) {
      readValueType(reader, where);
      readLimits(reader, where, false);
    } else if (kind === KIND.memory) {
      readLimits(reader, where, true);
    } else if (kind === KIND.global) {
      readValueType(reader, where);
      reader.u8();
    } else if (kind === KIND.tag) {
      throw new UnsupportedFeature("exceptions", where, offset);
    } else {
      throw new BadBinary(`${where} is of the unknown kind ${kind}`, offset);
    }
    draft.imports.push({ module, name, kind, typeIndex, offset });
  },
  [SECTION.function]: (reader, draft) => void draft.functions.push(reader.u32()),
  [SECTION.table]: (reader, draft, index) => {
    if (reader.bytes[reader.offset] === 0x40) {
      throw new UnsupportedFeature("typed function references", `table ${index}`, reader.offset);
    }
    const type = readValueType(reader, `table ${index}`);
    draft.tables.push({ type, ...readLimits(reader, `table ${index}`, false) });
  },
  [SECTION.memory]: (reader, draft, index) => {
    if (index > 0) throw new UnsupportedFeature("multiple memories", `memory ${index}`, reader.offset);
    draft.memories.push(readLimits(reader, "the memory", true));
  },
  [SECTION.global]: (reader, draft, index) => {
    const where = `global ${index}`;
    const type = readValueType(reader, where);
    const mutable = reader.u8();
    if (mutable > 1) {
      if ((mutable & 2) !== 0) throw new UnsupportedFeature("threads", where, reader.offset - 1);
      throw new BadBinary(`${where} is neither mutable nor constant`, reader.offset - 1);
    }
    const start = reader.offset;
    readConstant(reader, where);
    draft.globals.push({ type, mutable: mutable === 1, init: reader.bytes.subarray(start, reader.offset - 1) });
  },
  [SECTION.export]: (reader, draft) => {
    draft.exports.push({ name: reader.name(), kind: reader.u8(), index: reader.u32() });
  },
  [SECTION.element]: (reader, draft, index) => {
    const offset = reader.offset;
    const where = `element segment ${index}`;
    const flags = reader.u32();
    if (flags > 7) throw new BadBinary(`${where} is of an unknown kind`, offset);
    const active = (flags & 1) === 0;
    const table = active && (flags & 2) !== 0 ? reader.u32() : 0;
    const at = active ? readConstant(reader, where) : undefined;
    const withExpressions = (flags & 4) !== 0;
    if ((flags & 3) !== 0) withExpressions ? readValueType(reader, where) : reader.u8();
    const length = reader.u32();
    for (let i = 0; i < length; i++) withExpressions ? readConstant(reader, where) : reader.u32();
    draft.elements.push({ at, length, table, offset, bytes: NO_BYTES });
  },
  [SECTION.code]: (reader, draft) => {
    const size = reader.u32();
    const start = reader.offset;
    reader.skip(size);
    draft.bodies.push({ start, end: reader.offset });
  },
  [SECTION.data]: (reader, draft, index) => {
    const offset = reader.offset;
    const where = `data segment ${index}`;
    const flags = reader.u32();
    if (flags > 2) throw new BadBinary(`${where} is of an unknown kind`, offset);
    if (flags === 2 && reader.u32() !== 0) throw new UnsupportedFeature("multiple memories", where, offset);
    const at = flags === 1 ? undefined : readConstant(reader, where);
    const bytes = reader.vector();
    draft.data.push({ at, length: bytes.length, table: 0, offset, bytes });
  },
};

function readTypes(reader: ByteReader, where: string): number[] {
  const count = reader.u32();
  const types: number[] = [];
  for (let i = 0; i < count; i++) types.push(readValueType(reader, where));
  return types;
}

/** Whether a byte is a value type of the accepted features. */
export function isValueType(byte: number): boolean {
  return (byte >= 0x7c && byte <= 0x7f) || byte === 0x70 || byte === 0x6f;
}

/** Reads a value type, refusing those of other features by name. */
export function readValueType(reader: ByteReader, where: string): number {
  const offset = reader.offset;
  const type = reader.u8();
  if (isValueType(type)) return type;
  if (type === 0x7b) throw new UnsupportedFeature("SIMD", where, offset);
  if (type === 0x69 || type === 0x74) throw new UnsupportedFeature("exceptions", where, offset);
  if (type >= 0x63 && type <= 0x73) throw new UnsupportedFeature("GC", where, offset);
  throw new BadBinary(`${where} has the unknown value type 0x${type.toString(16)}`, offset);
}

function readLimits(reader: ByteReader, where: string, isMemory: boolean): SizeLimits {
  const offset = reader.offset;
  const flags = reader.u8();
  if (isMemory && (flags & 2) !== 0 && flags < 8) throw new UnsupportedFeature("threads", `${where} (shared)`, offset);
  if ((flags & 4) !== 0 && flags < 8) throw new UnsupportedFeature("memory64", where, offset);
  if (isMemory && (flags & 8) !== 0 && flags < 16) throw new UnsupportedFeature("custom page sizes", where, offset);
  if (flags > 1) throw new BadBinary(`${where} has unknown flags`, offset);
  const min = reader.u32();
  return { min, max: flags === 1 ? reader.u32() : undefined, offset };
}

/** Skips a constant expression and its `end`; it has been read before. */
export function skipConstant(reader: ByteReader): void {
  readConstant(reader, "");
}

/** Reads a constant expression and its `end`; gives the value of an `i32.const`, read as unsigned. */
function readConstant(reader: ByteReader, where: string): number | undefined {
  const offset = reader.offset;
  const opcode = reader.u8();
  let value: number | undefined;
  if (opcode === 0x41) value = reader.s32() >>> 0;
  else if (opcode === 0x42) reader.skipS64();
  else if (opcode === 0x43) reader.skip(4);
  else if (opcode === 0x44) reader.skip(8);
  else if (opcode === 0xd0) readValueType(reader, where);
  else if (opcode === 0xd2) reader.u32();
  else if (opcode === 0xfd) throw new UnsupportedFeature("SIMD", where, offset);
  else if (opcode === 0xfb) throw new UnsupportedFeature("GC", where, offset);
  else throw new UnsupportedFeature("extended constant expressions", where, offset);
  const endOffset = reader.offset;
  if (reader.u8() !== 0x0b) throw new UnsupportedFeature("extended constant expressions", where, endOffset);
  return value;
}
