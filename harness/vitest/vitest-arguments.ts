// The part of the command line that is Vitest's: parsed by Vitest itself, then checked, since its parser lets unknown
// flags pass when it is not its own command that runs.

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import type { CliOptions } from "vitest/node";
import { QwvmError } from "../core/errors.js";
import { suggest } from "../core/suggest.js";
import type { VitestNode } from "./run-vitest.js";

/** Flags that are known without asking Vitest, which takes half a second. */
const COMMON = new Set(
  `-- color t testNamePattern watch w run u update c config shard reporter outputFile mergeReports bail retry silent
  coverage project pool changed exclude dir passWithNoTests isolate ui maxWorkers fileParallelism sequence allowOnly
  hideSkippedTests testTimeout hookTimeout globals environment typecheck logHeapUsage dangerouslyIgnoreUnhandledErrors`.split(
    /\s+/,
  ),
);

/**
 * Parses Vitest's part of the command line.
 * @param vitestPath the file of `vitest/node`
 * @throws QwvmError `USAGE` for what Vitest does not understand
 */
export function parseVitestArguments(
  vitest: VitestNode,
  vitestPath: string,
  args: readonly string[],
): { filter: readonly string[]; options: CliOptions } {
  let parsed: ReturnType<VitestNode["parseCLI"]>;
  try {
    parsed = vitest.parseCLI(["vitest", ...args]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw usage(`Vitest does not understand the command line: ${reason}`, "qwvm help test lists what there is.");
  }
  const options = parsed.options as CliOptions & { exclude?: string | string[] };
  const strange = Object.keys(options).filter((name) => !COMMON.has(name));
  if (strange.length > 0) refuseUnknown(strange, listFlags(vitestPath));
  // What Vitest's own command does with its flags before it starts.
  const { exclude, ...rest } = options;
  const excluded = exclude === undefined ? {} : { cliExclude: [exclude].flat() };
  const located = parsed.filter.some((filter) => filter.includes(":")) ? { includeTaskLocation: true } : {};
  return { filter: parsed.filter, options: { ...located, ...rest, ...excluded } };
}

function refuseUnknown(names: readonly string[], known: ReadonlySet<string>): void {
  // Without a list nothing can be refused.
  const unknown = known.size === 0 ? undefined : names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const nearest = suggest(unknown, known);
  const hint = "qwvm help test lists what there is.";
  throw usage(
    `Neither qwvm test nor Vitest has a flag --${unknown}.`,
    nearest === undefined ? hint : `Did you mean --${nearest}? ${hint}`,
  );
}

/** The flags that Vitest's help names; those with a dash also as one word. */
function listFlags(vitestPath: string): ReadonlySet<string> {
  const command = join(dirname(vitestPath), "..", "vitest.mjs");
  const env = { ...process.env, NO_COLOR: "1" };
  const { stdout } = spawnSync(process.execPath, [command, "--help"], { encoding: "utf8", env, timeout: 20_000 });
  const flags = new Set<string>();
  for (const [, long, short] of (stdout ?? "").matchAll(/--(?:no-)?([a-zA-Z][\w-]*)|(?:^|\s)-([a-z]),/gm)) {
    if (short !== undefined) flags.add(short);
    if (long !== undefined) flags.add(long.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
  }
  return flags;
}

function usage(message: string, hint: string): QwvmError {
  return new QwvmError("USAGE", message, { hint });
}
