// Random functions on floats, as text: parameters, locals that arithmetic alone writes and others, tees, memory, a global,
// references to functions, branches and loops. They leave all they had in memory, so that the bits can be compared.

import type { Random } from "../hostile/random.js";

/** Slots of 64 bits that the module leaves in memory, from address 0: `bits(slot)` gives them. */
export const SLOTS = 11;

/** Slots that the function itself stores to; behind them come its locals, in the end, and the global. */
const SCRATCH_SLOTS = 3;
const FLOAT_LOCALS = 7;
/** The first locals are f64, the others f32. */
const WIDE_LOCALS = 5;
/** Locals behind the floats: a condition, and the rounds of a loop. */
const CONDITION = 7;
const ROUNDS = 8;

const CONSTANTS = ["0", "1", "-1", "inf", "nan", "nan:0x4000000000001", "-nan", "-nan:0xc000000000123", "1e300"];

/** A module with `f`, which runs, and `bits`. */
export function generateFloatFunctions(random: Random): string {
  return new Generator(random).module();
}

class Generator {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  module(): string {
    const kept = Array.from({ length: FLOAT_LOCALS }, (_, local) => {
      const type = local < WIDE_LOCALS ? "f64" : "f32";
      return `(${type}.store (i32.const ${8 * (SCRATCH_SLOTS + local)}) (local.get ${local}))`;
    });
    return `(module (memory 1) (global $g (mut f64) (f64.const 0)) (elem declare func $h)
      (func $h (param f64) (result f64) (f64.sub (local.get 0) (local.get 0)))
      (func $b (param f64 f64) (local f64 f64 f64 f32 f32 i32 i32)
        ${this.#statement(5)} ${this.#statement(4)} ${this.#statement(4)}
        ${kept.join(" ")}
        (f64.store (i32.const ${8 * (SLOTS - 1)}) (global.get $g)))
      (func (export "f") (call $b (f64.const 0) (f64.const nan:0x4000000000001)))
      (func (export "bits") (param i32) (result i64) (i64.load (i32.shl (local.get 0) (i32.const 3)))))`;
  }

  /** An f64. */
  #float(depth: number): string {
    const r = this.#random;
    const float = (): string => this.#float(depth - 1);
    if (depth <= 0) {
      return r.pick([
        `(f64.const ${r.pick(CONSTANTS)})`,
        `(local.get ${r.below(WIDE_LOCALS)})`,
        "(global.get $g)",
        `(f64.load (i32.const ${8 * r.below(SCRATCH_SLOTS)}))`,
      ]);
    }
    switch (r.below(14)) {
      case 0:
      case 1:
        return `(f64.${r.pick(["add", "sub", "mul", "div", "min", "max", "copysign"])} ${float()} ${float()})`;
      case 2:
        return `(f64.${r.pick(["neg", "abs", "sqrt", "floor", "nearest"])} ${float()})`;
      case 3:
      case 4:
        return `(local.tee ${r.below(WIDE_LOCALS)} ${float()})`;
      case 5:
        return `(select ${float()} ${float()} ${this.#condition(depth - 1)})`;
      case 6:
        return `(block (result f64) ${this.#statement(depth - 1)} ${float()} (br_if 0 ${this.#condition(depth - 1)}))`;
      case 7: {
        const then = `${this.#statement(depth - 1)} ${float()}`;
        return `(if (result f64) ${this.#condition(depth - 1)} (then ${then}) (else ${float()}))`;
      }
      case 8:
        return `(f64.promote_f32 ${this.#narrow(depth - 1)})`;
      case 9:
        return `(f64.reinterpret_i64 (i64.reinterpret_f64 ${float()}))`;
      case 10:
        return `(call $h ${float()})`;
      case 11:
        return `(f64.convert_i32_s ${this.#condition(depth - 1)})`;
      case 12:
        return `(loop (result f64) ${this.#statement(depth - 1)} ${float()})`;
      default:
        return this.#float(0);
    }
  }

  /** An f32. */
  #narrow(depth: number): string {
    const r = this.#random;
    const local = WIDE_LOCALS + r.below(FLOAT_LOCALS - WIDE_LOCALS);
    if (depth <= 0) return `(local.get ${local})`;
    switch (r.below(4)) {
      case 0:
        return `(local.tee ${local} ${this.#narrow(depth - 1)})`;
      case 1:
        return `(f32.${r.pick(["add", "mul", "div"])} ${this.#narrow(depth - 1)} ${this.#narrow(depth - 1)})`;
      default:
        return `(f32.demote_f64 ${this.#float(depth - 1)})`;
    }
  }

  /** An i32, as conditions are: some see a float's bits. */
  #condition(depth: number): string {
    const r = this.#random;
    if (depth <= 0) return r.pick(["(i32.const 0)", "(i32.const 1)", `(local.get ${CONDITION})`]);
    switch (r.below(7)) {
      case 0:
        return `(f64.${r.pick(["eq", "lt", "ne"])} ${this.#float(depth - 1)} ${this.#float(depth - 1)})`;
      case 1:
        return `(local.tee ${CONDITION} ${this.#condition(depth - 1)})`;
      case 2:
        return `(i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64 ${this.#float(depth - 1)}) (i64.const 63)))`;
      case 3:
        return `(i32.and (i32.reinterpret_f32 ${this.#narrow(depth - 1)}) (i32.const 0x3fffff))`;
      case 4:
        return "(ref.is_null (ref.func $h))";
      case 5:
        return `(i32.div_u ${this.#condition(depth - 1)} (i32.or ${this.#condition(depth - 1)} (i32.const 1)))`;
      default:
        return this.#condition(0);
    }
  }

  #statement(depth: number): string {
    const r = this.#random;
    const statement = (): string => this.#statement(depth - 1);
    if (depth <= 0) return r.pick(["(nop)", "(ref.func $h) (drop)", ""]);
    switch (r.below(12)) {
      case 0:
      case 1:
        return `(local.set ${r.below(WIDE_LOCALS)} ${this.#float(depth - 1)})`;
      case 2:
        return `(drop ${this.#float(depth - 1)})`;
      case 3:
        return `(f64.store (i32.const ${8 * r.below(SCRATCH_SLOTS)}) ${this.#float(depth - 1)})`;
      case 4:
        return `(global.set $g ${this.#float(depth - 1)})`;
      case 5:
        return `(block ${statement()} (br_if 0 ${this.#condition(depth - 1)}) ${statement()})`;
      case 6: {
        const ending = r.pick(["", "", "(br 0)", "(unreachable)"]);
        const otherwise = r.chance(50) ? `(else ${statement()} ${ending})` : "";
        return `(if ${this.#condition(depth - 1)} (then ${statement()}) ${otherwise})`;
      }
      case 7: {
        const again = `(local.set ${ROUNDS} (i32.add (local.get ${ROUNDS}) (i32.const 1))) (br $l)`;
        const more = `(i32.lt_u (local.get ${ROUNDS}) (i32.const ${r.below(4)}))`;
        const body = `(if ${more} (then ${this.#statement(depth - 2)} ${again}))`;
        return `(local.set ${ROUNDS} (i32.const 0)) (loop $l ${body})`;
      }
      case 8:
        return `(i32.const 0) ${this.#float(depth - 1)} (f64.store) (ref.func $h) (drop)`;
      case 9:
        return `(drop (ref.func $h)) ${statement()} ${statement()}`;
      case 10:
        return `(local.set ${WIDE_LOCALS + r.below(FLOAT_LOCALS - WIDE_LOCALS)} ${this.#narrow(depth - 1)})`;
      default:
        return `${statement()} ${statement()}`;
    }
  }
}
