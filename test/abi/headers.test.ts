// The names in generated headers, and interfaces that no header can be made of. What the headers do is tested by contracts
// that were compiled with them (test/languages/headers.test.ts).

import { describe, expect, test } from "vitest";
import { asciiName, Scope, snakeCase } from "../../harness/abi/identifiers.js";
import { largestSize, roomFor } from "../../harness/abi/type-sizes.js";
import { namedTypes } from "../../harness/abi/wire-form.js";
import { writeC } from "../../harness/abi/write-c.js";
import { writeRust } from "../../harness/abi/write-rust.js";
import type { Abi, AbiType } from "../../harness/core/abi.js";

const EMPTY: Abi = {
  abiVersion: 1,
  name: "Shop",
  methods: [],
  events: [],
  errors: [],
  structs: [],
  enums: [],
  state: [],
};
const method = (name: string) => ({ name, kind: "execute", params: [], payable: false }) as const;

test.each([
  ["balanceOf", "balance_of"],
  ["URLName", "url_name"],
  ["u256s", "u256s"],
  ["vec2D", "vec2_d"],
  ["already_snake", "already_snake"],
])("%s is %s", (name, expected) => expect(snakeCase(name)).toBe(expected));

test.each([
  ["In progress", "In_progress"],
  ["$a", "_a"],
  ["2nd", "_2nd"],
  ["größe", "gruf6udfe"],
])("%s is written %s", (name, expected) => expect(asciiName(name)).toBe(expected));

test("a scope gives no name twice", () => {
  const scope = new Scope(["call"]);
  expect(["call", "a", "a", "a", "a_"].map((name) => scope.take(name))).toEqual(["call_", "a", "a_", "a_2", "a__"]);
});

describe("names that meet", () => {
  test("methods that are one in the language's fashion, and the module's own", () => {
    const methods = ["getCount", "get_count", "failure", "match", "self"].map(method);
    const rust = writeRust({ ...EMPTY, methods });
    const functions = [...rust.matchAll(/^pub fn (\w+)\($/gm)].map(([, name]) => name);
    expect(functions).toEqual(["get_count", "get_count_", "failure_", "match_", "self_"]);
    // Whatever it is called here, the contract is asked by its own name.
    expect(rust).toContain('call(contract, "getCount", &args, 1024)');
    expect(rust).toContain('call(contract, "get_count", &args, 1024)');
    const c = writeC({ ...EMPTY, methods });
    const inC = [...c.matchAll(/^static inline qw_outcome (shop_\w+)\(/gm)].map(([, name]) => name);
    expect(inC).toEqual(["shop_get_count", "shop_get_count_", "shop_failure", "shop_match", "shop_self"]);
  });

  test("a struct that is named as Rust's own types are, or as a method", () => {
    const structs = [
      { name: "CallError", fields: [] },
      { name: "String", fields: [] },
      { name: "Pay", fields: [] },
    ];
    const rust = writeRust({ ...EMPTY, structs, methods: [method("pay")] });
    expect(rust).toContain("pub struct CallError_ {");
    expect(rust).toContain("pub struct String {");
    const c = writeC({ ...EMPTY, structs, methods: [method("pay")] });
    expect(c).toContain("typedef struct shop_pay shop_pay;");
    expect(c).toContain("static inline qw_outcome shop_pay_(");
  });
});

test("a comment does not end before it is meant to", () => {
  const docs = "Ends */ here\nand /* begins";
  expect(writeC({ ...EMPTY, docs, methods: [{ ...method("a"), docs }] })).not.toMatch(/Ends \*\//);
  expect(writeRust({ ...EMPTY, docs: 'a\n"#![b]' })).toContain('//! a\n//! "#![b]\n');
});

describe("a struct that has itself in itself", () => {
  const loop = (type: AbiType): Abi => ({ ...EMPTY, structs: [{ name: "Loop", fields: [{ name: "inner", type }] }] });
  test.each<[string, AbiType]>([
    ["as it is", { struct: "Loop" }],
    ["in an array of a fixed length", { array: { struct: "Loop" }, length: 2 }],
  ])("%s has no value", (_, type) => {
    for (const write of [writeRust, writeC]) {
      expect(() => write(loop(type))).toThrow("The struct Loop has itself in its field inner, so no value ends.");
    }
  });

  test.each<[AbiType, string]>([
    [{ option: { struct: "Loop" } }, "::core::option::Option<alloc::boxed::Box<Loop>>"],
    [{ array: { struct: "Loop" } }, "alloc::vec::Vec<Loop>"],
  ])("%j ends", (type, rust) => {
    expect(writeRust(loop(type))).toContain(`pub inner: ${rust},`);
    expect(writeC(loop(type))).toContain("struct shop_loop {");
  });
});

test.each<[AbiType, number | undefined]>([
  ["bool", 1],
  ["i128", 16],
  ["address", 20],
  [{ option: "hash" }, 33],
  [{ array: { option: "u16" }, length: 5 }, 15],
  [{ struct: "Pair" }, 9],
  [{ enum: "Level" }, 1],
  ["string", undefined],
  [{ array: "u8" }, undefined],
  [{ struct: "Loop" }, undefined],
])("the most bytes of %j are %s", (type, expected) => {
  const named = namedTypes({
    ...EMPTY,
    structs: [
      {
        name: "Pair",
        fields: [
          { name: "a", type: "u8" },
          { name: "b", type: "u64" },
        ],
      },
      { name: "Loop", fields: [{ name: "next", type: { option: { struct: "Loop" } } }] },
    ],
  });
  expect(largestSize(type, named)).toBe(expected);
});

test("room is made for errors at least, and never for more than 65,536 bytes", () => {
  const rooms = [
    undefined,
    "u64",
    { array: "hash", length: 100 },
    { array: "u8", length: 2 ** 32 - 1 },
    "string",
  ] as const;
  expect(rooms.map((type) => roomFor(type, namedTypes(EMPTY)))).toEqual([1_024, 1_024, 3_200, 65_536, 65_536]);
});
