// The receipt of a finished transaction. What it takes work to say (hash, state changes) is worked out when asked for.

import { type Address, addressToBytes, ZERO_ADDRESS } from "../core/address.js";
import { copyBytes, copyEvent, copyOutcome, copyTrace } from "../core/copies.js";
import type { GasBreakdown } from "../core/gas-breakdown.js";
import type { Message, MessageKind } from "../core/message.js";
import type { Failure, Outcome, Status } from "../core/outcome.js";
import type { CallFrame, EmittedEvent, Receipt, StateChange } from "../core/receipt.js";
import type { BlockFacts } from "../host/host-frame.js";
import { sha3 } from "../host/sha3.js";
import { amountToBytes } from "../host/u256.js";
import type { ContractCode } from "../state/account.js";
import type { CellChange } from "../state/journal.js";
import type { StorageCell } from "../state/storage-table.js";

const NO_BYTES = new Uint8Array(0);

/** A receipt as the machine makes it. It may share bytes with the machine; what is handed out is a copy. */
export class SettledReceipt implements Receipt {
  readonly kind: MessageKind;
  readonly status: Status;
  readonly from: Address;
  readonly to: Address;
  readonly method: string;
  readonly value: bigint;
  readonly gasLimit: number;
  readonly gasUsed: number;
  readonly gas: GasBreakdown;
  readonly result: Uint8Array;
  readonly failure: Failure | undefined;
  readonly events: readonly EmittedEvent[];
  readonly trace: CallFrame;
  readonly blockHeight: number;
  readonly blockTimestamp: number;
  readonly logs: readonly string[];
  readonly #message: Message;
  readonly #nonce: number;
  readonly #changes: readonly CellChange[];
  #hash: `0x${string}` | undefined;
  #stateChanges: readonly StateChange[] | undefined;

  constructor(
    message: Message,
    nonce: number,
    trace: CallFrame,
    outcome: Outcome,
    gas: GasBreakdown,
    changes: readonly CellChange[],
    events: readonly EmittedEvent[],
    logs: readonly string[],
    block: Pick<BlockFacts, "height" | "timestamp">,
  ) {
    this.kind = message.kind;
    this.status = outcome.status;
    this.from = message.from;
    this.to = trace.to;
    this.method = trace.method;
    this.value = message.value;
    this.gasLimit = message.gasLimit;
    this.gasUsed = trace.gasUsed;
    this.gas = gas;
    this.result = outcome.status === "success" ? outcome.result : NO_BYTES;
    this.failure = outcome.status === "success" ? undefined : outcome;
    this.events = events;
    this.trace = trace;
    this.blockHeight = block.height;
    this.blockTimestamp = block.timestamp;
    this.logs = logs;
    this.#message = message;
    this.#nonce = nonce;
    this.#changes = changes;
  }

  get transactionHash(): `0x${string}` {
    this.#hash ??= hashTransaction(this.#message, this.#nonce);
    return this.#hash;
  }

  get stateChanges(): readonly StateChange[] {
    this.#stateChanges ??= this.#changes.flatMap(describeChange);
    return this.#stateChanges;
  }

  /** The same receipt, sharing nothing that can be changed: for everybody outside. */
  copy(): SettledReceipt {
    return new SettledReceipt(
      this.#message,
      this.#nonce,
      copyTrace(this.trace),
      copyOutcome(this.failure ?? { status: "success", result: this.result }),
      { ...this.gas },
      this.#changes,
      this.events.map(copyEvent),
      [...this.logs],
      { height: this.blockHeight, timestamp: this.blockTimestamp },
    );
  }
}

function describeChange({ cell, before, after }: CellChange): StateChange[] {
  const { owner } = cell;
  switch (cell.kind) {
    case "storage": {
      const key = (cell as StorageCell).table.keyOf(cell as StorageCell);
      return [{ kind: "storage", contract: owner, key, before: copyValue(before), after: copyValue(after) }];
    }
    case "balance":
      return [{ kind: "balance", address: owner, before: before as bigint, after: after as bigint }];
    case "code": {
      const sizeBytes = (after as ContractCode | undefined)?.artifact.wasm.length ?? 0;
      return [{ kind: "code", contract: owner, sizeBytes }];
    }
    default:
      return [];
  }
}

/** A stored value: the cell's own bytes are also those of snapshots. */
function copyValue(value: unknown): Uint8Array | undefined {
  return value === undefined ? undefined : copyBytes(value as Uint8Array);
}

/**
 * SHA3-256 over the transaction: kind (one byte: deploy 0, execute 1, query 2, transfer 3), sender (20 bytes), its nonce
 * (u64), receiver (20 bytes, zeros for a deployment), value (u256), gas limit (u64), method, arguments; for a
 * deployment then SHA3-256 of the module and the metadata's names and values in order. Integers are little-endian,
 * texts and arguments have their length before them (u32), the metadata its number of entries.
 */
export function hashTransaction(message: Message, nonce: number): `0x${string}` {
  const isCall = message.kind === "execute" || message.kind === "query";
  const parts: Uint8Array[] = [
    new Uint8Array([["deploy", "execute", "query", "transfer"].indexOf(message.kind)]),
    addressToBytes(message.from),
    littleEndian(nonce, 8),
    addressToBytes(message.kind === "deploy" ? ZERO_ADDRESS : message.to),
    amountToBytes(message.value),
    littleEndian(message.gasLimit, 8),
    ...withLength(new TextEncoder().encode(isCall ? message.method : "")),
    ...withLength(message.kind === "transfer" ? NO_BYTES : message.args),
  ];
  if (message.kind === "deploy") {
    const entries = Object.entries(message.metadata);
    parts.push(sha3(message.artifact.wasm), littleEndian(entries.length, 4));
    for (const text of entries.flat()) parts.push(...withLength(new TextEncoder().encode(text)));
  }
  return `0x${Buffer.from(sha3(Buffer.concat(parts))).toString("hex")}`;
}

function withLength(bytes: Uint8Array): Uint8Array[] {
  return [littleEndian(bytes.length, 4), bytes];
}

function littleEndian(value: number, size: number): Uint8Array {
  return amountToBytes(BigInt(value)).subarray(0, size);
}
