// The receipt of a transaction or query: what happened, what it cost, what it changed.

import type { Address } from "./address.js";
import type { GasBreakdown } from "./gas-breakdown.js";
import type { MessageKind } from "./message.js";
import type { Failure, Status } from "./outcome.js";

/** An event as the machine stored it; the client decodes it with the contract's ABI. */
export interface EmittedEvent {
  readonly contract: Address;
  readonly topic: Uint8Array;
  readonly data: Uint8Array;
}

/** One changed value. `before` and `after` are undefined where there was or is none. */
export type StateChange =
  | {
      readonly kind: "storage";
      readonly contract: Address;
      readonly key: Uint8Array;
      readonly before: Uint8Array | undefined;
      readonly after: Uint8Array | undefined;
    }
  | { readonly kind: "balance"; readonly address: Address; readonly before: bigint; readonly after: bigint }
  | { readonly kind: "code"; readonly contract: Address; readonly sizeBytes: number };

/** One frame of the call tree, callees in the order they were called. */
export interface CallFrame {
  readonly kind: MessageKind;
  readonly from: Address;
  readonly to: Address;
  /** `init` for a deployment, the empty text for a transfer. */
  readonly method: string;
  readonly args: Uint8Array;
  readonly value: bigint;
  readonly status: Status;
  /** Gas spent in this frame, its callees included. */
  readonly gasUsed: number;
  readonly calls: readonly CallFrame[];
}

export interface Receipt {
  /** 0x and 64 hex digits. */
  readonly transactionHash: `0x${string}`;
  readonly kind: MessageKind;
  readonly status: Status;
  readonly from: Address;
  /** The contract called or created, or the account paid. */
  readonly to: Address;
  /** `init` for a deployment, the empty text for a transfer. */
  readonly method: string;
  readonly value: bigint;
  readonly gasLimit: number;
  /** The sum of `gas`. Out of gas takes the whole limit: what was left is booked on what could not be paid for. */
  readonly gasUsed: number;
  readonly gas: GasBreakdown;
  /** The encoded result; empty when there is none or the call failed. */
  readonly result: Uint8Array;
  /** Undefined on success. */
  readonly failure: Failure | undefined;
  readonly events: readonly EmittedEvent[];
  readonly stateChanges: readonly StateChange[];
  readonly trace: CallFrame;
  readonly blockHeight: number;
  /** Seconds. */
  readonly blockTimestamp: number;
  /** What `qw_log` printed, in order. */
  readonly logs: readonly string[];
}
