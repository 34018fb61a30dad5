// `meter`: any module made to count its gas, as a value that can be instantiated here or by hand.

import { copyBytes } from "../core/copies.js";
import { InternalError, QwvmError } from "../core/errors.js";
import { freezeCopy } from "../core/freeze.js";
import { type Limits, resolveLimits } from "../core/limits.js";
import { type GasSchedule, resolveSchedule } from "../gas/schedule.js";
import { type ModuleExport, type ModuleImport, meterModule } from "../instrument/meter-module.js";
import { checkOptions, kindOf } from "./check-options.js";
import { type HostImports, MeteredInstance } from "./metered-instance.js";

/** What can be chosen beside the prices. Everything has a default. */
export interface MeterSettings {
  /** Limits that differ from the defaults; memory, stack and tables count here. */
  readonly limits?: Partial<Limits>;
  /** NaN bits made canonical (the default), or modules with floats refused. */
  readonly floats?: "canonical" | "reject";
  /** The module's name, for messages. */
  readonly name?: string;
}

/**
 * A module that counts its gas.
 *
 * To instantiate `wasm` by hand: import number n of `imports` is asked for as module `"q"`, name `String(n)`. Exported
 * functions have a colon before their names (`":fib"`); added are `memory` (if there is one), `enter(gas, stackBytes)`,
 * which sets the tank, `left()` (negative: out of gas), `take(gas)`, `status()` (1: stack overflow, 2: out of gas in a
 * bulk operator), `memoryGas()`, and `start()` for a start function, which does not run by itself any more.
 * `instantiate` does all that. By hand, a funcref that comes out is a rewritten function, of no use outside.
 */
export interface MeteredModule {
  /** The metered module. */
  readonly wasm: Uint8Array;
  /** The functions it needs, in the order of their numbers. */
  readonly imports: readonly ModuleImport[];
  /** The functions it exports, by their own names. */
  readonly exports: readonly ModuleExport[];
  /**
   * Makes an instance. Its start function, if any, is run by the first call, at that call's expense. References to
   * functions stay inside: an export that returns a funcref cannot be called, an import that takes one cannot be given.
   * @param imports `{ module: { name: function } }`, or a function that is given the instance and returns them
   * @throws QwvmError `MISSING_IMPORT` or `BAD_IMPORT` for a function that is not there or is none, `FUNCREF_LEAVES`
   */
  instantiate(imports?: HostImports): MeteredInstance;
}

/**
 * Rewrites a module to count gas and stack, as QWVM does with contracts, and by the same limits; but what compiling it takes
 * may be three times a contract's, since the module is the caller's own.
 * @param schedule prices that differ from the default schedule's; of use here are `instruction`, `memoryGrow`,
 *   `bulkUnit`, `bulkUnitSize` and `tableUnitSize`
 * @throws QwvmError when QWVM does not run such modules, or a price or a limit does not fit
 */
export function meter(
  wasm: Uint8Array,
  schedule: Partial<GasSchedule> = {},
  settings: MeterSettings = {},
): MeteredModule {
  checkBytes(wasm);
  checkOptions("The prices of meter", schedule);
  checkSettings(settings);
  const { floats = "canonical", name = "The module" } = settings;
  const limits = resolveLimits(settings.limits);
  const { bytes, hasStart, ...functions } = meterModule(copyBytes(wasm), {
    name,
    schedule: resolveSchedule(schedule),
    limits,
    floats,
  });
  const imports = freezeCopy(functions.imports);
  const exports = freezeCopy(functions.exports);
  let module: WebAssembly.Module | undefined;
  return Object.freeze({
    // Handed out as a copy: what is instantiated here is metered, whatever becomes of that one.
    wasm: copyBytes(bytes),
    imports,
    exports,
    instantiate(given: HostImports = {}) {
      module ??= compile(bytes);
      return new MeteredInstance(module, { imports, exports, hasStart, name, limits }, given);
    },
  });
}

function compile(bytes: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw new InternalError("The metered module does not compile.", { cause });
  }
}

function checkBytes(wasm: unknown): void {
  const kind = Object.prototype.toString.call(wasm).slice(8, -1);
  if (ArrayBuffer.isView(wasm) && kind === "Uint8Array") return;
  const isBuffer = kind === "ArrayBuffer" || kind === "SharedArrayBuffer";
  const isObject = typeof wasm === "object" && wasm !== null && kind !== "Object";
  const given = typeof wasm === "string" ? "a text" : isObject ? `an object of type ${kind}` : kindOf(wasm);
  throw new QwvmError("BAD_WASM", `A module's bytes were expected, but ${given} was given.`, {
    hint: isBuffer
      ? "Give new Uint8Array(buffer), buffer being what was given."
      : 'Give a Uint8Array: readFileSync("module.wasm").',
  });
}

const SETTINGS = ["limits", "floats", "name"];

function checkSettings(settings: MeterSettings): void {
  checkOptions("The settings of meter", settings);
  const unknown = Object.keys(settings).find((name) => !SETTINGS.includes(name));
  if (unknown !== undefined) {
    throw new QwvmError("BAD_OPTION", `meter has no setting ${JSON.stringify(unknown)}.`, {
      hint: `The settings are ${SETTINGS.join(", ")}.`,
    });
  }
  const { floats = "canonical", limits, name } = settings;
  if (limits !== undefined) checkOptions("Limits", limits);
  if (name !== undefined && typeof name !== "string") {
    throw new QwvmError("BAD_OPTION", `The setting name is ${kindOf(name)}.`, { hint: "It is a text, for messages." });
  }
  if (floats === "canonical" || floats === "reject") return;
  throw new QwvmError("BAD_OPTION", `The setting floats is ${JSON.stringify(floats)}.`, {
    hint: 'It is "canonical" or "reject".',
  });
}
