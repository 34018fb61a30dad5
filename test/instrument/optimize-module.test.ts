// `qwvm optimize`: smaller modules that do the same, keep their interface and use nothing that QWVM refuses.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { QwvmError } from "../../harness/core/errors.js";
import { optimizeModule } from "../../harness/instrument/optimize-module.js";
import { outlineModule } from "../../harness/instrument/outline.js";
import { runExport } from "../../harness/vm/run-export.js";
import { assemble, deploy, execute, query, toNumber, u64 } from "../fixtures/wat.js";
import { readWasmerVectors } from "../reference/wasmer-vectors.js";

const read = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/raw/${name}.wasm`, import.meta.url)));
const customSections = (wasm: Uint8Array) =>
  outlineModule(wasm).sections.flatMap(({ id, name }) => (id === 0 ? [name] : []));

test("the Rust counter becomes smaller, and counts", async () => {
  const wasm = read("counter");
  const { wasm: small, isOptimized } = await optimizeModule(wasm, "counter");
  expect(isOptimized).toBe(true);
  expect(small.length).toBeLessThan(wasm.length * 0.95);
  const chain = new Chain();
  const counter = deploy(chain, { name: "counter", wasm: small });
  execute(chain, counter, "increment", u64(42));
  expect(toNumber(query(chain, counter, "get_count").result)).toBe(42n);
});

test("debug sections go, the interface stays as it was, to the byte", async () => {
  const abi = '{"abiVersion":1,"name":"X"}';
  const wasm = assemble(
    `(module (func (export "f") (result i32) (i32.add (i32.const 1) (i32.const 2)))
      (@custom ".debug_info" "lines and names") (@custom "qwvm.abi" "${abi.replaceAll('"', "'")}"))`,
  );
  expect(customSections(wasm)).toEqual(["name", ".debug_info", "qwvm.abi"]);
  const { wasm: small } = await optimizeModule(wasm, "x");
  expect(customSections(small)).toEqual(["qwvm.abi"]);
  expect(Buffer.from(small).toString()).toContain(abi.replaceAll('"', "'"));
  // 1 + 2 is computed: i32.const and end are left.
  expect(runExport(small, "f")).toEqual({ results: [3], trap: undefined, gasUsed: 2 });
});

test("a module that cannot become smaller stays as it is", async () => {
  const once = await optimizeModule(read("all-nine"), "all-nine");
  expect(await optimizeModule(once.wasm, "all-nine")).toEqual(once);
});

test("one that binaryen cannot read loses its debug sections alone", async () => {
  // Valid, but binaryen forgets declarative segments when it reads.
  const wasm = assemble(`(module (func $f (export "f") ref.func $f drop elem.drop 0) (elem declare func $f))`);
  const { wasm: small, isOptimized } = await optimizeModule(wasm, "x");
  expect([isOptimized, customSections(wasm), customSections(small)]).toEqual([false, ["name"], []]);
  // ref.func, drop, elem.drop, end.
  expect(runExport(small, "f").gasUsed).toBe(4);
});

test("Wasmer's modules give the same results afterwards, and run on QWVM", async () => {
  const { limit, modules } = readWasmerVectors();
  const integer = ({ i32, i64 }: { i32?: string; i64?: string }) =>
    i32 === undefined ? BigInt(i64 as string) : Number(i32);
  let calls = 0;
  for (const { wasm, calls: all } of modules) {
    const { wasm: small } = await optimizeModule(wasm, "module");
    expect(small.length).toBeLessThanOrEqual(wasm.length);
    const { export: name, args, results } = all[0] as (typeof all)[0];
    if (results === undefined || [...args, ...results].some((value) => !(value.i32 ?? value.i64))) continue;
    const limits = { stackBytes: 131_072, tableElements: 100_000 };
    expect(runExport(small, name, args.map(integer), { gasLimit: limit, limits }).results).toEqual(
      results.map(integer),
    );
    calls++;
  }
  expect(calls).toBeGreaterThan(10);
});

test.each<[string, Uint8Array, string, RegExp]>([
  ["text", new TextEncoder().encode("(module)"), "NOT_WASM", /cannot be optimised.*\n.*wat2wasm/],
  ["SIMD", assemble("(module (func v128.const i32x4 0 0 0 0 drop))"), "UNSUPPORTED_FEATURE", /uses SIMD/],
  ["bad types", assemble("(module (func (result i32) i64.const 1))"), "INVALID_WASM", /not valid/],
])("%s is refused before binaryen sees it", async (_, wasm, code, message) => {
  const error = await optimizeModule(wasm, "x").catch((thrown) => thrown);
  expect(error).toBeInstanceOf(QwvmError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
});
