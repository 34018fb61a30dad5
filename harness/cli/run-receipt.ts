// A call's receipt as the data that `qwvm run` prints: values as JSON has them, events by name, failures in words.

import type { AbiCodec } from "../client/codec.js";
import type { DecodedReceipt } from "../client/contract-types.js";
import { jsonOfValue } from "../client/json-values.js";
import type { Qwvm } from "../client/qwvm.js";
import type { CallFailure, ContractCall, Shown } from "../report/run-text.js";

/** What was called: with the arguments as they are shown. */
export interface CalledMethod {
  readonly kind: ContractCall["kind"];
  readonly method: string;
  readonly shownArgs: unknown;
}

/**
 * Makes the data of one call.
 * @param isRaw whether what a query answers is one u64
 */
export function describeCall(
  vm: Qwvm,
  call: CalledMethod,
  receipt: DecodedReceipt,
  codec: AbiCodec | undefined,
  isRaw: boolean,
): ContractCall {
  const { kind, method, shownArgs } = call;
  const own = receipt.to;
  return {
    kind,
    method,
    args: shownArgs,
    from: vm.labelOf(receipt.from) ?? receipt.from,
    value: String(receipt.value),
    status: receipt.status,
    result: resultOf(call, receipt, codec, isRaw),
    gasUsed: receipt.gasUsed,
    gasLimit: receipt.gasLimit,
    gas: receipt.gas,
    events: receipt.events.map(({ contract, contractName, name, args, topic, data }) => ({
      contract: contract === own ? "" : contractName,
      name: name ?? (shownOf(topic) as string),
      args: shownOf(args ?? data),
    })),
    logs: receipt.logs,
    failure: failureOf(receipt),
  };
}

function resultOf(
  { kind, method }: CalledMethod,
  receipt: DecodedReceipt,
  codec: AbiCodec | undefined,
  isRaw: boolean,
): Shown {
  if (kind === "init" || receipt.status !== "success") return undefined;
  const { result: bytes } = receipt.raw;
  if (codec !== undefined) return shownOf(codec.method(method).decodeResult(bytes));
  if (bytes.length === 0) return undefined;
  if (isRaw && bytes.length === 8) return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  return shownOf(bytes);
}

/** A decoded value as `Shown`: bytes as hex. */
export function shownOf(value: unknown): Shown {
  if (value instanceof Uint8Array) return jsonOfValue(value);
  if (Array.isArray(value)) return value.map(shownOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shownOf(item)]));
}

function hintOf({ failure, kind }: DecodedReceipt): string | undefined {
  if (failure?.status !== "out_of_gas") return undefined;
  return kind === "deploy"
    ? "Give the deployment more: --gas-limit N before the first --execute or --query."
    : "Give it more: --gas-limit N.";
}

function failureOf(receipt: DecodedReceipt): CallFailure | undefined {
  const { failure, raw } = receipt;
  if (failure === undefined) return undefined;
  const { errorName, errorArgs = {} } = failure;
  const isTyped = errorName !== undefined && failure.message === undefined && Object.keys(errorArgs).length > 0;
  const frames = raw.failure?.frames ?? [];
  return {
    reason: isTyped ? `reverted with ${errorName} ${JSON.stringify(jsonOfValue(errorArgs))}` : failure.text,
    where: frames.flatMap(({ function: name, position }) => {
      const place = position === undefined ? "" : `${position.file}:${position.line}:${position.column}`;
      if (name === undefined) return place === "" ? [] : [place];
      return [place === "" ? name : `${name} (${place})`];
    }),
    hint: hintOf(receipt),
  };
}
