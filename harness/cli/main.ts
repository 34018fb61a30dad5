// Commands and what every one of them shares: help, version, and how a user's mistake is shown.

import { readFileSync } from "node:fs";
import { InternalError, QwvmError } from "../core/errors.js";
import { suggest } from "../core/suggest.js";
import { styleOf } from "../report/style.js";
import { printable } from "../report/text-lines.js";
import { usageError } from "./arguments.js";

/** Exit code of a mistake on the command line. */
const USAGE_EXIT_CODE = 2;

/** Runs a command line. @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    if (!(error instanceof QwvmError)) return reportBug(error);
    const message = error.message.split("\n").map(printable).join("\n");
    process.stderr.write(`${styleOf(process.stderr).red("error:")} ${message}\n`);
    return error.code === "USAGE" || OPTION_CODES.has(error.code) ? USAGE_EXIT_CODE : 1;
  }
}

/** Whatever is no mistake of the user's is ours: it is said so, with all that a report of it needs. */
function reportBug(error: unknown): number {
  const bug = error instanceof InternalError ? error : new InternalError(`qwvm failed: ${String(error)}`);
  const stack = error instanceof Error ? error.stack : undefined;
  process.stderr.write(
    `${styleOf(process.stderr).red("error:")} ${bug.message}\n${stack === undefined ? "" : `${stack}\n`}`,
  );
  return 1;
}

/** Codes of values on the command line that do not fit. */
const OPTION_CODES = new Set([
  "BAD_TOLERANCE",
  "BAD_REPORT_FORMAT",
  "BAD_OPTION",
  "BAD_ARGUMENT",
  "BAD_ARGUMENT_COUNT",
  "BAD_JSON",
  "BAD_ABI",
  "BAD_BUILD_RECORD",
  "UNKNOWN_METHOD",
  "UNKNOWN_EXPORT",
]);

async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  const wantsHelp = args.slice(0, args.includes("--") ? args.indexOf("--") : undefined);
  if (command === undefined || command === "help" || wantsHelp.some((arg) => arg === "--help" || arg === "-h")) {
    return printHelp(command === "help" ? rest[0] : command, command === undefined);
  }
  if (command === "--version" || command === "-v" || command === "-V") {
    process.stdout.write(`${readVersion()}\n`);
    return 0;
  }
  if (command === "build") return (await import("./build.js")).runBuild(rest);
  if (command === "explain") return (await import("./explain.js")).runExplain(rest);
  if (command === "run") return (await import("./run.js")).runRun(rest);
  if (command === "inspect") return (await import("./inspect.js")).runInspect(rest);
  if (command === "optimize") return (await import("./optimize.js")).runOptimize(rest);
  if (command === "abi") return (await import("./abi.js")).runAbi(rest);
  if (command === "docs") return (await import("./docs.js")).runDocs(rest);
  if (command === "headers") return (await import("./headers.js")).runHeaders(rest);
  if (command === "verify") return (await import("./verify.js")).runVerify(rest);
  if (command === "test") return (await import("./test.js")).runTest(rest);
  throw await unknownCommand(command);
}

async function printHelp(about: string | undefined, isMistake: boolean): Promise<number> {
  const { COMMANDS, helpText } = await import("./help.js");
  if (about !== undefined && !about.startsWith("-") && about !== "help" && !COMMANDS.includes(about)) {
    throw await unknownCommand(about);
  }
  (isMistake ? process.stderr : process.stdout).write(helpText(about));
  return isMistake ? USAGE_EXIT_CODE : 0;
}

async function unknownCommand(command: string): Promise<QwvmError> {
  const { COMMANDS } = await import("./help.js");
  const kind = command.startsWith("-") ? "flag" : "command";
  const nearest = kind === "command" ? suggest(command, [...COMMANDS, "help"]) : undefined;
  const hint = nearest === undefined ? "qwvm --help lists what there is." : `Did you mean qwvm ${nearest}?`;
  return usageError(`qwvm has no ${kind} ${command}.`, hint);
}

function readVersion(): string {
  const path = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
