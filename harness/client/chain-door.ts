// The chain as tools hold it (`vm.chain`): the same as the client's inside, with copies of everything that passes.
// The rule of copies is core/copies.ts.

import type { SigningAccount } from "../chain/accounts.js";
import type { Chain } from "../chain/chain.js";
import type { Powers } from "../chain/powers.js";
import type { Address } from "../core/address.js";
import type { Artifact } from "../core/artifact.js";
import { copyArtifact, copyBytes, copyOutcome, ownMessage } from "../core/copies.js";
import type { Limits } from "../core/limits.js";
import type { CallMessage, Message } from "../core/message.js";
import type { FrameStart, Observer } from "../core/observer.js";
import type { Receipt } from "../core/receipt.js";
import type { GasSchedule } from "../gas/schedule.js";
import type { SignatureScheme } from "../host/signatures.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";
import type { Block } from "./block.js";
import { Snapshot } from "./snapshot.js";

/** A chain for tools: transactions as messages, receipts undecoded, storage in bytes, and everybody who wants to watch. */
export class ChainDoor {
  readonly #chain: Chain;

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  /** The prices in force; frozen. */
  get schedule(): GasSchedule {
    return this.#chain.schedule;
  }

  /** The limits in force; frozen. */
  get limits(): Limits {
    return this.#chain.limits;
  }

  get signatureScheme(): SignatureScheme {
    return this.#chain.signatureScheme;
  }

  /** The chain's number, a u64. */
  get chainId(): bigint {
    return this.#chain.chainId;
  }

  /** The block that transactions see; `powers` move it. */
  get clock(): Block {
    const { height, timestamp, vrf } = this.#chain.clock;
    return { height, timestamp, vrf };
  }

  /** What a test may do and no contract can. */
  get powers(): Powers {
    return this.#chain.powers;
  }

  /**
   * Carries out a transaction: deploy, execute or transfer. Its failure is in the receipt; the sender's nonce has gone
   * up either way.
   * @throws QwvmError for a module that is refused, a contract that is not there, a balance or gas limit that will not do
   */
  send(message: Message): Receipt {
    return this.#chain.send(ownMessage(message)).copy();
  }

  /** Asks a contract: metered and limited, but free, and nothing changes. */
  query(message: CallMessage): Receipt {
    return this.#chain.query(ownMessage(message) as CallMessage).copy();
  }

  /** Lets somebody watch. @returns a function that ends it */
  addObserver(observer: Observer): () => void {
    return this.#chain.addObserver(withCopies(observer));
  }

  balance(address: Address): bigint {
    return this.#chain.balance(address);
  }

  /** How many transactions the account has sent. */
  nonce(address: Address): number {
    return this.#chain.nonce(address);
  }

  /** A stored value; undefined when there is none. */
  storage(address: Address, key: Uint8Array): Uint8Array | undefined {
    return this.#chain.storage(address, key);
  }

  /** All stored keys and values of a contract, ordered by key. */
  storageEntries(address: Address): [Uint8Array, Uint8Array][] {
    return this.#chain.storageEntries(address);
  }

  /** The contract at an address; undefined when there is none. */
  contractAt(address: Address): { readonly artifact: Artifact; readonly memory: "fresh" | "kept" } | undefined {
    const code = this.#chain.contractAt(address);
    return code && { artifact: copyArtifact(code.artifact), memory: code.memory };
  }

  /** The account of a label, with a key pair of this chain's scheme. */
  signingAccount(label: string): SigningAccount {
    return this.#chain.signingAccount(label);
  }

  /** A state to come back to, any number of times. Costs what changed since the last snapshot, not what there is. */
  snapshot(): Snapshot {
    return new Snapshot(this.#chain.snapshot(), undefined);
  }

  /** Whether a value is a snapshot of this chain. */
  owns(snapshot: unknown): snapshot is Snapshot {
    return this.#chain.owns(Snapshot.read(snapshot)?.chain);
  }

  /** Brings a snapshot of this chain back. Other snapshots stay good, later ones too. */
  restore(snapshot: Snapshot): void {
    const inner = Snapshot.read(snapshot)?.chain;
    if (!this.#chain.owns(inner)) throw Snapshot.notOne("vm.chain.restore");
    this.#chain.restore(inner);
  }
}

/** An observer inside that tells one outside, with copies of its own. */
function withCopies(observer: Observer): Observer {
  const start = (frame: FrameStart): FrameStart => ({ ...frame, args: copyBytes(frame.args) });
  return {
    frameStart: (frame) => observer.frameStart?.(start(frame)),
    frameEnd: (frame) => {
      const { outcome, gas, gasUsed } = frame;
      observer.frameEnd?.({ ...start(frame), outcome: copyOutcome(outcome), gasUsed, gas: { ...gas } });
    },
    ...(observer.hostCall === undefined
      ? {}
      : {
          hostCall: (call) => {
            const output = call.output && copyBytes(call.output);
            observer.hostCall?.({ ...call, input: call.input.map(copyBytes), output });
          },
        }),
    settled: (receipt) => observer.settled?.((receipt as SettledReceipt).copy()),
  };
}
