// The project's metering against two others: Wasmer for the calls that succeed, the reference interpreter for all,
// those that trap or run out of gas included.

import { describe, expect, test } from "vitest";
import { ReferenceInstance } from "./interpret.js";
import { MeteredModule } from "./metered-module.js";
import { f32, f32Bits, f64, f64Bits, type Value } from "./numeric-ops.js";
import { readWasmerVectors, type TypedValue } from "./wasmer-vectors.js";

const { limit, modules } = readWasmerVectors();

/** Wasmer counts operators alone. */
const OPERATORS_ONLY = { memoryGrow: 0, bulkUnit: 0 };
/** The rules' own surcharges. */
const SURCHARGES = { memoryGrow: 100, bulk: 1 };
/** wasm-smith lets a call recurse 400 deep, with frames of its own making: more than a transaction may. */
const ROOMY_STACK = 100_000_000;

/** A value as JavaScript passes it to Wasm. */
function argument(typed: TypedValue): number | bigint {
  if (typed.i32 !== undefined) return Number(typed.i32);
  if (typed.i64 !== undefined) return BigInt(typed.i64);
  return typed.f32 !== undefined ? f32(Number(typed.f32)) : f64(BigInt(typed.f64 as string));
}

/** The same value as the reference interpreter has it. */
function bits(typed: TypedValue): Value {
  if (typed.i32 !== undefined || typed.f32 !== undefined) return Number(typed.i32 ?? typed.f32);
  return BigInt((typed.i64 ?? typed.f64) as string);
}

/** A float's bits are compared, since JavaScript has one NaN alone. */
function resultBits(value: unknown, like: TypedValue): Value {
  if (like.f32 !== undefined) return f32Bits(value as number);
  return like.f64 !== undefined ? f64Bits(value as number) : (value as Value);
}

describe.each(modules.map((module) => [module.name, module] as const))("%s", (_, module) => {
  test("results and gas are Wasmer's", () => {
    const metered = new MeteredModule(module.wasm, OPERATORS_ONLY, ROOMY_STACK);
    expect(metered.startGas).toBe(module.startGas);
    for (const [index, call] of module.calls.entries()) {
      const outcome = metered.call(call.export, call.args.map(argument), limit);
      const place = `call ${index}: ${call.export}`;
      if (call.results === undefined) {
        expect(outcome.trap, place).toBeDefined();
        continue;
      }
      const results = call.results.map((result, at) => resultBits(outcome.results[at], result));
      const expected = call.results.map((result) => canonical(bits(result), result));
      expect({ trap: outcome.trap, results, gas: outcome.gasUsed }, place).toEqual({
        trap: undefined,
        results: expected,
        gas: call.gas,
      });
    }
  });

  test("gas is the interpreter's, whatever the ending and the limit", () => {
    const { memoryGrow, bulk } = SURCHARGES;
    const metered = new MeteredModule(module.wasm, { memoryGrow, bulkUnit: bulk }, ROOMY_STACK);
    const reference = new ReferenceInstance(module.wasm, SURCHARGES);
    expect(metered.startGas).toBe(reference.startGas);
    for (const [index, call] of module.calls.entries()) {
      const expected = reference.call(call.export, call.args.map(bits), limit);
      const outcome = metered.call(call.export, call.args.map(argument), limit);
      const place = `call ${index}: ${call.export}`;
      expect(outcome.gasUsed, place).toBe(expected.gasUsed);
      expect(outcome.trap === undefined, place).toBe(expected.trap === undefined);
    }
  });
});

describe("at the edge of the gas limit", () => {
  // Each module anew for each limit, so that what a failed call left behind is not carried on.
  test.each(modules.slice(0, 60).map((module) => [module.name, module] as const))("%s", (_, module) => {
    const { memoryGrow, bulk } = SURCHARGES;
    for (const call of module.calls.slice(0, 4)) {
      const fresh = () => new MeteredModule(module.wasm, { memoryGrow, bulkUnit: bulk }, ROOMY_STACK);
      const whole = fresh().call(call.export, call.args.map(argument), limit);
      if (whole.trap !== undefined || whole.gasUsed === 0) continue;
      const exact = fresh().call(call.export, call.args.map(argument), whole.gasUsed);
      expect({ trap: exact.trap, gas: exact.gasUsed }).toEqual({ trap: undefined, gas: whole.gasUsed });
      for (const less of [whole.gasUsed - 1, Math.floor(whole.gasUsed / 2), 0]) {
        const outcome = fresh().call(call.export, call.args.map(argument), less);
        expect({ trap: outcome.trap, gas: outcome.gasUsed }).toEqual({ trap: "out of gas", gas: less });
      }
    }
  });
});

/** Every NaN is read back as the canonical one, since a call into Wasm hands JavaScript's NaN over. */
function canonical(value: Value, like: TypedValue): Value {
  if (like.f32 !== undefined) return f32Bits(f32(value));
  return like.f64 !== undefined ? f64Bits(f64(value)) : value;
}
