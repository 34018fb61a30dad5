// The machine as tests hold it: accounts, balances, the block, snapshots; and modules deployed from bytes.

import { readFileSync } from "node:fs";
import { sha3_256 } from "@noble/hashes/sha3.js";
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { address } from "../../harness/client/machine.js";
import { createQwvm } from "../../harness/client/qwvm.js";
import type { Abi } from "../../harness/core/abi.js";
import { assemble } from "../fixtures/wat.js";
import { type BuiltProject, buildProject } from "./built-contracts.js";

const RUST_COUNTER = new Uint8Array(readFileSync(new URL("../fixtures/raw/counter.wasm", import.meta.url)));
const u64 = (value: bigint) => new Uint8Array(new BigUint64Array([value]).buffer);

/** Calls itself nothing, but passes on whatever the contract in its arguments says. */
const CALLER = `
import { type Address, type Bytes, callContract, contract, encode, execute, payable, context } from "qwvm/sdk-as";

@contract
export class Caller {
  last: u64;

  @execute forward(to: Address, method: string, value: u64): void {
    callContract(to, method, encode<u64>(value));
  }

  @execute @payable pay(): void {
    this.last = 1;
  }
}
`;
const PICKY = `
import { contract, error, execute, query, require } from "qwvm/sdk-as";

@error class TooBig { constructor(public value: u64) {} }

@contract
export class Picky {
  sum: u64;

  @execute add(value: u64): void {
    require(value < 10, new TooBig(value));
    this.sum += value;
  }
  @execute say(value: u64): void {
    require(value < 10, "far too much");
  }
  @query total(): u64 { return this.sum; }
}
`;

const MATHS = `import { contract, execute, query, u256 } from "qwvm/sdk-as";
@contract
export class Maths {
  @query sub(a: u256, b: u256): u256 {
    return a - b;
  }
  @execute at(index: i32): u64 {
    const list: Array<u64> = [1, 2];
    return list[index];
  }
  @execute div(by: u64): u64 {
    return 5 / by;
  }
}
`;

let project: BuiltProject;

beforeAll(async () => {
  project = await buildProject({ "caller.ts": CALLER, "picky.ts": PICKY, "maths.ts": MATHS });
});

afterAll(() => project.remove());

/** The message of what a function throws, and its code. */
function failure(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error("nothing was thrown");
}

describe("nested calls", () => {
  function setUp() {
    const vm = createQwvm();
    const caller = vm.deploy(project.definition("caller"), []);
    const picky = vm.deploy(project.definition("picky"), []);
    return { vm, caller, picky };
  }

  test("a callee's error is decoded by the callee's interface, and the way to it is shown", () => {
    const { caller, picky } = setUp();
    const error = failure(() => caller.forward(picky, "add", 10n));
    expect(error.message).toContain("Caller.forward reverted with TooBig(value: 10n)");
    expect(error.message).toMatch(/Picky\.add/);
    expect(error).toMatchObject({
      contract: "Caller",
      method: "forward",
      errorName: "TooBig",
      errorArgs: { value: 10n },
    });
    expect(picky.total()).toBe(0n);
  });

  test("so is a text", () => {
    const { caller, picky } = setUp();
    expect(failure(() => caller.forward(picky, "say", 10n)).message).toContain("Caller.forward reverted: far too much");
  });

  test("an unknown method of the callee", () => {
    const { caller, picky } = setUp();
    expect(failure(() => caller.forward(picky, "addd", 1n)).message).toContain("UnknownMethod");
  });

  test("the call tree of the receipt has both contracts", () => {
    const { vm, caller, picky } = setUp();
    caller.forward(picky, "add", 4n);
    expect(vm.lastReceipt?.trace).toMatchObject({ to: caller.address, calls: [{ to: picky.address, method: "add" }] });
    expect(picky.total()).toBe(4n);
  });

  test("value goes with a payable call, and comes back when it fails", () => {
    const { vm, caller, picky } = setUp();
    const payer = vm.account("payer", { balance: 10n });
    caller.with({ from: payer, value: 4n }).pay();
    expect([caller.balance, payer.balance]).toEqual([4n, 6n]);
    const refused = failure(() => caller.with({ from: payer, value: 4n }).forward(picky, "add", 1n));
    expect(refused.message).toContain("NotPayable");
    expect([caller.balance, payer.balance]).toEqual([4n, 6n]);
    expect(failure(() => caller.with({ from: payer, value: 7n }).pay()).message).toMatch(/balance|too low/i);
  });
});

describe("accounts", () => {
  test("have keys that follow from the label, an address that follows from the key, and sign", () => {
    const vm = createQwvm();
    const alice = vm.account("alice", { balance: 100n });
    const digest = Buffer.from(sha3_256(alice.publicKey)).toString("hex");
    expect(alice.address).toBe(`0x${digest.slice(-40)}`);
    expect(createQwvm().account("alice").address).toBe(alice.address);
    const signature = alice.sign("hello");
    expect(ml_dsa65.verify(signature, new TextEncoder().encode("hello"), alice.publicKey)).toBe(true);
    expect(vm.account("alice")).toBe(alice);
    expect(alice.balance).toBe(100n);
  });

  test("pay each other", () => {
    const vm = createQwvm();
    const alice = vm.account("alice", { balance: 100n });
    const receipt = vm.transfer({ from: alice, to: address("bob"), amount: 40n });
    expect(receipt).toMatchObject({ kind: "transfer", status: "success", gasUsed: 21_000 });
    expect([alice.balance, vm.balanceOf(address("bob"))]).toEqual([60n, 40n]);
    expect(() => vm.transfer({ from: alice, to: address("bob"), amount: 61n })).toThrow(/61|balance/);
    expect(alice.balance).toBe(60n);
  });
});

describe("the block", () => {
  test("stands still until it is moved", () => {
    const vm = createQwvm();
    // 2026-01-01T00:00:00Z
    expect(vm.block).toMatchObject({ height: 1, timestamp: Date.UTC(2026, 0, 1) / 1000 });
    vm.advanceBlocks(2);
    vm.advanceTime(60);
    expect(vm.block).toMatchObject({ height: 3, timestamp: 1_767_225_660 });
    vm.setBlockHeight(100);
    vm.setTime(5);
    vm.setVrf(new Uint8Array(32).fill(9));
    expect(vm.block).toEqual({ height: 100, timestamp: 5, vrf: new Uint8Array(32).fill(9) });
  });
});

describe("snapshots", () => {
  test("bring everything back, any number of times", () => {
    const vm = createQwvm();
    const picky = vm.deploy(project.definition("picky"), []);
    picky.add(1n);
    const snapshot = vm.snapshot();
    const before = vm.lastReceipt?.transactionHash;
    for (let round = 0; round < 3; round++) {
      picky.add(5n);
      vm.setBalance(address("bob"), 7n);
      vm.advanceBlocks();
      vm.restore(snapshot);
      expect(picky.total()).toBe(1n);
      expect(vm.balanceOf(address("bob"))).toBe(0n);
      expect(vm.block.height).toBe(1);
      expect(vm.lastReceipt?.transactionHash).toBe(before);
    }
  });
});

describe("a module deployed from bytes", () => {
  const abi: Abi = {
    abiVersion: 1,
    name: "RustCounter",
    methods: [
      { name: "increment", kind: "execute", params: [{ name: "amount", type: "u64" }], payable: false },
      { name: "get_count", kind: "query", params: [], result: "u64", payable: false },
    ],
    events: [],
    errors: [],
    structs: [],
    enums: [],
    state: [],
  };

  test("takes bytes, and its query's number comes out", () => {
    const counter = createQwvm().deployWasm(RUST_COUNTER, { metadata: { name: "Counter" } });
    counter.execute("increment", u64(5n));
    counter.as(address("bob")).execute("increment", u64(37n));
    expect(counter.query("get_count")).toBe(42n);
    expect(counter.storage("counter")).toEqual(u64(42n));
    expect(counter.metadata()).toEqual({ name: "Counter" });
    expect(counter.name).toMatch(/^module-[0-9a-f]{8}$/);
  });

  test("takes values when it is given an interface", () => {
    const raw = createQwvm().deployWasm(RUST_COUNTER, { abi });
    raw.execute("increment", [5n]);
    raw.contract["increment"]?.(37n as never);
    expect(raw.query("get_count", [])).toBe(42n);
    expect(raw.contract["get_count"]?.()).toBe(42n);
    expect(failure(() => raw.execute("increment", [-1n])).code).toBe("BAD_ARGUMENT");
    expect(failure(() => raw.execute("incremnt", [1n])).message).toContain("Did you mean increment?");
  });

  test("finds the interface of its own, and returns receipts", () => {
    const definition = project.definition("picky");
    const picky = createQwvm().deployWasm(definition.artifact.wasm);
    expect(picky.name).toBe("Picky");
    picky.execute("add", [3n]);
    expect(picky.query("total")).toBe(3n);
    expect(picky.receipt("execute", "add", [11n])).toMatchObject({
      status: "reverted",
      failure: { errorName: "TooBig" },
    });
  });

  test("names lines by the source map it is given", () => {
    const { wasm, sourceMap } = project.definition("picky").artifact;
    const picky = createQwvm().deployWasm(wasm, { sourceMap: sourceMap as string });
    expect(failure(() => picky.execute("say", [11n])).message).toMatch(
      /where +Picky\.say \(contracts\/picky\.ts:\d+:\d+\)/,
    );
  });

  test("a trap says which and in which contract", () => {
    const counter = createQwvm().deployWasm(RUST_COUNTER, { name: "Rust" });
    const error = failure(() => counter.execute("decrement", u64(1n)));
    expect(error.code).toBe("CONTRACT_TRAPPED");
    expect(error.message).toContain("Rust.decrement trapped: unreachable");
  });

  test.each<[string, () => unknown, string, string]>([
    [
      "no bytes",
      () => createQwvm().deployWasm("x" as never),
      "BAD_WASM",
      'deployWasm takes a module\'s bytes, but got "x"',
    ],
    ["bytes that are no module", () => createQwvm().deployWasm(Uint8Array.of(1, 2, 3)), "", "module"],
    ["a missing export", () => createQwvm().deployWasm(assemble("(module)")), "", "memory"],
    [
      "an unknown import",
      () =>
        createQwvm().deployWasm(assemble('(module (import "env" "qw_nothing" (func)) (memory (export "memory") 1))')),
      "",
      "qw_nothing",
    ],
    [
      "values without an interface",
      () => createQwvm().deployWasm(RUST_COUNTER).execute("increment", [5n]),
      "NO_ABI",
      "[5n]",
    ],
    [
      "a client without an interface",
      () => createQwvm().deployWasm(RUST_COUNTER).contract,
      "NO_ABI",
      "no typed client",
    ],
    ["an unknown option", () => createQwvm().deployWasm(RUST_COUNTER, { nme: "x" } as object), "BAD_OPTION", '"nme"'],
  ])("is refused: %s", (_name, run, code, message) => {
    const error = failure(run);
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ name: "QwvmError" });
    if (code !== "") expect(error.code).toBe(code);
  });
});

describe("a failure inside the SDK or asc's library", () => {
  // Where the method was inlined until nothing of its own is left, its declaration is named.
  test.each([
    ["sub", [1n, 2n], "Overflow", "Maths.sub (contracts/maths.ts:4:10)"],
    ["at", [7], "an index out of range", "Maths.at (contracts/maths.ts:9:17)"],
    ["div", [0n], "DivisionByZero", "Maths.div (contracts/maths.ts:11:12)"],
  ])("%s says what and where in the contract", (method, args, what, where) => {
    const maths = createQwvm().deploy(project.definition("maths"), []) as unknown as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    const { message } = failure(() => maths[method]?.(...args));
    expect(message).toContain(what);
    expect(message).toContain(where);
  });
});

describe("a snapshot that is none of this vm's", () => {
  test.each([
    ["another vm's", () => createQwvm().snapshot()],
    ["an empty object", () => ({})],
    ["undefined", () => undefined],
  ])("%s is refused with a code and a remedy", (_, make) => {
    const vm = createQwvm();
    vm.snapshot();
    expect(() => vm.restore(make() as never)).toThrow(expect.objectContaining({ code: "BAD_SNAPSHOT" }));
  });
});
