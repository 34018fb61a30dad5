// The error that a failed call throws: contract, method, caller, decoded reason, gas, and where in the contract.
// Its stack begins with the contract's own frames, so that editors and test runners point into the contract.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceFrame, SourcePosition } from "../core/artifact.js";
import { QwvmError } from "../core/errors.js";
import type { Failure } from "../core/outcome.js";
import { printableName } from "../core/printable.js";
import type { Receipt } from "../core/receipt.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";
import type { DecodedReceipt } from "./contract-types.js";
import type { Machine } from "./machine.js";
import { decodeReceipt, formatCount, suggestedLimit, unpaidCode } from "./receipts.js";

const CODES = { reverted: "CONTRACT_REVERTED", trapped: "CONTRACT_TRAPPED", out_of_gas: "OUT_OF_GAS" } as const;

/** A contract's failure. `code` is `CONTRACT_REVERTED`, `CONTRACT_TRAPPED` or `OUT_OF_GAS`. */
export class ContractError extends QwvmError {
  override readonly name = "ContractError";
  readonly receipt: DecodedReceipt;
  /** The name of the contract that was called, and the method. */
  readonly contract: string;
  readonly method: string;
  /** The caller's label, or its address when it has none. */
  readonly caller: string;
  /** The typed error's name and fields, if it was one. */
  readonly errorName: string | undefined;
  readonly errorArgs: Readonly<Record<string, unknown>> | undefined;

  constructor(parts: FailureParts, receipt: DecodedReceipt) {
    super(parts.code, parts.message, parts.hint === undefined ? {} : { hint: parts.hint });
    this.receipt = receipt;
    this.contract = parts.contract;
    this.method = parts.method;
    this.caller = parts.caller;
    this.errorName = receipt.failure?.errorName;
    this.errorArgs = receipt.failure?.errorArgs;
    // Printing an error prints its own fields: a receipt of a thousand lines would bury the message.
    Object.defineProperty(this, "receipt", { enumerable: false });
  }
}

interface FailureParts {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly contract: string;
  readonly method: string;
  readonly caller: string;
}

/**
 * The error of a failed receipt.
 * @param calledBy the function that the test called; frames above it are left out of the stack
 * @param builtAt the contract's Wasm file, near which its sources are looked for
 */
export function contractError(
  machine: Machine,
  raw: SettledReceipt,
  // biome-ignore lint/complexity/noBannedTypes: what Error.captureStackTrace takes is any function.
  calledBy: Function,
  builtAt: URL | undefined,
): ContractError {
  const receipt = decodeReceipt(machine, raw);
  const failure = raw.failure as Failure;
  const contract = machine.contractName(raw.to);
  const caller = machine.labelOf(raw.from) ?? raw.from;
  const method = raw.kind === "deploy" ? (machine.codecAt(raw.to)?.init.method.name ?? raw.method) : raw.method;
  const code = unpaidCode(machine, failure, raw.trace);
  const what =
    raw.kind === "transfer"
      ? "The transfer"
      : code === undefined
        ? `${contract}.${printableName(method, 1_024)}`
        : `The deployment of ${contract}`;
  const lines = [`${what} ${receipt.failure?.text ?? "failed"}`];
  if (failure.contract !== raw.to) lines.push(`  in        ${callChain(machine, raw, failure)}`);
  lines.push(`  caller    ${caller === raw.from ? caller : `${caller} (${raw.from})`}`);
  if (raw.value > 0n) lines.push(`  value     ${raw.value}`);
  lines.push(`  gas       ${formatCount(raw.gasUsed)} of ${formatCount(raw.gasLimit)}`);
  const frames = failureFrames(failure);
  for (const [index, frame] of frames.entries())
    lines.push(`  ${index === 0 ? "where" : "     "}     ${formatFrame(frame)}`);
  const hint =
    raw.kind === "deploy" && failure.status === "out_of_gas"
      ? deploymentHint(contract, builtAt !== undefined, code?.gas)
      : HINTS[failure.status === "trapped" ? failure.code : failure.status];
  const error = new ContractError(
    { code: CODES[failure.status], message: lines.join("\n"), hint, contract, method, caller },
    receipt,
  );
  Error.captureStackTrace(error, calledBy);
  error.stack = putFramesOnTop(error.stack ?? "", `${error.name}: ${error.message}`, frames, builtAt);
  return error;
}

const HINTS: Partial<Record<string, string>> = {
  out_of_gas: "Give the call more: contract.with({ gasLimit: ... }).",
  "balance too low": "Give the sender a balance first: vm.setBalance(sender, amount).",
};

/** How a deployment is given more gas; with a limit to write when it is known that its code alone costs more. */
function deploymentHint(contract: string, isDefinition: boolean, codeGas: number | undefined): string {
  const limit = codeGas === undefined ? "..." : suggestedLimit(codeGas).replaceAll(",", "_");
  const call = isDefinition ? `vm.deploy(${contract}, [...], ` : "vm.deployWasm(bytes, ";
  return `Deploy it with more: ${call}{ gasLimit: ${limit} }).`;
}

/** The functions on the contract's stack, and the position that `abort` reported when there are none. */
function failureFrames(failure: Failure): readonly SourceFrame[] {
  const position = failure.status === "reverted" ? failure.abort?.position : undefined;
  const known = failure.frames.filter((frame) => frame.function !== undefined || frame.position !== undefined);
  return known.length === 0 && position !== undefined ? [{ position }] : known;
}

/** The contracts from the one called to the one that failed: `Vault.deposit → Token.transferFrom`. */
function callChain(machine: Machine, raw: Receipt, failure: Failure): string {
  const names: string[] = [];
  let frame = raw.trace;
  for (;;) {
    names.push(`${machine.contractName(frame.to)}.${printableName(frame.method)}`);
    const next = frame.calls.findLast((call) => call.status !== "success");
    if (next === undefined || frame.to === failure.contract) break;
    frame = next;
  }
  return names.join(" → ");
}

function formatFrame(frame: SourceFrame): string {
  const place = frame.position === undefined ? "" : formatPosition(frame.position);
  return frame.function === undefined ? place : `${frame.function}${place && ` (${place})`}`;
}

function formatPosition(position: SourcePosition): string {
  return `${position.file}:${position.line}:${position.column}`;
}

function putFramesOnTop(
  stack: string,
  header: string,
  frames: readonly SourceFrame[],
  builtAt: URL | undefined,
): string {
  const own = frames.flatMap(({ function: name, position }) => {
    if (position === undefined) return [];
    const path = absolutePath(position.file, builtAt);
    return [`    at ${name ?? "contract"} (${path}:${position.line}:${position.column})`];
  });
  const lines = stack.split("\n");
  const first = lines.findIndex((line) => /^\s+at .*[:(]\d+|^\s+at .*\)$/.test(line) && !header.includes(line.trim()));
  const rest = first < 0 ? [] : lines.slice(first);
  return [header, ...own, ...rest].join("\n");
}

const roots = new Map<string, string | undefined>();

/**
 * The absolute path of a source, which its map names relative to the project's root: the nearest folder above the
 * built file in which it exists.
 */
function absolutePath(file: string, builtAt: URL | undefined): string {
  if (builtAt === undefined || builtAt.protocol !== "file:") return file;
  const key = `${builtAt.href} ${file}`;
  if (!roots.has(key)) roots.set(key, findRoot(dirname(fileURLToPath(builtAt.href)), file));
  const root = roots.get(key);
  return root === undefined ? file : join(root, file);
}

function findRoot(start: string, file: string): string | undefined {
  for (let dir = start; ; dir = dirname(dir)) {
    if (existsSync(join(dir, file))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}
