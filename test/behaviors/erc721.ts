// What every ERC-721 token does: a suite that any can be run through, and a model beside which random calls are made.
// Expected values are the standard's (EIP-721) and a Map's.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContractClient } from "../../harness/client/contract-types.js";
import { address, ZERO_ADDRESS } from "../../harness/index.js";

export interface Erc721Methods {
  balanceOf(owner: string): bigint;
  ownerOf(tokenId: bigint): string;
  getApproved(tokenId: bigint): string;
  isApprovedForAll(owner: string, operator: string): boolean;
  approve(to: string, tokenId: bigint): void;
  setApprovalForAll(operator: string, approved: boolean): void;
  transferFrom(from: string, to: string, tokenId: bigint): void;
}

export interface Erc721Subject<Methods extends Erc721Methods = Erc721Methods> {
  /** A contract without tokens. */
  deploy(): ContractClient<Methods>;
  /** Creates a token; anyone may. */
  mint(token: ContractClient<Methods>, to: string, tokenId: bigint): void;
  /** Destroys one, as its owner; when there is a method for it. */
  burn?(token: ContractClient<Methods>, tokenId: bigint): void;
  /** Looked at after a random sequence: who owns what is known. */
  inspect?(token: ContractClient<Methods>, owners: ReadonlyMap<bigint, string>): void;
}

const [alice, bob, carol] = [address("alice"), address("bob"), address("carol")];
const MAX = 2n ** 256n - 1n;

export function behavesLikeErc721<Methods extends Erc721Methods>(name: string, subject: Erc721Subject<Methods>): void {
  const start = () => {
    const token = subject.deploy();
    subject.mint(token, alice, 1n);
    subject.mint(token, alice, MAX);
    return token as unknown as ContractClient<Erc721Methods>;
  };

  describe(`${name} is an ERC-721 token`, () => {
    test("made once, for somebody", () => {
      const token = subject.deploy();
      subject.mint(token, alice, 7n);
      expect(token.events().at(-1)).toMatchObject({
        name: "Transfer",
        args: { from: ZERO_ADDRESS, to: alice, tokenId: 7n },
      });
      expect([token.ownerOf(7n), token.balanceOf(alice)]).toEqual([alice, 1n]);
      expect(() => subject.mint(token, bob, 7n)).toThrow("ERC721ExistingToken");
      expect(() => subject.mint(token, ZERO_ADDRESS, 8n)).toThrow("ERC721InvalidReceiver");
      expect(() => token.ownerOf(8n)).toThrow("there is no token 8");
      expect(() => token.getApproved(8n)).toThrow("ERC721NonexistentToken");
      expect(() => token.balanceOf(ZERO_ADDRESS)).toThrow("ERC721InvalidOwner");
    });

    test("moved by its owner", () => {
      const token = start();
      token.as(alice).transferFrom(alice, bob, MAX);
      expect(token.events().at(-1)).toMatchObject({ name: "Transfer", args: { from: alice, to: bob, tokenId: MAX } });
      expect([token.ownerOf(MAX), token.ownerOf(1n), token.balanceOf(alice), token.balanceOf(bob)]).toEqual([
        bob,
        alice,
        1n,
        1n,
      ]);
      token.as(alice).transferFrom(alice, alice, 1n);
      expect([token.ownerOf(1n), token.balanceOf(alice)]).toEqual([alice, 1n]);
    });

    test("not moved by others, from others, or to nobody", () => {
      const token = start();
      expect(() => token.as(bob).transferFrom(alice, bob, 1n)).toThrow("ERC721InsufficientApproval");
      expect(() => token.as(bob).transferFrom(bob, bob, 1n)).toThrow("ERC721IncorrectOwner");
      expect(() => token.as(alice).transferFrom(alice, ZERO_ADDRESS, 1n)).toThrow("ERC721InvalidReceiver");
      expect(() => token.as(alice).transferFrom(alice, bob, 2n)).toThrow("ERC721NonexistentToken");
      expect(token.balanceOf(alice)).toBe(2n);
    });

    test("moved by whom it is approved for, once", () => {
      const token = start();
      expect(() => token.as(bob).approve(bob, 1n)).toThrow("ERC721InvalidApprover");
      token.as(alice).approve(bob, 1n);
      expect(token.events().at(-1)).toMatchObject({
        name: "Approval",
        args: { owner: alice, approved: bob, tokenId: 1n },
      });
      expect([token.getApproved(1n), token.getApproved(MAX)]).toEqual([bob, ZERO_ADDRESS]);
      expect(() => token.as(bob).transferFrom(alice, bob, MAX)).toThrow("ERC721InsufficientApproval");
      expect(() => token.as(bob).approve(carol, 1n)).toThrow("ERC721InvalidApprover");
      token.as(bob).transferFrom(alice, carol, 1n);
      expect(token.getApproved(1n)).toBe(ZERO_ADDRESS);
      token.as(carol).transferFrom(carol, alice, 1n);
      expect(() => token.as(bob).transferFrom(alice, bob, 1n)).toThrow("ERC721InsufficientApproval");
      token.as(alice).approve(bob, 1n);
      token.as(alice).approve(ZERO_ADDRESS, 1n);
      expect(() => token.as(bob).transferFrom(alice, bob, 1n)).toThrow("ERC721InsufficientApproval");
    });

    test("moved by operators, who may approve, too", () => {
      const token = start();
      token.as(alice).setApprovalForAll(bob, true);
      expect(token.events().at(-1)).toMatchObject({
        name: "ApprovalForAll",
        args: { owner: alice, operator: bob, approved: true },
      });
      expect([token.isApprovedForAll(alice, bob), token.isApprovedForAll(bob, alice)]).toEqual([true, false]);
      token.as(bob).approve(carol, 1n);
      token.as(bob).transferFrom(alice, bob, 1n);
      expect(token.getApproved(1n)).toBe(ZERO_ADDRESS);
      token.as(alice).setApprovalForAll(bob, false);
      expect(() => token.as(bob).transferFrom(alice, bob, MAX)).toThrow("ERC721InsufficientApproval");
      expect(() => token.as(alice).setApprovalForAll(ZERO_ADDRESS, true)).toThrow("ERC721InvalidOperator");
    });

    test("whatever is called, owners and counts are a model's", () => {
      const people = [alice, bob, carol];
      const who = fc.constantFrom(...people);
      const id = fc.bigInt(1n, 5n);
      const kinds = [
        "mint",
        "transfer",
        "transfer",
        "approve",
        "operator",
        ...(subject.burn === undefined ? [] : ["burn"]),
      ];
      const step = fc.record({
        kind: fc.constantFrom(...kinds),
        caller: who,
        from: who,
        to: who,
        id,
        on: fc.boolean(),
      });
      fc.assert(
        fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
          const made = subject.deploy();
          const token = made as unknown as ContractClient<Erc721Methods>;
          const owners = new Map<bigint, string>();
          const approved = new Map<bigint, string>();
          const operators = new Set<string>();
          for (const { kind, caller, from, to, id, on } of steps) {
            const owner = owners.get(id);
            const isOperator = caller === owner || operators.has(`${owner} ${caller}`);
            if (kind === "mint") {
              if (owner !== undefined) continue;
              subject.mint(made, to, id);
              owners.set(id, to);
            } else if (kind === "operator") {
              token.as(caller).setApprovalForAll(to, on);
              if (on) operators.add(`${caller} ${to}`);
              else operators.delete(`${caller} ${to}`);
            } else if (kind === "approve") {
              expect(token.as(caller).receipt.approve(to, id).status === "success").toBe(
                owner !== undefined && isOperator,
              );
              if (isOperator) approved.set(id, to);
            } else if (kind === "transfer") {
              const may = owner === from && (isOperator || approved.get(id) === caller);
              expect(token.as(caller).receipt.transferFrom(from, to, id).status === "success").toBe(may);
              if (!may) continue;
              owners.set(id, to);
              approved.delete(id);
            } else if (owner !== undefined) {
              subject.burn?.(made.as(owner) as ContractClient<Methods>, id);
              owners.delete(id);
              approved.delete(id);
            }
          }
          for (const [id, owner] of owners) {
            expect(token.ownerOf(id)).toBe(owner);
            expect(token.getApproved(id)).toBe(approved.get(id) ?? ZERO_ADDRESS);
          }
          const counts = people.map((person) =>
            BigInt([...owners.values()].filter((owner) => owner === person).length),
          );
          expect(people.map((person) => token.balanceOf(person))).toEqual(counts);
          subject.inspect?.(made, owners);
        }),
        { numRuns: 40 },
      );
    });
  });
}
