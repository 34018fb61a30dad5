// Limits that a nested call meets: the depth, and the stack that is left for the callee. Whoever starts a transaction
// chooses both, so a contract must not be able to take them for its callee's own failure.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { ChainOptions } from "../../harness/chain/genesis.js";
import { type Address, addressToBytes } from "../../harness/core/address.js";
import type { CallFrame, Receipt } from "../../harness/core/receipt.js";
import { alice, contract, deploy, execute, query } from "../fixtures/wat.js";

/** A module whose arguments are at 4096; `execute` and `query` give the 16 bytes at 0. */
const sdk = (body: string, more = ""): string => `(module
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1) ${more}
  (func (export "qw_alloc") (param i32) (result i32) i32.const 4096)
  (func (export "init"))
  (func (export "execute") (param i32 i32 i32 i32) (result i64) ${body} i64.const 16)
  (func (export "query") (param i32 i32 i32 i32) (result i64) ${body} i64.const 16)
  (@custom "qwvm.abi" "{}"))`;

const ADDRESS_BYTES = 20;
/** Calls the contract whose address comes first in the arguments, with the rest of them; the answer (an i32) goes to 0. */
const CALL_NEXT = `i32.const 0 i32.const 4096 i32.const 0 i32.const 0
  i32.const ${4096 + ADDRESS_BYTES} local.get 3 i32.const ${ADDRESS_BYTES} i32.sub
  i32.const 400 i32.const 8 call $call i32.store`;
/** Writes one byte under one byte. */
const NOTE = "i32.const 200 i32.const 1 i32.const 200 i32.const 1 call $write";
const ENDLESS = "(func $f call $f)";

const path = (...contracts: readonly Address[]): Uint8Array =>
  new Uint8Array(contracts.flatMap((one) => [...addressToBytes(one)]));
const answer = ({ result }: Receipt): number => new DataView(result.buffer).getInt32(result.byteOffset, true);
const line = ({ trace }: Receipt): CallFrame[] => {
  const frames = [trace];
  for (let next = trace.calls[0]; next !== undefined; next = next.calls[0]) frames.push(next);
  return frames;
};
/** Gas without the calls' price and, for frames that only pass on, the same for each. */
const GAS = { gasLimit: 1_000_000_000 };

describe("the depth", () => {
  const chain = new Chain();
  const relay = deploy(chain, contract(sdk(CALL_NEXT)));
  /** Notes something and calls on, whatever comes of the call. */
  const notify = deploy(chain, contract(sdk(`${NOTE} ${CALL_NEXT}`)));
  const receiver = deploy(chain, contract(sdk("")));
  const stored = () => chain.storageEntries(notify).length;

  test("a contract that is 64 calls deep cannot call, and cannot go on without the call", () => {
    // 62 relays after the first frame: notify is the 63rd nested call, its receiver the 64th.
    const fits = execute(chain, relay, "", path(...new Array(62).fill(relay), notify, receiver), GAS);
    expect([fits.status, answer(fits), line(fits).length, stored()]).toEqual(["success", 16, 65, 1]);
    const clean = chain.snapshot();
    // One deeper: notify is trapped, what it noted is undone, and the contract that called it is told.
    const deep = execute(chain, relay, "", path(...new Array(63).fill(relay), notify, receiver), GAS);
    const frames = line(deep);
    expect([deep.status, frames.length, frames.at(-1)?.to, frames.at(-1)?.status]).toEqual([
      "success",
      65,
      notify,
      "trapped",
    ]);
    // NOTE is 5,020, the call 100,000; operators: qw_alloc 2 + 2, NOTE 5, the call's operands 10, the call.
    expect(frames.at(-1)?.gasUsed).toBe(5_020 + 100_000 + 2 + 2 + 5 + 11);
    chain.restore(clean);
  });

  test("what it called makes no difference: the same where there is no contract", () => {
    const deep = execute(chain, relay, "", path(...new Array(63).fill(relay), notify, alice), GAS);
    expect(line(deep).at(-1)).toMatchObject({ to: notify, status: "trapped" });
  });

  test("the receipt says why, in the contract's place", () => {
    const one = new Chain({ limits: { callDepth: 1 } });
    const first = deploy(
      one,
      contract(sdk(`${CALL_NEXT} i32.const 0 i32.load i32.const 0 i32.lt_s (if (then unreachable))`)),
    );
    const receipt = execute(one, first, "", path(first, first), GAS);
    // The inner call is one deep, calls again and is trapped; the outer one sees -1 and traps by itself.
    expect(receipt.failure).toMatchObject({ status: "trapped", code: "unreachable", contract: first });
    const asked = query(one, first, "", path(first, first), GAS);
    expect(line(asked).map(({ status }) => status)).toEqual(["trapped", "trapped"]);
    const none = new Chain({ limits: { callDepth: 1 } });
    const told: unknown[] = [];
    const passing = deploy(none, contract(sdk(CALL_NEXT)));
    none.addObserver({ frameEnd: ({ outcome }) => told.push(outcome) });
    execute(none, passing, "", path(passing, passing), GAS);
    expect(told[0]).toMatchObject({
      status: "trapped",
      code: "call depth exceeded",
      contract: passing,
      detail: `Contracts may call contracts 1 deep, and this contract is that deep already: it called ${passing}.`,
    });
  });

  test("later calls of the transaction are undone and booked rightly after it", () => {
    const one = new Chain({ limits: { callDepth: 2 } });
    // Calls the path twice; writes before and after.
    const twice = deploy(one, contract(sdk(`${NOTE} ${CALL_NEXT} ${CALL_NEXT}`)));
    const note = deploy(one, contract(sdk(`${NOTE} ${CALL_NEXT}`)));
    const receipt = execute(one, twice, "", path(note, note, note, note), GAS);
    expect(receipt.trace.calls.map(({ status, calls }) => [status, calls.map(({ status }) => status)])).toEqual([
      ["success", ["trapped"]],
      ["success", ["trapped"]],
    ]);
    expect([one.storageEntries(note).length, one.storageEntries(twice).length]).toEqual([1, 1]);
  });
});

describe("the stack", () => {
  /** A frame of `execute` here: 4 parameters and 8 operands of 8 bytes, and 32. */
  const FRAME_BYTES = 128;

  /** A relay that calls a contract without an end to its recursion, with this much of the stack left for it. */
  function run(stackLeft: number, relays = 1, options: ChainOptions = {}) {
    const chain = new Chain({ limits: { stackBytes: stackLeft + relays * FRAME_BYTES }, ...options });
    const relay = deploy(chain, contract(sdk(CALL_NEXT)));
    const endless = deploy(chain, contract(sdk("call $f", ENDLESS)));
    const send = () => execute(chain, relay, "", path(...new Array(relays - 1).fill(relay), endless), GAS);
    return { relay, endless, send, receipt: send() };
  }

  test("a callee that had 16 KiB and used them up has failed; one that was left less traps its caller", () => {
    const enough = run(16_384).receipt;
    expect([enough.status, answer(enough)]).toEqual(["success", -1]);
    const { receipt, endless } = run(16_384 - 8);
    expect(receipt.failure).toMatchObject({
      status: "trapped",
      code: "stack overflow",
      contract: endless,
      detail: `${endless} needs more stack than the 16376 bytes that were left when it was called; with fewer than 16384 its caller fails, too.`,
    });
    // Frames of both: where it happened first, then who called.
    expect(receipt.failure?.frames.length).toBeGreaterThan(1);
  });

  test("up to the first caller that had left enough", () => {
    // Three relays wait; for the second 16,384 bytes were left, for the third 128 fewer, for the endless one 256 fewer.
    const { receipt, relay, endless } = run(16_384 - 2 * FRAME_BYTES, 3);
    expect(line(receipt).map(({ to, status }) => [to, status])).toEqual([
      [relay, "success"],
      [relay, "trapped"],
      [relay, "trapped"],
      [endless, "trapped"],
    ]);
    expect(answer(receipt)).toBe(-1);
  });

  test("what a callee does else is its own failure, however little was left", () => {
    const chain = new Chain({ limits: { stackBytes: 4_096 } });
    const relay = deploy(chain, contract(sdk(CALL_NEXT)));
    for (const [body, status] of [
      ["unreachable", "trapped"],
      ["(loop br 0)", "out_of_gas"],
    ] as const) {
      const failing = deploy(chain, contract(sdk(body)));
      const receipt = execute(chain, relay, "", path(failing), { gasLimit: 1_000_000 });
      expect([receipt.status, answer(receipt), receipt.trace.calls[0]?.status]).toEqual(["success", -1, status]);
    }
    const nobody = execute(chain, relay, "", path(alice), GAS);
    expect([nobody.status, answer(nobody)]).toEqual(["success", -1]);
  });

  test("the bytes can be chosen", () => {
    expect(run(1_000, 1, { limits: { stackBytes: 1_128, calleeStackBytes: 1_000 } }).receipt.status).toBe("success");
    expect(run(1_000, 1, { limits: { stackBytes: 1_127, calleeStackBytes: 1_000 } }).receipt.status).toBe("trapped");
  });

  test.each([16_384, 16_384 - 8])("with %i bytes left it ends the same cold and warm", (stackLeft) => {
    const { send, receipt } = run(stackLeft);
    const seen = Array.from({ length: 300 }, () => {
      const { status, gasUsed } = send();
      return `${status} ${gasUsed}`;
    });
    expect(new Set(seen)).toEqual(new Set([`${receipt.status} ${receipt.gasUsed}`]));
  });
});
