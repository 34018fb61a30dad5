// `qwvm build`: compiles what changed and prints what is wrong. The compiler is loaded only when there is work.

import type { BuildResult } from "../compiler/build-options.js";
import { QwvmError } from "../core/errors.js";
import type { CodeSizes } from "../instrument/code-sizes.js";
import { formatDiagnostics } from "../report/diagnostics-text.js";
import { formatSizes } from "../report/size-text.js";
import { styleOf } from "../report/style.js";
import { buildContracts, hasErrors, watchContracts } from "../vitest/build-contracts.js";
import { readProjectSettings } from "../vitest/project-settings.js";
import { measurable, readSizes } from "../vitest/size-budgets.js";
import { type Flag, flagValue, refuseRest, splitArguments } from "./arguments.js";
import { ProgressLine } from "./progress.js";
import { resolveRoot } from "./root.js";

export const BUILD_FLAGS: Readonly<Record<string, Flag>> = {
  root: { value: "required" },
  force: {},
  watch: {},
  size: {},
  fix: {},
  json: {},
};

/** Runs the command. @returns the exit code */
export async function runBuild(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, BUILD_FLAGS);
  refuseRest("build", parsed.rest, BUILD_FLAGS);
  const root = resolveRoot(flagValue(parsed, "root"));
  const force = parsed.flags.has("force");
  if (parsed.flags.has("json")) {
    const result = await buildContracts({ root, force });
    const sizes = parsed.flags.has("size") ? { sizes: sizesOf(result, root) } : {};
    process.stdout.write(`${JSON.stringify({ ...result, ...sizes }, null, 2)}\n`);
    return hasErrors(result) ? 1 : 0;
  }
  if (parsed.flags.has("watch")) return watch(root, force);
  if (parsed.flags.has("fix")) await fixWhatCanBe(root);
  const result = await buildWithProgress(root, force);
  printUpToDate(result);
  if (parsed.flags.has("size")) printSizes(result, root);
  return hasErrors(result) ? 1 : 0;
}

function sizesOf(result: BuildResult, root: string): Readonly<Record<string, CodeSizes>> {
  return Object.fromEntries(measurable(result, root).map((contract) => [contract.name, readSizes(contract)]));
}

function printSizes(result: BuildResult, root: string): void {
  const budgets = new Map(Object.entries(readProjectSettings(root).sizeBudgets ?? {}));
  const style = styleOf(process.stdout);
  for (const [name, sizes] of Object.entries(sizesOf(result, root))) {
    process.stdout.write(`\n${formatSizes(name, sizes, budgets.get(name), style)}\n`);
  }
}

/** Says so when there was nothing to compile. */
function printUpToDate(result: BuildResult): void {
  if (hasErrors(result) || !result.contracts.every(({ cached }) => cached)) return;
  const count = result.contracts.length === 1 ? "1 contract is" : `${result.contracts.length} contracts are`;
  process.stdout.write(`${count} up to date\n`);
}

/** One fix can bring another mistake to light; more rounds than these would mean that two undo each other. */
const MOST_ROUNDS = 10;

/** Mends the contracts' files as far as no question is left, and says what was changed. */
async function fixWhatCanBe(root: string): Promise<void> {
  const style = styleOf(process.stdout);
  const { applyFixes } = await import("../compiler/apply-fixes.js");
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { diagnostics } = await buildWithFixes(root, round === 0);
    const done = applyFixes(root, diagnostics);
    for (const { file, line, column, code, fix } of done) {
      process.stdout.write(`${style.green("fixed")} ${file}:${line}:${column} ${code}: ${fix?.title}\n`);
    }
    if (done.length === 0) return;
  }
}

/** Builds. What a manifest remembers has no fixes: a file of the output folder is not to say how sources are changed. */
async function buildWithFixes(root: string, isFirst: boolean): Promise<BuildResult> {
  const result = await buildContracts({ root });
  const isRemembered = result.diagnostics.length > 0 && result.contracts.some(({ cached }) => cached);
  return isFirst && isRemembered ? buildContracts({ root, force: true }) : result;
}

/** Builds, showing progress and diagnostics. */
export async function buildWithProgress(root: string, force: boolean): Promise<BuildResult> {
  const progress = new ProgressLine(process.stdout, styleOf(process.stdout));
  try {
    const result = await buildContracts({ root, force, onProgress: progress.show });
    progress.end(result);
    printDiagnostics(result, root);
    return result;
  } finally {
    progress.clear();
  }
}

function printDiagnostics(result: BuildResult, root: string): void {
  if (result.diagnostics.length === 0) return;
  const { stderr } = process;
  stderr.write(`${formatDiagnostics(result.diagnostics, root, styleOf(stderr), stderr.columns)}\n`);
}

/** Builds again on every change, until it is interrupted. */
async function watch(root: string, force: boolean): Promise<number> {
  const style = styleOf(process.stdout);
  try {
    await buildWithProgress(root, force);
  } catch (error) {
    if (!(error instanceof QwvmError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
  const watcher = {
    add: () => {},
    on: (event: string, listener: (path: string) => void) => {
      if (event === "change") folders.push(listener);
    },
  };
  const folders: ((path: string) => void)[] = [];
  const folder = watchContracts(root, watcher, (outcome, changed) => {
    process.stdout.write(`${style.dim(`${changed} changed`)}\n`);
    if (outcome instanceof QwvmError) process.stderr.write(`${style.red("error:")} ${outcome.message}\n`);
    else {
      new ProgressLine(process.stdout, style).end(outcome);
      printDiagnostics(outcome, root);
      printUpToDate(outcome);
    }
  });
  const { watchFolders } = await import("./watch-folders.js");
  watchFolders(folder, (path) => {
    for (const listener of folders) listener(path);
  });
  process.stdout.write(`${style.dim(`watching ${folder} (Ctrl+C ends it)`)}\n`);
  return new Promise(() => {});
}
