// What every ERC-1155 contract does: a suite that any can be run through, and a model beside which random calls are made.
// Expected values are the standard's (EIP-1155) and a Map's.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContractClient } from "../../harness/client/contract-types.js";
import { address, ZERO_ADDRESS } from "../../harness/index.js";

export interface Erc1155Methods {
  balanceOf(account: string, id: bigint): bigint;
  balanceOfBatch(accounts: readonly string[], ids: readonly bigint[]): bigint[];
  isApprovedForAll(account: string, operator: string): boolean;
  setApprovalForAll(operator: string, approved: boolean): void;
  safeTransferFrom(from: string, to: string, id: bigint, value: bigint, data: Uint8Array): void;
  safeBatchTransferFrom(
    from: string,
    to: string,
    ids: readonly bigint[],
    values: readonly bigint[],
    data: Uint8Array,
  ): void;
}

export interface Erc1155Subject {
  /** A contract where `holder` has these values of the tokens 1, 2, and so on, and nobody anything else. */
  deploy(values: readonly bigint[]): { readonly token: ContractClient<Erc1155Methods>; readonly holder: string };
}

const [bob, carol] = [address("bob"), address("carol")];
const NONE = new Uint8Array();
const MAX = 2n ** 256n - 1n;

export function behavesLikeErc1155(name: string, subject: Erc1155Subject): void {
  describe(`${name} is an ERC-1155 contract`, () => {
    test("one token is moved, and it says so", () => {
      const { token, holder } = subject.deploy([100n, 50n]);
      token.as(holder).safeTransferFrom(holder, bob, 2n, 20n, NONE);
      expect(token.events().at(-1)).toMatchObject({
        name: "TransferSingle",
        args: { operator: holder, from: holder, to: bob, id: 2n, value: 20n },
      });
      expect(token.balanceOfBatch([holder, holder, bob, bob], [1n, 2n, 1n, 2n])).toEqual([100n, 30n, 0n, 20n]);
    });

    test("several are moved in one, or none", () => {
      const { token, holder } = subject.deploy([100n, 50n]);
      token.as(holder).safeBatchTransferFrom(holder, bob, [1n, 2n, 1n], [10n, 50n, 5n], NONE);
      expect(token.events().at(-1)).toMatchObject({
        name: "TransferBatch",
        args: { operator: holder, from: holder, to: bob, ids: [1n, 2n, 1n], values: [10n, 50n, 5n] },
      });
      expect(token.balanceOfBatch([holder, holder, bob, bob], [1n, 2n, 1n, 2n])).toEqual([85n, 0n, 15n, 50n]);
      expect(() => token.as(holder).safeBatchTransferFrom(holder, bob, [1n, 2n], [1n, 1n], NONE)).toThrow(
        "ERC1155InsufficientBalance",
      );
      expect(() => token.as(holder).safeBatchTransferFrom(holder, bob, [1n, 1n], [85n, 1n], NONE)).toThrow(
        "ERC1155InsufficientBalance",
      );
      expect(() => token.as(holder).safeBatchTransferFrom(holder, bob, [1n, 2n], [1n], NONE)).toThrow(
        "ERC1155InvalidArrayLength",
      );
      expect(() => token.balanceOfBatch([holder], [])).toThrow("ERC1155InvalidArrayLength");
      expect(token.balanceOf(holder, 1n)).toBe(85n);
    });

    test("by operators alone, and not to nobody", () => {
      const { token, holder } = subject.deploy([100n]);
      const take = () => token.as(bob).safeTransferFrom(holder, bob, 1n, 1n, NONE);
      expect(take).toThrow("ERC1155MissingApprovalForAll");
      token.as(holder).setApprovalForAll(bob, true);
      expect(token.events().at(-1)).toMatchObject({
        name: "ApprovalForAll",
        args: { account: holder, operator: bob, approved: true },
      });
      take();
      expect([token.isApprovedForAll(holder, bob), token.isApprovedForAll(bob, holder)]).toEqual([true, false]);
      token.as(holder).setApprovalForAll(bob, false);
      expect(take).toThrow("ERC1155MissingApprovalForAll");
      expect(() => token.as(holder).setApprovalForAll(ZERO_ADDRESS, true)).toThrow("ERC1155InvalidOperator");
      expect(() => token.as(holder).safeTransferFrom(holder, ZERO_ADDRESS, 1n, 1n, NONE)).toThrow(
        "ERC1155InvalidReceiver",
      );
    });

    test("whatever is moved, balances are a model's and sums stay", () => {
      const supplies = [1_000n, MAX, 5n];
      const person = fc.integer({ min: 0, max: 2 });
      const part = fc.record({
        id: fc.integer({ min: 0, max: 2 }),
        value: fc.oneof(fc.bigInt(0n, 1_001n), fc.constantFrom(5n, MAX)),
      });
      const step = fc.record({ from: person, to: person, parts: fc.array(part, { minLength: 1, maxLength: 3 }) });
      fc.assert(
        fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
          const { token, holder } = subject.deploy(supplies);
          const people = [holder, bob, carol];
          let model = people.map((_, index) => supplies.map((supply) => (index === 0 ? supply : 0n)));
          for (const { from, to, parts } of steps) {
            const next = structuredClone(model);
            const isCovered = parts.every(({ id, value }) => {
              const source = next[from] as bigint[];
              const target = next[to] as bigint[];
              source[id] = (source[id] as bigint) - value;
              const left = source[id] as bigint;
              target[id] = (target[id] as bigint) + value;
              return left >= 0n;
            });
            const ids = parts.map(({ id }) => BigInt(id + 1));
            const values = parts.map(({ value }) => value);
            const [source, target] = [people[from] as string, people[to] as string];
            const receipt = token.as(source).receipt.safeBatchTransferFrom(source, target, ids, values, NONE);
            expect(receipt.status === "success").toBe(isCovered);
            if (isCovered) model = next;
          }
          const held = people.map((who) => supplies.map((_, id) => token.balanceOf(who, BigInt(id + 1))));
          expect(held).toEqual(model);
        }),
        { numRuns: 40 },
      );
    });
  });
}
