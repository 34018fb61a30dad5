// Contracts that survive their callees' failures, called by somebody who has left them little depth, stack or gas.

import { afterAll, beforeAll, expect, test } from "vitest";
import { address, createQwvm, type Qwvm } from "../../harness/index.js";
import { type BuiltProject, buildProject } from "../client/built-contracts.js";

/** Tells a receiver, and goes on if the receiver fails; as a wallet tells whom it has paid. */
const NOTIFIER = `import { Address, Bytes, contract, execute, query, Remote, remote, tryCallContract } from "qwvm/sdk-as";
@remote class ReceiverLike extends Remote { @execute hello(): void {} }
@contract export class Notifier {
  told: u32;
  skipped: u32;
  @execute notify(to: Address): void {
    this.told += 1;
    const receiver = ReceiverLike.at(to).catching();
    receiver.hello();
    if (receiver.failed) this.skipped += 1;
  }
  @execute notifyRaw(to: Address): void {
    this.told += 1;
    if (!tryCallContract(to, "hello", Bytes.empty).success) this.skipped += 1;
  }
  @query counts(): u32[] { return [this.told, this.skipped]; }
}
`;
const RECEIVER = `import { contract, execute, query } from "qwvm/sdk-as";
@contract export class Receiver {
  heard: u32;
  mood: u32;
  @execute setMood(mood: u32): void { this.mood = mood; }
  @execute hello(): void {
    this.heard += 1;
    if (this.mood == 1) this.heard = this.deep(1);
    while (this.mood == 2) this.heard = this.heard ^ 1;
  }
  @query getHeard(): u32 { return this.heard; }
  private deep(n: u32): u32 { return n == 0 ? 0 : this.deep(n + 1) ^ n; }
}
`;
/** Comes to the notifier through calls of itself, or through recursion that uses the stack up. */
const ATTACKER = `import { Address, context, contract, execute, Remote, remote } from "qwvm/sdk-as";
@remote class Self extends Remote { @execute calls(left: u32, raw: bool, notifier: Address, to: Address): void {} }
@remote class NotifierLike extends Remote { @execute notify(to: Address): void {} @execute notifyRaw(to: Address): void {} }
@contract export class Attacker {
  @execute calls(left: u32, raw: bool, notifier: Address, to: Address): void {
    if (left == 0) this.tell(raw, notifier, to);
    else Self.at(context.self).catching().calls(left - 1, raw, notifier, to);
  }
  @execute recursion(left: u32, notifier: Address, to: Address): u32 { return this.descend(left, notifier, to); }
  private descend(left: u32, notifier: Address, to: Address): u32 {
    if (left == 0) { this.tell(false, notifier, to); return 1; }
    return this.descend(left - 1, notifier, to) ^ left;
  }
  private tell(raw: bool, notifier: Address, to: Address): void {
    const other = NotifierLike.at(notifier).catching();
    if (raw) other.notifyRaw(to);
    else other.notify(to);
  }
}
`;

// biome-ignore lint/suspicious/noExplicitAny: contracts of this test alone.
type Loose = any;
let project: BuiltProject;
beforeAll(async () => {
  project = await buildProject({ "notifier.ts": NOTIFIER, "receiver.ts": RECEIVER, "attacker.ts": ATTACKER });
});
afterAll(() => project.remove());

function deploy(vm: Qwvm): Record<"notifier" | "receiver" | "attacker", Loose> {
  const client = (name: string): Loose => vm.deploy(project.definition(name), []);
  return { notifier: client("notifier"), receiver: client("receiver"), attacker: client("attacker") };
}
const GAS = { gasLimit: 1_000_000_000 };

test("a receiver that works is heard, or the notifier's call is undone: at every depth", () => {
  const vm = createQwvm();
  const { notifier, receiver, attacker } = deploy(vm);
  const clean = vm.snapshot();
  const seen: string[] = [];
  for (const raw of [false, true]) {
    for (let left = 55; left <= 64; left++) {
      vm.restore(clean);
      const receipt = attacker.with(GAS).receipt.calls(left, raw, notifier, receiver);
      const [told, skipped] = notifier.counts();
      expect([receipt.status, skipped, receiver.getHeard()], `${left} calls`).toEqual(["success", 0, told]);
      seen.push(`${left}: ${told}`);
    }
  }
  // The notifier is one deeper than there are calls, and its receiver two: 62 are the most.
  expect(seen).toContain("62: 1");
  expect(seen).toContain("63: 0");
});

test("a receiver that works is heard, or the notifier's call is undone: with whatever stack is left", () => {
  const vm = createQwvm();
  const { notifier, receiver, attacker } = deploy(vm);
  const clean = vm.snapshot();
  const outcomes = new Map<string, number>();
  for (let left = 0; left < 2_000; left += 3) {
    vm.restore(clean);
    const receipt = attacker.with(GAS).receipt.recursion(left, notifier, receiver);
    const [told, skipped] = notifier.counts();
    expect([skipped, receiver.getHeard()], `${left} frames, ${receipt.status}`).toEqual([0, told]);
    const outcome = `${receipt.status} ${told}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  expect([...outcomes.keys()].sort()).toEqual(["success 1", "trapped 0"]);
});

test("a receiver that uses up the stack or its gas is survived", () => {
  for (const [mood, status] of [
    [1, "trapped"],
    [2, "out_of_gas"],
  ] as const) {
    const { notifier, receiver } = deploy(createQwvm());
    receiver.setMood(mood);
    for (const method of ["notify", "notifyRaw"]) {
      const receipt = notifier.with({ gasLimit: 20_000_000 }).receipt[method](receiver);
      expect([receipt.status, receipt.trace.calls[0].status]).toEqual(["success", status]);
    }
    expect([notifier.counts(), receiver.getHeard()]).toEqual([[2, 2], 0]);
    const nobody = notifier.receipt.notify(address("nobody"));
    expect([nobody.status, notifier.counts()]).toEqual(["success", [3, 3]]);
  }
});

test("the receipt of a call that is too deep says so", () => {
  const vm = createQwvm({ limits: { callDepth: 1 } });
  const { notifier, receiver, attacker } = deploy(vm);
  const receipt = attacker.receipt.calls(0, false, notifier, receiver);
  expect([receipt.status, receipt.trace.calls[0].status, notifier.counts()]).toEqual(["success", "trapped", [0, 0]]);
  const shallow = createQwvm({ limits: { stackBytes: 2_000 } });
  const small = deploy(shallow);
  small.receiver.setMood(1);
  expect(() => small.notifier.notify(small.receiver)).toThrow(
    /needs more stack than the \d+ bytes that were left when it was called; with fewer than 16384 its caller fails, too/,
  );
});
