import { address, createQwvm, ZERO_ADDRESS } from "qwvm";
import { beforeEach, describe, expect, test } from "vitest";
import { Token } from "../build/token.js";

const ETHER = 10n ** 18n;
const MAX = 2n ** 256n - 1n;
const bridge = address("bridge operator");
const alice = address("alice");
const bob = address("bob");
const carol = address("carol");

function deployToken() {
  return createQwvm().deploy(Token, [bridge], {
    from: bridge,
    metadata: {
      name: "Quantum Wrapped ETH",
      symbol: "QWETH",
      type: "erc20",
      decimals: "18",
      description: "ERC-20 wrapped Ethereum bridged from Sepolia",
    },
  });
}

let token: ReturnType<typeof deployToken>;

beforeEach(() => {
  token = deployToken();
  token.mint(alice, 100n * ETHER);
});

test("carries its metadata on chain", () => {
  expect(token.metadata()).toEqual({
    name: "Quantum Wrapped ETH",
    symbol: "QWETH",
    type: "erc20",
    decimals: "18",
    description: "ERC-20 wrapped Ethereum bridged from Sepolia",
  });
});

describe("transfer", () => {
  test("to a new holder", () => {
    token.as(alice).transfer(bob, 30n * ETHER);
    expect(token.balanceOf(alice)).toBe(70n * ETHER);
    expect(token.balanceOf(bob)).toBe(30n * ETHER);
  });

  test("to a holder", () => {
    token.mint(bob, ETHER);
    token.as(alice).transfer(bob, 30n * ETHER);
    expect(token.balanceOf(bob)).toBe(31n * ETHER);
  });

  test("to oneself changes nothing", () => {
    token.as(alice).transfer(alice, 100n * ETHER);
    expect(token.balanceOf(alice)).toBe(100n * ETHER);
  });

  test("says so in an event", () => {
    expect(() => token.as(alice).transfer(bob, 5n)).toEmit(token, "Transfer", { from: alice, to: bob, value: 5n });
  });

  test("refuses more than there is, and moves nothing", () => {
    expect(() => token.as(alice).transfer(bob, 100n * ETHER + 1n)).toBeRevertedWith("InsufficientBalance", {
      available: 100n * ETHER,
      needed: 100n * ETHER + 1n,
    });
    expect(token.balanceOf(alice)).toBe(100n * ETHER);
    expect(token.balanceOf(bob)).toBe(0n);
  });

  test("refuses the zero address", () => {
    expect(() => token.as(alice).transfer(ZERO_ADDRESS, 1n)).toBeRevertedWith("ZeroAddress");
  });
});

describe("allowance", () => {
  test("is spent by transferFrom", () => {
    token.as(alice).approve(bob, 10n);
    token.as(bob).transferFrom(alice, carol, 4n);
    expect(token.allowance(alice, bob)).toBe(6n);
    expect(token.balanceOf(carol)).toBe(4n);
  });

  test("is replaced, not added to", () => {
    token.as(alice).approve(bob, 10n);
    token.as(alice).approve(bob, 3n);
    expect(token.allowance(alice, bob)).toBe(3n);
  });

  test("cannot be exceeded", () => {
    token.as(alice).approve(bob, 10n);
    expect(() => token.as(bob).transferFrom(alice, carol, 11n)).toBeRevertedWith("InsufficientAllowance", {
      available: 10n,
      needed: 11n,
    });
  });

  test("is kept when the owner's balance is too low", () => {
    token.as(alice).approve(bob, MAX);
    expect(() => token.as(bob).transferFrom(alice, carol, 101n * ETHER)).toBeRevertedWith("InsufficientBalance");
    expect(token.allowance(alice, bob)).toBe(MAX);
  });
});

describe("the bridge operator", () => {
  test("mints what was locked on the other side", () => {
    token.mint(bob, 5n);
    expect(token.balanceOf(bob)).toBe(5n);
    expect(token.totalSupply()).toBe(100n * ETHER + 5n);
  });

  test("burns what leaves", () => {
    token.burn(alice, 40n * ETHER);
    expect(token.balanceOf(alice)).toBe(60n * ETHER);
    expect(token.totalSupply()).toBe(60n * ETHER);
  });

  test("cannot mint more than u256 holds", () => {
    expect(() => token.mint(bob, MAX)).toBeRevertedWith("Overflow");
    expect(token.totalSupply()).toBe(100n * ETHER);
  });

  test("cannot burn more than a holder has", () => {
    expect(() => token.burn(bob, 1n)).toBeRevertedWith("InsufficientBalance", { available: 0n, needed: 1n });
  });

  test("hands the bridge over", () => {
    token.changeOperator(carol);
    expect(token.bridgeOperator()).toBe(carol);
    expect(() => token.mint(bob, 1n)).toBeRevertedWith("NotOperator", { caller: bridge });
    token.as(carol).mint(bob, 1n);
    expect(token.balanceOf(bob)).toBe(1n);
  });

  test("is the only one who mints and burns", () => {
    expect(() => token.as(alice).mint(alice, 1n)).toBeRevertedWith("NotOperator", { caller: alice });
    expect(() => token.as(alice).burn(bob, 1n)).toBeRevertedWith("NotOperator", { caller: alice });
  });
});
