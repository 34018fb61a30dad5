// `qwvm test`: builds what changed, then runs the project's own Vitest in this process, with the plugin put in when the
// project's configuration lacks it.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { hasErrors } from "../vitest/build-contracts.js";
import { type GasOptions, resolveGasOptions } from "../vitest/gas-options.js";
import { setRunState } from "../vitest/run-state.js";
import { loadVitest, startVitest } from "../vitest/run-vitest.js";
import { parseVitestArguments } from "../vitest/vitest-arguments.js";
import { type Flag, flagValue, type ParsedArguments, refuseRest, splitArguments, usageError } from "./arguments.js";
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

/** Runs the command. @returns the exit code; Vitest sets its own */
export async function runTest(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, TEST_FLAGS);
  const unknown = parsed.rest.find((argument) => /^--(no-)?gas/.test(argument));
  if (unknown !== undefined) refuseRest("test", [unknown], TEST_FLAGS);
  const gas = readGasFlags(parsed);
  resolveGasOptions([gas], true);
  const root = resolveRoot(flagValue(parsed, "root"));
  const { vitest, path } = await loadVitest(root);
  const { filter, options } = parseVitestArguments(vitest, path, parsed.rest);
  checkConfig(root, options.config);
  const isMerging = Boolean(options.mergeReports);
  if (!isMerging) {
    const result = await buildWithProgress(root, false);
    if (hasErrors(result) && !options.watch) return 1;
  }
  setRunState({ gas, isBuilt: true });
  const watch = options.watch ?? false;
  await startVitest(vitest, filter, { ...options, root, watch, run: !watch });
  return 0;
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

function checkConfig(root: string, config: string | false | undefined): void {
  if (typeof config !== "string" || existsSync(resolve(root, config))) return;
  throw usageError(`There is no configuration file ${resolve(root, config)}.`, "Give an existing one: --config FILE.");
}
