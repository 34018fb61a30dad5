// The chain: takes messages, adds what the block says, gives receipts. It owns the machine and its world; encoding and
// decoding of arguments are the client's.

import type { Address } from "../core/address.js";
import type { Artifact } from "../core/artifact.js";
import type { Limits } from "../core/limits.js";
import type { CallMessage, Message } from "../core/message.js";
import type { Observer } from "../core/observer.js";
import type { GasSchedule } from "../gas/schedule.js";
import type { SignatureScheme } from "../host/signatures.js";
import type { WorldSnapshot } from "../state/snapshot.js";
import { Machine } from "../vm/machine.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";
import { runTransaction } from "../vm/transaction.js";
import { type SigningAccount, signingAccount } from "./accounts.js";
import { Clock } from "./clock.js";
import { type ChainOptions, resolveGenesis } from "./genesis.js";
import { Powers } from "./powers.js";

/** A state of a chain to come back to: accounts, storage, kept memories, nonces, the block. Opaque. */
export interface ChainSnapshot {
  readonly world: WorldSnapshot;
}

/**
 * A chain in memory, alone in the world: nothing is shared between two chains but compiled code. It is the inside: its
 * receipts may share bytes with the machine. Users hold a `ChainDoor` (client/chain-door.ts), which copies.
 */
export class Chain {
  readonly schedule: GasSchedule;
  readonly limits: Limits;
  readonly signatureScheme: SignatureScheme;
  /** The chain's number, a u64. */
  readonly chainId: bigint;
  /** The block that transactions see. */
  readonly clock: Clock;
  /** What a test may do and no contract can. */
  readonly powers: Powers;
  readonly #machine: Machine;

  /** @throws QwvmError for an option that is unknown or out of range */
  constructor(options: ChainOptions = {}) {
    const genesis = resolveGenesis(options);
    this.#machine = new Machine(genesis);
    this.schedule = genesis.schedule;
    this.limits = genesis.limits;
    this.signatureScheme = genesis.signatureScheme;
    this.chainId = genesis.chainId;
    this.clock = new Clock(this.#machine.world, genesis.blockHeight, genesis.blockTimestamp);
    this.powers = new Powers(
      this.#machine.world,
      this.clock,
      () => this.#readClock(),
      (what) => this.#machine.refuseWhileRunning(what),
    );
    this.#readClock();
  }

  /**
   * Carries out a transaction: deploy, execute or transfer. Its failure is in the receipt; the sender's nonce has gone
   * up either way.
   * @throws QwvmError for a module that is refused, a contract that is not there, a balance or gas limit that will not do
   */
  send(message: Message): SettledReceipt {
    return runTransaction(this.#machine, message);
  }

  /** Asks a contract: metered and limited, but free, and nothing changes. */
  query(message: CallMessage): SettledReceipt {
    return runTransaction(this.#machine, message.kind === "query" ? message : { ...message, kind: "query" });
  }

  /** Lets somebody watch. @returns a function that ends it */
  addObserver(observer: Observer): () => void {
    const { observers } = this.#machine;
    observers.push(observer);
    this.#countWatchers();
    return () => {
      const index = observers.indexOf(observer);
      if (index >= 0) observers.splice(index, 1);
      this.#countWatchers();
    };
  }

  balance(address: Address): bigint {
    return this.#machine.world.find(address)?.balance.value ?? 0n;
  }

  /** How many transactions the account has sent. */
  nonce(address: Address): number {
    return this.#machine.world.find(address)?.nonce.value ?? 0;
  }

  /** A copy of a stored value; undefined when there is none. */
  storage(address: Address, key: Uint8Array): Uint8Array | undefined {
    return this.#machine.world.find(address)?.storage.find(key, 0, key.length)?.value?.slice();
  }

  /** Copies of all stored keys and values of a contract, ordered by key. */
  storageEntries(address: Address): [Uint8Array, Uint8Array][] {
    const entries = this.#machine.world.find(address)?.storage.entries() ?? [];
    return entries.map(([key, value]) => [key.slice(), value.slice()]);
  }

  /** The contract at an address; undefined when there is none. */
  contractAt(address: Address): { readonly artifact: Artifact; readonly memory: "fresh" | "kept" } | undefined {
    return this.#machine.world.find(address)?.code.value;
  }

  /** The account of a label, with a key pair of this chain's scheme. */
  signingAccount(label: string): SigningAccount {
    return signingAccount(label, this.signatureScheme);
  }

  /** A state to come back to, any number of times. Costs what changed since the last snapshot, not what there is. */
  snapshot(): ChainSnapshot {
    this.#machine.refuseWhileRunning("A snapshot was taken");
    return { world: this.#machine.world.snapshot() };
  }

  /** Whether a value is a snapshot of this chain. */
  owns(snapshot: unknown): snapshot is ChainSnapshot {
    return (
      typeof snapshot === "object" &&
      snapshot !== null &&
      "world" in snapshot &&
      this.#machine.world.owns(snapshot.world)
    );
  }

  /** Brings a snapshot of this chain back. Other snapshots stay good, later ones too. */
  restore(snapshot: ChainSnapshot): void {
    this.#machine.refuseWhileRunning("A snapshot was restored");
    this.#machine.world.restore(snapshot.world);
    this.#readClock();
  }

  #readClock(): void {
    this.#machine.block = this.clock.facts();
  }

  #countWatchers(): void {
    this.#machine.watched = this.#machine.observers.some((observer) => observer.hostCall !== undefined);
  }
}
