// Code that never ends: loops of every shape, and recursion by every way. Gas or the counted stack ends it.

import { describe, expect, test } from "vitest";
import type { Address } from "../../harness/core/address.js";
import { bytesOf, callAt, expectContained, MARKS, raw, sdk } from "./contained.js";

const FUNCTIONS = `(func $nop) (func $one (result i32) i32.const 1)
  (table 2 funcref) (elem (i32.const 0) $nop $nop) (data $segment "abc")`;

describe("endless loops", () => {
  test.each([
    ["a bare back-edge", "(loop br 0)"],
    ["br_if", "(loop i32.const 1 br_if 0)"],
    ["br_table", "(loop i32.const 0 (br_table 0))"],
    ["br_table by its default", "(loop i32.const 9 (br_table 1 0))"],
    ["out of an inner block", "(loop (block br 1))"],
    ["out of an if", "(loop i32.const 1 (if (then br 1)))"],
    ["out of an else", "(loop i32.const 0 (if (then) (else br 1)))"],
    ["an outer loop from an inner one", "(loop (loop br 1))"],
    ["an inner loop that ends, in an outer that does not", "(loop (loop) br 0)"],
    ["two loops by turns", "(loop (loop i32.const 1 br_if 1 br 0))"],
    [
      "a loop with a parameter and a result",
      "i32.const 1 (loop (param i32) (result i32) i32.const 1 i32.add br 0) drop",
    ],
    ["with a call", "(loop call $nop br 0)"],
    ["with a call whose result decides", "(loop call $one br_if 0)"],
    ["with an indirect call", "(loop i32.const 0 call_indirect br 0)"],
    ["with a host call", "(loop i32.const 0 call $caller br 0)"],
    ["with a host call that costs nothing", "(loop i32.const 0 i32.const 0 call $log br 0)"],
    ["with memory.grow by nothing", "(loop i32.const 0 memory.grow drop br 0)"],
    ["with memory.grow that fails", "(loop i32.const 65535 memory.grow drop br 0)"],
    ["with table.grow by nothing", "(loop ref.null func i32.const 0 table.grow 0 drop br 0)"],
    ["with an empty memory.fill", "(loop i32.const 0 i32.const 0 i32.const 0 memory.fill br 0)"],
    ["with an empty memory.init", "(loop i32.const 0 i32.const 0 i32.const 0 memory.init $segment br 0)"],
    ["with data.drop", "(loop data.drop $segment br 0)"],
    ["with divisions", "(loop i64.const 7 i64.const 3 i64.div_u drop br 0)"],
    ["with square roots", "(loop f64.const 2 f64.sqrt drop br 0)"],
    ["with storage reads", "(loop i32.const 0 i32.const 1 i32.const 8 i32.const 8 call $read drop br 0)"],
    ["with storage writes", "(loop i32.const 0 i32.const 1 i32.const 8 i32.const 8 call $write br 0)"],
    ["with events", "(loop i32.const 0 i32.const 1 i32.const 8 i32.const 8 call $emit br 0)"],
    ["with transfers of nothing", "(loop i32.const 0 i32.const 32 call $transfer drop br 0)"],
    ["with calls to nobody", `(loop ${callAt("i32.const 0")} br 0)`],
    ["with hashes", "(loop i32.const 0 i32.const 64 i32.const 64 call $sha3 br 0)"],
    [
      "with signatures",
      "(loop i32.const 0 i32.const 1 i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $verify drop br 0)",
    ],
  ])("%s", (_name, body) => {
    expect(expectContained(raw(`${MARKS} ${body}`, FUNCTIONS), { gasLimit: 500_000 })).toEqual({
      status: "out_of_gas",
      code: undefined,
      gasUsed: 500_000,
    });
    expect(
      expectContained(sdk(body, "i64.const 0", FUNCTIONS), { kind: "query", gasLimit: 5_000 }).gasUsed,
    ).toBeLessThanOrEqual(5_000);
  });

  test.each([
    ["init", raw("").replace('(func (export "init"))', '(func (export "init") (loop br 0))')],
    ["the start function", raw("", "(start $s) (func $s (loop br 0))")],
    [
      "qw_alloc, for init",
      sdk("")
        .replace('"init"))', '"init") (param i32 i32))')
        .replace("(result i32) i32.const 4096", "(result i32) (loop br 0) i32.const 4096"),
    ],
  ])("in %s: the deployment fails", (_name, wat) => {
    expect(expectContained(wat)).toEqual({ status: "out_of_gas", code: undefined, gasUsed: 100_000_000 });
  });

  test("in qw_alloc, for a call", () => {
    const wat = sdk("").replace("(result i32) i32.const 4096", "(result i32) (loop br 0) i32.const 4096");
    expect(expectContained(wat, { method: "m" })).toMatchObject({ status: "out_of_gas", gasUsed: 10_000_000 });
  });
});

describe("a loop cannot be made cheaper than its operators", () => {
  // What of a block is paid for before it begins: with n gas, n / (operators of a round) rounds at the very most.
  test.each([
    // const, const, i32.const 1, i32.add ... the round of each: operators between loop and br, and br.
    ["(loop i32.const 0 i32.const 0 i32.load i32.const 1 i32.add i32.store br 0)", 7],
    ["(loop (block i32.const 0 i32.const 0 i32.load i32.const 1 i32.add i32.store br 1))", 8],
    ["(loop i32.const 0 i32.const 0 i32.load i32.const 1 i32.add i32.store i32.const 1 br_if 0 unreachable)", 8],
  ])("%s", (body, operators) => {
    // The count is kept by a nested call that fails in its caller's eyes only: it is read from the revert's data.
    const wat = raw(
      body.replace(
        "i32.store",
        `i32.store i32.const 0 i32.load i32.const 100 i32.eq (if (then i32.const 0 i32.const 4 call $revert))`,
      ),
    );
    // 100 rounds need at least 100 * operators.
    expect(expectContained(wat, { gasLimit: 100 * operators - operators }).status).toBe("out_of_gas");
    expect(expectContained(wat, { gasLimit: 100 * (operators + 6) + 20 }).status).toBe("reverted");
  });
});

/** Frames of 32 bytes and 8 for each parameter, local and operand, out of 65,536. */
describe("recursion ends by the sum of its frames", () => {
  // `execute`: four parameters and the locals $i and $j, no operand: 32 + 48 = 80 bytes; each function below as it says.
  const fits = (first: number, bytes: number): number => Math.floor((65_536 - first) / bytes);

  test.each([
    // Each runs one operator, the call; `execute` too.
    ["direct", "(func $f call $f)", "call $f", 1 + fits(80, 32)],
    ["mutual", "(func $f call $g) (func $g call $f)", "call $f", 1 + fits(80, 32)],
    // const and call_indirect; one operand: 40 bytes.
    [
      "through a table",
      "(table 1 funcref) (elem (i32.const 0) $f) (func $f i32.const 0 call_indirect)",
      "call $f",
      1 + 2 * fits(80, 40),
    ],
    [
      "through a table by turns",
      "(table 2 funcref) (elem (i32.const 0) $f $g) (func $f i32.const 1 call_indirect) (func $g i32.const 0 call_indirect)",
      "call $f",
      1 + 2 * fits(80, 40),
    ],
    // `execute` calls itself: four operands, 80 + 32 bytes a frame, four gets and the call.
    ["into execute itself", "", "local.get 0 local.get 1 local.get 2 local.get 3 call $execute", 5 * fits(0, 112)],
    // Two locals, get, call: 32 + 8 (parameter) + 8 (local) + 8 (operand).
    [
      "with parameters",
      "(func $f (param i32) (local i64) local.get 0 call $f)",
      "i32.const 1 call $f",
      2 + 2 * fits(88, 56),
    ],
    // block and loop are paid as well; each frame: loop, block, call.
    ["in a loop and a block", "(func $f (loop (block call $f)))", "call $f", 1 + 3 * fits(80, 32)],
    ["in a block of dead ends", "(func $f (block call $f unreachable))", "call $f", 1 + 2 * fits(80, 32)],
    // f64.const, call, and the operand kept: 40 bytes.
    ["with a float on the stack", "(func $f f64.const 1 call $f drop)", "call $f", 1 + 2 * fits(80, 40)],
    // Three results are three operands: 56 bytes.
    ["with several results", "(func $f (result i32 i32 i32) call $f)", "call $f drop drop drop", 1 + fits(104, 56)],
  ])("%s", (_name, functions, start, gasUsed) => {
    const wat = raw(start, functions).replace('(func (export "execute")', '(func $execute (export "execute")');
    expect(expectContained(wat)).toEqual({ status: "trapped", code: "stack overflow", gasUsed });
  });

  test("from the start function and from init: the deployment fails", () => {
    for (const more of ["(start $f) (func $f call $f)", "(func $f call $f)"]) {
      const init = '(func (export "init") call $f)';
      expect(expectContained(raw("", more).replace('(func (export "init"))', init))).toMatchObject({
        status: "trapped",
        code: "stack overflow",
      });
    }
  });

  test("from qw_alloc", () => {
    const wat = sdk("").replace(
      '(func (export "qw_alloc") (param i32) (result i32) i32.const 4096)',
      '(func $a (export "qw_alloc") (param i32) (result i32) i32.const 0 call $a)',
    );
    expect(expectContained(wat, { method: "m" })).toMatchObject({ status: "trapped", code: "stack overflow" });
  });

  test("by way of another contract: both stacks count as one, and with too little left for it the callee traps the caller", () => {
    const callee = raw("call $f", "(func $f call $f)");
    const wat = raw(
      "i32.const 500 local.get $args call $down",
      `(func $down (param $left i32) (param $address i32)
         local.get $left (if (then local.get $left i32.const 1 i32.sub local.get $address call $down return))
         ${callAt("local.get $address")})`,
    );
    // The caller: `execute` with two operands, 96 bytes, and 501 times `$down` with two parameters and seven operands,
    // 104 bytes: 52,200. The callee: `execute`, 80, and then 414 times 32 fit into what is left; 1 + 414 calls.
    const calleeGas = 1 + Math.floor((65_536 - 52_200 - 80) / 32);
    // 13,336 bytes were left, fewer than 16,384: nothing behind a call runs. Operators: const, get, call; 500 times get, if,
    // get, const, sub, get, call; get, if, seven operands, call. The callee keeps one page.
    const own = 3 + 500 * 7 + 10;
    expect(expectContained(wat, { args: (_, helpers) => bytesOf(...helpers), helpers: [callee] })).toEqual({
      status: "trapped",
      code: "stack overflow",
      gasUsed: own + 100_000 + 100 + calleeGas,
    });
  });

  test("by calling oneself as a contract: 64 calls deep, and the last cannot call and ends", () => {
    const wat = raw(`i32.const 0 call $self ${callAt("i32.const 0")}`);
    const ending = expectContained(wat, { gasLimit: 100_000_000 });
    // Each of the 65 frames: const and call, 200 for the address; eight operands... (see the operators of `callAt`), 100,000, 100 for the page of the memory that is kept.
    const operators = 2 + 7 + 1 + 1 + 1;
    // The last is trapped by its call, before drop and end.
    expect(ending).toEqual({ status: "success", code: undefined, gasUsed: 65 * (operators + 200 + 100_000 + 100) - 2 });
  });

  test("by two contracts that call each other", () => {
    const pong = raw(callAt("i32.const 65536", "i32.const 65556 i32.const 20"));
    const ping = raw(callAt("i32.const 65536", "i32.const 65556 i32.const 20"));
    // The arguments: the other's address, then one's own; each passes the second on, which is nobody's second.
    const call = { args: (self: Address, helpers: readonly Address[]) => bytesOf(...helpers, self), helpers: [pong] };
    expect(expectContained(ping, call).status).toBe("success");
  });
});
