// The model's machine: contracts' storage, and transactions that happen as a whole or not at all.

import { decodeAll, encode, utf8Hex, zeroOf } from "./borsh.js";
import { fail, ModelError, ModelFailure } from "./failure.js";
import { Fields, Frame } from "./frame.js";
import { evaluate } from "./interpret-expression.js";
import { resultOf, runBody } from "./interpret-statement.js";
import type { Storage } from "./operations.js";
import { Peer } from "./peer.js";
import type { Call, ContractCall, Method, PeerCall, Program, Record_ } from "./program.js";
import { type Type, type Value, VOID } from "./types.js";

/** Calls within calls, which the machine has 64 of. */
const MOST_DEPTH = 5;
/** A call that takes the model too long is left out. */
export class TooLong extends Error {}
const MOST_STEPS = 60_000;
/** Of texts and arrays. */
const MOST_LENGTH = 3_000;

/** How a call ended, all bytes as hex digits. */
export interface Outcome {
  /** Undefined on success; else the revert data, or "trap". */
  readonly failure: string | undefined;
  readonly result: string;
  readonly events: readonly { readonly topic: string; readonly data: string }[];
}

interface Resolved {
  readonly method: Method;
  readonly classIndex: number;
}

/** The machine has no keys of more than 2,048 bytes. */
function allowed(key: string): string {
  if (key.length > 4_096) throw new TooLong();
  return key;
}

export class Machine {
  #entries = new Map<string, string>();
  #balance = 0n;
  #events: { topic: string; data: string }[] = [];
  #steps = 0;
  #depth = 0;
  readonly #peer = new Peer();
  readonly #types: ReadonlyMap<string, Type>;
  readonly #constants: ReadonlyMap<string, Value>;
  readonly #zeros: ReadonlyMap<string, string>;

  readonly program: Program;
  readonly self: string;
  readonly peer: string;

  constructor(program: Program, self: string, peer: string | undefined) {
    this.program = program;
    this.self = self;
    this.peer = peer ?? "";
    if (peer !== undefined) this.#entries.set(utf8Hex("peer"), peer);

    const fields = program.classes.flatMap((one) => one.fields.filter(({ collection }) => collection === undefined));
    this.#types = new Map(fields.map(({ name, type }) => [name, type]));
    this.#constants = new Map(program.constants.map(({ name, value }) => [name, value.value]));
    this.#zeros = new Map(fields.map(({ name, type }) => [utf8Hex(name), encode(type, zeroOf(type))]));
    // What initializers give is stored at deployment.
    const state = new Fields(this.#types, this.#storage("", 0n));
    const method: Method = { name: "create", kind: "execute", parameters: [], result: VOID, body: [], writes: true };
    const frame = new Frame(this, method, state, program.classes.length - 1, false);
    for (const { name, initial } of fields) if (initial !== undefined) state.write(name, evaluate(initial, frame));
    state.flush();
  }

  /** Key and value of what is stored, as hex digits. */
  get entries(): ReadonlyMap<string, string> {
    return this.#entries;
  }

  /** What fields stand for that nothing is stored of: by key. */
  get zeros(): ReadonlyMap<string, string> {
    return this.#zeros;
  }

  get peerEntries(): ReadonlyMap<string, string> {
    return this.#peer.entries;
  }

  get balance(): bigint {
    return this.#balance;
  }

  call({ method: name, args, asQuery, value }: ContractCall, caller: string): Outcome {
    const entries = new Map(this.#entries);
    const balance = this.#balance;
    const count = this.#peer.count;
    this.#events = [];
    this.#depth = 0;
    this.#steps = 0;
    try {
      const resolved = this.#find(name, this.program.classes.length - 1);
      if (value > 0n && resolved.method.payable !== true) fail("NotPayable");
      this.#balance += value;
      const fields = new Fields(this.#types, this.#storage(caller, value));
      const result = this.#enter(resolved, structuredClone(args) as Value[], fields);
      fields.flush();
      if (asQuery) this.#entries = entries;
      return { failure: undefined, result: encode(resolved.method.result, result), events: this.#events };
    } catch (error) {
      this.#entries = entries;
      this.#balance = balance;
      this.#peer.count = count;
      if (error instanceof ModelFailure) return { failure: error.data, result: "", events: [] };
      throw error;
    }
  }

  /** Calls the peer: fields are written before, and read anew after. A failure undoes what the peer did. */
  callPeer(node: PeerCall, args: readonly Value[], { fields }: Frame): { success: boolean; data: string } {
    fields.flush();
    const before = { entries: new Map(this.#entries), count: this.#peer.count, events: this.#events.length };
    if (++this.#depth > MOST_DEPTH) throw new TooLong();
    try {
      return {
        success: true,
        data: this.#peer.run(node.action, args, (encoded) => this.#callBack(node.method as string, encoded)),
      };
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      this.#entries = before.entries;
      this.#peer.count = before.count;
      this.#events.length = before.events;
      return { success: false, data: error.data === "trap" ? "" : error.data };
    } finally {
      this.#depth--;
      fields.refresh();
    }
  }

  /** The peer calls a method of the contract; what it reverts with, the peer does. */
  #callBack(name: string, encoded: string): string {
    const resolved = this.#find(name, this.program.classes.length - 1);
    const values = decodeAll(
      resolved.method.parameters.map(({ type }) => type),
      encoded,
    );
    if (values === undefined) fail("BadArguments");
    const fields = new Fields(this.#types, this.#storage(this.peer, 0n));
    try {
      const result = this.#enter(resolved, values, fields);
      fields.flush();
      return encode(resolved.method.result, result);
    } catch (error) {
      if (error instanceof ModelFailure && error.data === "trap") fail("CallFailed");
      throw error;
    }
  }

  run(resolved: Resolved, args: readonly Value[], { fields }: Frame): Value {
    return this.#enter(resolved, args, fields);
  }

  #enter({ method, classIndex }: Resolved, args: readonly Value[], fields: Fields): Value {
    const frame = new Frame(this, method, fields, classIndex, method.wrapping === true);
    for (const [i, { name }] of method.parameters.entries()) frame.set(name, args[i] as Value);
    return resultOf(runBody(method.body, frame));
  }

  resolve(name: string, on: Call["on"], { classIndex }: Frame): Resolved {
    if (on === "free") {
      const method = this.program.functions.find((one) => one.name === name);
      if (method === undefined) throw new ModelError(`no function ${name}`);
      return { method, classIndex: -1 };
    }
    if (on === "own") {
      const method = this.program.classes[classIndex]?.methods.find((one) => one.name === name);
      if (method === undefined) throw new ModelError(`no private method ${name}`);
      return { method, classIndex };
    }
    return this.#find(name, on === "super" ? classIndex - 1 : this.program.classes.length - 1);
  }

  /** The last class of the line that has it, up to an index. */
  #find(name: string, from: number): Resolved {
    for (let classIndex = from; classIndex >= 0; classIndex--) {
      const method = this.program.classes[classIndex]?.methods.find((one) => one.name === name);
      if (method !== undefined) return { method, classIndex };
    }
    throw new ModelError(`no method ${name}`);
  }

  constant(name: string): Value {
    const value = this.#constants.get(name);
    if (value === undefined) throw new ModelError(`no constant ${name}`);
    return value;
  }

  record(name: string): Record_ {
    const found = [...this.program.events, ...this.program.errors].find((record) => record.name === name);
    if (found === undefined) throw new ModelError(`no record ${name}`);
    return found;
  }

  emit(topic: string, data: string): void {
    this.#events.push({ topic, data });
  }

  /** Arrays do not grow beyond what a call may take. */
  room(length: number): void {
    if (length > MOST_LENGTH) throw new TooLong();
  }

  /** The value, unless it has grown so much that the call is one to leave out. */
  bounded<T extends Value>(value: T): T {
    const length =
      typeof value === "string"
        ? value.length
        : value !== null && typeof value === "object" && "items" in value
          ? value.items.length
          : 0;
    if (length > MOST_LENGTH) throw new TooLong();
    return value;
  }

  step(): void {
    if (++this.#steps > MOST_STEPS) throw new TooLong();
  }

  #storage(caller: string, value: bigint): Storage {
    return {
      read: (key) => this.#entries.get(allowed(key)) ?? "",
      write: (key, encoded) => {
        allowed(key);
        if (encoded === "") this.#entries.delete(key);
        else this.#entries.set(key, encoded);
      },
      caller,
      value,
      self: this.self,
    };
  }
}
