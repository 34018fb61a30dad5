// Queries change nothing and take no value, whichever way they are served: as a query, as a transaction, by another contract.

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Account, createQwvm, type Qwvm } from "../../harness/index.js";
import { buildLoose, type LooseContract } from "../fixtures/loose-contract.js";

let built: Awaited<ReturnType<typeof buildLoose>>;
let vm: Qwvm;
let sneak: LooseContract;
let alice: Account;
beforeAll(async () => {
  built = await buildLoose("effects");
});
afterAll(() => built.remove());
beforeEach(() => {
  vm = createQwvm();
  alice = vm.account("alice", { balance: 1_000n });
  const peer: LooseContract = vm.deploy(built.definition("effects/peer"), []);
  peer.ping();
  sneak = vm.deploy(built.definition("effects/sneak"), [peer.address]);
  sneak.grow();
});

/** The same as a transaction: `execute` serves queries for other contracts. */
const send = (method: string, value = 0n) =>
  vm.chain.send({
    kind: "execute",
    from: alice.address,
    to: sneak.address,
    method,
    args: new Uint8Array(),
    value,
    gasLimit: 10_000_000,
  });

test.each(["hidden", "hiddenList", "hiddenOver"])("%s reverts with WriteInQuery", (method) => {
  expect(() => sneak[method]()).toThrow(/WriteInQuery: a @query would have changed state/);
  const receipt = send(method);
  expect(receipt.status).toBe("reverted");
  // The code alone, little-endian.
  expect(receipt.failure).toMatchObject({ data: Uint8Array.of(20, 0, 0, 0) });
  expect(receipt.stateChanges.filter(({ kind }) => kind === "storage")).toEqual([]);
  expect(sneak.all()).toEqual([1n]);
});

test("what changes nothing is served as a query and as a transaction", () => {
  expect([sneak.asks(), sneak.restored(), sneak.all()]).toEqual([2n, 2n, [1n]]);
  expect(["asks", "restored", "all"].map((method) => send(method).status)).toEqual(["success", "success", "success"]);
});

test("value sent to a query is refused, and a transaction's state goes on afterwards", () => {
  const receipt = send("all", 5n);
  expect(receipt.failure).toMatchObject({ data: Uint8Array.of(3, 0, 0, 0) });
  expect([vm.chain.balance(sneak.address), vm.chain.balance(alice.address)]).toEqual([0n, 1_000n]);
  expect(send("pay", 5n).status).toBe("success");
  expect(vm.chain.balance(sneak.address)).toBe(5n);
  sneak.grow();
  expect(sneak.all()).toEqual([1n, 2n]);
});
