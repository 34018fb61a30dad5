// Memories that are kept, against a model of few lines: contracts share one state that every frame changes in place, and a
// frame that fails puts all of it back. The machine has instances, images and views instead, which must come to the same.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { Address } from "../../harness/core/address.js";
import { addressToBytes } from "../../harness/core/address.js";
import { contract, deploy, execute, query, toNumber } from "../fixtures/wat.js";
import { Random } from "../hostile/random.js";

const SLOTS = 4;
const FIRST_PAGES = 6;
const MOST_PAGES = 9;

/**
 * Runs the program in its arguments. 1 slot value: stores a byte, each slot in a page of its own; 2 slot: the slot becomes
 * three times itself, and one more; 3: grows by a page, if it may; 4 value: adds to a global; 5 address length program: calls
 * (length u16), whatever comes of it; 6: fails. `query` gives slots, global and pages. Arguments are put one behind the other.
 */
const RUNNER = contract(`(module
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") ${FIRST_PAGES} ${MOST_PAGES})
  (global $next (mut i32) (i32.const ${SLOTS * 65_536}))
  (global $sum (mut i32) (i32.const 0))
  (func (export "qw_alloc") (param $size i32) (result i32)
    (global.set $next (i32.add (global.get $next) (local.get $size)))
    (i32.sub (global.get $next) (local.get $size)))
  (func (export "init"))
  (func $slot (param $at i32) (result i32)
    (i32.add (i32.const 100) (i32.shl (i32.load8_u offset=1 (local.get $at)) (i32.const 16))))
  (func (export "execute") (param i32 i32) (param $at i32) (param $length i32)
    (local $end i32) (local $op i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (loop $step
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return)))
      (local.set $op (i32.load8_u (local.get $at)))
      (if (i32.eq (local.get $op) (i32.const 1))
        (then (i32.store8 (call $slot (local.get $at)) (i32.load8_u offset=2 (local.get $at)))
          (local.set $at (i32.add (local.get $at) (i32.const 3)))))
      (if (i32.eq (local.get $op) (i32.const 2))
        (then (i32.store8 (call $slot (local.get $at))
            (i32.add (i32.mul (i32.load8_u (call $slot (local.get $at))) (i32.const 3)) (i32.const 1)))
          (local.set $at (i32.add (local.get $at) (i32.const 2)))))
      (if (i32.eq (local.get $op) (i32.const 3))
        (then (drop (memory.grow (i32.const 1)))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))))
      (if (i32.eq (local.get $op) (i32.const 4))
        (then (global.set $sum (i32.and (i32.const 255) (i32.add (global.get $sum) (i32.load8_u offset=1 (local.get $at)))))
          (local.set $at (i32.add (local.get $at) (i32.const 2)))))
      (if (i32.eq (local.get $op) (i32.const 5))
        (then
          (drop (call $call (i32.add (local.get $at) (i32.const 1)) (i32.const 0) (i32.const 0)
            (i32.add (local.get $at) (i32.const 23)) (i32.load16_u offset=21 (local.get $at)) (i32.const 0) (i32.const 0)))
          (local.set $at (i32.add (i32.add (local.get $at) (i32.const 23)) (i32.load16_u offset=21 (local.get $at))))))
      (if (i32.eq (local.get $op) (i32.const 6)) (then (unreachable)))
      (br $step)))
  (func (export "query") (param i32 i32 i32 i32) (result i64)
    (i64.or
      (i64.extend_i32_u (i32.or
        (i32.or (i32.load8_u (i32.const 100)) (i32.shl (i32.load8_u (i32.const 65636)) (i32.const 8)))
        (i32.or (i32.shl (i32.load8_u (i32.const 131172)) (i32.const 16)) (i32.shl (i32.load8_u (i32.const 196708)) (i32.const 24)))))
      (i64.shl (i64.extend_i32_u (i32.or (global.get $sum) (i32.shl (memory.size) (i32.const 8)))) (i64.const 32)))))`);

type Op =
  | { readonly op: "store"; readonly slot: number; readonly value: number }
  | { readonly op: "triple"; readonly slot: number }
  | { readonly op: "grow" }
  | { readonly op: "add"; readonly value: number }
  | { readonly op: "call"; readonly to: number; readonly program: readonly Op[] }
  | { readonly op: "fail" };

interface Memory {
  readonly slots: number[];
  sum: number;
  pages: number;
}

const newMemory = (): Memory => ({ slots: new Array<number>(SLOTS).fill(0), sum: 0, pages: FIRST_PAGES });

/** Runs a program on the model; false when it failed, and everything is as before. */
function model(world: Memory[], at: number, program: readonly Op[]): boolean {
  const before = structuredClone(world);
  for (const step of program) {
    const memory = world[at] as Memory;
    if (step.op === "store") memory.slots[step.slot] = step.value;
    else if (step.op === "triple") memory.slots[step.slot] = ((memory.slots[step.slot] as number) * 3 + 1) % 256;
    else if (step.op === "grow") memory.pages = Math.min(memory.pages + 1, MOST_PAGES);
    else if (step.op === "add") memory.sum = (memory.sum + step.value) % 256;
    else if (step.op === "call") model(world, step.to, step.program);
    else {
      world.splice(0, world.length, ...before);
      return false;
    }
  }
  return true;
}

function encode(program: readonly Op[], addresses: readonly Address[]): number[] {
  return program.flatMap((step) => {
    if (step.op === "store") return [1, step.slot, step.value];
    if (step.op === "triple") return [2, step.slot];
    if (step.op === "grow") return [3];
    if (step.op === "add") return [4, step.value];
    if (step.op === "fail") return [6];
    const inner = encode(step.program, addresses);
    return [5, ...addressToBytes(addresses[step.to] as Address), inner.length & 255, inner.length >> 8, ...inner];
  });
}

function makeProgram(random: Random, contracts: number, depth: number): Op[] {
  return Array.from({ length: 1 + random.below(5) }, (): Op => {
    const choice = random.below(depth === 0 ? 20 : 40);
    if (choice < 7) return { op: "store", slot: random.below(SLOTS), value: random.below(256) };
    if (choice < 14) return { op: "triple", slot: random.below(SLOTS) };
    if (choice < 15) return { op: "grow" };
    if (choice < 18) return { op: "add", value: random.below(256) };
    if (choice < 20) return { op: "fail" };
    return { op: "call", to: random.below(contracts), program: makeProgram(random, contracts, depth - 1) };
  });
}

const answer = ({ slots, sum, pages }: Memory): bigint =>
  slots.reduce((number, slot, i) => number + (BigInt(slot) << BigInt(8 * i)), 0n) +
  (BigInt(sum) << 32n) +
  (BigInt(pages) << 40n);

describe("kept memories", () => {
  test("are those of a model that changes one state in place, through calls of all shapes", () => {
    const random = new Random(20_261_128);
    let failed = 0;
    for (let world = 0; world < 20; world++) {
      const chain = new Chain();
      const count = 1 + random.below(3);
      const addresses = Array.from({ length: count }, () => deploy(chain, RUNNER, { memory: "kept" }));
      const memories = addresses.map(newMemory);
      const snapshots: { readonly snapshot: ReturnType<Chain["snapshot"]>; readonly memories: Memory[] }[] = [];
      for (let run = 0; run < 8; run++) {
        const program = makeProgram(random, count, 4);
        const at = random.below(count);
        const args = Uint8Array.from(encode(program, addresses));
        if (args.length > 8_000) continue;
        const { status } = execute(chain, addresses[at] as Address, "", args, { gasLimit: 1_000_000_000 });
        const succeeds = model(memories, at, program);
        expect(status).toBe(succeeds ? "success" : "trapped");
        if (!succeeds) failed++;
        const answers = addresses.map((address) => toNumber(query(chain, address).result));
        expect(answers, `world ${world}, run ${run}`).toEqual(memories.map(answer));
        if (random.below(3) === 0) snapshots.push({ snapshot: chain.snapshot(), memories: structuredClone(memories) });
        const back = snapshots[random.below(snapshots.length + 3)];
        if (back === undefined) continue;
        chain.restore(back.snapshot);
        memories.splice(0, memories.length, ...structuredClone(back.memories));
      }
    }
    expect(failed).toBeGreaterThan(10);
  });

  // Memories of 64 pages, all of which each call changes; a transaction may keep 1,024 pages, those of sixteen.
  const FILLER = contract(`(module
    (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 64)
    (func (export "qw_alloc") (param i32) (result i32) (i32.const 0))
    (func (export "init"))
    (func (export "execute") (param i32 i32) (param $at i32) (param $length i32)
      (memory.copy (i32.const 2048) (i32.const 0) (local.get $length))
      (memory.fill (i32.const 4096) (i32.add (i32.load8_u (i32.const 4096)) (i32.const 1)) (i32.const 4190208))
      (if (i32.eqz (local.get $length)) (then (return)))
      (if (i32.lt_s (call $call (i32.const 2048) (i32.const 0) (i32.const 0) (i32.const 2068)
        (i32.sub (local.get $length) (i32.const 20)) (i32.const 0) (i32.const 0)) (i32.const 0)) (then (unreachable))))
    (func (export "query") (param i32 i32 i32 i32) (result i64) (i64.load8_u (i32.const 4096))))`);
  const path = (addresses: readonly Address[]) => Uint8Array.from(addresses.flatMap((to) => [...addressToBytes(to)]));

  test("of contracts that one transaction changes have 1,024 pages at most; beyond that it fails, and none has changed", () => {
    const chain = new Chain();
    const addresses = Array.from({ length: 18 }, () => deploy(chain, FILLER, { memory: "kept" }));
    const [first, ...others] = addresses as [Address, ...Address[]];
    const run = (count: number) =>
      execute(chain, first, "", path(others.slice(0, count - 1)), { gasLimit: 100_000_000 });
    expect(run(16).status).toBe("success");
    const failed = run(17);
    expect(failed.failure).toMatchObject({ status: "trapped", code: "memory limit exceeded" });
    expect(addresses.map((address) => toNumber(query(chain, address).result))).toEqual([
      ...new Array(16).fill(1n),
      0n,
      0n,
    ]);
    expect(run(16).status).toBe("success");
    expect(toNumber(query(chain, first).result)).toBe(2n);
    const large = new Chain({ limits: { memoryPages: 512 } });
    const many = Array.from({ length: 20 }, () => deploy(large, FILLER, { memory: "kept" }));
    expect(execute(large, many[0] as Address, "", path(many.slice(1)), { gasLimit: 100_000_000 }).status).toBe(
      "success",
    );
  });

  test("of which there are too many end the caller as well, which may have caught every failure", () => {
    const chain = new Chain();
    const fillers = Array.from({ length: 17 }, () => deploy(chain, FILLER, { memory: "kept" }));
    const catcher = deploy(
      chain,
      contract(`(module
        (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "qw_alloc") (param i32) (result i32) (i32.const 0))
        (func (export "init"))
        (func (export "execute") (param i32 i32) (param $at i32) (param $length i32)
          (loop $next
            (drop (call $call (local.get $at) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
            (local.set $at (i32.add (local.get $at) (i32.const 20)))
            (br_if $next (i32.lt_u (local.get $at) (local.get $length)))))
        (func (export "query") (param i32 i32 i32 i32) (result i64) (i64.const 0)))`),
      { memory: "fresh" },
    );
    const call = (to: readonly Address[]) => execute(chain, catcher, "", path(to), { gasLimit: 100_000_000 });
    expect(call(fillers.slice(0, 16)).status).toBe("success");
    const { failure } = call(fillers);
    expect(failure).toMatchObject({ code: "memory limit exceeded", contract: fillers[16] });
    expect(toNumber(query(chain, fillers[0] as Address).result)).toBe(1n);
  });

  test("of a contract that calls itself are counted once, however deep it goes", () => {
    const chain = new Chain();
    const self = deploy(chain, FILLER, { memory: "kept" });
    const receipt = execute(chain, self, "", path(new Array(40).fill(self)), { gasLimit: 100_000_000 });
    expect(receipt.status).toBe("success");
    expect(toNumber(query(chain, self).result)).toBe(41n);
  });
});
