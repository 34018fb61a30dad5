// The gas report: what was counted, shaped for printing. gas-report.schema.json describes it; the writers are beside it.

import { type GasUsage, type MethodUsage, medianOf } from "../observers/gas-usage.js";

/** One method's figures. Min, mean, median and max are of successful calls; null when none succeeded. */
export interface MethodRow {
  readonly method: string;
  readonly kind: "execute" | "query";
  readonly calls: number;
  readonly failed: number;
  readonly min: number | null;
  /** Rounded to a whole number. */
  readonly mean: number | null;
  readonly median: number | null;
  readonly max: number | null;
}

/** One deployed module. */
export interface CodeRow {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly limitBytes: number;
  /** Against the committed gas snapshot; null when that does not know the contract. */
  readonly changeBytes: number | null;
}

/** One contract. */
export interface ContractRow {
  readonly name: string;
  /** Every module deployed under this name; usually one. */
  readonly code: readonly CodeRow[];
  /** Deployments, code and constructor together. */
  readonly deployments: Omit<MethodRow, "method" | "kind">;
  readonly methods: readonly MethodRow[];
}

export interface GasReport {
  readonly format: "qwvm-gas-report";
  readonly version: 1;
  readonly contracts: readonly ContractRow[];
}

/** The chain's limit of a module's size, unless a test's machine says otherwise. */
const CODE_LIMIT_BYTES = 1_048_576;

/**
 * Shapes counted usage into a report: contracts by name, execute methods before queries, each by name.
 * @param committedSizes sizes in bytes by contract, from the committed gas snapshot
 */
export function makeGasReport(usage: GasUsage, committedSizes: ReadonlyMap<string, number> = new Map()): GasReport {
  const names = new Set([...usage.contracts.map(({ name }) => name), ...usage.methods.map(({ contract }) => contract)]);
  const contracts = [...names].sort(compare).map((name): ContractRow => {
    const own = usage.methods.filter(({ contract }) => contract === name);
    const deploy = own.find(({ kind }) => kind === "deploy");
    return {
      name,
      code: usage.contracts
        .filter((code) => code.name === name)
        .map(({ sha256, sizeBytes }) => {
          const committed = committedSizes.get(name);
          const changeBytes = committed === undefined ? null : sizeBytes - committed;
          return { sha256, sizeBytes, limitBytes: CODE_LIMIT_BYTES, changeBytes };
        }),
      deployments: figuresOf(deploy),
      methods: own
        .filter((method) => method.kind !== "deploy")
        .sort((a, b) => compare(a.kind, b.kind) || compare(a.method, b.method))
        .map((method) => ({ method: method.method, kind: method.kind as MethodRow["kind"], ...figuresOf(method) })),
    };
  });
  return { format: "qwvm-gas-report", version: 1, contracts };
}

function figuresOf(usage: MethodUsage | undefined): ContractRow["deployments"] {
  if (usage === undefined || usage.succeeded.count === 0) {
    return { calls: 0, failed: usage?.failed ?? 0, min: null, mean: null, median: null, max: null };
  }
  const { succeeded, failed } = usage;
  return {
    calls: succeeded.count,
    failed,
    min: succeeded.min,
    mean: Math.round(succeeded.sum / succeeded.count),
    median: medianOf(succeeded),
    max: succeeded.max,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
