// What a module's functions would ask of the engine that compiles it. Compilers keep a note of every slot (parameter, local,
// operand) at every place where code paths meet, and of much else by pairs, so a module of a megabyte could keep one busy
// for minutes and take a hundred gigabytes. Such modules are refused at deployment, before any engine has compiled them.

import type { Limits } from "../core/limits.js";
import { ByteReader } from "./byte-reader.js";
import { type FunctionWork, measureWork } from "./compile-work.js";
import type { FunctionType, ModuleShape } from "./module-shape.js";
import { readValueType } from "./read-module.js";
import { refusal } from "./refusals.js";

/** Parameters and locals of one function: the engine takes 50,000, of which the rewriting needs a few. */
const MOST_LOCALS = 49_900;

/** Parameters and results of one function or block, as CosmWasm has them (it has one result, being without multi-value). */
export const MOST_PARAMS = 100;
export const MOST_RESULTS = 100;

/** Bytes of one function after rewriting: the engine takes 7,654,321. */
const MOST_BYTES = 7_000_000;

/** Nanoseconds of the engine's slower compiler for all functions of a module, for every mebibyte of code that is allowed. */
const MOST_TIME = 2_000_000_000;
const MEBIBYTE = 1_048_576;

/** What the rewriting may add, in bytes: for each straight-line block, and for each operator that can make a NaN. */
const BYTES_PER_BLOCK = 48;
const BYTES_PER_NAN = 24;

/** Slots times bytes, and bytes squared, of all functions together, that are too few to be looked at. */
const TOO_LITTLE = 4_000_000;

/** How much more than a contract a module may ask for that is metered alone: it is the caller's own. */
export const OWN_MODULE = 3;

/**
 * Checks what compiling a valid module's functions would take.
 * @param factor how much more than a contract's it may be
 * @throws QwvmError `CODE_TOO_LARGE`
 */
export function checkComplexity(
  shape: ModuleShape,
  contract: string,
  limits: Pick<Limits, "codeBytes" | "stackBytes">,
  factor = 1,
): void {
  // Every operator is a byte or more, and adds one operand or ends one block: most modules need not be read for this.
  let little = 0;
  let longest = 0;
  const functions = shape.bodies.map(({ start, end }, i) => {
    const index = shape.importedFunctions + i;
    const { params, results } = shape.types[shape.functions[index] as number] as FunctionType;
    const reader = new ByteReader(shape.bytes, start, end);
    const locals = params.length + readLocalCount(reader, index);
    if (locals > MOST_LOCALS) {
      const message = `function ${index} has ${locals} parameters and local variables, ${MOST_LOCALS} are allowed.`;
      throw refusal("CODE_TOO_LARGE", contract, message);
    }
    little += (locals + end - start) * (end - start);
    longest = Math.max(longest, end - start);
    return { index, locals, results: results.length, reader, sizeBytes: end - start };
  });
  if (little <= TOO_LITTLE && longest * (1 + BYTES_PER_BLOCK) <= MOST_BYTES) return;

  const most = MOST_TIME * Math.max(1, limits.codeBytes / MEBIBYTE) * factor;
  let time = 0;
  for (const { index, locals, results, reader, sizeBytes } of functions) {
    const work = measureWork(shape, reader, locals, results, most - time, limits.stackBytes);
    if (work === undefined) return;
    const { blocks, nans } = work;
    if (sizeBytes + blocks * BYTES_PER_BLOCK + nans * BYTES_PER_NAN > MOST_BYTES) {
      const parts = `${sizeBytes} bytes, ${blocks} blocks and ${nans} operators that make floats`;
      throw refusal("CODE_TOO_LARGE", contract, `function ${index} is too long: ${parts}.`, DIVIDE);
    }
    time += work.time;
    if (time > most) throw refusal("CODE_TOO_LARGE", contract, describe(index, locals, work, time, most), DIVIDE);
  }
}

/** What can be done about a function that is too large. */
export const DIVIDE = "Divide large functions into several, or compile with optimisation.";

/**
 * Checks function types, which are those of functions, calls and blocks.
 * @throws QwvmError `CODE_TOO_LARGE`
 */
export function checkTypeSizes(shape: ModuleShape, contract: string): void {
  for (const [i, { params, results }] of shape.types.entries()) {
    if (params.length <= MOST_PARAMS && results.length <= MOST_RESULTS) continue;
    const message = `its function type ${i} has ${params.length} parameters and ${results.length} results, ${MOST_PARAMS} and ${MOST_RESULTS} are allowed.`;
    throw refusal("CODE_TOO_LARGE", contract, message, "Hand values over in memory.");
  }
}

function describe(index: number, locals: number, work: FunctionWork, time: number, most: number): string {
  const { operators, blocks, loops, maxHeight } = work;
  const parts = `${operators} operators in ${blocks} blocks and ${loops} loops, ${locals} local variables, ${maxHeight} operands`;
  const share = `${(time / 1e9).toFixed(1)} of ${(most / 1e9).toFixed(1)} seconds`;
  return `its functions would take an engine too long to compile (by estimate ${share}), up to function ${index} with ${parts}.`;
}

function readLocalCount(reader: ByteReader, index: number): number {
  let count = 0;
  const groups = reader.u32();
  for (let i = 0; i < groups; i++) {
    count += reader.u32();
    readValueType(reader, `function ${index}`);
  }
  return count;
}
