// `runExport`: one call of one exported function on a new instance, with its gas.

import { QwvmError } from "../core/errors.js";
import type { GasSchedule } from "../gas/schedule.js";
import { checkOptions } from "./check-options.js";
import { type MeterSettings, meter } from "./meter.js";
import type { HostImports, RunResult } from "./metered-instance.js";
import type { WasmValue } from "./wasm-values.js";

/** How a function is run. Everything has a default. */
export interface RunOptions extends MeterSettings {
  /** By default that of the limits, 10,000,000. */
  readonly gasLimit?: number;
  /** Host functions by module and name: `{ env: { log: (value) => ... } }`, or a function that makes them. */
  readonly imports?: HostImports;
  /** Gas prices that differ from the default schedule's. */
  readonly schedule?: Partial<GasSchedule>;
}

const OPTIONS = ["gasLimit", "imports", "schedule", "limits", "floats", "name"];

/**
 * Runs an exported function of any module. The start function is run before it and paid from the same limit.
 * @param args numbers, and bigints for i64
 * @returns results, trap and exact gas: a trap is a value, not an error
 * @throws QwvmError for a module, a name, an argument or an option that does not fit; whatever a host function threw
 */
export function runExport(
  wasm: Uint8Array,
  name: string,
  args: readonly WasmValue[] = [],
  options: RunOptions = {},
): RunResult {
  checkOptions("The options of runExport", options);
  const unknown = Object.keys(options).find((key) => !OPTIONS.includes(key));
  if (unknown !== undefined) {
    throw new QwvmError("BAD_OPTION", `runExport has no option ${JSON.stringify(unknown)}.`, {
      hint: `The options are ${OPTIONS.join(", ")}.`,
    });
  }
  const { gasLimit, imports, schedule, ...settings } = options;
  const instance = meter(wasm, schedule, settings).instantiate(imports);
  return instance.call(name, args, gasLimit === undefined ? {} : { gasLimit });
}
