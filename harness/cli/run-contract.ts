// `qwvm run` for contracts: deploys on a fresh machine and carries the calls out in order. Arguments are all read before
// anything runs.

import { readFileSync } from "node:fs";
import { checkAbi } from "../client/check-abi.js";
import { codecOf } from "../client/codec.js";
import { ContractError } from "../client/contract-error.js";
import type { DecodedReceipt } from "../client/contract-types.js";
import { interfaceOf, isRawModule } from "../client/deploy.js";
import { parseJson, toPlain } from "../client/json-text.js";
import { argumentsOfJson, exampleOf } from "../client/json-values.js";
import { DEFAULT_DEPLOYER } from "../client/machine.js";
import { createQwvm, type Qwvm } from "../client/qwvm.js";
import type { RawContract } from "../client/raw-contract.js";
import { type Abi, wireParams } from "../core/abi.js";
import type { Address } from "../core/address.js";
import { QwvmError } from "../core/errors.js";
import type { ContractCall } from "../report/run-text.js";
import { usageError } from "./arguments.js";
import { readGivenFile } from "./module-file.js";
import type { RunArguments, Step, StepOptions } from "./run-arguments.js";
import { readAmount, readChainId, readGasLimit, readSender } from "./run-options.js";
import { type CalledMethod, describeCall, shownOf } from "./run-receipt.js";

/** A step with its arguments encoded. */
interface Call extends CalledMethod {
  readonly args: Uint8Array;
  readonly options: { readonly from: Address; readonly value?: bigint; readonly gasLimit?: number };
}

/** Deploys and calls; a deployment that fails is the last call. */
export function* runContract(wasm: Uint8Array, given: RunArguments): Generator<ContractCall> {
  const isRaw = isRawModule(wasm);
  const abi = given.abi === undefined ? interfaceOf(wasm) : readAbiFile(given.abi, isRaw);
  const name = abi?.name ?? (given.file.split(/[\\/]/).at(-1) as string).replace(/\.wasm$/, "");
  const deployment: Step = { kind: "init", name: "", args: [], options: given.options };
  const steps = given.steps[0]?.kind === "init" ? given.steps : [deployment, ...given.steps];
  const [first, ...calls] = steps.map((step) => prepare(step, name, abi)) as [Call, ...Call[]];
  const chainId = readChainId(given.chainId);
  const vm = createQwvm(chainId === undefined ? {} : { chainId });
  fund(vm, first);
  let contract: RawContract;
  try {
    contract = vm.deployWasm(wasm, {
      ...first.options,
      ...(abi === undefined || given.abi === undefined ? {} : { abi }),
      ...readMemory(given.memory),
      ...readSourceMap(given.file),
      name,
      args: first.args,
    });
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    yield describeCall(vm, first, error.receipt, undefined, isRaw);
    return;
  }
  yield describeCall(vm, first, vm.lastReceipt as DecodedReceipt, undefined, isRaw);
  const codec = abi && codecOf(abi);
  for (const call of calls) {
    fund(vm, call);
    const kind = call.kind as "execute" | "query";
    yield describeCall(vm, call, contract.receipt(kind, call.method, call.args, call.options), codec, isRaw);
  }
}

function readAbiFile(file: string, isRaw: boolean): Abi {
  const bytes = readGivenFile(file);
  const text = bytes.toString("utf8");
  if (text.includes("\0") || !Buffer.from(text).equals(bytes)) {
    const isWasm = bytes.subarray(0, 4).equals(Buffer.from("\0asm"));
    throw new QwvmError("BAD_ABI", `${file} is ${isWasm ? "a Wasm module" : "no text"}, and no interface.`, {
      hint: "Give the interface as JSON: --abi NAME.abi.json.",
    });
  }
  return checkAbi(toPlain(parseJson(text, file)), { from: file, isRaw });
}

function readMemory(memory: string | undefined): { memory?: "fresh" | "kept" } {
  if (memory === undefined) return {};
  if (memory === "fresh" || memory === "kept") return { memory };
  throw usageError(
    `The memory is ${JSON.stringify(memory)}.`,
    "It is kept from call to call, or fresh for each: --memory kept.",
  );
}

/** The source map that `qwvm build` has written beside the module; without it failures have no lines. */
function readSourceMap(file: string): { sourceMap?: string } {
  try {
    return { sourceMap: readFileSync(`${file}.map`, "utf8") };
  } catch {
    return {};
  }
}

/** Whoever sends value has it. */
function fund(vm: Qwvm, { options }: Call): void {
  const { from, value } = options;
  if (value !== undefined) vm.setBalance(from, vm.balanceOf(from) + value);
}

function prepare(step: Step, contract: string, abi: Abi | undefined): Call {
  const { kind } = step as { kind: ContractCall["kind"] };
  const [text] = step.args;
  const codec = abi && codecOf(abi);
  const method = codec === undefined ? undefined : kind === "init" ? codec.init : codec.method(step.name);
  const name = step.name || (method?.method.name ?? "init");
  if (kind === "query" && method !== undefined && method.method.kind !== "query") {
    throw usageError(`${contract}.${name} changes state, so it is no query.`, `Write --execute ${name}.`);
  }
  const options = readOptions(step.options, kind === "query");
  if (text !== undefined && /^0x/i.test(text)) {
    return { kind, method: name, shownArgs: text.toLowerCase(), args: readBytes(text, name), options };
  }
  if (method === undefined || abi === undefined) {
    if (text === undefined) return { kind, method: name, shownArgs: "0x", args: new Uint8Array(), options };
    throw new QwvmError(
      "BAD_ARGUMENT",
      `${contract} has no interface, so ${name} cannot take ${JSON.stringify(text)}.`,
      {
        hint: "Give its arguments as bytes (0x0500), or its interface: --abi FILE.",
      },
    );
  }
  const what = `${contract}.${name}`;
  const params = wireParams(method.method);
  if (text === undefined && params.length > 0) {
    const flag = kind === "init" ? "--init" : `--${kind} ${name}`;
    throw new QwvmError("BAD_ARGUMENT_COUNT", `${what} takes arguments, but none were given.`, {
      hint: `Write ${flag} '${exampleOf(abi, params)}'.`,
    });
  }
  const values = argumentsOfJson(abi, params, parseJson(text ?? "{}", `The argument of ${what}`), what);
  const args = method.encodeArgs(values);
  return { kind, method: name, shownArgs: shownOf(method.decodeArgs(args) ?? {}), args, options };
}

function readOptions(given: StepOptions, isQuery: boolean): Call["options"] {
  const gasLimit = readGasLimit(given["gas-limit"]);
  const value = readAmount(given.value);
  if (isQuery && value !== undefined) {
    throw usageError("A query cannot be sent value.", "Write --value right after the call that it is sent with.");
  }
  return {
    from: readSender(given.from) ?? DEFAULT_DEPLOYER,
    ...(gasLimit === undefined ? {} : { gasLimit }),
    ...(value === undefined ? {} : { value }),
  };
}

function readBytes(text: string, name: string): Uint8Array {
  if (/^0x([0-9a-f]{2})*$/i.test(text)) return new Uint8Array(Buffer.from(text.slice(2), "hex"));
  throw new QwvmError("BAD_ARGUMENT", `The argument of ${name} is ${text}, which is not bytes.`, {
    hint: "Bytes are 0x and an even number of hex digits: 0x0500.",
  });
}
