// The published schema of interfaces: what the compiler writes fits it, and what the reader of hand-written interfaces
// refuses, it refuses, too. The two are written apart from each other, so each is the other's second opinion.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkAbi } from "../../harness/client/check-abi.js";
import { buildProject } from "../client/built-contracts.js";
import { buildFixtures } from "../fixtures/temp-project.js";
import { ROOT } from "../house/source-files.js";
import { checkAgainstSchema } from "../report/json-schema.js";

const SCHEMA = "harness/core/abi.schema.json";
const fits = (abi: unknown): boolean => checkAgainstSchema(abi, SCHEMA).length === 0;
const isRead = (abi: unknown): boolean => {
  try {
    checkAbi(abi, { from: "a test", isRaw: false });
    return true;
  } catch {
    return false;
  }
};

let fixtures: Awaited<ReturnType<typeof buildFixtures>>;
beforeAll(async () => {
  fixtures = await buildFixtures(["echo.ts", "vault.ts", "lib"]);
  expect(fixtures.result.diagnostics).toEqual([]);
});
afterAll(() => fixtures.remove());

test.each(["echo", "vault"])("the interface of %s fits", (name) => {
  const abi = JSON.parse(readFileSync(join(fixtures.root, `build/${name}.abi.json`), "utf8"));
  expect(checkAgainstSchema(abi, SCHEMA)).toEqual([]);
});

test.each(["counter", "token"])("the interface of the example %s fits", async (name) => {
  const project = await buildProject(name);
  const abi = JSON.parse(readFileSync(join(project.root, `build/${name}.abi.json`), "utf8"));
  project.remove();
  expect(checkAgainstSchema(abi, SCHEMA)).toEqual([]);
});

test("the package exports it, and it has an id that is no address", () => {
  const { exports, files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(exports["./abi.schema.json"]).toBe(`./${SCHEMA}`);
  expect(files).toContain(SCHEMA);
  expect(JSON.parse(readFileSync(join(ROOT, SCHEMA), "utf8")).$id).toBe("urn:qwvm:abi:1");
});

const amount = { name: "amount", type: "u64" };
const pay = { name: "pay", kind: "execute", params: [amount] };

describe("accepted", () => {
  test.each<[string, unknown]>([
    ["methods alone", { methods: [] }],
    ["a place of the schema", { $schema: "./abi.schema.json", methods: [pay] }],
    [
      "everything there is",
      {
        abiVersion: 1,
        name: "Shop",
        bases: ["Ownable", "Pausable"],
        sdk: { name: "qwvm", version: "0.1.0" },
        init: { params: [], payable: true, docs: "Opens." },
        methods: [
          {
            ...pay,
            payable: true,
            result: { option: { array: { struct: "Item" }, length: 2 } },
            guards: [{ name: "only", args: ["owner"] }, { name: "whenOpen" }],
            signed: { by: "owner", in: "state", key: "address" },
            from: "Ownable",
            docs: "Pays.",
          },
          { name: "level", kind: "query", payable: false, result: { enum: "Level" } },
        ],
        events: [{ name: "Paid", fields: [{ ...amount, indexed: true }], from: "Ownable" }],
        errors: [{ name: "Poor", code: 4294967295, fields: [amount], message: "{amount} needed" }],
        messages: [{ code: 256, text: "closed" }],
        structs: [{ name: "Item", fields: [{ name: "next", type: { option: { struct: "Item" } } }] }],
        enums: [{ name: "Level", variants: ["Low", "High"], docs: "Levels." }],
        state: [
          { name: "prices", kind: "map", type: "u256", keys: ["address", "u32"] },
          { name: "items", kind: "vec", type: { struct: "Item" } },
        ],
        docs: "Sells.",
      },
    ],
  ])("%s", (_, abi) => {
    expect(checkAgainstSchema(abi, SCHEMA)).toEqual([]);
    expect(isRead(abi)).toBe(true);
  });
});

describe("refused", () => {
  const typed = (type: unknown) => ({ methods: [{ ...pay, params: [{ name: "a", type }] }] });
  test.each<[string, unknown]>([
    ["no object", []],
    ["no methods", { name: "A" }],
    ["another version", { abiVersion: 2, methods: [] }],
    ["a name that is empty", { name: "", methods: [] }],
    ["a key that is none", { methods: [], method: [] }],
    ["a kind that is none", { methods: [{ ...pay, kind: "call" }] }],
    ["a constructor among the methods", { methods: [{ ...pay, kind: "init" }] }],
    ["a method without a name", { methods: [{ kind: "query" }] }],
    ["a name with a space", { methods: [{ ...pay, name: "pay me" }] }],
    ["a query that takes value", { methods: [{ name: "q", kind: "query", payable: true }] }],
    ["guards that are texts", { methods: [{ ...pay, guards: ["only"] }] }],
    ["a guard without a name", { methods: [{ ...pay, guards: [{ args: [] }] }] }],
    ["a signature of nobody", { methods: [{ ...pay, signed: { in: "params", key: "address" } }] }],
    ["a signature by what is nowhere", { methods: [{ ...pay, signed: { by: "a", in: "event", key: "address" } }] }],
    ["a type that is none", typed("u65")],
    ["a type in capitals", typed("Address")],
    ["a type without form", typed({})],
    ["a type of two forms", typed({ option: "u8", array: "u8" })],
    ["a length that is broken", typed({ array: "u8", length: 1.5 })],
    ["a length below zero", typed({ array: "u8", length: -1 })],
    ["a length without an array", typed({ option: "u8", length: 2 })],
    ["a field that is not indexed", { methods: [], events: [{ name: "E", fields: [{ ...amount, indexed: false }] }] }],
    ["an error without a code", { methods: [], errors: [{ name: "E" }] }],
    ["a code of 33 bits", { methods: [], errors: [{ name: "E", code: 2 ** 32 }] }],
    ["a message without a text", { methods: [], messages: [{ code: 300 }] }],
    ["an enum without variants", { methods: [], enums: [{ name: "E", variants: [] }] }],
    ["an enum with twins", { methods: [], enums: [{ name: "E", variants: ["A", "A"] }] }],
    ["a slot of no kind", { methods: [], state: [{ name: "s", type: "u8", kind: "list" }] }],
    ["keys that are no list", { methods: [], state: [{ name: "s", type: "u8", kind: "map", keys: "u8" }] }],
    ["bases that are no list", { methods: [], bases: "Ownable" }],
    ["docs that are no text", { methods: [], docs: ["a"] }],
    ["half an sdk", { methods: [], sdk: { name: "qwvm" } }],
  ])("%s", (_, abi) => {
    expect(fits(abi)).toBe(false);
    expect(isRead(abi)).toBe(false);
  });
});
