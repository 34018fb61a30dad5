// `qwvm abi`: a contract's interface for people or as JSON; `qwvm abi diff`: what changes for callers between two.

import { diffAbi } from "../abi/diff-abi.js";
import { QwvmError } from "../core/errors.js";
import { printableJson } from "../core/printable.js";
import { formatAbi, formatAbiDiff } from "../report/abi-text.js";
import { styleOf } from "../report/style.js";
import { type Flag, flagValue, type ParsedArguments, refuseRest, splitArguments, usageError } from "./arguments.js";
import { readInterfaces } from "./interface-file.js";

export const ABI_FLAGS: Readonly<Record<string, Flag>> = { root: { value: "required" }, json: {} };

/** Runs the command. @returns the exit code: 1 when a diff has a breaking change */
export async function runAbi(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, ABI_FLAGS);
  const rest = parsed.rest.filter((argument) => argument !== "--");
  const flags = rest.filter((argument) => argument.startsWith("-"));
  const [first, ...others] = rest.filter((argument) => !argument.startsWith("-"));
  refuseRest("abi", flags, ABI_FLAGS);
  if (first === "diff") return runDiff(others, parsed);
  refuseRest("abi", others, ABI_FLAGS);
  const given = await readInterfaces(first, flagValue(parsed, "root"));
  const abis = given.map(({ abi }) => abi);
  if (parsed.flags.has("json")) {
    process.stdout.write(`${printableJson(JSON.stringify(first === undefined ? abis : abis[0], null, 2))}\n`);
    return 0;
  }
  const style = styleOf(process.stdout);
  process.stdout.write(`${abis.map((abi) => formatAbi(abi, style)).join("\n\n\n")}\n`);
  return 0;
}

async function runDiff(given: readonly string[], parsed: ParsedArguments): Promise<number> {
  const [old, now, ...others] = given;
  if (old === undefined || now === undefined) {
    throw usageError("qwvm abi diff needs two interfaces.", "Write qwvm abi diff OLD.abi.json NEW.abi.json.");
  }
  refuseRest("abi", others, ABI_FLAGS);
  const changes = diffAbi(await readOne(old, parsed), await readOne(now, parsed));
  const isBreaking = changes.some(({ severity }) => severity === "breaking");
  if (parsed.flags.has("json")) {
    process.stdout.write(`${printableJson(JSON.stringify({ breaking: isBreaking, changes }, null, 2))}\n`);
  } else process.stdout.write(`${formatAbiDiff(changes, styleOf(process.stdout))}\n`);
  return isBreaking ? 1 : 0;
}

/** Whatever is wrong with what is compared is no answer: code 1 stands for a breaking change. */
async function readOne(given: string, parsed: ParsedArguments) {
  try {
    const [one] = await readInterfaces(given, flagValue(parsed, "root"));
    return (one as NonNullable<typeof one>).abi;
  } catch (error) {
    if (!(error instanceof QwvmError) || error.code === "USAGE") throw error;
    throw new QwvmError("USAGE", error.message, { cause: error });
  }
}
