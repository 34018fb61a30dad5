// `qwvm optimize`: makes a Wasm file smaller and says by how much. The input stays unless it is named as output.

import { closeSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { printableJson } from "../core/printable.js";
import { optimizeModule } from "../instrument/optimize-module.js";
import { formatOptimization, type ModuleSizes } from "../report/optimize-text.js";
import { styleOf } from "../report/style.js";
import { writeFileWhole } from "../report/write-file.js";
import { type Flag, flagValue, type ParsedArguments, splitArguments, usageError } from "./arguments.js";
import { inspectFile } from "./inspect.js";
import { onlyFile, readModuleFile } from "./module-file.js";

export const OPTIMIZE_FLAGS: Readonly<Record<string, Flag>> = {
  output: { value: "required", short: "o" },
  "in-place": {},
  json: {},
};

/** Runs the command. @returns the exit code */
export async function runOptimize(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, OPTIMIZE_FLAGS);
  const file = onlyFile("optimize", parsed, OPTIMIZE_FLAGS);
  const output = outputOf(parsed, file);
  const wasm = readModuleFile(file);
  const { wasm: smaller, isOptimized } = await optimizeModule(wasm, file);
  const [before, after] = [sizesOf(file, wasm), sizesOf(file, smaller)];
  writeFileWhole(output, smaller);
  if (parsed.flags.has("json")) {
    const result = {
      input: file,
      output: flagValue(parsed, "output") ?? file,
      codeOptimized: isOptimized,
      before,
      after,
    };
    process.stdout.write(`${printableJson(JSON.stringify(result, null, 2))}\n`);
    return 0;
  }
  const style = styleOf(process.stdout);
  process.stdout.write(`${formatOptimization(before, after, style)}\n`);
  if (!isOptimized) {
    process.stdout.write(
      `${style.yellow("!")} binaryen cannot deal with this module: its code is as it was, debug sections are gone\n`,
    );
  }
  const note = isOptimized && after.sizeBytes === before.sizeBytes ? "; it was as small as it gets already" : "";
  process.stdout.write(`${style.green("✓")} ${flagValue(parsed, "output") ?? file} written${note}\n`);
  return 0;
}

function outputOf(parsed: ParsedArguments, file: string): string {
  const output = flagValue(parsed, "output");
  const inPlace = parsed.flags.has("in-place");
  if (output !== undefined && inPlace) {
    throw usageError("--output and --in-place contradict each other.", "Give one of them.");
  }
  if (output === undefined && !inPlace) {
    const hint = `Write qwvm optimize ${file} -o OUT.wasm, or --in-place to replace ${file}.`;
    throw usageError("qwvm optimize does not know where to write.", hint);
  }
  if (output !== undefined) {
    checkOutput(resolve(output), output, file);
    return resolve(output);
  }
  try {
    // A link stays one: the file that it means is replaced.
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

/**
 * Refuses to write where it may have been meant otherwise: over the input, over what is no Wasm file, to a new folder.
 * @throws QwvmError `USAGE`
 */
function checkOutput(path: string, output: string, file: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    const folder = dirname(path);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    throw usageError(`There is no folder ${folder}.`, "Make it first, or write elsewhere.");
  }
  if (stats.isDirectory()) throw usageError(`${path} is a folder.`, "Give the path of a file: -o small.wasm.");
  if (!stats.isFile()) throw usageError(`${path} is no regular file.`, "Give the path of a file: -o small.wasm.");
  const input = statSync(file, { throwIfNoEntry: false });
  if (input !== undefined && input.ino === stats.ino && input.dev === stats.dev) {
    throw usageError(`${output} is the input itself.`, `Write qwvm optimize ${file} --in-place to replace it.`);
  }
  if (stats.size > 0 && !startsAsWasm(path)) {
    throw usageError(`${path} is there already, and no Wasm file.`, "Remove it first, or write elsewhere.");
  }
}

function startsAsWasm(path: string): boolean {
  const start = new Uint8Array(4);
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    readSync(file, start, 0, 4, 0);
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return start.join() === "0,97,115,109";
}

function sizesOf(name: string, wasm: Uint8Array): ModuleSizes {
  const { sizeBytes, deploymentGas = null, sections } = inspectFile(name, wasm);
  return { sizeBytes, deploymentGas, sections };
}
