import fc from "fast-check";
import { address, createQwvm } from "qwvm";
import { beforeEach, describe, expect, test } from "vitest";
import { Coin } from "../build/coin.js";
import { Pool } from "../build/pool.js";

const [alice, bob] = [address("alice"), address("bob")];
const MAX = 2n ** 256n - 1n;
const RICH = 10n ** 30n;
const NEVER = 2n ** 63n;

function setUp() {
  const vm = createQwvm();
  const deploy = () => vm.deploy(Coin);
  const [gold, silver] = [deploy(), deploy()];
  const pool = vm.deploy(Pool, [gold.address, silver.address], { from: alice });
  for (const coin of [gold, silver]) {
    for (const who of [alice, bob]) {
      coin.mint(who, RICH);
      coin.as(who).approve(pool.address, MAX);
    }
  }
  return { vm, gold, silver, pool };
}

let { vm, gold, silver, pool } = setUp();
beforeEach(() => {
  ({ vm, gold, silver, pool } = setUp());
});

describe("liquidity", () => {
  test("the first provider sets the price; its shares are the root of the product, but for 1,000", () => {
    // sqrt(40,000 * 10,000) = 20,000.
    expect(pool.addLiquidity(40_000n, 10_000n, 0n, NEVER)).toBe(19_000n);
    expect(pool.events()).toMatchObject([{ name: "Transfer" }, { name: "Transfer" }, { name: "LiquidityAdded" }]);
    expect(pool.reserves()).toEqual({ reserve0: 40_000n, reserve1: 10_000n });
    expect([pool.totalSupply(), pool.balanceOf(alice), pool.balanceOf(pool.address)]).toEqual([
      20_000n,
      19_000n,
      1_000n,
    ]);
  });

  test("the next ones add in proportion, and pay no more than that", () => {
    pool.addLiquidity(40_000n, 10_000n, 0n, NEVER);
    expect(pool.as(bob).addLiquidity(4_000n, 9_999n, 0n, NEVER)).toBe(2_000n);
    expect(pool.as(bob).addLiquidity(9_999n, 1_000n, 0n, NEVER)).toBe(2_000n);
    expect(pool.reserves()).toEqual({ reserve0: 48_000n, reserve1: 12_000n });
    expect(gold.balanceOf(bob)).toBe(RICH - 8_000n);
  });

  test("shares are worth their part of both reserves", () => {
    pool.addLiquidity(40_000n, 10_000n, 0n, NEVER);
    expect(pool.removeLiquidity(9_500n, 0n, 0n, NEVER)).toEqual({ reserve0: 19_000n, reserve1: 4_750n });
    expect([gold.balanceOf(alice), silver.balanceOf(alice)]).toEqual([RICH - 21_000n, RICH - 5_250n]);
    expect(() => pool.removeLiquidity(9_501n, 0n, 0n, NEVER)).toBeRevertedWith("ERC20InsufficientBalance");
  });

  test("limits and deadlines hold", () => {
    expect(() => pool.addLiquidity(1_000n, 1_000n, 0n, NEVER)).toBeRevertedWith("PoolInsufficientLiquidity");
    expect(() => pool.addLiquidity(4_000n, 4_000n, 3_001n, NEVER)).toBeRevertedWith("PoolSlippage", { actual: 3_000n });
    const now = BigInt(vm.block.timestamp);
    expect(() => pool.addLiquidity(4_000n, 4_000n, 0n, now - 1n)).toBeRevertedWith("PoolExpired", {
      deadline: now - 1n,
    });
    pool.addLiquidity(4_000n, 4_000n, 3_000n, now);
    expect(() => pool.removeLiquidity(100n, 101n, 0n, NEVER)).toBeRevertedWith("PoolSlippage");
    expect(() => pool.removeLiquidity(100n, 0n, 101n, NEVER)).toBeRevertedWith("PoolSlippage");
  });
});

describe("a swap", () => {
  beforeEach(() => {
    pool.addLiquidity(1_000_000n, 4_000_000n, 0n, NEVER);
  });

  test("keeps the product, and 0.3 % of what comes in", () => {
    // 4,000,000 * 9,970 / (1,000,000 + 9,970) = 39,486.3
    expect(pool.quote(gold.address, 10_000n)).toBe(39_486n);
    expect(pool.as(bob).swap(gold.address, 10_000n, 39_486n, NEVER)).toBe(39_486n);
    expect(pool.reserves()).toEqual({ reserve0: 1_010_000n, reserve1: 3_960_514n });
    expect([gold.balanceOf(bob), silver.balanceOf(bob)]).toEqual([RICH - 10_000n, RICH + 39_486n]);
    expect(pool.events().at(-1)).toMatchObject({ name: "Swapped", args: { trader: bob, amountOut: 39_486n } });
  });

  test("goes both ways", () => {
    // 1,000,000 * 39,880 / (4,000,000 + 39,880) = 9,871.5
    expect(pool.as(bob).swap(silver.address, 40_000n, 0n, NEVER)).toBe(9_871n);
    expect(gold.balanceOf(bob)).toBe(RICH + 9_871n);
  });

  test("gives no less than was asked for, not after its deadline, and nothing for nothing", () => {
    expect(() => pool.swap(gold.address, 10_000n, 39_487n, NEVER)).toBeRevertedWith("PoolSlippage", {
      actual: 39_486n,
    });
    expect(() => pool.swap(gold.address, 10_000n, 0n, 1n)).toBeRevertedWith("PoolExpired");
    expect(() => pool.swap(gold.address, 0n, 0n, NEVER)).toBeRevertedWith("PoolInsufficientLiquidity");
    expect(() => pool.swap(alice, 10n, 0n, NEVER)).toBeRevertedWith("PoolUnknownToken", { token: alice });
    expect(() => pool.swap(gold.address, RICH * 2n, 0n, NEVER)).toBeRevertedWith("ERC20InsufficientBalance");
    expect(pool.reserves()).toEqual({ reserve0: 1_000_000n, reserve1: 4_000_000n });
  });
});

test("whatever is done, the product for each share never falls, and the pool has what it says", () => {
  const amount = fc.oneof(fc.bigInt(0n, 5_000n), fc.bigInt(0n, 10n ** 24n));
  const step = fc.record({
    kind: fc.constantFrom("add", "remove", "swap", "swap"),
    who: fc.boolean(),
    a: amount,
    b: amount,
  });
  const first = fc.bigInt(2_000n, 10n ** 24n);
  fc.assert(
    fc.property(first, first, fc.array(step, { maxLength: 15 }), (a, b, steps) => {
      const { gold, silver, pool } = setUp();
      if (a * b < 10n ** 7n) return;
      pool.addLiquidity(a, b, 0n, NEVER);
      let before = { ...pool.reserves(), shares: pool.totalSupply() };
      for (const { kind, who, a, b } of steps) {
        const caller = pool.as(who ? alice : bob).receipt;
        if (kind === "add") caller.addLiquidity(a, b, 0n, NEVER);
        else if (kind === "swap") caller.swap((b & 1n) === 0n ? gold.address : silver.address, a, 0n, NEVER);
        else caller.removeLiquidity(b === 0n ? 0n : (a * pool.balanceOf(who ? alice : bob)) / (a + b), 0n, 0n, NEVER);
        const now = { ...pool.reserves(), shares: pool.totalSupply() };
        // k / shares², compared without division.
        const product = now.reserve0 * now.reserve1 * before.shares ** 2n;
        expect(product >= before.reserve0 * before.reserve1 * now.shares ** 2n).toBe(true);
        if (kind === "swap") expect(now.reserve0 * now.reserve1 >= before.reserve0 * before.reserve1).toBe(true);
        expect([gold.balanceOf(pool.address), silver.balanceOf(pool.address)]).toEqual([now.reserve0, now.reserve1]);
        before = now;
      }
      const held = [alice, bob, pool.address].map((account) => pool.balanceOf(account));
      expect(held.reduce((sum, shares) => sum + shares)).toBe(pool.totalSupply());
    }),
    // The same sequences in every run, so that their gas can be compared; a failure is made smaller for ten seconds.
    { numRuns: 30, seed: 30, interruptAfterTimeLimit: 10_000 },
  );
});

test("a share is an ERC-20 token", () => {
  pool.addLiquidity(40_000n, 10_000n, 0n, NEVER);
  pool.transfer(bob, 9_000n);
  pool.as(bob).removeLiquidity(9_000n, 0n, 0n, NEVER);
  expect(gold.balanceOf(bob)).toBe(RICH + 18_000n);
});
