// What the VM tells those who watch: calls, host calls, endings. Watching never changes gas or results.

import type { Address } from "./address.js";
import type { GasBreakdown } from "./gas-breakdown.js";
import type { MessageKind } from "./message.js";
import type { Outcome } from "./outcome.js";
import type { Receipt } from "./receipt.js";

/** A frame that begins. `depth` is 0 for the transaction itself. */
export interface FrameStart {
  readonly kind: MessageKind;
  readonly depth: number;
  readonly from: Address;
  readonly to: Address;
  readonly method: string;
  readonly args: Uint8Array;
  readonly value: bigint;
  readonly gasLimit: number;
}

/** A frame that ended. Gas includes its callees' gas. */
export interface FrameEnd extends FrameStart {
  readonly outcome: Outcome;
  readonly gasUsed: number;
  readonly gas: GasBreakdown;
}

/** One host function call that was carried out. `input` and `output` are the bytes it read and wrote. */
export interface HostCall {
  readonly name: string;
  readonly depth: number;
  readonly contract: Address;
  readonly gas: number;
  readonly input: readonly Uint8Array[];
  readonly output: Uint8Array | undefined;
}

/** Every hook is optional; hooks run synchronously and must not call back into the VM. */
export interface Observer {
  frameStart?(frame: FrameStart): void;
  frameEnd?(frame: FrameEnd): void;
  hostCall?(call: HostCall): void;
  /** After a transaction or query has settled. */
  settled?(receipt: Receipt): void;
}
