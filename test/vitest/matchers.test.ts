// The matchers on the token example: what passes, what fails and with which words. They are added as the plugin's setup
// file adds them.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ContractClient } from "../../harness/client/contract-types.js";
import { address } from "../../harness/client/machine.js";
import { createQwvm, type Qwvm } from "../../harness/client/qwvm.js";
import "../../harness/vitest/matcher-types.js";
import "../../harness/vitest/setup.js";
import { type BuiltProject, buildProject, type LooseMethods } from "../client/built-contracts.js";

let project: BuiltProject;
let vm: Qwvm;
let token: ContractClient<LooseMethods>;
const alice = address("alice");
const bob = address("bob");

beforeAll(async () => {
  project = await buildProject("token");
});
afterAll(() => project.remove());
beforeEach(() => {
  vm = createQwvm();
  token = vm.deploy(project.definition("token"), [alice], { from: alice });
  token.mint(alice, 100n);
});

/** The first line of what a failing expectation says. */
function words(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message.split("\n")[0] as string;
  }
  throw new Error("the expectation held");
}

describe("toBeRevertedWith", () => {
  test("takes the error's name and some of its fields, a pattern, or nothing; a function or a receipt", () => {
    const tooMuch = () => token.transfer(bob, 101n);
    expect(tooMuch).toBeRevertedWith("InsufficientBalance");
    expect(tooMuch).toBeRevertedWith("InsufficientBalance", { needed: 101n });
    expect(tooMuch).toBeRevertedWith(/needed: 101n/);
    expect(tooMuch).toBeRevertedWith();
    expect(token.receipt.transfer(bob, 101n)).toBeRevertedWith("InsufficientBalance", {
      available: 100n,
      needed: 101n,
    });
    expect(tooMuch).not.toBeRevertedWith("NotOperator");
    expect(() => token.transfer(bob, 1n)).not.toBeRevertedWith();
    expect(() => token.with({ gasLimit: 2000 }).mint(bob, 1n)).toBeRevertedWith(/ran out of gas/);
  });

  test("says what happened instead", () => {
    expect(words(() => expect(() => token.transfer(bob, 1n)).toBeRevertedWith("NotOperator"))).toBe(
      "expected the call to be reverted with NotOperator, but it succeeded",
    );
    expect(words(() => expect(() => token.transfer(bob, 900n)).toBeRevertedWith("NotOperator"))).toBe(
      "expected the call to be reverted with NotOperator; it reverted with InsufficientBalance(available: 99n, needed: 900n)",
    );
  });

  test("is no match for a mistake in the test itself", () => {
    expect(words(() => expect(() => token.transfer(bob, -1n)).toBeRevertedWith())).toContain(
      "argument 2 (amount: u256)",
    );
    expect(words(() => expect(() => token.transfer(bob, -1n)).not.toBeRevertedWith())).toContain("argument 2");
  });
});

describe("toEmit", () => {
  test("looks for the contract's event with the fields that are given", () => {
    const send = () => token.transfer(bob, 5n);
    expect(send).toEmit(token, "Transfer");
    expect(send).toEmit(token, "Transfer", { to: { address: bob }, value: 5n });
    expect(token.receipt.transfer(bob, 5n)).toEmit(token, "Transfer", { from: alice });
    expect(send).not.toEmit(token, "Transfer", { value: 6n });
    expect(send).not.toEmit(token, "Approval");
    expect(send).not.toEmit({ address: bob }, "Transfer");
    expect(words(() => expect(send).toEmit(token, "Transfer", { value: 6n }))).toMatch(
      /^expected the contract to emit Transfer\(value: 6n\); it emitted Transfer\(.*value: 5n\)$/,
    );
    expect(words(() => expect(() => token.transfer(bob, 900n)).toEmit(token, "Transfer"))).toContain("the call failed");
  });
});

describe("toChangeBalance", () => {
  test("counts what an account or a contract gained and lost", () => {
    const payer = vm.account("payer", { balance: 50n });
    const pay = () => vm.transfer({ from: payer, to: bob, amount: 5n });
    expect(pay).toChangeBalance(payer, -5n);
    expect(pay).toChangeBalance(bob, 5n);
    expect(pay).toChangeBalance(token, 0n);
    expect(words(() => expect(pay).toChangeBalance(bob, 6n))).toBe(
      "expected the balance to change by 6n; it changed by 5n",
    );
    expect(words(() => expect(pay).toChangeBalance(bob, 5 as never))).toBe("toChangeBalance got 5 as the change.");
  });
});

describe("toUseGasBelow", () => {
  test("is exclusive, and adds up several calls", () => {
    const receipt = token.receipt.transfer(bob, 1n);
    expect(receipt).toUseGasBelow(receipt.gasUsed + 1);
    expect(receipt).not.toUseGasBelow(receipt.gasUsed);
    const twice = () => {
      token.transfer(bob, 1n);
      token.transfer(bob, 1n);
    };
    const { gasUsed } = token.receipt.transfer(bob, 1n);
    expect(twice).toUseGasBelow(2 * gasUsed + 1);
    expect(twice).not.toUseGasBelow(2 * gasUsed);
    expect(words(() => expect(() => 5).toUseGasBelow(10))).toBe(
      "toUseGasBelow got a function that called no contract.",
    );
  });
});

describe("a matcher given something else", () => {
  test("says what it takes", () => {
    expect(words(() => expect(5).toBeRevertedWith())).toBe("toBeRevertedWith got 5.");
    expect(words(() => expect(async () => token.transfer(bob, 1n)).toBeRevertedWith())).toBe(
      "toBeRevertedWith got an async function.",
    );
  });
});
