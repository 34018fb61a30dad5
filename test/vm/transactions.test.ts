// Transactions: what a failure undoes, at every depth; memories fresh and kept; coming back into a running contract.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { type Address, addressToBytes, contractAddress } from "../../harness/core/address.js";
import { GAS_CATEGORIES } from "../../harness/core/gas-breakdown.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { alice, bob, contract, deploy, execute, query, text, toNumber, tryDeploy, u64 } from "../fixtures/wat.js";

const IMPORTS = `
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "qw_transfer" (func $transfer (param i32 i32) (result i32)))
  (import "env" "qw_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_revert" (func $revert (param i32 i32)))`;

/** A module whose arguments are at 4096; `execute` and `query` give the 16 bytes at 0. */
const sdk = (body: string, more = ""): string =>
  `(module ${IMPORTS} (memory (export "memory") 1) ${more}
  (func (export "qw_alloc") (param i32) (result i32) i32.const 4096)
  (func (export "init"))
  (func (export "execute") (param i32 i32 $ptr i32 $len i32) (result i64) ${body} i64.const 16)
  (func (export "query") (param i32 i32 i32 i32) (result i64) ${body} i64.const 16)
  (@custom "qwvm.abi" "{}"))`.replace("(param i32 i32 $ptr i32 $len i32)", "(param i32 i32 i32 i32)");

/** Writes one byte under one byte: key and value are constants. */
const put = (key: number, value: number): string =>
  `i32.const 200 i32.const ${key} i32.store8 i32.const 201 i32.const ${value} i32.store8
   i32.const 200 i32.const 1 i32.const 201 i32.const 1 call $write`;
const say = "i32.const 300 i32.const 1 i32.const 300 i32.const 0 call $emit";
/** Calls the contract whose address stands at `at` with the arguments after it; its answer (an i32) goes to `answer`. */
const callAt = (at: number, answer: number, args = "i32.const 4096 i32.const 0"): string =>
  `i32.const ${answer} i32.const ${at} i32.const 0 i32.const 0 ${args} i32.const 400 i32.const 8 call $call i32.store`;

const sum = (receipt: Receipt): number => GAS_CATEGORIES.reduce((total, { key }) => total + receipt.gas[key], 0);
const word = (receipt: Receipt, at = 0): number =>
  new DataView(receipt.result.buffer).getInt32(receipt.result.byteOffset + at, true);

describe("a failed transaction", () => {
  test.each([
    ["trapped", "unreachable"],
    ["reverted", "i32.const 0 i32.const 0 call $revert"],
    ["out_of_gas", "(loop br 0)"],
  ])("%s: leaves storage, balances and events as they were; the nonce has gone up", (status, ending) => {
    const chain = new Chain();
    const body = `${put(1, 2)} ${say} i32.const 4096 i32.const 4116 call $transfer drop ${ending}`;
    const to = deploy(chain, contract(sdk(body)));
    chain.powers.setBalance(to, 10n);
    chain.powers.setBalance(alice, 100n);
    const args = new Uint8Array([...addressToBytes(bob), 4, ...new Uint8Array(31)]);
    const receipt = execute(chain, to, "", args, { value: 30n, gasLimit: 100_000 });
    expect(receipt.status).toBe(status);
    expect([chain.balance(to), chain.balance(alice), chain.balance(bob)]).toEqual([10n, 100n, 0n]);
    expect([chain.storageEntries(to), receipt.events, receipt.stateChanges]).toEqual([[], [], []]);
    expect(chain.nonce(alice)).toBe(2);
    expect(receipt.gas.storageWrite).toBe(5_020);
    expect(sum(receipt)).toBe(receipt.gasUsed);
    if (status === "out_of_gas") expect(receipt.gasUsed).toBe(100_000);
  });

  test("a deployment that fails leaves no contract", () => {
    const chain = new Chain();
    chain.powers.setBalance(alice, 5n);
    const wat = sdk("").replace('(func (export "init"))', '(func (export "init") unreachable)');
    const receipt = tryDeploy(chain, contract(wat), { value: 5n, metadata: { name: "Gone" } });
    expect(receipt.status).toBe("trapped");
    expect([
      chain.contractAt(receipt.to),
      chain.storageEntries(receipt.to),
      chain.balance(alice),
      chain.nonce(alice),
    ]).toEqual([undefined, [], 5n, 1]);
  });

  test("a deployment that cannot pay for its code takes the whole limit", () => {
    const receipt = tryDeploy(new Chain(), contract(sdk("")), { gasLimit: 5_001 });
    expect([receipt.status, receipt.gasUsed, receipt.gas.deployment]).toEqual(["out_of_gas", 5_001, 5_001]);
  });
});

describe("what the sender did wrong is an error, and nothing happens", () => {
  const chain = new Chain();
  const to = deploy(chain, contract(sdk("")));
  test.each([
    ["BALANCE_TOO_LOW", () => execute(chain, to, "", undefined, { from: bob, value: 1n })],
    ["NO_SUCH_CONTRACT", () => execute(chain, bob, "", undefined, { from: bob })],
    ["BAD_GAS_LIMIT", () => execute(chain, to, "", undefined, { from: bob, gasLimit: 1.5 })],
    ["BAD_GAS_LIMIT", () => execute(chain, to, "", undefined, { from: bob, gasLimit: -1 })],
    ["BAD_AMOUNT", () => execute(chain, to, "", undefined, { from: bob, value: -1n })],
    ["BAD_AMOUNT", () => query(chain, to, "", undefined, { from: bob, value: 1n })],
  ])("%s", (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
    expect(chain.nonce(bob)).toBe(0);
  });
});

test("a transfer costs 21,000 and runs no code", () => {
  const chain = new Chain();
  chain.powers.setBalance(alice, 10n);
  const send = (gasLimit: number): Receipt =>
    chain.send({ kind: "transfer", from: alice, to: bob, value: 4n, gasLimit });
  expect(send(20_999).status).toBe("out_of_gas");
  expect(chain.balance(bob)).toBe(0n);
  const receipt = send(21_000);
  expect([receipt.status, receipt.gasUsed, receipt.gas.transfers]).toEqual(["success", 21_000, 21_000]);
  expect([chain.balance(alice), chain.balance(bob), chain.nonce(alice)]).toEqual([6n, 4n, 2]);
});

test("a contract's address comes of its deployer and the nonce, metadata of the deployment", () => {
  const chain = new Chain();
  const first = tryDeploy(chain, contract(sdk("")), { metadata: { name: "Token", decimals: "18" } });
  const second = deploy(chain, contract(sdk("")));
  expect([first.to, second]).toEqual([contractAddress(alice, 0n), contractAddress(alice, 1n)]);
  expect(chain.storage(first.to, text("metadata:name"))).toEqual(text("Token"));
  // 5,000 + 20 * 5 for "Token", 5,000 + 20 * 2 for "18".
  expect(first.gas.storageWrite).toBe(5_100 + 5_040);
});

describe("nested calls", () => {
  test("a callee's failure undoes the callee alone, and its revert data comes back", () => {
    const chain = new Chain();
    const callee = deploy(chain, contract(sdk(`${put(1, 1)} ${say} i32.const 4096 i32.const 3 call $revert`)));
    const caller = deploy(
      chain,
      contract(
        sdk(
          `${put(2, 2)} ${say} ${callAt(4096, 0, "i32.const 4116 i32.const 3")} i32.const 4 i32.const 400 i32.load i32.store`,
        ),
      ),
    );
    const receipt = execute(chain, caller, "", new Uint8Array([...addressToBytes(callee), 7, 8, 9]));
    expect(receipt.status).toBe("success");
    expect([word(receipt), word(receipt, 4)]).toEqual([-1 - 3, 0x090807]);
    expect([chain.storageEntries(callee).length, chain.storageEntries(caller).length, receipt.events.length]).toEqual([
      0, 1, 1,
    ]);
    // The arguments' 3 bytes and the revert data's 3: a unit of 32 each.
    expect(receipt.gas).toMatchObject({ calls: 100_000 + 3 + 3, storageWrite: 2 * 5_020 });
    expect(receipt.trace.calls).toMatchObject([{ to: callee, status: "reverted", calls: [] }]);
    expect(sum(receipt)).toBe(receipt.gasUsed);
  });

  test("a callee's changes stay when it succeeds, and go when the caller fails", () => {
    for (const ending of ["", "unreachable"]) {
      const chain = new Chain();
      const callee = deploy(chain, contract(sdk(`${put(1, 1)} ${say} i32.const 0 i32.const 77 i32.store`)));
      const caller = deploy(
        chain,
        contract(sdk(`${callAt(4096, 0)} i32.const 4 i32.const 400 i32.load i32.store ${ending}`)),
      );
      const receipt = execute(chain, caller, "", addressToBytes(callee));
      expect(chain.storageEntries(callee).length).toBe(ending === "" ? 1 : 0);
      expect(receipt.events.length).toBe(ending === "" ? 1 : 0);
      // The result's full length is 16, of which 8 were copied.
      if (ending === "") expect([word(receipt), word(receipt, 4)]).toEqual([16, 77]);
    }
  });

  test("a revert that passes the callee's data on names the callee", () => {
    const chain = new Chain();
    const callee = deploy(chain, contract(sdk("i32.const 4096 i32.const 3 call $revert")));
    const caller = deploy(
      chain,
      contract(sdk(`${callAt(4096, 0, "i32.const 4116 i32.const 3")} i32.const 400 i32.const 3 call $revert`)),
    );
    const receipt = execute(chain, caller, "", new Uint8Array([...addressToBytes(callee), 7, 8, 9]));
    expect(receipt.failure).toMatchObject({ status: "reverted", contract: callee, data: new Uint8Array([7, 8, 9]) });
    expect(receipt.failure?.frames.length).toBe(2);
  });

  test("a callee gets at most 63/64 of what is left, and can lose no more", () => {
    const chain = new Chain();
    const callee = deploy(chain, contract(sdk("(loop br 0)")));
    const caller = deploy(chain, contract(sdk(callAt(4096, 0))));
    const receipt = execute(chain, caller, "", addressToBytes(callee), { gasLimit: 164_000 + 13 });
    // Two allocations of 2, eight operands and the call: 13. 100,000 for the call leave 64,000: 63,000 are the callee's.
    expect(receipt.trace.calls[0]).toMatchObject({ status: "out_of_gas", gasUsed: 63_000 });
    // Then i32.store, const, end.
    expect([receipt.status, word(receipt), receipt.gasUsed]).toEqual(["success", -1, 13 + 100_000 + 63_000 + 3]);
    expect(sum(receipt)).toBe(receipt.gasUsed);
  });

  test("no contract there: -1, at the price of the call", () => {
    const chain = new Chain();
    const caller = deploy(chain, contract(sdk(callAt(4096, 0))));
    const receipt = execute(chain, caller, "", addressToBytes(bob));
    expect([word(receipt), receipt.gasUsed]).toEqual([-1, 13 + 100_000 + 3]);
    expect(receipt.trace.calls).toMatchObject([{ status: "trapped", gasUsed: 0 }]);
  });

  test("64 calls deep: the call beyond traps the contract that makes it, which its own caller survives", () => {
    const chain = new Chain();
    // The arguments are the contract's own address: it calls itself, and passes the address on.
    const self = deploy(chain, contract(sdk(callAt(4096, 0, "i32.const 4096 i32.const 20"))));
    const receipt = execute(chain, self, "", addressToBytes(self), { gasLimit: 1_000_000_000 });
    expect(receipt.status).toBe("success");
    let depth = 0;
    let frame = receipt.trace;
    for (; frame.calls[0] !== undefined; frame = frame.calls[0]) depth++;
    expect([depth, frame.status]).toEqual([64, "trapped"]);
    // Two allocations of 2, eight operands and the call: 13; the call that was not made is paid as every other, and its 20
    // bytes of arguments, one unit of 32.
    expect(frame.gasUsed).toBe(13 + 100_000 + 3);
  });

  test("the stack is the whole transaction's", () => {
    const chain = new Chain({ limits: { stackBytes: 2_048 } });
    const self = deploy(chain, contract(sdk(callAt(4096, 0, "i32.const 4096 i32.const 20"))));
    const receipt = execute(chain, self, "", addressToBytes(self), { gasLimit: 1_000_000_000 });
    // A frame of `execute`: 4 parameters and 8 operands of 8 bytes, and 32: 128 bytes; sixteen fit (allocations have 40).
    let depth = 0;
    let frame = receipt.trace;
    for (; frame.calls[0] !== undefined; frame = frame.calls[0]) depth++;
    expect([depth, frame.status]).toEqual([16, "trapped"]);
    // Of 2,048 bytes there were never 16,384 left for a callee: the one that ran out of stack traps all that wait for it.
    expect(receipt.failure).toMatchObject({ status: "trapped", code: "stack overflow" });
  });

  test("a query calls others' queries, read-only", () => {
    const chain = new Chain();
    const callee = deploy(chain, contract(sdk(put(1, 1))));
    const caller = deploy(
      chain,
      contract(
        sdk(
          callAt(200, 0),
          `(data (i32.const 200) "${[...addressToBytes(callee)].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}")`,
        ),
      ),
    );
    const asked = query(chain, caller);
    expect([word(asked), asked.trace.calls[0]?.kind, asked.trace.calls[0]?.status]).toEqual([-1, "query", "trapped"]);
    expect(word(execute(chain, caller))).toBe(16);
  });
});

/** A raw module that counts in its memory, its global and a grown page; arguments' first byte 1 makes it fail, 2 calls. */
const RAW = `(module ${IMPORTS} (memory (export "memory") 1) (global $g (mut i64) (i64.const 5))
  (func (export "init") i32.const 0 i32.const 100 i32.store)
  (func $bump i32.const 0 i32.const 0 i32.load i32.const 1 i32.add i32.store global.get $g i64.const 10 i64.add global.set $g)
  (func (export "execute") (param i32 i32 i32 i32)
    call $bump
    local.get 3 i32.eqz (if (then return))
    local.get 2 i32.load8_u i32.const 1 i32.eq (if (then unreachable))
    local.get 2 i32.load8_u i32.const 3 i32.eq (if (then i32.const 1 memory.grow drop return))
    local.get 2 i32.const 1 i32.add i32.const 0 i32.const 0
    local.get 2 i32.const 21 i32.add local.get 3 i32.const 21 i32.sub i32.const 64 i32.const 8 call $call drop
    call $bump)
  (func (export "query") (param i32 i32) (result i64)
    i32.const 0 i32.load i64.extend_i32_u i64.const 1000000 i64.mul global.get $g i64.const 1000 i64.mul i64.add memory.size i64.extend_i32_u i64.add
    i32.const 0 i32.const 999 i32.store i64.const 0 global.set $g))`;

/** Memory's counter, global and pages, out of the query's answer. */
const look = (chain: Chain, to: Address): bigint[] => {
  const answer = toNumber(query(chain, to).result);
  return [answer / 1_000_000n, (answer / 1_000n) % 1_000n, answer % 1_000n];
};

describe("a kept memory", () => {
  test("lasts from call to call with its globals, and a query leaves no trace in it", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(RAW));
    expect(look(chain, to)).toEqual([100n, 5n, 1n]);
    execute(chain, to);
    execute(chain, to);
    expect(look(chain, to)).toEqual([102n, 25n, 1n]);
    expect(look(chain, to)).toEqual([102n, 25n, 1n]);
  });

  test("is put back when a call fails", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(RAW));
    expect(execute(chain, to, "", new Uint8Array([1])).status).toBe("trapped");
    expect(look(chain, to)).toEqual([100n, 5n, 1n]);
    expect(execute(chain, to, "", undefined, { gasLimit: 5 }).status).toBe("out_of_gas");
    expect(look(chain, to)).toEqual([100n, 5n, 1n]);
  });

  test("inputs take a page once, not once for every call", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(RAW));
    for (let i = 0; i < 90; i++) execute(chain, to, "method", new Uint8Array(i === 0 ? [3] : []));
    // One page at first, one for the inputs, one that the first call grew.
    expect(look(chain, to)).toEqual([190n, 905n, 3n]);
  });

  test("two contracts of the same code have two memories", () => {
    const chain = new Chain();
    const [a, b] = [deploy(chain, contract(RAW)), deploy(chain, contract(RAW))];
    execute(chain, a);
    expect([look(chain, a)[0], look(chain, b)[0]]).toEqual([101n, 100n]);
  });

  test("a contract that is called back sees its memory as it is, and its caller's frame sees what the call left", () => {
    const chain = new Chain();
    const a = deploy(chain, contract(RAW));
    const b = deploy(chain, contract(RAW));
    const path = (...steps: Address[]): Uint8Array =>
      new Uint8Array(steps.flatMap((step) => [2, ...addressToBytes(step)]));
    // a (+1) calls b (+1) calls a (+1), which is empty-handed; then b +1, then a +1: a 3, b 2.
    expect(execute(chain, a, "", path(b, a)).status).toBe("success");
    expect([look(chain, a)[0], look(chain, b)[0]]).toEqual([103n, 102n]);
    // a calls itself directly.
    execute(chain, a, "", path(a));
    expect(look(chain, a)[0]).toBe(106n);
    // a calls b calls a, and the inner a fails: its count alone is undone.
    execute(chain, a, "", new Uint8Array([...path(b, a), 1]));
    expect([look(chain, a)[0], look(chain, b)[0]]).toEqual([108n, 104n]);
    // The inner a grows its memory; the outer one has it afterwards.
    const before = look(chain, a)[2] as bigint;
    execute(chain, a, "", new Uint8Array([...path(b, a), 3]));
    expect([look(chain, a)[0], look(chain, a)[2]]).toEqual([111n, before + 1n]);
  });

  test("snapshots cover it", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(RAW));
    const start = chain.snapshot();
    execute(chain, to);
    const later = chain.snapshot();
    execute(chain, to);
    chain.restore(start);
    expect(look(chain, to)[0]).toBe(100n);
    chain.restore(later);
    expect(look(chain, to)[0]).toBe(101n);
  });
});

describe("a fresh memory", () => {
  test("begins anew for every call, whoever used the instance before and however it ended", () => {
    const chain = new Chain();
    const wat = sdk(
      "i32.const 0 i32.const 0 i32.load i32.const 1 i32.add i32.store global.get $g i64.const 1 i64.add global.set $g i32.const 8 global.get $g i64.store i32.const 60000 i32.const 60000 i32.load i32.const 1 i32.add i32.store i32.const 4 i32.const 60000 i32.load i32.store local.get 3 (if (then unreachable))",
      '(global $g (mut i64) (i64.const 5)) (data (i32.const 0) "\\07")',
    );
    const to = deploy(chain, contract(wat));
    for (let i = 0; i < 20; i++) {
      const receipt = execute(chain, to);
      expect([word(receipt), word(receipt, 4), word(receipt, 8)]).toEqual([8, 1, 6]);
      execute(chain, to, "", new Uint8Array(1));
    }
  });

  test("instances with other tables or dropped segments are not used again", () => {
    const chain = new Chain();
    const wat = sdk(
      "i32.const 0 i32.const 0 i32.const 1 memory.init $d data.drop $d i32.const 4 table.size 0 i32.store ref.null func i32.const 1 table.grow 0 drop",
      '(data $d "A") (table 1 funcref)',
    );
    const to = deploy(chain, contract(wat));
    for (let i = 0; i < 3; i++) {
      const receipt = execute(chain, to);
      expect([receipt.status, word(receipt), word(receipt, 4)]).toEqual(["success", 65, 1]);
    }
  });

  test("a raw module can have one", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(RAW), { memory: "fresh" });
    execute(chain, to);
    // Not even what init wrote is there.
    expect(look(chain, to)).toEqual([0n, 5n, 1n]);
  });
});

describe("results", () => {
  test.each([
    ["beyond the memory", "0x0000ffff00000002"],
    ["with a huge length", "0x00000000ffffffff"],
    ["with a huge pointer", "0xffffffff00000000"],
  ])("a result %s traps", (_name, value) => {
    const chain = new Chain();
    const to = deploy(chain, contract(sdk("").replaceAll("i64.const 16)", `i64.const ${value})`)));
    expect(execute(chain, to).failure).toMatchObject({ status: "trapped", code: "bad result pointer" });
  });

  test("a raw module's query is its number, its execute has no result", () => {
    const chain = new Chain();
    const wat = `(module (memory (export "memory") 1) (func (export "init") (param i32 i32))
      (func (export "execute") (param i32 i32 i32 i32) (result i64) i64.const 9)
      (func (export "query") (param i32 i32 i32 i32) (result i64) local.get 0 i64.load8_u local.get 2 i64.load8_u i64.const 56 i64.shl i64.add))`;
    const to = deploy(chain, contract(wat), { args: u64(1) });
    expect(execute(chain, to).result).toEqual(new Uint8Array(0));
    expect(query(chain, to, "A", new Uint8Array([255])).result).toEqual(new Uint8Array([65, 0, 0, 0, 0, 0, 0, 255]));
  });

  test("an allocator that points out of the memory traps", () => {
    const chain = new Chain();
    const to = deploy(chain, contract(sdk("").replace("i32.const 4096)", "i32.const -1)")));
    expect(execute(chain, to, "method").failure).toMatchObject({ status: "trapped", code: "out-of-bounds pointer" });
  });
});

describe("traps have names of our own", () => {
  test.each([
    ["unreachable", "unreachable"],
    ["integer divide by zero", "i32.const 1 i32.const 0 i32.div_s drop"],
    ["integer divide by zero", "i64.const 1 i64.const 0 i64.rem_u drop"],
    ["integer overflow", "i32.const -2147483648 i32.const -1 i32.div_s drop"],
    ["invalid conversion to integer", "f32.const nan i32.trunc_f32_s drop"],
    ["invalid conversion to integer", "f64.const 1e300 i64.trunc_f64_u drop"],
    ["out-of-bounds memory access", "i32.const -1 i32.load drop"],
    ["out-of-bounds memory access", "i32.const 65536 i32.const 0 i32.const 1 memory.fill"],
    ["out-of-bounds table access", "i32.const 5 call_indirect"],
    ["out-of-bounds table access", "i32.const 5 table.get 0 drop"],
    ["indirect call type mismatch", "i32.const 0 call_indirect"],
    ["indirect call type mismatch", "i32.const 1 call_indirect"],
  ])("%s: %s", (code, body) => {
    const chain = new Chain();
    const to = deploy(chain, contract(sdk(body, "(table 2 funcref) (elem (i32.const 1) $f) (func $f (param i64))")));
    const receipt = execute(chain, to);
    expect(receipt.failure).toMatchObject({ status: "trapped", code, contract: to });
    expect(JSON.stringify(receipt.failure)).not.toMatch(/RuntimeError|wasm-function/);
  });
});

test("what was not paid for never happened: out of gas comes before a trap or a bad result of the same code", () => {
  const chain = new Chain();
  const nops = "nop ".repeat(50);
  // const, if; then fifty operators that 30 gas do not pay for, and that end badly in different ways.
  for (const [ending, result] of [
    ["unreachable", "i64.const 16"],
    ["i32.const -1 i32.load drop", "i64.const 16"],
    ["i32.const 0 i32.const 0 call $revert", "i64.const 16"],
    ["", "i64.const -1"],
  ] as const) {
    const wat = sdk(`i32.const 1 (if (then ${nops} ${ending}))`).replaceAll("i64.const 16)", `${result})`);
    const to = deploy(chain, contract(wat));
    expect(execute(chain, to).failure?.status).not.toBe("out_of_gas");
    const receipt = execute(chain, to, "", undefined, { gasLimit: 30 });
    expect([receipt.status, receipt.gasUsed, receipt.gas.instructions]).toEqual(["out_of_gas", 30, 30]);
  }
});

test("NaNs are canonical, whatever bits went in", () => {
  const chain = new Chain();
  // A NaN with a payload and a sign, through addition and through demotion.
  const body = `i32.const 0 f64.const -nan:0x4000000000001 f64.const 1 f64.add f64.store
    i32.const 8 f64.const -nan:0x4000000000001 f32.demote_f64 f32.store`;
  const { result } = execute(chain, deploy(chain, contract(sdk(body))));
  expect([...result.subarray(0, 12)]).toEqual([0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 0, 0, 0xc0, 0x7f]);
});

test("the frames of a failure carry the functions' names and are found when asked for", () => {
  const chain = new Chain();
  const to = deploy(chain, contract(sdk("call $outer", "(func $outer (loop call $inner)) (func $inner unreachable)")));
  const names = execute(chain, to).failure?.frames.map((frame) => frame.function);
  expect(names?.slice(0, 2)).toEqual(["inner", "outer"]);
  expect(names).toHaveLength(3);
});
