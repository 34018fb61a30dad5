// What qwvm 0.1.0 has stored is read and changed rightly by today's build, and its layout file is carried over. The storage
// was written by the build of 5e1c765: test/fixtures/storage-0.1.0/write-storage.mjs says how.

import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuildResult, compileContracts } from "../../harness/compiler.js";
import type { Abi } from "../../harness/core/abi.js";
import { address, createQwvm, defineContract } from "../../harness/index.js";

const SOURCES = fileURLToPath(new URL("../fixtures/contracts/storage-0.1.0", import.meta.url));
const STORAGE = new URL("../fixtures/storage-0.1.0/storage.json", import.meta.url);
const LAYOUT = "contracts/everything.layout.json";
const [alice, bob] = [address("alice"), address("bob")];
const WORD = "00112233445566778899aabbccddeeff";

const root = mkdtempSync(join(tmpdir(), "qwvm-older-"));
let built: BuildResult;
beforeAll(async () => {
  cpSync(SOURCES, join(root, "contracts"), { recursive: true });
  built = await compileContracts({ root });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const entries = Object.entries(JSON.parse(readFileSync(STORAGE, "utf8")) as Record<string, string>);
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

// biome-ignore lint/suspicious/noExplicitAny: a contract of this test alone.
type Loose = any;

/** The contract with the storage of the old build, and nothing of what its deployment has stored here. */
function withOldStorage() {
  const file = (ending: string) => join(root, `build/everything${ending}`);
  const abi = JSON.parse(readFileSync(file(".abi.json"), "utf8")) as Abi;
  const vm = createQwvm();
  const client: Loose = vm.deploy(
    defineContract({ name: abi.name, abi, wasm: pathToFileURL(file(".wasm")) }) as Loose,
    [address("somebody else")] as Loose,
  );
  for (const [key] of vm.chain.storageEntries(client.address)) {
    vm.chain.powers.setStorage(client.address, key, undefined);
  }
  for (const [key, value] of entries) vm.chain.powers.setStorage(client.address, bytes(key), bytes(value));
  return { vm, client };
}

const item = (name: string, owner: string, price: bigint) => ({
  name,
  owner,
  price,
  color: "Blue",
  places: [
    { x: -5, y: 2n ** 40n },
    { x: 6, y: -7n },
  ],
  note: "fine",
  data: bytes("0102ff"),
});
/** The values that `fill` gives the plain fields, as text. */
const PLAIN = [
  "200",
  "60000",
  "4000000000",
  2n ** 64n - 1n,
  2n ** 128n - 1n,
  2n ** 255n - 1n,
  "-128",
  "-32768",
  -(2n ** 31n),
  -(2n ** 63n),
  -(2n ** 127n),
  "-5",
  "grüße 😀",
].map(String);

test("it builds, and the layout file of version 1 becomes one of version 2 with the same fields", () => {
  expect(built.diagnostics).toEqual([]);
  const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
  const [before, after] = [read(join(SOURCES, "everything.layout.json")), read(join(root, LAYOUT))];
  expect([before.layoutVersion, after.layoutVersion]).toEqual([1, 2]);
  expect({ ...after, layoutVersion: 1 }).toEqual(before);
});

test("plain fields are what they were", () => {
  const { client } = withOldStorage();
  expect(client.plain()).toEqual(PLAIN);
  expect([client.getBool(), client.getAddress(), client.getColor()]).toEqual([true, alice, "Green"]);
  expect(client.getHash()).toEqual(bytes(WORD + WORD));
  expect(client.getItem()).toEqual(item("first", alice, 12345678901234567890123n));
  expect([client.getOption(), client.getNoOption()]).toEqual(["there", null]);
  expect(client.getNumbers()).toEqual([1, 2, 65535]);
  expect(client.getItems()).toEqual([item("a", alice, 1n), item("", client.address, 2n)]);
  expect(client.getPairs()).toEqual([11n, 2n ** 64n - 2n]);
  expect(client.getNested()).toEqual([[1], [], [2, 3]]);
  expect(client.getLazy()).toEqual([5n, 6n]);
});

test("collections are what they were", () => {
  const { client } = withOldStorage();
  expect([client.atAddress(alice), client.atAddress(bob)]).toEqual([77n, 2n ** 256n - 1n]);
  expect(client.atNumber(9n)).toEqual(item("nine", bob, 9n));
  expect([client.atText("blau"), client.atText(""), client.atText("x")]).toEqual(["Blue", "Green", "Red"]);
  expect([client.atHash(bytes(WORD + WORD)), client.atHash(new Uint8Array(32))]).toEqual([true, false]);
  expect([client.atBytes(bytes("00")), client.atWide(2n ** 64n)]).toEqual([-3, "wide"]);
  expect([client.atTwo(alice, 1), client.atTwo(bob, 2), client.atTwo(bob, 1)]).toEqual([10n, 20n, 0n]);
  expect(client.allNumbers()).toEqual([1000, 2000, 3000]);
  expect(client.allItems()).toEqual([item("in the list", alice, 3n)]);
  expect(client.allPeople()).toEqual([alice, bob]);
  expect([client.scoreNames(), client.scoreValues()]).toEqual([
    ["ann", "bob", "cleo"],
    [-1n, 2n, 3n],
  ]);
  expect([client.listOf(7), client.listOf(8)]).toEqual([["a", "b"], ["other"]]);
  expect([client.groupOf("Blue"), client.groupOf("Red")]).toEqual([[6n], []]);
  expect(client.tableOf(300)).toEqual([
    { x: 1, y: 2n },
    { x: 3, y: 4n },
  ]);
});

test("what the library, guards and signatures have stored is what it was", () => {
  const { vm, client } = withOldStorage();
  expect([client.totalSupply(), client.balanceOf(alice)]).toEqual([10n ** 21n, 10n ** 21n]);
  expect([client.getOwner(), client.hasRole("minter", bob), client.hasRole("admin", alice)]).toEqual([
    alice,
    true,
    true,
  ]);
  expect(client.metadata()).toEqual({ name: "Everything", symbol: "EV" });
  const signer = vm.account("signer");
  // One signature was used: the client finds the next nonce, and the contract asks for it.
  expect(() =>
    client.sign(signer.publicKey, { nonce: 0n, publicKey: signer.publicKey, signature: new Uint8Array(3309) }),
  ).toThrow(/BadNonce\(expected: 1n\)/);
  client.sign(signer.publicKey, signer);
  expect(client.getBytes()).toEqual(signer.publicKey.slice(0, 3));
});

test("later calls change it as they always did", () => {
  const { client } = withOldStorage();
  client.change(alice);
  expect(client.plain()).toEqual(PLAIN.map((text, i) => (i === 5 ? String(2n ** 255n) : text)));
  expect(client.getNumbers()).toEqual([1, 2, 65535, 9]);
  expect(client.getItem().places[0]).toEqual({ x: -5, y: 2n ** 40n + 1n });
  expect(client.atAddress(alice)).toBe(78n);
  expect(client.allNumbers()).toEqual([4, 2000, 3000]);
  expect(client.allPeople()).toEqual([bob]);
  expect(client.scoreNames()).toEqual(["cleo", "bob"]);
  expect(client.listOf(7)).toEqual(["a", "b", "c"]);
});
