// Any module with metering: `meter` and `runExport`, as users of "qwvm/wasm" have them.

import { describe, expect, test } from "vitest";
import { QwvmError } from "../../harness/core/errors.js";
import { type MeteredInstance, meter, type RunOptions, runExport, type WasmValue } from "../../harness/wasm.js";
import { assemble } from "../fixtures/wat.js";
import { readWasmerVectors } from "../reference/wasmer-vectors.js";

const MATHS = assemble(`(module
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "add64") (param i64 i64) (result i64) local.get 0 local.get 1 i64.add)
  (func (export "half") (param f32 f64) (result f32 f64)
    local.get 0 f32.const 0.5 f32.mul local.get 1 f64.const 0.5 f64.mul)
  (func (export "div") (param i32 i32) (result i32) local.get 0 local.get 1 i32.div_s)
  (func (export "trap") unreachable)
  (func (export "forever") (loop br 0))
  (func (export "deep") (call 6))
  (func $deep (call $deep))
  (func (export "nothing")))`);

function refusal(run: () => unknown): QwvmError {
  try {
    run();
  } catch (error) {
    if (error instanceof QwvmError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("runExport", () => {
  test.each<[string, WasmValue[], WasmValue[], number]>([
    // local.get, local.get, the operator, end: one gas each.
    ["add", [2, 3], [5], 4],
    ["add", [2 ** 32 - 1, 2], [1], 4],
    ["add64", [2n ** 63n, -1n], [2n ** 63n - 1n], 4],
    // Three operators for each of the two, and the end.
    ["half", [3, 5], [1.5, 2.5], 7],
    ["div", [-7, 2], [-3], 4],
    ["nothing", [], [], 1],
  ])("%s(%s) is %s for %i gas", (name, args, results, gasUsed) => {
    expect(runExport(MATHS, name, args, { gasLimit: 100 })).toEqual({ results, trap: undefined, gasUsed });
    expect(runExport(MATHS, name, args, { gasLimit: gasUsed }).trap).toBeUndefined();
    const short = { results: [], trap: "out of gas", gasUsed: gasUsed - 1 };
    expect(runExport(MATHS, name, args, { gasLimit: gasUsed - 1 })).toEqual(short);
  });

  test.each<[string, WasmValue[], string, number]>([
    // A block is paid in full at its start, up to the operator that ends it: unreachable ends one, a division does not.
    ["trap", [], "unreachable", 1],
    ["div", [1, 0], "integer divide by zero", 4],
    ["div", [-(2 ** 31), -1], "integer overflow", 4],
    ["forever", [], "out of gas", 1_000_000],
  ])("%s(%s) traps: %s", (name, args, trap, gasUsed) => {
    expect(runExport(MATHS, name, args, { gasLimit: 1_000_000 })).toEqual({ results: [], trap, gasUsed });
  });

  test("a stack that overflows is the machine's own limit, not the engine's", () => {
    const [shallow, deep] = [1_000, 65_536].map((stackBytes) =>
      runExport(MATHS, "deep", [], { gasLimit: 1_000_000, limits: { stackBytes } }),
    );
    // Each frame is 32 bytes: 31 fit in 1,000, and each has paid its call. The one that does not fit has paid nothing.
    expect(shallow).toEqual({ results: [], trap: "stack overflow", gasUsed: 31 });
    expect(deep).toEqual({ results: [], trap: "stack overflow", gasUsed: 2048 });
  });

  test("prices can be chosen", () => {
    const wasm = assemble('(module (memory 1) (func (export "grow") (result i32) i32.const 1 memory.grow))');
    // i32.const, memory.grow, end; 100 for the growth.
    expect(runExport(wasm, "grow")).toEqual({ results: [1], trap: undefined, gasUsed: 103 });
    expect(runExport(wasm, "grow", [], { schedule: { instruction: 2, memoryGrow: 7 } }).gasUsed).toBe(13);
  });

  test("the start function is run first, and paid from the same limit", () => {
    const wasm = assemble(`(module (global $g (mut i32) (i32.const 1)) (start 0)
      (func i32.const 7 global.set $g) (func (export "get") (result i32) global.get $g))`);
    // i32.const, global.set, end; global.get, end.
    expect(runExport(wasm, "get")).toEqual({ results: [7], trap: undefined, gasUsed: 5 });
    expect(runExport(wasm, "get", [], { gasLimit: 4 })).toEqual({ results: [], trap: "out of gas", gasUsed: 4 });
    expect(runExport(wasm, "get", [], { gasLimit: 2 })).toEqual({ results: [], trap: "out of gas", gasUsed: 2 });
  });

  test("agrees with Wasmer on results and gas", () => {
    const { limit, modules } = readWasmerVectors();
    const integer = ({ i32, i64 }: { i32?: string; i64?: string }) =>
      i32 === undefined ? BigInt(i64 as string) : Number(i32);
    const schedule = { memoryGrow: 0, bulkUnit: 0 };
    let calls = 0;
    // The first call of each module, where integers alone go in and out.
    for (const { wasm, startGas, calls: all } of modules) {
      const { export: name, args, results, gas } = all[0] as (typeof all)[0];
      if (results === undefined || [...args, ...results].some((value) => !(value.i32 ?? value.i64))) continue;
      const limits = { stackBytes: 131_072, tableElements: 100_000 };
      const run = runExport(wasm, name, args.map(integer), { gasLimit: limit, schedule, limits });
      expect(run).toEqual({ results: results.map(integer), trap: undefined, gasUsed: (gas as number) + startGas });
      calls++;
    }
    expect(calls).toBeGreaterThan(30);
  });
});

describe("host functions", () => {
  const HOSTED = assemble(`(module (import "env" "twice" (func $twice (param i32) (result i32)))
    (import "env" "word" (func $word (param i32 i64) (result i64 f64)))
    (memory (export "memory") 1) (data (i32.const 0) "hello")
    (func (export "run") (param i32) (result i32) local.get 0 call $twice)
    (func (export "words") (result i64 f64) i32.const 1 i64.const 2 call $word))`);
  const word = (a: number, b: bigint) => [BigInt(a) + b, 0.5];
  const run = (twice: unknown, options: RunOptions = {}) =>
    runExport(HOSTED, "run", [21], { ...options, imports: { env: { twice: twice as never, word } } });

  test("are called with the module's values, and cost nothing by themselves", () => {
    // local.get, call, end.
    expect(run((value: number) => value * 2)).toEqual({ results: [42], trap: undefined, gasUsed: 3 });
    const imports = { env: { twice: Number, word } };
    expect(runExport(HOSTED, "words", [], { imports })).toEqual({ results: [3n, 0.5], trap: undefined, gasUsed: 4 });
  });

  test("reach memory and gas through the instance", () => {
    const seen: string[] = [];
    const imports = (instance: MeteredInstance) => ({
      env: {
        twice: (value: number) => {
          seen.push(Buffer.from(instance.memory?.buffer as ArrayBuffer, 0, 5).toString());
          instance.charge(100);
          return value;
        },
        word,
      },
    });
    expect(runExport(HOSTED, "run", [1], { imports }).gasUsed).toBe(103);
    expect(runExport(HOSTED, "run", [1], { imports, gasLimit: 102 })).toMatchObject({
      trap: "out of gas",
      gasUsed: 102,
    });
    expect(seen).toEqual(["hello", "hello"]);
    const swallowing = (instance: MeteredInstance) => ({
      env: {
        twice: () => {
          try {
            instance.charge(5000);
          } catch {}
          return 1;
        },
        word,
      },
    });
    const broke = { results: [], trap: "out of gas", gasUsed: 1000 };
    expect(runExport(HOSTED, "run", [1], { imports: swallowing, gasLimit: 1000 })).toEqual(broke);
  });

  test("are not called by code that has not been paid for", () => {
    let called = 0;
    const count = () => ++called;
    expect(run(count, { gasLimit: 1 })).toEqual({ results: [], trap: "out of gas", gasUsed: 1 });
    expect(called).toBe(0);
    // The block up to the call is paid, what follows it is not.
    expect(run(count, { gasLimit: 2 }).trap).toBe("out of gas");
    expect(called).toBe(1);
  });

  test("what one throws comes out as it is, and the instance can be called again", () => {
    const mine = new TypeError("mine");
    let fails = true;
    const instance = meter(HOSTED).instantiate({
      env: {
        word,
        twice: (value) => {
          if (fails) throw mine;
          return value;
        },
      },
    });
    expect(() => instance.call("run", [1])).toThrow(mine);
    fails = false;
    expect(instance.call("run", [1]).results).toEqual([1]);
  });

  test.each<[string, () => unknown, string, RegExp]>([
    ["missing", () => runExport(HOSTED, "run", [1]), "MISSING_IMPORT", /imports env\.twice.*\n.*\(i32\) -> i32/],
    [
      "misspelt",
      () => runExport(HOSTED, "run", [1], { imports: { env: { twise: Number, word } } }),
      "MISSING_IMPORT",
      /env\.twise was given/,
    ],
    [
      "what every object has",
      () =>
        runExport(assemble('(module (import "env" "toString" (func)) (func (export "f")))'), "f", [], {
          imports: { env: {} },
        }),
      "MISSING_IMPORT",
      /imports env\.toString/,
    ],
    ["no function", () => run(5), "BAD_IMPORT", /env\.twice is a number/],
    [
      "a result of another type",
      () => run(() => 5n),
      "BAD_IMPORT_RESULT",
      /env\.twice returned 5n.*\n.*\(i32\) -> i32/,
    ],
    ["a promise", () => run(async () => 5), "BAD_IMPORT_RESULT", /returned a value of type object/],
    [
      "too few results",
      () => runExport(HOSTED, "words", [], { imports: { env: { twice: Number, word: () => [1n] } } }),
      "BAD_IMPORT_RESULT",
      /array of 2 values/,
    ],
  ])("%s: refused", (_, act, code, message) => {
    const error = refusal(act);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test("a call from inside of a call is refused", () => {
    const instance: MeteredInstance = meter(HOSTED).instantiate({
      env: { twice: (value) => instance.call("run", [value]).results[0], word },
    });
    expect(refusal(() => instance.call("run", [1])).code).toBe("ALREADY_RUNNING");
  });
});

describe("a mistake is named with its value, its place and a remedy", () => {
  test.each<[string, () => unknown, string, RegExp]>([
    ["an unknown export", () => runExport(MATHS, "ad"), "UNKNOWN_EXPORT", /no function "ad".*\n.*Did you mean add\?/],
    ["too few arguments", () => runExport(MATHS, "add", [1]), "BAD_ARGUMENT_COUNT", /takes 2 arguments, but 1 was/],
    ["a bigint for i32", () => runExport(MATHS, "add", [1, 2n]), "BAD_ARGUMENT", /Argument 2 of add is 2n/],
    ["a number for i64", () => runExport(MATHS, "add64", [1, 2n]), "BAD_ARGUMENT", /write 1n/],
    ["a fraction", () => runExport(MATHS, "add", [1.5, 2]), "BAD_ARGUMENT", /1\.5.*no i32/],
    ["out of range", () => runExport(MATHS, "add64", [2n ** 64n, 0n]), "BAD_ARGUMENT", /18446744073709551616n/],
    ["text for a float", () => runExport(MATHS, "half", ["1" as never, 1]), "BAD_ARGUMENT", /"1", which is no f32/],
    ["a gas limit", () => runExport(MATHS, "add", [1, 2], { gasLimit: -1 }), "BAD_GAS_LIMIT", /-1/],
    ["an option", () => runExport(MATHS, "add", [1, 2], { gas: 1 } as never), "BAD_OPTION", /"gas"/],
    ["null for options", () => runExport(MATHS, "add", [1, 2], null as never), "BAD_OPTION", /runExport.*but null was/],
    ["null for prices", () => meter(MATHS, null as never), "BAD_OPTION", /prices of meter.*but null was given/],
    ["a number for settings", () => meter(MATHS, {}, 5 as never), "BAD_OPTION", /settings.*a value of type number/],
    ["null for limits", () => meter(MATHS, {}, { limits: null as never }), "BAD_OPTION", /Limits .*but null was given/],
    [
      "a number for a name",
      () => meter(MATHS, {}, { name: 5 as never }),
      "BAD_OPTION",
      /name is a value of type number/,
    ],
    [
      "null for a call's options",
      () =>
        meter(MATHS)
          .instantiate()
          .call("add", [1, 2], null as never),
      "BAD_OPTION",
      /options of call.*but null was given/,
    ],
    ["a price", () => meter(MATHS, { instruktion: 1 } as never), "BAD_GAS_SCHEDULE", /instruktion/],
    ["no bytes", () => meter("module.wasm" as never), "BAD_WASM", /a text was given/],
    [
      "an ArrayBuffer",
      () => meter(MATHS.buffer as never),
      "BAD_WASM",
      /type ArrayBuffer was.*\n.*new Uint8Array\(buffer\)/,
    ],
    ["words", () => meter(new Uint16Array(4) as never), "BAD_WASM", /of type Uint16Array was given/],
    ["text", () => meter(new TextEncoder().encode("(module)")), "NOT_WASM", /cannot be metered.*\n.*wat2wasm/],
    [
      "a feature",
      () => meter(assemble("(module (func v128.const i32x4 0 0 0 0 drop))")),
      "UNSUPPORTED_FEATURE",
      /cannot be metered: it uses SIMD/,
    ],
    [
      "an imported memory",
      () => meter(assemble('(module (import "env" "memory" (memory 1)) (func (export "f")))')),
      "BAD_IMPORT",
      /imports a memory, env\.memory \(1 page or more; at byte \d+/,
    ],
    [
      "an imported global that a segment depends on",
      () => meter(assemble('(module (import "env" "base" (global i32)) (memory 1) (data (global.get 0) "a"))')),
      "BAD_IMPORT",
      /imports a global, env\.base \(i32/,
    ],
    [
      "an imported table",
      () => meter(assemble('(module (import "env" "t" (table 1 funcref)))')),
      "BAD_IMPORT",
      /imports a table, env\.t \(funcref, 1 element or more/,
    ],
    [
      "types that do not fit",
      () => meter(assemble('(module (func (export "f") (result i32) i64.const 1))')),
      "INVALID_WASM",
      /cannot be metered/,
    ],
    [
      "a segment outside of the memory",
      () => meter(assemble('(module (memory 1) (data (i32.const 65536) "a"))')),
      "BAD_SEGMENT",
      /cannot be metered/,
    ],
  ])("%s", (_, act, code, message) => {
    const error = refusal(act);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint ?? error.code).toMatch(/./);
  });

  test("an instance whose start function failed is not called again", () => {
    const instance = meter(assemble('(module (start 0) (func unreachable) (func (export "f")))')).instantiate();
    expect(instance.call("f")).toEqual({ results: [], trap: "unreachable", gasUsed: 1 });
    expect(refusal(() => instance.call("f")).code).toBe("START_FAILED");
  });
});

test("the metered module can be instantiated by hand, as documented", () => {
  const metered = meter(
    assemble('(module (import "a" "b" (func (result i32))) (func (export "f") (result i32) call 0))'),
  );
  expect(metered.imports).toEqual([{ module: "a", name: "b", params: [], results: ["i32"] }]);
  expect(metered.exports).toEqual([{ name: "f", params: [], results: ["i32"] }]);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(metered.wasm), { q: { 0: () => 5 } });
  const exports = instance.exports as Record<string, (...args: number[]) => number>;
  exports["enter"]?.(10, 0);
  // call, end.
  expect([exports[":f"]?.(), exports["left"]?.()]).toEqual([5, 8]);
});
