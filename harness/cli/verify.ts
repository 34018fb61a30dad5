// `qwvm verify`: builds a module again from its sources, in memory, and holds the two against each other byte for byte.

import { rebuildContract } from "../compiler/rebuild.js";
import type { BuildRecord } from "../core/build-record.js";
import { QwvmError } from "../core/errors.js";
import { printableJson } from "../core/printable.js";
import { compareModules, readBuildRecord } from "../instrument/build-record.js";
import { formatDiagnostics } from "../report/diagnostics-text.js";
import { styleOf } from "../report/style.js";
import { formatVerification, type Verification } from "../report/verify-text.js";
import { readProjectSettings } from "../vitest/project-settings.js";
import { type Flag, flagValue, splitArguments, usageError } from "./arguments.js";
import { onlyFile, readModuleFile } from "./module-file.js";
import { resolveRoot } from "./root.js";

export const VERIFY_FLAGS: Readonly<Record<string, Flag>> = { source: { value: "required" }, json: {} };

/** Runs the command. @returns the exit code: 1 when the module is not what its sources give */
export async function runVerify(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, VERIFY_FLAGS);
  const file = onlyFile("verify", parsed, VERIFY_FLAGS);
  const root = resolveRoot(flagValue(parsed, "source"));
  const wasm = readModuleFile(file);
  const record = recordOf(wasm, file);
  const result = await verify(wasm, file, record, root);
  if (parsed.flags.has("json")) process.stdout.write(`${printableJson(JSON.stringify(result, null, 2))}\n`);
  else process.stdout.write(`${formatVerification(result, styleOf(process.stdout))}\n`);
  return result.same ? 0 : 1;
}

function recordOf(wasm: Uint8Array, file: string): BuildRecord {
  const record = readBuildRecord(wasm, file);
  if (record !== undefined) return record;
  throw usageError(
    `${file} does not say how it was built.`,
    "Modules that qwvm build writes do, in their section qwvm.build; qwvm optimize takes it out.",
  );
}

async function verify(wasm: Uint8Array, file: string, record: BuildRecord, root: string): Promise<Verification> {
  const { hostFunctions, release, files } = record;
  const source = Object.keys(files)[0] as string;
  const { contractsDir, outDir } = readProjectSettings(root);
  const options = {
    root,
    ...(contractsDir === undefined ? {} : { contractsDir }),
    ...(outDir === undefined ? {} : { outDir }),
    hostFunctions,
    release,
  };
  const { compiled, diagnostics } = await rebuildContract(options, source);
  if (compiled === undefined) {
    const shown = formatDiagnostics(diagnostics, root, styleOf(process.stderr));
    if (diagnostics.length > 0) {
      throw new QwvmError("BUILD_FAILED", `${source} does not compile, so ${file} cannot be verified.\n\n${shown}`);
    }
    throw new QwvmError("NO_SOURCE", `There is no contract ${source} in ${root}.`, {
      hint: `${file} was built from it: give the folder of its project with --source DIR.`,
    });
  }
  const own = readBuildRecord(compiled.wasm, source) as BuildRecord;
  const inputs = compareRecords(record, own);
  const names = compiled.sourceMap.x_qwvm_functions;
  const sections = compareModules(wasm, compiled.wasm).map((difference) => ({
    ...difference,
    functionName: names[difference.functionIndex ?? -1] ?? undefined,
  }));
  const same = sections.length === 0;
  return {
    file,
    source,
    same,
    sizeBytes: wasm.length,
    record,
    inputs,
    sections,
    hint: hintFor(record, own, inputs, same),
  };
}

/** What was recorded and is different here. */
function compareRecords(recorded: BuildRecord, own: BuildRecord): string[] {
  const found: string[] = [];
  for (const tool of ["qwvm", "assemblyscript", "binaryen"] as const) {
    if (recorded[tool] !== own[tool]) found.push(`it was built by ${tool} ${recorded[tool]}; here is ${own[tool]}`);
  }
  for (const [file, hash] of Object.entries(recorded.files)) {
    const here = own.files[file];
    if (here === undefined) found.push(`it was built from ${file}, too (hash ${hash}), which is not imported here`);
    else if (here !== hash) found.push(`${file} is another: its hash is ${here}, it was built from ${hash}`);
  }
  for (const [file, hash] of Object.entries(own.files)) {
    if (!(file in recorded.files)) found.push(`it was not built from ${file} (hash ${hash}), which is imported here`);
  }
  if (recorded.sdk !== own.sdk)
    found.push(`the SDK is another: its hash is ${own.sdk}, it was built with ${recorded.sdk}`);
  if (recorded.abi !== own.abi) found.push(`the interface is another: its hash is ${own.abi}, was ${recorded.abi}`);
  return found;
}

function hintFor(record: BuildRecord, own: BuildRecord, inputs: readonly string[], same: boolean): string | undefined {
  if (same) return undefined;
  if (record.qwvm !== own.qwvm) return `Verify with the version that built it: npx qwvm@${record.qwvm} verify ...`;
  if (record.assemblyscript !== own.assemblyscript || record.binaryen !== own.binaryen) {
    return "Install the compiler that built it, in the version that is recorded.";
  }
  if (inputs.length > 0) return "Check out the sources that it was built from.";
  return "The sources are those that are recorded: the module was changed after it was built, or not built by qwvm.";
}
