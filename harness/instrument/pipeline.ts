// From a deployed module to the one that runs: read, validate, rewrite every body, write the sections again.
// The rewriting is a function of the bytes and the options alone, so it can be repeated to learn where code has moved.

import type { Limits } from "../core/limits.js";
import type { GasSchedule } from "../gas/schedule.js";
import { numericGlobals } from "./added-functions.js";
import { BodyPlan } from "./body-plan.js";
import { BadBinary } from "./byte-reader.js";
import { DIVIDE } from "./complexity.js";
import { type ModuleShape, TooLarge, UnsupportedFeature } from "./module-shape.js";
import { readModule } from "./read-module.js";
import { atByte, refusal } from "./refusals.js";
import { rewriteModule } from "./rewrite-module.js";
import { scanBody } from "./scan-body.js";
import { describeTooLarge } from "./size-refusal.js";
import {
  type ContractInterface,
  checkSizes,
  refuseForeignParts,
  type ValidateOptions,
  validateModule,
} from "./validate.js";
import { preferWasi } from "./wasi.js";
import { memoryLimits } from "./write-sections.js";

export interface InstrumentOptions {
  /** The contract's name, for messages. */
  readonly name: string;
  readonly schedule: GasSchedule;
  readonly limits: Limits;
  readonly hostFunctions: "all" | "documented";
  /** NaN bits made canonical, or operators on floats refused. */
  readonly floats: "canonical" | "reject";
}

/** A module ready to run, and what the VM has to know of it. */
export interface InstrumentedModule {
  readonly bytes: Uint8Array;
  readonly contract: ContractInterface;
  /** How many mutable numeric globals there are to save and load. */
  readonly globalCount: number;
  /** Whether an instance is as new once its memory and its globals are reset. */
  readonly reusable: boolean;
  /** Size of the memory when the module starts, and what its data segments put there, in order. */
  readonly initialPages: number;
  readonly initialData: readonly { readonly at: number; readonly bytes: Uint8Array }[];
}

/**
 * Checks a module and rewrites it to count gas and stack.
 * @throws QwvmError with a `RefusalCode` when the module may not be deployed
 */
export function instrument(wasm: Uint8Array, options: InstrumentOptions): InstrumentedModule {
  try {
    return instrumentModule(wasm, options);
  } catch (error) {
    throw preferWasi(error, wasm, options.name);
  }
}

function instrumentModule(wasm: Uint8Array, options: InstrumentOptions): InstrumentedModule {
  const { limits, name } = options;
  if (wasm.length > limits.codeBytes) {
    const { message, hint } = describeTooLarge(wasm, limits.codeBytes);
    throw refusal("CODE_TOO_LARGE", name, message, hint);
  }
  return refuseInOurWords(wasm, name, () => {
    const shape = readModule(wasm);
    if (options.floats === "reject") refuseFloatTypes(shape);
    refuseForeignParts(shape, options);
    // Before the engine is asked, since engines differ in what sizes they call valid.
    checkSizes(shape, options);
    checkTypes(shape, options);
    const contract = validateModule(shape, options satisfies ValidateOptions);
    const rewritten = rewriteModule(shape, contract, options, false);
    return {
      bytes: rewritten.bytes,
      contract,
      globalCount: numericGlobals(shape).length,
      reusable: rewritten.reusable,
      initialPages: shape.memories[0]?.min ?? 0,
      initialData: joinSegments(shape.data.flatMap(({ at, bytes }) => (at === undefined ? [] : [{ at, bytes }]))),
    };
  });
}

/** Data segments closer together than this are put into memory as one. */
const LARGEST_JOINED = 65_536;

/** The same data in fewer pieces, copied: one when all of it lies close together. */
function joinSegments(segments: InstrumentedModule["initialData"]): InstrumentedModule["initialData"] {
  const used = segments.filter(({ bytes }) => bytes.length > 0);
  const start = used.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const end = used.reduce((most, { at, bytes }) => Math.max(most, at + bytes.length), 0);
  if (used.length === 0 || end - start > LARGEST_JOINED)
    return used.map(({ at, bytes }) => ({ at, bytes: bytes.slice() }));
  const joined = new Uint8Array(end - start);
  for (const { at, bytes } of used) joined.set(bytes, at - start);
  return [{ at: start, bytes: joined }];
}

/**
 * Repeats the rewriting of a module that was instrumented before, for a memory that is shared with another thread.
 * @returns the module, which imports it as `memory`, and the most pages that it may have
 */
export function instrumentShared(
  wasm: Uint8Array,
  options: InstrumentOptions,
): { bytes: Uint8Array; mostPages: number } {
  const shape = readModule(wasm);
  const contract = validateModule(shape, options satisfies ValidateOptions);
  const { bytes } = rewriteModule(shape, contract, { ...options, sharesMemory: true }, false);
  return { bytes, mostPages: memoryLimits(shape, options.limits.memoryPages)?.max ?? 0 };
}

/** Where the rewritten module's code was in the original. */
export interface OffsetMap {
  /** The original offset of an operator; for added code that of the operator it was put before. */
  toOriginal(offset: number): number;
  /** Functions of the original, imported ones included. Those with a higher index were added. */
  readonly functionCount: number;
}

/** Repeats the rewriting of a module that was instrumented before, to learn where its code has moved. */
export function mapOffsets(wasm: Uint8Array, options: InstrumentOptions): OffsetMap {
  const shape = readModule(wasm);
  const { offsets = [] } = rewriteModule(shape, validateModule(shape, options), options, true);
  const runs = offsets.length / 3;
  return {
    functionCount: shape.functions.length,
    toOriginal(offset) {
      let low = 0;
      let high = runs;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((offsets[middle * 3] as number) <= offset) low = middle + 1;
        else high = middle;
      }
      const last = low - 1;
      const isCopied = last >= 0 && offset - (offsets[last * 3] as number) < (offsets[last * 3 + 2] as number);
      if (isCopied) return (offsets[last * 3 + 1] as number) + offset - (offsets[last * 3] as number);
      return offsets[Math.min(low, runs - 1) * 3 + 1] ?? 0;
    },
  };
}

/** Lets the engine check the types inside of functions; a feature it may have stumbled over is named first. */
export function checkTypes(shape: ModuleShape, { name, floats }: Pick<InstrumentOptions, "name" | "floats">): void {
  if (WebAssembly.validate(shape.bytes)) return;
  const plan = new BodyPlan();
  for (let i = 0; i < shape.bodies.length; i++) scanBody(shape, i, plan, floats);
  const message = "it is not valid WebAssembly: types, indices or lengths in it do not fit together.";
  throw refusal("INVALID_WASM", name, message, "`wasm-validate` of the WebAssembly Binary Toolkit says where.");
}

export function refuseFloatTypes(shape: ModuleShape): void {
  const isFloat = (type: number): boolean => type === 0x7d || type === 0x7c;
  for (const [i, type] of shape.types.entries()) {
    if (type.params.some(isFloat) || type.results.some(isFloat)) {
      throw new UnsupportedFeature("floating point", `function type ${i}`, -1);
    }
  }
  for (const [i, global] of shape.globals.entries()) {
    if (isFloat(global.type)) throw new UnsupportedFeature("floating point", `global ${i}`, -1);
  }
}

/** Runs a step; what it says about the bytes becomes the user's error. */
export function refuseInOurWords<T>(wasm: Uint8Array, name: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof UnsupportedFeature) {
      const where = error.offset < 0 ? error.where : `${error.where}, ${atByte(error.offset)}`;
      const message = `it uses ${error.feature}, which QWVM does not run (${where}).`;
      throw refusal("UNSUPPORTED_FEATURE", name, message, FEATURE_HINTS[error.feature]);
    }
    if (error instanceof TooLarge) throw refusal("CODE_TOO_LARGE", name, error.message, error.hint ?? DIVIDE);
    if (error instanceof BadBinary) {
      const isWasm = wasm.length >= 4 && wasm[0] === 0 && wasm[1] === 0x61 && wasm[2] === 0x73 && wasm[3] === 0x6d;
      if (!isWasm) {
        throw refusal("NOT_WASM", name, `its ${wasm.length} bytes are not WebAssembly.`, describeOtherFile(wasm));
      }
      throw refusal("INVALID_WASM", name, `it is not valid WebAssembly: ${error.message} (${atByte(error.offset)}).`);
    }
    throw error;
  }
}

const FEATURE_HINTS: Record<string, string> = {
  threads: "Compile without threads and shared memory (-C target-feature=-atomics, no -pthread).",
  SIMD: "Compile without SIMD (-C target-feature=-simd128, -mno-simd128).",
  "relaxed SIMD": "Compile without SIMD (-C target-feature=-simd128, -mno-simd128).",
  exceptions: "Compile without exceptions (-C panic=abort, -fno-exceptions).",
  "tail calls": "Compile without tail calls (-mno-tail-call).",
  memory64: "Compile for wasm32.",
  "floating point": 'Compute with integers, or create the machine with floats: "canonical".',
};

/** What a file that is not Wasm seems to be. */
function describeOtherFile(bytes: Uint8Array): string {
  if (bytes.length === 0) return "The file is empty.";
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  if (/^\s*\(module/.test(head)) return "It looks like the text format; wat2wasm makes a binary of it.";
  if (/^0x[0-9a-f]|^00 ?61 ?73 ?6d/i.test(head)) return "It looks like hex text; give the bytes themselves.";
  if (/^AGFzbQ/.test(head)) return "It looks like base64 text; give the bytes themselves.";
  return "A Wasm binary begins with the bytes 00 61 73 6d.";
}
