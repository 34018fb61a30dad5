// Typed clients: a prototype per definition with one ready-made method per ABI method, an object per deployed contract.
// Encoding is the codec's, running the machine's; here a call is put together and its failure thrown.

import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { AbiMethod } from "../core/abi.js";
import { type Address, type Addressable, parseAddress } from "../core/address.js";
import { QwvmError } from "../core/errors.js";
import type { Receipt } from "../core/receipt.js";
import { RESERVED_NAMES } from "../core/reserved-names.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";
import { codecOf, decodeText, type MethodCodec } from "./codec.js";
import { contractError } from "./contract-error.js";
import type {
  CallOptions,
  ContractClient,
  ContractDefinition,
  DecodedEvent,
  DecodedReceipt,
} from "./contract-types.js";
import { type Machine, type ResolvedOptions, resolveOptions } from "./machine.js";
import { decodeEvent, decodeReceipt } from "./receipts.js";
import { signArguments } from "./signed.js";
import { showValue } from "./value-problem.js";

type AnyDefinition = ContractDefinition<readonly unknown[], unknown>;

/** What a client knows besides its methods; behind a symbol, so that no contract's method can have its name. */
interface Handle {
  readonly machine: Machine;
  readonly to: Address;
  readonly definition: AnyDefinition;
  readonly options: ResolvedOptions;
}

const HANDLE = Symbol("qwvm.handle");

/** What all clients inherit. */
class ClientBase {
  declare readonly [HANDLE]: Handle;

  get address(): Address {
    return this[HANDLE].to;
  }

  get definition(): AnyDefinition {
    return this[HANDLE].definition;
  }

  get balance(): bigint {
    return this[HANDLE].machine.chain.balance(this[HANDLE].to);
  }

  as(caller: Addressable): unknown {
    const handle = this[HANDLE];
    const place = `the caller given to ${handle.definition.name}.as()`;
    return makeClient({ ...handle, options: { ...handle.options, from: parseAddress(caller, place) } });
  }

  with(options: CallOptions): unknown {
    const handle = this[HANDLE];
    return makeClient({ ...handle, options: resolveOptions(options, handle.options) });
  }

  get receipt(): unknown {
    const handle = this[HANDLE];
    const methods = Object.create(prototypesOf(handle.definition).receipts);
    methods[HANDLE] = handle;
    return methods;
  }

  storage(key: Uint8Array | string): Uint8Array | undefined {
    return readStorage(this[HANDLE].machine, this[HANDLE].to, key);
  }

  metadata(): Record<string, string> {
    return readMetadata(this[HANDLE].machine, this[HANDLE].to);
  }

  events(receipt?: DecodedReceipt | Receipt): DecodedEvent[] {
    return eventsOf(this[HANDLE].machine, this[HANDLE].to, receipt);
  }

  toString(): string {
    return `${this[HANDLE].definition.name} at ${this[HANDLE].to}`;
  }

  toJSON(): unknown {
    return { contract: this[HANDLE].definition.name, address: this[HANDLE].to };
  }
}

/** The stored value of a key of a contract. */
export function readStorage(machine: Machine, of: Address, key: Uint8Array | string): Uint8Array | undefined {
  return machine.chain.storage(of, typeof key === "string" ? utf8ToBytes(key) : key);
}

const METADATA_PREFIX = "metadata:";

/** A contract's metadata by name. Values that are not UTF-8 are left out. */
export function readMetadata(machine: Machine, of: Address): Record<string, string> {
  const found: [name: string, text: string][] = [];
  for (const [key, value] of machine.chain.storageEntries(of)) {
    const name = decodeText(key);
    const text = name?.startsWith(METADATA_PREFIX) ? decodeText(value) : undefined;
    if (text !== undefined) found.push([(name as string).slice(METADATA_PREFIX.length), text]);
  }
  return Object.fromEntries(found);
}

/** The events that a contract emitted in a receipt; without one, in the last transaction. */
export function eventsOf(machine: Machine, of: Address, receipt?: DecodedReceipt | Receipt): DecodedEvent[] {
  const raw = receipt === undefined ? machine.lastReceipt : "raw" in receipt ? receipt.raw : receipt;
  return (raw?.events ?? []).filter((event) => event.contract === of).map((event) => decodeEvent(machine, event));
}

interface Prototypes {
  readonly calls: object;
  readonly receipts: object;
}

const prototypes = new WeakMap<AnyDefinition, Prototypes>();

function prototypesOf(definition: AnyDefinition): Prototypes {
  let made = prototypes.get(definition);
  if (made === undefined) {
    made = makePrototypes(definition);
    prototypes.set(definition, made);
  }
  return made;
}

function makePrototypes(definition: AnyDefinition): Prototypes {
  const calls = Object.create(ClientBase.prototype);
  const receipts = Object.create(null);
  for (const codec of codecOf(definition.abi).methods) {
    const { name } = codec.method;
    if (RESERVED_NAMES.includes(name)) {
      throw new QwvmError(
        "BAD_ABI",
        `${definition.name} has a method named ${name}, which clients need for themselves.`,
        {
          hint: "Give the method another name, or call it with execute and query of a contract deployed without interface.",
        },
      );
    }
    define(calls, name, makeCall(codec));
    define(receipts, name, makeReceiptCall(codec));
  }
  return { calls, receipts };
}

function define(target: object, name: string, method: (...args: unknown[]) => unknown): void {
  Object.defineProperty(method, "name", { value: name });
  Object.defineProperty(target, name, { value: method, enumerable: true, writable: true, configurable: true });
}

function makeCall(codec: MethodCodec): (...args: unknown[]) => unknown {
  return function call(this: ClientBase, ...args: unknown[]): unknown {
    const receipt = runCall(this[HANDLE], codec, args, call);
    if (receipt.failure !== undefined)
      throw contractError(this[HANDLE].machine, receipt, call, this[HANDLE].definition.wasm);
    return codec.decodeResult(receipt.result);
  };
}

function makeReceiptCall(codec: MethodCodec): (...args: unknown[]) => unknown {
  return function call(this: ClientBase, ...args: unknown[]): unknown {
    return decodeReceipt(this[HANDLE].machine, runCall(this[HANDLE], codec, args, call), codec);
  };
}

// biome-ignore lint/complexity/noBannedTypes: what Error.captureStackTrace takes is any function.
function runCall(handle: Handle, codec: MethodCodec, args: readonly unknown[], calledBy: Function): SettledReceipt {
  const { method } = codec;
  const { machine, to, options } = handle;
  let encoded: Uint8Array;
  try {
    encoded = codec.encodeArgs(method.signed === undefined ? args : signArguments(machine, to, codec, args));
  } catch (error) {
    // The mistake is in the test: its line comes first, not ours.
    if (error instanceof QwvmError) Error.captureStackTrace(error, calledBy);
    throw error;
  }
  if (options.value > 0n) checkPayable(handle.definition, method, options.value);
  return machine.run({
    kind: method.kind === "query" ? "query" : "execute",
    from: options.from,
    to,
    value: options.value,
    gasLimit: options.gasLimit,
    method: method.name,
    args: encoded,
  });
}

function checkPayable({ name, abi }: Handle["definition"], method: AbiMethod, value: bigint): void {
  if (method.kind !== "query") {
    if (abi?.keepsValue !== true || method.payable) return;
    // Other contracts revert; here the value would be gone.
    throw new QwvmError(
      "VALUE_KEPT",
      `${name}.${method.name} is not @payable, and ${name} would keep the ${showValue(value)} that is sent with it.`,
      {
        hint: "It was built for the documented host functions, which tell no contract of value: leave it out, or mark the method @payable.",
      },
    );
  }
  throw new QwvmError("VALUE_IN_QUERY", `${name}.${method.name} is a query, but ${showValue(value)} is sent with it.`, {
    hint: "Queries move no value: leave it out, or call an @execute @payable method.",
  });
}

function makeClient(handle: Handle): unknown {
  const client = Object.create(prototypesOf(handle.definition).calls);
  // Not enumerable: a client printed by a test runner shows its methods, not the whole machine.
  Object.defineProperty(client, HANDLE, { value: handle });
  return client;
}

/** The client of a deployed contract. */
export function contractClient<Methods>(
  machine: Machine,
  to: Address,
  definition: ContractDefinition<readonly unknown[], Methods>,
  options: ResolvedOptions,
): ContractClient<Methods> {
  return makeClient({ machine, to, definition, options }) as ContractClient<Methods>;
}
