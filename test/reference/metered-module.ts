// Runs the rewritten form of any module without imports: the metering alone, without contracts, host functions, the VM.

import { DEFAULT_LIMITS } from "../../harness/core/limits.js";
import { DEFAULT_SCHEDULE, type GasSchedule } from "../../harness/gas/schedule.js";
import { STATUS } from "../../harness/instrument/additions.js";
import type { InstanceExports } from "../../harness/instrument/instance-exports.js";
import { readModule } from "../../harness/instrument/read-module.js";
import { rewriteModule } from "../../harness/instrument/rewrite-module.js";
import type { Call } from "./interpret.js";
import type { Value } from "./numeric-ops.js";

/** The metered form of a module; memory, tables and globals last from call to call. */
export class MeteredModule {
  readonly #exports: InstanceExports & Record<string, unknown>;
  readonly startGas: number;

  constructor(wasm: Uint8Array, schedule: Partial<GasSchedule>, stackBytes: number) {
    const { bytes } = rewriteModule(
      readModule(wasm),
      undefined,
      {
        schedule: { ...DEFAULT_SCHEDULE, ...schedule },
        limits: { ...DEFAULT_LIMITS, stackBytes, tableElements: 100_000 },
        floats: "canonical",
      },
      false,
    );
    this.#exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as never;
    this.#exports.enter(Number.MAX_SAFE_INTEGER, 0);
    this.#exports.start?.();
    this.startGas = Number.MAX_SAFE_INTEGER - this.#exports.left();
  }

  /** Calls an exported function with values as JavaScript passes them to Wasm. */
  call(name: string, args: readonly unknown[], gasLimit: number): Omit<Call, "results"> & { results: unknown[] } {
    this.#exports.enter(gasLimit, 0);
    const called = this.#exports[`:${name}`] as (...args: readonly unknown[]) => Value | Value[] | undefined;
    let results: unknown[] = [];
    let trap: string | undefined;
    try {
      const returned = called(...args);
      results = returned === undefined ? [] : Array.isArray(returned) ? returned : [returned];
    } catch (error) {
      trap = (error as Error).message;
    }
    const left = this.#exports.left();
    const status = this.#exports.status();
    if (left < 0 || status === STATUS.outOfGasInBulk) return { results: [], trap: "out of gas", gasUsed: gasLimit };
    if (status === STATUS.stackOverflow) trap = "stack overflow";
    return { results, trap, gasUsed: gasLimit - left };
  }
}
