import fc from "fast-check";
import { address, createQwvm, ZERO_ADDRESS } from "qwvm";
import { beforeEach, describe, expect, test } from "vitest";
import { Escrow } from "../build/escrow.js";

const [buyer, seller] = [address("buyer"), address("seller")];
const [arbiter, stranger] = [address("arbiter"), address("stranger")];
const WEEK = 604_800;

function setUp() {
  const vm = createQwvm();
  vm.setBalance(buyer, 1_000n);
  return { vm, escrow: vm.deploy(Escrow) };
}

let { vm, escrow } = setUp();
beforeEach(() => {
  ({ vm, escrow } = setUp());
});

const open = (value = 300n) =>
  escrow
    .as(buyer)
    .with({ value })
    .open(seller, arbiter, BigInt(vm.block.timestamp + WEEK));
const balances = () => [buyer, seller, escrow].map((who) => vm.balanceOf(who));

describe("a deal", () => {
  test("keeps the payment", () => {
    expect(() => open()).toEmit(escrow, "Opened", { id: 1n, buyer, seller, amount: 300n });
    expect(escrow.getDeal(1n)).toMatchObject({ buyer, seller, arbiter, amount: 300n, state: "Open" });
    expect(balances()).toEqual([700n, 0n, 300n]);
  });

  test.each([
    ["buyer", buyer],
    ["arbiter", arbiter],
  ])("is paid out by the %s", (_, who) => {
    const id = open();
    expect(() => escrow.as(who).release(id)).toEmit(escrow, "Settled", { id, state: "Released" });
    expect(balances()).toEqual([700n, 300n, 0n]);
    expect(() => escrow.as(who).release(id)).toBeRevertedWith("EscrowNotOpen", { state: "Released" });
    expect(() => escrow.as(arbiter).refund(id)).toBeRevertedWith("EscrowNotOpen");
  });

  test.each([
    ["seller", seller],
    ["arbiter", arbiter],
  ])("is paid back by the %s", (_, who) => {
    const id = open();
    escrow.as(who).refund(id);
    expect(balances()).toEqual([1_000n, 0n, 0n]);
    expect(escrow.getDeal(id).state).toBe("Refunded");
  });

  test("is paid back by the buyer after its deadline, not before", () => {
    const id = open();
    vm.advanceTime(WEEK);
    expect(() => escrow.as(buyer).refund(id)).toBeRevertedWith("EscrowUnauthorized", { account: buyer });
    vm.advanceTime(1);
    escrow.as(buyer).refund(id);
    expect(balances()).toEqual([1_000n, 0n, 0n]);
  });

  test("is nobody else's", () => {
    const id = open();
    for (const who of [seller, stranger]) {
      expect(() => escrow.as(who).release(id)).toBeRevertedWith("EscrowUnauthorized");
    }
    expect(() => escrow.as(stranger).refund(id)).toBeRevertedWith("EscrowUnauthorized");
    expect(() => escrow.as(arbiter).release(9n)).toBeRevertedWith("EscrowNotOpen", { state: "None" });
  });

  test("needs a seller, value and time", () => {
    expect(() => open(0n)).toBeRevertedWith("EscrowInvalidDeal");
    const pays = escrow.as(buyer).with({ value: 1n });
    expect(() => pays.open(ZERO_ADDRESS, arbiter, 2n ** 40n)).toBeRevertedWith("EscrowInvalidDeal");
    expect(() => pays.open(seller, arbiter, BigInt(vm.block.timestamp))).toBeRevertedWith("EscrowInvalidDeal");
  });
});

test("whatever is called, the escrow has exactly what its open deals say", () => {
  const who = fc.constantFrom(buyer, seller, arbiter, stranger);
  const step = fc.record({
    kind: fc.constantFrom("open", "release", "refund", "wait"),
    who,
    id: fc.bigInt(1n, 4n),
    value: fc.bigInt(0n, 400n),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { vm, escrow } = setUp();
      for (const { kind, who, id, value } of steps) {
        const caller = escrow.as(who).receipt;
        if (kind === "wait") vm.advanceTime(WEEK);
        else if (kind === "release") caller.release(id);
        else if (kind === "refund") caller.refund(id);
        else if (value <= vm.balanceOf(buyer)) {
          escrow
            .as(buyer)
            .with({ value })
            .receipt.open(seller, arbiter, BigInt(vm.block.timestamp + WEEK));
        }
      }
      const deals = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n].map((id) => escrow.getDeal(id));
      const held = deals.filter(({ state }) => state === "Open").reduce((sum, { amount }) => sum + amount, 0n);
      const paid = deals.filter(({ state }) => state === "Released").reduce((sum, { amount }) => sum + amount, 0n);
      if (escrow.getDeal(9n).state !== "None") return;
      expect([escrow.balance, vm.balanceOf(seller)]).toEqual([held, paid]);
    }),
    // The same sequences in every run, so that their gas can be compared; a failure is made smaller for ten seconds.
    { numRuns: 40, seed: 40, interruptAfterTimeLimit: 10_000 },
  );
});
