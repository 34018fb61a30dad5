// Test modules → what the run measured: usage of all tests together, and the labelled calls that make the snapshot.
// The same label with differing figures is an error that names both places.

import { relative } from "node:path";
import type { TestCase, TestModule } from "vitest/node";
import { type GasUsage, GasUsageCounter } from "../observers/gas-usage.js";
import type { SnapshotEntry } from "../report/gas-snapshot-file.js";
import type { GasMeta, GasRecord, RecordedCall } from "./gas-record.js";

/** One label, two figures. */
export interface LabelClash {
  readonly label: string;
  readonly places: readonly [first: LabelledPlace, second: LabelledPlace];
}

export interface LabelledPlace {
  /** `test/token.test.ts:12` */
  readonly place: string;
  readonly gasUsed: number;
}

export interface MergedRecords {
  readonly usage: GasUsage;
  readonly entries: ReadonlyMap<string, SnapshotEntry>;
  readonly clashes: readonly LabelClash[];
  /** Hashes of the gas schedules in use, sorted. */
  readonly schedules: readonly string[];
  readonly skippedTests: number;
  readonly failedTests: number;
}

/** Merges the records of a run. Calls of failed tests are counted, but do not enter the snapshot. */
export function mergeRecords(modules: readonly TestModule[], root: string): MergedRecords {
  const usage = new GasUsageCounter();
  const found = new Map<string, LabelledPlace & SnapshotEntry>();
  const clashes: LabelClash[] = [];
  const schedules = new Set<string>();
  let skippedTests = 0;
  let failedTests = 0;

  const take = (record: GasRecord | undefined, title: string, place: string, isMeasured: boolean): void => {
    if (record === undefined) return;
    usage.merge(record.usage);
    if (!isMeasured) return;
    for (const call of record.calls) {
      const label = labelOf(call, title);
      schedules.add(call.schedule);
      const known = found.get(label);
      const entry = { gasUsed: call.gasUsed, gas: call.gas, place: placeOfCall(call, place) };
      if (known === undefined) found.set(label, entry);
      else if (!isSame(known, entry)) clashes.push({ label, places: [known, entry] });
    }
  };

  // The order of modules depends on which worker was first.
  for (const module of [...modules].sort((a, b) => (a.moduleId < b.moduleId ? -1 : 1))) {
    const file = relative(root, module.moduleId).replaceAll("\\", "/");
    if (module.state() === "failed" && module.children.size === 0) failedTests++;
    take((module.meta() as GasMeta).qwvm, "", file, true);
    for (const test of module.children.allTests()) {
      const state = test.result().state;
      if (state === "failed") failedTests++;
      else if (state !== "passed") skippedTests++;
      take((test.meta() as GasMeta).qwvm, test.name, placeOf(test, file), state === "passed");
    }
  }
  const entries = new Map([...found].map(([label, { gasUsed, gas }]) => [label, { gasUsed, gas }]));
  return { usage: usage.usage, entries, clashes, schedules: [...schedules].sort(), skippedTests, failedTests };
}

/** `Token.transfer › to a new holder`; without a title the method alone. White space in titles is made single. */
function labelOf(call: RecordedCall, testTitle: string): string {
  const title = call.title === null ? "" : (call.title ?? testTitle).replace(/\s+/g, " ").trim();
  const what = `${call.contract}.${call.method}`;
  return title === "" ? what : `${what} › ${title}`;
}

function placeOf(test: TestCase, file: string): string {
  return test.location === undefined ? `${file} (${test.fullName})` : `${file}:${test.location.line}`;
}

function placeOfCall({ around }: RecordedCall, place: string): string {
  return around === undefined ? place : `${place}, in a hook around "${around}"`;
}

function isSame(a: SnapshotEntry, b: SnapshotEntry): boolean {
  const keys = new Set([...Object.keys(a.gas), ...Object.keys(b.gas)]) as Set<keyof SnapshotEntry["gas"]>;
  return a.gasUsed === b.gasUsed && [...keys].every((key) => (a.gas[key] ?? 0) === (b.gas[key] ?? 0));
}
