// The types of typed clients: what build/NAME.d.ts is written in. Types only.

import type { Abi } from "../core/abi.js";
import type { Address, Addressable } from "../core/address.js";
import type { Artifact } from "../core/artifact.js";
import type { CallFrame, Receipt, StateChange } from "../core/receipt.js";

/** How a call is made: who calls, what is sent along, how much gas it may spend. */
export interface CallOptions {
  readonly from?: Addressable;
  /** Amount sent with each call; the method must be payable. */
  readonly value?: bigint;
  readonly gasLimit?: number;
}

/** An event with its fields as values; `name` and `args` are undefined when no interface describes it. */
export interface DecodedEvent {
  readonly contract: Address;
  readonly contractName: string;
  readonly name: string | undefined;
  readonly args: Readonly<Record<string, unknown>> | undefined;
  readonly topic: Uint8Array;
  readonly data: Uint8Array;
}

/** Why a call failed, in words and as values. */
export interface DecodedFailure {
  readonly status: "reverted" | "trapped" | "out_of_gas";
  /** For example `InsufficientBalance(available: 5n, needed: 10n)`. */
  readonly text: string;
  /** The name of the typed error, of the contract or of the SDK. */
  readonly errorName: string | undefined;
  readonly errorArgs: Readonly<Record<string, unknown>> | undefined;
  /** The text of a `require` or `revert` with a text. */
  readonly message: string | undefined;
  /** Where it failed first, which in nested calls is the innermost contract. */
  readonly contract: Address;
  readonly contractName: string;
}

/** A receipt with its result, events and failure as values. */
export interface DecodedReceipt<Result = unknown> {
  readonly transactionHash: `0x${string}`;
  readonly kind: Receipt["kind"];
  readonly status: Receipt["status"];
  readonly from: Address;
  readonly to: Address;
  readonly method: string;
  readonly value: bigint;
  readonly gasLimit: number;
  readonly gasUsed: number;
  readonly gas: Receipt["gas"];
  /** Undefined when the call failed or the method returns nothing. */
  readonly result: Result | undefined;
  readonly failure: DecodedFailure | undefined;
  readonly events: readonly DecodedEvent[];
  readonly stateChanges: readonly StateChange[];
  readonly trace: CallFrame;
  readonly logs: readonly string[];
  readonly blockHeight: number;
  readonly blockTimestamp: number;
  /** The machine's own receipt, undecoded. */
  readonly raw: Receipt;
}

/** The same methods, but each returns a receipt and does not throw when the contract fails. */
export type ReceiptMethods<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => DecodedReceipt<Result>
    : never;
};

/** What every client has beside the contract's own methods. */
export interface ContractBase<Methods> {
  readonly address: Address;
  readonly definition: ContractDefinition<readonly unknown[], Methods>;
  /** The contract's balance. */
  readonly balance: bigint;
  /** The same contract, called by someone else. */
  as(caller: Addressable): ContractClient<Methods>;
  /** The same contract, called with other options; those not given stay. */
  with(options: CallOptions): ContractClient<Methods>;
  /** The same methods, returning receipts instead of results, and not throwing when the contract fails. */
  readonly receipt: ReceiptMethods<Methods>;
  /** The stored value of a key (text is taken as UTF-8), or undefined. */
  storage(key: Uint8Array | string): Uint8Array | undefined;
  /** Metadata stored at deployment or by the contract, by name. */
  metadata(): Record<string, string>;
  /** This contract's events of a receipt; without one, of the last transaction. */
  events(receipt?: DecodedReceipt | Receipt): DecodedEvent[];
}

/** A deployed contract with its methods. */
export type ContractClient<Methods> = Methods & ContractBase<Methods>;

/** A contract that can be deployed: its name, its interface and, loaded when first needed, its Wasm. */
export interface ContractDefinition<Args extends readonly unknown[], Methods> {
  readonly name: string;
  readonly abi: Abi;
  /** @throws QwvmError `NOT_BUILT` when the Wasm file is not there */
  readonly artifact: Artifact;
  /** Where the Wasm file is; undefined for a definition made of bytes. */
  readonly wasm: URL | undefined;
  /** Never there at run time: carries the types to `deploy`. */
  readonly types?: { readonly args: Args; readonly methods: Methods };
}

/** The client type of a definition: `ClientOf<typeof Counter>`. */
export type ClientOf<Definition> =
  Definition extends ContractDefinition<infer _Args, infer Methods> ? ContractClient<Methods> : never;
