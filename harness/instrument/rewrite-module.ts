// Writes a module's sections again with metered bodies, lowered limits, numbered imports, the VM's own functions and
// globals at the end of their index spaces, and the VM's exports in place of the module's.
// Custom sections are left out, and the start function becomes an export that the VM runs.
//
// Every function type takes and gives the gas in addition (write-body.ts) and keeps its index. The original types, which
// imports, block types and the VM's doors have, come behind. Where a table or a reference names an imported function,
// another function stands in for it.

import type { Limits } from "../core/limits.js";
import type { GasSchedule } from "../gas/schedule.js";
import { type Additions, EXTRA_PARAMS, EXTRA_RESULTS, I32, I64, VOID } from "./additions.js";
import { BodyPlan, EVENT, EVENT_SIZE } from "./body-plan.js";
import { BadBinary, ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import { type AddedFunction, addedFunctions, isNumeric, movedConstant } from "./helpers.js";
import { type FunctionType, KIND, type ModuleShape, SECTION, skipConstant } from "./module-shape.js";
import { OP } from "./opcodes.js";
import { scanBody } from "./scan-body.js";
import type { ContractInterface } from "./validate.js";
import { writeBody } from "./write-body.js";

/** The module name of the numbered imports in the rewritten module. */
export const REWRITTEN_IMPORTS = "q";

export interface RewrittenModule {
  readonly bytes: Uint8Array;
  readonly reusable: boolean;
  /** When asked for: rewritten offset, original offset and length of each run of copied code, in order. */
  readonly offsets?: readonly number[];
}

export interface RewriteOptions {
  readonly schedule: GasSchedule;
  readonly limits: Limits;
  readonly floats: "canonical" | "reject";
}

/** What the engine takes: parameters or results of a function, and bytes of one body. Source: V8's wasm-limits.h. */
const MOST_PARAMS = 1_000;
const MOST_BODY_BYTES = 7_654_321;

/** The types of the rewritten module: one for each original index, and more as they are asked for. */
class TypeTable {
  readonly types: FunctionType[];
  readonly #indices = new Map<string, number>();

  constructor(original: readonly FunctionType[]) {
    this.types = original.map(({ params, results }) => ({
      params: [...params, ...EXTRA_PARAMS],
      results: [...results, ...EXTRA_RESULTS],
    }));
    for (const [i, { params, results }] of this.types.entries()) {
      if (params.length > MOST_PARAMS || results.length > MOST_PARAMS) {
        const most = `${MOST_PARAMS - EXTRA_PARAMS.length} parameters and ${MOST_PARAMS - EXTRA_RESULTS.length} results`;
        throw new BadBinary(`type ${i} has too many values: a function may have ${most}`, 8);
      }
      this.#indices.set(keyOf(params, results), i);
    }
  }

  indexOf({ params, results }: FunctionType): number {
    const key = keyOf(params, results);
    let index = this.#indices.get(key);
    if (index === undefined) {
      index = this.types.push({ params, results }) - 1;
      this.#indices.set(key, index);
    }
    return index;
  }

  /** A block type with these results: one value type's byte as a negative number, or an index. */
  resultsBlock(results: readonly number[]): number {
    if (results.length === 0) return VOID - 0x80;
    return results.length === 1 ? (results[0] as number) - 0x80 : this.indexOf({ params: [], results });
  }
}

const keyOf = (params: readonly number[], results: readonly number[]): string => `${params.join()} ${results.join()}`;

/**
 * Rewrites a module that has passed validation.
 * @param contract what to export to the VM; without it, the module's own functions are exported under `:NAME`
 */
export function rewriteModule(
  shape: ModuleShape,
  contract: ContractInterface | undefined,
  options: RewriteOptions,
  wantsOffsets: boolean,
): RewrittenModule {
  const { schedule, limits } = options;
  const types = new TypeTable(shape.types);
  const firstGlobal = shape.globals.length;
  const additions: Additions = {
    gasGlobal: firstGlobal,
    memoryGasGlobal: firstGlobal + 1,
    stackGlobal: firstGlobal + 2,
    statusGlobal: firstGlobal + 3,
    bulkFunction: shape.functions.length,
    resultsBlock: (type) => types.resultsBlock(type.results),
    blockType: (typeIndex) => types.indexOf(shape.types[typeIndex] as FunctionType),
    reference: (index) => (index < shape.importedFunctions ? shape.functions.length + 1 + index : index),
  };
  const added = addedFunctions(shape, contract, additions, firstGlobal + 4, schedule);

  // Bodies before types: they decide which types are needed.
  const code = new ByteWriter(shape.bytes.length * 3 + 1024);
  const runs: number[] | undefined = wantsOffsets ? [] : undefined;
  const { reusable, referred } = writeBodies(shape, options, additions, code, runs);
  const body = new ByteWriter(256);
  for (const { locals, code: operators } of added) {
    body.reset();
    body.u32(locals.length);
    for (const type of locals) {
      body.u8(1);
      body.u8(type);
    }
    body.append(operators);
    body.u8(OP.end);
    code.u32(body.length);
    code.append(body.finish());
  }

  const typeIndices = added.map(({ type }) => types.indexOf(type));
  const importTypes = shape.imports.map(({ typeIndex }) => types.indexOf(shape.types[typeIndex] as FunctionType));
  const out = new ByteWriter(code.length + shape.bytes.length);
  out.append(shape.bytes.subarray(0, 8));
  out.section(SECTION.type, typeSection(types.types));
  if (shape.imports.length > 0) out.section(SECTION.import, importSection(importTypes));
  out.section(SECTION.function, functionSection(shape, typeIndices));
  if (shape.tables.length > 0) out.section(SECTION.table, tableSection(shape, limits.tableElements));
  if (shape.memories.length > 0) out.section(SECTION.memory, memorySection(shape, limits.memoryPages));
  out.section(SECTION.global, globalSection(shape, additions));
  out.section(SECTION.export, exportSection(shape, added));
  writeElements(shape, additions, referred, out);
  copySection(shape, SECTION.dataCount, out);
  const codeCount = new ByteWriter(8);
  codeCount.u32(shape.bodies.length + added.length);
  out.u8(SECTION.code);
  out.u32(codeCount.length + code.length);
  out.append(codeCount.finish());
  const codeStart = out.length;
  out.append(code.finish());
  copySection(shape, SECTION.data, out);
  if (runs === undefined) return { bytes: out.finish(), reusable };
  return { bytes: out.finish(), reusable, offsets: runs.map((value, k) => (k % 3 === 0 ? value + codeStart : value)) };
}

/**
 * Writes every body of the module.
 * @returns whether an instance can be used again after it ran, and the functions that bodies refer to
 */
function writeBodies(
  shape: ModuleShape,
  { schedule, limits, floats }: RewriteOptions,
  additions: Additions,
  code: ByteWriter,
  runs: number[] | undefined,
): { reusable: boolean; referred: ReadonlySet<number> } {
  const prices = { ...schedule, stackBytes: limits.stackBytes };
  const plan = new BodyPlan();
  const body = new ByteWriter(65_536);
  const referred = new Set<number>();
  // A kept memory's image has the numbers in globals, but no references.
  let reusable = shape.globals.every(({ type, mutable }) => !mutable || isNumeric(type));
  for (let i = 0; i < shape.bodies.length; i++) {
    scanBody(shape, i, plan, floats);
    if (plan.spendsInstance) reusable = false;
    for (let base = 0; plan.hasReference && base < plan.eventCount * EVENT_SIZE; base += EVENT_SIZE) {
      if (plan.events[base + 1] !== EVENT.refFunc) continue;
      referred.add(additions.reference(plan.events[base + 2] as number));
    }
    body.reset();
    const own: number[] | undefined = runs === undefined ? undefined : [];
    writeBody(shape, i, plan, additions, prices, body, own);
    if (body.length > MOST_BODY_BYTES) {
      const where = `function ${shape.importedFunctions + i}`;
      throw new BadBinary(`${where} is too large: with its gas counted it has ${body.length} bytes`, plan.codeStart);
    }
    code.u32(body.length);
    if (own !== undefined) {
      for (const [k, value] of own.entries()) runs?.push(k % 3 === 0 ? value + code.length : value);
    }
    code.append(body.finish());
  }
  return { reusable, referred };
}

function typeSection(types: readonly FunctionType[]): ByteWriter {
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

/** Imports get their number as name, so that two forms of one host function can stand side by side. */
function importSection(types: readonly number[]): ByteWriter {
  const out = new ByteWriter();
  out.u32(types.length);
  for (const [i, type] of types.entries()) {
    out.name(REWRITTEN_IMPORTS);
    out.name(String(i));
    out.u8(KIND.function);
    out.u32(type);
  }
  return out;
}

function functionSection(shape: ModuleShape, addedTypes: readonly number[]): ByteWriter {
  const out = new ByteWriter();
  const own = shape.functions.slice(shape.importedFunctions);
  out.u32(own.length + addedTypes.length);
  for (const type of [...own, ...addedTypes]) out.u32(type);
  return out;
}

/** The tables' maximum is what the limit leaves for all of them together. */
function tableSection(shape: ModuleShape, limit: number): ByteWriter {
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

function memorySection(shape: ModuleShape, limit: number): ByteWriter {
  const out = new ByteWriter();
  const memory = shape.memories[0] as { min: number; max: number | undefined };
  out.u32(1);
  out.u8(1);
  out.u32(memory.min);
  out.u32(memory.max === undefined ? limit : Math.min(memory.max, limit));
  return out;
}

function globalSection(shape: ModuleShape, additions: Additions): ByteWriter {
  const out = new ByteWriter();
  const own = [I64, I64, I32, I32, I32];
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

function exportSection(shape: ModuleShape, added: readonly AddedFunction[]): ByteWriter {
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
function writeElements(shape: ModuleShape, additions: Additions, referred: ReadonlySet<number>, out: ByteWriter): void {
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

function copySection(shape: ModuleShape, id: number, out: ByteWriter): void {
  const section = shape.sections.find((candidate) => candidate.id === id);
  if (section === undefined) return;
  out.u8(id);
  out.u32(section.end - section.start);
  out.copy(shape.bytes, section.start, section.end);
}
