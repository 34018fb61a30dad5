// The Vitest plugin: builds the contracts, adds matchers and gas recording to every test file, and reports the gas.
// Vitest itself is named in types alone: a config file that imports the plugin loads nothing more.

import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import type {} from "vitest/config";
import type { Vitest, VitestPluginContext } from "vitest/node";
import type { BuildResult } from "../compiler/build-options.js";
import { QwvmError } from "../core/errors.js";
import { formatDiagnostics } from "../report/diagnostics-text.js";
import { styleOf } from "../report/style.js";
import { buildContracts, buildError, hasErrors, watchContracts } from "./build-contracts.js";
import { type GasOptions, resolveGasOptions } from "./gas-options.js";
import { GasReporter } from "./reporter.js";
import { getRunState } from "./run-state.js";

/** Options of the plugin; what the command line says goes first. */
export interface QwvmPluginOptions {
  /** How gas is checked and reported. */
  readonly gas?: GasOptions;
}

const NAME = "qwvm";
const SETUP_FILE = fileURLToPath(new URL("./setup.js", import.meta.url));
/** This package's own files are run as they are, so that tests and setup file share one copy of them. */
const OWN_FILES = new RegExp(`^${escapePattern(fileURLToPath(new URL("../", import.meta.url)).replaceAll("\\", "/"))}`);

/** Each Vitest gets one reporter and one build, however many projects have the plugin. */
const known = new WeakSet<Vitest>();

/** The plugin for `vitest.config.ts`: `defineConfig({ plugins: [qwvm()] })`. */
export function qwvm(options: QwvmPluginOptions = {}): Plugin {
  return {
    name: NAME,
    config(config) {
      const setupFiles = [config.test?.setupFiles ?? []].flat();
      if (setupFiles.includes(SETUP_FILE)) return {};
      const server = { deps: { external: [OWN_FILES] } };
      return { test: { setupFiles: [SETUP_FILE], includeTaskLocation: true, server } };
    },
    async configureVitest({ vitest }: VitestPluginContext) {
      if (known.has(vitest)) return;
      known.add(vitest);
      const run = getRunState();
      const given = [...(run === undefined ? [] : [run.gas]), optionsOfEnvironment(), options.gas ?? {}];
      const settings = resolveGasOptions(given, run !== undefined || process.stdout.isTTY === true);
      vitest.config.reporters.push(new GasReporter(settings) as never);
      if (vitest.config.mergeReports) return;
      const { root } = vitest.config;
      const result = run?.isBuilt ? undefined : await buildContracts({ root });
      if (result !== undefined && hasErrors(result) && !vitest.config.watch) throw buildError(result, root);
      if (result !== undefined) print(vitest, result, root);
      showContractsInErrors(vitest, root);
      if (vitest.config.watch) watch(vitest, root);
    },
  };
}

function optionsOfEnvironment(): GasOptions {
  const mode = process.env["QWVM_GAS"];
  if (mode === undefined || mode === "") return {};
  if (mode === "write" || mode === "check" || mode === "update" || mode === "off") return { mode };
  throw new QwvmError("BAD_OPTION", `The environment variable QWVM_GAS is ${JSON.stringify(mode)}.`, {
    hint: "It is write, check, update or off.",
  });
}

function watch(vitest: Vitest, root: string): void {
  watchContracts(root, vitest.vite.watcher, (outcome, changed) => {
    const style = styleOf(process.stdout);
    if (outcome instanceof QwvmError) vitest.logger.log(`\n${style.red("✗")} ${outcome.message}`);
    else {
      print(vitest, outcome, root);
      if (!hasErrors(outcome)) vitest.logger.log(style.dim(`rebuilt after a change of ${changed}`));
    }
  });
}

function print(vitest: Vitest, result: BuildResult, root: string): void {
  if (result.diagnostics.length === 0) return;
  vitest.logger.log(`\n${formatDiagnostics(result.diagnostics, root, styleOf(process.stdout))}\n`);
}

/**
 * Vitest shows source around an error's first frame only in files that it has processed itself, which contracts are not.
 * So their files are entered as processed, without code.
 */
function showContractsInErrors(vitest: Vitest, root: string): void {
  vitest.onTestsRerun(() => enter(vitest, root));
  void enter(vitest, root);
}

async function enter(vitest: Vitest, root: string): Promise<void> {
  const result = await buildContracts({ root }).catch(() => undefined);
  const files = new Set(result?.contracts.flatMap(({ dependencies }) => dependencies) ?? []);
  for (const project of vitest.projects) {
    const graph = project.vite.environments["ssr"]?.moduleGraph;
    for (const file of files) {
      const module = graph?.createFileOnlyEntry(`${root.replaceAll("\\", "/")}/${file}`);
      if (module !== undefined) module.transformResult ??= { code: "", map: null };
    }
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
