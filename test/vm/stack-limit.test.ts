// The stack is counted, not suffered: recursion ends at the same depth every time, by a sum anyone can do.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { contract, deploy, execute, query, toNumber } from "../fixtures/wat.js";

/** `execute` recurses for ever, `query` returns how deep it came: memory is kept, and the depth is written before each call. */
function recursive(functions: string, start = "call $f"): string {
  return `(module (memory (export "memory") 1) ${functions}
    (func $count i32.const 0 i32.const 0 i32.load i32.const 1 i32.add i32.store)
    (func (export "init"))
    (func (export "execute") (param i32 i32 i32 i32) ${start})
    (func (export "query") (param i32 i32) (result i64) (local i64) (call $count) i64.const 0))`;
}

describe("recursion", () => {
  test.each([
    ["direct", "(func $f call $f)"],
    ["mutual", "(func $f call $g) (func $g call $f)"],
    ["through a table", "(table 1 funcref) (elem (i32.const 0) $f) (func $f i32.const 0 call_indirect)"],
    ["with a loop", "(func $f (loop call $f br 0))"],
    ["with many locals", "(func $f (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) call $f)"],
    ["with a deep operand stack", `(func $f ${"i64.const 1 ".repeat(50)} call $f ${"drop ".repeat(50)})`],
    ["with floats", "(func $f (local f64) local.get 0 f64.sqrt drop call $f)"],
  ])("%s ends with a stack overflow, at the same gas each time", (_name, functions) => {
    const gas = [1, 2, 3].map(() => {
      const chain = new Chain();
      const to = deploy(chain, contract(recursive(functions)));
      const receipt = execute(chain, to);
      expect(receipt.failure).toMatchObject({ status: "trapped", code: "stack overflow" });
      return receipt.gasUsed;
    });
    expect(new Set(gas).size).toBe(1);
  });

  test("the depth is what the frames' sizes say, and does not change when the code gets hot", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(recursive("(func $f call $f)")));
    // execute: 4 parameters, 32 + 32 = 64 bytes. Each $f: no slots, 32 bytes: (65,536 - 64) / 32 = 2,046 frames fit.
    // Operators: the call in `execute`, and one call in each $f that runs.
    const gas = Array.from({ length: 50 }, () => execute(chain, to).gasUsed);
    expect(new Set(gas)).toEqual(new Set([1 + 2_046]));
  });

  test("a limit of one's own", () => {
    const chain = new Chain({ limits: { stackBytes: 1_024 } });
    const to = deploy(chain, contract(recursive("(func $f call $f)")));
    // (1,024 - 64) / 32 = 30 frames.
    expect(execute(chain, to).gasUsed).toBe(1 + 30);
  });

  test("a function too large for the stack cannot be entered", () => {
    const chain = new Chain();
    const locals = "i64 ".repeat(8_200);
    const to = deploy(chain, contract(recursive(`(func $f (local ${locals}))`)));
    expect(execute(chain, to).failure).toMatchObject({ code: "stack overflow" });
  });

  test("what was used is given back: a million calls in a row are no recursion", () => {
    const chain = new Chain();
    const loop = "(loop call $f local.get 0 i32.const 1 i32.add local.tee 0 i32.const 100000 i32.lt_u br_if 0)";
    const to = deploy(chain, contract(recursive("(func $f call $g return) (func $g)", loop)));
    expect(execute(chain, to).status).toBe("success");
  });

  test("a trap gives the stack back as well: the next call on the same instance starts afresh", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(recursive("(func $f call $f)")));
    const first = execute(chain, to).gasUsed;
    expect(query(chain, to).status).toBe("success");
    expect(toNumber(query(chain, to).result)).toBe(0n);
    expect(execute(chain, to).gasUsed).toBe(first);
  });
});
