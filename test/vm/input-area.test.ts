// The pages that the machine adds for the inputs of contracts without `qw_alloc`: allocators that would take them are
// refused when it is certain, and found out when it happens; others are left alone.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { contract, deploy, execute, query, text, toNumber } from "../fixtures/wat.js";

/** A contract that takes a block of 10,000 bytes, fills it, and stores its arguments under the method's name. */
const withAllocator = (alloc: string, more = ""): string => `(module
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (memory (export "memory") 1) ${more}
  (global $top (mut i32) (i32.const 60000)) (global $end (mut i32) (i32.const 65536))
  (func $alloc (param $size i32) (result i32) (local $at i32) ${alloc})
  (func (export "init"))
  (func (export "execute") (param i32 i32 i32 i32)
    (memory.fill (call $alloc (i32.const 10000)) (i32.const 0xaa) (i32.const 10000))
    (call $write (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "query") (param i32 i32) (result i64) (i64.extend_i32_u (global.get $top))))`;

/** Gives out memory from the top on, and goes on where memory ends, wherever the new pages are. */
const bump = (grow: string): string => `
  (local.set $at (global.get $top))
  (global.set $top (i32.add (local.get $at) (local.get $size)))
  (loop $again
    (if (i32.gt_u (global.get $top) (i32.shl (memory.size) (i32.const 16))) (then ${grow} (br $again))))
  (local.get $at)`;

const ARGS = Uint8Array.of(1, 2, 3, 4, 5);

describe("refused, because it asks whether memory has grown, and not where", () => {
  const failed = "(if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then (unreachable)))";
  test.each([
    ["as asc and walloc do", bump(failed), ""],
    [
      "the answer the other way round",
      bump("(if (i32.lt_s (memory.grow (i32.const 1)) (i32.const 0)) (then unreachable))"),
      "",
    ],
    [
      "by way of a local",
      bump(
        "(local.set $size (memory.grow (i32.const 1))) (br_if $again (i32.ne (i32.const -1) (local.get $size)))",
      ).replaceAll("(i32.add (local.get $at) (local.get $size))", "(i32.add (local.get $at) (i32.const 10000))"),
      "",
    ],
    [
      "by a function that grows",
      bump("(if (i32.eq (call $more (i32.const 1)) (i32.const -1)) (then (unreachable)))"),
      "(func $more (param i32) (result i32) (memory.grow (local.get 0)))",
    ],
    [
      "asking for the size by growing by nothing",
      bump(failed).replace("(memory.size)", "(memory.grow (i32.const 0))"),
      "",
    ],
  ])("%s", (_name, alloc, more) => {
    expect(() => deploy(new Chain(), contract(withAllocator(alloc, more)))).toThrow(
      /it exports no qw_alloc, and its allocator would take .*\(function \d+ \(\w+\), at byte \d+ \(0x[0-9a-f]+\)\)\.\nExport qw_alloc/,
    );
  });

  test("with qw_alloc it runs", () => {
    const chain = new Chain();
    const own = '(func (export "qw_alloc") (param i32) (result i32) (call $alloc (local.get 0)))';
    const to = deploy(chain, contract(withAllocator(bump(failed), own)));
    for (let i = 0; i < 5; i++) execute(chain, to, "key", ARGS);
    expect(chain.storage(to, text("key"))).toEqual(ARGS);
  });
});

describe("found out", () => {
  /** It does not even ask whether memory has grown: nothing shows beforehand where it believes that its heap goes on. */
  const careless = contract(withAllocator(bump("(drop (memory.grow (i32.const 1)))")));

  test.each(["fresh", "kept"] as const)(
    "the call that overwrites its inputs traps and leaves nothing, memory %s",
    (memory) => {
      const chain = new Chain();
      const to = deploy(chain, careless, { memory });
      // From 60,000 on: the block ends at 70,000, and the inputs' page begins at 65,536.
      const { failure } = execute(chain, to, "key", ARGS);
      expect(failure).toMatchObject({ status: "trapped", code: "inputs overwritten" });
      expect(failure).toMatchObject({ detail: expect.stringMatching(/65536 bytes at 65536, .* export qw_alloc/) });
      expect(chain.storage(to, text("key"))).toBeUndefined();
      expect(toNumber(query(chain, to).result)).toBe(60_000n);
    },
  );
});

describe("left alone", () => {
  test("an allocator that begins where memory ends, though it asks for its size", () => {
    const module = withAllocator(`
      (if (i32.eq (global.get $top) (i32.const 60000)) (then (global.set $top (i32.shl (memory.size) (i32.const 16)))))
      ${bump("(drop (memory.grow (i32.const 1)))")}`);
    const chain = new Chain();
    const to = deploy(chain, contract(module));
    for (let i = 0; i < 9; i++) expect(execute(chain, to, "key", ARGS).failure).toBeUndefined();
    expect(chain.storage(to, text("key"))).toEqual(ARGS);
  });

  test("an allocator that owns all memory up to its size when it starts: it is told the size without the inputs", () => {
    // As wasi-libc's of 2022: what there is at the start, up to its last bytes, and then what memory.grow gives.
    const module = withAllocator(`
      (if (i32.eq (global.get $top) (i32.const 60000)) (then
        (global.set $end (i32.shl (memory.size) (i32.const 16)))
        (i32.store (i32.sub (global.get $end) (i32.const 4)) (i32.const 0x55))))
      (local.set $at (global.get $top))
      (global.set $top (i32.add (local.get $at) (local.get $size)))
      (if (i32.gt_u (global.get $top) (global.get $end)) (then
        (local.set $at (i32.shl (memory.grow (i32.const 1)) (i32.const 16)))
        (global.set $top (i32.add (local.get $at) (local.get $size)))
        (global.set $end (i32.add (local.get $at) (i32.const 65536)))))
      (local.get $at)`);
    for (const memory of ["fresh", "kept"] as const) {
      const chain = new Chain();
      const to = deploy(chain, contract(module), { memory });
      for (const length of [5, 200, 70_000, 3]) {
        const args = new Uint8Array(length).fill(length);
        expect(execute(chain, to, "key", args).failure).toBeUndefined();
        expect(chain.storage(to, text("key"))).toEqual(args);
      }
    }
  });

  test("a contract that changes its inputs in place, and asks for the memory's size", () => {
    const module = withAllocator("(i32.shl (memory.size) (i32.const 0))").replace(
      "(memory.fill (call $alloc (i32.const 10000)) (i32.const 0xaa) (i32.const 10000))",
      "(drop (call $alloc (i32.const 1))) (memory.fill (local.get 2) (i32.const 7) (local.get 3))",
    );
    const chain = new Chain();
    const to = deploy(chain, contract(module));
    for (const length of [5, 70_000, 3, 65_472, 65_473]) {
      expect(execute(chain, to, "key", new Uint8Array(length)).failure).toBeUndefined();
      expect(chain.storage(to, text("key"))).toEqual(new Uint8Array(length).fill(7));
    }
  });

  test("a growth that nobody looks at, where nobody asks for the size", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(withAllocator("(drop (memory.grow (i32.const 1))) (i32.const 1000)")));
    for (let i = 0; i < 3; i++) expect(execute(chain, to, "key", ARGS).failure).toBeUndefined();
    expect(chain.storage(to, text("key"))).toEqual(ARGS);
  });
});

describe("no room for inputs is said at deployment", () => {
  const sized = (memory: string, more = ""): string =>
    withAllocator("(i32.const 1000)", more).replace(
      '(memory (export "memory") 1)',
      `(memory (export "memory") ${memory})`,
    );

  test.each(["1 1", "2 2", "256", "256 256"])("memory %s", (memory) => {
    expect(() => deploy(new Chain(), contract(sized(memory)))).toThrow(
      /cannot be deployed: its memory begins with \d+ pages of the \d+ that it may have, so there is no room .*\n.*qw_alloc/,
    );
  });

  test("a lower limit of the machine counts", () => {
    const chain = new Chain({ limits: { memoryPages: 3 } });
    expect(() => deploy(chain, contract(sized("3")))).toThrow("begins with 3 pages of the 3 that it may have");
    expect(() => deploy(chain, contract(sized("2")))).not.toThrow();
  });

  test("with qw_alloc there is no need of it", () => {
    const own = '(func (export "qw_alloc") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 5000)))';
    const chain = new Chain();
    const to = deploy(chain, contract(sized("1 1", own)));
    execute(chain, to, "key", ARGS);
    expect(chain.storage(to, text("key"))).toEqual(ARGS);
  });
});

test("imported memories and tables are refused as what they are, whatever lies in them", () => {
  const rest = `(func (export "init")) (func $f (export "execute") (param i32 i32 i32 i32))
    (func (export "query") (param i32 i32) (result i64) (i64.const 0))`;
  const memory = `(module (import "env" "memory" (memory 1)) (export "memory" (memory 0)) ${rest} (data (i32.const 70000) "a"))`;
  const table = `(module (import "env" "table" (table 1 funcref)) (memory (export "memory") 1) ${rest} (elem (i32.const 5) $f))`;
  const message = (wat: string) => () => deploy(new Chain(), contract(wat));
  expect(message(memory)).toThrow(
    /it imports a memory, env\.memory .*\n.*no --import-memory; in AssemblyScript, no --importMemory/,
  );
  expect(message(table)).toThrow(
    /it imports a table, env\.table .*\n.*no --import-table; in AssemblyScript, no --importTable/,
  );
});

test("what was built for WASI is refused for that, also when it is too large", () => {
  const go = (bytes: number): string => `(module
    (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1) (func (export "init")) (func (export "execute") (param i32 i32 i32 i32))
    (func (export "query") (param i32 i32) (result i64) (i64.const 0))
    (data (i32.const 0) "${"a".repeat(bytes)}"))`;
  const chain = new Chain({ limits: { codeBytes: 20_000 } });
  for (const bytes of [10, 30_000]) {
    expect(() => deploy(chain, contract(go(bytes)))).toThrow(
      /it imports wasi_snapshot_preview1\.fd_write of WASI, .*\n.*--target wasm32-unknown-unknown in Rust/,
    );
  }
});
