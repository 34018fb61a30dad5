// The contract language in the real machine: types, collections, guards, base contracts. Expected values are worked out by
// hand from the fixture's source.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ContractDefinition } from "../../harness/client/contract-types.js";
import { defineContract } from "../../harness/client/define-contract.js";
import type { Abi } from "../../harness/core/abi.js";
import { address, createQwvm } from "../../harness/index.js";
import { buildFixtures } from "../fixtures/temp-project.js";

// biome-ignore lint/suspicious/noExplicitAny: the fixture's methods, called with right and wrong arguments.
type Loose = Record<string, (...args: any[]) => any>;

const ALICE = address("alice");
const BOB = address("bob");

let definition: ContractDefinition<unknown[], Loose>;
let abi: Abi;
let remove: () => void;
beforeAll(async () => {
  const built = await buildFixtures(["language"]);
  remove = built.remove;
  expect(built.result.diagnostics).toEqual([]);
  expect(built.result.contracts.map(({ name }) => name)).toEqual(["All"]);
  const file = (ending: string) => join(built.root, "build", `language/all${ending}`);
  abi = JSON.parse(readFileSync(file(".abi.json"), "utf8")) as Abi;
  definition = defineContract({ name: abi.name, abi, wasm: pathToFileURL(file(".wasm")) });
});
afterAll(() => remove());

const deploy = () =>
  createQwvm().deploy(definition, [ALICE], { from: ALICE }) as unknown as Loose & {
    as(caller: string): Loose;
    storage(key: string | Uint8Array): Uint8Array | undefined;
    events(): { name: string; args: unknown }[];
  };
let all: ReturnType<typeof deploy>;
beforeEach(() => {
  all = deploy();
});

const call = (name: string, ...args: unknown[]) => (all[name] as Loose[string])(...args);
const callAs = (caller: string, name: string, ...args: unknown[]) => (all.as(caller)[name] as Loose[string])(...args);
const text = (value: string) => new TextEncoder().encode(value);
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");

describe("enums", () => {
  test("are a byte in storage and a name outside", () => {
    expect(call("getColor")).toBe("Green");
    expect(hex(all.storage("color"))).toBe("01");
    call("setColor", "Blue");
    expect(hex(all.storage("color"))).toBe("02");
    expect(call("isBlue")).toBe(true);
    expect(call("colors", ["Red", "Blue"])).toEqual(["Red", "Blue"]);
  });

  test("a number becomes one only if it is a member", () => {
    expect(call("toColor", 0n)).toBe("Red");
    expect(() => call("toColor", 3n)).toThrow(/OutOfRange/);
    expect(() => call("toColor", 2n ** 40n)).toThrow(/OutOfRange/);
  });
});

describe("fixed arrays", () => {
  test("have no length in Borsh, and begin with zero values", () => {
    expect(call("fixed", [1n, 2n])).toEqual([2n, 1n]);
    call("setRoot", 2, new Uint8Array(32).fill(7));
    expect(hex(all.storage("roots"))).toBe("00".repeat(64) + "07".repeat(32) + "00".repeat(32));
    expect(() => call("setRoot", 4, new Uint8Array(32))).toThrow(/OutOfRange/);
    expect(() => call("setRoot", -1, new Uint8Array(32))).toThrow(/OutOfRange/);
  });

  test("lie in structs beside enums", () => {
    const item = { color: "Green", roots: [1, 2, 3], names: ["a", "b"] };
    call("put", 5n, item);
    expect(call("item", 5n)).toEqual(item);
    expect(call("item", 6n)).toEqual({ color: "Red", roots: [0, 0, 0], names: [] });
    // The enum's byte, three u16, then two strings.
    const key = new Uint8Array([...text("items/"), 5, 0, 0, 0, 0, 0, 0, 0]);
    expect(hex(all.storage(key))).toBe("01" + "010002000300" + "02000000" + "0100000061" + "0100000062");
  });
});

describe("collections", () => {
  test("a map of maps", () => {
    call("approve", BOB, 7n);
    expect(call("allowance", ALICE, BOB)).toBe(7n);
    expect(call("allowance", BOB, ALICE)).toBe(0n);
    const bytes = (account: string) => [...Buffer.from(account.slice(2), "hex")];
    const key = new Uint8Array([...text("allowances/"), ...bytes(ALICE), 47, ...bytes(BOB)]);
    expect(hex(all.storage(key))).toBe("0700000000000000");
  });

  test("a map of sets", () => {
    expect([1n, 2n, 3n, 2n].map((id) => call("own", id))).toEqual([true, true, true, false]);
    expect(call("ownedBy", ALICE)).toEqual([1n, 2n, 3n]);
    expect(call("disown", 1n)).toBe(true);
    expect(call("disown", 1n)).toBe(false);
    expect(call("ownedBy", ALICE)).toEqual([3n, 2n]);
    expect(call("ownedBy", BOB)).toEqual([]);
    call("disown", 2n);
    call("disown", 3n);
    expect(call("ownedBy", ALICE)).toEqual([]);
  });

  test("a list with pages", () => {
    expect(["x", "y", "z"].map((item) => call("push", item))).toEqual([0, 1, 2]);
    expect(call("page", 0, 10)).toEqual(["x", "y", "z"]);
    expect(call("page", 1, 1)).toEqual(["y"]);
    expect(call("page", 3, 5)).toEqual([]);
    expect(call("swapRemove", 0)).toBe("x");
    expect(call("page", 0, 10)).toEqual(["z", "y"]);
    expect([call("pop"), call("pop")]).toEqual(["y", "z"]);
    expect(() => call("pop")).toThrow(/OutOfRange/);
    expect(() => call("swapRemove", 0)).toThrow(/OutOfRange/);
    // An empty list leaves nothing behind.
    expect(all.storage("list")).toBeUndefined();
  });

  test("a map with pages", () => {
    for (const [name, value] of [
      ["ann", 1n],
      ["bo", 2n],
      ["cy", 3n],
      ["bo", 22n],
    ])
      call("setMember", name, value);
    expect(call("memberNames", 0, 9)).toEqual(["ann", "bo", "cy"]);
    expect(call("memberValues", 0, 9)).toEqual([1n, 22n, 3n]);
    expect(call("removeMember", "ann")).toBe(true);
    expect(call("removeMember", "zz")).toBe(false);
    expect(call("memberNames", 0, 9)).toEqual(["cy", "bo"]);
    expect(call("memberValues", 1, 9)).toEqual([22n]);
    expect([call("member", "bo"), call("member", "ann")]).toEqual([22n, 0n]);
  });
});

test("a @lazy field is written when it is assigned, with what was changed in place", () => {
  call("setReport", [1n, 2n]);
  expect(call("changeReport")).toBe(3);
  expect(call("getReport")).toEqual([1n, 2n, 7n]);
});

describe("guards", () => {
  test("@only lets the one who is named", () => {
    expect(() => callAs(BOB, "pause")).toThrow(/Unauthorized\(caller/);
    expect(() => callAs(BOB, "transferOwnership", BOB)).toThrow(/Unauthorized/);
    call("transferOwnership", BOB);
    expect(all.events()).toMatchObject([{ name: "OwnerChanged", args: { previous: ALICE, current: BOB } }]);
    callAs(BOB, "pause");
  });

  test("@whenNotPaused, and a guard of the contract's own", () => {
    expect([call("guarded"), call("guarded")]).toEqual([1n, 2n]);
    call("pause");
    expect(() => call("approve", BOB, 1n)).toThrow(/Paused: the contract is paused/);
    expect(() => call("guarded")).toThrow(/reverted: closed/);
  });

  test("stand in the interface, in order", () => {
    expect(abi.methods.find(({ name }) => name === "guarded")?.guards).toEqual([
      { name: "nonReentrant" },
      { name: "guard", args: ["isOpen"] },
    ]);
    expect(abi.methods.find(({ name }) => name === "transferOwnership")).toMatchObject({
      from: "Ownable",
      guards: [{ name: "only", args: ["owner"] }],
    });
  });
});

describe("base contracts", () => {
  test("stand in one line, and a base calls what overrides it", () => {
    expect(abi.bases).toEqual(["Doubler", "Ownable", "Pausable"]);
    // All adds 100 to Doubler's, which doubles Ownable's x + 1: (3 + 1) * 2 + 100.
    expect(call("hooked", 3n)).toBe(108n);
  });

  test("contribute events, errors, state and texts", () => {
    expect(abi.events).toMatchObject([{ name: "OwnerChanged", fields: [{ indexed: true }, {}] }]);
    expect(abi.state.find(({ name }) => name === "owner")).toEqual({ name: "owner", type: "address", from: "Ownable" });
    expect(abi.state.find(({ name }) => name === "owned")).toEqual({
      name: "owned",
      kind: "set",
      type: "u64",
      keys: ["address"],
    });
    expect(() => call("transferOwnership", `0x${"00".repeat(20)}`)).toThrow("The new owner is the zero address.");
  });
});
