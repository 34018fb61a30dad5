// Memory and tables that are too large, declared or grown, and bulk operators with huge lengths.

import { describe, expect, test } from "vitest";
import { callAt, expectContained, IMPORTS, MARKS, raw, sdk, times } from "./contained.js";
import { contractBytes, leb, section } from "./module-bytes.js";

const MEGABYTES_16 = 16 * 1_048_576;

describe("declared", () => {
  const memory = (limits: readonly number[]): Uint8Array => contractBytes({ sections: { 5: section(5, [1], limits) } });
  const table = (...tables: readonly (readonly number[])[]): Uint8Array =>
    contractBytes({ sections: { 4: section(4, [tables.length], tables.flat()) } });

  test.each([
    ["257 pages", memory([0, ...leb(257)]), "MEMORY_TOO_LARGE"],
    ["65,536 pages, four gigabytes", memory([0, ...leb(65_536)]), "MEMORY_TOO_LARGE"],
    ["65,537 pages", memory([0, ...leb(65_537)]), "MEMORY_TOO_LARGE"],
    ["2^32 - 1 pages", memory([0, ...leb(4_294_967_295)]), "MEMORY_TOO_LARGE"],
    ["256 pages, which leaves none for inputs", memory([0, ...leb(256)]), "MEMORY_TOO_LARGE"],
    ["no more pages than at first", memory([1, 2, 2]), "MEMORY_TOO_LARGE"],
    ["a minimum above the maximum", memory([1, 2, 1]), "INVALID_WASM"],
    ["two memories", contractBytes({ sections: { 5: section(5, [2, 0, 1, 0, 1]) } }), "UNSUPPORTED_FEATURE"],
    ["a table of ten million elements, which engines take", table([0x70, 0, ...leb(10_000_000)]), "TABLE_TOO_LARGE"],
    ["2,501 elements", table([0x70, 0, ...leb(2_501)]), "TABLE_TOO_LARGE"],
    ["two tables with 2,501 elements together", table([0x70, 0, ...leb(2_500)], [0x6f, 0, 1]), "TABLE_TOO_LARGE"],
    ["a table of 2^32 - 1 elements", table([0x70, 0, ...leb(4_294_967_295)]), "TABLE_TOO_LARGE"],
  ])("%s: refused", (_name, wasm, refused) => {
    expect(expectContained(wasm)).toEqual({ refused });
  });

  test.each([
    ["a maximum of 65,536 pages", memory([1, 1, ...leb(65_536)])],
    ["255 pages", memory([0, ...leb(255)])],
    ["a table of 2,500 elements", table([0x70, 0, ...leb(2_500)])],
    ["a table that may grow to 2^32 - 1 elements", table([0x70, 1, 0, ...leb(4_294_967_295)])],
  ])("%s: allowed", (_name, wasm) => {
    expect(expectContained(wasm)).toMatchObject({ status: "success", gasUsed: 1 });
  });
});

describe("grown", () => {
  /** Ends with a revert when the i32 on the stack is not what is expected. */
  const expectValue = (value: number): string =>
    `i32.const ${value} i32.ne (if (then i32.const 0 i32.const 0 call $revert))`;

  test.each([
    ["to the last page", "i32.const 255 memory.grow", 1],
    ["one page beyond", "i32.const 256 memory.grow", -1],
    ["by 2^32 - 1 pages", "i32.const -1 memory.grow", -1],
    ["by 2^31 pages", "i32.const -2147483648 memory.grow", -1],
  ])("memory %s", (_name, code, answer) => {
    expect(expectContained(raw(`${code} ${expectValue(answer)}`), { gasLimit: 200 }).status).toBe("success");
  });

  test("memory page by page stops at 256, and every page counts", () => {
    const wat = raw(`${times(1_000, "i32.const 1 memory.grow drop")} memory.size ${expectValue(256)}`);
    // A round: const, grow and its 100, drop, seven operators for the loop; 1,000 of them are more than 110,000.
    expect(expectContained(wat, { gasLimit: 109_000 }).status).toBe("out_of_gas");
    expect(expectContained(wat, { gasLimit: 111_000 }).status).toBe("success");
  });

  test("a declared maximum stays: two pages and no more", () => {
    const wat = raw(`i32.const 2 memory.grow ${expectValue(-1)} i32.const 1 memory.grow ${expectValue(1)}`).replace(
      '(memory (export "memory") 1)',
      '(memory (export "memory") 1 2)',
    );
    expect(expectContained(wat).status).toBe("success");
  });

  test.each([
    ["to the limit", "i32.const 2499 table.grow 0", 1, 2_499],
    ["one beyond", "i32.const 2500 table.grow 0", -1, 2_500],
    ["by nine million", "i32.const 9000000 table.grow 0", -1, 9_000_000],
  ])("a table %s", (_name, code, answer, units) => {
    const wat = raw(`ref.null func ${code} ${expectValue(answer)}`, "(table 1 funcref)");
    // ref.null, const, grow; const, ne, if, end of the function: 7, and one for each element.
    expect(expectContained(wat)).toEqual({ status: "success", code: undefined, gasUsed: 7 + units });
  });

  test("a table by 2^32 - 1 elements: more than there is", () => {
    expect(expectContained(raw("ref.null func i32.const -1 table.grow 0 drop", "(table 1 funcref)")).status).toBe(
      "out_of_gas",
    );
  });

  test("several tables share what is left", () => {
    const tables = "(table $a 1 funcref) (table $b 1 externref)";
    const grow = (name: string, type: string, by: number): string =>
      `ref.null ${type} i32.const ${by} table.grow ${name}`;
    // (2,500 - 2) / 2 more elements for each.
    const wat = raw(
      `${grow("$a", "func", 1_250)} ${expectValue(-1)} ${grow("$a", "func", 1_249)} ${expectValue(1)}
       ${grow("$b", "extern", 1_250)} ${expectValue(-1)} ${grow("$b", "extern", 1_249)} ${expectValue(1)}`,
      tables,
    );
    expect(expectContained(wat).status).toBe("success");
  });

  test("a memory that was filled is not there in the next call, or is as it was left when it is kept", () => {
    const body = `i32.const 255 memory.grow drop i32.const 65536 i32.const 7 i32.const ${MEGABYTES_16 - 65_536} memory.fill`;
    for (const memory of ["fresh", "kept"] as const) {
      for (const ending of ["", "unreachable"]) {
        const { status } = expectContained(raw(`${MARKS} ${body} ${ending}`), { memory });
        expect(status).toBe(ending === "" ? "success" : "trapped");
      }
    }
  });
});

describe("bulk operators", () => {
  const FUNCTIONS = '(table 10 funcref) (elem $elements func $f) (func $f) (data $segment "abc")';
  const OPERATORS: readonly (readonly [
    name: string,
    code: (at: string, from: string, length: string) => string,
    space: string,
  ])[] = [
    ["memory.fill", (at, from, length) => `${at} ${from} ${length} memory.fill`, "memory"],
    ["memory.copy", (at, from, length) => `${at} ${from} ${length} memory.copy`, "memory"],
    ["memory.init", (at, from, length) => `${at} ${from} ${length} memory.init $segment`, "memory"],
    ["table.fill", (at, _, length) => `${at} ref.null func ${length} table.fill 0`, "table"],
    ["table.copy", (at, from, length) => `${at} ${from} ${length} table.copy`, "table"],
    ["table.init", (at, from, length) => `${at} ${from} ${length} table.init $elements`, "table"],
  ];
  const i32 = (value: number): string => `i32.const ${value}`;

  test.each(OPERATORS)("%s with a huge length is paid for before it is looked at", (_name, code) => {
    for (const length of [-1, -64, 0x7fff_ffff]) {
      const ending = expectContained(raw(`${MARKS} ${code(i32(0), i32(0), i32(length))}`, FUNCTIONS));
      expect(ending).toEqual({ status: "out_of_gas", code: undefined, gasUsed: 10_000_000 });
    }
  });

  test.each(OPERATORS)("%s with a huge length that can be paid for traps, and costs it", (_name, code, space) => {
    // 2^32 - 1 bytes begin 67,108,864 units of 64; each element is one. Three operands, the operator, the function's end.
    const wat = raw(code(i32(0), i32(0), i32(-1)), FUNCTIONS);
    expect(expectContained(wat, { gasLimit: 5_000_000_000 })).toEqual({
      status: "trapped",
      code: `out-of-bounds ${space} access`,
      gasUsed: (space === "memory" ? 67_108_864 : 4_294_967_295) + 4,
    });
  });

  test.each(OPERATORS)("%s from and to places outside traps and changes nothing", (_name, code, space) => {
    const end = space === "memory" ? 65_536 : 10;
    for (const [at, from, length] of [
      [end + 1, 0, 0],
      [-1, 0, 1],
      [-1, -1, -1 >>> 16],
      [end, 0, 1],
      [end - 1, 0, 2],
      [0x7fff_ffff, 0, 1],
    ] as const) {
      const { status, code: trap } = expectContained(
        raw(`${MARKS} ${code(i32(at), i32(from), i32(length))}`, FUNCTIONS),
      );
      expect([status, trap]).toEqual(["trapped", `out-of-bounds ${space} access`]);
    }
  });

  test("sources outside: beyond a segment, a dropped one, one that was active", () => {
    const active = '(data $active (i32.const 0) "abc")';
    for (const [code, more] of [
      ["i32.const 0 i32.const 1 i32.const 3 memory.init $segment", FUNCTIONS],
      ["i32.const 0 i32.const -1 i32.const 1 memory.init $segment", FUNCTIONS],
      ["data.drop $segment i32.const 0 i32.const 0 i32.const 1 memory.init $segment", FUNCTIONS],
      ["i32.const 0 i32.const 0 i32.const 1 memory.init $active", `${FUNCTIONS} ${active}`],
    ] as const) {
      expect(expectContained(raw(code, more)).code).toBe("out-of-bounds memory access");
    }
    for (const code of [
      "i32.const 0 i32.const 1 i32.const 1 table.init $elements",
      "elem.drop $elements i32.const 0 i32.const 0 i32.const 1 table.init $elements",
    ]) {
      expect(expectContained(raw(code, FUNCTIONS)).code).toBe("out-of-bounds table access");
    }
  });

  test("16 MB moved again and again cost what they weigh", () => {
    // 261,120 units a time: 38 times fit into ten million.
    const body = times(1_000, `i32.const 0 i32.const 1 i32.const ${255 * 65_536 - 1} memory.copy`);
    expect(expectContained(raw(body, "", 255))).toMatchObject({ status: "out_of_gas" });
  });
});

describe("many memories at once", () => {
  test("64 calls inside of each other, each with 16 MB in use", () => {
    const body = `i32.const 0 call $self i32.const 32 i32.const 1 i32.const ${255 * 65_536 - 32} memory.fill ${callAt("i32.const 0")}`;
    const ending = expectContained(raw(body, "", 255), { gasLimit: 50_000_000, memory: "fresh" });
    // Each of 65 frames: const, call, 200; three operands, fill and its 261,120 units (the last one begun); seven operands,
    // call, drop, end; 100,000. The last is trapped by its call, before drop and end.
    expect(ending).toEqual({
      status: "success",
      code: undefined,
      gasUsed: 65 * (2 + 200 + 4 + 261_120 + 10 + 100_000) - 2,
    });
  });

  test("a kept memory that every one of many nested calls changes throughout", () => {
    const helper = `(module (memory (export "memory") 250) (func (export "init"))
      (func (export "execute") (param i32 i32 i32 i32) (local $i i32)
        (loop local.get $i local.get $i i32.load i32.const 1 i32.add i32.store
          local.get $i i32.const 65536 i32.add local.tee $i i32.const 16384000 i32.lt_u br_if 0))
      (func (export "query") (param i32 i32) (result i64) i32.const 0 i64.load))`;
    const body = times(150, callAt("i32.const 65536"));
    const { status } = expectContained(raw(body), {
      args: (_, [other = "0x"]) => new Uint8Array(Buffer.from(other.slice(2), "hex")),
      helpers: [helper],
      gasLimit: 100_000_000,
    });
    expect(status).toBe("success");
  });
});

test("an input larger than what is left of the memory", () => {
  const inputs = (pages: number, size: number) => expectContained(raw("", "", pages), { args: new Uint8Array(size) });
  expect(inputs(255, 65_537)).toEqual({ status: "trapped", code: "memory limit exceeded", gasUsed: 0 });
  expect(inputs(1, MEGABYTES_16 - 65_536)).toMatchObject({ status: "success", gasUsed: 1 });
  expect(inputs(1, MEGABYTES_16 - 65_535)).toMatchObject({ status: "trapped", code: "memory limit exceeded" });
  expect(expectContained(sdk(""), { args: new Uint8Array(61_440) }).status).toBe("success");
  expect(expectContained(sdk(""), { args: new Uint8Array(61_441) }).code).toBe("out-of-bounds pointer");
});

test("segments that lie outside, or do so only when read as signed", () => {
  const module = (text: string): string =>
    `(module ${IMPORTS} (memory (export "memory") 1) (table 2 funcref) (func (export "init")) (func $f (export "execute") (param i32 i32 i32 i32))
      (func (export "query") (param i32 i32) (result i64) i64.const 0) ${text})`;
  for (const text of [
    '(data (i32.const 65536) "a")',
    '(data (i32.const -1) "a")',
    '(data (i32.const -2147483648) "")',
    "(elem (i32.const 2) $f)",
    "(elem (i32.const -1) $f)",
  ]) {
    expect(expectContained(module(text))).toEqual({ refused: "BAD_SEGMENT" });
  }
  expect(expectContained(module('(data (i32.const 65536) "")')).status).toBe("success");
});
