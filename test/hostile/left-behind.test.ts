// What an instance, a frame or the rewriting could leave behind for the next call, or for an engine to stumble over.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { contract, deploy, execute, query, text, toNumber } from "../fixtures/wat.js";
import { callAt, expectContained, raw } from "./contained.js";

const EXPORTS = `(memory (export "memory") 1) (func (export "init"))`;

describe("a mutable global that holds a reference", () => {
  /** `execute` notes whether the global was set, sets it, and fails when it has arguments; `query` tells what was noted. */
  const wat = `(module ${EXPORTS} (global $seen (mut i64) (i64.const 0)) (global $r (mut funcref) (ref.null func))
    (elem declare func $f) (func $f)
    (func (export "execute") (param i32 i32 i32 i32)
      global.get $seen global.get $r ref.is_null i32.eqz i64.extend_i32_u i64.add global.set $seen
      ref.func $f global.set $r
      local.get 3 (if (then unreachable)))
    (func (export "query") (param i32 i32) (result i64)
      global.get $seen global.get $r ref.is_null i32.eqz i64.extend_i32_u i64.const 256 i64.mul i64.add))`;

  test.each(["kept", "fresh"] as const)("is null again in every call of a contract whose memory is %s", (memory) => {
    const chain = new Chain();
    const to = deploy(chain, contract(wat), { memory });
    const answers = [query(chain, to)];
    for (const args of [[], [], [1], [1], []]) {
      execute(chain, to, "", new Uint8Array(args));
      answers.push(query(chain, to));
    }
    expect(answers.map((receipt) => toNumber(receipt.result))).toEqual([0n, 0n, 0n, 0n, 0n, 0n]);
  });
});

describe("a function that only an export declares", () => {
  test.each([
    ["under a name of its own", `(func $f (export "f"))`],
    ["as init", ""],
  ])("can be referred to: %s", (_name, more) => {
    const wat = `(module (memory (export "memory") 1) ${more} (func ${more === "" ? "$f" : ""} (export "init"))
      (func (export "execute") (param i32 i32 i32 i32) ref.func $f ref.is_null drop)
      (func (export "query") (param i32 i32) (result i64) i64.const 0))`;
    // ref.func, ref.is_null, drop, end.
    expect(expectContained(wat)).toEqual({ status: "success", code: undefined, gasUsed: 4 });
  });

  test("execute with a result, and query, which the machine calls by other ways", () => {
    const wat = `(module ${EXPORTS}
      (func $e (export "execute") (param i32 i32 i32 i32) (result i64) ref.func $e ref.func $q ref.is_null drop drop i64.const 0)
      (func $q (export "query") (param i32 i32) (result i64) i64.const 0))`;
    // ref.func twice, ref.is_null, drop twice, const, end.
    expect(expectContained(wat)).toEqual({ status: "success", code: undefined, gasUsed: 7 });
  });
});

describe("code that cannot run", () => {
  // The frame is 32 bytes, and 8 for each operand at the deepest: behind `unreachable`, `br` and `return` there are none.
  test.each([
    ["unreachable", "unreachable"],
    ["br", "br 0"],
    ["return", "return"],
  ])("behind %s has no operands", (_name, departure) => {
    const wat = raw(
      "call $f",
      `(func $f call $f ${departure} ${"i64.const 1 drop ".repeat(100)} i64.const 1 i64.const 2 drop drop)`,
    );
    // `execute`: 80 bytes; each $f is entered and calls.
    const frames = Math.floor((65_536 - 80) / 32);
    expect(expectContained(wat)).toEqual({ status: "trapped", code: "stack overflow", gasUsed: 1 + frames });
  });
});

describe("a contract that is called back while its memory is kept", () => {
  test("still has the inputs that it was called with", () => {
    const chain = new Chain();
    // Calls itself with two bytes, then stores the first byte of its own arguments under the key of one zero byte.
    const wat = raw(
      `local.get $len i32.const 2 i32.eq (if (then return))
       i32.const 100 call $self i32.const 200 i32.const 0x5858 i32.store
       ${callAt("i32.const 100", "i32.const 200 i32.const 2")}
       i32.const 0 i32.const 1 local.get $args i32.const 1 call $write`,
    );
    const to = deploy(chain, contract(wat));
    for (const memory of ["kept", "fresh"] as const) {
      const at = deploy(chain, contract(wat), { memory });
      expect(execute(chain, at, "", text("ABC")).status).toBe("success");
      expect(chain.storage(at, new Uint8Array(1)), memory).toEqual(text("A"));
    }
    expect(execute(chain, to, "m", text("ABC")).status).toBe("success");
  });
});
