// Typed clients on the real machine: the token and the counter examples, compiled.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ContractError } from "../../harness/client/contract-error.js";
import type { ContractClient } from "../../harness/client/contract-types.js";
import { defineContract } from "../../harness/client/define-contract.js";
import { address } from "../../harness/client/machine.js";
import { createQwvm, type Qwvm } from "../../harness/client/qwvm.js";
import { type BuiltProject, buildProject, type LooseMethods } from "./built-contracts.js";

let tokens: BuiltProject;
let counters: BuiltProject;

beforeAll(async () => {
  tokens = await buildProject("token");
  counters = await buildProject("counter");
});

afterAll(() => {
  tokens.remove();
  counters.remove();
});

const bridge = address("bridge");
const alice = address("alice");
const bob = address("bob");

let vm: Qwvm;
let token: ContractClient<LooseMethods>;

beforeEach(() => {
  vm = createQwvm();
  token = vm.deploy(tokens.definition("token"), [bridge], {
    from: bridge,
    metadata: { name: "QWETH", decimals: "18" },
  });
});

/** What a call throws. */
function thrown(run: () => unknown): ContractError & { code: string } {
  try {
    run();
  } catch (error) {
    return error as ContractError;
  }
  throw new Error("nothing was thrown");
}

describe("a client", () => {
  test("calls as its deployer, or as whom it is told, and gives decoded results", () => {
    token.mint(alice, 100n);
    expect(token.as(alice).transfer(bob, 30n)).toBeUndefined();
    expect(token.balanceOf(alice)).toBe(70n);
    expect(token.bridgeOperator()).toBe(bridge);
    expect(token.as({ address: bob }).balanceOf({ address: bob })).toBe(30n);
  });

  test("keeps its options through as() and with()", () => {
    const cheap = token.with({ gasLimit: 1000 }).as(alice);
    expect(thrown(() => cheap.transfer(bob, 1n)).receipt.gasLimit).toBe(1000);
    expect(thrown(() => cheap.transfer(bob, 1n)).receipt.from).toBe(alice);
    expect(token.with({ from: alice }).receipt["transfer"]?.(bob, 0n).from).toBe(alice);
  });

  test("reads metadata, storage and balance", () => {
    expect(token.metadata()).toEqual({ name: "QWETH", decimals: "18" });
    expect(token.storage("metadata:name")).toEqual(new TextEncoder().encode("QWETH"));
    expect(token.storage("nothing here")).toBeUndefined();
    // The operator's slot holds its 20 bytes.
    expect(Buffer.from(token.storage("operator") as Uint8Array).toString("hex")).toBe(bridge.slice(2));
    vm.setBalance(token, 7n);
    expect(token.balance).toBe(7n);
    expect(vm.balanceOf(token)).toBe(7n);
  });

  test("gives the events of the last transaction, or of a receipt", () => {
    const receipt = token.receipt["mint"]?.(alice, 5n);
    token.mint(bob, 6n);
    const minted = (to: string, value: bigint) => ({
      name: "Transfer",
      args: { from: `0x${"00".repeat(20)}`, to, value },
    });
    expect(token.events()).toMatchObject([minted(bob, 6n)]);
    expect(token.events(receipt)).toMatchObject([minted(alice, 5n)]);
  });

  test("shows itself as its contract, not as the machine behind it", () => {
    expect(String(token)).toBe(`Token at ${token.address}`);
    expect(JSON.parse(JSON.stringify(token))).toEqual({ contract: "Token", address: token.address });
    expect(Object.keys(token)).toEqual([]);
  });

  test("is undefined as a method that the contract lacks, as JavaScript has it", () => {
    expect((token as unknown as Record<string, unknown>)["mintt"]).toBeUndefined();
  });
});

describe("a receipt", () => {
  test("of a success has the decoded result, and gas that adds up", () => {
    token.mint(alice, 5n);
    const receipt = token.receipt["balanceOf"]?.(alice);
    expect(receipt).toMatchObject({ status: "success", kind: "query", result: 5n, failure: undefined });
    const parts = Object.values(receipt?.gas ?? {}).reduce((sum, part) => sum + part, 0);
    expect(parts).toBe(receipt?.gasUsed);
  });

  test("of a failure is returned, not thrown", () => {
    const receipt = token.receipt["burn"]?.(alice, 1n);
    expect(receipt?.status).toBe("reverted");
    expect(receipt?.result).toBeUndefined();
    expect(receipt?.failure).toMatchObject({
      errorName: "InsufficientBalance",
      errorArgs: { available: 0n, needed: 1n },
    });
  });

  test("is the machine's last one, queries aside", () => {
    token.mint(alice, 5n);
    token.balanceOf(alice);
    expect(vm.lastReceipt).toMatchObject({ method: "mint", status: "success" });
  });
});

describe("a failed call", () => {
  test("says contract, method, reason, caller, gas and place", () => {
    const error = thrown(() => token.as(alice).transfer(bob, 5n));
    expect(error).toBeInstanceOf(ContractError);
    expect(error.code).toBe("CONTRACT_REVERTED");
    expect(error).toMatchObject({
      contract: "Token",
      method: "transfer",
      caller: "alice",
      errorName: "InsufficientBalance",
    });
    expect(error.errorArgs).toEqual({ available: 0n, needed: 5n });
    const [first, caller, gas, where] = error.message.split("\n");
    expect(first).toBe("Token.transfer reverted with InsufficientBalance(available: 0n, needed: 5n)");
    expect(caller).toBe(`  caller    alice (${alice})`);
    expect(gas).toMatch(/^ {2}gas {7}[\d,]+ of 10,000,000$/);
    // The line of examples/token/contracts/token.ts with the requirement, in the private method `move`.
    expect(where).toMatch(/^ {2}where {5}(Token\.move \()?contracts\/token\.ts:171:/);
  });

  test("has the contract's frames with absolute paths on top of its stack, then the test's", () => {
    const error = thrown(() => token.as(alice).transfer(bob, 5n));
    const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
    expect(frames[0]).toContain(`${tokens.root}/contracts/token.ts:171:`);
    expect(frames.find((frame) => !frame.includes("/contracts/"))).toContain("contract.test.ts");
  });

  test("of gas has a remedy", () => {
    const error = thrown(() => token.with({ gasLimit: 3000 }).mint(alice, 1n));
    expect(error.code).toBe("OUT_OF_GAS");
    expect(error.message).toContain("Token.mint ran out of gas: 3,000 were not enough");
    expect(error.message).toContain("gas       3,000 of 3,000");
    expect(error.message).toContain("contract.with({ gasLimit: ... })");
  });

  test("of the SDK's own checks is named", () => {
    token.mint(alice, 2n ** 256n - 1n);
    const error = thrown(() => token.mint(alice, 1n));
    expect(error.errorName).toBe("Overflow");
    expect(error.message).toContain("reverted with Overflow: a number left the range of its type");
  });

  test("in a constructor has the contract's name too", () => {
    const error = thrown(() => vm.deploy(tokens.definition("token"), [`0x${"00".repeat(20)}`]));
    expect(error.message).toContain("Token.create reverted with ZeroAddress");
    expect(error.receipt.status).toBe("reverted");
  });

  test("leaves everything as it was", () => {
    token.mint(alice, 5n);
    expect(() => token.as(alice).transfer(bob, 6n)).toThrow(ContractError);
    expect(token.balanceOf(alice)).toBe(5n);
    expect(vm.lastReceipt?.stateChanges.filter(({ kind }) => kind === "storage")).toEqual([]);
  });
});

describe("wrong use is caught before the machine is entered", () => {
  test.each<[string, () => unknown, string, string]>([
    [
      "an argument",
      () => token.transfer(alice, -1n),
      "BAD_ARGUMENT",
      "Token.transfer: argument 2 (amount: u256) is -1n",
    ],
    ["too few arguments", () => token.transfer(alice), "BAD_ARGUMENT_COUNT", "takes 2 arguments, but 1 was given"],
    [
      "a constructor's argument",
      () => vm.deploy(tokens.definition("token"), [5]),
      "BAD_ARGUMENT",
      "Token.create: argument 1",
    ],
    ["a caller", () => token.as("nobody"), "BAD_ADDRESS", "the caller given to Token.as() is not an address"],
    ["an option's name", () => token.with({ gaslimit: 5 } as object), "BAD_OPTION", 'There is no option "gaslimit".'],
    ["a gas limit", () => token.with({ gasLimit: 1.5 }), "BAD_OPTION", "gasLimit is 1.5"],
    ["an amount", () => token.with({ value: -1n }), "BAD_AMOUNT", "value is -1n, which is not an amount"],
    [
      "value for a query",
      () => token.with({ value: 1n }).balanceOf(alice),
      "VALUE_IN_QUERY",
      "Token.balanceOf is a query",
    ],
    [
      "no definition",
      () => vm.deploy({} as ReturnType<BuiltProject["definition"]>, []),
      "BAD_DEFINITION",
      "deploy takes a contract's definition",
    ],
    ["arguments that are no array", () => vm.deploy(tokens.definition("token"), 5n as never), "BAD_ARGUMENT", "are 5n"],
    [
      "metadata",
      () => vm.deploy(tokens.definition("token"), [bridge], { metadata: { decimals: 18 } } as never),
      "BAD_METADATA",
      '"decimals" is 18',
    ],
    ["a label", () => vm.account(""), "BAD_LABEL", 'An account\'s label is ""'],
    ["a test address", () => address(5 as never), "BAD_LABEL", "address() takes a label, but got 5"],
  ])("%s", (_name, run, code, message) => {
    const nonce = vm.chain.nonce(bridge);
    const error = thrown(run);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.message.split("\n").length).toBe(2);
    expect(vm.chain.nonce(bridge)).toBe(nonce);
  });

  test("the stack begins in the test, not in this package", () => {
    const error = thrown(() => token.transfer(alice, -1n));
    expect(error.stack?.split("\n").find((line) => line.startsWith("    at "))).toContain("contract.test.ts");
  });

  test("a contract whose Wasm file is gone says how to build it", () => {
    const { name, abi, wasm } = counters.definition("counter");
    const definition = defineContract<[bigint], LooseMethods>({ name, abi, wasm: new URL("gone.wasm", wasm) });
    expect(() => vm.deploy(definition, [0n])).toThrow("Build the contracts with: npx qwvm build");
  });
});
