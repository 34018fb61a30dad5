// One running method of the model: its variables, and the fields of the contract that runs it.

import { decode, encode, utf8Hex, zeroOf } from "./borsh.js";
import { decodeStored, ModelError } from "./failure.js";
import type { Machine } from "./machine.js";
import type { Storage } from "./operations.js";
import type { Method } from "./program.js";
import { type CollectionValue, isShared, type ListValue, type ObjectValue, type Type, type Value } from "./types.js";

/** The fields of a contract while a call of it runs: read when they are first used, written at its end if they have changed. */
export class Fields {
  readonly #values = new Map<string, Value>();
  readonly #written = new Map<string, string>();

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
    const value = stored === "" ? zeroOf(type) : decodeStored(type, stored);
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
      this.#written.set(name, encoded);
      const before = this.storage.read(utf8Hex(name));
      if (encoded !== (before === "" ? encode(type, zeroOf(type)) : before)) this.storage.write(utf8Hex(name), encoded);
    }
  }

  /** After another contract has run: values are read again, and objects changed to what is stored now, in place. */
  refresh(): void {
    const shared: { name: string; type: Type; stored: string }[] = [];
    for (const name of this.types.keys()) {
      const value = this.#values.get(name);
      if (value === undefined) continue;
      const type = this.#type(name);
      if (!isShared(type) && type.kind !== "option") {
        this.#values.delete(name);
        continue;
      }
      const read = this.storage.read(utf8Hex(name));
      const stored = read === "" ? encode(type, zeroOf(type)) : read;
      shared.push({ name, type, stored });
      // The objects that are there have been written before the call.
      if (this.#written.get(name) !== stored)
        this.#values.set(name, refreshed(type, value, decode(type, stored) as Value));
    }
    // One object cannot hold the values of two fields.
    for (const { name, type, stored } of shared)
      if (encode(type, this.#values.get(name) as Value) !== stored)
        this.#values.set(name, decode(type, stored) as Value);
  }

  #type(name: string): Type {
    const type = this.types.get(name);
    if (type === undefined) throw new ModelError(`no field ${name}`);
    return type;
  }
}

/** What is read, in the objects that are there already. */
function refreshed(type: Type, value: Value, fresh: Value): Value {
  if (value === null || fresh === null || !isShared(type)) return fresh;
  if (type.kind === "option") return refreshed(type.of, value, fresh);
  if (type.kind === "struct") {
    const [kept, read] = [(value as ObjectValue).fields, (fresh as ObjectValue).fields];
    for (const field of type.fields)
      kept[field.name] = refreshed(field.type, kept[field.name] as Value, read[field.name] as Value);
  } else {
    const { of } = type as { of: Type };
    const [kept, read] = [(value as ListValue).items, (fresh as ListValue).items];
    kept.length = Math.min(kept.length, read.length);
    for (const [i, item] of read.entries()) kept[i] = i < kept.length ? refreshed(of, kept[i] as Value, item) : item;
  }
  return value;
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
