// Writes a module's sections again with metered bodies, lowered limits, numbered imports, the VM's own functions and
// globals at the end of their index spaces, and the VM's exports in place of the module's.
// Custom sections are left out, and the start function becomes an export that the VM runs.
//
// Every function type takes and gives the gas in addition (write-body.ts) and keeps its index. The original types, which
// imports, block types and the VM's doors have, come behind. Where a table or a reference names an imported function,
// another function stands in for it.

import type { Limits } from "../core/limits.js";
import type { GasSchedule } from "../gas/schedule.js";
import { addedFunctions, isNumeric } from "./added-functions.js";
import { type Additions, EXTRA_PARAMS, EXTRA_RESULTS, VOID } from "./additions.js";
import { BodyPlan, EVENT, EVENT_SIZE } from "./body-plan.js";
import { ByteWriter } from "./byte-writer.js";
import { type FunctionType, type ModuleShape, SECTION, TooLarge } from "./module-shape.js";
import { OP } from "./opcodes.js";
import { scanBody } from "./scan-body.js";
import type { ContractInterface } from "./validate.js";
import { writeBody } from "./write-body.js";
import {
  copySection,
  exportSection,
  functionSection,
  globalSection,
  importSection,
  memoryLimits,
  memorySection,
  tableSection,
  typeSection,
  writeElements,
} from "./write-sections.js";

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
  /** The memory is imported, and shared between threads, instead of being the module's own. */
  readonly sharesMemory?: boolean;
}

/** Bytes of one body that the engine takes. Source: V8's wasm-limits.h. */
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
    for (const [i, { params, results }] of this.types.entries()) this.#indices.set(keyOf(params, results), i);
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
    inputGlobals: contract?.inputs === "hidden" ? [firstGlobal + 5, firstGlobal + 6] : undefined,
    bulkFunction: shape.functions.length,
    tableFunction: shape.functions.length + 1,
    resultsBlock: (type) => types.resultsBlock(type.results),
    blockType: (typeIndex) => types.indexOf(shape.types[typeIndex] as FunctionType),
    reference: (index) => (index < shape.importedFunctions ? shape.functions.length + 2 + index : index),
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
  const memory = memoryLimits(shape, limits.memoryPages);
  const shared = options.sharesMemory ? memory : undefined;
  if (shape.imports.length > 0 || shared) out.section(SECTION.import, importSection(importTypes, shared));
  out.section(SECTION.function, functionSection(shape, typeIndices));
  if (shape.tables.length > 0) out.section(SECTION.table, tableSection(shape, limits.tableElements));
  if (memory !== undefined && shared === undefined) out.section(SECTION.memory, memorySection(memory));
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
  plan.hidesInputs = additions.inputGlobals !== undefined;
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
      const size = `${body.length} bytes with its gas counted, ${MOST_BODY_BYTES} can be run`;
      throw new TooLarge(`function ${shape.importedFunctions + i} is too long: ${size}.`);
    }
    code.u32(body.length);
    if (own !== undefined) {
      for (const [k, value] of own.entries()) runs?.push(k % 3 === 0 ? value + code.length : value);
    }
    code.append(body.finish());
  }
  return { reusable, referred };
}
