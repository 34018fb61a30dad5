// What a frame is given: one call, with everything about it settled.

import type { MessageKind } from "../core/message.js";
import type { Account } from "../state/account.js";
import type { Instance } from "./instance.js";

/** One call to run. */
export interface FrameInput {
  readonly kind: MessageKind;
  readonly from: Account;
  readonly to: Account;
  /** `init` for a deployment. */
  readonly method: string;
  readonly args: Uint8Array;
  readonly value: bigint;
  readonly gasLimit: number;
  readonly depth: number;
  readonly readOnly: boolean;
  /** How much of the stack is in use already. */
  readonly stackBytes: number;
  /** What a deployment pays and stores before `init`. */
  readonly prepare?: (instance: Instance) => void;
}
