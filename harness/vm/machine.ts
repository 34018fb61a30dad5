// The machine that frames run on: the world, the books, the block, who watches. One per chain.

import type { Address } from "../core/address.js";
import { QwvmError } from "../core/errors.js";
import type { Limits } from "../core/limits.js";
import type { Observer } from "../core/observer.js";
import type { Failure } from "../core/outcome.js";
import type { GasSchedule } from "../gas/schedule.js";
import { GasTank } from "../gas/tank.js";
import type { BlockFacts, CallResult } from "../host/host-frame.js";
import type { SignatureScheme } from "../host/signatures.js";
import type { Account } from "../state/account.js";
import { Journal } from "../state/journal.js";
import { World } from "../state/world.js";
import { CodeCache } from "./code-cache.js";
import type { DeepStack } from "./deep-stack.js";
import { type FrameMachine, pagesToPutBack, runNestedCall } from "./frame.js";
import type { Instance } from "./instance.js";
import type { MutableCallFrame } from "./trace.js";

export interface MachineOptions {
  readonly schedule: GasSchedule;
  readonly limits: Limits;
  readonly hostFunctions: "all" | "documented";
  readonly floats: "canonical" | "reject";
  readonly signatureScheme: SignatureScheme;
  /** A u64. */
  readonly chainId: bigint;
}

/** One machine and the transaction it is carrying out. */
export class Machine implements FrameMachine {
  readonly scheme: SignatureScheme;
  readonly chainId: bigint;
  readonly schedule: GasSchedule;
  readonly limits: Limits;
  readonly world = new World();
  readonly journal = new Journal(this.world);
  readonly tank = new GasTank();
  readonly code: CodeCache;
  readonly observers: Observer[] = [];
  /** The instances whose frames are running, outermost first. */
  readonly running: Instance[] = [];
  /** A transaction or a query is under way. */
  isRunning = false;
  deploying: Account | undefined;
  withoutRoom: Failure | undefined;
  deepStack: DeepStack | undefined;
  /** How often the observers were told something of this transaction, and how much of that happens once more. */
  #told = 0;
  #toldAlready = 0;
  logs: string[] = [];
  block: BlockFacts = { height: 0, timestamp: 0, vrf: new Uint8Array(32) };
  /** Whether some observer listens to host calls. */
  watched = false;
  /** The call tree's frame that is running, to hang callees on. */
  trace: MutableCallFrame | undefined;

  constructor(options: MachineOptions) {
    this.scheme = options.signatureScheme;
    this.chainId = options.chainId;
    this.schedule = options.schedule;
    this.limits = options.limits;
    this.code = new CodeCache(options);
  }

  /**
   * @param what was done, for the message
   * @throws QwvmError `ALREADY_RUNNING` while a transaction or a query is under way
   */
  refuseWhileRunning(what: string): void {
    if (!this.isRunning) return;
    throw new QwvmError("ALREADY_RUNNING", `${what} while another one of the same machine runs.`, {
      hint: "An observer cannot change the machine that it watches: note what there is to do, and do it after the call; frames and host calls are told in the middle of it, `settled` at its end.",
    });
  }

  /** A transaction begins, or begins once more: what observers were told of it they are not told again. */
  begin(again: boolean): void {
    this.#toldAlready = again ? this.#told : 0;
    this.#told = 0;
    this.tank.reset();
    this.journal.begin();
    this.logs = [];
  }

  tell(step: (observer: Observer) => void): void {
    if (this.#told >= this.#toldAlready) for (const observer of this.observers) step(observer);
    this.#told++;
  }

  pagesToPutBack(contract: Address): number {
    return pagesToPutBack(this, contract);
  }

  callContract(from: Instance, to: Address, method: string, args: Uint8Array): CallResult {
    return runNestedCall(this, from, to, method, args);
  }

  tellHostCall(
    frame: Instance,
    name: string,
    gas: number,
    input: readonly Uint8Array[],
    output: Uint8Array | undefined,
  ): void {
    const call = { name, depth: frame.depth, contract: frame.contract.address, gas, input, output };
    this.tell((observer) => observer.hostCall?.(call));
  }
}
