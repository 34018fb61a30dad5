// Writes a module's sections again with metered bodies, lowered limits, numbered imports, the VM's own functions and
// globals at the end of their index spaces, and the VM's exports in place of the module's.
// Custom sections are left out, and the start function becomes an export that the VM runs.

import type { Limits } from "../core/limits.js";
import type { GasSchedule } from "../gas/schedule.js";
import { ByteWriter } from "./byte-writer.js";
import { addedFunctions } from "./helpers.js";
import { type FunctionType, KIND, type ModuleShape, SECTION } from "./module-shape.js";
import { OP } from "./opcodes.js";
import { BodyPlan, scanBody } from "./scan-body.js";
import type { ContractInterface } from "./validate.js";
import { type Additions, I32, I64, VOID, writeBody } from "./write-body.js";

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

/** The types of the rewritten module: the original ones, and more as they are asked for. */
class TypeTable {
  readonly types: FunctionType[];

  constructor(original: readonly FunctionType[]) {
    this.types = [...original];
  }

  indexOf(type: FunctionType): number {
    const same = (a: readonly number[], b: readonly number[]): boolean =>
      a.length === b.length && a.every((value, i) => value === b[i]);
    const found = this.types.findIndex((other) => same(other.params, type.params) && same(other.results, type.results));
    return found === -1 ? this.types.push(type) - 1 : found;
  }

  /** A block type with these results: one value type's byte as a negative number, or an index. */
  blockType(results: readonly number[]): number {
    if (results.length === 0) return VOID - 0x80;
    return results.length === 1 ? (results[0] as number) - 0x80 : this.indexOf({ params: [], results });
  }
}

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
  const blockTypes = new Map<FunctionType, number>();
  const additions: Additions = {
    gasGlobal: firstGlobal,
    memoryGasGlobal: firstGlobal + 1,
    stackGlobal: firstGlobal + 2,
    statusGlobal: firstGlobal + 3,
    bulkFunction: shape.functions.length,
    blockTypeOf: (type) => {
      let blockType = blockTypes.get(type);
      if (blockType === undefined) {
        blockType = types.blockType(type.results);
        blockTypes.set(type, blockType);
      }
      return blockType;
    },
  };
  const added = addedFunctions(shape, contract, additions, firstGlobal + 4, schedule);

  // Bodies first: they decide which types are needed.
  const code = new ByteWriter(shape.bytes.length * 2);
  const pairs: number[] | undefined = wantsOffsets ? [] : undefined;
  const plan = new BodyPlan();
  const body = new ByteWriter(4096);
  const prices = { ...schedule, stackBytes: limits.stackBytes };
  let reusable = true;
  code.u32(shape.bodies.length + added.length);
  for (let i = 0; i < shape.bodies.length; i++) {
    scanBody(shape, i, plan, options.floats);
    if (plan.spendsInstance) reusable = false;
    body.reset();
    const own: number[] | undefined = pairs === undefined ? undefined : [];
    writeBody(shape, i, plan, additions, prices, body, own);
    code.u32(body.length);
    if (own !== undefined)
      for (let k = 0; k < own.length; k++) pairs?.push((own[k] as number) + (k % 3 === 0 ? code.length : 0));
    code.append(body.finish());
  }
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
  const out = new ByteWriter(code.length + shape.bytes.length);
  out.append(shape.bytes.subarray(0, 8));
  out.section(SECTION.type, typeSection(types.types));
  if (shape.imports.length > 0) out.section(SECTION.import, importSection(shape));
  out.section(SECTION.function, functionSection(shape, typeIndices));
  if (shape.tables.length > 0) out.section(SECTION.table, tableSection(shape, limits.tableElements));
  if (shape.memories.length > 0) out.section(SECTION.memory, memorySection(shape, limits.memoryPages));
  out.section(SECTION.global, globalSection(shape));
  out.section(SECTION.export, exportSection(shape, contract, added));
  copySection(shape, SECTION.element, out);
  copySection(shape, SECTION.dataCount, out);
  out.section(SECTION.code, code);
  const codeStart = out.length - code.length;
  copySection(shape, SECTION.data, out);
  if (pairs === undefined) return { bytes: out.finish(), reusable };
  return { bytes: out.finish(), reusable, offsets: pairs.map((value, k) => (k % 3 === 0 ? value + codeStart : value)) };
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
function importSection(shape: ModuleShape): ByteWriter {
  const out = new ByteWriter();
  out.u32(shape.imports.length);
  for (const [i, { typeIndex }] of shape.imports.entries()) {
    out.name(REWRITTEN_IMPORTS);
    out.name(String(i));
    out.u8(KIND.function);
    out.u32(typeIndex);
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

function globalSection(shape: ModuleShape): ByteWriter {
  const out = new ByteWriter();
  const own = [I64, I64, I32, I32, I32];
  out.u32(shape.globals.length + own.length);
  for (const { type, mutable, init } of shape.globals) {
    out.u8(type);
    out.u8(mutable ? 1 : 0);
    out.append(init);
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

function exportSection(
  shape: ModuleShape,
  contract: ContractInterface | undefined,
  added: readonly { readonly name: string; readonly exported: boolean }[],
): ByteWriter {
  const functions = contract === undefined ? ownFunctions(shape) : contractFunctions(contract);
  if (shape.start !== undefined) functions.push(["start", shape.start]);
  for (const [i, { name, exported }] of added.entries()) {
    if (exported) functions.push([name, shape.functions.length + i]);
  }
  const out = new ByteWriter();
  out.u32(functions.length + shape.memories.length);
  if (shape.memories.length > 0) {
    out.name("memory");
    out.u8(KIND.memory);
    out.u32(0);
  }
  for (const [name, index] of functions) {
    out.name(name);
    out.u8(KIND.function);
    out.u32(index);
  }
  return out;
}

/** What the VM calls of a contract as it is; `query`, and an `execute` with a result, are called through added functions. */
function contractFunctions({ exports, executeReturns, hasAllocator }: ContractInterface): [string, number][] {
  const functions: [string, number][] = [["init", exports.init]];
  if (!executeReturns) functions.push(["execute", exports.execute]);
  if (hasAllocator) functions.push(["alloc", exports.alloc]);
  return functions;
}

/** No name of the VM's begins with a colon, so the module's names cannot stand in its way. */
function ownFunctions(shape: ModuleShape): [string, number][] {
  return shape.exports.flatMap(({ name, kind, index }) => (kind === KIND.function ? [[`:${name}`, index]] : []));
}

function copySection(shape: ModuleShape, id: number, out: ByteWriter): void {
  const section = shape.sections.find((candidate) => candidate.id === id);
  if (section === undefined) return;
  out.u8(id);
  out.u32(section.end - section.start);
  out.copy(shape.bytes, section.start, section.end);
}
