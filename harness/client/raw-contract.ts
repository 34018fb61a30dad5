// A contract deployed from bytes: any module, with arguments as bytes, or as values when there is an interface.

import type { Abi } from "../core/abi.js";
import { type Address, type Addressable, parseAddress } from "../core/address.js";
import { copyBytes } from "../core/copies.js";
import { QwvmError } from "../core/errors.js";
import type { Receipt } from "../core/receipt.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";
import { codecOf, type MethodCodec } from "./codec.js";
import { contractClient, eventsOf, readMetadata, readStorage } from "./contract.js";
import { contractError } from "./contract-error.js";
import type {
  CallOptions,
  ContractClient,
  ContractDefinition,
  DecodedEvent,
  DecodedReceipt,
} from "./contract-types.js";
import { type Machine, type ResolvedOptions, resolveOptions } from "./machine.js";
import { decodeReceipt } from "./receipts.js";
import { isBytes, showValue } from "./value-problem.js";

/** Methods known at run time alone: any name, any values. */
export type AnyMethods = Record<string, (...args: never[]) => unknown>;

/** Arguments of a raw call: bytes as they are, or values when the contract has an interface. */
export type RawArgs = Uint8Array | readonly unknown[];

/**
 * A deployed module. Results are values when the contract has an interface; without one, bytes for a module that
 * returns bytes, and a bigint for a raw module's query, whose i64 is the answer itself.
 */
export class RawContract {
  readonly address: Address;
  readonly name: string;
  readonly #machine: Machine;
  readonly #definition: ContractDefinition<readonly unknown[], unknown>;
  readonly #abi: Abi | undefined;
  readonly #isRaw: boolean;
  readonly #options: ResolvedOptions;

  /** @param isRaw whether the module has no interface of its own, so that its query's i64 is a number */
  constructor(
    machine: Machine,
    to: Address,
    definition: ContractDefinition<readonly unknown[], unknown>,
    abi: Abi | undefined,
    isRaw: boolean,
    options: ResolvedOptions,
  ) {
    this.#machine = machine;
    this.address = to;
    this.name = definition.name;
    this.#definition = definition;
    this.#abi = abi;
    this.#isRaw = isRaw;
    this.#options = options;
  }

  /** Runs a method as a transaction. @throws ContractError, and QwvmError for arguments that do not fit */
  execute(method: string, args: RawArgs = [], options: CallOptions = {}): unknown {
    return this.#call("execute", method, args, options, this.execute);
  }

  /** Runs a method read-only. @throws ContractError, and QwvmError for arguments that do not fit */
  query(method: string, args: RawArgs = [], options: CallOptions = {}): unknown {
    return this.#call("query", method, args, options, this.query);
  }

  /** Like `execute` or `query`, but returns the receipt and does not throw when the contract fails. */
  receipt(kind: "execute" | "query", method: string, args: RawArgs = [], options: CallOptions = {}): DecodedReceipt {
    const codec = this.#codec(method, args);
    return decodeReceipt(this.#machine, this.#run(kind, method, args, options, codec), codec);
  }

  /** The same contract, called by someone else. */
  as(caller: Addressable): RawContract {
    const from = parseAddress(caller, `the caller given to ${this.name}.as()`);
    const options = { ...this.#options, from };
    return new RawContract(this.#machine, this.address, this.#definition, this.#abi, this.#isRaw, options);
  }

  /** A client with the interface's methods. @throws QwvmError `NO_ABI` when there is no interface */
  get contract(): ContractClient<AnyMethods> {
    if (this.#abi === undefined) throw noInterface(this.name, "has no typed client");
    const client = contractClient(this.#machine, this.address, this.#definition, this.#options);
    return client as unknown as ContractClient<AnyMethods>;
  }

  get balance(): bigint {
    return this.#machine.chain.balance(this.address);
  }

  /** The stored value of a key (text is taken as UTF-8), or undefined. */
  storage(key: Uint8Array | string): Uint8Array | undefined {
    return readStorage(this.#machine, this.address, key);
  }

  metadata(): Record<string, string> {
    return readMetadata(this.#machine, this.address);
  }

  events(receipt?: DecodedReceipt | Receipt): DecodedEvent[] {
    return eventsOf(this.#machine, this.address, receipt);
  }

  #codec(method: string, args: RawArgs): MethodCodec | undefined {
    if (this.#abi !== undefined) return isBytes(args) ? undefined : codecOf(this.#abi).method(method);
    if (isBytes(args) || (Array.isArray(args) && args.length === 0)) return undefined;
    throw noInterface(this.name, `cannot take ${showValue(args)} as arguments of ${method}`);
  }

  #run(
    kind: "execute" | "query",
    method: string,
    args: RawArgs,
    options: CallOptions,
    codec: MethodCodec | undefined,
  ): SettledReceipt {
    const encoded =
      codec !== undefined ? codec.encodeArgs(args as readonly unknown[]) : isBytes(args) ? copyBytes(args) : NO_BYTES;
    const resolved = resolveOptions(options, this.#options);
    return this.#machine.run({ kind, to: this.address, method, args: encoded, ...resolved });
  }

  // biome-ignore lint/complexity/noBannedTypes: what Error.captureStackTrace takes is any function.
  #call(kind: "execute" | "query", method: string, args: RawArgs, options: CallOptions, calledBy: Function): unknown {
    const codec = this.#codec(method, args);
    const receipt = this.#run(kind, method, args, options, codec);
    if (receipt.failure !== undefined) throw contractError(this.#machine, receipt, calledBy, undefined);
    if (codec !== undefined) return codec.decodeResult(receipt.result);
    return this.#isRaw ? numberResult(receipt.result) : copyBytes(receipt.result);
  }
}

const NO_BYTES = new Uint8Array(0);

/** A raw module's i64 as a u64; undefined when there was none. */
function numberResult(bytes: Uint8Array): bigint | undefined {
  if (bytes.length !== 8) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
}

function noInterface(name: string, what: string): QwvmError {
  return new QwvmError("NO_ABI", `${name} ${what}: it was deployed without an interface.`, {
    hint: "Give arguments as a Uint8Array, or the interface with vm.deployWasm(bytes, { abi }).",
  });
}
