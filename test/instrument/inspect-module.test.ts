// What is told of a module, whatever it is: features of every kind, sizes that add up, broken bytes.

import { expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../harness/core/limits.js";
import { DEFAULT_SCHEDULE } from "../../harness/gas/schedule.js";
import { inspectModule } from "../../harness/instrument/inspect-module.js";
import { assemble } from "../fixtures/wat.js";

const inspect = (wasm: Uint8Array) =>
  inspectModule(wasm, {
    name: "It",
    schedule: DEFAULT_SCHEDULE,
    limits: DEFAULT_LIMITS,
    hostFunctions: "all",
    floats: "canonical",
  });
const features = (body: string) =>
  inspect(assemble(`(module ${body})`)).features.map(({ name, accepted }) => `${accepted ? "" : "no "}${name}`);

test.each<[string, string[]]>([
  ["(func i32.const 1 drop)", []],
  ["(func (param f32))", ["floating point"]],
  ["(func (local f64))", ["floating point"]],
  ["(func f32.const 1 drop)", ["floating point"]],
  ["(func i32.const 1 i32.extend8_s drop)", ["sign extension"]],
  ["(func f32.const 1 i32.trunc_sat_f32_s drop)", ["floating point", "saturating conversions"]],
  ["(memory 1) (func i32.const 0 i32.const 0 i32.const 0 memory.fill)", ["bulk memory"]],
  ['(global (export "g") (mut i32) (i32.const 0))', ["mutable globals"]],
  ["(func (result i32 i32) i32.const 1 i32.const 2)", ["multi-value"]],
  ["(table 1 funcref) (func table.size drop)", ["reference types"]],
  ["(func (param externref))", ["reference types"]],
  ["(func v128.const i32x4 0 0 0 0 drop)", ["no SIMD"]],
  ["(func (param v128))", ["no SIMD"]],
  ["(memory 1) (func i32.const 0 i32.atomic.load drop)", ["no threads"]],
  ["(memory 1 2 shared)", ["no threads"]],
  ["(memory i64 1)", ["no memory64"]],
  ["(memory 1) (memory 1)", ["no multiple memories"]],
  ["(tag) (func try throw 0 catch_all end)", ["no exceptions"]],
  ["(func return_call 0)", ["no tail calls"]],
  ["(global i32 (i32.add (i32.const 1) (i32.const 2)))", ["no extended constant expressions"]],
  [
    "(memory 1) (func f64.const 1 drop i32.const 0 i32.atomic.load drop return_call 0)",
    ["floating point", "no threads", "no tail calls"],
  ],
])("features of %s", (body, expected) => {
  expect(features(body)).toEqual(expected);
});

test("types of everything, as text", () => {
  const { imports, exports, refusal } = inspect(
    assemble(`(module
      (import "env" "qw_get_caller" (func (param i32)))
      (import "env" "qw_get_self" (func (param i32)))
      (import "env" "qw_get_caler" (func (param i32)))
      (import "host" "t" (table 1 funcref))
      (import "host" "g" (global (mut i64)))
      (memory (export "memory") 1 4)
      (func (export "f") (param i32 i64) (result f32 f64) unreachable)
      (global (export "c") i32 (i32.const 7)))`),
  );
  expect(imports.map(({ name, kind, type, status }) => [name, kind, type, status])).toEqual([
    ["qw_get_caller", "function", "(i32) -> ()", "documented"],
    ["qw_get_self", "function", "(i32) -> ()", "extension"],
    ["qw_get_caler", "function", "(i32) -> ()", "unknown"],
    ["t", "table", "funcref, 1 element or more", "unknown"],
    ["g", "global", "mut i64", "unknown"],
  ]);
  expect(exports).toEqual([
    { name: "memory", kind: "memory", type: "1 to 4 pages" },
    { name: "f", kind: "function", type: "(i32, i64) -> (f32, f64)" },
    { name: "c", kind: "global", type: "i32" },
  ]);
  expect(refusal).toMatchObject({ code: "UNKNOWN_IMPORT", hint: "Did you mean env.qw_get_caller?" });
});

test("functions have names and sizes", () => {
  // A body is its size, the count of locals, the operators and end: nop is one byte each.
  const nops = (count: number) => "nop ".repeat(count);
  const { functions } = inspect(
    assemble(`(module (func $small ${nops(1)}) (func $big ${nops(200)}) (func (export "out")))`),
  );
  expect(functions).toEqual([
    { index: 1, name: "big", type: "() -> ()", sizeBytes: 204 },
    { index: 0, name: "small", type: "() -> ()", sizeBytes: 4 },
    { index: 2, name: "out", type: "() -> ()", sizeBytes: 3 },
  ]);
});

test("types of garbage collection are read over", () => {
  // Type section: a group of two, a struct of one mutable i32 and an array of i8; then a final function type. No more.
  const types = [3, 0x4e, 2, 0x50, 0, 0x5f, 1, 0x7f, 1, 0x5e, 0x78, 0, 0x4f, 0, 0x60, 1, 0x7f, 0, 0x60, 0, 0];
  const wasm = new Uint8Array([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    1,
    types.length,
    ...types,
    3,
    2,
    1,
    2,
    7,
    5,
    1,
    1,
    0x66,
    0,
    0,
  ]);
  const { exports, refusal } = inspect(wasm);
  expect(exports).toEqual([{ name: "f", kind: "function", type: "(i32) -> ()" }]);
  expect(refusal?.message).toMatch(/^it uses GC/);
});

test("every flipped bit and every cut is told of, and sizes add up", () => {
  const wasm = assemble(
    `(module (import "env" "qw_log" (func (param i32 i32))) (memory (export "memory") 1) (table 1 funcref)
      (elem (i32.const 0) 0) (global (mut f32) (f32.const 1)) (data (i32.const 0) "abc")
      (func (export "f") (param i32) (result i32) (block (br_table 0 0 (local.get 0))) i32.const 1)
      (@custom "qwvm.abi" "{}"))`,
  );
  for (let bit = 0; bit < wasm.length * 8; bit++) {
    const flipped = wasm.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    const { sections, kind } = inspect(flipped);
    const sum = sections.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
    expect(sum, `bit ${bit}`).toBe(kind === "not WebAssembly" ? 0 : wasm.length);
  }
  for (let length = 0; length < wasm.length; length++) expect(inspect(wasm.subarray(0, length)).sizeBytes).toBe(length);
});
