// What every construct costs, by sums done by hand: one gas for each operator that runs, `end` included unless a branch
// skips it, `loop` once and not at back-edges, dead code never. The bodies stand in `execute` of a raw module.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { contract, deploy, execute, query, toNumber } from "../fixtures/wat.js";

/** Runs operators as the body of `execute`; `more` is put beside the functions. */
function run(body: string, more = "", gasLimit = 1_000_000): Receipt {
  const chain = new Chain();
  const wat = `(module (memory (export "memory") 1)
    ${more}
    (func (export "init"))
    (func (export "execute") (param i32 i32 i32 i32) (local $i i32) (local $j i32) ${body})
    (func (export "query") (param i32 i32) (result i64) i64.const 0))`;
  return execute(chain, deploy(chain, contract(wat)), "", undefined, { gasLimit });
}

const BRANCHES = "(func $f (param i32) (result i32) i32.const 5 local.get 0 br_if 0 drop i32.const 6)";
const LOOPS = "(loop call $f local.get 4 i32.const 1 i32.add local.tee 4 i32.const 2 i32.lt_u br_if 0)";

const COSTS: readonly (readonly [name: string, body: string, gas: number, more?: string])[] = [
  ["an empty body: end", "", 1],
  ["a straight line: const, drop, nop, end", "i32.const 1 drop nop", 4],
  ["a block: block, const, drop, end, end", "(block i32.const 1 drop)", 5],
  ["a branch that skips its end: block, br, end of the function", "(block br 0)", 3],
  ["code after a branch: block, br, end", "(block br 0 i32.const 1 drop unreachable)", 3],
  ["a branch out of two blocks: block, block, br, end", "(block (block br 1))", 4],
  ["a branch out of the inner block: block, block, br, end of the outer, end", "(block (block br 0))", 5],
  ["a branch to the function: block, br", "(block br 1)", 2],
  ["a return: block, return", "(block return)", 2],
  ["a return at the end: return", "return", 1],
  ["br_if taken: block, const, br_if, end", "(block i32.const 1 br_if 0 nop)", 4],
  ["br_if not taken: block, const, br_if, nop, end, end", "(block i32.const 0 br_if 0 nop)", 6],
  ["if taken: const, if, nop, end, end", "i32.const 1 (if (then nop))", 5],
  ["if not taken: const, if, end of the function", "i32.const 0 (if (then nop))", 3],
  ["then: const, if, nop, else, end of the function", "i32.const 1 (if (then nop) (else nop nop))", 5],
  ["else: const, if, nop, nop, end, end", "i32.const 0 (if (then nop) (else nop nop))", 6],
  ["a branch out of then: const, if, br, end", "i32.const 1 (if (then br 0) (else nop nop))", 4],
  ["br_table, first label: block, block, const, br_table, nop, nop, end, end", branchTable(0), 8],
  ["br_table, second label: block, block, const, br_table, end", branchTable(1), 5],
  ["br_table, default, out of range: as the second", branchTable(9), 5],
  ["a loop without a back-edge: loop, nop, end, end", "(loop nop)", 4],
  // loop 1; three rounds of get, const, add, tee, const, lt_u, br_if = 7; end, end.
  ["three rounds of a loop", "(loop local.get 4 i32.const 1 i32.add local.tee 4 i32.const 3 i32.lt_u br_if 0)", 24],
  // call 1, callee nop and end 2, end.
  ["a call: call, nop, end, end", "call $f", 4, "(func $f nop)"],
  ["a call that returns early: call, return, end", "call $f", 3, "(func $f return)"],
  ["two calls: 2 * (call, nop, end), end", "call $f call $f", 7, "(func $f nop)"],
  [
    "an indirect call: const, call_indirect, nop, end, end",
    "i32.const 0 call_indirect",
    5,
    "(table 1 funcref) (elem (i32.const 0) $f) (func $f nop)",
  ],
  // const, call, drop, end; the callee: const, get, br_if.
  ["a branch to the function with a value", "i32.const 1 call $f drop", 4 + 3, BRANCHES],
  // const, call, drop, end; the callee: const, get, br_if, drop, const, end.
  ["the same, not taken", "i32.const 0 call $f drop", 4 + 6, BRANCHES],
  ["nested dead code: unreachable code may have blocks", "(block br 0 (block (loop br 0)) (if (then)))", 3],
  ["a loop in an untaken branch", "i32.const 0 (if (then (loop br 0)))", 3],
  ["a loop that leaves by a branch: block, loop, br, end", "(block (loop br 1))", 4],
  [
    "a loop with a call: loop, 2 * (call, nop, end, get, const, add, tee, const, lt_u, br_if), end, end",
    LOOPS,
    23,
    "(func $f nop)",
  ],
  [
    "several results: call, const, const, end, add, drop, end",
    "call $g i32.add drop",
    7,
    "(func $g (result i32 i32) i32.const 1 i32.const 2)",
  ],
];

function branchTable(index: number): string {
  return `(block (block i32.const ${index} (br_table 0 1)) nop nop)`;
}

test("gas of each construct", () => {
  const found = COSTS.map(([name, body, , more]) => {
    const receipt = run(body, more);
    expect(receipt.status, name).toBe("success");
    return [name, receipt.gasUsed];
  });
  expect(found).toEqual(COSTS.map(([name, , gas]) => [name, gas]));
});

test("every construct succeeds with exactly its gas and runs out with one less", () => {
  for (const [name, body, gas, more] of COSTS) {
    expect(run(body, more, gas).status, name).toBe("success");
    const short = run(body, more, gas - 1);
    expect(short.status, name).toBe("out_of_gas");
    expect(short.gasUsed, name).toBe(gas - 1);
    expect(short.gas.instructions, name).toBe(gas - 1);
  }
});

describe("memory", () => {
  test("memory.grow costs 100 more, booked apart", () => {
    // const, grow, drop, end.
    const { gas, gasUsed } = run("i32.const 1 memory.grow drop");
    expect([gas.instructions, gas.memory, gasUsed]).toEqual([4, 100, 104]);
    expect(run("i32.const 1 memory.grow drop", "", 104).status).toBe("success");
    expect(run("i32.const 1 memory.grow drop", "", 103).status).toBe("out_of_gas");
  });

  test("they are paid when the operator is reached, and not before", () => {
    // Two consts, div_s, drop, const, grow: a block that is paid at its start, and traps at its third operator.
    const body = "i32.const 1 i32.const 0 i32.div_s drop i32.const 1 memory.grow drop";
    const { gas, gasUsed, failure } = run(body);
    expect(failure).toMatchObject({ code: "integer divide by zero" });
    expect([gas.instructions, gas.memory, gasUsed]).toEqual([6, 0, 6]);
    expect(run(body, "", 6).failure).toMatchObject({ code: "integer divide by zero" });
    expect(run(body, "", 5).status).toBe("out_of_gas");
    // Each of two pays for itself: const, grow, const, grow; add, drop, end.
    const twice = run("i32.const 1 memory.grow i32.const 1 memory.grow i32.add drop");
    expect([twice.gas.instructions, twice.gas.memory]).toEqual([7, 200]);
  });

  test.each([
    [0, 0],
    [1, 1],
    [64, 1],
    [65, 2],
    [65_536, 1_024],
  ])("memory.fill of %i bytes costs %i more", (bytes, extra) => {
    // three consts, fill, end.
    const body = `i32.const 0 i32.const 7 i32.const ${bytes} memory.fill`;
    const { gas, gasUsed } = run(body);
    expect([gas.instructions, gas.memory]).toEqual([5, extra]);
    expect(run(body, "", gasUsed).status).toBe("success");
    if (extra > 0) {
      const short = run(body, "", gasUsed - 1);
      expect(short.status).toBe("out_of_gas");
      expect(short.gas.memory + short.gas.instructions).toBe(gasUsed - 1);
    }
  });

  test("a bulk operator with a huge length runs out of gas instead of trapping late", () => {
    // 2^32 - 1 bytes are 67,108,864 units.
    const receipt = run("i32.const 0 i32.const 0 i32.const -1 memory.fill");
    expect(receipt.status).toBe("out_of_gas");
    expect(receipt.gas.memory).toBe(1_000_000 - 5 + 1);
  });

  test.each([
    ["memory.copy", "i32.const 0 i32.const 64 i32.const 65 memory.copy", 2, ""],
    ["memory.init", "i32.const 0 i32.const 0 i32.const 3 memory.init 0", 1, '(data "abc")'],
    ["table.copy", "i32.const 0 i32.const 1 i32.const 65 table.copy", 65, "(table 100 funcref)"],
    ["table.init", "i32.const 0 i32.const 0 i32.const 1 table.init 0", 1, "(table 1 funcref) (elem func $f) (func $f)"],
    ["table.fill", "i32.const 0 ref.null func i32.const 65 table.fill 0", 65, "(table 100 funcref)"],
  ])("%s", (_name, body, extra, more) => {
    const { gas, status } = run(body, more);
    expect(status).toBe("success");
    expect([gas.instructions, gas.memory]).toEqual([5, extra]);
  });

  test("table.grow", () => {
    // ref.null, const, table.grow, drop, end.
    const { gas } = run("ref.null func i32.const 65 table.grow 0 drop", "(table 1 funcref)");
    expect([gas.instructions, gas.memory]).toEqual([5, 65]);
  });

  test("bulk operators and growing in a function with a loop", () => {
    // loop, 2 * (three consts, fill = 4; const, grow, drop = 3; get, const, add, tee, const, lt_u, br_if = 7), end, end.
    const body = `(loop i32.const 0 i32.const 7 i32.const 65 memory.fill i32.const 0 memory.grow drop
      local.get 4 i32.const 1 i32.add local.tee 4 i32.const 2 i32.lt_u br_if 0)`;
    const { gas, gasUsed } = run(body);
    expect([gas.instructions, gas.memory]).toEqual([1 + 28 + 2, 2 * (2 + 100)]);
    expect(run(body, "", gasUsed).status).toBe("success");
    expect(run(body, "", gasUsed - 1).status).toBe("out_of_gas");
  });
});

describe("a trap costs the blocks that had begun", () => {
  test.each([
    // const, unreachable; the nop after it is dead.
    ["unreachable", "i32.const 1 drop unreachable", 3],
    // The whole block, its end included, is paid for when it starts: const, const, div, drop, nop, end.
    ["division in a block", "i32.const 1 i32.const 0 i32.div_u drop nop", 6],
    // block ends a block: block; then const, load, drop, end; then nop, end is never reached.
    ["a load outside of the memory, in a block", "(block i32.const -1 i32.load drop) nop", 5],
    // The first load is fine, and the `block` after it begins a new block: const, load, drop, block; const, load, drop, end.
    ["a trap after a block boundary", "i32.const 0 i32.load drop (block i32.const -1 i32.load drop) nop", 8],
    // const, load, drop, block: the trap is in the first block, what follows is not paid for.
    ["a trap before a block boundary", "i32.const -1 i32.load drop (block nop)", 4],
    // loop; twice: get, load, drop, get, const, add, tee, const, lt_u, br_if = 10. The second load is out of bounds.
    [
      "a trap in a loop's second round",
      "(loop local.get 4 i32.load drop local.get 4 i32.const 65536 i32.add local.tee 4 i32.const 200000 i32.lt_u br_if 0)",
      21,
    ],
  ])("%s", (_name, body, gas) => {
    const receipt = run(body);
    expect(receipt.status).toBe("trapped");
    expect(receipt.gasUsed).toBe(gas);
    // One gas less: the block that traps cannot begin.
    expect(run(body, "", gas - 1).status).toBe("out_of_gas");
  });
});

test("endless loops of every shape end", () => {
  for (const body of [
    "(loop br 0)",
    "(loop (loop br 1))",
    "(loop i32.const 1 br_if 0)",
    "(loop i32.const 0 (br_table 0))",
    "(loop (block br 1))",
    "(loop call $f br 0)",
  ]) {
    const receipt = run(body, "(func $f nop)", 100_000);
    expect(receipt.status, body).toBe("out_of_gas");
    expect(receipt.gasUsed, body).toBe(100_000);
  }
});

test("the start function is metered, and runs for every call of a contract with fresh memory", () => {
  const wat = `(module (memory (export "memory") 1) (global $g (mut i32) (i32.const 0)) (start $s)
    (func $s global.get $g i32.const 1 i32.add global.set $g)
    (func (export "init"))
    (func (export "execute") (param i32 i32 i32 i32))
    (func (export "query") (param i32 i32) (result i64) global.get $g i64.extend_i32_u))`;
  const chain = new Chain();
  const fresh = deploy(chain, contract(wat), { memory: "fresh" });
  const kept = deploy(chain, contract(wat), { memory: "kept" });
  // start: get, const, add, set, end = 5; execute: end.
  expect([1, 2].map(() => execute(chain, fresh).gasUsed)).toEqual([6, 6]);
  expect(execute(chain, kept).gasUsed).toBe(1);
  expect([toNumber(query(chain, fresh).result), toNumber(query(chain, kept).result)]).toEqual([1n, 1n]);
});

test("a start function that never ends stops the deployment", () => {
  const chain = new Chain();
  const wat = `(module (memory (export "memory") 1) (start $s) (func $s (loop br 0))
    (func (export "init")) (func (export "execute") (param i32 i32 i32 i32))
    (func (export "query") (param i32 i32) (result i64) i64.const 0))`;
  expect(() => deploy(chain, contract(wat))).toThrow("out_of_gas");
});

test("another price per operator changes instructions alone", () => {
  const chain = new Chain({ schedule: { instruction: 3, memoryGrow: 7 } });
  const wat = `(module (memory (export "memory") 1) (func (export "init"))
    (func (export "execute") (param i32 i32 i32 i32) i32.const 0 memory.grow drop)
    (func (export "query") (param i32 i32) (result i64) i64.const 0))`;
  const { gas } = execute(chain, deploy(chain, contract(wat)));
  expect([gas.instructions, gas.memory]).toEqual([12, 7]);
});
