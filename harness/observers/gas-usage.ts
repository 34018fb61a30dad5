// What calls cost: per contract and method the figures of calls that succeeded, and how many failed. Nested calls count
// for the contract called. Plain data, so that records of many workers can be sent and merged.

import type { CallFrame } from "../core/receipt.js";

/** Gas figures of successful calls. */
export interface GasSamples {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Distinct figures and how often each came, as long as they are few; beyond that a sample for the median. */
  values: [gas: number, count: number][];
}

export type UsageKind = "deploy" | "execute" | "query";

/** One method of one contract; `deploy` is the deployment, code and constructor together. */
export interface MethodUsage {
  readonly contract: string;
  readonly method: string;
  readonly kind: UsageKind;
  readonly succeeded: GasSamples;
  failed: number;
}

/** A contract that was deployed or called. */
export interface ContractCode {
  readonly name: string;
  readonly sizeBytes: number;
  /** SHA-256 of the module, in hex. */
  readonly sha256: string;
}

/** Everything that was counted. */
export interface GasUsage {
  readonly methods: MethodUsage[];
  readonly contracts: ContractCode[];
}

const MAX_DISTINCT = 512;

/** Counts calls into a record. */
export class GasUsageCounter {
  readonly #methods = new Map<string, MethodUsage>();
  readonly #contracts = new Map<string, ContractCode>();

  /** Counts a call and those it made. `nameOf` gives a contract's name, or undefined for what is no contract. */
  addCall(frame: CallFrame, nameOf: (address: string) => string | undefined): void {
    const contract = frame.kind === "transfer" ? undefined : nameOf(frame.to);
    if (contract !== undefined) this.#count(contract, frame);
    for (const call of frame.calls) this.addCall(call, nameOf);
  }

  addContract(code: ContractCode): void {
    this.#contracts.set(`${code.name} ${code.sha256}`, code);
  }

  /** Adds another record. */
  merge(other: GasUsage): void {
    for (const code of other.contracts) this.addContract(code);
    for (const usage of other.methods) {
      const own = this.#usageOf(usage.contract, usage.method, usage.kind);
      own.failed += usage.failed;
      mergeSamples(own.succeeded, usage.succeeded);
    }
  }

  /** A copy of what was counted, sorted by contract, kind and method. */
  get usage(): GasUsage {
    const methods = [...this.#methods.entries()].sort(compareKeys).map(([, usage]) => structuredClone(usage));
    const contracts = [...this.#contracts.entries()].sort(compareKeys).map(([, code]) => code);
    return { methods, contracts };
  }

  #count(contract: string, frame: CallFrame): void {
    const kind = frame.kind as UsageKind;
    const usage = this.#usageOf(contract, kind === "deploy" ? "deploy" : frame.method, kind);
    if (frame.status === "success") addSample(usage.succeeded, frame.gasUsed, 1);
    else usage.failed++;
  }

  #usageOf(contract: string, method: string, kind: UsageKind): MethodUsage {
    const key = `${contract}\0${kind}\0${method}`;
    let usage = this.#methods.get(key);
    if (usage === undefined) {
      const succeeded = { count: 0, sum: 0, min: 0, max: 0, values: [] };
      usage = { contract, method, kind, succeeded, failed: 0 };
      this.#methods.set(key, usage);
    }
    return usage;
  }
}

function compareKeys(a: [string, unknown], b: [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function addSample(samples: GasSamples, gas: number, count: number): void {
  samples.min = samples.count === 0 ? gas : Math.min(samples.min, gas);
  samples.max = samples.count === 0 ? gas : Math.max(samples.max, gas);
  samples.count += count;
  samples.sum += gas * count;
  addValue(samples, gas, count);
}

function mergeSamples(into: GasSamples, from: GasSamples): void {
  if (from.count === 0) return;
  into.min = into.count === 0 ? from.min : Math.min(into.min, from.min);
  into.max = into.count === 0 ? from.max : Math.max(into.max, from.max);
  into.count += from.count;
  into.sum += from.sum;
  for (const [gas, count] of from.values) addValue(into, gas, count);
}

function addValue(samples: GasSamples, gas: number, count: number): void {
  const { values } = samples;
  // The last figure is the likeliest to come again.
  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index] as [number, number];
    if (value[0] === gas) {
      value[1] += count;
      return;
    }
  }
  if (values.length < MAX_DISTINCT) values.push([gas, count]);
}

/** The middle figure, of an even count the lower mean of the two middle ones, rounded. */
export function medianOf(samples: GasSamples): number {
  const sorted = [...samples.values].sort((a, b) => a[0] - b[0]);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const at = (rank: number): number => {
    let seen = 0;
    for (const [gas, count] of sorted) {
      seen += count;
      if (rank < seen) return gas;
    }
    return samples.max;
  };
  return Math.round((at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2);
}
