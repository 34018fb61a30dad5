// Code that the rewriting moves, joins or leaves out, against the reference interpreter: the same results, traps and gas
// for every argument and at every limit. And imported functions, for which others stand in where tables hold them.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { assemble, contract, deploy, execute, query, toNumber, tryDeploy } from "../fixtures/wat.js";
import { ReferenceInstance } from "../reference/interpret.js";
import { MeteredModule } from "../reference/metered-module.js";

/** Functions of one i32, to be called as `f`. */
const FUNCTIONS: readonly (readonly [name: string, functions: string])[] = [
  [
    "a loop whose condition stands at its head, without else",
    `(func (export "f") (param i32) (result i32) (local $sum i32)
      (loop $again (if (local.get 0) (then
        (local.set $sum (i32.add (local.get $sum) (local.get 0)))
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br $again))))
      (local.get $sum))`,
  ],
  [
    "a loop that goes on behind its if",
    `(func (export "f") (param i32) (result i32) (local $odd i32)
      (loop $again
        (if (i32.and (local.get 0) (i32.const 1)) (then (local.set $odd (i32.add (local.get $odd) (i32.const 1)))))
        (local.set 0 (i32.shr_u (local.get 0) (i32.const 1)))
        (br_if $again (local.get 0)))
      (local.get $odd))`,
  ],
  [
    "a loop that is left by a br_if at its head",
    `(func (export "f") (param i32) (result i32) (local $sum i32)
      (block $done (loop $again
        (br_if $done (i32.eqz (local.get 0)))
        (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get 0) (local.get 0))))
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br $again)))
      (local.get $sum))`,
  ],
  [
    "ifs in the arms of ifs, with and without else",
    `(func (export "f") (param i32) (result i32)
      (if (result i32) (i32.gt_s (local.get 0) (i32.const 2))
        (then (if (i32.gt_s (local.get 0) (i32.const 4)) (then (return (i32.const 9)))) (i32.const 1))
        (else (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 5)) (else (i32.const 6) (nop))))))`,
  ],
  [
    "an if that takes values and has no else",
    `(type $twice (func (param i32 i32) (result i32 i32)))
     (func (export "f") (param i32) (result i32)
      (local.get 0) (i32.const 7) (local.get 0)
      (if (type $twice) (then (i32.add) (i32.const 3)))
      (i32.sub))`,
  ],
  [
    "blocks and loops with types by index",
    `(type $in (func (param i32) (result i32)))
     (type $two (func (param i32) (result i32 i64)))
     (func (export "f") (param i32) (result i64) (local i64)
      (local.get 0)
      (block $b (type $two)
        (loop $l (type $in)
          (i32.const 3) (i32.sub)
          (local.tee 0)
          (br_if $l (i32.gt_s (local.get 0) (i32.const 0))))
        (i64.const 5)
        (br_if $b (i32.eqz (local.get 0)))
        (drop) (i64.const 6))
      (local.set 1) (i64.extend_i32_s) (local.get 1) (i64.mul))`,
  ],
  [
    "a br_table that goes on, leaves, and returns",
    `(func (export "f") (param i32) (result i32) (local $rounds i32)
      (block $out (loop $again
        (local.set $rounds (i32.add (local.get $rounds) (i32.const 1)))
        (block $next
          (br_table $next $out $out (i32.rem_u (local.get 0) (i32.const 3))))
        (local.set 0 (i32.div_u (local.get 0) (i32.const 3)))
        (br_if $again (local.get 0))))
      (local.get $rounds))`,
  ],
  [
    "dead code of every kind",
    `(func $g (result i32) (i32.const 1))
     (func (export "f") (param i32) (result i32) (local i64)
      (block $b (result i32)
        (br $b (i32.const 4))
        (drop) (call $g) (local.set 1 (i64.const 1)) (block (loop (br 1)) (if (i32.const 1) (then (unreachable)) (else)))
        (i32.const 0) (i32.div_u))
      (if (param i32) (result i32) (local.get 0) (then (drop) (return (i32.const 8)) (local.set 0)) (else (i32.const 2) (i32.mul))))`,
  ],
  [
    "locals behind parameters, up to indices of two bytes",
    `(func (export "f") (param i32) (result i32) (local ${"i32 ".repeat(140)})
      (local.set 1 (i32.const 1)) (local.set 126 (local.get 0)) (local.set 127 (local.get 126))
      (local.set 140 (i32.add (local.get 127) (local.get 1)))
      (i32.add (local.get 140) (local.tee 128 (local.get 139))))`,
  ],
  [
    "indirect calls and references to functions",
    `(type $unary (func (param i32) (result i32)))
     (table $t 4 funcref)
     (elem (i32.const 0) $inc $double)
     (elem (i32.const 2) funcref (ref.func $inc) (ref.null func))
     (global $ref funcref (ref.func $double))
     (func $inc (export "inc") (type $unary) (i32.add (local.get 0) (i32.const 1)))
     (func $double (type $unary) (i32.mul (local.get 0) (i32.const 2)))
     (func $third (export "third") (type $unary) (i32.mul (local.get 0) (i32.const 3)))
     (func (export "f") (param i32) (result i32)
      (table.set $t (i32.const 3) (ref.func $third))
      (call_indirect $t (type $unary)
        (call_indirect $t (type $unary) (local.get 0) (i32.const 3))
        (i32.and (local.get 0) (i32.const 3))))`,
  ],
  [
    "everything that needs a local of its own, in one function",
    `(type $unary (func (param i32) (result i32)))
     (memory 1) (table 2 funcref) (elem (i32.const 0) $inc $f)
     (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
     (func $f (export "f") (type $unary) (local $s f32) (local $d f64) (local $n i32)
      (loop $l
        (f32.store (i32.const 4) (f32.sqrt (f32.sub (f32.const 2) (f32.convert_i32_s (local.get 0)))))
        (f64.store (i32.const 8) (f64.div (f64.convert_i32_s (local.get $n)) (f64.const 0)))
        (local.set $s (f32.neg (f32.load (i32.const 4))))
        (local.set $d (f64.mul (local.tee $d (f64.add (f64.load (i32.const 8)) (f64.const 1))) (local.get $d)))
        (local.set $n (call_indirect (type $unary) (local.get $n) (i32.const 0)))
        (memory.fill (i32.const 64) (local.get $n) (i32.mul (local.get $n) (i32.const 40)))
        (br_if $l (i32.lt_u (local.get $n) (i32.const 3))))
      (if (i32.gt_u (local.get 0) (i32.const 4)) (then
        (local.set $n (call_indirect (type $unary) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1)))))
      (i32.xor (i32.xor (i32.reinterpret_f32 (local.get $s)) (i32.wrap_i64 (i64.reinterpret_f64 (local.get $d))))
        (i32.add (i32.load (i32.const 64)) (local.get $n))))`,
  ],
  [
    "an indirect call that finds nothing, or something else",
    `(table 3 funcref) (elem (i32.const 0) $none $other) (func $none) (func $other (param i64))
     (func (export "f") (param i32) (result i32) (call_indirect (local.get 0)) (i32.const 1))`,
  ],
  [
    "recursion with loops, several results, and a trap at the end",
    `(func $r (param i32 i64) (result i32 i64) (local $i i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 1) (local.get 1))))
      (loop $l (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $l (i32.lt_u (local.get $i) (local.get 0))))
      (call $r (i32.sub (local.get 0) (i32.const 1)) (i64.add (local.get 1) (i64.extend_i32_u (local.get $i))))
      (i64.const 1) (i64.add))
     (func (export "f") (param i32) (result i64) (local i64)
      (call $r (local.get 0) (i64.const 3)) (local.set 1)
      (i32.div_u (i32.sub (local.get 0) (i32.const 4))) (drop)
      (local.get 1))`,
  ],
  [
    "memory in loops: what was paid is known where it traps",
    `(memory 1) (func (export "f") (param i32) (result i32)
      (loop $l
        (i32.store (i32.shl (local.get 0) (i32.const 14)) (local.get 0))
        (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (br_if $l (i32.lt_u (local.get 0) (i32.const 6))))
      (i32.load (i32.const 16384)))`,
  ],
  [
    "bulk operators and memory.grow in loops",
    `(memory 1 3) (data "abcdefgh") (func (export "f") (param i32) (result i32)
      (loop $l
        (memory.fill (i32.const 0) (i32.const 1) (i32.mul (local.get 0) (i32.const 100)))
        (memory.init 0 (i32.const 8) (i32.const 0) (i32.const 8))
        (memory.copy (i32.const 70000) (i32.const 0) (i32.mul (memory.grow (i32.const 1)) (i32.const 3)))
        (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (i32.load (i32.const 70000)))`,
  ],
];

const ARGUMENTS = [0, 1, 2, 3, 4, 5, 6, 100];
const PLENTY = 1_000_000;

describe("against the reference interpreter", () => {
  test.each(FUNCTIONS)("%s", (_name, functions) => {
    const wasm = assemble(`(module ${functions})`);
    const limits = new Set([PLENTY]);
    for (const argument of ARGUMENTS) {
      const { gasUsed } = new ReferenceInstance(wasm, { memoryGrow: 100, bulk: 1 }).call("f", [argument], PLENTY);
      for (const limit of [0, 1, 2, 3, 5, 8, gasUsed >> 1, gasUsed - 2, gasUsed - 1, gasUsed, gasUsed + 1]) {
        limits.add(Math.max(limit, 0));
      }
    }
    for (const argument of ARGUMENTS) {
      for (const limit of limits) {
        const expected = new ReferenceInstance(wasm, { memoryGrow: 100, bulk: 1 }).call("f", [argument], limit);
        const found = new MeteredModule(wasm, {}, 65_536).call("f", [argument], limit);
        const place = `f(${argument}) with ${limit} gas`;
        expect(found.trap === undefined, `${place}: ${found.trap} instead of ${expected.trap}`).toBe(
          expected.trap === undefined,
        );
        expect([found.gasUsed, found.results], place).toEqual([expected.gasUsed, expected.results]);
      }
    }
  });
});

describe("imported functions in tables", () => {
  const CALLER = `(import "env" "qw_get_block_height" (func $height (result i64)))
    (import "env" "qw_get_block_timestamp" (func $timestamp (result i64)))
    (type $number (func (result i64)))
    (memory (export "memory") 1)
    (func (export "init"))
    (func (export "execute") (param i32 i32 i32 i32))`;

  test.each([
    ["in an element segment", "(table 2 funcref) (elem (i32.const 0) $height $own)", ""],
    ["in one of expressions", "(table 2 funcref) (elem (i32.const 0) funcref (ref.func $height) (ref.func $own))", ""],
    [
      "passive",
      "(table 2 funcref) (elem func $height $own)",
      "(table.init 0 (i32.const 0) (i32.const 0) (i32.const 2))",
    ],
    [
      "by a reference in a body",
      '(table 2 funcref) (export "again" (func $height)) (export "own" (func $own))',
      "(table.set (i32.const 0) (ref.func $height)) (table.set (i32.const 1) (ref.func $own))",
    ],
    [
      "by a global",
      "(table 2 funcref) (global $g funcref (ref.func $height)) (elem (i32.const 1) $own)",
      "(table.set (i32.const 0) (global.get $g))",
    ],
  ])("%s: called, charged and booked as any", (_name, table, before) => {
    const chain = new Chain({ blockHeight: 7 });
    const to = deploy(
      chain,
      contract(`(module ${CALLER} ${table}
        (func $own (result i64) (i64.const 1000))
        (func (export "query") (param i32 i32) (result i64)
          ${before}
          (i64.add (call_indirect (type $number) (i32.const 0)) (call_indirect (type $number) (i32.const 1)))))`),
    );
    const receipt = query(chain, to);
    expect(receipt.failure).toBeUndefined();
    expect(toNumber(receipt.result)).toBe(1007n);
    // qw_get_block_height costs 200; operators are at least 2 consts, 2 calls, const, end, add, end.
    expect(receipt.gas.storageRead).toBe(200);
    expect(receipt.gas.instructions).toBeGreaterThanOrEqual(8);
    expect(receipt.gasUsed).toBe(receipt.gas.instructions + receipt.gas.memory + 200);
  });

  test("a host function of the wrong type is found by its type, and not called", () => {
    const chain = new Chain();
    const to = deploy(
      chain,
      contract(`(module ${CALLER} (table 1 funcref) (elem (i32.const 0) $height)
        (func (export "query") (param i32 i32) (result i64)
          (call_indirect (i32.const 0)) (i64.const 0)))`),
    );
    expect(query(chain, to).failure).toMatchObject({ code: "indirect call type mismatch" });
  });

  test("running out of gas in one is running out of gas", () => {
    const chain = new Chain();
    const to = deploy(
      chain,
      contract(`(module (import "env" "qw_get_block_height" (func $height (result i64)))
        (memory (export "memory") 1) (table 1 funcref) (elem (i32.const 0) $height)
        (func (export "init")) (func (export "query") (param i32 i32) (result i64) (i64.const 0))
        (func (export "execute") (param i32 i32 i32 i32) (drop (call_indirect (result i64) (i32.const 0)))))`),
    );
    // const, call_indirect, drop, end and 200.
    expect(execute(chain, to, "", undefined, { gasLimit: 204 }).status).toBe("success");
    const short = execute(chain, to, "", undefined, { gasLimit: 203 });
    expect([short.status, short.gasUsed]).toEqual(["out_of_gas", 203]);
  });
});

describe("what the engine cannot take with two more parameters", () => {
  const refused = (functions: string): string => {
    const wat = `(module (memory (export "memory") 1) ${functions} (func (export "init"))
      (func (export "execute") (param i32 i32 i32 i32)) (func (export "query") (param i32 i32) (result i64) i64.const 0))`;
    try {
      tryDeploy(new Chain(), contract(wat));
    } catch (error) {
      return (error as Error).message;
    }
    return "not refused";
  };

  test("100 parameters and 100 results are run, one more of either is refused", () => {
    const values = (count: number): string => "i32 ".repeat(count);
    const body = (count: number): string => "i32.const 0 ".repeat(count);
    expect(refused(`(func (param ${values(100)}) (result ${values(100)}) ${body(100)})`)).toBe("not refused");
    expect(refused(`(func (param ${values(101)}))`)).toContain(
      "has 101 parameters and 0 results, 100 and 100 are allowed.\nHand values over in memory.",
    );
    expect(refused(`(func (result ${values(101)}) ${body(101)})`)).toContain("has 0 parameters and 101 results");
    // A block's type is one of them, too.
    const block = `(block (result ${values(101)}) ${body(101)}) ${"drop ".repeat(101)}`;
    expect(refused(`(func ${block})`)).toContain("has 0 parameters and 101 results");
  });

  test("49,900 parameters and locals are run, one more is refused", () => {
    expect(refused(`(func (param i32) (local ${"i64 ".repeat(49_899)}))`)).toBe("not refused");
    const message = "has 49901 parameters and local variables, 49900 are allowed";
    expect(refused(`(func (param i32) (local ${"i64 ".repeat(49_900)}))`)).toContain(message);
  });
});
