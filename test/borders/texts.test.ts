// Whatever bytes a contract chooses to be read by people, the messages about it have nothing that steers a terminal, hides in a
// line or fills a screen; the data is as the contract gave it.

import { describe, expect, test } from "vitest";
import { type ContractError, createQwvm } from "../../harness/index.js";
import { assemble } from "../fixtures/wat.js";

/** Reverts with what it is sent, or, with a method, calls itself by that name; what that fails with is its own failure. */
const ECHO = assemble(`(module
  (import "env" "qw_revert" (func $revert (param i32 i32)))
  (import "env" "qw_get_self" (func $self (param i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 100)
  (global $next (mut i32) (i32.const 1024))
  (func (export "qw_alloc") (param $size i32) (result i32)
    (global.set $next (i32.add (global.get $next) (local.get $size)))
    (i32.sub (global.get $next) (local.get $size)))
  (func (export "init"))
  (func (export "execute") (param $m i32) (param $ml i32) (param $a i32) (param $al i32)
    (local $got i32)
    (if (i32.eqz (local.get $al)) (then
      (call $self (i32.const 0))
      (local.set $got (call $call (i32.const 0) (local.get $m) (local.get $ml) (i32.const 32) (i32.const 4) (i32.const 64) (i32.const 512)))
      (call $revert (i32.const 64) (i32.sub (i32.const -1) (local.get $got)))))
    (call $revert (local.get $a) (local.get $al)))
  (func (export "query") (param i32 i32 i32 i32) (result i64) (i64.const 0)))`);

const UNFIT = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]|(?!\n)\p{Cc}/u;
const NASTY = "good\u202e\u200b\u2028\u{e0041}\u00ad bad";

function failureOf(run: () => unknown): ContractError {
  try {
    run();
  } catch (error) {
    return error as ContractError;
  }
  throw new Error("nothing was thrown");
}

const bytes = (text: string) => new TextEncoder().encode(text);
const u32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);

/** What people see of an error. */
const seen = (error: ContractError) => [error.message, error.stack ?? "", error.receipt.failure?.text ?? ""];

describe("a failure's texts", () => {
  const vm = createQwvm();
  const abi = {
    methods: [],
    errors: [{ name: "Nasty", code: 500, fields: [{ name: "text", type: "string" as const }] }],
    enums: [],
  };
  const echo = vm.deployWasm(ECHO, { name: "Echo", abi });

  test.each([
    ["revert data that is text", bytes(NASTY)],
    ["the SDK's message", Buffer.concat([u32(0), u32(bytes(NASTY).length), bytes(NASTY)])],
    ["a typed error's field", Buffer.concat([u32(500), u32(bytes(NASTY).length), bytes(NASTY)])],
  ])("escape %s", (_, data) => {
    const error = failureOf(() => echo.execute("fail", data));
    for (const text of seen(error)) expect(text.replaceAll(/[ \t]/g, "")).not.toMatch(UNFIT);
    expect(error.receipt.failure?.text).toMatch(/202e/);
    expect(error.receipt.raw.failure).toMatchObject({ data: new Uint8Array(data) });
    expect([error.receipt.failure?.message, error.errorArgs?.["text"]]).toContain(NASTY);
  });

  test.each([
    ["revert data that is text", bytes("long ".repeat(800_000))],
    ["a message", Buffer.concat([u32(0), u32(4_000_000), bytes("line\n".repeat(800_000))])],
    ["a typed error's field", Buffer.concat([u32(500), u32(4_000_000), bytes("a\tb\n".repeat(1_000_000))])],
  ])("cut %s", (_, data) => {
    const error = failureOf(() => echo.execute("fail", data));
    for (const text of seen(error)) expect(text.length).toBeLessThan(20_000);
  });

  test("escape the names by which contracts call each other", () => {
    const error = failureOf(() => echo.execute(NASTY, new Uint8Array(0)));
    for (const text of seen(error)) expect(text.replaceAll(/[ \t]/g, "")).not.toMatch(UNFIT);
  });
});

test("an interface whose name hides something is refused", () => {
  for (const name of ["a\nb", "a\u202eb", "x".repeat(201)]) {
    const deploy = () => createQwvm().deployWasm(ECHO, { abi: { name, methods: [] } });
    expect(deploy).toThrow(expect.objectContaining({ code: "BAD_ABI" }));
    expect(failureOf(deploy).message).not.toMatch(UNFIT);
  }
});
