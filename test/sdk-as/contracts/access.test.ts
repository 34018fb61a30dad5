// Who may do what: ownable, ownable2step, roles, pausable, and the guard against re-entering.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ContractClient } from "../../../harness/client/contract-types.js";
import { address, createQwvm, ZERO_ADDRESS } from "../../../harness/index.js";
import { behavesLikeOwnable, type OwnableMethods } from "../../behaviors/ownable.js";
import { buildLibrary, type Library } from "../../fixtures/library.js";

const [alice, bob, carol] = [address("alice"), address("bob"), address("carol")];

let library: Library;
beforeAll(async () => {
  library = await buildLibrary("access");
});
afterAll(() => library.remove());

interface OwnedMethods extends OwnableMethods {
  bump(): void;
  anyone(): void;
  getCount(): bigint;
  pause(): void;
  unpause(): void;
  isPaused(): boolean;
}

const deployOwned = (owner: string) =>
  createQwvm().deploy(library.definition<OwnedMethods>("access/owned"), [owner], { from: carol });

behavesLikeOwnable("Ownable", { deploy: deployOwned, twoSteps: false });
behavesLikeOwnable("Ownable2Step", {
  deploy: (owner) =>
    createQwvm().deploy(library.definition<OwnableMethods>("access/owned2step"), [owner], { from: carol }),
  twoSteps: true,
});

test("Ownable: the new owner cannot be the zero address, and only the owner passes @only", () => {
  const owned = deployOwned(alice);
  expect(() => owned.as(alice).transferOwnership(ZERO_ADDRESS)).toThrow("OwnableInvalidOwner");
  expect(() => owned.as(bob).bump()).toThrow("Unauthorized");
  owned.as(alice).bump();
  expect(owned.getCount()).toBe(1n);
});

describe("Pausable", () => {
  test("stops what is guarded, until it starts again", () => {
    const owned = deployOwned(alice);
    expect(() => owned.as(bob).pause()).toThrow("OwnableUnauthorizedAccount");
    expect(() => owned.as(alice).unpause()).toThrow("ExpectedPause: the contract is not paused");
    owned.as(alice).pause();
    expect(owned.events()).toMatchObject([{ name: "Paused", args: { account: alice } }]);
    expect(owned.isPaused()).toBe(true);
    expect(() => owned.as(bob).anyone()).toThrow("Paused");
    expect(() => owned.as(alice).pause()).toThrow("EnforcedPause: the contract is paused");
    owned.as(alice).bump();
    owned.as(alice).unpause();
    expect(owned.events()).toMatchObject([{ name: "Unpaused", args: { account: alice } }]);
    owned.as(bob).anyone();
    expect(owned.getCount()).toBe(11n);
  });
});

describe("Roles", () => {
  interface GuildMethods {
    hasRole(role: string, account: string): boolean;
    getRoleAdmin(role: string): string;
    grantRole(role: string, account: string): void;
    revokeRole(role: string, account: string): void;
    renounceRole(role: string): void;
    work(): void;
    getWorks(): bigint;
  }
  let guild: ContractClient<GuildMethods>;
  beforeEach(() => {
    guild = createQwvm().deploy(library.definition<GuildMethods>("access/guild"), [alice], { from: carol });
  });

  test("the admin grants and takes roles, and says so once", () => {
    expect(guild.hasRole("admin", alice)).toBe(true);
    guild.as(alice).grantRole("master", bob);
    expect(guild.events()).toMatchObject([
      { name: "RoleGranted", args: { role: "master", account: bob, sender: alice } },
    ]);
    guild.as(alice).grantRole("master", bob);
    expect(guild.events()).toEqual([]);
    expect(guild.hasRole("master", bob)).toBe(true);
    guild.as(alice).revokeRole("master", bob);
    expect(guild.events()).toMatchObject([
      { name: "RoleRevoked", args: { role: "master", account: bob, sender: alice } },
    ]);
    guild.as(alice).revokeRole("master", bob);
    expect(guild.events()).toEqual([]);
    expect(guild.hasRole("master", bob)).toBe(false);
  });

  test("nobody else does", () => {
    for (const attempt of [
      () => guild.as(bob).grantRole("master", bob),
      () => guild.as(bob).revokeRole("admin", alice),
    ]) {
      expect(attempt).toThrow(/AccessControlUnauthorizedAccount.*does not have the role/);
    }
  });

  test("@role lets the holders of any of its roles", () => {
    expect(() => guild.as(bob).work()).toThrow("Unauthorized");
    guild.as(alice).grantRole("master", bob);
    guild.as(bob).work();
    guild.as(bob).grantRole("apprentice", carol);
    guild.as(carol).work();
    expect(guild.getWorks()).toBe(2n);
    guild.as(carol).renounceRole("apprentice");
    expect(() => guild.as(carol).work()).toThrow("Unauthorized");
  });

  test("a role with an admin role of its own is that one's alone", () => {
    expect([guild.getRoleAdmin("master"), guild.getRoleAdmin("apprentice")]).toEqual(["admin", "master"]);
    expect(() => guild.as(alice).grantRole("apprentice", carol)).toThrow("AccessControlUnauthorizedAccount");
  });

  test("names are told apart, whatever they begin with", () => {
    guild.as(alice).grantRole("master/", bob);
    expect([guild.hasRole("master", bob), guild.hasRole("master/", bob), guild.hasRole("", bob)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
