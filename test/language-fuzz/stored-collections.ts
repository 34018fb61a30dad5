// The stored collections as their documentation says they lie in storage: a map's entries under `NAME/` and the key; a list's
// length under its name, its items under `NAME/` and the index; sets and iterable maps with their keys in order under `NAME#`.

import { decode, encode, littleEndian, zeroOf } from "./borsh.js";
import { decodeStored, fail, ModelError } from "./failure.js";
import type { Storage } from "./operations.js";
import { type CollectionType, I32, type Type, type Value } from "./types.js";

type Of<K extends CollectionType["kind"]> = Extract<CollectionType, { kind: K }>;

/** Runs `name` of a collection whose keys begin with `base` (hex digits). */
export function runCollection(
  type: CollectionType,
  base: string,
  name: string,
  args: readonly Value[],
  storage: Storage,
): Value {
  switch (type.kind) {
    case "storage-map":
      return runMap(type, base, name, args, storage);
    case "storage-vec":
      return runVec(type, base, name, args, storage);
    case "storage-set":
      return runSet(type, base, name, args, storage);
    case "iterable-map":
      return runIterable(type, base, name, args, storage);
  }
}

const at = (base: string, separator: "/" | "#", key: string) => base + (separator === "/" ? "2f" : "23") + key;
const index = (position: number) => littleEndian(BigInt(position), 4);

function readValue(type: Type, key: string, storage: Storage): Value {
  const stored = storage.read(key);
  if (stored === "") return zeroOf(type);
  return decodeStored(type, stored);
}

const readCount = (base: string, storage: Storage) => Number(readValue(I32, base, storage));

function writeCount(base: string, count: number, storage: Storage): void {
  storage.write(base, count === 0 ? "" : index(count));
}

/** Positions from `start`, at most `limit`, of a list of `size`. */
function page([start, limit]: readonly Value[], size: number): number[] {
  const from = Math.max(0, Number(start));
  const count = Math.max(0, Math.min(size - from, Number(limit)));
  return Array.from({ length: count }, (_, position) => from + position);
}

function inside(position: Value | undefined, size: number): number {
  const number = Number(position);
  return number < 0 || number >= size ? fail("OutOfRange") : number;
}

function runMap(
  type: Of<"storage-map">,
  base: string,
  name: string,
  [key, value]: readonly Value[],
  storage: Storage,
): Value {
  const entry = at(base, "/", encode(type.key, key as Value));
  const { value: of } = type;
  if (of.kind === "storage-map" || of.kind === "storage-vec" || of.kind === "storage-set" || of.kind === "iterable-map")
    return { base: entry };
  switch (name) {
    case "get":
      return readValue(of, entry, storage);
    case "set":
      storage.write(entry, encode(of, value as Value));
      return null;
    case "has":
      return storage.read(entry) !== "";
    case "delete":
      storage.write(entry, "");
      return null;
    default:
      throw new ModelError(name);
  }
}

function runVec(
  { of }: Of<"storage-vec">,
  base: string,
  name: string,
  args: readonly Value[],
  storage: Storage,
): Value {
  const length = readCount(base, storage);
  const itemAt = (position: number) => at(base, "/", index(position));
  const take = (): Value => {
    const last = readCount(base, storage) - 1;
    if (last < 0) fail("OutOfRange");
    const value = readValue(of, itemAt(last), storage);
    storage.write(itemAt(last), "");
    writeCount(base, last, storage);
    return value;
  };
  switch (name) {
    case "length":
      return BigInt(length);
    case "get":
      return readValue(of, itemAt(inside(args[0], length)), storage);
    case "set":
      storage.write(itemAt(inside(args[0], length)), encode(of, args[1] as Value));
      return null;
    case "push":
      storage.write(itemAt(length), encode(of, args[0] as Value));
      writeCount(base, length + 1, storage);
      return BigInt(length);
    case "pop":
      return take();
    case "swapRemove": {
      const position = inside(args[0], length);
      const last = take();
      if (position === length - 1) return last;
      const value = readValue(of, itemAt(position), storage);
      storage.write(itemAt(position), encode(of, last));
      return value;
    }
    case "page":
      return { items: page(args, length).map((position) => readValue(of, itemAt(position), storage)) };
    default:
      throw new ModelError(name);
  }
}

function runSet(
  { of }: Of<"storage-set">,
  base: string,
  name: string,
  args: readonly Value[],
  storage: Storage,
): Value {
  const size = readCount(base, storage);
  const listed = (position: number) => readValue(of, at(base, "#", index(position)), storage);
  const entry = (item: Value) => at(base, "/", encode(of, item));
  const item = args[0] as Value;
  switch (name) {
    case "size":
      return BigInt(size);
    case "has":
      return storage.read(entry(item)) !== "";
    case "add":
      if (storage.read(entry(item)) !== "") return false;
      storage.write(at(base, "#", index(size)), encode(of, item));
      storage.write(entry(item), index(size + 1));
      writeCount(base, size + 1, storage);
      return true;
    case "delete": {
      if (storage.read(entry(item)) === "") return false;
      const position = Number(readValue(I32, entry(item), storage)) - 1;
      if (position !== size - 1) {
        const moved = listed(size - 1);
        storage.write(at(base, "#", index(position)), encode(of, moved));
        storage.write(entry(moved), index(position + 1));
      }
      storage.write(at(base, "#", index(size - 1)), "");
      storage.write(entry(item), "");
      writeCount(base, size - 1, storage);
      return true;
    }
    case "at":
      return listed(inside(args[0], size));
    case "page":
      return { items: page(args, size).map(listed) };
    default:
      throw new ModelError(name);
  }
}

function runIterable(
  type: Of<"iterable-map">,
  base: string,
  name: string,
  args: readonly Value[],
  storage: Storage,
): Value {
  const size = readCount(base, storage);
  const keyAt = (position: number) => readValue(type.key, at(base, "#", index(position)), storage);
  const entry = (key: Value) => at(base, "/", encode(type.key, key));
  const valueAt = (key: Value): Value => {
    const stored = storage.read(entry(key));
    return stored === "" ? zeroOf(type.value) : decodeStored(type.value, stored.slice(8));
  };
  const position = (key: Value) => Number(decode(I32, storage.read(entry(key)).slice(0, 8)) as bigint);
  const key = args[0] as Value;
  switch (name) {
    case "size":
      return BigInt(size);
    case "has":
      return storage.read(entry(key)) !== "";
    case "get":
      return valueAt(key);
    case "set": {
      const isNew = storage.read(entry(key)) === "";
      if (isNew) {
        storage.write(at(base, "#", index(size)), encode(type.key, key));
        writeCount(base, size + 1, storage);
      }
      storage.write(entry(key), index(isNew ? size + 1 : position(key)) + encode(type.value, args[1] as Value));
      return null;
    }
    case "delete": {
      if (storage.read(entry(key)) === "") return false;
      const place = position(key);
      if (place !== size) {
        const moved = keyAt(size - 1);
        storage.write(at(base, "#", index(place - 1)), encode(type.key, moved));
        storage.write(entry(moved), index(place) + encode(type.value, valueAt(moved)));
      }
      storage.write(at(base, "#", index(size - 1)), "");
      storage.write(entry(key), "");
      writeCount(base, size - 1, storage);
      return true;
    }
    case "keyAt":
      return keyAt(inside(args[0], size));
    case "keys":
      return { items: page(args, size).map(keyAt) };
    case "values":
      return { items: page(args, size).map((each) => valueAt(keyAt(each))) };
    default:
      throw new ModelError(name);
  }
}
