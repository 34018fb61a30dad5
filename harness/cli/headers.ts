// `qwvm headers`: a Rust module or a C header with which other contracts call one.

import { relative, resolve } from "node:path";
import { writeC } from "../abi/write-c.js";
import { writeRust } from "../abi/write-rust.js";
import { suggest } from "../core/suggest.js";
import { styleOf } from "../report/style.js";
import { writeFileWhole } from "../report/write-file.js";
import { type Flag, flagValue, refuseRest, splitArguments, usageError } from "./arguments.js";
import { readInterfaces } from "./interface-file.js";

export const HEADERS_FLAGS: Readonly<Record<string, Flag>> = {
  lang: { value: "required" },
  out: { value: "required", short: "o" },
  root: { value: "required" },
};

const WRITERS = { rust: writeRust, c: writeC };

/** Runs the command. @returns the exit code */
export async function runHeaders(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, HEADERS_FLAGS);
  const rest = parsed.rest.filter((argument) => argument !== "--");
  const [name, ...others] = rest.filter((argument) => !argument.startsWith("-"));
  refuseRest("headers", [...rest.filter((argument) => argument.startsWith("-")), ...others], HEADERS_FLAGS);
  if (name === undefined) {
    throw usageError(
      "qwvm headers needs a contract.",
      "Write qwvm headers NAME --lang rust, or the path of its interface.",
    );
  }
  const write = WRITERS[readLanguage(flagValue(parsed, "lang"))];
  const [given] = await readInterfaces(name, flagValue(parsed, "root"));
  const text = write((given as NonNullable<typeof given>).abi);
  const out = flagValue(parsed, "out");
  if (out === undefined) process.stdout.write(text);
  else {
    writeFileWhole(resolve(out), text);
    process.stdout.write(`${styleOf(process.stdout).green("✓")} ${relative(process.cwd(), resolve(out))} written\n`);
  }
  return 0;
}

function readLanguage(given: string | undefined): keyof typeof WRITERS {
  const language = given?.toLowerCase();
  if (language === "rust" || language === "c") return language;
  if (given === undefined)
    throw usageError("qwvm headers does not know the language.", "Write --lang rust or --lang c.");
  const nearest = suggest(given, Object.keys(WRITERS));
  const hint = `${nearest === undefined ? "" : `Did you mean ${nearest}? `}Write --lang rust or --lang c.`;
  throw usageError(`There are no headers for ${JSON.stringify(given)}.`, hint);
}
