// The thread with the deep stack: what a transaction comes to there is what it comes to here, to the last byte; and it is used
// when this thread's stack has ended, whoever used it up.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { type Address, addressToBytes } from "../../harness/core/address.js";
import { QwvmError } from "../../harness/core/errors.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { alice, bob, contract, deploy, execute, query, text, toNumber, tryDeploy } from "../fixtures/wat.js";

/** Runs a step whose first transaction meets the end of the stack at its beginning, as an observer sees it. */
function onDeepStack<T>(chain: Chain, step: () => T): T {
  let isFirst = true;
  const stop = chain.addObserver({
    frameStart: () => {
      if (!isFirst) return;
      isFirst = false;
      throw new RangeError("Maximum call stack size exceeded");
    },
  });
  try {
    return step();
  } finally {
    stop();
    expect(isFirst).toBe(false);
  }
}

/** Everything that a receipt says, where it failed included. */
const said = (receipt: Receipt): unknown => ({
  ...Object.fromEntries(
    ["status", "gasUsed", "gas", "events", "stateChanges", "logs", "trace", "failure", "nonce"].map((key) => [
      key,
      receipt[key as keyof Receipt],
    ]),
  ),
  result: receipt.status === "success" ? receipt.result : undefined,
  frames: receipt.failure?.frames,
});

const IMPORTS = `
  (import "env" "qw_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "qw_sha3_256" (func $sha3 (param i32 i32 i32)))
  (import "env" "qw_get_caller" (func $caller (param i32)))
  (import "env" "qw_get_block_height" (func $height (result i64)))
  (import "env" "qw_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "qw_transfer" (func $transfer (param i32 i32) (result i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_revert" (func $revert (param i32 i32)))
  (import "env" "qw_log" (func $log (param i32 i32)))`;

/** `execute` gets an address, and does what the body says; the address is copied to 0. */
const raw = (body: string, more = ""): string => `(module ${IMPORTS} (memory (export "memory") 1 4) ${more}
  (global $count (mut i64) (i64.const 0)) (data (i32.const 64) "topic and data")
  (func (export "init"))
  (func (export "execute") (param i32 i32 i32 i32)
    i32.const 0 local.get 2 local.get 3 memory.copy global.get $count i64.const 1 i64.add global.set $count ${body})
  (func (export "query") (param i32 i32) (result i64) global.get $count i32.const 128 i64.load i64.add))`;

const CALL =
  "(i32.store (i32.const 128) (call $call (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 20) (i32.const 200) (i32.const 64)))";

const BODIES: readonly (readonly [name: string, body: string, more?: string])[] = [
  [
    "storage",
    "(call $write (i32.const 64) (i32.const 5) (i32.const 0) (i32.const 20)) (drop (call $read (i32.const 64) (i32.const 5) (i32.const 300) (i32.const 20)))",
  ],
  [
    "hashes, the caller and the block",
    "(call $sha3 (i32.const 0) (i32.const 64) (i32.const 128)) (call $caller (i32.const 160)) (i64.store (i32.const 180) (call $height))",
  ],
  [
    "events, payments and logs",
    "(call $emit (i32.const 64) (i32.const 5) (i32.const 70) (i32.const 8)) (drop (call $transfer (i32.const 0) (i32.const 300))) (call $log (i32.const 64) (i32.const 14))",
  ],
  [
    "more lines of log than are kept",
    "(loop (call $log (i32.const 64) (i32.const 64)) (i64.store (i32.const 256) (i64.add (i64.load (i32.const 256)) (i64.const 1))) (br_if 0 (i64.lt_u (i64.load (i32.const 256)) (i64.const 20000)))) (call $log (i32.const 65536) (i32.const 1))",
  ],
  ["a call to somebody who is not there", CALL],
  [
    "memory that grows, and is read by the machine",
    "(drop (memory.grow (i32.const 1))) (i32.store (i32.const 130000) (i32.const 7)) (call $emit (i32.const 64) (i32.const 5) (i32.const 130000) (i32.const 4)) (i64.store (i32.const 128) (i64.extend_i32_u (memory.grow (i32.const 9))))",
  ],
  [
    "a revert",
    "(call $write (i32.const 64) (i32.const 5) (i32.const 0) (i32.const 20)) (call $revert (i32.const 64) (i32.const 5))",
  ],
  ["a trap of the machine's", "(call $caller (i32.const 65530))"],
  [
    "a trap of the engine's, three functions deep",
    "call $one",
    "(func $one call $two) (func $two call $three) (func $three (drop (i32.div_u (i32.const 1) (i32.const 0))))",
  ],
  ["the end of the gas", "(loop br 0)"],
  [
    "the end of the gas in a host call",
    "(loop (call $write (i32.const 64) (i32.const 5) (i32.const 0) (i32.const 20)) br 0)",
  ],
  ["the end of the counted stack", "call $f", "(func $f call $f)"],
];

describe("the same as on this thread", () => {
  test.each(BODIES.map(([name, body, more = ""]) => [name, body, more] as const))("%s", (_name, body, more) => {
    const [here, there] = [0, 1].map(() => {
      const chain = new Chain();
      const to = deploy(chain, contract(raw(body, more)));
      chain.powers.setBalance(to, 10n ** 30n);
      return { chain, to };
    }) as [{ chain: Chain; to: Address }, { chain: Chain; to: Address }];
    const send = ({ chain, to }: typeof here) =>
      said(execute(chain, to, "run", addressToBytes(bob), { gasLimit: 1_000_000 }));
    const ask = ({ chain, to }: typeof here) => said(query(chain, to));
    for (let i = 0; i < 2; i++) {
      expect(onDeepStack(there.chain, () => send(there))).toEqual(send(here));
      expect(onDeepStack(there.chain, () => ask(there))).toEqual(ask(here));
    }
    // And again here, with the memory that was kept there.
    expect(send(there)).toEqual(send(here));
    expect(there.chain.storageEntries(there.to)).toEqual(here.chain.storageEntries(here.to));
  });

  test("deployments, and contracts in each other 64 deep, back into the first", () => {
    const [here, there] = [0, 1].map((isThere) => {
      const chain = new Chain();
      const base = { value: 0n, gasLimit: 50_000_000, from: alice };
      const relay = contract(raw(CALL));
      const to = isThere === 1 ? onDeepStack(chain, () => tryDeploy(chain, relay)).to : deploy(chain, relay);
      const send = () => execute(chain, to, "", addressToBytes(to), base);
      return [said(isThere === 1 ? onDeepStack(chain, send) : send()), toNumber(query(chain, to).result)];
    });
    expect(there).toEqual(here);
  });

  test("observers are told once, in order", () => {
    const run = (deep: boolean): string[] => {
      const chain = new Chain();
      const seen: string[] = [];
      const to = deploy(chain, contract(raw(BODIES[2]?.[1] as string)));
      chain.addObserver({
        frameStart: ({ kind }) => void seen.push(`start ${kind}`),
        hostCall: ({ name }) => void seen.push(name),
        frameEnd: ({ gasUsed }) => void seen.push(`end ${gasUsed}`),
        settled: ({ gasUsed }) => void seen.push(`settled ${gasUsed}`),
      });
      let isFirst = deep;
      chain.addObserver({
        frameEnd: () => {
          if (!isFirst) return;
          isFirst = false;
          throw new RangeError("Maximum call stack size exceeded");
        },
      });
      execute(chain, to, "", addressToBytes(bob));
      return seen;
    };
    const once = run(false);
    expect(once.length).toBe(6);
    // What was under way when the stack ended is told again, to those who had been told before the one that used it up.
    expect(run(true)).toEqual([...once.slice(0, 5), ...once.slice(4)]);
  });
});

test("who has used up JavaScript's stack is told so, and nothing has happened", () => {
  const chain = new Chain();
  const to = deploy(chain, contract(raw("(call $write (i32.const 64) (i32.const 5) (i32.const 0) (i32.const 20))")));
  let deepest = 0;
  const dive = (depth: number): void => {
    deepest = depth;
    dive(depth + 1);
  };
  expect(() => dive(0)).toThrow(RangeError);
  const at = (depth: number): string =>
    depth > 0 ? at(depth - 1) : attempt(() => execute(chain, to, "", text("twenty bytes of text")).status);
  const endings = [20, 60, 200, 500, 1_000, 3_000, 8_000].map((left) => attempt(() => at(Math.max(0, deepest - left))));
  const successes = endings.filter((ending) => ending === "success").length;
  expect(["success", "RangeError", "HOST_STACK_EXHAUSTED"]).toEqual(expect.arrayContaining(endings));
  expect(endings.at(-1)).toBe("success");
  // The deployment's nonce was 0.
  expect([chain.nonce(alice), execute(chain, to).status]).toEqual([1 + successes, "success"]);
});

function attempt(step: () => string): string {
  try {
    return step();
  } catch (error) {
    return error instanceof QwvmError ? error.code : (error as Error).name;
  }
}
