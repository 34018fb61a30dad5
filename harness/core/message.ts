// A message: one call as it enters the machine, from outside or from a contract. Who calls is settled in it.

import type { Address } from "./address.js";
import type { Artifact } from "./artifact.js";

/** `deploy` creates a contract, `execute` and `query` call one, `transfer` moves value and runs no code. */
export type MessageKind = "deploy" | "execute" | "query" | "transfer";

interface MessageBase {
  readonly from: Address;
  /** Amount sent along, moved before any code runs. */
  readonly value: bigint;
  readonly gasLimit: number;
}

export interface DeployMessage extends MessageBase {
  readonly kind: "deploy";
  readonly artifact: Artifact;
  /** The encoded constructor arguments. */
  readonly args: Uint8Array;
  /** Stored under `metadata:NAME` before `init` runs, each charged as a storage write. */
  readonly metadata: Readonly<Record<string, string>>;
  /** How long the contract's memory lives; by default `fresh` for SDK modules and `kept` for raw ones. */
  readonly memory?: "fresh" | "kept";
}

export interface CallMessage extends MessageBase {
  readonly kind: "execute" | "query";
  readonly to: Address;
  readonly method: string;
  /** The encoded arguments. */
  readonly args: Uint8Array;
}

export interface TransferMessage extends MessageBase {
  readonly kind: "transfer";
  readonly to: Address;
}

export type Message = DeployMessage | CallMessage | TransferMessage;
