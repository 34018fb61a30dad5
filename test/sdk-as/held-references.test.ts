// References into the stored state that are held while another contract runs: what the call back has changed is seen through
// them, and what is changed through them afterwards is stored, as with a storage pointer in Solidity.

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createQwvm } from "../../harness/index.js";
import type { LooseContract } from "../fixtures/loose-contract.js";
import { buildLoose } from "../fixtures/loose-contract.js";

let built: Awaited<ReturnType<typeof buildLoose>>;
let book: LooseContract;
let peer: LooseContract;
beforeAll(async () => {
  built = await buildLoose("effects");
});
afterAll(() => built.remove());
beforeEach(() => {
  const vm = createQwvm();
  peer = vm.deploy(built.definition("effects/peer"), []);
  book = vm.deploy(built.definition("effects/book"), [peer.address]);
});

test("everybody is paid once", () => {
  for (const amount of [10n, 20n, 30n]) book.hire(amount);
  expect(book.payAll()).toBe(60n);
  expect(book.payAll()).toBe(0n);
  expect([0, 1, 2].map((i) => book.salary(i).paid)).toEqual([true, true, true]);
});

test("parts of parts, changed by the call back and after it", () => {
  book.poke(1n);
  // rows is [[1]], then the call back makes it [[1, 2], [2]]; list is [1], then [1, 2]; names is ["1"], then ["1", "2"].
  expect(book.over(2n)).toEqual([2n, 2n, 2n, 2n, 2n, 2n]);
  // maybe was there after the first poke and is null after the second; the last of the list was raised, then 100 added.
  expect(book.whole()).toEqual({ n: 3n, name: "2!", part: { n: 2n, list: [1n, 3n, 100n] }, maybe: null });
  expect(book.row(0)).toEqual([1n, 2n, 200n]);
  expect(book.row(1)).toEqual([2n]);
  expect(book.part(1)).toEqual({ n: 2n, list: [300n] });
  expect(book.allNames()).toEqual(["mine", "2"]);
  // A third time, and maybe comes back.
  expect(book.over(7n)).toEqual([7n, 7n, 4n, 4n, 7n, 3n]);
  expect(book.whole()).toEqual({
    n: 8n,
    name: "7!",
    part: { n: 7n, list: [1n, 3n, 100n, 8n, 100n] },
    maybe: { n: 7n, list: [] },
  });
});

test("over two calls, with a field assigned before and after", () => {
  // 3, the call back makes it 4, + 1 = 5; the new object's 50 + 1.
  expect(book.twice()).toBe(51n);
  expect(book.whole()).toMatchObject({ n: 51n });
});

test("two fields that share an object do not get each other's value", () => {
  expect(book.shared()).toBe(901n);
  expect(book.whole()).toMatchObject({ n: 9n, name: "9" });
  expect(book.second()).toMatchObject({ n: 1n, name: "" });
  expect(book.sharedItems()).toBe(500n);
  expect([book.salary(0).amount, book.salary(1).amount]).toEqual([5n, 0n]);
});

test("what the call back has taken away stays away", () => {
  for (const amount of [10n, 20n, 30n]) book.hire(amount);
  book.poke(1n);
  expect(book.shorter()).toBe(1);
  expect(book.staff()).toBe(1);
  expect(book.salary(0)).toEqual({ amount: 11n, paid: false });
  expect(book.allNames()).toEqual(["last"]);
});
