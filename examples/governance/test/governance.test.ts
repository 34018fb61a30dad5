import { address, addressToBytes, createQwvm } from "qwvm";
import { beforeEach, expect, test } from "vitest";
import { Delay } from "../build/delay.js";
import { Parliament } from "../build/parliament.js";
import { Treasury } from "../build/treasury.js";
import { Votes } from "../build/votes.js";

const DAY = 86_400;
const [founder, ann, ben, artist] = [address("founder"), address("ann"), address("ben"), address("artist")];

/** The founder has 6,000 votes, Ann 3,000, Ben 1,000. The treasury has 500, and the parliament decides about it. */
function setUp() {
  const vm = createQwvm();
  const votes = vm.deploy(Votes, [founder, 10_000n], { from: founder });
  votes.transfer(ann, 3_000n);
  votes.transfer(ben, 1_000n);
  const delay = vm.deploy(Delay, [founder], { from: founder });
  const parliament = vm.deploy(Parliament, [votes.address, delay.address]);
  const treasury = vm.deploy(Treasury, [delay.address]);
  vm.setBalance(treasury.address, 500n);
  votes.transferOwnership(parliament.address);
  delay.grantRole("proposer", parliament.address);
  delay.grantRole("executor", parliament.address);
  delay.renounceRole("admin");
  return { vm, votes, parliament, treasury };
}

let { vm, votes, parliament, treasury } = setUp();
beforeEach(() => {
  ({ vm, votes, parliament, treasury } = setUp());
});

/** A call of `spend`, encoded: an address, and a u256 of 32 bytes, lowest first. */
function spend(to: string, amount: number) {
  const args = new Uint8Array(52);
  args.set(addressToBytes(to as typeof ann));
  new DataView(args.buffer).setUint32(20, amount, true);
  return { to: treasury.address, method: "spend", args };
}

test("a proposal is made, voted on, waits, and spends", () => {
  const calls = [spend(artist, 200), spend(ben, 100)];
  const id = parliament.as(ann).propose(calls, "A mural");
  expect(parliament.state(id)).toBe("Pending");
  vm.advanceTime(DAY);
  expect(parliament.as(ann).castVote(id, "For")).toBe(3_000n);
  parliament.as(ben).castVote(id, "Against");
  expect(() => parliament.as(ann).castVote(id, "For")).toBeRevertedWith("GovernorAlreadyCastVote", { voter: ann });
  vm.advanceTime(3 * DAY);
  parliament.queue(calls, "A mural");
  expect(() => parliament.execute(calls, "A mural")).toBeRevertedWith("TimelockCallNotReady");
  vm.advanceTime(2 * DAY);
  parliament.execute(calls, "A mural");
  expect(parliament.state(id)).toBe("Executed");
  expect([artist, ben, treasury].map((who) => vm.balanceOf(who))).toEqual([200n, 100n, 200n]);
});

test("votes are those of the proposal's moment: sold, bought or burned later they count as then", () => {
  const id = parliament.as(ann).propose([spend(artist, 1)], "");
  votes.as(ann).transfer(artist, 3_000n);
  votes.as(founder).burn(6_000n);
  vm.advanceTime(DAY);
  expect(parliament.as(artist).castVote(id, "Against")).toBe(0n);
  expect(parliament.as(founder).castVote(id, "Abstain")).toBe(6_000n);
  expect(parliament.as(ann).castVote(id, "For")).toBe(3_000n);
});

test("without enough votes for it, or enough that take part, nothing is spent", () => {
  const calls = [spend(artist, 500)];
  const [lost, ignored] = ["lost", "ignored"].map((text) => parliament.as(ann).propose(calls, text));
  vm.advanceTime(DAY);
  parliament.as(ann).castVote(lost as Uint8Array, "For");
  parliament.as(founder).castVote(lost as Uint8Array, "Against");
  vm.advanceTime(3 * DAY);
  expect([lost, ignored].map((id) => parliament.state(id as Uint8Array))).toEqual(["Defeated", "Defeated"]);
  for (const text of ["lost", "ignored"]) {
    expect(() => parliament.queue(calls, text)).toBeRevertedWith("GovernorUnexpectedProposalState");
  }
});

test("nobody else spends, keeps balances, or proposes with too few votes", () => {
  expect(() => treasury.as(founder).spend(founder, 1n)).toBeRevertedWith("Unauthorized");
  expect(() => votes.as(founder).snapshot()).toBeRevertedWith("OwnableUnauthorizedAccount");
  expect(() => parliament.as(artist).propose([spend(artist, 1)], "")).toBeRevertedWith(
    "GovernorInsufficientProposerVotes",
  );
});
