// `qwvm inspect`: what there is to say of a Wasm file, whatever is in it.

import { interfaceOf } from "../client/deploy.js";
import { QwvmError } from "../core/errors.js";
import { DEFAULT_LIMITS } from "../core/limits.js";
import { printableJson } from "../core/printable.js";
import { DEFAULT_SCHEDULE } from "../gas/schedule.js";
import { type Inspection, inspectModule } from "../instrument/inspect-module.js";
import { formatInspection, type InspectedAbi } from "../report/inspect-text.js";
import { styleOf } from "../report/style.js";
import { type Flag, splitArguments } from "./arguments.js";
import { onlyFile, readModuleFile } from "./module-file.js";

export const INSPECT_FLAGS: Readonly<Record<string, Flag>> = { json: {} };

/** Runs the command. @returns the exit code: 1 when the module cannot be deployed */
export async function runInspect(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, INSPECT_FLAGS);
  const file = onlyFile("inspect", parsed, INSPECT_FLAGS);
  const wasm = readModuleFile(file);
  const inspection = inspectFile(file, wasm);
  const abi = readAbi(inspection, wasm);
  if (parsed.flags.has("json")) {
    const own = abi === undefined ? null : "abi" in abi ? abi.abi : { problem: abi.problem };
    const { refusal = null, deploymentGas = null, ...facts } = inspection;
    const result = { file, deployable: refusal === null, refusal, ...facts, deploymentGas, abi: own };
    process.stdout.write(`${printableJson(JSON.stringify(result, null, 2))}\n`);
  } else {
    process.stdout.write(`${formatInspection(file, inspection, abi, styleOf(process.stdout))}\n`);
  }
  return inspection.refusal === undefined ? 0 : 1;
}

/** A file's module by the default machine's prices and limits. */
export function inspectFile(name: string, wasm: Uint8Array): Inspection {
  return inspectModule(wasm, {
    name,
    schedule: DEFAULT_SCHEDULE,
    limits: DEFAULT_LIMITS,
    hostFunctions: "all",
    floats: "canonical",
  });
}

function readAbi({ kind }: Inspection, wasm: Uint8Array): InspectedAbi {
  if (kind !== "SDK contract") return undefined;
  try {
    const abi = interfaceOf(wasm);
    return abi && { abi };
  } catch (error) {
    if (!(error instanceof QwvmError)) throw error;
    return { problem: error.message.replaceAll("\n", " ") };
  }
}
