// Receipts as people read them: result, events and failure decoded by the interfaces of the contracts that took part.

import type { Address } from "../core/address.js";
import { copyBytes } from "../core/copies.js";
import type { Failure } from "../core/outcome.js";
import { printableLiteral, printableName, printableText } from "../core/printable.js";
import type { CallFrame, EmittedEvent, Receipt } from "../core/receipt.js";
import { deploymentGas } from "../gas/formulas.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";
import { decodeBuiltinError, decodeText, type MethodCodec, type NamedValues } from "./codec.js";
import type { DecodedEvent, DecodedFailure, DecodedReceipt } from "./contract-types.js";
import type { Machine } from "./machine.js";
import { showValue, toHex } from "./value-problem.js";

/** Decodes a receipt, as a copy: what is handed out shares nothing with the machine. */
export function decodeReceipt<Result>(
  machine: Machine,
  settled: SettledReceipt,
  codec?: MethodCodec,
): DecodedReceipt<Result> {
  return new ReadableReceipt<Result>(machine, settled.copy(), codec);
}

class ReadableReceipt<Result> implements DecodedReceipt<Result> {
  readonly transactionHash: `0x${string}`;
  readonly kind: Receipt["kind"];
  readonly status: Receipt["status"];
  readonly from: Receipt["from"];
  readonly to: Receipt["to"];
  readonly method: string;
  readonly value: bigint;
  readonly gasLimit: number;
  readonly gasUsed: number;
  readonly gas: Receipt["gas"];
  readonly stateChanges: Receipt["stateChanges"];
  readonly trace: Receipt["trace"];
  readonly logs: readonly string[];
  readonly blockHeight: number;
  readonly blockTimestamp: number;
  readonly raw: Receipt;
  readonly result: Result | undefined;
  readonly events: readonly DecodedEvent[];
  readonly failure: DecodedFailure | undefined;

  constructor(machine: Machine, raw: Receipt, codec: MethodCodec | undefined) {
    this.transactionHash = raw.transactionHash;
    this.kind = raw.kind;
    this.status = raw.status;
    this.from = raw.from;
    this.to = raw.to;
    this.method = raw.method;
    this.value = raw.value;
    this.gasLimit = raw.gasLimit;
    this.gasUsed = raw.gasUsed;
    this.gas = raw.gas;
    this.stateChanges = raw.stateChanges;
    this.trace = raw.trace;
    this.logs = raw.logs;
    this.blockHeight = raw.blockHeight;
    this.blockTimestamp = raw.blockTimestamp;
    this.raw = raw;
    const succeeded = raw.status === "success";
    this.result = succeeded && codec !== undefined ? (codec.decodeResult(raw.result) as Result) : undefined;
    this.events = raw.events.map((event) => decodeEvent(machine, event));
    this.failure = raw.failure && decodeFailure(machine, raw.failure, raw.trace);
  }
}

/** An event with name and fields, by the interface of the contract that emitted it. */
export function decodeEvent(machine: Machine, event: EmittedEvent): DecodedEvent {
  const decoded = machine.codecAt(event.contract)?.decodeEvent(event.topic, event.data);
  return {
    contract: event.contract,
    contractName: machine.contractName(event.contract),
    name: decoded?.name ?? decodeText(event.topic),
    args: decoded?.args,
    topic: copyBytes(event.topic),
    data: copyBytes(event.data),
  };
}

/** Why a call failed, by the interface of the contract in which it failed first. */
export function decodeFailure(machine: Machine, failure: Failure, trace: CallFrame): DecodedFailure {
  const base = {
    status: failure.status,
    contract: failure.contract,
    contractName: machine.contractName(failure.contract),
    errorName: undefined,
    errorArgs: undefined,
    message: undefined,
  };
  if (failure.status === "out_of_gas") {
    const enough = `${formatCount(failure.gasLimit)} were not enough`;
    const code = unpaidCode(machine, failure, trace);
    if (code === undefined) return { ...base, text: `ran out of gas: ${enough}` };
    const price = `storing its ${formatCount(code.sizeBytes)} bytes of code costs ${formatCount(code.gas)}`;
    return { ...base, text: `ran out of gas before init: ${price}, ${enough}` };
  }
  if (failure.status === "trapped") {
    // AssemblyScript's own checks end in `unreachable`: without their texts, which would be part of the module.
    const artifact = machine.artifactAt(failure.contract);
    const isSdk = artifact?.abi?.sdk !== undefined;
    const said = failure.code === "unreachable" && isSdk ? describeUnreachable(artifact.wasm) : failure.detail;
    const detail = said === "" || said === failure.code ? "" : ` (${said.replace(/\.$/, "")})`;
    return { ...base, text: `trapped: ${failure.code}${detail}` };
  }
  if (failure.abort !== undefined) {
    return {
      ...base,
      text: `aborted: ${failure.abort.message || "without a message"}`,
      message: failure.abort.message,
    };
  }
  return { ...base, ...describeRevert(machine, failure, trace) };
}

/** The size and the price of a contract's code, when its deployment had too little gas for that alone. */
export function unpaidCode(
  machine: Machine,
  failure: Failure,
  trace: CallFrame,
): { readonly sizeBytes: number; readonly gas: number } | undefined {
  if (failure.status !== "out_of_gas" || trace.kind !== "deploy" || failure.contract !== trace.to) return undefined;
  const sizeBytes = machine.artifactAt(trace.to)?.wasm.length ?? 0;
  const gas = deploymentGas(machine.chain.schedule, sizeBytes);
  return gas > failure.gasLimit ? { sizeBytes, gas } : undefined;
}

/** What `unreachable` means in a contract of the SDK. Without the extension `qw_revert` it is how every failure ends. */
function describeUnreachable(wasm: Uint8Array): string {
  return Buffer.from(wasm.buffer, wasm.byteOffset, wasm.length).includes("qw_revert")
    ? "an index out of range, a bad cast or a failed assertion"
    : "a requirement or check that was not met; a build for the documented host functions alone cannot say which";
}

function describeRevert(
  machine: Machine,
  failure: Extract<Failure, { status: "reverted" }>,
  trace: CallFrame,
): Pick<DecodedFailure, "text" | "errorName" | "errorArgs" | "message"> {
  const { data } = failure;
  let error: ReturnType<typeof decodeBuiltinError> | NamedValues = decodeBuiltinError(data);
  // A caller may pass on what a contract it called reverted with: then an interface further down knows the error.
  for (const contract of [failure.contract, ...failedContracts(trace)])
    error ??= machine.codecAt(contract)?.decodeError(data);
  if (error !== undefined) {
    const message = error.name === "Message" ? (error.args["message"] as string) : undefined;
    const meaning = error.text ? `: ${printableText(error.text)}` : "";
    const text =
      message === undefined
        ? `reverted with ${formatNamed(error.name, error.args)}${meaning}`
        : `reverted: ${printableText(message)}`;
    return { text, errorName: error.name, errorArgs: error.args, message };
  }
  if (data.length === 0) {
    return { text: "reverted without a reason", errorName: undefined, errorArgs: undefined, message: undefined };
  }
  const asText = decodeText(data);
  const printable = asText !== undefined && /^[^\p{Cc}]+$/u.test(asText);
  return {
    text: `reverted with ${printable ? printableLiteral(asText, 1_024) : `data 0x${toHex(data.subarray(0, 64))}${data.length > 64 ? "..." : ""}`}`,
    errorName: undefined,
    errorArgs: undefined,
    message: printable ? asText : undefined,
  };
}

/** `InsufficientBalance(available: 5n, needed: 10n)`, and the bare name without fields. */
export function formatNamed(name: string, args: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(args).map(([field, value]) => `${printableName(field)}: ${showValue(value)}`);
  const shown = printableName(name);
  return fields.length === 0 ? shown : printableText(`${shown}(${fields.join(", ")})`);
}

/** A gas limit in whole millions for code that costs `gas` to store: a tenth is left for `init`. */
export function suggestedLimit(gas: number): string {
  return formatCount(Math.ceil((gas * 1.1) / 1e6) * 1e6);
}

/** A whole number with commas: `10,000`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function failedContracts(frame: CallFrame): Address[] {
  return frame.status === "success" ? [] : [frame.to, ...frame.calls.flatMap(failedContracts)];
}
