// Writes the sections of a rewritten module around its code: types, numbered imports, limits, globals, exports, segments.

import { type AddedFunction, movedConstant } from "./added-functions.js";
import { type Additions, I32, I64 } from "./additions.js";
import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import { type FunctionType, KIND, type ModuleShape, SECTION } from "./module-shape.js";
import { OP } from "./opcodes.js";
import { skipConstant } from "./read-module.js";

/** The module name of the numbered imports in the rewritten module. */
export const REWRITTEN_IMPORTS = "q";

export function typeSection(types: readonly FunctionType[]): ByteWriter {
  const out = new ByteWriter();
  out.u32(types.length);
  for (const { params, results } of types) {
    out.u8(0x60);
    for (const list of [params, results]) {
      out.u32(list.length);
      for (const type of list) out.u8(type);
    }
  }
  return out;
}

/** How large a memory is at first and at most, in pages. */
export interface MemoryLimits {
  readonly min: number;
  readonly max: number;
}

/**
 * Imports get their number as name, so that two forms of one host function can stand side by side.
 * @param memory a memory to import, which is shared between threads
 */
export function importSection(types: readonly number[], memory: MemoryLimits | undefined): ByteWriter {
  const out = new ByteWriter();
  out.u32(types.length + (memory === undefined ? 0 : 1));
  for (const [i, type] of types.entries()) {
    out.name(REWRITTEN_IMPORTS);
    out.name(String(i));
    out.u8(KIND.function);
    out.u32(type);
  }
  if (memory !== undefined) {
    out.name(REWRITTEN_IMPORTS);
    out.name("memory");
    out.u8(KIND.memory);
    // Shared, with a maximum.
    out.u8(3);
    out.u32(memory.min);
    out.u32(memory.max);
  }
  return out;
}

export function functionSection(shape: ModuleShape, addedTypes: readonly number[]): ByteWriter {
  const out = new ByteWriter();
  const own = shape.functions.slice(shape.importedFunctions);
  out.u32(own.length + addedTypes.length);
  for (const type of [...own, ...addedTypes]) out.u32(type);
  return out;
}

/** The tables' maximum is what the limit leaves for all of them together. */
export function tableSection(shape: ModuleShape, limit: number): ByteWriter {
  const out = new ByteWriter();
  const spare = limit - shape.tables.reduce((sum, table) => sum + table.min, 0);
  out.u32(shape.tables.length);
  for (const { type, min, max } of shape.tables) {
    const share = min + Math.floor(spare / shape.tables.length);
    out.u8(type);
    out.u8(1);
    out.u32(min);
    out.u32(max === undefined ? share : Math.max(min, Math.min(max, share)));
  }
  return out;
}

export function memoryLimits(shape: ModuleShape, limit: number): MemoryLimits | undefined {
  const [memory] = shape.memories;
  return memory && { min: memory.min, max: memory.max === undefined ? limit : Math.min(memory.max, limit) };
}

export function memorySection({ min, max }: MemoryLimits): ByteWriter {
  const out = new ByteWriter();
  out.u32(1);
  out.u8(1);
  out.u32(min);
  out.u32(max);
  return out;
}

export function globalSection(shape: ModuleShape, additions: Additions): ByteWriter {
  const out = new ByteWriter();
  const own = [I64, I64, I32, I32, I32, ...(additions.inputGlobals === undefined ? [] : [I32, I32])];
  out.u32(shape.globals.length + own.length);
  for (const { type, mutable, init } of shape.globals) {
    out.u8(type);
    out.u8(mutable ? 1 : 0);
    out.append(movedConstant(init, additions.reference));
    out.u8(OP.end);
  }
  for (const type of own) {
    out.u8(type);
    out.u8(1);
    out.u8(type === I64 ? OP.i64Const : OP.i32Const);
    out.u8(0);
    out.u8(OP.end);
  }
  return out;
}

export function exportSection(shape: ModuleShape, added: readonly AddedFunction[]): ByteWriter {
  const out = new ByteWriter();
  out.u32(added.filter(({ exported }) => exported).length + shape.memories.length);
  if (shape.memories.length > 0) {
    out.name("memory");
    out.u8(KIND.memory);
    out.u32(0);
  }
  for (const [i, { name, exported }] of added.entries()) {
    if (!exported) continue;
    out.name(name);
    out.u8(KIND.function);
    out.u32(shape.functions.length + i);
  }
  return out;
}

/**
 * Writes the element segments, with references to where the functions are now. A last segment declares the functions
 * that bodies refer to, as `ref.func` asks for: those of the module may have been declared by exports.
 */
export function writeElements(
  shape: ModuleShape,
  additions: Additions,
  referred: ReadonlySet<number>,
  out: ByteWriter,
): void {
  const section = shape.sections.find(({ id }) => id === SECTION.element);
  if (section === undefined && referred.size === 0) return;
  const segments = new ByteWriter(section === undefined ? 64 : section.end - section.start + 64);
  segments.u32(shape.elements.length + (referred.size > 0 ? 1 : 0));
  if (section !== undefined) {
    const reader = new ByteReader(shape.bytes, section.start, section.end);
    reader.u32();
    if (shape.importedFunctions === 0) segments.copy(shape.bytes, reader.offset, section.end);
    else for (let i = 0; i < shape.elements.length; i++) moveSegment(shape, reader, additions, segments);
  }
  if (referred.size > 0) {
    segments.u8(3);
    segments.u8(0);
    segments.u32(referred.size);
    for (const index of referred) segments.u32(index);
  }
  out.section(SECTION.element, segments);
}

/** Copies one element segment. */
function moveSegment(shape: ModuleShape, reader: ByteReader, additions: Additions, out: ByteWriter): void {
  let start = reader.offset;
  const flags = reader.u32();
  const isActive = (flags & 1) === 0;
  if (isActive && (flags & 2) !== 0) reader.u32();
  if (isActive) skipConstant(reader);
  if ((flags & 3) !== 0) reader.u8();
  const length = reader.u32();
  out.copy(shape.bytes, start, reader.offset);
  for (let i = 0; i < length; i++) {
    if ((flags & 4) === 0) {
      out.u32(additions.reference(reader.u32()));
      continue;
    }
    start = reader.offset;
    skipConstant(reader);
    out.append(movedConstant(shape.bytes.subarray(start, reader.offset - 1), additions.reference));
    out.u8(OP.end);
  }
}

export function copySection(shape: ModuleShape, id: number, out: ByteWriter): void {
  const section = shape.sections.find((candidate) => candidate.id === id);
  if (section === undefined) return;
  out.u8(id);
  out.u32(section.end - section.start);
  out.copy(shape.bytes, section.start, section.end);
}
