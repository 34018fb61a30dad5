// JSON as the command line takes it: exact numbers, keys given once, problems with their place; and interfaces by hand.

import { describe, expect, test } from "vitest";
import { checkAbi } from "../../harness/client/check-abi.js";
import { codecOf } from "../../harness/client/codec.js";
import { JsonNumber, parseJson, toPlain } from "../../harness/client/json-text.js";
import { argumentsOfJson, jsonOfValue } from "../../harness/client/json-values.js";
import { address } from "../../harness/client/machine.js";
import { createQwvm } from "../../harness/client/qwvm.js";
import type { AbiType } from "../../harness/core/abi.js";
import { QwvmError } from "../../harness/core/errors.js";
import { assemble } from "../fixtures/wat.js";

function refusal(run: () => unknown): QwvmError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(QwvmError);
    return error as QwvmError;
  }
  throw new Error("nothing was thrown");
}

describe("parseJson", () => {
  test.each([
    '{"a": [1, -2.5, 1e3, true, false, null, "x\\n\\u00e9\\"/"], "b": {}, "": []}',
    " [ ] ",
    '"\\ud83d\\ude00 and \u00ff\u007f"',
    "0",
    "-0.0e-1",
    '{"__proto__": 1, "constructor": 2}',
  ])("reads %s as JSON.parse does", (text) => {
    expect(toPlain(parseJson(text, "it"))).toEqual(JSON.parse(text));
  });

  test("keeps the digits of numbers", () => {
    expect(parseJson("18446744073709551615", "it")).toEqual(new JsonNumber("18446744073709551615"));
  });

  test.each([
    ["", "character 1 a value was expected, but the text ends"],
    ['{"a": 1', "character 8 a comma or } was expected, but the text ends"],
    ["{a: 1}", 'character 2 a key in "double quotes" was expected, but found "a: 1}"'],
    ['{"a": 1,}', "character 9 a key"],
    ["[1, 2,]", 'character 7 a value was expected, but found "]"'],
    ["[1] 2", 'character 5 nothing more was expected, but found "2"'],
    ["01", "character 2 nothing more"],
    ['{"a": 1, "a": 2}', 'character 10 the key "a" is given twice'],
    ['["a\nb"]', "character 4 a text has a control character"],
    ['["a', "character 2 a text does not end"],
    ['[\n  "\\x"]', "line 2, character 3 a text"],
    ["[".repeat(500), "there are more than 200 levels"],
    ["NaN", "a value was expected"],
  ])("%j: %s", (text, problem) => {
    const error = refusal(() => parseJson(text, "The argument"));
    expect(error.code).toBe("BAD_JSON");
    expect(error.message).toContain(`The argument is not JSON: at `);
    expect(error.message).toContain(problem);
  });
});

const TYPES = {
  structs: [
    {
      name: "Point",
      fields: [
        { name: "x", type: "i32" as const },
        { name: "label", type: { option: "string" as const } },
      ],
    },
  ],
  enums: [{ name: "Color", variants: ["Red", "Green"] }],
};

describe("argumentsOfJson", () => {
  const read = (type: AbiType, json: string) =>
    argumentsOfJson(TYPES, [{ name: "v", type }], parseJson(`{"v": ${json}}`, "it"), "C.m")[0];

  test.each<[AbiType, string, unknown]>([
    ["u8", "255", 255],
    ["i8", '"-128"', -128],
    ["u32", "5.0", 5],
    ["u32", "5e3", 5000],
    ["u64", "9007199254740991", 9007199254740991n],
    ["u64", '"18446744073709551615"', 2n ** 64n - 1n],
    ["i256", `"-${2n ** 255n}"`, -(2n ** 255n)],
    ["bool", "true", true],
    ["string", '"text"', "text"],
    ["bytes", '"0x00fF"', Uint8Array.of(0, 255)],
    [{ array: "u8" }, '"0x0102"', Uint8Array.of(1, 2)],
    [{ array: "u8" }, "[1, 2]", [1, 2]],
    [{ array: "u64", length: 2 }, '[1, "2"]', [1n, 2n]],
    ["hash", `"0x${"ab".repeat(32)}"`, new Uint8Array(32).fill(0xab)],
    ["address", `"0x${"AB".repeat(20)}"`, `0x${"AB".repeat(20)}`],
    ["address", '"alice"', address("alice")],
    [{ option: "u64" }, "null", null],
    [{ struct: "Point" }, '{"label": null, "x": -1}', { x: -1, label: null }],
    [{ enum: "Color" }, '"Green"', "Green"],
  ])("%j of %s", (type, json, value) => {
    expect(read(type, json)).toEqual(value);
  });

  test.each<[AbiType, string, RegExp]>([
    ["u64", "9007199254740992", /^C\.m: v \(u64\) is 9007199254740992\.\n.*Write it as a string: "9007199254740992"/],
    ["u64", "18446744073709551615", /Write it as a string: "18446744073709551615"/],
    ["u64", "9007199254740991.4", /is 9007199254740991\.4\.\nWrite a whole number/],
    ["u64", "1e30", /digit by digit/],
    ["u64", "0.99999999999999999999", /Write a whole number/],
    ["u8", "256", /v \(u8\) is 256\.\nIt is a whole number from 0 to 255/],
    ["u64", '"18446744073709551616"', /from 0 to 2\^64 - 1/],
    ["i64", '"-9223372036854775809"', /from -2\^63 to 2\^63 - 1/],
    ["u64", '"0x10"', /decimal digits/],
    ["u64", "true", /is true/],
    ["bool", "1", /Write true or false/],
    ["string", "5", /double quotes/],
    ["bytes", '"0x123"', /even number of hex digits/],
    ["hash", '"0x12"', /64 hex digits/],
    ["address", '"0x12"', /40 hex digits, or a label/],
    ["address", `"Ox${"ab".repeat(20)}"`, /40 hex digits/],
    [{ array: "u64", length: 2 }, "[1]", /Give 2 items, not 1/],
    [{ array: "u64" }, "[1, -1]", /v\[1\] \(u64\) is -1/],
    [{ struct: "Point" }, '{"x": 1}', /v\.label \(string \| null\) is missing/],
    [{ struct: "Point" }, '{"x": 1, "lable": null}', /no field v\.lable\.\nDid you mean "label"/],
    [{ enum: "Color" }, '"Blue"', /Its values are "Red", "Green"/],
  ])("%j of %s is refused", (type, json, message) => {
    const error = refusal(() => read(type, json));
    expect(error.code).toBe("BAD_ARGUMENT");
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/Its arguments look like '\{"v": /);
  });

  test("no object, and an unknown parameter", () => {
    const params = [{ name: "amount", type: "u64" as const }];
    const read = (json: string) => () => argumentsOfJson(TYPES, params, parseJson(json, "it"), "C.m");
    expect(refusal(read("[5]")).message).toMatch(/as a JSON object, but got \[5\]\.\nWrite '\{"amount": 5\}'/);
    expect(refusal(read('{"amout": 5}')).message).toMatch(/no parameter amout\.\nDid you mean "amount"\?/);
  });

  test("what a contract answers is JSON again", () => {
    const value = { a: 5n, b: 2n ** 53n, c: [Uint8Array.of(1, 255)], d: null, e: "x", f: -1n };
    expect(jsonOfValue(value)).toEqual({ a: 5, b: "9007199254740992", c: ["0x01ff"], d: null, e: "x", f: -1 });
  });
});

describe("an interface written by hand", () => {
  const check = (abi: unknown, isRaw = false) => checkAbi(abi, { from: "c.abi.json", isRaw });
  const method = { name: "add", kind: "execute", params: [{ name: "n", type: "u64" }] };

  test("needs its methods alone; what is left out is empty", () => {
    expect(check({ methods: [method] })).toEqual({
      abiVersion: 1,
      name: "Contract",
      methods: [{ ...method, payable: false }],
      events: [],
      errors: [],
      structs: [],
      enums: [],
      state: [],
    });
    const full = {
      methods: [{ name: "paint", kind: "execute", params: [{ name: "c", type: { enum: "Color" } }] }],
      enums: [{ name: "Color", variants: ["Red", "Green"] }],
      init: { params: [] },
    };
    // An enum is one byte.
    expect(codecOf(check(full)).method("paint").encodeArgs(["Green"])).toEqual(Uint8Array.of(1));
  });

  test.each<[unknown, string, RegExp]>([
    [[], "it is []", /an object with the keys/],
    [{}, "methods is missing", /"methods" is an array/],
    [{ methods: {} }, "methods is {", /array/],
    [{ methods: [], methodes: [] }, "methodes is not a key", /Did you mean "methods"\?/],
    [{ abiVersion: 2, methods: [] }, "abiVersion is 2", /reads 1/],
    [{ methods: [{ ...method, kind: "write" }] }, 'methods[0].kind is "write"', /"execute" or "query"/],
    [{ methods: [{ ...method, kind: "init" }] }, 'methods[0].kind is "init"', /stands under "init"/],
    [{ methods: [{ ...method, name: "" }] }, 'methods[0].name is ""', /Write a name/],
    [{ methods: [method, method] }, 'methods[1] is a second "add"', /must differ/],
    [{ methods: [{ ...method, parms: [] }] }, "methods[0].parms is not a key", /Did you mean "params"\?/],
    [{ methods: [{ ...method, params: [{ name: "n" }] }] }, "methods[0].params[0].type is missing", /Types are "u64"/],
    [{ methods: [{ ...method, result: "u46" }] }, 'methods[0].result is "u46"', /Did you mean/],
    [{ methods: [{ ...method, result: { option: { arry: "u8" } } }] }, "methods[0].result.option is {", /Types are/],
    [
      { methods: [{ ...method, result: { array: "u8", length: -1 } }] },
      "methods[0].result.length is -1",
      /whole number/,
    ],
    [{ methods: [{ ...method, result: { struct: "P" } }] }, 'methods[0].result names the struct "P"', /"structs"/],
    [
      { methods: [{ ...method, result: { enum: "Colour" } }], enums: [{ name: "Color", variants: ["Red"] }] },
      'methods[0].result names the enum "Colour"',
      /Did you mean "Color"\?/,
    ],
    [{ methods: [{ ...method, payable: 1 }] }, "methods[0].payable is 1", /true or false/],
    [{ methods: [], enums: [{ name: "E", variants: [] }] }, "enums[0].variants is []", /1 to 256 names/],
    [{ methods: [], errors: [{ name: "E", fields: [] }] }, "errors[0].code is missing", /u32/],
    [{ methods: [], init: { result: "u64" } }, "init.result is given", /returns nothing/],
  ])("%j: %s", (abi, problem, hint) => {
    const error = refusal(() => check(abi));
    expect(error.code).toBe("BAD_ABI");
    expect(error.message).toContain(`The interface in c.abi.json is wrong: ${problem}`);
    expect(error.hint).toMatch(hint);
  });

  test("of a raw module, describes what its query can answer", () => {
    const query = { name: "get", kind: "query", params: [], result: "u64" };
    expect(check({ methods: [query] }, true).methods).toHaveLength(1);
    expect(refusal(() => check({ methods: [{ ...query, result: "u32" }] }, true)).message).toContain(
      "methods[0].result",
    );
    expect(refusal(() => check({ methods: [{ ...method, result: "u64" }] }, true)).hint).toMatch(/ignores/);
  });

  test("is checked by deployWasm, and so is a module's own", () => {
    const exports = `(memory (export "memory") 1) (func (export "init")) (func (export "execute") (param i32 i32 i32 i32))
      (func (export "query") (param i32 i32) (result i64) i64.const 0)`;
    const deploy = (more: string, abi?: unknown) => () =>
      createQwvm().deployWasm(assemble(`(module ${exports} ${more})`), abi === undefined ? {} : { abi: abi as never });
    expect(refusal(deploy("", { methods: 5 })).message).toContain("The interface in deployWasm's option abi is wrong");
    const own = refusal(deploy('(@custom "qwvm.abi" "{}")'));
    expect([own.code, own.message]).toEqual(["BAD_ABI", expect.stringContaining("section qwvm.abi is wrong: methods")]);
    expect(refusal(deploy('(@custom "qwvm.abi" "nonsense")')).message).toContain("is not JSON");
  });
});
