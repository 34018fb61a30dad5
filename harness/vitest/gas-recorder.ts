// Counts what contracts cost while tests run, in the test's own process. Calls inside a test's body belong to the test,
// all others to the file. Holds its state behind a symbol: setup file, matchers and `gasLabel` may be loaded twice.

import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import type { Machine } from "../client/machine.js";
import { watchVms } from "../client/vm-watchers.js";
import type { Artifact } from "../core/artifact.js";
import { GAS_CATEGORIES, type GasBreakdown } from "../core/gas-breakdown.js";
import type { Receipt } from "../core/receipt.js";
import { scheduleHash } from "../gas/schedule.js";
import { type ContractCode, GasUsageCounter } from "../observers/gas-usage.js";
import type { GasRecord, RecordedCall } from "./gas-record.js";

/** A receipt and the machine it came from. */
export interface SeenReceipt {
  readonly machine: Machine;
  readonly receipt: Receipt;
}

/** What is being recorded: one test's body, or everything outside of bodies in one file. */
export class GasScope {
  readonly #usage = new GasUsageCounter();
  readonly #calls = new Map<string, RecordedCall>();
  readonly #isBody: boolean;
  #seen = new Set<string>();
  #around: string | undefined;
  /** The label in force; null leaves calls out of the snapshot, undefined stands for the test's title. */
  label: string | null | undefined = undefined;

  constructor(isBody: boolean) {
    this.#isBody = isBody;
  }

  /** A test's hooks begin to run: labels count anew, so that hooks which cost another test more are found out. */
  enterTest(name: string): void {
    this.#around = name;
    this.#seen = new Set();
    this.label = undefined;
  }

  add(machine: Machine, receipt: Receipt): void {
    const { trace } = receipt;
    this.#usage.addCall(trace, (address) => {
      const artifact = machine.artifactAt(address as never);
      if (artifact !== undefined) this.#usage.addContract(codeOf(artifact));
      return artifact?.name;
    });
    const isMeasured = receipt.kind === "deploy" || receipt.kind === "execute";
    if (isMeasured && receipt.status === "success" && this.label !== null) this.#addCall(machine, receipt);
  }

  /** What was recorded; undefined when nothing was. */
  get record(): GasRecord | undefined {
    const { usage } = this.#usage;
    return usage.methods.length === 0 ? undefined : { usage, calls: [...this.#calls.values()] };
  }

  #addCall(machine: Machine, receipt: Receipt): void {
    const contract = machine.artifactAt(receipt.to)?.name;
    if (contract === undefined) return;
    const method = receipt.kind === "deploy" ? "deploy" : receipt.method;
    const label = `${contract}.${method}\0${this.label ?? ""}`;
    if (this.#seen.has(label)) return;
    this.#seen.add(label);
    const key = `${label}\0${receipt.gasUsed}`;
    if (this.#calls.has(key)) return;
    const title = this.label ?? (this.#isBody ? undefined : null);
    const schedule = hashOfSchedule(machine);
    const { gasUsed } = receipt;
    const around = this.#around === undefined ? {} : { around: this.#around };
    this.#calls.set(key, { contract, method, title, gasUsed, gas: spentGas(receipt.gas), schedule, ...around });
  }
}

function spentGas(gas: GasBreakdown): Partial<GasBreakdown> {
  const spent = GAS_CATEGORIES.filter(({ key }) => gas[key] !== 0).map(({ key }) => [key, gas[key]]);
  return Object.fromEntries(spent) as Partial<GasBreakdown>;
}

const codes = new WeakMap<Artifact, ContractCode>();

function codeOf(artifact: Artifact): ContractCode {
  let code = codes.get(artifact);
  if (code === undefined) {
    const sha256 = createHash("sha256").update(artifact.wasm).digest("hex");
    code = { name: artifact.name, sizeBytes: artifact.wasm.length, sha256 };
    codes.set(artifact, code);
  }
  return code;
}

const schedules = new WeakMap<Machine, string>();

function hashOfSchedule(machine: Machine): string {
  let hash = schedules.get(machine);
  if (hash === undefined) {
    hash = scheduleHash(machine.chain.schedule);
    schedules.set(machine, hash);
  }
  return hash;
}

interface RecorderState {
  readonly bodies: AsyncLocalStorage<GasScope>;
  /** Calls outside of bodies, of the file that runs now. */
  outside: GasScope;
  /** Lists that want every receipt, innermost last: matchers that run a function. */
  readonly listeners: SeenReceipt[][];
}

const KEY = Symbol.for("qwvm.gas-recorder");

/** The recorder's state in this process. */
export function recorderState(): RecorderState {
  const holder = globalThis as { [KEY]?: RecorderState };
  holder[KEY] ??= { bodies: new AsyncLocalStorage(), outside: new GasScope(false), listeners: [] };
  return holder[KEY];
}

/** Starts recording every machine that is made from now on. Doing it again changes nothing. */
export function startRecording(): void {
  watchVms("gas-recorder", (machine) => {
    machine.chain.addObserver({
      settled: (receipt) => {
        const state = recorderState();
        (state.bodies.getStore() ?? state.outside).add(machine, receipt);
        for (const list of state.listeners) list.push({ machine, receipt });
      },
    });
  });
}

/** Runs a function and gives every receipt that settled meanwhile, and what it threw. */
export function collectReceipts(run: () => unknown): { seen: SeenReceipt[]; returned: unknown; thrown: unknown } {
  const { listeners } = recorderState();
  const seen: SeenReceipt[] = [];
  listeners.push(seen);
  try {
    return { seen, returned: run(), thrown: undefined };
  } catch (error) {
    return { seen, returned: undefined, thrown: error ?? new Error("undefined was thrown") };
  } finally {
    listeners.splice(listeners.indexOf(seen), 1);
  }
}
