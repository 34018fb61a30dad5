// The gas snapshot of a run against the committed one: what is new, changed, gone; what that means in each mode; and
// the snapshot to write. Data only: snapshot-text.ts says it in words.

import { GAS_CATEGORIES } from "../core/gas-breakdown.js";
import type { GasSnapshot, SnapshotContract, SnapshotEntry } from "./gas-snapshot-file.js";

/** `write` adds new entries, `check` writes nothing and fails on new ones, `update` writes everything. */
export type GasMode = "write" | "check" | "update";

export interface GasRules {
  readonly mode: GasMode;
  /** A change is within tolerance when it is at most the larger of the two. */
  readonly tolerance: { readonly percent: number; readonly gas: number };
  /** An improvement fails as well. */
  readonly strict: boolean;
}

/** What a run measured. */
export interface MeasuredGas {
  readonly snapshot: GasSnapshot;
  /** Whether everything was run: no filter, shard, skipped or failed test. */
  readonly isFull: boolean;
}

/** An entry whose figure moved. */
export interface GasChange {
  readonly label: string;
  readonly before: SnapshotEntry;
  readonly after: SnapshotEntry;
  readonly delta: number;
  /** Differences by category, the largest first. */
  readonly causes: readonly { readonly label: string; readonly delta: number }[];
}

export interface SnapshotComparison {
  /** Whether there was a snapshot to compare with. */
  readonly isFirst: boolean;
  readonly added: readonly string[];
  /** Changed beyond tolerance, for the worse, or for the better under strict rules. */
  readonly failed: readonly GasChange[];
  readonly improved: readonly GasChange[];
  readonly tolerated: readonly GasChange[];
  readonly stale: readonly string[];
  readonly unchanged: number;
  /** What moved besides the figures. */
  readonly header: HeaderChanges;
  /** Whether the run has to end with the exit code of gas drift. */
  readonly isDrift: boolean;
  /** What to write; undefined when the file stays as it is. */
  readonly toWrite: GasSnapshot | undefined;
}

export interface HeaderChanges {
  readonly qwvm: readonly [before: string, after: string] | undefined;
  readonly schedule: readonly [before: string, after: string] | undefined;
  readonly asc: readonly [before: string, after: string] | undefined;
  /** Contracts with changed entries whose Wasm is the same as before. */
  readonly sameWasm: readonly string[];
}

/** Compares a run with the committed snapshot, undefined when there is none. */
export function compareSnapshots(
  committed: GasSnapshot | undefined,
  measured: MeasuredGas,
  rules: GasRules,
): SnapshotComparison {
  const before = committed?.entries ?? new Map<string, SnapshotEntry>();
  const after = measured.snapshot.entries;
  const added = [...after.keys()].filter((label) => !before.has(label)).sort();
  const stale = measured.isFull ? [...before.keys()].filter((label) => !after.has(label)).sort() : [];
  const changes = [...after.keys()].sort().flatMap((label) => changeOf(label, before.get(label), after.get(label)));
  const tolerated = changes.filter((change) => isTolerated(change, rules));
  const beyond = changes.filter((change) => !tolerated.includes(change));
  const failed = beyond.filter((change) => change.delta >= 0 || rules.strict);
  const improved = beyond.filter((change) => !failed.includes(change));
  const isDrift =
    rules.mode !== "update" && failed.length + stale.length + (rules.mode === "check" ? added.length : 0) > 0;
  const unchanged = after.size - added.length - changes.length;
  const toWrite = snapshotToWrite(committed, measured, rules, failed.length + stale.length > 0);
  const header = headerChanges(committed, measured.snapshot, changes);
  const isFirst = committed === undefined;
  return { isFirst, added, failed, improved, tolerated, stale, unchanged, header, isDrift, toWrite };
}

function changeOf(label: string, before: SnapshotEntry | undefined, after: SnapshotEntry | undefined): GasChange[] {
  if (before === undefined || after === undefined) return [];
  const causes = GAS_CATEGORIES.map((category) => ({
    label: category.label,
    delta: (after.gas[category.key] ?? 0) - (before.gas[category.key] ?? 0),
  }))
    .filter(({ delta }) => delta !== 0)
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
  const delta = after.gasUsed - before.gasUsed;
  return causes.length === 0 && delta === 0 ? [] : [{ label, before, after, delta, causes }];
}

function isTolerated({ before, delta }: GasChange, { tolerance }: GasRules): boolean {
  const allowed = Math.max((before.gasUsed * tolerance.percent) / 100, tolerance.gas);
  return Math.abs(delta) <= allowed;
}

function snapshotToWrite(
  committed: GasSnapshot | undefined,
  measured: MeasuredGas,
  rules: GasRules,
  hasFailed: boolean,
): GasSnapshot | undefined {
  const { snapshot, isFull } = measured;
  if (rules.mode === "check") return undefined;
  if (committed === undefined) return snapshot.entries.size === 0 ? undefined : snapshot;
  const update = rules.mode === "update";
  const entries = new Map(update && isFull ? [] : committed.entries);
  for (const [label, entry] of snapshot.entries) if (update || !entries.has(label)) entries.set(label, entry);
  // The header speaks of the figures below it: while changed ones stay as they were, so does the header.
  const keepsHeader = !update && (hasFailed || [...entries].some(([label, entry]) => differs(entry, snapshot, label)));
  const contracts = keepsHeader
    ? addContracts(committed.contracts, snapshot.contracts)
    : replaceContracts(isFull ? [] : committed.contracts, snapshot.contracts);
  const header = keepsHeader ? committed.header : snapshot.header;
  return { header, contracts, entries };
}

function differs(entry: SnapshotEntry, measured: GasSnapshot, label: string): boolean {
  const now = measured.entries.get(label);
  return now !== undefined && changeOf(label, entry, now).length > 0;
}

/** Contracts with names that are not there yet are added. */
function addContracts(known: readonly SnapshotContract[], seen: readonly SnapshotContract[]): SnapshotContract[] {
  return [...known, ...seen.filter(({ name }) => !known.some((contract) => contract.name === name))];
}

/** Contracts that were seen replace those of the same name. */
function replaceContracts(known: readonly SnapshotContract[], seen: readonly SnapshotContract[]): SnapshotContract[] {
  return [...known.filter(({ name }) => !seen.some((contract) => contract.name === name)), ...seen];
}

function headerChanges(
  committed: GasSnapshot | undefined,
  measured: GasSnapshot,
  changes: readonly GasChange[],
): HeaderChanges {
  if (committed === undefined) return { qwvm: undefined, schedule: undefined, asc: undefined, sameWasm: [] };
  const moved = (key: keyof GasSnapshot["header"]) =>
    committed.header[key] === measured.header[key]
      ? undefined
      : ([committed.header[key], measured.header[key]] as const);
  const names = new Set(changes.map(({ label }) => contractOf(label)));
  const sameWasm = [...names].filter((name) => {
    const hashesOf = (snapshot: GasSnapshot) =>
      snapshot.contracts
        .filter((contract) => contract.name === name)
        .map(({ hash }) => hash)
        .sort()
        .join();
    const hashes = hashesOf(measured);
    return hashes !== "" && hashes === hashesOf(committed);
  });
  return { qwvm: moved("qwvm"), schedule: moved("schedule"), asc: moved("asc"), sameWasm: sameWasm.sort() };
}

/** The contract of a label `Contract.method › title`. */
export function contractOf(label: string): string {
  return label.slice(0, label.indexOf("."));
}
