// Modules that are too much of something: locals, nesting, branches, types, names. Each is refused or runs, and none keeps
// the machine, or the engine under it, busy out of proportion. The engine's own limits never show.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { QwvmError } from "../../harness/core/errors.js";
import { alice, assemble, tryDeploy } from "../fixtures/wat.js";
import { expectContained, raw } from "./contained.js";
import { body, concat, contractBytes, each, leb, name, repeat, section } from "./module-bytes.js";

const BLOCK = [0x02, 0x40];
const LOOP = [0x03, 0x40];
/** i32.const 0, if. */
const IF = [0x41, 0x00, 0x04, 0x40];
const ELSE = 0x05;
const END = 0x0b;
const BR_TABLE = 0x0e;
const NO_LOCALS = 0x00;
const locals = (count: number, type = 0x7e): number[] => [1, ...leb(count), type];

describe("locals", () => {
  test.each([49_901, 49_996, 50_000, 50_001, 4_294_967_295])("%i in one function are refused", (count) => {
    // `execute` has four parameters, which the engine counts as well.
    const ending = expectContained(contractBytes({ execute: [...locals(count - 4), END] }));
    expect(["CODE_TOO_LARGE", "INVALID_WASM"]).toContain(ending.refused);
  });

  test("as many as are allowed do not fit the stack, whose limit is the machine's", () => {
    // Four parameters and 49,896 locals: far more than 65,536 bytes.
    expect(expectContained(contractBytes({ execute: [...locals(49_896), END] }))).toEqual({
      status: "trapped",
      code: "stack overflow",
      gasUsed: 0,
    });
  });

  test("groups that add up beyond 2^32 are refused", () => {
    const groups = concat([2], leb(4_294_967_295), [0x7f], leb(4_294_967_295), [0x7f], [END]);
    expect(expectContained(contractBytes({ execute: groups })).refused).toBe("INVALID_WASM");
  });
});

describe("nesting", () => {
  test.each([
    ["blocks", BLOCK, []],
    ["loops", LOOP, []],
    ["ifs", IF, []],
    ["ifs with else", IF, [ELSE]],
  ])("100,000 %s inside of each other", (_name, open, between) => {
    const code = concat([NO_LOCALS], repeat(100_000, open), repeat(100_000, [...between, END]), [END]);
    expect(expectContained(contractBytes({ execute: code })).refused).toBe("CODE_TOO_LARGE");
  });

  test("2,000 blocks and loops inside of each other run, at one gas each and one for each end", () => {
    const code = concat([NO_LOCALS], repeat(1_000, [...BLOCK, ...LOOP]), repeat(2_000, [END]), [END]);
    expect(expectContained(contractBytes({ execute: code }))).toMatchObject({ status: "success", gasUsed: 4_001 });
  });

  test("100,000 nested blocks in a module that is not valid: the search for its fault ends", () => {
    const code = concat([NO_LOCALS], repeat(100_000, BLOCK), [0x6a], repeat(100_000, [END]), [END]);
    expect(expectContained(contractBytes({ execute: code })).refused).toBe("INVALID_WASM");
  });
});

describe("br_table", () => {
  const table = (count: number): Uint8Array =>
    contractBytes({ execute: concat([NO_LOCALS, 0x41, 0, BR_TABLE], leb(count), repeat(count, [0]), [0, END]) });

  test("100,000 targets are more than any engine takes", () => {
    expect(expectContained(table(100_000)).refused).toBe("INVALID_WASM");
  });

  test("65,000 targets: const, br_table", () => {
    expect(expectContained(table(65_000))).toMatchObject({ status: "success", gasUsed: 2 });
  });

  test("a length that the module does not have", () => {
    const code = concat([NO_LOCALS, 0x41, 0, BR_TABLE], leb(4_294_967_295), [0, END]);
    expect(expectContained(contractBytes({ execute: code })).refused).toBe("INVALID_WASM");
  });
});

describe("what a compiler notes for every slot at every meeting of paths", () => {
  // A few megabytes of text each, and without a bound gigabytes in the engine: 8,000 slots times 20,000 blocks.
  const many = 20_000;
  const open = repeat(many, BLOCK);
  const close = repeat(many, [END]);
  test.each([
    ["blocks that a br_table leaves", concat(open, [0x41, 0, BR_TABLE], leb(many), each(many, leb), [0], close)],
    [
      "blocks that br_if leaves",
      concat(
        open,
        each(many, (depth) => [0x41, 0, 0x0d, ...leb(depth)]),
        close,
      ),
    ],
    ["ifs", concat(repeat(many, IF), close)],
    ["ifs with else", concat(repeat(many, IF), repeat(many, [ELSE, END]))],
    [
      "loops",
      concat(
        repeat(many, LOOP),
        each(8_000, (i) => [0x42, 1, 0x21, ...leb(4 + i)]),
        close,
      ),
    ],
    ["ifs in a row", repeat(many, [...IF, END])],
  ])("%s", (_name, code) => {
    const execute = concat(locals(8_000), code, [END]);
    expect(expectContained(contractBytes({ execute })).refused).toBe("CODE_TOO_LARGE");
  });

  test("operands count like locals", () => {
    const execute = concat([NO_LOCALS], repeat(8_000, [0x41, 1]), repeat(many, [...IF, END]), repeat(8_000, [0x1a]), [
      END,
    ]);
    expect(expectContained(contractBytes({ execute })).refused).toBe("CODE_TOO_LARGE");
  });

  test("spread over many functions", () => {
    // 400 functions of 1,000 locals and 500 ifs: 400 * 1,000 * 1,000 = 400 million.
    const one = body(concat(locals(1_000), repeat(500, [...IF, END]), [END]));
    const functions = [400, repeat(400, [0]), repeat(400, one)] as const;
    expect(expectContained(contractBytes({ functions })).refused).toBe("CODE_TOO_LARGE");
  });

  test("large functions that compilers make are far below it: 300 locals, 2,000 ifs", () => {
    const execute = concat(locals(300), repeat(2_000, [...IF, END]), [END]);
    // An if that is not taken: const, if.
    expect(expectContained(contractBytes({ execute }))).toMatchObject({ status: "success", gasUsed: 4_001 });
  });
});

test("features that are not accepted are named in large functions too", () => {
  // More than a function may be without being looked at: the operator, the block's type or the local is met first there.
  const large = (code: readonly number[], declared: readonly number[] = [NO_LOCALS]): Uint8Array =>
    contractBytes({ execute: concat(declared, code, repeat(10_000, [...IF, END]), [END]) });
  const vector = [0xfd, 0x0c, ...new Array<number>(16).fill(0), 0x1a];
  expect(expectContained(large(vector)).refused).toBe("UNSUPPORTED_FEATURE");
  expect(expectContained(large([0x06, 0x40, 0x19, END])).refused).toBe("UNSUPPORTED_FEATURE");
  expect(expectContained(large([0x02, 0x7b, 0x00, END, 0x1a])).refused).toBe("UNSUPPORTED_FEATURE");
  expect(expectContained(large([], [1, 1, 0x7b])).refused).toBe("UNSUPPORTED_FEATURE");
  expect(expectContained(large([], [2, 1, 0x63, 0, 1, 0x7f])).refused).toBe("UNSUPPORTED_FEATURE");
});

describe("bodies of as many operators as the stack has room for, at half a byte each", () => {
  const MOST = 2 * 65_536;
  test.each([
    ["nop", repeat(MOST - 1, [0x01])],
    ["const, drop", concat(repeat(MOST / 2 - 1, [0x41, 1, 0x1a]), [0x01])],
    ["loads", concat(repeat(Math.floor(MOST / 3), [0x41, 0, 0x28, 0, 0, 0x1a]), [0x01])],
  ])("%s: every operator is paid, and one more does not fit", (_name, code) => {
    const execute = (more: number[]): Uint8Array => contractBytes({ execute: concat([NO_LOCALS], code, more, [END]) });
    expect(expectContained(execute([]))).toMatchObject({ status: "success", gasUsed: MOST });
    expect(expectContained(execute([0x01]))).toMatchObject({ code: "stack overflow", gasUsed: 0 });
  });
});

describe("bodies of a megabyte", () => {
  const MOST = 1_000_000;

  test.each([
    ["calls", concat([NO_LOCALS], repeat(500_000, [0x10, 0]), [END])],
    ["loops", concat([NO_LOCALS], repeat(300_000, [...LOOP, END]), [END])],
    ["memory.grow", concat([NO_LOCALS], repeat(200_000, [0x41, 0, 0x40, 0, 0x1a]), [END])],
  ])("%s: rewritten it would be more than an engine takes", (_name, execute) => {
    expect(expectContained(contractBytes({ execute })).refused).toBe("CODE_TOO_LARGE");
  });

  test.each([
    ["300,000 operands deep", concat([NO_LOCALS], repeat(300_000, [0x41, 1]), repeat(300_000, [0x1a]), [END])],
    ["a million square roots", concat(locals(1, 0x7c), [0x20, 4], repeat(MOST, [0x9f]), [0x1a, END])],
  ])("%s: too large for the stack, it is not compiled either", (_name, execute) => {
    expect(expectContained(contractBytes({ execute }))).toMatchObject({ code: "stack overflow", gasUsed: 0 });
  });
});

describe("sections with very many entries", () => {
  test.each([
    ["300,000 types", contractBytes({ types: [300_000, repeat(300_000, [0x60, 0, 0])] })],
    [
      "80,000 different types, which engines compare with each other",
      contractBytes({ types: [80_000, each(80_000, (i) => [0x60, 0, 8, ...digits(i)])] }),
    ],
    [
      "40,000 functions with a type of their own",
      contractBytes({
        types: [40_000, each(40_000, (i) => [0x60, 0, 8, ...digits(i)])],
        functions: [40_000, each(40_000, (i) => leb(3 + i)), repeat(40_000, [6, 0, 3, 0x40, END, 0, END])],
      }),
    ],
    ["70,000 imports", contractBytes({ imports: [70_000, repeat(70_000, [...name("env"), ...name("abort"), 0, 1])] })],
    [
      "200,000 globals",
      contractBytes({ sections: { 6: section(6, leb(200_000), repeat(200_000, [0x7f, 1, 0x41, 0, END])) } }),
    ],
    ["90,000 tables", contractBytes({ sections: { 4: section(4, leb(90_000), repeat(90_000, [0x70, 0, 0])) } })],
    ["100,000 exports", contractBytes({ exports: [100_000, each(100_000, (i) => [...name(i.toString(36)), 0, 0])] })],
    ["four billion data segments", contractBytes({ sections: { 11: section(11, leb(4_294_967_295)) } })],
  ])("%s are refused", (_name, wasm) => {
    expect(expectContained(wasm).refused).toBe("CODE_TOO_LARGE");
  });

  test.each([
    ["250,000 functions", contractBytes({ functions: [250_000, repeat(250_000, [0]), repeat(250_000, [2, 0, END])] })],
    ["10,000 exports", contractBytes({ exports: [9_996, each(9_996, (i) => [...name(i.toString(36)), 0, 0])] })],
    [
      "10,000 data segments",
      contractBytes({ sections: { 11: section(11, leb(10_000), repeat(10_000, [0, 0x41, 0, END, 0])) } }),
    ],
    [
      "10,000 element segments",
      contractBytes({
        sections: {
          4: section(4, [1, 0x70, 0, 1]),
          9: section(9, leb(10_000), repeat(10_000, [0, 0x41, 0, END, 0])),
        },
      }),
    ],
    ["300,000 custom sections", contractBytes({ sections: { 0: repeat(300_000, [0, 1, 0]) } })],
    ["a type of 100 parameters and 100 results", contractBytes({ types: [1, deepType(100)] })],
    [
      "1,000 globals",
      contractBytes({ sections: { 6: section(6, leb(1_000), repeat(1_000, [0x7f, 1, 0x41, 0, END])) } }),
    ],
  ])("%s run", (_name, wasm) => {
    expect(expectContained(wasm)).toMatchObject({ status: "success", gasUsed: 1 });
  });

  test.each([101, 1_000, 100_000])("a type of %i parameters is refused", (count) => {
    expect(expectContained(contractBytes({ types: [1, deepType(count)] })).refused).toBe("CODE_TOO_LARGE");
  });

  test.each([
    [
      "a type that says it has four billion parameters",
      contractBytes({ types: [1, [0x60, ...leb(4_294_967_295), 0]] }),
    ],
    ["a code section of four billion bodies", contractBytes({ functions: [4_294_967_292, [], []] })],
    ["a function without a body", contractBytes({ functions: [1, [0], []] })],
  ])("%s is not valid", (_name, wasm) => {
    expect(expectContained(wasm).refused).toBe("INVALID_WASM");
  });

  function digits(index: number): number[] {
    return Array.from({ length: 8 }, (_, digit) => 0x7f - ((index >> (2 * digit)) & 3));
  }

  function deepType(count: number): Uint8Array {
    return concat([0x60], leb(count), repeat(count, [0x7f]), leb(count), repeat(count, [0x7f]));
  }
});

describe("names in messages", () => {
  const refusalOf = (wasm: Uint8Array, contract = "Hostile"): string => {
    try {
      tryDeploy(new Chain(), { name: contract, wasm });
    } catch (error) {
      if (error instanceof QwvmError) return error.message;
      throw error;
    }
    throw new Error("it was deployed");
  };
  const importing = (module: string, field: string): Uint8Array =>
    contractBytes({ imports: [1, concat(name(module), name(field), [0, 1])] });

  test("cannot steer a terminal", () => {
    const text = refusalOf(importing("env", "\u001b[2J\u0000\u0007\u202e\u200bqw\u2028"));
    expect(text).toContain("env.\\u{1b}[2J\\u{0}\\u{7}\\u{202e}\\u{200b}qw\\u{2028}, which");
    expectContained(importing("\u001b]0;title\u0007", "qw_get_caller"));
    expectContained(importing("env", "qw_get_calle\u001b"));
    expect(refusalOf(new Uint8Array(1), "Na\u001b[31mme\nnext line")).toContain(
      "Na\\u{1b}[31mme\\u{a}next line cannot",
    );
  });

  test("are cut when they are long", () => {
    const text = refusalOf(importing("e".repeat(90_000), "x".repeat(90_000)));
    expect(text).toContain(`${"e".repeat(80)}... (90000 characters).${"x".repeat(80)}... (90000 characters)`);
    expect(text.length).toBeLessThan(1_000);
  });

  test("that are not UTF-8 are refused", () => {
    const wasm = contractBytes({ imports: [1, concat(name("env"), [2, 0xc3, 0x28], [0, 1])] });
    expect(expectContained(wasm).refused).toBe("INVALID_WASM");
  });

  test("exports that are nearly ours, in odd letters", () => {
    const wat = `(module (memory (export "memory") 1) (func (export "init")) (func (export "execute") (param i32 i32 i32 i32))
      (func (export "quer\\1b") (param i32 i32) (result i64) i64.const 0) (func (export "QUERY\\e2\\80\\ae")))`;
    expect(expectContained(wat).refused).toBe("MISSING_EXPORT");
  });

  test("of functions, in the frames of a failure", () => {
    const chain = new Chain();
    const names = concat(
      name("name"),
      [1],
      leb(3 + 1 + 300 + 2),
      [1, 1],
      leb(300),
      name("\u001b[31m").subarray(1),
      repeat(295, [0x66]),
    );
    const wasm = contractBytes({ execute: [0, 0, END], sections: { 0: section(0, names) } });
    const { to } = tryDeploy(chain, { name: "Named", wasm });
    const receipt = chain.send({
      kind: "execute",
      from: alice,
      value: 0n,
      gasLimit: 1_000,
      to,
      method: "",
      args: new Uint8Array(0),
    });
    expect(receipt.failure?.frames[0]?.function).toBe(`\\u{1b}[31m${"f".repeat(195)}... (300 characters)`);
  });

  test("a name section of lies does no harm", () => {
    for (const bytes of [
      [0xff, 0xff, 0xff, 0xff, 0x0f],
      [1, 0xff, 0xff, 0xff, 0xff, 0x0f],
      [1, 1, 0xff],
      [1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f],
    ]) {
      const wasm = contractBytes({ execute: [0, 0, END], sections: { 0: section(0, name("name"), bytes) } });
      expect(expectContained(wasm)).toMatchObject({ status: "trapped", code: "unreachable", gasUsed: 1 });
    }
  });
});

test("two exports of one name are not valid", () => {
  expect(expectContained(contractBytes({ exports: [1, [...name("init"), 0, 0]] })).refused).toBe("INVALID_WASM");
});

test("a megabyte of one function's text is assembled and contained as well", () => {
  expect(expectContained(assemble(raw(`(block ${"i64.const 1 drop ".repeat(2_000)})`)))).toMatchObject({
    status: "success",
    // block, 4,000 operators, two ends.
    gasUsed: 4_003,
  });
});
