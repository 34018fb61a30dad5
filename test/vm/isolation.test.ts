// A call finds nothing of what ran before it: instances are used again, but not what was in them. A contract that
// changes everything a module can change, and looks at everything, sees the same in every first call.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { Address } from "../../harness/core/address.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { addressToBytes } from "../../harness/index.js";
import { contract, deploy, execute, query } from "../fixtures/wat.js";

/**
 * `query` returns 64 bytes about the whole instance: a hash of the memory, its pages, the globals, what table and segments
 * hold. `execute` changes all of that, and ends as its first argument byte says: 0 returns, 1 reverts, 2 traps, 3 runs out of
 * gas, 4 calls the contract whose address follows, with 0.
 */
const wat = (spending: boolean): string => `(module (@custom "qwvm.abi" "{}")
  (import "env" "qw_revert" (func $revert (param i32 i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1 4)
  (table $t 2 4 funcref)
  (elem (i32.const 0) $one)
  (elem $passive func $two)
  (data (i32.const 16) "first")
  (data (i32.const 40000) "second")
  (data $d "third")
  (global $i32 (mut i32) (i32.const 11)) (global $i64 (mut i64) (i64.const 12))
  (global $f32 (mut f32) (f32.const 1.5)) (global $f64 (mut f64) (f64.const 2.5))
  (global $ref (mut funcref) (ref.func $one))
  (func $one (result i64) (i64.const 1)) (func $two (result i64) (i64.const 2))
  (func (export "qw_alloc") (param i32) (result i32) (i32.const 8192))
  (func (export "init"))
  (func (export "query") (param i32 i32 i32 i32) (result i64) (local $hash i64) (local $at i32)
    (loop $l
      (local.set $hash (i64.mul (i64.xor (local.get $hash) (i64.load (local.get $at))) (i64.const 1099511628211)))
      (local.set $hash (i64.add (local.get $hash) (i64.shr_u (local.get $hash) (i64.const 29))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $l (i32.lt_u (local.get $at) (i32.shl (memory.size) (i32.const 16)))))
    (i64.store (i32.const 1000) (local.get $hash))
    (i64.store (i32.const 1008) (i64.extend_i32_u (memory.size)))
    (i64.store (i32.const 1016) (i64.extend_i32_u (global.get $i32)))
    (i64.store (i32.const 1024) (global.get $i64))
    (f32.store (i32.const 1032) (global.get $f32))
    (f64.store (i32.const 1040) (global.get $f64))
    (i64.store (i32.const 1048) (i64.add (call_indirect (result i64) (i32.const 0))
      (i64.shl (i64.extend_i32_u (ref.is_null (table.get $t (i32.const 1)))) (i64.const 8))))
    (table.set $t (i32.const 1) (global.get $ref))
    (memory.init $d (i32.const 1056) (i32.const 0) (i32.const 5))
    (i64.store (i32.const 1048) (i64.add (i64.load (i32.const 1048))
      (i64.shl (call_indirect (result i64) (i32.const 1)) (i64.const 16))))
    (i64.const ${(1000n << 32n) | 64n}))
  (func (export "execute") (param $method i32) (param i32) (param $args i32) (param $length i32) (local $way i32)
    (local.set $way (i32.load8_u (local.get $args)))
    (memory.copy (i32.const 100) (i32.add (local.get $args) (i32.const 1)) (i32.const 20))
    (drop (memory.grow (i32.const ${spending ? 1 : 0})))
    (memory.fill (i32.const 120) (i32.const 0xab) (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 120)))
    (memory.fill (i32.const 0) (i32.const 0xcd) (i32.const 99))
    (global.set $i32 (i32.const 99)) (global.set $i64 (i64.const 99))
    (global.set $f32 (f32.const 99)) (global.set $f64 (f64.const 99))
    ${spending ? "(global.set $ref (ref.func $two)) (table.set $t (i32.const 0) (ref.func $two)) (table.init $t $passive (i32.const 1) (i32.const 0) (i32.const 1)) (drop (table.grow $t (ref.null func) (i32.const 1))) (data.drop $d) (elem.drop $passive)" : ""}
    (if (i32.eq (local.get $way) (i32.const 1)) (then (call $revert (i32.const 0) (i32.const 4))))
    (if (i32.eq (local.get $way) (i32.const 2)) (then (unreachable)))
    (if (i32.eq (local.get $way) (i32.const 3)) (then (loop (br 0))))
    (if (i32.eq (local.get $way) (i32.const 4)) (then
      (i32.store8 (i32.const 99) (i32.const 0))
      (drop (call $call (i32.const 100) (i32.const 0) (i32.const 0) (i32.const 99) (i32.const 1) (i32.const 0) (i32.const 0)))))))`;

/** The same module without references in globals, so that its instances are used again. */
const withoutReferences = wat(false)
  .replace("(global $ref (mut funcref) (ref.func $one))", "(global $ref funcref (ref.func $one))")
  .replace("(table.set $t (i32.const 1) (global.get $ref))", "")
  .replace("(call_indirect (result i64) (i32.const 1))", "(i64.const 1)");

const WAYS = [0, 1, 2, 3, 4];

function scribble(chain: Chain, to: Address, way: number, other: Address): Receipt {
  const args = Uint8Array.of(way, ...addressToBytes(other));
  return execute(chain, to, "m", args, { gasLimit: way === 4 ? 2_000_000 : 100_000 });
}

describe.each([
  ["an instance used again", withoutReferences],
  ["an instance that cannot be used again", wat(true)],
])("%s", (_name, source) => {
  const make = (): { chain: Chain; a: Address; b: Address } => {
    const chain = new Chain();
    const artifact = contract(source);
    const options = { memory: "fresh" } as const;
    return { chain, a: deploy(chain, artifact, options), b: deploy(chain, artifact, options) };
  };

  test("what the contract sees at first is its module", () => {
    const { chain, a } = make();
    const seen = new DataView(chain.query(message(a)).result.slice().buffer);
    // Pages, globals, what the table holds: its second element is null, and $one returns 1 both times.
    expect([1, 2, 3].map((i) => seen.getBigUint64(i * 8, true))).toEqual([1n, 11n, 12n]);
    expect([seen.getFloat32(32, true), seen.getFloat64(40, true)]).toEqual([1.5, 2.5]);
    expect(seen.getBigUint64(48, true)).toBe(1n + (1n << 8n) + (1n << 16n));
    expect(Buffer.from(seen.buffer, 56, 5).toString()).toBe("third");
  });

  test.each(WAYS)(
    "nothing is left by a call that ends in way %i, nor by one to another contract of the code",
    (way) => {
      const first = make();
      const expected = query(first.chain, first.a, "m").result;
      expect(expected).toHaveLength(64);
      const { chain, a, b } = make();
      for (let round = 0; round < 3; round++) {
        const receipt = scribble(chain, a, way, b);
        expect(receipt.status).toBe(["success", "reverted", "trapped", "out_of_gas", "success"][way]);
        expect(query(chain, a, "m").result).toEqual(expected);
        expect(query(chain, b, "m").result).toEqual(expected);
      }
    },
  );

  test("nor by other machines of the process, which share the code", () => {
    const first = make();
    const expected = query(first.chain, first.a, "m").result;
    const others = [make(), make()];
    for (const way of WAYS) for (const { chain, a, b } of others) scribble(chain, a, way, b);
    for (const { chain, a } of [first, ...others]) expect(query(chain, a, "m").result).toEqual(expected);
  });
});

test("a kept memory keeps memory and numbers; references, tables and segments begin anew", () => {
  const chain = new Chain();
  const artifact = contract(wat(true));
  const a = deploy(chain, artifact, { memory: "kept" });
  const b = deploy(chain, artifact, { memory: "kept" });
  const look = (to: Address): (number | bigint | string)[] => {
    const seen = new DataView(query(chain, to, "m").result.slice().buffer);
    const numbers = [1, 2, 3, 6].map((i) => seen.getBigUint64(i * 8, true));
    return [...numbers, seen.getFloat32(32, true), Buffer.from(seen.buffer, 56, 5).toString()];
  };
  const functions = 1n + (1n << 8n) + (1n << 16n);
  const asNew = [1n, 11n, 12n, functions, 1.5, "third"];
  expect([look(a), look(b)]).toEqual([asNew, asNew]);
  scribble(chain, a, 0, b);
  const changed = [2n, 99n, 99n, functions, 99, "third"];
  expect([look(a), look(b)]).toEqual([changed, asNew]);
  for (const way of [1, 2, 3]) {
    scribble(chain, b, way, a);
    expect([look(a), look(b)]).toEqual([changed, asNew]);
  }
});

test("a reference in a global begins anew, though nothing but it has changed", () => {
  const chain = new Chain();
  const to = deploy(
    chain,
    contract(`(module (memory (export "memory") 1) (func $f) (export "f" (func $f))
      (global $ref (mut funcref) (ref.func $f))
      (func (export "init"))
      (func (export "execute") (param i32 i32 i32 i32) (global.set $ref (ref.null func)))
      (func (export "query") (param i32 i32) (result i64) (i64.extend_i32_u (ref.is_null (global.get $ref)))))`),
  );
  execute(chain, to);
  expect(query(chain, to).result).toEqual(new Uint8Array(8));
});

function message(to: Address) {
  const method = "m";
  return { kind: "query", from: to, to, method, value: 0n, gasLimit: 10_000_000, args: new Uint8Array(0) } as const;
}
