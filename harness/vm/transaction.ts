// A transaction in four phases: validate (a user's mistakes are errors, before anything happens), prepare, execute,
// settle. Whatever happens after validation ends in a receipt; the nonce has gone up, and a failure left nothing else.

import { type Address, contractAddress } from "../core/address.js";
import { QwvmError } from "../core/errors.js";
import type { CallMessage, DeployMessage, Message } from "../core/message.js";
import type { Outcome } from "../core/outcome.js";
import { isStackOverflow } from "../core/stack-overflow.js";
import { deploymentGas, storageWriteGas } from "../gas/formulas.js";
import { checkGasLimit, DEPLOYMENT, STORAGE_WRITE, TRANSFERS } from "../gas/tank.js";
import { LARGEST_AMOUNT } from "../host/u256.js";
import type { Account } from "../state/account.js";
import { moveValue, valueProblem } from "../state/journal.js";
import { DeepStack } from "./deep-stack.js";
import { describeFailure } from "./failure.js";
import { type FrameResult, runFrame } from "./frame.js";
import { withDeepStacks } from "./frame-exit.js";
import type { Instance } from "./instance.js";
import type { Machine } from "./machine.js";
import { SettledReceipt } from "./settled-receipt.js";
import { NO_CALLS } from "./trace.js";

const NO_BYTES = new Uint8Array(0);
const NO_LOGS: readonly string[] = Object.freeze([]);

/**
 * Carries out a transaction or a query.
 * @throws QwvmError for what the sender did wrong: gas limit, amount, balance, receiver, module. Nothing has changed then.
 */
export function runTransaction(machine: Machine, message: Message): SettledReceipt {
  machine.refuseWhileRunning("A transaction or a query was sent");
  const sender = machine.world.account(message.from);
  validate(machine, message, sender);

  const nonce = sender.nonce.value;
  let result: FrameResult;
  try {
    result = attempt(machine, message, sender, nonce, false);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    result = attemptOnDeepStack(machine, message, sender, nonce);
  }
  return settle(machine, message, nonce, result);
}

/** Carries a transaction out, up to its settling. Nothing has changed when this throws. */
function attempt(machine: Machine, message: Message, sender: Account, nonce: number, again: boolean): FrameResult {
  const { world, journal } = machine;
  machine.begin(again);
  if (message.kind !== "query") world.write(sender.nonce, nonce + 1);
  machine.isRunning = true;
  try {
    return withDeepStacks(() => execute(machine, message, sender, nonce));
  } catch (error) {
    // Not the contract's doing: an observer's error, the end of the engine's stack, or a bug. The transaction never was.
    journal.rollback(0, 0);
    world.write(sender.nonce, nonce);
    machine.running.length = 0;
    machine.trace = undefined;
    throw error;
  } finally {
    machine.isRunning = false;
    machine.deploying = undefined;
    machine.withoutRoom = undefined;
  }
}

/**
 * Carries a transaction out once more, with its contracts on a stack that suffices for whatever the counted one allows.
 * How much of this thread's stack they took depends on the engine's compilers, and must not show.
 */
function attemptOnDeepStack(machine: Machine, message: Message, sender: Account, nonce: number): FrameResult {
  try {
    // Starting a thread is the engine's own code, which is not to be met by the end of the stack.
    probe(PROBED_FRAMES);
    return DeepStack.get().run((deep) => {
      machine.deepStack = deep;
      return attempt(machine, message, sender, nonce, true);
    });
  } catch (cause) {
    if (!isStackOverflow(cause)) throw cause;
    throw new QwvmError("HOST_STACK_EXHAUSTED", "JavaScript's own stack was used up while a contract ran.", {
      hint: "The contract has a stack of its own: the code that calls the machine, or an observer, is too deeply nested.",
      cause,
    });
  } finally {
    machine.deepStack = undefined;
  }
}

/** Some 50 KB of JavaScript's frames. */
const PROBED_FRAMES = 600;

/** Calls itself so many times deep: throws what the engine throws when its stack does not suffice for that. */
function probe(frames: number): number {
  return frames === 0 ? 0 : probe(frames - 1) + 1;
}

function validate(machine: Machine, message: Message, sender: Account): void {
  checkGasLimit(message.gasLimit);
  const { value } = message;
  if (typeof value !== "bigint" || value < 0n || value > LARGEST_AMOUNT) {
    throw new QwvmError("BAD_AMOUNT", `The amount to send is ${String(value)}.`, {
      hint: "An amount is a bigint from 0n to 2^256 - 1.",
    });
  }
  if (message.kind === "query" && value !== 0n) {
    throw new QwvmError("BAD_AMOUNT", "A query cannot be sent value.");
  }
  if (sender.balance.value < value) {
    const amounts = `has ${sender.balance.value} and would send ${value}`;
    throw new QwvmError("BALANCE_TOO_LOW", `${message.from} ${amounts}.`, {
      hint: "Give the account a balance first; in tests, setBalance does.",
    });
  }
  const { world } = machine;
  if (message.kind === "deploy") {
    // Working out the address takes as long as a third of a deployment.
    if (value > 0n) checkFits(sender, world.find(contractAddress(message.from, BigInt(sender.nonce.value))), value);
    machine.code.compile(message.artifact);
    return;
  }
  const receiver = world.find(message.to);
  if (value > 0n) checkFits(sender, receiver, value);
  if (message.kind !== "transfer" && receiver?.code.value === undefined) {
    throw new QwvmError("NO_SUCH_CONTRACT", `There is no contract at ${message.to}.`, {
      hint: "Is it deployed on another machine, or was a snapshot from before its deployment restored?",
    });
  }
}

function checkFits(sender: Account, receiver: Account | undefined, value: bigint): void {
  if (receiver === undefined || valueProblem(sender, receiver, value) === undefined) return;
  throw new QwvmError(
    "BAD_AMOUNT",
    `${receiver.address} has ${receiver.balance.value} and would have more than 2^256 - 1.`,
    { hint: "Send less, or give the account a smaller balance first." },
  );
}

function execute(machine: Machine, message: Message, sender: Account, nonce: number): FrameResult {
  if (message.kind === "transfer") return executeTransfer(machine, message, sender);
  return message.kind === "deploy"
    ? executeDeployment(machine, message, sender, nonce)
    : executeCall(machine, message, sender);
}

function executeCall(machine: Machine, message: CallMessage, sender: Account): FrameResult {
  const { kind, method, args, value, gasLimit } = message;
  const to = machine.world.account(message.to);
  const readOnly = kind === "query";
  return runFrame(machine, {
    kind,
    from: sender,
    to,
    method,
    args,
    value,
    gasLimit,
    depth: 0,
    readOnly,
    stackBytes: 0,
  });
}

function executeDeployment(machine: Machine, message: DeployMessage, sender: Account, nonce: number): FrameResult {
  const { artifact, args, value, gasLimit } = message;
  const { journal, schedule } = machine;
  const address: Address = contractAddress(message.from, BigInt(nonce));
  const to = machine.world.account(address);
  const { isSdk } = machine.code.compile(artifact).instrumented.contract;
  const memory = message.memory ?? (isSdk ? "fresh" : "kept");
  const changes = journal.changeCount;
  journal.write(to.code, { artifact, memory });
  machine.deploying = to;
  const prepare = (instance: Instance): void => {
    instance.charge(DEPLOYMENT, deploymentGas(schedule, artifact.wasm.length));
    for (const [name, text] of Object.entries(message.metadata)) {
      const key = new TextEncoder().encode(`metadata:${name}`);
      const bytes = new TextEncoder().encode(text);
      instance.charge(STORAGE_WRITE, storageWriteGas(schedule, bytes.length));
      if (bytes.length > 0) journal.write(to.storage.findOrCreate(key, 0, key.length), bytes);
    }
  };
  const input = { kind: "deploy", from: sender, to, method: "init", args, value, gasLimit, depth: 0 } as const;
  const result = runFrame(machine, { ...input, readOnly: false, stackBytes: 0, prepare });
  if (result.outcome.status !== "success") journal.rollback(changes, 0);
  return result;
}

/** Moves value and runs no code; it costs what `qw_transfer` costs. */
function executeTransfer(machine: Machine, message: Message & { kind: "transfer" }, sender: Account): FrameResult {
  const { tank, schedule } = machine;
  const { value, gasLimit } = message;
  const to = machine.world.account(message.to);
  const start = {
    kind: "transfer",
    depth: 0,
    from: message.from,
    to: message.to,
    method: "",
    args: NO_BYTES,
    value,
  } as const;
  machine.tell((observer) => observer.frameStart?.({ ...start, gasLimit }));
  let outcome: Outcome = { status: "success", result: NO_BYTES };
  if (gasLimit < schedule.transfer) {
    tank.add(TRANSFERS, gasLimit);
    outcome = describeFailure(to, undefined, { kind: "out_of_gas", slot: TRANSFERS, site: undefined }, message);
  } else {
    tank.add(TRANSFERS, schedule.transfer);
    moveValue(machine.journal, sender, to, value);
  }
  const gasUsed = tank.total;
  const gas = tank.breakdown();
  machine.tell((observer) => observer.frameEnd?.({ ...start, gasLimit, outcome, gasUsed, gas }));
  const { depth: _, ...frame } = start;
  return { outcome, gasUsed, trace: { ...frame, status: outcome.status, gasUsed, calls: NO_CALLS } };
}

function settle(machine: Machine, message: Message, nonce: number, { outcome, trace }: FrameResult): SettledReceipt {
  const { journal, tank, logs, block, observers } = machine;
  let changes = journal.changes();
  const events = journal.takeEvents();
  if (journal.hasMemories) {
    // No receipt shows memories, and what has them would keep them for as long as it lives.
    changes = changes.filter(({ cell }) => cell.kind !== "memory");
    journal.begin();
  }
  const kept = logs.length === 0 ? NO_LOGS : logs;
  const receipt = new SettledReceipt(message, nonce, trace, outcome, tank.breakdown(), changes, events, kept, block);
  for (const observer of observers) observer.settled?.(receipt);
  return receipt;
}
