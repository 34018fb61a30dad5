// The matchers: reverted with, emitted, changed balance, gas used below. They work on receipts; a function is run and
// the receipts that settle meanwhile are looked at.

import type { ContractError } from "../client/contract-error.js";
import type { DecodedEvent, DecodedFailure, DecodedReceipt } from "../client/contract-types.js";
import { decodeEvent, decodeFailure, formatCount, formatNamed } from "../client/receipts.js";
import { showValue } from "../client/value-problem.js";
import { type Addressable, parseAddress } from "../core/address.js";
import { QwvmError } from "../core/errors.js";
import type { Receipt } from "../core/receipt.js";
import { collectReceipts } from "./gas-recorder.js";

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
  readonly actual?: unknown;
  readonly expected?: unknown;
}

/** The part of Vitest's matcher state that is used. */
interface MatcherState {
  readonly isNot: boolean;
  readonly equals: (a: unknown, b: unknown) => boolean;
}

/** What a matcher looks at, decoded. */
interface Observed {
  readonly receipts: readonly Receipt[];
  readonly events: readonly DecodedEvent[];
  readonly failure: DecodedFailure | undefined;
  /** What the function threw besides contracts' failures. */
  readonly thrown: unknown;
}

function observe(received: unknown, matcher: string): Observed {
  if (isReceipt(received)) {
    return { receipts: [received.raw], events: received.events, failure: received.failure, thrown: undefined };
  }
  if (typeof received !== "function") {
    throw new QwvmError("BAD_MATCHER_USE", `${matcher} got ${showValue(received)}.`, {
      hint: `Give a function that makes the call, expect(() => token.transfer(...)), or a receipt, expect(token.receipt.transfer(...)).`,
    });
  }
  const { seen, returned, thrown } = collectReceipts(received as () => unknown);
  if (returned instanceof Promise) {
    returned.catch(() => {});
    throw new QwvmError("BAD_MATCHER_USE", `${matcher} got an async function.`, {
      hint: "Calls are synchronous: leave async and await out.",
    });
  }
  const contractError = isContractError(thrown) ? thrown : undefined;
  const last = seen.at(-1);
  const failedLast = last?.receipt.failure && decodeFailure(last.machine, last.receipt.failure, last.receipt.trace);
  return {
    receipts: seen.map(({ receipt }) => receipt),
    events: seen.flatMap(({ machine, receipt }) => receipt.events.map((event) => decodeEvent(machine, event))),
    failure: contractError?.receipt.failure ?? failedLast,
    thrown: contractError === undefined ? thrown : undefined,
  };
}

/** An error of the test's own, such as a wrong argument, is never what a matcher is about. */
function observeCalls(received: unknown, matcher: string): Observed {
  const observed = observe(received, matcher);
  if (observed.thrown !== undefined) throw observed.thrown;
  return observed;
}

function isReceipt(value: unknown): value is DecodedReceipt {
  return typeof value === "object" && value !== null && "transactionHash" in value && "raw" in value;
}

function isContractError(value: unknown): value is ContractError {
  return value instanceof Error && value.name === "ContractError";
}

function toBeRevertedWith(
  this: MatcherState,
  received: unknown,
  reason?: string | RegExp,
  args?: Record<string, unknown>,
): MatcherResult {
  const { failure } = observeCalls(received, "toBeRevertedWith");
  const wanted = reason === undefined ? "fail" : `be reverted with ${describeReason(reason, args)}`;
  if (failure === undefined) {
    return { pass: false, message: () => `expected the call to ${wanted}, but it succeeded` };
  }
  const fits = reason === undefined || fitsReason(failure, reason);
  const pass = fits && hasFields(this, failure.errorArgs, args);
  const result = { pass, message: () => `expected the call ${pass ? "not " : ""}to ${wanted}; it ${failure.text}` };
  return fits && args !== undefined ? { ...result, ...compared(failure.errorArgs, args) } : result;
}

function fitsReason(failure: DecodedFailure, reason: string | RegExp): boolean {
  if (typeof reason === "string") return failure.errorName === reason || failure.message === reason;
  return reason.test(failure.message ?? failure.text) || reason.test(failure.text);
}

function describeReason(reason: string | RegExp, args: Record<string, unknown> | undefined): string {
  return typeof reason === "string" ? formatNamed(reason, args ?? {}) : String(reason);
}

function toEmit(
  this: MatcherState,
  received: unknown,
  contract: Addressable,
  event: string,
  args?: Record<string, unknown>,
): MatcherResult {
  const { events, failure } = observeCalls(received, "toEmit");
  const address = parseAddress(contract, "the contract given to toEmit");
  const own = events.filter((candidate) => candidate.contract === address);
  const named = own.filter(({ name }) => name === event);
  const pass = named.some((candidate) => hasFields(this, candidate.args, args));
  const message = () => {
    const emitted = own.map(({ name, args: fields }) => formatNamed(name ?? "an unknown event", fields ?? {}));
    const what =
      failure === undefined ? `it emitted ${emitted.join(", ") || "nothing"}` : `the call failed: it ${failure.text}`;
    return `expected the contract ${pass ? "not " : ""}to emit ${formatNamed(event, args ?? {})}; ${what}`;
  };
  const only = named.length === 1 && args !== undefined ? compared(named[0]?.args, args) : {};
  return { pass, message, ...only };
}

function toChangeBalance(this: MatcherState, received: unknown, holder: Addressable, delta: bigint): MatcherResult {
  if (typeof delta !== "bigint") {
    throw new QwvmError("BAD_MATCHER_USE", `toChangeBalance got ${showValue(delta)} as the change.`, {
      hint: "Amounts are bigint: write 5n, or -5n.",
    });
  }
  const address = parseAddress(holder, "the holder given to toChangeBalance");
  const { receipts, failure } = observeCalls(received, "toChangeBalance");
  let change = 0n;
  for (const { stateChanges } of receipts) {
    for (const state of stateChanges) {
      if (state.kind === "balance" && state.address === address) change += state.after - state.before;
    }
  }
  const pass = change === delta;
  const because = failure === undefined ? "" : `; the call failed: it ${failure.text}`;
  const message = () =>
    `expected the balance ${pass ? "not " : ""}to change by ${delta}n; it changed by ${change}n${because}`;
  return { pass, message, actual: change, expected: delta };
}

function toUseGasBelow(this: MatcherState, received: unknown, limit: number): MatcherResult {
  if (!Number.isFinite(limit)) {
    throw new QwvmError("BAD_MATCHER_USE", `toUseGasBelow got ${showValue(limit)} as the limit.`, {
      hint: "Gas is a number: toUseGasBelow(20_000).",
    });
  }
  const { receipts, failure } = observeCalls(received, "toUseGasBelow");
  if (receipts.length === 0) {
    throw new QwvmError("BAD_MATCHER_USE", "toUseGasBelow got a function that called no contract.", {
      hint: "Make the call inside: expect(() => token.transfer(...)).toUseGasBelow(20_000).",
    });
  }
  const used = receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
  const pass = used < limit;
  const because = failure === undefined ? "" : ` (the call failed: it ${failure.text})`;
  const message = () =>
    `expected the gas used ${pass ? "not " : ""}to be below ${formatCount(limit)}; it was ${formatCount(used)}${because}`;
  return { pass, message };
}

function hasFields(
  state: MatcherState,
  actual: Readonly<Record<string, unknown>> | undefined,
  expected: Record<string, unknown> | undefined,
): boolean {
  if (expected === undefined) return true;
  if (actual === undefined) return false;
  return Object.entries(expected).every(
    ([name, value]) => Object.hasOwn(actual, name) && state.equals(actual[name], plainValue(value)),
  );
}

/** What Vitest shows as a difference: only the fields that were asked for. */
function compared(
  actual: Readonly<Record<string, unknown>> | undefined,
  expected: Record<string, unknown>,
): Pick<MatcherResult, "actual" | "expected"> {
  const wanted = Object.entries(expected).map(([name, value]) => [name, plainValue(value)]);
  const seen = Object.keys(expected).flatMap((name) =>
    actual !== undefined && Object.hasOwn(actual, name) ? [[name, actual[name]]] : [],
  );
  return { actual: Object.fromEntries(seen), expected: Object.fromEntries(wanted) };
}

/** Accounts and contracts stand for their addresses. */
function plainValue(value: unknown): unknown {
  const isAddressable = typeof value === "object" && value !== null && "address" in value;
  return isAddressable && typeof value.address === "string" ? value.address : value;
}

/** For `expect.extend`. */
export const matchers = { toBeRevertedWith, toEmit, toChangeBalance, toUseGasBelow };
