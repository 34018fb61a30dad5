// The reference interpreter against Wasmer: results and gas of every call that Wasmer carried out.

import { expect, test } from "vitest";
import { ReferenceInstance } from "./interpret.js";
import type { Value } from "./numeric-ops.js";
import { readWasmerVectors, type TypedValue } from "./wasmer-vectors.js";

const { limit, modules } = readWasmerVectors();

function toValue(typed: TypedValue): Value {
  if (typed.i32 !== undefined) return Number(typed.i32);
  if (typed.f32 !== undefined) return Number(typed.f32);
  return BigInt((typed.i64 ?? typed.f64) as string);
}

test("there are a few hundred modules, and most calls succeed", () => {
  expect(modules.length).toBeGreaterThan(200);
  const calls = modules.flatMap((module) => module.calls);
  expect(calls.filter((call) => call.gas !== undefined).length).toBeGreaterThan(calls.length / 2);
});

test.each(modules.map((module) => [module.name, module] as const))("%s: results and gas are Wasmer's", (_, module) => {
  const instance = new ReferenceInstance(module.wasm);
  expect(instance.startGas).toBe(module.startGas);
  for (const [index, call] of module.calls.entries()) {
    const place = `call ${index}: ${call.export}(${JSON.stringify(call.args)})`;
    const outcome = instance.call(call.export, call.args.map(toValue), limit);
    if (call.gas === undefined) {
      expect(outcome.trap, place).toBeDefined();
      continue;
    }
    expect({ trap: outcome.trap, results: outcome.results, gas: outcome.gasUsed }, place).toEqual({
      trap: undefined,
      results: call.results?.map(toValue),
      gas: call.gas,
    });
  }
});
