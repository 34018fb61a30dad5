// Building contracts around a Vitest run: before it, and in watch mode again when a contract changes. Diagnostics are
// printed here; the compiler is loaded only when there is something to build.

import { join, relative, sep } from "node:path";
import { findUpToDateBuild } from "../compiler/build-cache.js";
import type { BuildOptions, BuildProgress, BuildResult } from "../compiler/build-options.js";
import { QwvmError } from "../core/errors.js";
import { formatDiagnostics } from "../report/diagnostics-text.js";
import { makeStyle, type Style } from "../report/style.js";
import { readProjectSettings } from "./project-settings.js";
import { checkBudgets } from "./size-budgets.js";

/** What a build was asked for beside the project's settings. */
export interface BuildRequest {
  readonly root: string;
  readonly force?: boolean;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/**
 * Builds what has changed.
 * @throws QwvmError for a missing or empty contracts folder and for settings that do not fit
 */
export async function buildContracts(request: BuildRequest): Promise<BuildResult> {
  const { sizeBudgets, ...settings } = readProjectSettings(request.root);
  const options: BuildOptions = { ...settings, ...request };
  const result = findUpToDateBuild(options) ?? (await compile(options));
  return checkBudgets(result, sizeBudgets, request.root);
}

async function compile(options: BuildOptions): Promise<BuildResult> {
  const { compileContracts } = await import("../compiler/compile-contracts.js");
  return compileContracts(options);
}

/** Whether a build has failed. */
export function hasErrors(result: BuildResult): boolean {
  return result.diagnostics.some(({ severity }) => severity === "error");
}

/** The error with which a run ends whose contracts do not compile: it carries all diagnostics as text. */
export function buildError(result: BuildResult, root: string, style: Style = makeStyle(false)): QwvmError {
  return new QwvmError(
    "BUILD_FAILED",
    `The contracts do not compile.\n\n${formatDiagnostics(result.diagnostics, root, style)}`,
  );
}

/** The part of a file watcher that is used. */
interface Watcher {
  add(path: string): unknown;
  on(event: "add" | "change" | "unlink", listener: (path: string) => void): unknown;
}

function isUpToDate(root: string): boolean {
  const { sizeBudgets: _, ...settings } = readProjectSettings(root);
  return findUpToDateBuild({ ...settings, root }) !== undefined;
}

/** Rebuilds when a file of the contracts folder changes; builds never overlap. @returns the folder */
export function watchContracts(
  root: string,
  watcher: Watcher,
  report: (outcome: BuildResult | QwvmError, changed: string) => void,
): string {
  const folder = join(root, readProjectSettings(root).contractsDir ?? "contracts");
  watcher.add(folder);
  let running = Promise.resolve();
  let pending: string | undefined;
  const rebuild = async (): Promise<void> => {
    const changed = pending;
    if (changed === undefined) return;
    pending = undefined;
    // A build writes layout files itself; what somebody else has changed of one is to be looked at.
    if (changed.endsWith(".layout.json") && isUpToDate(root)) return;
    try {
      report(await buildContracts({ root }), changed);
    } catch (error) {
      if (!(error instanceof QwvmError)) throw error;
      report(error, changed);
    }
  };
  const onEvent = (path: string): void => {
    if (!path.replaceAll("/", sep).startsWith(folder + sep) || !/\.(ts|json)$/.test(path)) return;
    pending = relative(root, path).split(sep).join("/");
    running = running.then(rebuild);
  };
  for (const event of ["add", "change", "unlink"] as const) watcher.on(event, onEvent);
  return folder;
}
