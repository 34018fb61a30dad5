// `qwvm run`: functions of a plain module, or calls of a contract on a fresh machine.

import { printableList } from "../core/printable.js";
import {
  type ContractCall,
  type FunctionCall,
  formatCallsJson,
  formatContractCall,
  formatFunctionCall,
} from "../report/run-text.js";
import { styleOf } from "../report/style.js";
import { usageError } from "./arguments.js";
import { inspectFile } from "./inspect.js";
import { readModuleFile } from "./module-file.js";
import { type RunArguments, readRunArguments } from "./run-arguments.js";

/** Runs the command. @returns the exit code: 1 when a call failed */
export async function runRun(args: readonly string[]): Promise<number> {
  const given = readRunArguments(args);
  const wasm = readModuleFile(given.file);
  if (given.steps[0]?.kind === "invoke") {
    const { runFunctions } = await import("./run-function.js");
    return printCalls(runFunctions(wasm, given), formatFunctionCall, ({ trap }) => trap !== null, given.json);
  }
  if (given.steps.length === 0) refuseNothingToDo(wasm, given);
  const { runContract } = await import("./run-contract.js");
  return printCalls(runContract(wasm, given), formatContractCall, ({ failure }) => failure !== undefined, given.json);
}

function printCalls<Call extends ContractCall | FunctionCall>(
  calls: Iterable<Call>,
  format: (call: Call, style: ReturnType<typeof styleOf>) => string,
  hasFailed: (call: Call) => boolean,
  json: boolean,
): number {
  const style = styleOf(process.stdout);
  const all: Call[] = [];
  for (const call of calls) {
    all.push(call);
    if (!json) process.stdout.write(`${format(call, style)}\n`);
  }
  if (json) process.stdout.write(`${formatCallsJson(all)}\n`);
  return all.some(hasFailed) ? 1 : 0;
}

/** Without a call, a contract is deployed; a plain module has nothing that could be run. */
function refuseNothingToDo(wasm: Uint8Array, { file }: RunArguments): void {
  const { kind, exports } = inspectFile(file, wasm);
  if (kind !== "module") return;
  const functions = exports.filter((entry) => entry.kind === "function").map(({ name }) => name);
  const list = functions.length === 0 ? "It exports no functions." : `Its functions are ${printableList(functions)}.`;
  throw usageError(`qwvm run was not told what to run of ${file}.`, `Write --invoke NAME ARGS. ${list}`);
}
