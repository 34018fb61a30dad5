// How far a module gets beyond its gas limit: what it does is seen in its memory, and the bounds are those that
// body-plan.ts names. Whatever was done there is never paid, nor kept: the call ends as out of gas.

import { expect, test } from "vitest";
import { meter } from "../../harness/vm/meter.js";
import type { MeteredInstance } from "../../harness/vm/metered-instance.js";
import { assemble } from "../fixtures/wat.js";

/** Operators between two checks, and the frames that may be under way. */
const BOUND = 2_048;

function instantiate(functions: string): MeteredInstance {
  return meter(assemble(`(module ${functions})`)).instantiate();
}

/** Calls `f` without enough gas and gives how often the word at 0 was counted up. */
function countedWithout(gasLimit: number, functions: string, arg = 0): number {
  const instance = instantiate(`(memory 1)
    (func $leaf (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1))))
    ${functions}`);
  expect(instance.call("f", [arg], { gasLimit })).toEqual({ results: [], trap: "out of gas", gasUsed: gasLimit });
  return new DataView((instance.memory as NonNullable<MeteredInstance["memory"]>).buffer).getUint32(0, true);
}

test("memory does not grow unless its price was there", () => {
  const instance = instantiate(`(memory 1) (func $grow (drop (memory.grow (i32.const 1))))
    (func (export "leaf") (call $grow))
    (func (export "behind") (nop) (block (br_if 0 (i32.const 0))) (drop (memory.grow (i32.const 1))))`);
  // call; const, grow, drop, end: 5 in all, and 100 for memory.grow.
  for (const name of ["leaf", "behind"]) {
    expect(instance.call(name, [], { gasLimit: 90 }).trap, name).toBe("out of gas");
    expect(instance.memory?.buffer.byteLength, name).toBe(65_536);
  }
  expect(instance.call("leaf", [], { gasLimit: 106 }).trap).toBeUndefined();
  expect(instance.memory?.buffer.byteLength).toBe(2 * 65_536);
});

test("calls of small functions end soon after the gas does", () => {
  // 16 calls, since each counts as the 128 operators that a function without a check of its own has at most.
  const straight = countedWithout(10, `(func (export "f") (param i32) ${"(call $leaf)".repeat(5_000)})`);
  expect(straight).toBeGreaterThan(0);
  expect(straight).toBeLessThanOrEqual(17);
  const indirect = `(table 1 funcref) (elem (i32.const 0) $leaf)
    (func (export "f") (param i32) ${"(call_indirect (i32.const 0))".repeat(5_000)})`;
  expect(countedWithout(10, indirect)).toBeLessThanOrEqual(17);
});

test("a check in a branch that is not taken is none", () => {
  const some = "(call $leaf)".repeat(9);
  const shapes = [
    `(if (local.get 0) (then ${some}))`,
    `(if (local.get 0) (then ${some}) (else (nop)))`,
    `(if (i32.eqz (local.get 0)) (then (nop)) (else ${some}))`,
    `(block (br_if 0 (i32.eqz (local.get 0))) ${some})`,
    `(block (block (block (br_table 0 1 (local.get 0))) (br 1)) ${some})`,
    `(block (block (br_if 0 (local.get 0)) (br 1)) ${some})`,
    `(if (local.get 0) (then ${some} (unreachable)))`,
    `(if (local.get 0) (then (loop ${some} (br_if 0 (local.get 0)))))`,
  ];
  for (const shape of shapes) {
    const counted = countedWithout(10, `(func (export "f") (param i32) ${`(call $leaf) ${shape}`.repeat(300)})`);
    expect(counted, shape).toBeGreaterThan(0);
    expect(counted, shape).toBeLessThanOrEqual(17);
  }
});

test("straight-line code ends soon after the gas does, of few operators in a row or of many", () => {
  const count = "(i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))";
  // const, const, load, const, add, store; then block, const, br_if, end.
  const short = countedWithout(
    40,
    `(func (export "f") (param i32) ${`${count}(block (br_if 0 (i32.const 0)))`.repeat(5_000)})`,
  );
  expect(short).toBeGreaterThan(0);
  expect(short).toBeLessThanOrEqual(BOUND / 10 + 4);
  const long = `(func (export "f") (param i32) (block (br_if 0 (i32.const 0))) ${count.repeat(5_000)})`;
  expect(countedWithout(40, long)).toBe(0);
});

test("the way back from recursion is no way around", () => {
  const count = "(i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))";
  const functions = `(func $f (export "f") (param i32)
    (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1)))))
    ${`${count}(block (br_if 0 (i32.const 0)))`.repeat(120)})`;
  // A frame of 1,209 operators counts 605 bytes: 100 fit. They come back, each with what it may run unasked; paid, they would count
  // to 12,000.
  expect(countedWithout(1_000, functions, 100)).toBeLessThanOrEqual((100 * BOUND) / 10);
});
