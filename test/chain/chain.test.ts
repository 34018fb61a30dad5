// The chain around the machine: its options, its block, its snapshots, those who watch.

import { createHash } from "node:crypto";
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { addressOfPublicKey, addressToBytes } from "../../harness/core/address.js";
import type { FrameEnd, FrameStart, HostCall } from "../../harness/core/observer.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { alice, bob, deploy, execute, fixture, query, text, toNumber, u64 } from "../fixtures/wat.js";

const counter = fixture("counter");
const count = (chain: Chain, to: Parameters<typeof query>[1]): bigint => toNumber(query(chain, to).result);

describe("options", () => {
  test.each([
    ["BAD_OPTION", { gas: 1 }],
    ["BAD_OPTION", { hostFunctions: "some" }],
    ["BAD_OPTION", { floats: true }],
    ["BAD_LIMIT", { limits: { memoryPages: 0 } }],
    ["BAD_LIMIT", { limits: { memory: 5 } }],
    ["BAD_GAS_SCHEDULE", { schedule: { transfer: -1 } }],
    ["BAD_SIGNATURE_SCHEME", { signatureScheme: "rsa" }],
    ["BAD_CHAIN_ID", { chainId: -1 }],
    ["BAD_CHAIN_ID", { chainId: -1n }],
    ["BAD_CHAIN_ID", { chainId: 1.5 }],
    ["BAD_CHAIN_ID", { chainId: 2 ** 53 }],
    ["BAD_CHAIN_ID", { chainId: 2n ** 64n }],
    ["BAD_CHAIN_ID", { chainId: "1" }],
    ["BAD_CHAIN_ID", { chainId: null }],
    ["BAD_BLOCK", { blockHeight: -1 }],
    ["BAD_BLOCK", { blockTimestamp: 1.5 }],
  ])("%s, of the case %#", (code, options) => {
    expect(() => new Chain(options as never)).toThrow(expect.objectContaining({ code }));
  });
});

describe("the block", () => {
  test("stands still until it is moved", () => {
    const chain = new Chain();
    const to = deploy(chain, counter, { args: u64(0) });
    expect(execute(chain, to, "increment", u64(1))).toMatchObject({ blockHeight: 1, blockTimestamp: 1_767_225_600 });
    chain.powers.mine();
    chain.powers.mine(4);
    chain.powers.advanceTime(60);
    expect(execute(chain, to, "increment", u64(1))).toMatchObject({ blockHeight: 6, blockTimestamp: 1_767_225_660 });
  });

  test("its randomness is SHA3-256 of a fixed text and the height, unless set", () => {
    const chain = new Chain({ blockHeight: 258 });
    const expected = createHash("sha3-256")
      .update("qwvm vrf")
      .update(new Uint8Array([2, 1, 0, 0, 0, 0, 0, 0]))
      .digest();
    expect(Buffer.compare(chain.clock.vrf, expected)).toBe(0);
    chain.powers.setVrf(new Uint8Array(32).fill(1));
    expect([...chain.clock.vrf]).toEqual(new Array(32).fill(1));
    chain.powers.setVrf(undefined);
    expect(Buffer.compare(chain.clock.vrf, expected)).toBe(0);
  });

  test.each([
    [(chain: Chain) => chain.powers.setVrf(new Uint8Array(31))],
    [(chain: Chain) => chain.powers.setHeight(-1)],
    [(chain: Chain) => chain.powers.mine(0.5)],
    [(chain: Chain) => chain.powers.setTimestamp(1n as never)],
  ])("refuses what is no block: %#", (act) => {
    expect(() => act(new Chain())).toThrow(expect.objectContaining({ code: "BAD_BLOCK" }));
  });
});

describe("snapshots", () => {
  test("cover storage, balances, nonces, code and the block, and can be restored many times", () => {
    const chain = new Chain();
    const to = deploy(chain, counter, { args: u64(5) });
    chain.powers.setBalance(bob, 9n);
    const snapshot = chain.snapshot();
    for (let i = 0; i < 3; i++) {
      execute(chain, to, "increment", u64(1));
      const late = deploy(chain, counter, { args: u64(1) });
      chain.powers.setBalance(bob, 1n);
      chain.powers.mine();
      chain.powers.setVrf(new Uint8Array(32));
      expect([count(chain, to), chain.nonce(alice)]).toEqual([6n, 3]);
      chain.restore(snapshot);
      expect([count(chain, to), chain.nonce(alice), chain.balance(bob), chain.clock.height]).toEqual([5n, 1, 9n, 1]);
      expect(chain.contractAt(late)).toBeUndefined();
      expect(Buffer.compare(chain.clock.vrf, new Uint8Array(32))).not.toBe(0);
    }
  });
});

test("stored values that are handed out are copies", () => {
  const chain = new Chain();
  const to = deploy(chain, counter, { args: u64(5) });
  chain.storage(to, text("count"))?.fill(9);
  chain.storageEntries(to)[0]?.[1].fill(9);
  const key = Buffer.from("extra");
  chain.powers.setStorage(to, key, Buffer.from("value"));
  key.fill(0);
  expect([count(chain, to), chain.storage(to, text("extra"))]).toEqual([5n, text("value")]);
  chain.powers.setStorage(to, text("extra"), undefined);
  expect(chain.storageEntries(to)).toHaveLength(1);
});

describe("observers", () => {
  test("hear of frames, host calls and receipts, and change neither gas nor results", () => {
    const quiet = new Chain();
    const expected = execute(quiet, deploy(quiet, counter, { args: u64(1) }), "increment", u64(2));
    const chain = new Chain();
    const to = deploy(chain, counter, { args: u64(1) });
    const starts: FrameStart[] = [];
    const ends: FrameEnd[] = [];
    const calls: HostCall[] = [];
    const settled: Receipt[] = [];
    const stop = chain.addObserver({
      frameStart: (frame) => void starts.push(frame),
      frameEnd: (frame) => void ends.push(frame),
      hostCall: (call) => void calls.push(call),
      settled: (receipt) => void settled.push(receipt),
    });
    const receipt = execute(chain, to, "increment", u64(2));
    expect(receipt.gas).toEqual(expected.gas);
    expect(starts).toMatchObject([{ kind: "execute", depth: 0, from: alice, to, method: "increment", args: u64(2) }]);
    expect(ends).toMatchObject([{ outcome: { status: "success" }, gasUsed: receipt.gasUsed, gas: receipt.gas }]);
    expect(calls).toEqual([
      { name: "qw_storage_read", depth: 0, contract: to, gas: 224, input: [text("count")], output: u64(1) },
      {
        name: "qw_storage_write",
        depth: 0,
        contract: to,
        gas: 5_160,
        input: [text("count"), u64(3)],
        output: undefined,
      },
    ]);
    expect(settled).toEqual([receipt]);
    stop();
    execute(chain, to, "increment", u64(2));
    expect(settled).toHaveLength(1);
  });

  test("one that throws leaves the chain as it was before the transaction", () => {
    const chain = new Chain();
    const to = deploy(chain, counter, { args: u64(1) });
    const stop = chain.addObserver({
      hostCall: ({ name }) => {
        if (name === "qw_storage_write") throw new TypeError("mine");
      },
    });
    expect(() => execute(chain, to, "increment", u64(2))).toThrow("mine");
    stop();
    expect([count(chain, to), chain.nonce(alice)]).toEqual([1n, 1]);
    execute(chain, to, "increment", u64(2));
    expect(count(chain, to)).toBe(3n);
  });
});

test("a transaction's hash is SHA3-256 over the documented encoding", () => {
  const chain = new Chain();
  const to = deploy(chain, counter, { args: u64(1) });
  const receipt = execute(chain, to, "inc", u64(2), { gasLimit: 70_000 });
  const expected = createHash("sha3-256")
    .update(new Uint8Array([1]))
    .update(addressToBytes(alice))
    .update(u64(1))
    .update(addressToBytes(to))
    .update(new Uint8Array(32))
    .update(u64(70_000))
    .update(new Uint8Array([3, 0, 0, 0]))
    .update("inc")
    .update(new Uint8Array([8, 0, 0, 0]))
    .update(u64(2))
    .digest("hex");
  expect(receipt.transactionHash).toBe(`0x${expected}`);
  expect(execute(chain, to, "inc", u64(2), { gasLimit: 70_000 }).transactionHash).not.toBe(receipt.transactionHash);
});

test("signing accounts are the same on every chain, and their signatures verify", () => {
  const account = new Chain().signingAccount("alice");
  expect(new Chain().signingAccount("alice").publicKey).toEqual(account.publicKey);
  expect(account.address).toBe(addressOfPublicKey(account.publicKey));
  const signature = account.sign(text("hello"));
  expect(ml_dsa65.verify(signature, text("hello"), account.publicKey)).toBe(true);
  expect(account.sign(text("hello"))).toEqual(signature);
  expect(new Chain({ signatureScheme: "ml-dsa-44" }).signingAccount("alice").publicKey.length).toBe(1_312);
  const old = new Chain({ signatureScheme: "dilithium3" }).signingAccount("alice");
  expect([old.publicKey.length, old.sign(text("hello")).length]).toEqual([1_952, 3_293]);
  expect(old.address).not.toBe(account.address);
});
