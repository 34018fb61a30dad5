// Every host function: what it does, what it costs, and that a bad pointer ends in a trap and nothing else.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { ChainOptions } from "../../harness/chain/genesis.js";
import { type Address, addressToBytes } from "../../harness/core/address.js";
import { HOST_FUNCTIONS } from "../../harness/core/host-interface.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { bindHost, promisedBindings } from "../../harness/host/bindings.js";
import type { HostFrame } from "../../harness/host/host-frame.js";
import { alice, bob, contract, deploy, execute, query, text, toNumber, u64 } from "../fixtures/wat.js";
import { type CirclVector, circlVectors } from "../vectors/circl.js";

const IMPORTS = `
  (import "env" "qw_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "qw_storage_read" (func $readWord (param i32 i32) (result i64)))
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "qw_dilithium_verify" (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_sha3_256" (func $sha3 (param i32 i32 i32)))
  (import "env" "qw_get_caller" (func $caller (param i32)))
  (import "env" "qw_get_balance" (func $balance (param i32 i32)))
  (import "env" "qw_transfer" (func $transfer (param i32 i32) (result i32)))
  (import "env" "qw_transfer" (func $transferOrTrap (param i32 i32)))
  (import "env" "qw_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_get_block_timestamp" (func $timestamp (result i64)))
  (import "env" "qw_get_block_height" (func $height (result i64)))
  (import "env" "qw_get_chain_id" (func $chainId (result i64)))
  (import "env" "qw_get_vrf" (func $vrf (param i32)))
  (import "env" "qw_get_self" (func $self (param i32)))
  (import "env" "qw_get_value" (func $value (param i32)))
  (import "env" "qw_revert" (func $revert (param i32 i32)))
  (import "env" "qw_log" (func $log (param i32 i32)))
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))`;

/** An SDK-like module: `execute` and `query` run the body and return 64 bytes from address 0. Arguments are at 1024. */
const module = (body: string): string => `(module ${IMPORTS} (memory (export "memory") 1)
  (func (export "qw_alloc") (param i32) (result i32) i32.const 1024)
  (func (export "init"))
  (func $run ${body})
  (func (export "execute") (param i32 i32 i32 i32) (result i64) call $run i64.const 64)
  (func (export "query") (param i32 i32 i32 i32) (result i64) call $run i64.const 64)
  (@custom "qwvm.abi" "{}"))`;

interface Run {
  readonly chain: Chain;
  readonly to: Address;
  readonly receipt: Receipt;
}

/** Runs the body once in a contract that has 1,000, called by bob with the arguments at 1024. */
function run(body: string, args: Uint8Array = new Uint8Array(0), options: ChainOptions = {}, asQuery = false): Run {
  const chain = new Chain(options);
  const to = deploy(chain, contract(module(body)));
  chain.powers.setBalance(to, 1_000n);
  chain.powers.setBalance(bob, 50n);
  const receipt = (asQuery ? query : execute)(chain, to, "", args, { from: bob, ...(asQuery ? {} : { value: 5n }) });
  return { chain, to, receipt };
}

const succeed = (body: string, args?: Uint8Array, options?: ChainOptions): Run => {
  const result = run(body, args, options);
  expect(result.receipt.failure).toBeUndefined();
  return result;
};

const store = "i32.const 0 i32.const 3 i32.const 1024 i32.const 10 call $write";

describe("storage", () => {
  test("writes, and reads in both forms", () => {
    // Key: three zero bytes; value: ten bytes of the arguments. Then both reads.
    const body = `${store} i32.const 50 i32.const 0 i32.const 3 i32.const 16 i32.const 32 call $read i32.store`;
    const args = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 255, 9, 10]);
    const { chain, to, receipt } = succeed(body, args);
    expect([...receipt.result.subarray(16, 27)]).toEqual([...args, 0]);
    expect(receipt.result[50]).toBe(10);
    expect(chain.storage(to, new Uint8Array(3))).toEqual(args);
    // 200 + 3 * 10; 5,000 + 20 * 10.
    expect(receipt.gas).toMatchObject({ storageRead: 230, storageWrite: 5_200 });

    const word = succeed(`${store} i32.const 8 i32.const 0 i32.const 3 call $readWord i64.store`, args);
    expect([...word.receipt.result.subarray(8, 17)]).toEqual([1, 2, 3, 4, 5, 6, 7, 255, 0]);
    expect(word.receipt.gas.storageRead).toBe(200 + 24);
  });

  test("a short buffer gets the beginning, and the full length comes back", () => {
    const { receipt } = succeed(
      `${store} i32.const 50 i32.const 0 i32.const 3 i32.const 16 i32.const 4 call $read i32.store`,
      new Uint8Array(10).fill(7),
    );
    expect([...receipt.result.subarray(16, 21), receipt.result[50]]).toEqual([7, 7, 7, 7, 0, 10]);
    expect(receipt.gas.storageRead).toBe(200 + 12);
  });

  test("nothing stored: 0, for 200 gas, and the buffer stays", () => {
    const { receipt } = succeed(`i32.const 16 i64.const -1 i64.store
      i32.const 50 i32.const 0 i32.const 3 i32.const 16 i32.const 8 call $read i32.store
      i32.const 8 i32.const 0 i32.const 3 call $readWord i64.store`);
    expect(toNumber(receipt.result.subarray(16, 24))).toBe(2n ** 64n - 1n);
    expect([receipt.result[50], toNumber(receipt.result.subarray(8, 16))]).toEqual([0, 0n]);
    expect(receipt.gas.storageRead).toBe(400);
  });

  test("a value shorter than a word is extended with zeros", () => {
    const { receipt } = succeed(
      "i32.const 0 i32.const 3 i32.const 1024 i32.const 2 call $write i32.const 8 i32.const 0 i32.const 3 call $readWord i64.store",
      new Uint8Array([1, 255]),
    );
    expect(toNumber(receipt.result.subarray(8, 16))).toBe(0xff01n);
    expect(receipt.gas.storageRead).toBe(206);
  });

  test("an empty value deletes the key, an empty key is a key", () => {
    const { chain, to, receipt } = succeed(
      `${store} i32.const 0 i32.const 3 i32.const 0 i32.const 0 call $write
      i32.const 0 i32.const 0 i32.const 1024 i32.const 1 call $write`,
      new Uint8Array([9]),
    );
    expect(chain.storageEntries(to)).toEqual([[new Uint8Array(0), new Uint8Array([9])]]);
    expect(receipt.gas.storageWrite).toBe(5_200 + 5_000 + 5_020);
    expect(receipt.stateChanges.filter(({ kind }) => kind === "storage")).toHaveLength(1);
  });
});

describe("context", () => {
  test("caller, self, value and balance", () => {
    const { to, receipt } = succeed("i32.const 0 call $caller i32.const 20 call $self");
    expect(receipt.result.subarray(0, 20)).toEqual(addressToBytes(bob));
    expect(receipt.result.subarray(20, 40)).toEqual(addressToBytes(to));
    expect(receipt.gas.storageRead).toBe(400);
    const amounts = succeed("i32.const 1024 i32.const 0 call $balance i32.const 32 call $value", addressToBytes(bob));
    // bob has 50 and sent 5.
    expect(toNumber(amounts.receipt.result.subarray(0, 8))).toBe(45n);
    expect(toNumber(amounts.receipt.result.subarray(32, 40))).toBe(5n);
    expect(amounts.receipt.gas.storageRead).toBe(400);
  });

  test("all 256 bits of a balance, little-endian", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(module("i32.const 1024 i32.const 0 call $balance")));
    chain.powers.setBalance(bob, 0x0102n << 240n);
    const { result } = execute(chain, to, "", addressToBytes(bob));
    expect([...result.subarray(0, 33)]).toEqual([...new Array(30).fill(0), 2, 1, 0]);
  });

  test("the chain's id, all of 64 bits of it", () => {
    const body = "i32.const 0 call $chainId i64.store";
    for (const [given, chainId] of [
      [{}, 31_337n],
      [{ chainId: 7 }, 7n],
      [{ chainId: 0n }, 0n],
      [{ chainId: 2n ** 64n - 1n }, 2n ** 64n - 1n],
    ] as const) {
      const { chain, receipt } = succeed(body, undefined, given);
      expect([toNumber(receipt.result.subarray(0, 8)), chain.chainId]).toEqual([chainId, chainId]);
      expect(receipt.gas.storageRead).toBe(200);
    }
  });

  test("block height, time and randomness", () => {
    const body = "i32.const 0 call $height i64.store i32.const 8 call $timestamp i64.store i32.const 16 call $vrf";
    const first = succeed(body).receipt;
    expect([toNumber(first.result.subarray(0, 8)), toNumber(first.result.subarray(8, 16))]).toEqual([
      1n,
      1_767_225_600n,
    ]);
    expect(first.gas.storageRead).toBe(600);

    const chain = new Chain();
    const to = deploy(chain, contract(module(body)));
    const vrfs = [0, 1].map((i) => {
      chain.powers.setHeight(7 + i);
      return Buffer.from(execute(chain, to).result.subarray(16, 48)).toString("hex");
    });
    expect(vrfs[0]).not.toBe(vrfs[1]);
    chain.powers.setHeight(7);
    expect(Buffer.from(execute(chain, to).result.subarray(16, 48)).toString("hex")).toBe(vrfs[0]);
    chain.powers.setVrf(new Uint8Array(32).fill(3));
    expect([...execute(chain, to).result.subarray(16, 48)]).toEqual(new Array(32).fill(3));
  });
});

describe("transfer", () => {
  const pay = (amount: bigint): Uint8Array =>
    new Uint8Array([...addressToBytes(alice), ...u64(amount), ...new Uint8Array(24)]);
  const body = "i32.const 0 i32.const 1024 i32.const 1044 call $transfer i32.store";

  test("moves value, for 21,000", () => {
    const { chain, to, receipt } = succeed(body, pay(1_005n));
    expect(receipt.result[0]).toBe(1);
    expect([chain.balance(to), chain.balance(alice), chain.balance(bob)]).toEqual([0n, 1_005n, 45n]);
    expect(receipt.gas.transfers).toBe(21_000);
    expect(receipt.stateChanges).toContainEqual({ kind: "balance", address: alice, before: 0n, after: 1_005n });
  });

  test("too little: 0, or a trap where the module's import has no result", () => {
    const { chain, receipt } = succeed(body, pay(1_006n));
    expect([receipt.result[0], chain.balance(alice), receipt.gas.transfers]).toEqual([0, 0n, 21_000]);
    const strict = run("i32.const 1024 i32.const 1044 call $transferOrTrap", pay(1_006n));
    expect(strict.receipt.failure).toMatchObject({ status: "trapped", code: "balance too low" });
    // The value sent along came back.
    expect(strict.chain.balance(bob)).toBe(50n);
    expect(succeed("i32.const 1024 i32.const 1044 call $transferOrTrap", pay(1_005n)).chain.balance(alice)).toBe(
      1_005n,
    );
  });

  test("to itself changes nothing", () => {
    const chain = new Chain();
    const to = deploy(
      chain,
      contract(module("i32.const 100 call $self i32.const 0 i32.const 100 i32.const 1024 call $transfer i32.store")),
    );
    chain.powers.setBalance(to, 9n);
    const receipt = execute(chain, to, "", new Uint8Array([9, ...new Uint8Array(31)]));
    expect([receipt.result[0], chain.balance(to), receipt.stateChanges]).toEqual([1, 9n, []]);
  });
});

test("events keep topic and data, for 375 and 8 a byte", () => {
  const { to, receipt } = succeed("i32.const 1024 i32.const 5 i32.const 1029 i32.const 3 call $emit", text("TopicABC"));
  expect(receipt.events).toEqual([{ contract: to, topic: text("Topic"), data: text("ABC") }]);
  expect(receipt.gas.events).toBe(375 + 8 * 8);
});

describe("cryptography", () => {
  test("SHA3-256 of the empty text and of abc, as FIPS 202's examples have them", () => {
    const hash = (length: number): Receipt =>
      succeed(`i32.const 1024 i32.const ${length} i32.const 0 call $sha3`, text("abc")).receipt;
    const hex = (receipt: Receipt): string => Buffer.from(receipt.result.subarray(0, 32)).toString("hex");
    expect(hex(hash(0))).toBe("a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a");
    expect(hex(hash(3))).toBe("3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532");
    expect([hash(0).gas.hashing, hash(3).gas.hashing]).toEqual([30, 90]);
  });

  test.each(["ml-dsa-44", "ml-dsa-65", "ml-dsa-87", "dilithium3"] as const)(
    "%s signatures that CIRCL made: 50,000 each, and a wrong length is not valid",
    (signatureScheme) => {
      const { message, signature, publicKey } = circlVectors(signatureScheme)[2] as CirclVector;
      const verify = (parts: Uint8Array[], lengths = parts.map((part) => part.length)): number => {
        let at = 1024;
        const operands = parts.map((part, i) => {
          const start = at;
          at += part.length;
          return `i32.const ${start} i32.const ${lengths[i]}`;
        });
        const { receipt } = succeed(`i32.const 0 ${operands.join(" ")} call $verify i32.store`, Buffer.concat(parts), {
          signatureScheme,
        });
        expect(receipt.gas.signatures).toBe(50_000);
        return receipt.result[0] as number;
      };
      expect(verify([message, signature, publicKey])).toBe(1);
      const damaged = signature.slice();
      damaged[100] = (damaged[100] as number) ^ 1;
      expect(verify([message, damaged, publicKey])).toBe(0);
      expect(verify([text("another"), signature, publicKey])).toBe(0);
      expect(verify([message, signature, (circlVectors(signatureScheme)[1] as CirclVector).publicKey])).toBe(0);
      // Up to the end of the memory, one page.
      const whole = 65_536 - 1024 - message.length - signature.length;
      for (const length of [0, 1, signature.length - 1, signature.length + 1, whole]) {
        expect(verify([message, signature, publicKey], [message.length, length, publicKey.length])).toBe(0);
      }
      for (const length of [0, 1, publicKey.length - 1, publicKey.length + 1, whole]) {
        expect(verify([message, signature, publicKey], [message.length, signature.length, length])).toBe(0);
      }
      expect(verify([message, signature, publicKey], [0, signature.length, publicKey.length])).toBe(0);
      expect(verify([message, signature, publicKey])).toBe(1);
    },
  );

  test.each(["ml-dsa-44", "ml-dsa-65", "ml-dsa-87", "dilithium3"] as const)(
    "%s: a contract verifies what an account signed",
    (signatureScheme) => {
      const account = new Chain({ signatureScheme }).signingAccount("alice");
      const signature = account.sign(text("pay 5"));
      const operands = `i32.const 1024 i32.const 5 i32.const 1029 i32.const ${signature.length}
      i32.const ${1029 + signature.length} i32.const ${account.publicKey.length}`;
      const args = Buffer.concat([text("pay 5"), signature, account.publicKey]);
      const body = `i32.const 0 ${operands} call $verify i32.store`;
      expect(succeed(body, args, { signatureScheme }).receipt.result[0]).toBe(1);
      for (const other of ["ml-dsa-44", "ml-dsa-65", "ml-dsa-87", "dilithium3"] as const) {
        if (other !== signatureScheme)
          expect(succeed(body, args, { signatureScheme: other }).receipt.result[0]).toBe(0);
      }
    },
  );
});

describe("endings", () => {
  test("qw_revert ends with its data, and costs what was spent", () => {
    const { receipt, to } = run(`${store} i32.const 1024 i32.const 3 call $revert unreachable`, text("why"));
    expect(receipt.failure).toMatchObject({ status: "reverted", contract: to, data: text("why") });
    // execute: call; $run: 5 to write, 3 to revert; two allocations of 2.
    expect(receipt.gas).toMatchObject({ instructions: 1 + 5 + 3 + 4, storageWrite: 5_200 });
  });

  test("abort is a revert with a message and a position", () => {
    // Strings as AssemblyScript has them: their length in bytes, then UTF-16. The message at 1028, the file at 1036.
    const args = new Uint8Array([4, 0, 0, 0, 104, 0, 105, 0, 4, 0, 0, 0, 97, 0, 98, 0]);
    const { receipt } = run("i32.const 1028 i32.const 1036 i32.const 3 i32.const 7 call $abort", args);
    expect(receipt.failure).toMatchObject({
      status: "reverted",
      data: new Uint8Array([0, 0, 0, 0, 2, 0, 0, 0, 104, 105]),
      abort: { message: "hi", position: { file: "ab", line: 3, column: 7 } },
    });
    expect(run("i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $abort").receipt.failure).toMatchObject({
      abort: { message: "" },
    });
  });

  test("qw_log is free and kept even if the call fails", () => {
    const { receipt } = run("i32.const 1024 i32.const 5 call $log unreachable", text("hello"));
    expect([receipt.logs, receipt.status]).toEqual([["hello"], "trapped"]);
    expect(receipt.gasUsed).toBe(receipt.gas.instructions);
  });
});

describe("a bad pointer", () => {
  const END = 65_536;
  /** For each function: its other parameters in order, with "p" where the pointer is. A length follows a pointer. */
  const CALLS: readonly (readonly [name: string, operands: readonly (number | "p")[], size: number, drop: boolean])[] =
    [
      ["$read", ["p", 1, 0, 1], 1, true],
      ["$read", [0, 1, "p", 1], 1, true],
      ["$write", ["p", 1, 0, 1], 1, false],
      ["$write", [0, 1, "p", 1], 1, false],
      ["$verify", ["p", 1, 0, 1, 0, 1], 1, true],
      ["$verify", [0, 1, "p", 1, 0, 1], 1, true],
      ["$verify", [0, 1, 0, 1, "p", 1], 1, true],
      ["$sha3", ["p", 1, 0], 1, false],
      ["$sha3", [0, 1, "p"], 32, false],
      ["$caller", ["p"], 20, false],
      ["$self", ["p"], 20, false],
      ["$value", ["p"], 32, false],
      ["$vrf", ["p"], 32, false],
      ["$balance", ["p", 0], 20, false],
      ["$balance", [0, "p"], 32, false],
      ["$transfer", ["p", 0], 20, true],
      ["$transfer", [0, "p"], 32, true],
      ["$transferOrTrap", ["p", 0], 20, false],
      ["$emit", ["p", 1, 0, 1], 1, false],
      ["$emit", [0, 1, "p", 1], 1, false],
      ["$call", ["p", 0, 0, 0, 0, 0, 0], 20, true],
      ["$call", [0, "p", 1, 0, 0, 0, 0], 1, true],
      ["$call", [0, 0, 0, "p", 1, 0, 0], 1, true],
      ["$call", [0, 0, 0, 0, 0, "p", 1], 1, true],
      ["$log", ["p", 1], 1, false],
    ];

  test.each(CALLS)("%s %j", (name, operands, size, drop) => {
    const at = (pointer: number): Receipt =>
      run(
        `${operands.map((value) => `i32.const ${value === "p" ? pointer : value}`).join(" ")} call ${name} ${drop ? "drop" : ""}`,
      ).receipt;
    // The last place that is all right, then one further, then negative, which is four gigabytes.
    const last = at(END - size);
    expect(last.failure).toBeUndefined();
    for (const pointer of [END - size + 1, END, 0x7fff_ffff, -1, -(2 ** 31)]) {
      const receipt = at(pointer);
      expect(receipt.failure, String(pointer)).toMatchObject({ status: "trapped", code: "out-of-bounds pointer" });
      expect(receipt.gasUsed).toBeLessThan(10_000_000);
    }
  });

  test.each([
    ["qw_revert", "i32.const -1 i32.const 1 call $revert"],
    ["abort, the message", "i32.const 65537 i32.const 0 i32.const 0 i32.const 0 call $abort"],
    ["abort, the file", "i32.const 0 i32.const 2 i32.const 0 i32.const 0 call $abort"],
    ["the word form of read", "i32.const 65536 i32.const 1 call $readWord drop"],
  ])("%s", (_name, body) => {
    expect(run(body).receipt.failure).toMatchObject({ status: "trapped", code: "out-of-bounds pointer" });
  });

  test("a huge length is paid for before it is looked at, or traps", () => {
    // 5,000 + 20 * (2^32 - 1) gas are more than the limit.
    expect(run("i32.const 0 i32.const 1 i32.const 0 i32.const -1 call $write").receipt.status).toBe("out_of_gas");
    expect(run("i32.const 0 i32.const -1 i32.const 0 call $sha3").receipt.status).toBe("out_of_gas");
    expect(run("i32.const 0 i32.const -1 i32.const 0 i32.const 1 call $read drop").receipt.failure).toMatchObject({
      code: "out-of-bounds pointer",
    });
  });
});

describe("a query", () => {
  test.each([
    ["write in a query", store],
    ["transfer in a query", "i32.const 0 i32.const 0 call $transfer drop"],
    ["event in a query", "i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $emit"],
  ])("traps: %s", (code, body) => {
    const { chain, to, receipt } = run(body, new Uint8Array(10), {}, true);
    expect(receipt.failure).toMatchObject({ status: "trapped", code });
    expect(chain.storageEntries(to)).toEqual([]);
    expect(chain.nonce(bob)).toBe(0);
  });

  test("may read, hash and log", () => {
    const body =
      "i32.const 0 call $caller i32.const 0 i32.const 3 i32.const 0 i32.const 8 call $read drop i32.const 0 i32.const 1 i32.const 32 call $sha3 i32.const 0 i32.const 1 call $log";
    expect(run(body, undefined, {}, true).receipt.status).toBe("success");
  });
});

test("every promised form is bound, and nothing else", () => {
  const bound = Object.keys(bindHost({} as HostFrame, "ml-dsa-65"));
  expect(bound.sort()).toEqual(promisedBindings().sort());
  expect(HOST_FUNCTIONS.filter((host) => !host.extension)).toHaveLength(9);
});
