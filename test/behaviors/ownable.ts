// What every contract with an owner does: a suite for anything that extends Ownable.

import { describe, expect, test } from "vitest";
import type { ContractClient } from "../../harness/client/contract-types.js";
import { address, ZERO_ADDRESS } from "../../harness/index.js";

export interface OwnableMethods {
  getOwner(): string;
  transferOwnership(to: string): void;
  renounceOwnership(): void;
  getPendingOwner(): string;
  acceptOwnership(): void;
}

export interface OwnableSubject {
  deploy(owner: string): ContractClient<OwnableMethods>;
  /** Whether a new owner has to accept. */
  readonly twoSteps: boolean;
}

const [alice, bob, carol] = [address("alice"), address("bob"), address("carol")];

export function behavesLikeOwnable(name: string, { deploy, twoSteps }: OwnableSubject): void {
  describe(`${name} has an owner`, () => {
    test("from the beginning, who is not the zero address", () => {
      expect(deploy(alice).getOwner()).toBe(alice);
      expect(() => deploy(ZERO_ADDRESS)).toThrow("OwnableInvalidOwner");
    });

    test("who hands it over, and has then lost it", () => {
      const contract = deploy(alice);
      contract.as(alice).transferOwnership(bob);
      if (twoSteps) {
        expect([contract.getOwner(), contract.getPendingOwner()]).toEqual([alice, bob]);
        expect(() => contract.as(carol).acceptOwnership()).toThrow("Unauthorized");
        contract.as(bob).acceptOwnership();
        expect(contract.getPendingOwner()).toBe(ZERO_ADDRESS);
      }
      expect(contract.getOwner()).toBe(bob);
      expect(contract.events()).toMatchObject([
        { name: "OwnershipTransferred", args: { previousOwner: alice, newOwner: bob } },
      ]);
      expect(() => contract.as(alice).transferOwnership(alice)).toThrow("Unauthorized");
    });

    test("who gives it up", () => {
      const contract = deploy(alice);
      if (twoSteps) contract.as(alice).transferOwnership(bob);
      contract.as(alice).renounceOwnership();
      expect(contract.getOwner()).toBe(ZERO_ADDRESS);
      expect(() => contract.as(alice).renounceOwnership()).toThrow("Unauthorized");
      if (twoSteps) expect(() => contract.as(bob).acceptOwnership()).toThrow("Unauthorized");
    });

    test("and nobody else hands it over", () => {
      const contract = deploy(alice);
      expect(() => contract.as(bob).transferOwnership(bob)).toThrow("Unauthorized");
      expect(() => contract.as(bob).renounceOwnership()).toThrow("Unauthorized");
      expect(contract.getOwner()).toBe(alice);
    });
  });
}
