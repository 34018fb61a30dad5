import { address, createQwvm, ZERO_ADDRESS } from "qwvm";
import { beforeEach, describe, expect, test } from "vitest";
import { Token } from "../build/token.js";

const ETHER = 10n ** 18n;
const MAX = 2n ** 256n - 1n;
const owner = address("owner");
const alice = address("alice");
const bob = address("bob");
const carol = address("carol");

function deployToken() {
  return createQwvm().deploy(Token, [1000n * ETHER], {
    from: owner,
    metadata: { name: "My Token", symbol: "MYT", type: "erc20", decimals: "18" },
  });
}

let token: ReturnType<typeof deployToken>;

beforeEach(() => {
  token = deployToken();
  token.mint(alice, 100n * ETHER);
});

test("gives the initial supply to its owner", () => {
  expect(token.getOwner()).toBe(owner);
  expect(token.balanceOf(owner)).toBe(1000n * ETHER);
  expect(token.totalSupply()).toBe(1100n * ETHER);
});

test("carries its metadata on chain", () => {
  expect(token.metadata()).toEqual({ name: "My Token", symbol: "MYT", type: "erc20", decimals: "18" });
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
    expect(() => token.as(alice).transfer(bob, 100n * ETHER + 1n)).toBeRevertedWith("ERC20InsufficientBalance", {
      sender: alice,
      balance: 100n * ETHER,
      needed: 100n * ETHER + 1n,
    });
    expect(token.balanceOf(alice)).toBe(100n * ETHER);
    expect(token.balanceOf(bob)).toBe(0n);
  });

  test("refuses the zero address", () => {
    expect(() => token.as(alice).transfer(ZERO_ADDRESS, 1n)).toBeRevertedWith("ERC20InvalidReceiver", {
      receiver: ZERO_ADDRESS,
    });
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
    expect(() => token.as(bob).transferFrom(alice, carol, 11n)).toBeRevertedWith("ERC20InsufficientAllowance", {
      spender: bob,
      allowance: 10n,
      needed: 11n,
    });
  });

  test("is kept when the owner's balance is too low", () => {
    token.as(alice).approve(bob, MAX);
    expect(() => token.as(bob).transferFrom(alice, carol, 101n * ETHER)).toBeRevertedWith("ERC20InsufficientBalance");
    expect(token.allowance(alice, bob)).toBe(MAX);
  });
});

describe("supply", () => {
  test("grows by what the owner mints", () => {
    token.mint(bob, 5n);
    expect(token.balanceOf(bob)).toBe(5n);
    expect(token.totalSupply()).toBe(1100n * ETHER + 5n);
  });

  test("is minted by the owner alone", () => {
    expect(() => token.as(alice).mint(alice, 1n)).toBeRevertedWith("Unauthorized", { caller: alice });
  });

  test("shrinks by what a holder burns", () => {
    token.as(alice).burn(40n * ETHER);
    expect(token.balanceOf(alice)).toBe(60n * ETHER);
    expect(token.totalSupply()).toBe(1060n * ETHER);
  });

  test("never exceeds u256", () => {
    expect(() => token.mint(bob, MAX)).toBeRevertedWith("Overflow");
    expect(token.totalSupply()).toBe(1100n * ETHER);
  });
});
