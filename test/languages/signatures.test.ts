// Every accepted form of a raw contract: exports in all their types, inputs with and without an allocator, both forms of
// qw_storage_read side by side, memory that is kept or fresh.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { assemble, deploy, execute, query, text, toNumber, u64 } from "../fixtures/wat.js";

const INIT = {
  "()": '(func (export "init") (i64.store (i32.const 8) (i64.const 100)))',
  "(args_ptr, args_len)": `(func (export "init") (param i32 i32)
    (i64.store (i32.const 8) (i64.add (i64.load (local.get 0)) (i64.extend_i32_u (local.get 1)))))`,
};
/** Adds its argument, and the method's first letter, to what is kept at 8. */
const ADD = `(i64.store (i32.const 8) (i64.add (i64.load (i32.const 8))
  (i64.add (i64.load (local.get 2)) (i64.load8_u (local.get 0)))))`;
const EXECUTE = {
  "no result": `(func (export "execute") (param i32 i32 i32 i32) ${ADD})`,
  i64: `(func (export "execute") (param i32 i32 i32 i32) (result i64) ${ADD} (i64.const -1))`,
};
const QUERY = {
  "(method_ptr, method_len)": `(func (export "query") (param i32 i32) (result i64)
    (i64.add (i64.load (i32.const 8)) (i64.extend_i32_u (local.get 1))))`,
  "(method_ptr, method_len, args_ptr, args_len)": `(func (export "query") (param i32 i32 i32 i32) (result i64)
    (i64.add (i64.add (i64.load (i32.const 8)) (i64.extend_i32_u (local.get 1))) (i64.load (local.get 2))))`,
};
/** Takes memory from 1024 on, and counts how often it was asked, at 16. */
const ALLOCATOR = {
  "without an allocator": "",
  "with qw_alloc": `(global $top (mut i32) (i32.const 1024))
    (func (export "qw_alloc") (param i32) (result i32) (global.get $top)
      (global.set $top (i32.add (global.get $top) (local.get 0)))
      (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1))))`,
};

const combinations = Object.entries(INIT).flatMap(([initType, init]) =>
  Object.entries(EXECUTE).flatMap(([executeType, execute]) =>
    Object.entries(QUERY).flatMap(([queryType, query]) =>
      Object.entries(ALLOCATOR).map(([inputs, alloc]) => ({
        initType,
        executeType,
        queryType,
        inputs,
        init,
        execute,
        query,
        alloc,
      })),
    ),
  ),
);

test.each(combinations)("init $initType, execute to $executeType, query $queryType, $inputs", (forms) => {
  const chain = new Chain();
  const wat = `(module (memory (export "memory") 1) ${forms.init} ${forms.execute} ${forms.query} ${forms.alloc})`;
  const contract = deploy(chain, { name: "Forms", wasm: assemble(wat) }, { args: u64(30) });
  expect(execute(chain, contract, "a", u64(5)).result).toEqual(new Uint8Array());
  // 100, or 30 and the 8 bytes' number; 5 and the letter "a" (97); the three letters of "get"; with arguments 7 more.
  const start = forms.initType === "()" ? 100n : 38n;
  const more = forms.queryType.includes("args") ? 7n : 0n;
  expect(toNumber(query(chain, contract, "get", u64(7)).result)).toBe(start + 5n + 97n + 3n + more);
});

test.each([
  ["fresh", 100n],
  ["kept", 105n],
] as const)("memory that is %s", (memory, expected) => {
  const chain = new Chain();
  const body = `${INIT["()"]} (func (export "execute") (param i32 i32 i32 i32) (i64.store (i32.const 8) (i64.const 105)))
    (func (export "query") (param i32 i32) (result i64) (i64.load (i32.const 8)))`;
  const wasm = assemble(`(module (memory (export "memory") 1) (data (i32.const 8) "d") ${body})`);
  const contract = deploy(chain, { name: "Memory", wasm }, { memory });
  execute(chain, contract);
  // Fresh: neither init nor execute is remembered, and "d" (100) is there again.
  expect(toNumber(query(chain, contract).result)).toBe(expected);
});

describe("both forms of qw_storage_read in one module", () => {
  test("are linked by their types", () => {
    const chain = new Chain();
    const wat = `(module
      (import "env" "qw_storage_read" (func $word (param i32 i32) (result i64)))
      (import "env" "qw_storage_read" (func $copy (param i32 i32 i32 i32) (result i32)))
      (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
      (memory (export "memory") 1) (data (i32.const 0) "key")
      (func (export "init") (param i32 i32) (call $write (i32.const 0) (i32.const 3) (local.get 0) (local.get 1)))
      (func (export "execute") (param i32 i32 i32 i32))
      (func (export "query") (param i32 i32) (result i64)
        (if (i32.eq (local.get 1) (i32.const 4)) (then (return (call $word (i32.const 0) (i32.const 3)))))
        (i64.add
          (i64.extend_i32_u (call $copy (i32.const 0) (i32.const 3) (i32.const 64) (i32.const 2)))
          (i64.shl (i64.load (i32.const 64)) (i64.const 8)))))`;
    const contract = deploy(chain, { name: "Both", wasm: assemble(wat) }, { args: text("abcdefghij") });
    // The first eight of ten bytes; then the full length, 10, below the two bytes that were asked for.
    expect(query(chain, contract, "word").result).toEqual(text("abcdefgh"));
    expect(query(chain, contract, "copied").result).toEqual(new Uint8Array([10, 0x61, 0x62, 0, 0, 0, 0, 0]));
  });
});
