// References to functions stay inside of a metered module: what came out would be the rewritten function, with
// parameters for gas and stack that its caller would have to know.

import { describe, expect, test } from "vitest";
import { QwvmError } from "../../harness/core/errors.js";
import { meter, runExport } from "../../harness/wasm.js";
import { assemble } from "../fixtures/wat.js";

const MODULE = assemble(`(module
  (table 1 funcref) (elem (i32.const 0) $secret)
  (func $secret (export "secret") (result i32) (i32.const 7))
  (func (export "give") (result funcref) (ref.func $secret))
  (func (export "both") (result i32 funcref) (i32.const 1) (table.get (i32.const 0)))
  (func (export "none") (param funcref) (result i32) (ref.is_null (local.get 0)))
  (func (export "same") (param externref) (result externref) (local.get 0)))`);
const TAKING = assemble(`(module (import "env" "take" (func $take (param funcref)))
  (elem declare func $secret) (func $secret) (func (export "f") (call $take (ref.func $secret))))`);
const GIVING = assemble(`(module (import "env" "give" (func $give (result funcref)))
  (func (export "f") (result i32) (ref.is_null (call $give))))`);

function refusal(run: () => unknown): QwvmError {
  try {
    run();
  } catch (error) {
    if (error instanceof QwvmError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("what would let a function out is refused", () => {
  test.each(["give", "both"])("the export %s", (name) => {
    const error = refusal(() => runExport(MODULE, name));
    expect(error.code).toBe("FUNCREF_LEAVES");
    expect(error.message).toMatch(new RegExp(`^${name} of The module is \\(\\) -> .*funcref.*\\n.*by its name`));
  });

  test("an import, before anything runs", () => {
    const taken: unknown[] = [];
    const error = refusal(() =>
      runExport(TAKING, "f", [], { imports: { env: { take: (f: unknown) => taken.push(f) } } }),
    );
    expect([error.code, taken]).toEqual(["FUNCREF_LEAVES", []]);
    expect(error.message).toMatch(/^The import env\.take is \(funcref\) -> \(\)/);
  });
});

test("null goes in, other references go through, and what is beside can be called", () => {
  const instance = meter(MODULE).instantiate();
  expect(instance.call("secret").results).toEqual([7]);
  expect(instance.call("none", [null as never]).results).toEqual([1]);
  const object = {};
  expect(instance.call("same", [object as never]).results[0]).toBe(object);
  expect(runExport(GIVING, "f", [], { imports: { env: { give: () => null } } }).results).toEqual([1]);
  expect(refusal(() => runExport(GIVING, "f", [], { imports: { env: { give: () => () => 1 } } })).code).toBe(
    "BAD_IMPORT_RESULT",
  );
});
