// `qwvm test`: builds what changed, then runs the project's own Vitest in this process, with the plugin put in when the
// project's configuration lacks it.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CliOptions, Vitest } from "vitest/node";
import { QwvmError } from "../core/errors.js";
import { hasErrors } from "../vitest/build-contracts.js";
import { type GasOptions, resolveGasOptions } from "../vitest/gas-options.js";
import { qwvm } from "../vitest/plugin.js";
import { setRunState } from "../vitest/run-state.js";
import { type Flag, flagValue, type ParsedArguments, splitArguments, usageError } from "./arguments.js";
import { buildWithProgress } from "./build.js";
import { resolveRoot } from "./root.js";

export const TEST_FLAGS: Readonly<Record<string, Flag>> = {
  root: { value: "required", short: "r" },
  gas: {},
  "gas-check": {},
  "gas-update": {},
  "no-gas": {},
  "gas-tolerance": { value: "required", repeatable: true },
  "gas-strict": {},
  "gas-report": { value: "optional", repeatable: true },
  "no-gas-report": {},
};

type VitestNode = typeof import("vitest/node");

/** Runs the command. @returns the exit code; Vitest sets its own */
export async function runTest(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, TEST_FLAGS);
  const unknown = parsed.rest.find((argument) => /^--(no-)?gas/.test(argument));
  if (unknown !== undefined)
    throw usageError(`qwvm test has no flag ${unknown}.`, "qwvm help test lists what there is.");
  const gas = readGasFlags(parsed);
  resolveGasOptions([gas], true);
  const root = resolveRoot(flagValue(parsed, "root"));
  const vitest = await loadVitest(root);
  const { filter, options } = parseVitestArguments(vitest, parsed.rest);
  checkConfig(root, options);
  const isMerging = Boolean(options.mergeReports);
  if (!isMerging) {
    const result = await buildWithProgress(root, false);
    if (hasErrors(result) && !options.watch) return 1;
  }
  setRunState({ gas, isBuilt: true });
  const watch = options.watch ?? false;
  const runner = await vitest.startVitest(
    "test",
    [...filter],
    { ...options, root, watch, run: !watch },
    { plugins: [qwvm()] },
  );
  if (!keepsRunning(runner)) await runner.exit();
  return 0;
}

/** Vitest stays on in watch mode. */
function keepsRunning(vitest: Vitest): boolean {
  return vitest.shouldKeepServer();
}

/** @throws QwvmError `USAGE` for flags that contradict each other */
function readGasFlags(parsed: ParsedArguments): GasOptions {
  const { flags } = parsed;
  const modes = ["gas", "gas-check", "gas-update", "no-gas"].filter((name) => flags.has(name));
  if (modes.length > 1) {
    throw usageError(`--${modes.join(" and --")} contradict each other.`, "Give one of them.");
  }
  if (flags.has("gas-report") && flags.has("no-gas-report")) {
    throw usageError("--gas-report and --no-gas-report contradict each other.", "Give one of them.");
  }
  const mode = ({ gas: "write", "gas-check": "check", "gas-update": "update", "no-gas": "off" } as const)[
    modes[0] as "gas"
  ];
  const reports = flags.get("gas-report")?.map((value) => (value === true ? "text" : value));
  return {
    mode,
    tolerance: flags.get("gas-tolerance")?.map(String),
    strict: flags.has("gas-strict") ? true : undefined,
    reports: flags.has("no-gas-report") ? [] : reports,
  };
}

/** The Vitest of the project; that of this package's surroundings when the project has none of its own. */
async function loadVitest(root: string): Promise<VitestNode> {
  for (const from of [join(root, "package.json"), import.meta.url]) {
    let path: string;
    try {
      path = createRequire(from).resolve("vitest/node");
    } catch {
      continue;
    }
    return (await import(pathToFileURL(path).href)) as VitestNode;
  }
  throw new QwvmError("NO_VITEST", `Vitest is not installed in ${root}.`, {
    hint: "qwvm test runs the tests with it: npm install --save-dev vitest",
  });
}

function parseVitestArguments(
  vitest: VitestNode,
  args: readonly string[],
): { filter: readonly string[]; options: CliOptions } {
  try {
    return vitest.parseCLI(["vitest", ...args]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw usageError(`Vitest does not understand the command line: ${reason}`, "qwvm help test lists what there is.");
  }
}

function checkConfig(root: string, options: CliOptions): void {
  const { config } = options;
  if (typeof config !== "string" || existsSync(resolve(root, config))) return;
  throw usageError(`There is no configuration file ${resolve(root, config)}.`, "Give an existing one: --config FILE.");
}
