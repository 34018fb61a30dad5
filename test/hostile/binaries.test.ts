// Valid modules cut short and with bits flipped: each is refused or runs as any other, and the machine stays as it is.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { assemble, fixture } from "../fixtures/wat.js";
import { expectContained } from "./contained.js";
import { concat } from "./module-bytes.js";

/** Every kind of section and many kinds of operators in a few hundred bytes, names left out. */
const EVERYTHING = withoutNames(
  assemble(`(module
    (import "env" "qw_log" (func $log (param i32 i32)))
    (type $none (func)) (memory (export "memory") 1) (table $t 3 funcref) (elem (i32.const 0) $f) (elem $elements func $f)
    (global $g (mut i64) (i64.const 3)) (global f32 (f32.const 1)) (global (mut funcref) (ref.null func))
    (data (i32.const 8) "active") (data $passive "passive")
    (func $f) (start $f) (func $pair (result i32 i64) i32.const 1 i64.const 2)
    (func (export "init"))
    (func (export "query") (param i32 i32) (result i64) i32.const 0 i64.load global.get $g i64.add)
    (func (export "execute") (param i32 i32 i32 i32) (local f64)
      (block (loop local.get 0 (br_table 1 0 1)))
      i32.const 0 (if (result i32) (then i32.const 1) (else i32.const 2)) drop
      i32.const 0 call_indirect (type $none)
      i32.const 0 i32.const 0 i32.const 1 memory.init $passive data.drop $passive
      i32.const 0 i32.const 0 i32.const 1 table.init $t $elements elem.drop $elements
      i32.const 0 f64.const 1.5 f64.sqrt f64.store f32.const 1 f32.const 2 f32.div drop
      i64.const 1 i32.const 3 i32.extend8_s i64.extend_i32_s i64.div_s global.set $g
      i32.const 1 memory.grow drop i32.const 1 (loop (param i32) drop) call $pair drop drop
      i32.const 0 i32.const 1 call $log))`),
);

const COUNTER = withoutNames(fixture("counter").wasm);
const read = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/raw/${name}`, import.meta.url)));

/** The name section is the last one but for the interface. */
function withoutNames(wasm: Uint8Array): Uint8Array {
  const at = Buffer.from(wasm).lastIndexOf(Buffer.from([4, 0x6e, 0x61, 0x6d, 0x65]));
  for (let start = at - 2; start > at - 6; start--) {
    const size = wasm.subarray(start + 1, at);
    const length = size.reduce((sum, byte, i) => sum + (byte & 0x7f) * 128 ** i, 0);
    if (wasm[start] === 0 && at + length <= wasm.length)
      return concat(wasm.subarray(0, start), wasm.subarray(at + length));
  }
  throw new Error("there is no name section");
}

test("the module that is damaged below runs when it is whole", () => {
  expect(expectContained(EVERYTHING).status).toBe("success");
});

describe.each([
  ["the counter", COUNTER],
  ["one with everything", EVERYTHING],
])("%s", (_name, wasm) => {
  test("cut short at every byte", () => {
    for (let length = 0; length < wasm.length; length++) {
      const { refused, status } = expectContained(wasm.subarray(0, length));
      // What is cut off may be custom sections alone.
      expect(refused === undefined ? status : refused, `${length} bytes`).toMatch(
        /^(success|NOT_WASM|INVALID_WASM|MISSING_EXPORT)$/,
      );
    }
  });

  test("with every bit flipped", () => {
    const endings = new Set<string>();
    for (let bit = 0; bit < wasm.length * 8; bit++) {
      const flipped = wasm.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      const { refused, status } = expectContained(flipped, { method: "m", args: new Uint8Array(8), gasLimit: 100_000 });
      endings.add(refused ?? (status as string));
    }
    for (const ending of ["INVALID_WASM", "success", "trapped"]) expect(endings).toContain(ending);
  });
});

test.each(["counter.wasm", "all-nine.wasm"])(
  "a compiler's %s with a byte set to 0, 127, 128 and 255, here and there",
  (name) => {
    const wasm = read(name);
    // About a hundred places.
    const step = Math.ceil(wasm.length / 100);
    for (let at = 8; at < wasm.length; at += step) {
      for (const byte of [0, 0x7f, 0x80, 0xff]) {
        const damaged = wasm.slice();
        damaged[at] = byte;
        expectContained(damaged, { method: "increment", gasLimit: 100_000 });
      }
    }
  },
);

test("a module after a module, bytes after the end, and sections out of order or twice", () => {
  const twice = new Uint8Array([...COUNTER, ...COUNTER]);
  expect(expectContained(twice).refused).toBe("INVALID_WASM");
  for (const tail of [[0], [0, 0], [1, 1, 0], [10, 1, 0], [13, 1, 0], [14, 0], [0xff, 0], [12, 1, 0]]) {
    expect(expectContained(new Uint8Array([...COUNTER, ...tail])).refused).toMatch(
      /^(INVALID_WASM|UNSUPPORTED_FEATURE)$/,
    );
  }
});
