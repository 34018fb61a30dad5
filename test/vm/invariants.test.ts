// What holds whatever is done to a machine: no balance above 2^256 - 1, one transaction at a time, no call into a contract
// whose `init` has not ended.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { type Address, addressToBytes, contractAddress } from "../../harness/core/address.js";
import { QwvmError } from "../../harness/core/errors.js";
import type { Observer } from "../../harness/core/observer.js";
import { alice, bob, contract, deploy, execute, query, text, toNumber, tryDeploy } from "../fixtures/wat.js";

const MOST = 2n ** 256n - 1n;

const raw = (body: string, { imports = "", init = '(func (export "init"))', answer = "i64.const 0" } = {}): string =>
  `(module ${imports} (memory (export "memory") 1) ${init}
    (func (export "execute") (param i32 i32 i32 i32) ${body})
    (func (export "query") (param i32 i32) (result i64) ${answer}))`;

const codeOf = (step: () => unknown): string => {
  try {
    step();
  } catch (error) {
    if (error instanceof QwvmError) return error.code;
    throw error;
  }
  return "";
};

describe("no balance is more than 2^256 - 1", () => {
  const full = (chain: Chain, to: Address, missing = 4n): void => {
    chain.powers.setBalance(alice, 100n);
    chain.powers.setBalance(to, MOST - missing);
  };
  const balances = (chain: Chain, to: Address) => [chain.balance(alice), MOST - chain.balance(to), chain.nonce(alice)];

  test("a transfer, a call with value, and a deployment with value to an address that has much already", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(raw("")));
    full(chain, to);
    const nonce = chain.nonce(alice);
    const transfer = (value: bigint) =>
      chain.send({ kind: "transfer", from: alice, to, value, gasLimit: 1_000_000 }).status;
    expect(codeOf(() => transfer(5n))).toBe("BAD_AMOUNT");
    expect(codeOf(() => execute(chain, to, "", undefined, { value: 5n }))).toBe("BAD_AMOUNT");
    expect(balances(chain, to)).toEqual([100n, 4n, nonce]);
    expect(transfer(1n)).toBe("success");
    expect(execute(chain, to, "", undefined, { value: 3n }).status).toBe("success");
    expect(balances(chain, to)).toEqual([96n, 0n, nonce + 2]);

    const next = contractAddress(alice, BigInt(chain.nonce(alice)));
    full(chain, next);
    expect(codeOf(() => tryDeploy(chain, contract(raw("")), { value: 5n }))).toBe("BAD_AMOUNT");
    expect(chain.contractAt(next)).toBeUndefined();
    expect(tryDeploy(chain, contract(raw("")), { value: 4n }).to).toBe(next);
    expect(chain.balance(next)).toBe(MOST);
  });

  test("sent to oneself it stays what it was", () => {
    const chain = new Chain();
    chain.powers.setBalance(alice, MOST);
    expect(chain.send({ kind: "transfer", from: alice, to: alice, value: MOST, gasLimit: 100_000 }).status).toBe(
      "success",
    );
    expect(chain.balance(alice)).toBe(MOST);
  });

  test("a contract that pays somebody who has much is told that it cannot", () => {
    const chain = new Chain();
    // Pays the amount of 32 bytes behind the address; kept memory holds the answer.
    const body = "i32.const 0 local.get 2 local.get 2 i32.const 20 i32.add call $pay i32.store";
    const imports = '(import "env" "qw_transfer" (func $pay (param i32 i32) (result i32)))';
    const payer = deploy(chain, contract(raw(body, { imports, answer: "i32.const 0 i64.load32_u" })));
    chain.powers.setBalance(payer, 10n);
    chain.powers.setBalance(bob, MOST - 4n);
    const send = (amount: number): bigint => {
      const args = new Uint8Array(52);
      args.set(addressToBytes(bob));
      args[20] = amount;
      expect(execute(chain, payer, "", args).status).toBe("success");
      return toNumber(query(chain, payer).result);
    };
    expect([send(5), chain.balance(bob), chain.balance(payer)]).toEqual([0n, MOST - 4n, 10n]);
    expect([send(4), chain.balance(bob), chain.balance(payer)]).toEqual([1n, MOST, 6n]);
  });
});

describe("one transaction at a time", () => {
  const WRITES = raw("i32.const 0 i32.const 1 i32.const 0 i32.const 1 call $write", {
    imports: '(import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))',
  });

  test.each(["frameStart", "hostCall", "frameEnd"] as const)("an observer's %s cannot change the machine", (hook) => {
    const chain = new Chain();
    const to = deploy(chain, contract(WRITES));
    const other = deploy(chain, contract(WRITES));
    const before = chain.snapshot();
    const steps: (() => unknown)[] = [
      () => execute(chain, other),
      () => query(chain, other),
      () => tryDeploy(chain, contract(WRITES)),
      () => chain.send({ kind: "transfer", from: alice, to: bob, value: 0n, gasLimit: 100_000 }),
      () => chain.snapshot(),
      () => chain.restore(before),
      () => chain.powers.setBalance(alice, 1n),
      () => chain.powers.setStorage(to, text("key"), text("value")),
      () => chain.powers.mine(),
      () => chain.powers.advanceTime(1),
      () => chain.powers.setVrf(new Uint8Array(32)),
    ];
    const seen: string[] = [];
    const stop = chain.addObserver({ [hook]: () => void seen.push(...steps.map(codeOf)) } satisfies Observer);
    const receipt = execute(chain, to);
    stop();
    expect(new Set(seen)).toEqual(new Set(["ALREADY_RUNNING"]));
    expect([receipt.status, chain.storageEntries(to).length, chain.storageEntries(other).length]).toEqual([
      "success",
      1,
      0,
    ]);
    expect(execute(chain, other).status).toBe("success");
  });

  test("what an observer throws is no transaction, and the machine goes on", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(WRITES));
    const nonce = chain.nonce(alice);
    const stop = chain.addObserver({ hostCall: () => void execute(chain, to) });
    expect(codeOf(() => execute(chain, to))).toBe("ALREADY_RUNNING");
    stop();
    expect([chain.storageEntries(to).length, chain.nonce(alice)]).toEqual([0, nonce]);
    expect([execute(chain, to).status, chain.storageEntries(to).length]).toEqual(["success", 1]);
  });

  test("once a transaction has settled the next one may begin", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(WRITES));
    const seen: string[] = [];
    chain.addObserver({
      settled: ({ kind }) => void (kind === "query" || seen.push(query(chain, to).status)),
    });
    execute(chain, to);
    expect(seen).toEqual(["success"]);
  });
});

describe("while a contract's init runs there is no contract yet", () => {
  /** Calls the address at 64; the answer is written to 0, for `query`. */
  const CALL = `i32.const 0 i32.const 64 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0
    call $call i32.store`;
  const imports = `(import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
    (import "env" "qw_get_self" (func $self (param i32))) (import "env" "qw_get_caller" (func $caller (param i32)))`;
  const answer = "i32.const 0 i64.load32_s";

  test("it cannot call itself from init, and can afterwards", () => {
    const chain = new Chain();
    const call = `i32.const 64 call $self ${CALL}`;
    const init = `(func (export "init") ${call})`;
    // `execute` calls itself once: the inner one finds what the outer one noted at 128.
    const body = `i32.const 128 i32.load (if (then return)) i32.const 128 i32.const 1 i32.store ${call}`;
    const self = deploy(chain, contract(raw(body, { imports, init, answer })));
    // -1: the call failed.
    expect(toNumber(query(chain, self).result)).toBe(2n ** 64n - 1n);
    execute(chain, self);
    expect(toNumber(query(chain, self).result)).toBe(0n);
  });

  test("nor can anybody whom it calls, and the trace says why", () => {
    const chain = new Chain();
    const calling = `i32.const 64 call $caller ${CALL}`;
    const backCaller = deploy(chain, contract(raw(calling, { imports, answer })));
    const target = [...addressToBytes(backCaller)].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
    const init = `(data (i32.const 64) "${target}") (func (export "init") ${CALL})`;
    const receipt = tryDeploy(chain, contract(raw(calling, { imports, init, answer })));
    // The callee runs; its call back finds nobody.
    const [callee] = receipt.trace.calls;
    expect([receipt.status, callee?.status, callee?.calls[0]?.status]).toEqual(["success", "success", "trapped"]);
    expect(toNumber(query(chain, backCaller).result)).toBe(2n ** 64n - 1n);
    // Afterwards it is there: the same call back succeeds.
    const later = execute(chain, receipt.to);
    expect(later.status).toBe("success");
  });
});
