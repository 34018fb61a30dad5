// The model's chain for generated classes: contracts with entries and balances, calls of their methods from outside with all
// that is asked before a body runs, and what a failure undoes.

import { decodeAll, encode, utf8Hex, zeroOf } from "../borsh.js";
import { decodeStored, fail, ModelError, ModelFailure } from "../failure.js";
import type { Storage } from "../operations.js";
import type { Type, Value } from "../types.js";

/** What a signed call carries behind its arguments, as the model sees it. */
export interface Signature {
  readonly nonce: bigint;
  /** The address of the key that made it, hex digits. */
  readonly by: string;
  /** Whether it is over this very call. */
  readonly isRight: boolean;
}

/** A running call of a contract. */
export interface Call {
  readonly world: World;
  readonly at: Deployed;
  /** Hex digits, as all addresses here. */
  readonly caller: string;
  readonly value: bigint;
  readonly signature?: Signature | undefined;
}

export interface Guard {
  before(call: Call, args: readonly Value[]): void;
  after?(call: Call): void;
}

/** A method as it is called from outside. */
export interface Door {
  readonly name: string;
  readonly kind: "execute" | "query";
  readonly payable: boolean;
  readonly isSigned: boolean;
  readonly params: readonly Type[];
  readonly result: Type;
  /** In the order in which they are asked. */
  readonly guards: readonly Guard[];
  run(call: Call, args: readonly Value[]): Value;
}

/** The fields of a contract that are values, by name. */
export type FieldTypes = ReadonlyMap<string, Type>;

/** A contract of the model with what it has stored. */
export class Deployed {
  entries = new Map<string, string>();

  readonly address: string;
  readonly doors: ReadonlyMap<string, Door>;
  readonly fields: FieldTypes;

  constructor(address: string, doors: readonly Door[], fields: FieldTypes) {
    this.address = address;
    this.doors = new Map(doors.map((door) => [door.name, door]));
    this.fields = fields;
  }

  get(name: string): Value {
    const stored = this.entries.get(utf8Hex(name));
    const type = this.#type(name);
    return stored === undefined ? zeroOf(type) : decodeStored(type, stored);
  }

  set(name: string, value: Value): void {
    this.entries.set(utf8Hex(name), encode(this.#type(name), value));
  }

  /** All that is stored; fields that hold their zeros are as if nothing were. */
  text(): string {
    const zeros = new Map([...this.fields].map(([name, type]) => [utf8Hex(name), encode(type, zeroOf(type))]));
    return [...this.entries]
      .filter(([key, value]) => zeros.get(key) !== value)
      .sort()
      .join();
  }

  /** What stored collections use. */
  get storage(): Storage {
    return {
      read: (key) => this.entries.get(key) ?? "",
      write: (key, encoded) => void (encoded === "" ? this.entries.delete(key) : this.entries.set(key, encoded)),
      caller: "",
      value: 0n,
      self: this.address,
    };
  }

  #type(name: string): Type {
    const type = this.fields.get(name);
    if (type === undefined) throw new ModelError(`no field ${name}`);
    return type;
  }
}

export interface Ended {
  /** Undefined on success; else revert data as hex digits, or "trap". */
  readonly failure: string | undefined;
  readonly result: string;
  readonly events: readonly { readonly topic: string; readonly data: string }[];
}

/** Contracts nest 64 calls; those of the model have to stay far from it. */
const MOST_DEPTH = 12;

/** What a failure goes back to. */
interface Saved {
  readonly entries: readonly (readonly [Deployed, ReadonlyMap<string, string>])[];
  readonly balances: ReadonlyMap<string, bigint>;
  readonly events: number;
}

export class World {
  readonly contracts = new Map<string, Deployed>();
  readonly balances = new Map<string, bigint>();
  events: { topic: string; data: string }[] = [];
  #depth = 0;

  balanceOf(address: string): bigint {
    return this.balances.get(address) ?? 0n;
  }

  /** Moves an amount; false if there is too little. */
  pay(from: string, to: string, amount: bigint): boolean {
    if (this.balanceOf(from) < amount) return false;
    this.balances.set(from, this.balanceOf(from) - amount);
    this.balances.set(to, this.balanceOf(to) + amount);
    return true;
  }

  emit(topic: string, data: string): void {
    this.events.push({ topic, data });
  }

  /** A transaction or a query from outside; it happens as a whole or not at all. */
  transact(
    from: string,
    to: string,
    method: string,
    args: string,
    value: bigint,
    asQuery: boolean,
    signature?: Signature,
  ): Ended {
    this.events = [];
    this.#depth = 0;
    const before = this.#save();
    const outcome = this.call(from, to, method, args, value, signature);
    if (asQuery || outcome.failure !== undefined) this.#restore(before);
    return {
      failure: outcome.failure,
      result: outcome.failure === undefined ? outcome.data : "",
      events: outcome.failure === undefined ? [...this.events] : [],
    };
  }

  /** A call of a method, which undoes what it did when it fails. `args` are encoded. */
  call(
    from: string,
    to: string,
    method: string,
    args: string,
    value = 0n,
    signature?: Signature,
  ): { failure: string | undefined; data: string } {
    const before = this.#save();
    if (++this.#depth > MOST_DEPTH) throw new ModelError("calls without end");
    try {
      const at = this.contracts.get(to);
      const door = at?.doors.get(method);
      if (at === undefined) throw new ModelError(`nothing at ${to}`);
      if (door === undefined) fail("UnknownMethod");
      if (value > 0n && (door.kind === "query" || !door.payable)) fail("NotPayable");
      if (value > 0n && !this.pay(from, to, value)) throw new ModelError("too little to send");
      const values = decodeAll(door.params, args);
      if (values === undefined) fail("BadArguments");
      const call: Call = { world: this, at, caller: from, value, signature };
      for (const guard of door.guards) guard.before(call, values);
      const result = door.run(call, values);
      for (const guard of [...door.guards].reverse()) guard.after?.(call);
      return { failure: undefined, data: encode(door.result, result) };
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      this.#restore(before);
      return { failure: error.data, data: error.data === "trap" ? "" : error.data };
    } finally {
      this.#depth--;
    }
  }

  #save(): Saved {
    const entries = [...this.contracts.values()].map((one) => [one, new Map(one.entries)] as const);
    return { entries, balances: new Map(this.balances), events: this.events.length };
  }

  #restore({ entries, balances, events }: Saved): void {
    for (const [one, kept] of entries) one.entries = new Map(kept);
    this.balances.clear();
    for (const [address, amount] of balances) this.balances.set(address, amount);
    this.events.length = events;
  }
}
