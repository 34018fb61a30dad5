// `qwvm run --invoke`: exported functions of a plain module, with arguments written as numbers.

import { QwvmError } from "../core/errors.js";
import { formatSignature, HOST_MODULE, type WasmType } from "../core/host-interface.js";
import { DEFAULT_LIMITS } from "../core/limits.js";
import { printableList, printableLiteral, printableName } from "../core/printable.js";
import { suggest } from "../core/suggest.js";
import type { FunctionCall, Shown } from "../report/run-text.js";
import { type MeteredModule, meter } from "../vm/meter.js";
import type { WasmValue } from "../vm/wasm-values.js";
import { usageError } from "./arguments.js";
import type { RunArguments, Step } from "./run-arguments.js";
import { readGasLimit } from "./run-options.js";

/** Carries out the calls on one instance, in order. */
export function* runFunctions(wasm: Uint8Array, given: RunArguments): Generator<FunctionCall> {
  const { file, steps } = given;
  const metered = meter(wasm, {}, { name: file });
  refuseImports(metered, file);
  const calls = steps.map((step) => {
    for (const name of ["from", "value"] as const) {
      if (step.options[name] === undefined) continue;
      throw usageError(`--${name} is for contracts.`, "Leave it out beside --invoke.");
    }
    const gasLimit = readGasLimit(step.options["gas-limit"]) ?? DEFAULT_LIMITS.defaultGasLimit;
    return { step, args: readArguments(metered, step, file), gasLimit };
  });
  const instance = metered.instantiate();
  for (const { step, args, gasLimit } of calls) {
    const { results, trap, gasUsed } = instance.call(step.name, args, { gasLimit });
    const shown = { args: args.map(showNumber), results: results.map(showNumber) };
    yield { function: step.name, ...shown, trap: trap ?? null, gasUsed, gasLimit };
    if (trap !== undefined) return;
  }
}

function refuseImports({ imports }: MeteredModule, file: string): void {
  const [first] = imports;
  if (first === undefined) return;
  const isContract = imports.every(({ module, name }) => module === HOST_MODULE && /^qw_|^abort$/.test(name));
  const shown = `${printableName(first.module)}.${printableName(first.name)} ${printableName(formatSignature(first))}`;
  throw new QwvmError("MISSING_IMPORT", `${file} imports ${shown}, which --invoke cannot give.`, {
    hint: isContract
      ? "It looks like a contract: call it with --init, --execute and --query."
      : 'Call it from JavaScript and give the functions there: runExport of "qwvm/wasm".',
  });
}

function readArguments({ exports }: MeteredModule, { name, args }: Step, file: string): WasmValue[] {
  const entry = exports.find((candidate) => candidate.name === name);
  if (entry === undefined) {
    const names = exports.map((candidate) => candidate.name);
    const nearest = suggest(name, names);
    const list = names.length === 0 ? "It exports none." : `Its functions are ${printableList(names)}.`;
    const hint = nearest === undefined ? list : `Did you mean ${printableName(nearest)}? ${list}`;
    throw new QwvmError("UNKNOWN_EXPORT", `${file} exports no function ${printableLiteral(name)}.`, { hint });
  }
  const shown = printableName(name);
  const type = `${shown} is ${printableName(formatSignature(entry))}`;
  if (args.length !== entry.params.length) {
    const takes = entry.params.length === 1 ? "1 argument" : `${entry.params.length} arguments`;
    const given = args.length === 0 ? "none was" : args.length === 1 ? "1 was" : `${args.length} were`;
    throw new QwvmError("BAD_ARGUMENT_COUNT", `${shown} takes ${takes}, but ${given} given.`, {
      hint: entry.params.length > 20 ? `${type}.` : `${type}: ${exampleOf(shown, entry.params.length)}`,
    });
  }
  return entry.params.map((param, i) => {
    const value = readNumber(args[i] as string, param);
    if (value !== undefined) return value;
    const message = `Argument ${i + 1} of ${shown} is ${printableLiteral(args[i] as string)}, which is no ${param}.`;
    throw new QwvmError("BAD_ARGUMENT", message, { hint: RANGES[param] });
  });
}

function exampleOf(shown: string, count: number): string {
  return ["--invoke", shown, ...Array.from({ length: count }, (_, i) => i + 1)].join(" ");
}

const RANGES: Record<WasmType, string> = {
  i32: "An i32 is a whole number from -2147483648 to 4294967295, decimal or 0x hex.",
  i64: "An i64 is a whole number from -2^63 to 2^64 - 1, decimal or 0x hex.",
  f32: "An f32 is a number up to 3.4e38, such as 1.5 or -2e10, or inf, -inf or nan.",
  f64: "An f64 is a number up to 1.7e308, such as 1.5 or -2e10, or inf, -inf or nan.",
  funcref: "A reference cannot be written on the command line.",
  externref: "A reference cannot be written on the command line.",
};

function readNumber(text: string, type: WasmType): WasmValue | undefined {
  if (type === "i32" || type === "i64") {
    if (!/^-?(\d+|0x[0-9a-f]+)$/i.test(text)) return undefined;
    const value = text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
    const bits = type === "i32" ? 32n : 64n;
    if (value < -(1n << (bits - 1n)) || value >= 1n << bits) return undefined;
    return type === "i32" ? Number(value) : value;
  }
  if (type !== "f32" && type !== "f64") return undefined;
  const special = { inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY, nan: Number.NaN }[text];
  if (special !== undefined) return special;
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(type === "f32" ? Math.fround(value) : value) ? value : undefined;
}

/** A float that JSON has no number for is a text. */
function showNumber(value: WasmValue): Shown {
  if (typeof value === "bigint") return value;
  return Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? "-0" : String(value);
}
