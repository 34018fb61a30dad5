// NaNs have the same bits on every machine: arithmetic's are made canonical before anybody can see them, however they get
// there, through locals, tees, memory, globals. The reference interpreter, which makes every NaN canonical where it arises,
// says what is to be seen.

import { describe, expect, test } from "vitest";
import { assemble } from "../fixtures/wat.js";
import { Random } from "../hostile/random.js";
import { generateFloatFunctions, SLOTS } from "../reference/float-functions.js";
import { ReferenceInstance } from "../reference/interpret.js";
import { MeteredModule } from "../reference/metered-module.js";

const PLENTY = 1_000_000;

describe("NaNs", () => {
  /** Bodies on the float `x` (of the argument's bits) that leave an i64. */
  const BODIES: readonly (readonly [name: string, locals: string, body: string])[] = [
    ["one operator", "", "(i64.reinterpret_f64 (f64.add (local.get $x) (f64.const 1)))"],
    ["a chain", "", "(i64.reinterpret_f64 (f64.mul (f64.sqrt (f64.sub (local.get $x) (f64.const 1))) (f64.const 2)))"],
    ["what keeps the bits", "", "(i64.reinterpret_f64 (f64.neg (local.get $x)))"],
    ["a sign behind arithmetic", "", "(i64.reinterpret_f64 (f64.neg (f64.add (local.get $x) (f64.const 1))))"],
    ["a sign taken", "", "(i64.reinterpret_f64 (f64.copysign (f64.const 3) (f64.mul (local.get $x) (f64.const 1))))"],
    ["a comparison", "", "(i64.extend_i32_u (f64.lt (f64.add (local.get $x) (f64.const 1)) (f64.const 9)))"],
    ["a conversion", "", "(i64.trunc_sat_f64_s (f64.div (local.get $x) (f64.const 0)))"],
    ["demoted", "", "(i64.extend_i32_u (i32.reinterpret_f32 (f32.demote_f64 (f64.add (local.get $x) (f64.const 1)))))"],
    [
      "through a local that arithmetic alone writes",
      "(local $sum f64)",
      `(local.set $sum (f64.const 0))
       (local.set $sum (f64.add (local.get $sum) (f64.mul (local.get $x) (f64.const 2))))
       (local.set $sum (f64.add (local.get $sum) (f64.const 1)))
       (i64.reinterpret_f64 (local.get $sum))`,
    ],
    [
      "through a local that is written otherwise as well",
      "(local $either f64)",
      `(if (i64.gt_s (i64.reinterpret_f64 (local.get $x)) (i64.const 0))
         (then (local.set $either (local.get $x)))
         (else (local.set $either (f64.add (local.get $x) (f64.const 1)))))
       (i64.reinterpret_f64 (local.get $either))`,
    ],
    [
      "a tee between",
      "(local $kept f64)",
      `(drop (f64.eq (local.tee $kept (f64.mul (local.get $x) (local.get $x))) (f64.const 0)))
       (i64.xor (i64.reinterpret_f64 (local.get $kept)) (i64.reinterpret_f64 (local.tee $kept (f64.sub (local.get $x) (f64.const 2)))))`,
    ],
    [
      "an unwritten local and a constant NaN",
      "(local $zero f64) (local $nan f64)",
      `(local.set $nan (f64.const -nan:0x123))
       (local.set $zero (f64.add (local.get $zero) (local.get $x)))
       (i64.xor (i64.reinterpret_f64 (local.get $nan)) (i64.reinterpret_f64 (local.get $zero)))`,
    ],
    [
      "in a loop, through memory",
      "(local $sum f64) (local $i i32)",
      `(f64.store (i32.const 8) (local.get $x))
       (loop $l
         (local.set $sum (f64.add (local.get $sum) (f64.load (i32.const 8))))
         (f64.store (i32.const 16) (f64.neg (local.get $sum)))
         (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3))))
       (i64.add (i64.load (i32.const 16)) (i64.reinterpret_f64 (local.get $sum)))`,
    ],
    [
      "a global, a select, a call",
      "",
      `(global.set $g (f64.max (local.get $x) (f64.const 1)))
       (i64.xor (i64.reinterpret_f64 (global.get $g))
         (call $bits (select (f64.add (local.get $x) (f64.const 1)) (local.get $x) (i32.const 1))))`,
    ],
    [
      "a tee of a parameter, its own value dropped or computed with",
      "",
      "(i64.xor (call $dropped (local.get $x)) (call $computed (local.get $x)))",
    ],
    [
      "a tee of a local that is written otherwise as well",
      "(local $either f64)",
      `(local.set $either (f64.load (i32.const 8)))
       (drop (f64.add (local.tee $either (f64.mul (local.get $x) (f64.const 1))) (f64.const 1)))
       (i64.reinterpret_f64 (local.get $either))`,
    ],
    [
      "two tees of one value",
      "(local $first f64) (local $second f64)",
      `(local.set $second (local.get $x))
       (drop (local.tee $first (local.tee $second (f64.sub (local.get $x) (f64.const 1)))))
       (i64.xor (i64.reinterpret_f64 (local.get $first)) (i64.mul (i64.reinterpret_f64 (local.get $second)) (i64.const 3)))`,
    ],
    [
      "a tee of a parameter of 32 bits",
      "",
      "(i64.extend_i32_u (call $narrow (f32.reinterpret_i32 (i32.wrap_i64 (local.get $bits)))))",
    ],
    [
      "a reference where a stored float was",
      "",
      `(i32.const 8) (f64.mul (local.get $x) (f64.const 1)) (f64.store)
       (i32.const 8) (ref.func $dropped) (drop) (drop)
       (i64.load (i32.const 8))`,
    ],
    [
      "a reference where a global's float was",
      "",
      `(global.set $g (f64.mul (local.get $x) (f64.const 1)))
       (ref.func $dropped) (drop)
       (i64.reinterpret_f64 (global.get $g))`,
    ],
  ];
  // Quiet NaNs with and without payload and sign, infinity, a number. Signalling ones are not passed through JavaScript.
  const BITS = [
    0x7ff8000000000000n,
    0x7ff8000000abcdefn,
    -0x7ffffffff543211n,
    // As an f32, the low half is a NaN with a payload.
    0x400900007fc12345n,
    0x7ff0000000000000n,
    0x4009000000000000n,
  ];

  test.each(BODIES)("%s", (_name, locals, body) => {
    const wasm = assemble(`(module (memory 1) (global $g (mut f64) (f64.const 0)) (elem declare func $dropped)
      (func $dropped (param f64) (result i64)
        (drop (local.tee 0 (f64.mul (local.get 0) (f64.const 1))))
        (i64.reinterpret_f64 (local.get 0)))
      (func $computed (param f64) (result i64)
        (drop (f64.add (local.tee 0 (f64.sub (local.get 0) (f64.const 1))) (f64.const 1)))
        (i64.mul (i64.reinterpret_f64 (local.get 0)) (i64.const 3)))
      (func $narrow (param f32) (result i32)
        (drop (local.tee 0 (f32.mul (local.get 0) (f32.const 1))))
        (i32.reinterpret_f32 (local.get 0)))
      (func $bits (param f64) (result i64) (i64.reinterpret_f64 (local.get 0)))
      (func (export "f") (param $bits i64) (result i64) (local $x f64) ${locals}
        (local.set $x (f64.reinterpret_i64 (local.get $bits)))
        ${body}))`);
    for (const bits of BITS) {
      const expected = new ReferenceInstance(wasm, { memoryGrow: 100, bulk: 1 }).call("f", [bits], PLENTY);
      const found = new MeteredModule(wasm, {}, 65_536).call("f", [bits], PLENTY);
      const unsigned = (value: unknown): bigint => BigInt.asUintN(64, value as bigint);
      expect(found.results.map(unsigned), `0x${BigInt.asUintN(64, bits).toString(16)}`).toEqual(
        expected.results.map(unsigned),
      );
      expect(found.gasUsed).toBe(expected.gasUsed);
    }
  });
});

describe("random functions on floats", () => {
  const SEED = 47_229;
  const MODULES = 1_500;
  const GAS_LIMIT = 20_000;

  test(`${MODULES} modules leave the interpreter's bits, for the interpreter's gas`, () => {
    let ended = 0;
    for (let seed = SEED; seed < SEED + MODULES; seed++) {
      const wat = generateFloatFunctions(new Random(seed));
      const wasm = assemble(wat);
      const reference = new ReferenceInstance(wasm, { memoryGrow: 100, bulk: 1 });
      const metered = new MeteredModule(wasm, {}, 65_536);
      const expected = reference.call("f", [], GAS_LIMIT);
      const found = metered.call("f", [], GAS_LIMIT);
      expect([found.gasUsed, found.trap === undefined], wat).toEqual([expected.gasUsed, expected.trap === undefined]);
      if (expected.trap !== undefined) continue;
      ended++;
      for (let slot = 0; slot < SLOTS; slot++) {
        const bits = (instance: ReferenceInstance | MeteredModule): string => {
          const [value] = instance.call("bits", [slot], GAS_LIMIT).results;
          return BigInt.asUintN(64, value as bigint).toString(16);
        };
        expect(bits(metered), `slot ${slot} of ${wat}`).toBe(bits(reference));
      }
      const edge = new MeteredModule(wasm, {}, 65_536).call("f", [], expected.gasUsed - 1);
      expect(edge.trap, wat).toBe("out of gas");
    }
    expect(ended).toBeGreaterThan(MODULES / 2);
  });
});
