// A frame's early ending as the failure that receipts show: where it happened first, and in which functions.

import type { SourceFrame } from "../core/artifact.js";
import { withFrames } from "../core/copies.js";
import type { Failure } from "../core/outcome.js";
import { printableName } from "../core/printable.js";
import type { Account, ContractCode } from "../state/account.js";
import type { CompiledContract } from "./compiled-contract.js";
import { type Ending, SITE_FRAMES } from "./frame-exit.js";
import { resolveFrames } from "./stack-frames.js";

/** What ran when the frame failed. Undefined when nothing could run. */
export interface FailedCode {
  readonly compiled: CompiledContract;
  readonly code: ContractCode;
  /** The failure of the last contract that the frame called. */
  readonly instance: { readonly calleeFailure: Failure | undefined };
}

const NO_FRAMES: readonly SourceFrame[] = Object.freeze([]);

/**
 * Makes the failure of a frame. A revert with the very data that a callee reverted with passes the callee's failure
 * on, as does a trap that a callee's failure caused: it names the callee, and the frames of both.
 */
export function describeFailure(
  account: Account,
  failed: FailedCode | undefined,
  ending: Ending,
  limits: { readonly gasLimit: number },
): Failure {
  const own = (): readonly SourceFrame[] =>
    failed === undefined || ending.site === undefined
      ? NO_FRAMES
      : resolveFrames(failed.compiled, failed.code.artifact.sourceMap, ending.site).map(withPrintableName);
  if (ending.kind === "out_of_gas") {
    return withFrames({ status: "out_of_gas", contract: account.address, gasLimit: limits.gasLimit }, own);
  }
  if (ending.kind === "trapped") {
    const { code, detail, cause } = ending;
    if (cause !== undefined) {
      const passedOn = { status: "trapped", contract: cause.contract, code, detail } as const;
      return withFrames(passedOn, () => joined(cause.frames, own()));
    }
    return withFrames({ status: "trapped", contract: account.address, code, detail }, own);
  }
  const { data } = ending;
  const inner = failed?.instance.calleeFailure;
  if (inner?.status === "reverted" && data.length > 0 && Buffer.compare(inner.data, data) === 0) {
    const { contract, abort } = inner;
    const passedOn = { status: "reverted", contract, data, ...(abort === undefined ? {} : { abort }) } as const;
    return withFrames(passedOn, () => joined(inner.frames, own()));
  }
  const { abort } = ending;
  const reverted = {
    status: "reverted",
    contract: account.address,
    data,
    ...(abort === undefined ? {} : { abort }),
  } as const;
  return withFrames(reverted, own);
}

/** The frames of a callee and of its caller, innermost first; no more than one contract alone can have. */
function joined(inner: readonly SourceFrame[], own: readonly SourceFrame[]): readonly SourceFrame[] {
  return [...inner, ...own].slice(0, SITE_FRAMES);
}

/** Names of functions are the module's to choose. */
function withPrintableName(frame: SourceFrame): SourceFrame {
  return frame.function === undefined ? frame : { ...frame, function: printableName(frame.function, 200) };
}
