// An instance of a metered module: calls its exports with a gas limit. A trap is a value, in the machine's own words;
// what a host function throws comes out as it was thrown.

import { InternalError, QwvmError } from "../core/errors.js";
import type { Limits } from "../core/limits.js";
import type { TrapCode } from "../core/outcome.js";
import { printableList, printableLiteral, printableName } from "../core/printable.js";
import { isStackOverflow } from "../core/stack-overflow.js";
import { suggest } from "../core/suggest.js";
import { checkGasLimit } from "../gas/tank.js";
import { STATUS } from "../instrument/additions.js";
import type { InstanceExports } from "../instrument/instance-exports.js";
import type { ModuleExport, ModuleImport } from "../instrument/meter-module.js";
import { REWRITTEN_IMPORTS } from "../instrument/write-sections.js";
import { checkOptions } from "./check-options.js";
import { findImport, type HostImport, type ImportTable, shownImport } from "./host-imports.js";
import { readTrap } from "./traps.js";
import { checkArguments, checkImportResult, refuseFuncrefs, type WasmValue } from "./wasm-values.js";

/** A module's memory. */
export interface ModuleMemory {
  readonly buffer: ArrayBuffer;
  /** @param pages of 64 KiB; throws a RangeError beyond the limit. Costs no gas */
  grow(pages: number): number;
}

/** Imports, or how to make them of the instance that will call them, for functions that need its memory. */
export type HostImports = ImportTable | ((instance: MeteredInstance) => ImportTable);

/** How a call ended. */
export interface RunResult {
  /** Numbers, and bigints for i64, in order; empty when it trapped. */
  readonly results: readonly WasmValue[];
  /** Why it trapped; undefined when it did not. After "out of gas" the instance's state is undefined. */
  readonly trap: TrapCode | "out of gas" | undefined;
  /** Exact; the whole limit when it ran out of gas. */
  readonly gasUsed: number;
}

interface ModuleFacts {
  readonly imports: readonly ModuleImport[];
  readonly exports: readonly ModuleExport[];
  readonly hasStart: boolean;
  readonly name: string;
  readonly limits: Limits;
}

/** Thrown through the module's frames when a host function cannot be paid for. */
const OUT_OF_GAS = Object.freeze({ outOfGas: true });

/**
 * One instance; memory, tables and globals last from call to call. Made by `meter(...).instantiate(...)`.
 *
 * After a call that trapped, they are as the trap left them. After one that ran out of gas they are in no defined state:
 * some operators may have run beyond the limit, and which is not part of the gas rules. Make a new instance then.
 */
export class MeteredInstance {
  readonly #module: ModuleFacts;
  readonly #exports: InstanceExports;
  #thrown: { readonly error: unknown } | undefined;
  #isRunning = false;
  /** A host function could not be paid for, whatever it made of that. */
  #isStarved = false;
  #startFailure: string | undefined;
  #hasStarted: boolean;

  /** @internal */
  constructor(module: WebAssembly.Module, facts: ModuleFacts, given: HostImports) {
    this.#module = facts;
    this.#hasStarted = !facts.hasStart;
    const table = typeof given === "function" ? given(this) : given;
    const numbered = facts.imports.map((entry, i) => {
      refuseFuncrefs(`The import ${shownImport(entry)}`, entry, entry.params);
      return [String(i), this.#wrap(entry, findImport(facts.name, table, entry))];
    });
    const instance = instantiate(module, Object.fromEntries(numbered), facts);
    this.#exports = instance.exports as unknown as InstanceExports;
  }

  /** The module's memory; undefined when it has none. Its buffer is another one after it has grown. */
  get memory(): ModuleMemory | undefined {
    return this.#exports.memory;
  }

  /** Takes gas from the running call, for host functions that have a price. Without enough, the call ends there. */
  charge(gas: number): void {
    checkGasLimit(gas);
    if (!this.#isRunning) {
      throw new QwvmError("NOT_RUNNING", "There is no call to charge.", {
        hint: "charge() is for host functions: call it while the module runs.",
      });
    }
    if (this.#exports.take(gas) >= 0) return;
    this.#isStarved = true;
    throw OUT_OF_GAS;
  }

  /**
   * Calls an exported function.
   * @param args numbers, and bigints for i64
   * @throws QwvmError for an unknown export, one that returns a funcref, or arguments that do not fit; whatever a host
   *   function threw
   */
  call(name: string, args: readonly WasmValue[] = [], options: { readonly gasLimit?: number } = {}): RunResult {
    const entry = this.#find(name);
    refuseFuncrefs(`${printableName(entry.name)} of ${this.#module.name}`, entry, entry.results);
    // Read once: what is checked is what the module is called with.
    const given = Array.isArray(args) ? [...args] : args;
    checkArguments(this.#module.name, entry, given);
    checkOptions("The options of call", options);
    const gasLimit = options.gasLimit ?? this.#module.limits.defaultGasLimit;
    checkGasLimit(gasLimit);
    if (this.#isRunning) {
      throw new QwvmError(
        "ALREADY_RUNNING",
        `${printableName(name)} was called while another call of the same instance runs.`,
        {
          hint: "A host function cannot call back into its instance; make a second one.",
        },
      );
    }
    if (this.#startFailure !== undefined) {
      throw new QwvmError("START_FAILED", `The start function of this instance has failed: ${this.#startFailure}.`, {
        hint: "Make a new instance, and give its first call more gas if that was the reason.",
      });
    }
    return this.#run(entry, given, gasLimit);
  }

  #run(entry: ModuleExport, args: readonly WasmValue[], gasLimit: number): RunResult {
    const exports = this.#exports;
    const called = (exports as unknown as Record<string, (...args: readonly WasmValue[]) => unknown>)[`:${entry.name}`];
    let returned: unknown;
    let trap: RunResult["trap"];
    this.#isRunning = true;
    this.#isStarved = false;
    this.#thrown = undefined;
    try {
      exports.enter(gasLimit, 0);
      if (!this.#hasStarted) this.#start();
      returned = called?.(...args);
    } catch (error) {
      trap = this.#readTrap(error);
    } finally {
      this.#isRunning = false;
    }
    if (exports.left() < 0 || this.#isStarved) trap = "out of gas";
    if (!this.#hasStarted) this.#startFailure = trap;
    if (trap === "out of gas") return { results: [], trap, gasUsed: gasLimit };
    const results = trap !== undefined ? [] : entry.results.length === 1 ? [returned] : [...((returned ?? []) as [])];
    return { results: results as WasmValue[], trap, gasUsed: gasLimit - exports.left() };
  }

  #start(): void {
    this.#startFailure = "a host function threw an error";
    this.#exports.start?.();
    // Below zero, the start function has not been paid for: nothing after it happens.
    if (this.#exports.left() < 0) throw OUT_OF_GAS;
    this.#startFailure = undefined;
    this.#hasStarted = true;
  }

  /** What an error means that came out of the module; one that is a host function's goes on. */
  #readTrap(error: unknown): NonNullable<RunResult["trap"]> {
    if (error === OUT_OF_GAS) return "out of gas";
    if (this.#thrown !== undefined && this.#thrown.error === error) throw error;
    if (error instanceof Error && error.name === "RuntimeError") {
      const status = this.#exports.status();
      if (this.#exports.left() < 0 || status === STATUS.outOfGasInBulk) return "out of gas";
      if (status === STATUS.stackOverflow) return "stack overflow";
      const trap = readTrap(error.message);
      if (trap !== undefined) return trap.code;
      throw new InternalError("The engine stopped a module with a trap of an unknown kind.", { cause: error });
    }
    if (isStackOverflow(error)) {
      throw new QwvmError("HOST_STACK_EXHAUSTED", "JavaScript's own stack was used up while the module ran.", {
        hint: "The code that calls it is too deeply nested, or the module's functions take far more of the engine's stack than the counted one says: set a lower limit stackBytes.",
        cause: error,
      });
    }
    throw error;
  }

  /** A host function as the module calls it: never for code that was not paid for, and with its result checked. */
  #wrap(entry: ModuleImport, host: HostImport): HostImport {
    return (...args) => {
      // Below zero, the code that led here has not been paid for: the call never happens.
      if (this.#isRunning && this.#exports.left() < 0) throw OUT_OF_GAS;
      try {
        return checkImportResult(entry, host(...args));
      } catch (error) {
        this.#thrown = { error };
        throw error;
      }
    };
  }

  #find(name: string): ModuleExport {
    const { exports, name: module } = this.#module;
    const entry = exports.find((candidate) => candidate.name === name);
    if (entry !== undefined) return entry;
    const names = exports.map((candidate) => candidate.name);
    const nearest = suggest(String(name), names);
    const list = names.length === 0 ? "It exports no functions." : `Its functions are ${printableList(names)}.`;
    throw new QwvmError("UNKNOWN_EXPORT", `${module} exports no function ${printableLiteral(String(name))}.`, {
      hint: nearest === undefined ? list : `Did you mean ${printableName(nearest)}? ${list}`,
    });
  }
}

function instantiate(
  module: WebAssembly.Module,
  imports: Record<string, unknown>,
  { name, limits }: ModuleFacts,
): WebAssembly.Instance {
  try {
    return new WebAssembly.Instance(module, { [REWRITTEN_IMPORTS]: imports });
  } catch (cause) {
    if (!(cause instanceof RangeError) || isStackOverflow(cause)) throw cause;
    throw new QwvmError("NO_MEMORY", `There is no room for the memory and the tables of ${name}.`, {
      hint: `At most ${limits.memoryPages} pages of 64 KiB are allowed now; set a lower limit, or drop other instances.`,
      cause,
    });
  }
}
