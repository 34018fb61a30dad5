// Items that were never set read as zero where there is one that nothing can change, or end the call; places outside of an
// array or a text end it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ContractClient } from "../../harness/client/contract-types.js";
import { defineContract } from "../../harness/client/define-contract.js";
import type { Abi } from "../../harness/core/abi.js";
import { createQwvm } from "../../harness/index.js";
import { buildFixtures } from "../fixtures/temp-project.js";

// biome-ignore lint/suspicious/noExplicitAny: the methods of a fixture, whose results are compared whole.
type Loose = Record<Lists | "structs" | "readStruct" | "sum" | "callback" | "popped" | Stored | "place", any>;
type Lists = "numbers" | "texts" | "bytes" | "addresses" | "hashes";
type Stored = "storeStructs" | "storeGap" | "stored" | "storedNotes" | "refill" | "refilled";

let built: Awaited<ReturnType<typeof buildFixtures>>;
let items: ContractClient<Loose>;
beforeAll(async () => {
  built = await buildFixtures(["memory/items.ts"]);
  expect(built.result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});
afterAll(() => built.remove());
beforeEach(() => {
  const file = (ending: string) => join(built.root, "build", `memory/items${ending}`);
  const abi = JSON.parse(readFileSync(file(".abi.json"), "utf8")) as Abi;
  const definition = defineContract<unknown[], Loose>({ name: abi.name, abi, wasm: pathToFileURL(file(".wasm")) });
  items = createQwvm().deploy(definition, []);
});

describe("items that were never set", () => {
  test.each<[Lists, unknown]>([
    ["numbers", 0n],
    ["texts", ""],
    ["bytes", new Uint8Array()],
    ["addresses", `0x${"00".repeat(20)}`],
    ["hashes", new Uint8Array(32)],
  ])("%s are zero", (method, zero) => {
    expect(items[method](9)).toEqual(new Array(9).fill(zero));
    expect(items[method](0)).toEqual([]);
  });

  test("are zero to what reads them one by one", () => {
    expect(items.sum(5)).toBe(1n);
  });

  test("end the call where they would be objects", () => {
    expect(items.structs(0)).toEqual([]);
    expect(() => items.structs(3)).toThrow(/NullValue/);
    expect(() => items.readStruct(1)).toThrow(/NullValue/);
    expect(() => items.callback(1)).toThrow(/NullValue/);
    expect(() => items.popped(1)).toThrow(/NullValue/);
    expect(() => items.storeStructs(1)).toThrow(/NullValue/);
    expect(items.callback(0)).toBe(0n);
  });

  test("lie in stored arrays, too", () => {
    items.storeGap(2);
    expect(items.stored()).toEqual([0n, 0n, 1n]);
    expect(items.storedNotes()).toEqual(["", "", "there"]);
    items.refill([9n, 8n, 7n], 2, 1n);
    expect(items.refilled()).toEqual([0n, 0n, 1n]);
  });
});

describe("places outside", () => {
  const OUTSIDE = [3, 4, 2 ** 31 - 1, -1, -4, -(2 ** 31)];

  test.each([0, 2, 3, 4, 7])("of arrays (%i)", (kind) => {
    for (const i of OUTSIDE) expect(() => items.place(kind, i)).toThrow(/trapped: unreachable|OutOfRange/);
  });

  test("from the end, with at", () => {
    expect([1, -3].map((i) => items.place(1, i))).toEqual([8n, 7n]);
    expect(items.place(6, -1)).toBe(1n);
    for (const kind of [1, 6]) {
      for (const i of [3, -4, 2 ** 31 - 1, -(2 ** 31)]) expect(() => items.place(kind, i)).toThrow(/unreachable/);
    }
  });

  test("behind an array that is set make it longer, before it end the call", () => {
    expect(items.place(5, 9)).toBe(10n);
    for (const i of [-1, -(2 ** 31), 2 ** 31 - 1]) expect(() => items.place(5, i)).toThrow(/trapped/);
  });

  test("are left out of slices", () => {
    // Of three: from 1 on two, one, one; from far behind none; from far before all, none or one.
    expect([1, 2 ** 30, -(2 ** 30)].map((i) => items.place(8, i))).toEqual([4n, 0n, 4n]);
    expect([1, 2 ** 31 - 1, -(2 ** 31)].map((i) => items.place(9, i))).toEqual([6n, 0n, 9n]);
  });
});
