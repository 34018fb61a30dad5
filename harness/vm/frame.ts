// One frame: a contract's export run on an instance, from the checkpoint to the outcome. Nested calls are frames again.
// What ends a frame early, whatever it was, becomes an `Outcome` here; errors that are no contract's doing go on.

import type { Address } from "../core/address.js";
import { InternalError } from "../core/errors.js";
import type { GasBreakdown } from "../core/gas-breakdown.js";
import { HOST_BOUNDS, type Limits } from "../core/limits.js";
import type { FrameStart, Observer } from "../core/observer.js";
import type { Failure, Outcome } from "../core/outcome.js";
import { nestedCallGas } from "../gas/formulas.js";
import { INSTRUCTIONS, MEMORY } from "../gas/tank.js";
import type { CallResult } from "../host/host-frame.js";
import type { SignatureScheme } from "../host/signatures.js";
import { STATUS } from "../instrument/additions.js";
import type { Account, ContractCode } from "../state/account.js";
import { moveValue } from "../state/journal.js";
import type { World } from "../state/world.js";
import { callExport } from "./call-export.js";
import type { CodeCache } from "./code-cache.js";
import type { CompiledContract } from "./compiled-contract.js";
import type { DeepStack } from "./deep-stack.js";
import { describeFailure } from "./failure.js";
import { type Ending, FRAME_EXIT } from "./frame-exit.js";
import type { FrameInput } from "./frame-input.js";
import { checkInputArea, hideInputs, putInputs } from "./input-area.js";
import type { FrameHost, Instance } from "./instance.js";
import { giveBack, takeInstance } from "./instance-pool.js";
import { PAGE_BYTES } from "./memory-image.js";
import { addCall, type MutableCallFrame, NO_CALLS } from "./trace.js";
import { readTrap } from "./traps.js";

/** What running a frame needs of the machine. */
export interface FrameMachine extends FrameHost {
  readonly scheme: SignatureScheme;
  readonly chainId: bigint;
  readonly limits: Limits;
  readonly world: World;
  readonly code: CodeCache;
  readonly observers: readonly Observer[];
  readonly running: Instance[];
  /** The account whose contract is being deployed: until its `init` has ended, nobody can call it. */
  readonly deploying: Account | undefined;
  /** The failure of the call whose memory there was no room for. */
  withoutRoom: Failure | undefined;
  /** Where contracts run when this thread's stack did not suffice for the transaction. */
  readonly deepStack: DeepStack | undefined;
  /** Tells each observer. */
  tell(step: (observer: Observer) => void): void;
  trace: MutableCallFrame | undefined;
}

export interface FrameResult {
  readonly outcome: Outcome;
  /** All categories, callees included. */
  readonly gasUsed: number;
  readonly trace: MutableCallFrame;
}

const NO_BYTES = new Uint8Array(0);

/** Runs one frame. A frame that fails has undone its changes when this returns. */
export function runFrame(machine: FrameMachine, input: FrameInput): FrameResult {
  const { journal, tank, observers } = machine;
  const { from, to } = input;
  const trace: MutableCallFrame = {
    kind: input.kind,
    from: from.address,
    to: to.address,
    method: input.method,
    args: input.args,
    value: input.value,
    status: "success",
    gasUsed: 0,
    calls: NO_CALLS,
  };
  const callerTrace = machine.trace;
  machine.trace = trace;
  const told = observers.length === 0 ? undefined : tellStart(machine, input);
  const spentBefore = told === undefined ? undefined : tank.copy();
  const totalBefore = tank.total;
  const changes = journal.changeCount;
  const events = journal.eventCount;

  if (moveValue(journal, from, to, input.value) !== undefined) {
    throw new InternalError(`A call with a value of ${input.value} began that its sender cannot pay.`);
  }
  const outcome = runCode(machine, input);
  if (outcome.status !== "success" || input.readOnly) journal.rollback(changes, events);

  const gasUsed = tank.total - totalBefore;
  trace.status = outcome.status;
  trace.gasUsed = gasUsed;
  machine.trace = callerTrace;
  if (callerTrace !== undefined) addCall(callerTrace, trace);
  if (told !== undefined) tellEnd(machine, told, outcome, gasUsed, tank.breakdown(spentBefore));
  return { outcome, gasUsed, trace };
}

/**
 * Runs a contract that another one calls, with at most 63/64 of the caller's gas.
 *
 * A caller may go on when its callee fails, so a failure must be the callee's own: whoever starts a transaction chooses
 * how deep it is, how much stack is left when a contract calls another one, and how many pages of memory have been changed
 * before. The call that is too deep, the one that runs out of the little stack that was left for it, and the one whose
 * changed memory cannot be kept, therefore trap the caller.
 */
export function runNestedCall(
  machine: FrameMachine,
  caller: Instance,
  to: Address,
  method: string,
  args: Uint8Array,
): CallResult {
  const { callDepth, calleeStackBytes, stackBytes: allStackBytes } = machine.limits;
  if (caller.depth >= callDepth) {
    const detail = `Contracts may call contracts ${callDepth} deep, and this contract is that deep already: it called ${to}.`;
    return { succeeded: false, data: NO_BYTES, trap: { code: "call depth exceeded", detail, cause: undefined } };
  }
  const stackBytes = caller.exports.stack();
  const { outcome, gasUsed } = runFrame(machine, {
    kind: caller.readOnly ? "query" : "execute",
    from: caller.contract,
    to: machine.world.account(to),
    method,
    args,
    value: 0n,
    gasLimit: nestedCallGas(caller.exports.left()),
    depth: caller.depth + 1,
    readOnly: caller.readOnly,
    stackBytes,
  });
  caller.exports.take(gasUsed);
  if (caller.kept) absorbCallees(machine, caller);
  caller.markUsed();
  if (outcome.status === "success") return { succeeded: true, data: outcome.result };
  caller.calleeFailure = outcome;
  if (outcome === machine.withoutRoom) {
    const detail = `${to} changed its memory, and the transaction may keep no more changed pages; its caller fails, too.`;
    return { succeeded: false, data: NO_BYTES, trap: { code: "memory limit exceeded", detail, cause: outcome } };
  }
  const stackLeft = allStackBytes - stackBytes;
  if (outcome.status === "trapped" && outcome.code === "stack overflow" && stackLeft < calleeStackBytes) {
    const detail = `${to} needs more stack than the ${stackLeft} bytes that were left when it was called; with fewer than ${calleeStackBytes} its caller fails, too.`;
    return { succeeded: false, data: NO_BYTES, trap: { code: "stack overflow", detail, cause: outcome } };
  }
  return { succeeded: false, data: outcome.status === "reverted" ? outcome.data : NO_BYTES };
}

/**
 * How many pages have to be put back when a contract is called by another one: all that it has, when its memory lasts,
 * whatever instance happens to hold them already.
 */
export function pagesToPutBack({ world, running }: FrameMachine, address: Address): number {
  const account = world.find(address);
  if (account?.code.value?.memory !== "kept") return 0;
  const waiting = running.findLast(({ contract }) => contract === account);
  return waiting === undefined ? (account.memory.value?.pages.length ?? 0) : waiting.memory().length / PAGE_BYTES;
}

function runCode(machine: FrameMachine, input: FrameInput): Outcome {
  const { to } = input;
  const code = to.code.value;
  const isUnfinished = to === machine.deploying && input.kind !== "deploy";
  if (code === undefined || isUnfinished) {
    const why = isUnfinished ? "yet: its init has not ended" : "";
    const detail = `There is no contract at ${to.address}${why && ` ${why}`}.`;
    return describeFailure(
      to,
      undefined,
      { kind: "trapped", code: "no such contract", detail, site: undefined },
      input,
    );
  }
  const compiled = machine.code.compile(code.artifact);
  const kept = code.memory === "kept";
  if (kept) publishRunningMemory(machine, to);
  const instance = takeInstance(compiled, machine.scheme, kept ? to.memory.value : undefined, machine.deepStack);
  setUp(machine, instance, input, kept);
  machine.running.push(instance);
  const outcome = runInstance(machine, instance, input, code, compiled);
  machine.running.pop();
  giveBack(instance);
  return outcome;
}

function setUp(machine: FrameMachine, instance: Instance, input: FrameInput, kept: boolean): void {
  instance.host = machine;
  instance.schedule = machine.schedule;
  instance.journal = machine.journal;
  instance.block = machine.block;
  instance.chainId = machine.chainId;
  instance.contract = input.to;
  instance.caller = input.from;
  instance.value = input.value;
  instance.readOnly = input.readOnly;
  instance.watched = machine.watched;
  instance.depth = input.depth;
  instance.kept = kept;
  instance.ending = undefined;
  instance.calleeFailure = undefined;
  instance.inputs = undefined;
}

function runInstance(
  machine: FrameMachine,
  instance: Instance,
  input: FrameInput,
  code: ContractCode,
  compiled: CompiledContract,
): Outcome {
  const { exports } = instance;
  const { gasLimit } = input;
  const { tank } = machine;
  const totalBefore = tank.total;
  let result: Uint8Array = NO_BYTES;
  let ending: Ending | undefined;
  const startsAnew = !instance.kept || instance.image === undefined;
  instance.markUsed();
  try {
    exports.enter(gasLimit, input.stackBytes);
    hideInputs(instance);
    input.prepare?.(instance);
    if (startsAnew) exports.start?.();
    result = callExport(instance, input);
    checkInputArea(instance);
    if (exports.left() < 0) ending = { kind: "out_of_gas", slot: INSTRUCTIONS, site: undefined };
  } catch (error) {
    ending = readEnding(instance, error);
  }

  const left = Math.max(exports.left(), 0);
  const memoryGas = exports.memoryGas();
  tank.add(INSTRUCTIONS, gasLimit - left - memoryGas - (tank.total - totalBefore));
  tank.add(MEMORY, memoryGas);
  // What is taken without having been spent is booked where the gas did not suffice.
  if (ending?.kind === "out_of_gas") tank.add(ending.slot, left);

  const noRoom = ending === undefined && instance.kept && !input.readOnly ? keepMemory(machine, instance) : undefined;
  ending ??= noRoom;
  if (ending === undefined) return { status: "success", result };
  const failure = describeFailure(input.to, { compiled, code, instance }, ending, input);
  if (noRoom !== undefined) machine.withoutRoom = failure;
  return failure;
}

/** Stores the memory that a call left behind, if it changed; the trap when there is no room for it. */
function keepMemory(machine: FrameMachine, instance: Instance): Ending | undefined {
  const { journal } = machine;
  const image = instance.copyMemory((pages) => journal.reservePages(pages, imagePages(machine.limits)));
  if (image === undefined) {
    const detail = `The memories that persistent contracts changed in this transaction have more than ${imagePages(machine.limits)} pages of 64 KiB, which have to be kept until it ends.`;
    return { kind: "trapped", code: "memory limit exceeded", detail, site: undefined };
  }
  const { memory } = instance.contract;
  if (memory.value !== image) journal.writeMemory(memory, image);
  // An image with pages of a waiting frame is nothing to remember.
  const isWaiting = machine.running.some((outer) => outer !== instance && outer.contract === instance.contract);
  instance.holds = isWaiting ? undefined : image;
  return undefined;
}

/** How many changed pages of persistent memories a transaction may keep: four whole memories, and 64 MiB at least. */
function imagePages({ memoryPages }: Limits): number {
  return Math.max(HOST_BOUNDS.imagePages, 4 * memoryPages);
}

/** A call into a contract that is waiting for a callee sees the memory as that frame left it. */
function publishRunningMemory(machine: FrameMachine, account: Account): void {
  const { running } = machine;
  for (let i = running.length - 1; i >= 0; i--) {
    const outer = running[i] as Instance;
    if (outer.contract !== account || !outer.kept) continue;
    // A newer memory than the one the frame began with is a later call's, and already includes the frame's.
    if (account.memory.value === outer.image) {
      const image = outer.viewMemory();
      if (image !== outer.image) machine.journal.writeMemory(account.memory, image);
    }
    return;
  }
}

/**
 * A call that came back into this contract has left a newer memory than the one this frame holds: the frame takes it over and
 * goes on. What the account had when the frame began is the account's again until the frame ends, for images of waiting frames
 * are good no longer.
 */
function absorbCallees(machine: FrameMachine, caller: Instance): void {
  const { memory } = caller.contract;
  const newest = memory.value;
  if (newest === caller.image || newest === undefined) return;
  caller.takeOver(newest);
  hideInputs(caller);
  putInputs(caller);
  machine.journal.writeMemory(memory, caller.image);
}

/** Why the contract's code did not return. */
function readEnding(instance: Instance, error: unknown): Ending {
  const { exports } = instance;
  if (error === FRAME_EXIT && instance.ending !== undefined) {
    const { ending } = instance;
    // Below zero: the code had not been paid for, so what it did last never happened.
    if (ending.kind === "out_of_gas" || exports.left() >= 0) return ending;
    return { kind: "out_of_gas", slot: INSTRUCTIONS, site: ending.site };
  }
  const site = error instanceof Error ? error : undefined;
  if (site?.name === "RuntimeError") {
    if (exports.left() < 0) return { kind: "out_of_gas", slot: INSTRUCTIONS, site };
    const status = exports.status();
    if (status === STATUS.outOfGasInBulk) return { kind: "out_of_gas", slot: MEMORY, site };
    if (status === STATUS.stackOverflow) {
      const detail = `The transaction's functions need more than ${instance.compiled.options.limits.stackBytes} bytes of stack.`;
      return { kind: "trapped", code: "stack overflow", detail, site };
    }
    const trap = readTrap(site.message);
    if (trap !== undefined) return { kind: "trapped", ...trap, site };
    throw new InternalError("The engine stopped a contract with a trap of an unknown kind.", { cause: error });
  }
  throw error;
}

function tellStart(machine: FrameMachine, input: FrameInput): FrameStart {
  const { kind, depth, method, args, value, gasLimit } = input;
  const frame = { kind, depth, from: input.from.address, to: input.to.address, method, args, value, gasLimit };
  machine.tell((observer) => observer.frameStart?.(frame));
  return frame;
}

function tellEnd(machine: FrameMachine, start: FrameStart, outcome: Outcome, gasUsed: number, gas: GasBreakdown): void {
  const end = { ...start, outcome, gasUsed, gas };
  machine.tell((observer) => observer.frameEnd?.(end));
}
