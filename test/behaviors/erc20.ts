// What every ERC-20 token does, whoever wrote it: a suite that any token can be run through, and a model beside which
// random calls are made. Expected values are the standard's (EIP-20) and a Map's.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContractClient } from "../../harness/client/contract-types.js";
import { address, ZERO_ADDRESS } from "../../harness/index.js";

export interface Erc20Methods {
  totalSupply(): bigint;
  balanceOf(account: string): bigint;
  allowance(owner: string, spender: string): bigint;
  transfer(to: string, value: bigint): void;
  approve(spender: string, value: bigint): void;
  transferFrom(from: string, to: string, value: bigint): void;
}

export interface Erc20Subject {
  /** A fresh token, all of whose supply `holder` has. */
  deploy(): { readonly token: ContractClient<Erc20Methods>; readonly holder: string };
  readonly supply: bigint;
  /** The names of the errors that the standard leaves to the token. */
  readonly errors: { readonly balance: string; readonly allowance: string; readonly receiver: string };
  /** Whether an allowance of 2^256 - 1 is spent like any other. */
  readonly spendsLargestAllowance?: boolean;
}

const MAX = 2n ** 256n - 1n;
const [bob, carol, dave] = [address("bob"), address("carol"), address("dave")];

/** The suite. `supply` is at least 1,000. */
export function behavesLikeErc20(name: string, subject: Erc20Subject): void {
  const { supply, errors } = subject;

  describe(`${name} is an ERC-20 token: transfer`, () => {
    test("moves tokens and says so", () => {
      const { token, holder } = subject.deploy();
      token.as(holder).transfer(bob, 30n);
      expect([token.balanceOf(holder), token.balanceOf(bob)]).toEqual([supply - 30n, 30n]);
      expect(token.totalSupply()).toBe(supply);
      const [event] = token.events().slice(-1);
      expect(event).toMatchObject({ name: "Transfer", args: { from: holder, to: bob, value: 30n } });
    });

    test("of everything, of nothing, to oneself", () => {
      const { token, holder } = subject.deploy();
      token.as(holder).transfer(holder, supply);
      expect(token.balanceOf(holder)).toBe(supply);
      token.as(holder).transfer(bob, supply);
      expect([token.balanceOf(holder), token.balanceOf(bob)]).toEqual([0n, supply]);
      // EIP-20: transfers of 0 are as any other, with their event.
      token.as(holder).transfer(carol, 0n);
      expect(token.events().at(-1)).toMatchObject({ name: "Transfer", args: { from: holder, to: carol, value: 0n } });
    });

    test("of more than there is, or to the zero address, changes nothing", () => {
      const { token, holder } = subject.deploy();
      expect(() => token.as(holder).transfer(bob, supply + 1n)).toThrow(errors.balance);
      expect(() => token.as(holder).transfer(holder, supply + 1n)).toThrow(errors.balance);
      expect(() => token.as(bob).transfer(carol, 1n)).toThrow(errors.balance);
      expect(() => token.as(holder).transfer(ZERO_ADDRESS, 1n)).toThrow(errors.receiver);
      expect([token.balanceOf(holder), token.balanceOf(bob)]).toEqual([supply, 0n]);
    });
  });

  describe(`${name} is an ERC-20 token: allowance`, () => {
    test("is set, replaced, and said", () => {
      const { token, holder } = subject.deploy();
      expect(token.allowance(holder, bob)).toBe(0n);
      token.as(holder).approve(bob, 10n);
      token.as(holder).approve(bob, 7n);
      expect([token.allowance(holder, bob), token.allowance(bob, holder)]).toEqual([7n, 0n]);
      const [event] = token.events().slice(-1);
      expect(event).toMatchObject({ name: "Approval", args: { owner: holder, spender: bob, value: 7n } });
    });

    test("is spent, and no more than it", () => {
      const { token, holder } = subject.deploy();
      token.as(holder).approve(bob, 10n);
      token.as(bob).transferFrom(holder, carol, 4n);
      expect([token.allowance(holder, bob), token.balanceOf(carol), token.balanceOf(bob)]).toEqual([6n, 4n, 0n]);
      expect(() => token.as(bob).transferFrom(holder, carol, 7n)).toThrow(errors.allowance);
      expect(() => token.as(carol).transferFrom(holder, carol, 1n)).toThrow(errors.allowance);
      expect(() => token.as(bob).transferFrom(holder, ZERO_ADDRESS, 1n)).toThrow(errors.receiver);
      expect([token.allowance(holder, bob), token.balanceOf(holder)]).toEqual([6n, supply - 4n]);
    });

    test("does not make tokens: with too low a balance it stays", () => {
      const { token, holder } = subject.deploy();
      token.as(bob).approve(carol, 10n);
      expect(() => token.as(carol).transferFrom(bob, dave, 1n)).toThrow(errors.balance);
      expect([token.allowance(bob, carol), token.balanceOf(holder)]).toEqual([10n, supply]);
    });

    test("of the largest number", () => {
      const { token, holder } = subject.deploy();
      token.as(holder).approve(bob, MAX);
      token.as(bob).transferFrom(holder, bob, 5n);
      expect(token.allowance(holder, bob)).toBe(subject.spendsLargestAllowance ? MAX - 5n : MAX);
    });
  });

  test(`${name}: whatever is called, the balances are a model's and their sum is the supply`, () => {
    const people = 4;
    const person = fc.integer({ min: 0, max: people - 1 });
    const amount = fc.oneof(fc.bigInt(0n, supply + 1n), fc.constantFrom(0n, 1n, supply, MAX));
    const step = fc.record({
      kind: fc.constantFrom("transfer", "approve", "transferFrom"),
      person,
      from: person,
      to: person,
      amount,
    });
    const check = (steps: readonly { kind: string; person: number; from: number; to: number; amount: bigint }[]) => {
      const { token, holder } = subject.deploy();
      const all = [holder, bob, carol, dave];
      const balances = [supply, 0n, 0n, 0n];
      const allowances = new Map<string, bigint>();
      for (const { kind, person, from, to, amount } of steps) {
        const key = kind === "approve" ? `${person} ${to}` : `${from} ${person}`;
        const allowed = allowances.get(key) ?? 0n;
        const payer = kind === "transfer" ? person : from;
        const covered = amount <= (balances[payer] as bigint) && (kind !== "transferFrom" || amount <= allowed);
        const caller = token.as(all[person] as string).receipt;
        const [other, source] = [all[to] as string, all[from] as string];
        const receipt =
          kind === "approve"
            ? caller.approve(other, amount)
            : kind === "transfer"
              ? caller.transfer(other, amount)
              : caller.transferFrom(source, other, amount);
        expect(receipt.status).toBe(kind === "approve" || covered ? "success" : "reverted");
        if (kind === "approve") allowances.set(key, amount);
        else if (covered) {
          balances[payer] = (balances[payer] as bigint) - amount;
          balances[to] = (balances[to] as bigint) + amount;
          const isSpent = kind === "transferFrom" && (allowed !== MAX || subject.spendsLargestAllowance);
          if (isSpent) allowances.set(key, allowed - amount);
        }
      }
      const held = all.map((account) => token.balanceOf(account));
      expect(held).toEqual(balances);
      expect(held.reduce((sum, balance) => sum + balance)).toBe(token.totalSupply());
      for (const [key, allowed] of allowances) {
        const [owner, spender] = key.split(" ").map((index) => all[Number(index)] as string) as [string, string];
        expect(token.allowance(owner, spender)).toBe(allowed);
      }
    };
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), check), { numRuns: 40 });
  });
}
