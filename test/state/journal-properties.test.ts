// Random transactions of a contract that does what its arguments say (write, pay, emit, remember, call others with programs
// of their own, fail in every way) against a model that copies everything before each call and takes the copy when it fails.

import fc from "fast-check";
import { expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { type Address, addressToBytes } from "../../harness/core/address.js";
import { GAS_CATEGORIES } from "../../harness/core/gas-breakdown.js";
import { alice, bob, contract, deploy, execute, query, toNumber } from "../fixtures/wat.js";

/** Some of these contracts keep their memory, and some have a new one for every call. */
const MEMORIES = ["kept", "fresh", "kept", "fresh"] as const;
const MARKS = 8;

/** Runs the operations at $p; marks are the bytes from 100 on, inputs stand behind each other from 4096 on. */
const PROGRAMMABLE = contract(`(module
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "qw_transfer" (func $transfer (param i32 i32) (result i32)))
  (import "env" "qw_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_revert" (func $revert (param i32 i32)))
  (memory (export "memory") 16)
  (global $next (mut i32) (i32.const 4096))
  (func (export "qw_alloc") (param i32) (result i32)
    global.get $next
    global.get $next local.get 0 i32.add global.set $next)
  (func (export "init"))
  (func $is (param $op i32) (param $p i32) (result i32) local.get $p i32.load8_u local.get $op i32.eq)
  (func $byte (param $p i32) (result i32) local.get $p i32.load8_u)
  (func (export "execute") (param i32 i32) (param $p i32) (param $end i32) (local $mark i32)
    local.get $p local.get $end i32.add local.set $end
    (block $done (loop $more
      local.get $p local.get $end i32.ge_u br_if $done
      (if (call $is (i32.const 1) (local.get $p)) (then
        (call $write (i32.add (local.get $p) (i32.const 1)) (i32.const 1)
          (i32.add (local.get $p) (i32.const 2)) (i32.ne (call $byte (i32.add (local.get $p) (i32.const 2))) (i32.const 0)))
        (local.set $p (i32.add (local.get $p) (i32.const 3))) br $more))
      (if (call $is (i32.const 2) (local.get $p)) (then
        (i32.store8 (i32.const 32) (call $byte (i32.add (local.get $p) (i32.const 21))))
        (drop (call $transfer (i32.add (local.get $p) (i32.const 1)) (i32.const 32)))
        (local.set $p (i32.add (local.get $p) (i32.const 22))) br $more))
      (if (call $is (i32.const 3) (local.get $p)) (then
        (call $emit (i32.add (local.get $p) (i32.const 1)) (i32.const 1) (i32.const 0) (i32.const 0))
        (local.set $p (i32.add (local.get $p) (i32.const 2))) br $more))
      (if (call $is (i32.const 4) (local.get $p)) (then
        (drop (call $call (i32.add (local.get $p) (i32.const 1)) (i32.const 0) (i32.const 0)
          (i32.add (local.get $p) (i32.const 23)) (i32.load16_u offset=21 (local.get $p)) (i32.const 0) (i32.const 0)))
        (local.set $p (i32.add (local.get $p) (i32.add (i32.const 23) (i32.load16_u offset=21 (local.get $p))))) br $more))
      (if (call $is (i32.const 5) (local.get $p)) (then (call $revert (local.get $p) (i32.const 1))))
      (if (call $is (i32.const 6) (local.get $p)) (then unreachable))
      ;; Four gigabytes of value cost more than there ever is.
      (if (call $is (i32.const 7) (local.get $p)) (then (call $write (i32.const 0) (i32.const 1) (i32.const 0) (i32.const -1))))
      (local.set $mark (i32.add (i32.const 100) (call $byte (i32.add (local.get $p) (i32.const 1)))))
      (if (call $is (i32.const 8) (local.get $p)) (then
        (i32.store8 (local.get $mark) (i32.add (call $byte (local.get $mark)) (i32.const 1)))
        (local.set $p (i32.add (local.get $p) (i32.const 2))) br $more))
      ;; 9: stores a mark under a key.
      (call $write (i32.add (local.get $p) (i32.const 2)) (i32.const 1) (local.get $mark) (i32.const 1))
      (local.set $p (i32.add (local.get $p) (i32.const 3))) br $more)))
  (func (export "query") (param i32 i32) (result i64) i32.const 100 i64.load))`);

type Ending = "revert" | "trap" | "burn";
type Step =
  | { readonly do: "store"; readonly key: number; readonly value: number }
  | { readonly do: "pay"; readonly to: number; readonly amount: number }
  | { readonly do: "emit"; readonly topic: number }
  | { readonly do: "mark"; readonly slot: number }
  | { readonly do: "storeMark"; readonly slot: number; readonly key: number }
  | { readonly do: "call"; readonly to: number; readonly steps: readonly Step[]; readonly ending: Ending | undefined };
type Call = Extract<Step, { do: "call" }>;

const to = fc.integer({ min: 0, max: MEMORIES.length - 1 });
const slot = fc.integer({ min: 0, max: MARKS - 1 });
const key = fc.integer({ min: 0, max: 3 });
const ending = fc.option(fc.constantFrom<Ending>("revert", "trap", "burn"), { nil: undefined, freq: 2 });
const { call } = fc.letrec<{ step: Step; call: Call }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.record({ do: fc.constant("store" as const), key, value: fc.integer({ min: 0, max: 3 }) }),
    // The last two are no contracts.
    fc.record({
      do: fc.constant("pay" as const),
      to: fc.integer({ min: 0, max: MEMORIES.length + 1 }),
      amount: fc.integer({ min: 0, max: 60 }),
    }),
    fc.record({ do: fc.constant("emit" as const), topic: fc.nat(255) }),
    fc.record({ do: fc.constant("mark" as const), slot }),
    fc.record({ do: fc.constant("storeMark" as const), slot, key }),
    tie("call"),
  ),
  call: fc.record({ do: fc.constant("call" as const), to, steps: fc.array(tie("step"), { maxLength: 6 }), ending }),
}));

interface Model {
  readonly balances: Map<Address, bigint>;
  readonly storage: Map<Address, Map<number, number>>;
  readonly memories: Map<Address, number[]>;
  readonly events: string[];
}

const copy = ({ balances, storage, memories, events }: Model): Model => ({
  balances: new Map(balances),
  storage: new Map([...storage].map(([address, stored]) => [address, new Map(stored)])),
  memories: new Map([...memories].map(([address, marks]) => [address, [...marks]])),
  events: [...events],
});

/** The state after a call, or undefined when the call fails. */
function predict(
  before: Model,
  accounts: readonly Address[],
  { to: index, steps, ending: last }: Call,
): Model | undefined {
  let model = copy(before);
  const self = accounts[index] as Address;
  const fresh = new Array<number>(MARKS).fill(0);
  /** A kept memory is the contract's; a fresh one this call's alone. */
  const marks = (): number[] => (MEMORIES[index] === "kept" ? (model.memories.get(self) as number[]) : fresh);
  for (const step of steps) {
    if (step.do === "store") {
      if (step.value === 0) model.storage.get(self)?.delete(step.key);
      else model.storage.get(self)?.set(step.key, step.value);
    } else if (step.do === "storeMark") {
      model.storage.get(self)?.set(step.key, marks()[step.slot] as number);
    } else if (step.do === "pay") {
      const payee = accounts[step.to] as Address;
      const amount = BigInt(step.amount);
      const has = model.balances.get(self) as bigint;
      if (has < amount) continue;
      model.balances.set(self, has - amount);
      model.balances.set(payee, (model.balances.get(payee) as bigint) + amount);
    } else if (step.do === "emit") {
      model.events.push(`${self} ${step.topic}`);
    } else if (step.do === "mark") {
      const own = marks();
      own[step.slot] = ((own[step.slot] as number) + 1) & 255;
    } else {
      model = predict(model, accounts, step) ?? model;
    }
  }
  return last === undefined ? model : undefined;
}

function encode(steps: readonly Step[], last: Ending | undefined, accounts: readonly Address[]): number[] {
  const bytesOf = (index: number): number[] => [...addressToBytes(accounts[index] as Address)];
  const bytes = steps.flatMap((step): number[] => {
    if (step.do === "store") return [1, step.key, step.value];
    if (step.do === "pay") return [2, ...bytesOf(step.to), step.amount];
    if (step.do === "emit") return [3, step.topic];
    if (step.do === "mark") return [8, step.slot];
    if (step.do === "storeMark") return [9, step.slot, step.key];
    const inner = encode(step.steps, step.ending, accounts);
    return [4, ...bytesOf(step.to), inner.length & 255, inner.length >> 8, ...inner];
  });
  return last === undefined ? bytes : [...bytes, { revert: 5, trap: 6, burn: 7 }[last]];
}

/** Gas that one burning call leaves a 64th of: after two there are still sixteen million. */
const GAS_LIMIT = 2 ** 36;

/** The same calls with no more than two that burn all their gas; the others trap instead. */
function limitBurns(calls: readonly Call[]): Call[] {
  const limit = (one: Call, left: { count: number }): Call => {
    const steps = one.steps.map((step) => (step.do === "call" ? limit(step, left) : step));
    return { ...one, steps, ending: one.ending === "burn" && left.count-- <= 0 ? "trap" : one.ending };
  };
  return calls.map((one) => limit(one, { count: 2 }));
}

function look(chain: Chain, accounts: readonly Address[]): unknown {
  return accounts.map((address, i) => [
    chain.balance(address),
    chain.storageEntries(address).map(([stored, value]) => [stored[0], value[0]]),
    MEMORIES[i] === undefined ? 0n : toNumber(query(chain, address).result),
  ]);
}

function show({ balances, storage, memories }: Model, accounts: readonly Address[]): unknown {
  return accounts.map((address, i) => [
    balances.get(address),
    [...(storage.get(address) ?? [])].sort(([a], [b]) => a - b),
    MEMORIES[i] === "kept" ? toNumber(new Uint8Array(memories.get(address) as number[])) : 0n,
  ]);
}

const STATUS = { revert: "reverted", trap: "trapped", burn: "out_of_gas" } as const;

test("storage, balances, events, nonces and kept memories are as a model with copies has them", () => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 4 }), fc.nat(30), (drawn, value) => {
      const chain = new Chain();
      const contracts = MEMORIES.map((memory) => deploy(chain, PROGRAMMABLE, { memory }));
      const payee: Address = `0x${"b".repeat(40)}`;
      const accounts = [...contracts, payee, bob];
      for (const address of contracts) chain.powers.setBalance(address, 100n);
      chain.powers.setBalance(alice, 1_000n);
      let model: Model = {
        balances: new Map(accounts.map((address, i) => [address, i < contracts.length ? 100n : 0n])),
        storage: new Map(contracts.map((address) => [address, new Map()])),
        memories: new Map(contracts.map((address) => [address, new Array<number>(MARKS).fill(0)])),
        events: [],
      };
      const beginning = chain.snapshot();
      const untouched = look(chain, accounts);
      let sent = 0n;

      for (const [i, one] of limitBurns(drawn).entries()) {
        const target = accounts[one.to] as Address;
        const paid = copy(model);
        paid.balances.set(target, (paid.balances.get(target) as bigint) + BigInt(value));
        const after = predict(paid, accounts, one);
        const args = new Uint8Array(encode(one.steps, one.ending, accounts));
        const receipt = execute(chain, target, "", args, { value: BigInt(value), gasLimit: GAS_LIMIT });

        expect(receipt.status).toBe(one.ending === undefined ? "success" : STATUS[one.ending]);
        expect(GAS_CATEGORIES.reduce((sum, { key }) => sum + receipt.gas[key], 0)).toBe(receipt.gasUsed);
        if (after !== undefined) sent += BigInt(value);
        const news = after === undefined ? [] : after.events.slice(model.events.length);
        expect(receipt.events.map((event) => `${event.contract} ${event.topic[0]}`)).toEqual(news);
        model = after ?? model;
        expect(look(chain, accounts)).toEqual(show(model, accounts));
        expect([chain.nonce(alice), chain.balance(alice)]).toEqual([contracts.length + i + 1, 1_000n - sent]);
        // The receipt's own account of what changed is the same, put onto what was before.
        const changed = receipt.stateChanges.filter((change) => change.kind === "storage");
        for (const change of changed) {
          expect(chain.storage(change.contract, change.key)).toEqual(change.after);
          expect(change.before).not.toEqual(change.after);
        }
        if (after === undefined) expect(receipt.stateChanges).toEqual([]);
      }
      chain.restore(beginning);
      expect(look(chain, accounts)).toEqual(untouched);
    }),
    { numRuns: 400, seed: 20_261_124 },
  );
});
