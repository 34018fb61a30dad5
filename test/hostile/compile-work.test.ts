// Code of which an engine's compilers do more than there is of it: refused by an estimate, before any engine has compiled it, and
// far below that it runs. What it takes is measured by `npm run bench -- compile`, not here.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { QwvmError } from "../../harness/core/errors.js";
import { tryDeploy } from "../fixtures/wat.js";
import { expectContained } from "./contained.js";
import { body, concat, contractBytes, each, leb, repeat, section } from "./module-bytes.js";

const BLOCK = [0x02, 0x40];
const LOOP = [0x03, 0x40];
const ELSE = 0x05;
const END = 0x0b;
const locals = (count: number): number[] => [1, ...leb(count), 0x7e];

describe("what compilers do more often than there are operators", () => {
  const hundred = new Array<number>(100).fill(0x7f);
  const values = repeat(100, [0x41, 0]);
  const drops = repeat(100, [0x1a]);
  /** Type 3: 100 values in, 100 out. Function 3 gives back what it is given. */
  const wide = {
    types: [1, concat([0x60, 100], hundred, [100], hundred)],
    functions: [
      1,
      [3],
      body(
        concat(
          [0],
          each(100, (i) => [0x20, ...leb(i)]),
          [END],
        ),
      ),
    ],
  } as const;
  const table = { 4: section(4, [1, 0x70, 0, 1]) };
  const kinds: readonly (readonly [name: string, few: number, many: number, make: (n: number) => Uint8Array])[] = [
    [
      "100 values through calls",
      50,
      20_000,
      (n) => contractBytes({ ...wide, execute: concat([0], values, repeat(n, [0x10, 3]), drops, [END]) }),
    ],
    [
      "100 values through loops",
      50,
      20_000,
      (n) => contractBytes({ ...wide, execute: concat([0], values, repeat(n, [0x03, 3, END]), drops, [END]) }),
    ],
    [
      "100 values through ifs",
      50,
      20_000,
      (n) =>
        contractBytes({
          ...wide,
          execute: concat([0], values, repeat(n, [0x41, 0, 0x04, 3, ELSE, END]), drops, [END]),
        }),
    ],
    [
      "locals that loops change",
      50,
      2_000,
      (n) =>
        contractBytes({
          execute: concat(
            locals(200),
            repeat(n, LOOP),
            each(200, (i) => [0x42, 1, 0x21, ...leb(4 + i)]),
            repeat(n, [END]),
            [END],
          ),
        }),
    ],
    [
      "quotients",
      20,
      20_000,
      (n) => contractBytes({ execute: concat([0], [0x41, 9], repeat(n, [0x41, 1, 0x6d]), [0x1a, END]) }),
    ],
    [
      "references to functions",
      500,
      40_000,
      (n) => contractBytes({ execute: concat([0], repeat(n, [0xd2, 0, 0x1a]), [END]) }),
    ],
    [
      "memory that grows",
      100,
      40_000,
      (n) => contractBytes({ execute: concat([0], repeat(n, [0x41, 0, 0x40, 0, 0x1a]), [END]) }),
    ],
    [
      "branches to one place",
      500,
      30_000,
      (n) =>
        contractBytes({
          execute: concat([0], BLOCK, repeat(n, [...BLOCK, 0x41, 0, 0x0d, 0, 0x0c, 1, END]), [END, END]),
        }),
    ],
    [
      "a table's elements read",
      500,
      25_000,
      (n) =>
        contractBytes({
          execute: concat(
            [0],
            repeat(4_000, [0x41, 0]),
            repeat(n, [0x41, 0, 0x25, 0, 0x1a, ...BLOCK, END]),
            repeat(4_000, [0x1a]),
            [END],
          ),
          sections: table,
        }),
    ],
  ];

  test.each(kinds)("%s: many are refused, few run", (_name, few, many, make) => {
    expect(expectContained(make(few)).status).toBe("success");
    expect(expectContained(make(many)).refused).toBe("CODE_TOO_LARGE");
  });

  test("says what was estimated, where, and what to do", () => {
    const [, , many, make] = kinds[4] as (typeof kinds)[number];
    const message = (() => {
      try {
        tryDeploy(new Chain(), { name: "Quotients", wasm: make(many) });
      } catch (error) {
        return (error as QwvmError).message;
      }
      return "not refused";
    })();
    expect(message).toMatch(
      /by estimate \d+\.\d of 2\.0 seconds\), up to function 1 with \d+ operators in \d+ blocks and 0 loops, 4 local variables/,
    );
    expect(message).toContain("Divide large functions into several");
  });
});
