// One running method of the model: its variables, and the fields of the contract that runs it.

import { decode, encode, utf8Hex, zeroOf } from "./borsh.js";
import { fail, ModelError } from "./failure.js";
import type { Machine } from "./machine.js";
import type { Storage } from "./operations.js";
import type { Method } from "./program.js";
import type { CollectionValue, Type, Value } from "./types.js";

/** The fields of a contract while a call of it runs: read when they are first used, written at its end if they have changed. */
export class Fields {
  readonly #values = new Map<string, Value>();

  readonly types: ReadonlyMap<string, Type>;
  readonly storage: Storage;

  constructor(types: ReadonlyMap<string, Type>, storage: Storage) {
    this.types = types;
    this.storage = storage;
  }

  read(name: string): Value {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const stored = this.storage.read(utf8Hex(name));
    const type = this.#type(name);
    const value = stored === "" ? zeroOf(type) : (decode(type, stored) ?? fail("BadStoredData"));
    this.#values.set(name, value);
    return value;
  }

  write(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  flush(): void {
    for (const [name, value] of this.#values) {
      const type = this.#type(name);
      const encoded = encode(type, value);
      const before = this.storage.read(utf8Hex(name));
      if (encoded !== (before === "" ? encode(type, zeroOf(type)) : before)) this.storage.write(utf8Hex(name), encoded);
    }
  }

  #type(name: string): Type {
    const type = this.types.get(name);
    if (type === undefined) throw new ModelError(`no field ${name}`);
    return type;
  }
}

export class Frame {
  readonly #locals = new Map<string, Value>();

  readonly machine: Machine;
  readonly method: Method;
  readonly fields: Fields;
  readonly classIndex: number;
  readonly wrapping: boolean;

  constructor(machine: Machine, method: Method, fields: Fields, classIndex: number, wrapping: boolean) {
    this.machine = machine;
    this.method = method;
    this.fields = fields;
    this.classIndex = classIndex;
    this.wrapping = wrapping;
  }

  get storage(): Storage {
    return this.fields.storage;
  }

  get(name: string): Value {
    const value = this.#locals.get(name);
    if (value === undefined) throw new ModelError(`${this.method.name} has no ${name}`);
    return value;
  }

  /** Names of variables are there once in a method. */
  set(name: string, value: Value): void {
    this.#locals.set(name, value);
  }

  readField(name: string): Value {
    return this.fields.read(name);
  }

  writeField(name: string, value: Value): void {
    this.fields.write(name, value);
  }

  collectionAt(name: string): CollectionValue {
    return { base: utf8Hex(name) };
  }
}
