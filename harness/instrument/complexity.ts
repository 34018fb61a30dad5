// What a function would ask of the engine that compiles it. Compilers keep a note of every slot (parameter, local,
// operand) at every place where code paths meet, so a module of a megabyte could make one take a hundred gigabytes.
// Such modules are refused at deployment, by sums over their operators, before any engine has compiled them.

import { ByteReader } from "./byte-reader.js";
import type { FunctionType, ModuleShape } from "./module-shape.js";
import {
  ENDS_BLOCK,
  IMMEDIATE,
  MAKES_NAN_F32,
  MAKES_NAN_F64,
  OP,
  OPERATORS,
  type Operator,
  PREFIXED_FC,
} from "./opcodes.js";
import { isValueType, readValueType } from "./read-module.js";
import { refusal } from "./refusals.js";

/** Parameters and locals of one function: the engine takes 50,000, of which the rewriting needs a few. */
const MOST_LOCALS = 49_900;

/** Parameters and results of one function: the engine takes 1,000 of each, of which the rewriting needs two and one. */
const MOST_PARAMS = 998;
const MOST_RESULTS = 999;

/** Bytes of one function after rewriting: the engine takes 7,654,321. */
const MOST_BYTES = 7_000_000;

/**
 * Slots times blocks, of one function and of a module. In V8 each comes to some 40 bytes and 50 ns in the baseline compiler,
 * and to 150 bytes and 450 ns in the optimising one when every loop changes every local; given back after each function.
 */
const MOST_WORK = 4_000_000;
const MOST_WORK_IN_ALL = 50_000_000;

/** What the rewriting may add, in bytes: for each straight-line block, and for each operator that can make a NaN. */
const BYTES_PER_BLOCK = 48;
const BYTES_PER_NAN = 24;

/** Figures of one function, none of them too low. */
interface Figures {
  blocks: number;
  nans: number;
  maxHeight: number;
}

/**
 * Checks what compiling a valid module's functions would take.
 * @throws QwvmError `CODE_TOO_LARGE`
 */
export function checkComplexity(shape: ModuleShape, contract: string): void {
  for (const [i, { params, results }] of shape.types.entries()) {
    if (params.length <= MOST_PARAMS && results.length <= MOST_RESULTS) continue;
    const message = `its function type ${i} has ${params.length} parameters and ${results.length} results.`;
    throw refusal("CODE_TOO_LARGE", contract, message, `${MOST_PARAMS} and ${MOST_RESULTS} are allowed.`);
  }
  // Every operator is a byte or more, and adds one operand or ends one block: most modules need not be read for this.
  let mostWork = 0;
  let longest = 0;
  const functions = shape.bodies.map(({ start, end }, i) => {
    const index = shape.importedFunctions + i;
    const { params } = shape.types[shape.functions[index] as number] as FunctionType;
    const reader = new ByteReader(shape.bytes, start, end);
    const locals = params.length + readLocalCount(reader, index);
    if (locals > MOST_LOCALS) {
      const message = `function ${index} has ${locals} parameters and local variables, ${MOST_LOCALS} are allowed.`;
      throw refusal("CODE_TOO_LARGE", contract, message);
    }
    mostWork += (locals + end - start) * (end - start);
    longest = Math.max(longest, end - start);
    return { index, locals, reader, sizeBytes: end - start };
  });
  if (mostWork <= MOST_WORK && longest * (1 + BYTES_PER_BLOCK) <= MOST_BYTES) return;

  let work = 0;
  for (const { index, locals, reader, sizeBytes } of functions) {
    const figures = readFigures(shape, reader);
    if (figures === undefined) return;
    const { blocks, nans, maxHeight } = figures;
    if (sizeBytes + blocks * BYTES_PER_BLOCK + nans * BYTES_PER_NAN > MOST_BYTES) {
      const parts = `${sizeBytes} bytes, ${blocks} blocks and ${nans} operators that make floats`;
      throw refusal("CODE_TOO_LARGE", contract, `function ${index} is too long: ${parts}.`, DIVIDE);
    }
    const own = (locals + maxHeight) * blocks;
    work += own;
    if (own > MOST_WORK || work > MOST_WORK_IN_ALL) {
      const parts = `${locals} local variables, ${maxHeight} operands and ${blocks} blocks`;
      const message = `its functions would take too much to compile, up to number ${index} with ${parts}.`;
      throw refusal("CODE_TOO_LARGE", contract, message, DIVIDE);
    }
  }
}

/** What can be done about a function that is too large. */
export const DIVIDE = "Divide large functions into several, or compile with optimisation.";

function readLocalCount(reader: ByteReader, index: number): number {
  let count = 0;
  const groups = reader.u32();
  for (let i = 0; i < groups; i++) {
    count += reader.u32();
    readValueType(reader, `function ${index}`);
  }
  return count;
}

/**
 * Reads a function's operators, from after its local declarations. Dead code is taken for code that runs. Undefined when
 * there is something of a feature that is not accepted: the rewriting names it, and nothing is compiled.
 */
function readFigures(shape: ModuleShape, reader: ByteReader): Figures | undefined {
  const figures: Figures = { blocks: 1, nans: 0, maxHeight: 0 };
  const bases: number[] = [];
  const afters: number[] = [];
  let height = 0;
  while (reader.offset < reader.end) {
    const opcode = reader.u8();
    const operator = opcode === OP.prefixFc ? PREFIXED_FC[reader.u32()] : OPERATORS[opcode];
    if (operator === undefined) return undefined;
    const { flags, pops, pushes } = operator;
    if ((flags & ENDS_BLOCK) !== 0) figures.blocks++;
    if ((flags & (MAKES_NAN_F32 | MAKES_NAN_F64)) !== 0) figures.nans++;
    height += pushes - pops;
    if (opcode === OP.block || opcode === OP.loop || opcode === OP.if) {
      const type = readBlockType(shape, reader);
      if (type === undefined) return undefined;
      const { params, results } = type;
      const base = Math.max(height - params, bases.at(-1) ?? 0);
      bases.push(base);
      afters.push(base + results);
      height = base + params;
    } else if (opcode === OP.end) {
      bases.pop();
      height = afters.pop() ?? 0;
    } else if (opcode === OP.call || opcode === OP.callIndirect) {
      const immediate = reader.u32();
      if (opcode === OP.callIndirect) reader.skipLeb();
      const typeIndex = opcode === OP.call ? (shape.functions[immediate] as number) : immediate;
      const type = shape.types[typeIndex] as FunctionType;
      height += type.results.length - type.params.length;
    } else {
      skipImmediate(reader, operator);
    }
    height = Math.max(height, bases.at(-1) ?? 0);
    if (height > figures.maxHeight) figures.maxHeight = height;
  }
  return figures;
}

function readBlockType(shape: ModuleShape, reader: ByteReader): { params: number; results: number } | undefined {
  const index = reader.s33();
  if (index >= 0) {
    const { params, results } = shape.types[index] as FunctionType;
    return { params: params.length, results: results.length };
  }
  if (index === -64) return { params: 0, results: 0 };
  return isValueType(index + 128) ? { params: 0, results: 1 } : undefined;
}

function skipImmediate(reader: ByteReader, { immediate }: Operator): void {
  if (immediate === IMMEDIATE.f32) reader.skip(4);
  else if (immediate === IMMEDIATE.f64) reader.skip(8);
  else if (immediate === IMMEDIATE.branchTable || immediate === IMMEDIATE.typeVector) {
    const count = reader.u32();
    for (let i = 0; i < count; i++) reader.skipLeb();
    if (immediate === IMMEDIATE.branchTable) reader.skipLeb();
  } else if (immediate !== IMMEDIATE.none) {
    reader.skipLeb();
    if (immediate === IMMEDIATE.memarg || immediate === IMMEDIATE.lebPair) reader.skipLeb();
  }
}
