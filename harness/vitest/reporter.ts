// The reporter: after a run it prints the gas report and what `.gas-snapshot` says, and sets the exit code of gas drift.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { readToolVersions } from "../compiler/project-files.js";
import { QwvmError } from "../core/errors.js";
import { makeGasReport } from "../report/gas-report.js";
import { writeReport } from "../report/gas-report-files.js";
import { formatGasReport } from "../report/gas-report-text.js";
import { compareSnapshots, type GasRules } from "../report/gas-snapshot.js";
import { formatSnapshot, type GasSnapshot, parseSnapshot, SNAPSHOT_NAME } from "../report/gas-snapshot-file.js";
import { formatComparison } from "../report/snapshot-text.js";
import { makeStyle, type Style, styleOf } from "../report/style.js";
import { writeFileWhole } from "../report/write-file.js";
import type { GasSettings } from "./gas-options.js";
import { type LabelClash, type MergedRecords, mergeRecords } from "./merge-records.js";
import { getRunState } from "./run-state.js";

/** Exit code when gas drifted and nothing else is wrong. */
export const DRIFT_EXIT_CODE = 3;

/** Made by the plugin, one for each Vitest. */
export class GasReporter implements Reporter {
  readonly #settings: GasSettings;
  #vitest: Vitest | undefined;
  #runs = 0;

  constructor(settings: GasSettings) {
    this.#settings = settings;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): Promise<void> {
    const vitest = this.#vitest;
    if (vitest === undefined) return;
    this.#runs++;
    const print = (text: string) => printText(vitest, text);
    const style = printsMachineText(vitest) ? makeStyle(false) : styleOf(process.stdout);
    try {
      const records = mergeRecords(modules, vitest.config.root);
      this.#report(vitest, records, style, print);
      const { rules } = this.#settings;
      if (rules !== undefined) {
        const partly = this.#whyPartly(vitest, records, errors.length > 0) ?? (await whyIncomplete(vitest, modules));
        this.#checkSnapshot(vitest, records, rules, errors.length > 0, partly, style, print);
      }
    } catch (error) {
      if (!(error instanceof QwvmError)) throw error;
      print(`${style.red("✗")} ${error.message}\n`);
      process.exitCode = 1;
      getRunState()?.onGas?.({ isDrift: false, isError: true });
    }
  }

  #report(vitest: Vitest, records: MergedRecords, style: Style, print: (text: string) => void): void {
    const report = makeGasReport(records.usage, committedSizes(join(vitest.config.root, SNAPSHOT_NAME)));
    for (const { format, file } of this.#settings.reports) {
      if (format === "text" && file === undefined) {
        const text = formatGasReport(report, style);
        if (text !== "") print(`${style.bold("Gas report")}\n\n${text}\n\n`);
        continue;
      }
      const path = resolve(vitest.config.root, file as string);
      writeReport(report, format, path);
      print(`Gas report written to ${path}\n`);
    }
  }

  #checkSnapshot(
    vitest: Vitest,
    records: MergedRecords,
    rules: GasRules,
    hasErrors: boolean,
    partly: string | undefined,
    style: Style,
    print: (text: string) => void,
  ): void {
    const path = join(vitest.config.root, SNAPSHOT_NAME);
    const committed = existsSync(path) ? parseSnapshot(readFileSync(path, "utf8")) : undefined;
    if (committed === undefined && records.entries.size === 0) return;
    if (records.clashes.length > 0) throw clashError(records.clashes);
    const snapshot = snapshotOf(records, committed);
    const comparison = compareSnapshots(committed, { snapshot, isFull: partly === undefined }, rules);
    const hasFailed = records.failedTests > 0 || hasErrors;
    if (comparison.toWrite !== undefined && !hasFailed) {
      const text = formatSnapshot(comparison.toWrite);
      if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileWhole(path, text);
    }
    const note = hasFailed ? `tests failed: ${SNAPSHOT_NAME} was not written` : partly;
    print(`${formatComparison(comparison, rules, note, style, !hasFailed)}\n`);
    if (comparison.isDrift && !hasFailed && !process.exitCode) process.exitCode = DRIFT_EXIT_CODE;
    getRunState()?.onGas?.({ isDrift: comparison.isDrift, isError: false });
  }

  /** Why not everything was run; undefined when everything was. */
  #whyPartly(vitest: Vitest, records: MergedRecords, hasErrors: boolean): string | undefined {
    const { config } = vitest;
    // Filters that were given on the command line, which Vitest keeps to itself.
    const { filenamePattern } = vitest as unknown as { readonly filenamePattern?: readonly string[] };
    if (records.failedTests > 0 || hasErrors) return "some tests failed";
    if (config.testNamePattern) return "only some tests were run (-t)";
    if (filenamePattern?.length) return "only some files were run";
    if (config.shard !== undefined && config.shard !== null)
      return `shard ${config.shard.index} of ${config.shard.count}`;
    if (config.changed) return "only changed files were run";
    if (config.related?.length) return "only related files were run";
    if (config.project?.length) return "only some projects were run";
    if (config.cliExclude?.length) return "only some files were run";
    if (config.tagsFilter?.length) return "only some tests were run";
    if (config.bail && records.failedTests > 0) return "the run ended early";
    if (this.#runs > 1) return "only changed tests were run again";
    if (records.skippedTests > 0)
      return `${records.skippedTests} test${records.skippedTests === 1 ? " was" : "s were"} skipped`;
    return undefined;
  }
}

/** Sizes of the contracts in the committed snapshot. One that is damaged tells none here: checking it says so. */
function committedSizes(path: string): Map<string, number> {
  if (!existsSync(path)) return new Map();
  try {
    const { contracts } = parseSnapshot(readFileSync(path, "utf8"));
    return new Map(contracts.map(({ name, sizeBytes }) => [name, sizeBytes]));
  } catch (error) {
    if (error instanceof QwvmError) return new Map();
    throw error;
  }
}

/** Merged reports may lack a shard's: then what it would have measured is not stale. */
async function whyIncomplete(vitest: Vitest, modules: readonly TestModule[]): Promise<string | undefined> {
  if (!vitest.config.mergeReports) return undefined;
  const reported = new Set(modules.map(({ moduleId }) => moduleId));
  const all = await vitest.globTestSpecifications();
  const missing = all.filter(({ moduleId }) => !reported.has(moduleId)).length;
  return missing === 0 ? undefined : `${missing} of ${all.length} test files are in no report`;
}

function snapshotOf(records: MergedRecords, committed: GasSnapshot | undefined): GasSnapshot {
  const versions = readToolVersions();
  const schedule = records.schedules.join("+") || (committed?.header.schedule ?? "none");
  const measured = new Set([...records.entries.keys()].map((label) => label.slice(0, label.indexOf("."))));
  return {
    header: { qwvm: versions.qwvm, schedule, asc: `${versions.assemblyscript} -Oz` },
    contracts: records.usage.contracts
      .filter(({ name }) => measured.has(name))
      .map(({ name, sha256, sizeBytes }) => ({ name, hash: sha256.slice(0, 8), sizeBytes })),
    entries: records.entries,
  };
}

function clashError(clashes: readonly LabelClash[]): QwvmError {
  const lines = clashes.slice(0, 5).map(({ label, places: [first, second] }) => {
    return `  ${label}\n    ${first.gasUsed} gas in ${first.place}\n    ${second.gasUsed} gas in ${second.place}`;
  });
  return new QwvmError("LABEL_CLASH", `The same gas label stands for different figures:\n${lines.join("\n")}`, {
    hint: 'Before the call, name one with gasLabel("...") from "qwvm/vitest", or leave it out with gasLabel(null).',
  });
}

/** Reporters that write what programs read to the standard output; people's text then goes to standard error. */
function printsMachineText(vitest: Vitest): boolean {
  return vitest.config.reporters.some((reporter) => {
    const [name, options] = Array.isArray(reporter) ? reporter : [reporter, {}];
    if (typeof name !== "string" || !["json", "junit", "tap", "tap-flat"].includes(name)) return false;
    const outputs = vitest.config.outputFile;
    const file = typeof outputs === "string" ? outputs : outputs?.[name as keyof typeof outputs];
    return file === undefined && (options as { outputFile?: unknown }).outputFile === undefined;
  });
}

function printText(vitest: Vitest, text: string): void {
  const stream = printsMachineText(vitest) ? vitest.logger.errorStream : vitest.logger.outputStream;
  stream.write(text);
}
