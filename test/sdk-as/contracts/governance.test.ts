// Decisions: the timelock, the governor with and without it, and the router that stands in for upgrades.

import { sha3_256 } from "@noble/hashes/sha3.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { address, addressToBytes, createQwvm, type Qwvm, ZERO_ADDRESS } from "../../../harness/index.js";
import { buildLibrary, type Library } from "../../fixtures/library.js";

const [alice, bob, carol, dave] = [address("alice"), address("bob"), address("carol"), address("dave")];

let library: Library;
beforeAll(async () => {
  library = await buildLibrary("governance", "upgrade");
});
afterAll(() => library.remove());

const uint = (value: bigint, bytes: number) =>
  Uint8Array.from({ length: bytes }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
const sized = (value: Uint8Array) => concatBytes(uint(BigInt(value.length), 4), value);
const text = (value: string) => sized(utf8ToBytes(value));
const SALT = new Uint8Array(32).fill(7);
const DAY = 86_400n;

interface RolesMethods {
  grantRole(role: string, account: string): void;
  renounceRole(role: string): void;
}
interface BoxMethods {
  setValue(value: bigint): void;
  getValue(): bigint;
}
interface TimelockMethods extends RolesMethods {
  callId(to: string, method: string, args: Uint8Array, salt: Uint8Array): Uint8Array;
  getReadyTime(id: Uint8Array): bigint;
  getMinDelay(): bigint;
  schedule(to: string, method: string, args: Uint8Array, salt: Uint8Array, delay: bigint): Uint8Array;
  cancel(id: Uint8Array): void;
  execute(to: string, method: string, args: Uint8Array, salt: Uint8Array): Uint8Array;
  updateDelay(delay: bigint): void;
}

const deployBox = (vm: Qwvm, owner: string) => vm.deploy(library.definition<BoxMethods>("governance/box"), [owner]);

describe("Timelock", () => {
  function setUp() {
    const vm = createQwvm();
    const definition = library.definition<TimelockMethods>("governance/delay");
    const timelock = vm.deploy(definition, [DAY, alice], { from: alice });
    timelock.grantRole("proposer", bob);
    timelock.grantRole("executor", carol);
    timelock.grantRole("canceller", dave);
    return { vm, timelock, box: deployBox(vm, timelock.address) };
  }

  test("a call waits, and is carried out once", () => {
    const { vm, timelock, box } = setUp();
    const call = [box.address, "setValue", uint(5n, 8), SALT] as const;
    const id = sha3_256(concatBytes(addressToBytes(box.address), text("setValue"), sized(uint(5n, 8)), SALT));
    expect(timelock.callId(...call)).toEqual(id);
    const readyAt = BigInt(vm.block.timestamp) + DAY;
    expect(timelock.as(bob).schedule(...call, DAY)).toEqual(id);
    expect([timelock.getReadyTime(id), timelock.getMinDelay()]).toEqual([readyAt, DAY]);
    expect(() => timelock.as(bob).schedule(...call, DAY)).toThrow("TimelockExistingCall");
    vm.setTime(Number(readyAt) - 1);
    expect(() => timelock.as(carol).execute(...call)).toThrow("TimelockCallNotReady");
    vm.setTime(Number(readyAt));
    timelock.as(carol).execute(...call);
    expect([box.getValue(), timelock.getReadyTime(id)]).toEqual([5n, 1n]);
    expect(() => timelock.as(carol).execute(...call)).toThrow("TimelockCallNotReady");
    expect(() => timelock.as(bob).schedule(...call, DAY)).toThrow("TimelockExistingCall");
    expect(() => timelock.as(dave).cancel(id)).toThrow("TimelockCallNotReady");
  });

  test("who may do what, and the shortest delay", () => {
    const { vm, timelock, box } = setUp();
    const call = [box.address, "setValue", uint(5n, 8), SALT] as const;
    expect(() => timelock.as(carol).schedule(...call, DAY)).toThrow("Unauthorized");
    expect(() => timelock.as(bob).schedule(...call, DAY - 1n)).toThrow("TimelockInsufficientDelay");
    const id = timelock.as(bob).schedule(...call, DAY);
    vm.advanceTime(Number(DAY));
    expect(() => timelock.as(bob).execute(...call)).toThrow("Unauthorized");
    expect(() => timelock.as(bob).cancel(id)).toThrow("Unauthorized");
    timelock.as(dave).cancel(id);
    expect(() => timelock.as(carol).execute(...call)).toThrow("TimelockCallNotReady");
    expect(box.getValue()).toBe(0n);
  });

  test("changes its own delay by a call that waits; a call that fails can be tried again", () => {
    const { vm, timelock, box } = setUp();
    expect(() => timelock.as(alice).updateDelay(0n)).toThrow("Unauthorized");
    const change = [timelock.address, "updateDelay", uint(10n, 8), SALT] as const;
    const unlucky = [box.address, "setValue", uint(13n, 8), SALT] as const;
    timelock.as(bob).schedule(...change, DAY);
    const id = timelock.as(bob).schedule(...unlucky, DAY);
    vm.advanceTime(Number(DAY));
    timelock.as(carol).execute(...change);
    expect(timelock.getMinDelay()).toBe(10n);
    expect(() => timelock.as(carol).execute(...unlucky)).toThrow("13 is unlucky");
    expect(timelock.getReadyTime(id)).toBeGreaterThan(1n);
  });
});

interface Call {
  readonly to: string;
  readonly method: string;
  readonly args: Uint8Array;
}
interface GovernorMethods {
  propose(calls: readonly Call[], description: string): Uint8Array;
  castVote(id: Uint8Array, support: "Against" | "For" | "Abstain"): bigint;
  queue(calls: readonly Call[], description: string): void;
  execute(calls: readonly Call[], description: string): void;
  cancel(id: Uint8Array): void;
  state(id: Uint8Array): string;
  hasVoted(id: Uint8Array, account: string): boolean;
  executor(): string;
  proposalId(calls: readonly Call[], description: string): Uint8Array;
  getProposal(id: Uint8Array): { quorum: bigint; forVotes: bigint; againstVotes: bigint; abstainVotes: bigint };
  updateSettings(delay: bigint, period: bigint, quorum: number, threshold: bigint): void;
}
interface VotesMethods extends RolesMethods {
  transfer(to: string, value: bigint): void;
}

const [DELAY, PERIOD] = [100, 1_000];

/** Alice has 500 votes, Bob 300, Carol 200, and 30 % must take part. */
function setUpGovernor(withTimelock = false) {
  const vm = createQwvm();
  const votes = vm.deploy(library.definition<VotesMethods>("governance/votes"), [1_000n], { from: alice });
  votes.transfer(bob, 300n);
  votes.transfer(carol, 200n);
  const timelock = vm.deploy(library.definition<TimelockMethods>("governance/delay"), [DAY, alice], { from: alice });
  const governor = vm.deploy(library.definition<GovernorMethods>("governance/dao"), [
    votes.address,
    withTimelock ? timelock.address : ZERO_ADDRESS,
    BigInt(DELAY),
    BigInt(PERIOD),
    30,
    100n,
  ]);
  votes.grantRole("snapshot", governor.address);
  for (const role of ["proposer", "executor"]) timelock.grantRole(role, governor.address);
  const box = deployBox(vm, governor.executor());
  const calls = [5n, 6n].map((value) => ({ to: box.address, method: "setValue", args: uint(value, 8) }));
  return { vm, votes, timelock, governor, box, calls };
}

describe("Governor", () => {
  test("a proposal is voted on by the balances of its moment, and carried out", () => {
    const { vm, votes, governor, box, calls } = setUpGovernor();
    const id = governor.as(bob).propose(calls, "set it");
    expect(governor.events().at(-1)).toMatchObject({
      name: "ProposalCreated",
      args: { proposer: bob, description: "set it" },
    });
    const encoded = calls.map(({ to, method, args }) => concatBytes(addressToBytes(to), text(method), sized(args)));
    expect(id).toEqual(sha3_256(concatBytes(uint(2n, 4), ...encoded, text("set it"))));
    expect(governor.state(id)).toBe("Pending");
    expect(() => governor.as(bob).castVote(id, "For")).toThrow("GovernorUnexpectedProposalState");
    // Moving tokens now gives nobody a second vote.
    votes.as(bob).transfer(dave, 300n);
    vm.advanceTime(DELAY);
    expect(governor.state(id)).toBe("Active");
    expect(governor.as(bob).castVote(id, "For")).toBe(300n);
    expect(governor.as(dave).castVote(id, "Against")).toBe(0n);
    expect(governor.as(carol).castVote(id, "Against")).toBe(200n);
    expect(() => governor.as(bob).castVote(id, "For")).toThrow("GovernorAlreadyCastVote");
    expect([governor.hasVoted(id, bob), governor.hasVoted(id, alice)]).toEqual([true, false]);
    expect(governor.getProposal(id)).toMatchObject({
      quorum: 300n,
      forVotes: 300n,
      againstVotes: 200n,
      abstainVotes: 0n,
    });
    expect(() => governor.execute(calls, "set it")).toThrow("GovernorUnexpectedProposalState");
    vm.advanceTime(PERIOD);
    expect(governor.state(id)).toBe("Succeeded");
    governor.as(dave).execute(calls, "set it");
    expect([governor.state(id), box.getValue()]).toEqual(["Executed", 6n]);
    expect(() => governor.execute(calls, "set it")).toThrow("GovernorUnexpectedProposalState");
    expect(() => governor.as(bob).propose(calls, "set it")).toThrow("GovernorUnexpectedProposalState");
    expect(() => governor.execute(calls, "something else")).toThrow("GovernorUnexpectedProposalState");
  });

  test("through a timelock it waits there", () => {
    const { vm, governor, timelock, box, calls } = setUpGovernor(true);
    expect(governor.executor()).toBe(timelock.address);
    const id = governor.as(alice).propose(calls, "");
    vm.advanceTime(DELAY);
    governor.as(alice).castVote(id, "For");
    vm.advanceTime(PERIOD);
    expect(() => governor.execute(calls, "")).toThrow("GovernorUnexpectedProposalState");
    governor.queue(calls, "");
    expect(governor.state(id)).toBe("Queued");
    vm.advanceTime(Number(DAY) - 1);
    expect(() => governor.execute(calls, "")).toThrow("TimelockCallNotReady");
    vm.advanceTime(1);
    governor.execute(calls, "");
    expect([governor.state(id), box.getValue()]).toEqual(["Executed", 6n]);
  });

  test("changes its settings by a proposal alone; a call that fails undoes all", () => {
    const { vm, governor, box, calls } = setUpGovernor();
    expect(() => governor.as(alice).updateSettings(0n, 1n, 0, 0n)).toThrow("Unauthorized");
    const settings = concatBytes(uint(0n, 8), uint(50n, 8), uint(10n, 1), uint(0n, 32));
    const change = [{ to: governor.address, method: "updateSettings", args: settings }];
    const unlucky = [calls[0] as Call, { to: box.address, method: "setValue", args: uint(13n, 8) }];
    const ids = [change, unlucky].map((list) => governor.as(alice).propose(list, "x"));
    vm.advanceTime(DELAY);
    for (const id of ids) governor.as(alice).castVote(id, "For");
    vm.advanceTime(PERIOD);
    governor.execute(change, "x");
    expect(governor.state(governor.as(dave).propose(calls, "now"))).toBe("Active");
    expect(() => governor.execute(unlucky, "x")).toThrow("13 is unlucky");
    expect([governor.state(ids[1] as Uint8Array), box.getValue()]).toEqual(["Succeeded", 0n]);
  });

  test("is proposed by those with votes, and taken back by its proposer before the vote", () => {
    const { vm, governor, calls } = setUpGovernor();
    expect(() => governor.as(dave).propose(calls, "")).toThrow("0 votes, but a proposal needs 100");
    const id = governor.as(carol).propose(calls, "");
    expect(() => governor.as(alice).cancel(id)).toThrow("GovernorOnlyProposer");
    governor.as(carol).cancel(id);
    vm.advanceTime(DELAY);
    expect(governor.state(id)).toBe("Canceled");
    expect(() => governor.as(alice).castVote(id, "For")).toThrow("GovernorUnexpectedProposalState");
    expect(governor.state(new Uint8Array(32))).toBe("Unknown");
    // The same again, by whoever meant it.
    expect(governor.as(alice).propose(calls, "")).toEqual(id);
    vm.advanceTime(DELAY);
    governor.as(alice).castVote(id, "For");
    vm.advanceTime(PERIOD);
    expect(governor.state(id)).toBe("Succeeded");
  });

  test("succeeds exactly when more are for it than against it, and enough take part", () => {
    const vote = fc.constantFrom("For", "Against", "Abstain", undefined);
    fc.assert(
      fc.property(fc.tuple(vote, vote, vote), (cast) => {
        const { vm, governor, calls } = setUpGovernor();
        const id = governor.as(alice).propose(calls, "");
        vm.advanceTime(DELAY);
        const sums = { For: 0, Against: 0, Abstain: 0 };
        for (const [index, support] of cast.entries()) {
          if (support === undefined) continue;
          governor.as([alice, bob, carol][index] as string).castVote(id, support);
          sums[support] += [500, 300, 200][index] as number;
        }
        vm.advanceTime(PERIOD);
        const isWon = sums.For > sums.Against && sums.For + sums.Abstain >= 300;
        expect(governor.state(id)).toBe(isWon ? "Succeeded" : "Defeated");
        expect(governor.receipt.execute(calls, "").status === "success").toBe(isWon);
      }),
      { numRuns: 40 },
    );
  });
});

describe("Router and Routed", () => {
  interface FrontMethods {
    forward(method: string, args: Uint8Array): Uint8Array;
    upgradeTo(implementation: string): void;
    getImplementation(): string;
  }
  interface CounterMethods {
    createRouted(router: string): void;
    add(sender: string): bigint;
    countOf(account: string): bigint;
    getRouter(): string;
  }

  test("an address stays, the contract behind it changes, and storage does not move", () => {
    const vm = createQwvm();
    const deployFront = (to: string) =>
      vm.deploy(library.definition<FrontMethods>("upgrade/front"), [alice, to], { from: alice });
    const front = deployFront(bob);
    const [first, second] = ["upgrade/counter-v1", "upgrade/counter-v2"].map((path) =>
      vm.deploy(library.definition<CounterMethods>(path), [front.address]),
    );
    if (first === undefined || second === undefined) throw new Error("not deployed");
    front.upgradeTo(first.address);
    expect(front.events()).toMatchObject([
      { name: "Upgraded", args: { previous: bob, implementation: first.address } },
    ]);
    expect(front.as(carol).forward("add", new Uint8Array())).toEqual(uint(1n, 8));
    expect(front.as(carol).forward("add", new Uint8Array())).toEqual(uint(2n, 8));
    expect([first.countOf(carol), first.getRouter()]).toEqual([2n, front.address]);
    expect(() => first.as(carol).add(carol)).toThrow("Unauthorized");
    expect(() => front.as(carol).upgradeTo(second.address)).toThrow("Unauthorized");
    expect(() => front.upgradeTo(ZERO_ADDRESS)).toThrow("RouterInvalidImplementation");
    expect(() => front.upgradeTo(front.address)).toThrow("RouterInvalidImplementation");
    front.upgradeTo(second.address);
    expect(front.getImplementation()).toBe(second.address);
    expect(front.as(carol).forward("add", new Uint8Array())).toEqual(uint(2n, 8));
    expect([first.countOf(carol), second.countOf(carol)]).toEqual([2n, 2n]);
    // What the contract behind has no method for, or refuses, fails in the same words.
    expect(() => front.forward("subtract", new Uint8Array())).toThrow("UnknownMethod");
    expect(() => deployFront(ZERO_ADDRESS)).toThrow("RouterInvalidImplementation");
  });
});
