// Signed methods and calls through interfaces, in the real machine with real Dilithium signatures.

import { readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { pathToFileURL } from "node:url";
import { serialize } from "borsh";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ContractDefinition } from "../../harness/client/contract-types.js";
import { defineContract, defineInterface } from "../../harness/client/define-contract.js";
import type { Abi } from "../../harness/core/abi.js";
import { type Account, addressToBytes, createQwvm, type Qwvm, signedMessage } from "../../harness/index.js";
import { join } from "../fixtures/deployed.js";
import { buildFixtures } from "../fixtures/temp-project.js";

// biome-ignore lint/suspicious/noExplicitAny: right and wrong arguments alike.
type Loose = (...args: any[]) => any;
type Methods = Record<"byKey" | "byOwner" | "byParam" | "byPub" | "get" | "add" | "tryAdd" | "both" | "chain", Loose>;

let root: string;
let remove: () => void;
const definitions = new Map<string, ContractDefinition<unknown[], Methods>>();
beforeAll(async () => {
  const built = await buildFixtures(["signed"]);
  remove = built.remove;
  root = built.root;
  expect(built.result.diagnostics.map(({ code, file }) => [code, file])).toEqual([
    ["QW145", "contracts/signed/user.ts"],
  ]);
  for (const base of ["bank", "user"]) {
    const file = (ending: string) => joinPath(root, "build", `signed/${base}${ending}`);
    const abi = JSON.parse(readFileSync(file(".abi.json"), "utf8")) as Abi;
    definitions.set(base, defineContract({ name: abi.name, abi, wasm: pathToFileURL(file(".wasm")) }));
  }
});
afterAll(() => remove());

const definition = (name: string) => definitions.get(name) as ContractDefinition<unknown[], Methods>;
const setUp = (vm: Qwvm, alice: Account, bob: Account) => vm.deploy(definition("bank"), [alice.publicKey, bob.address]);

let vm: Qwvm;
let alice: Account;
let bob: Account;
let bank: ReturnType<typeof setUp>;
beforeEach(() => {
  vm = createQwvm();
  alice = vm.account("alice");
  bob = vm.account("bob");
  bank = setUp(vm, alice, bob);
});

describe("@signed", () => {
  test("by a public key in a field", () => {
    bank.byKey(1n, alice);
    bank.byKey(2n, alice);
    expect(bank.get()).toBe(2n);
    expect(() => bank.byKey(3n, bob)).toThrow(/BadSignature/);
  });

  test("by an address in a field, a parameter's address, a parameter's key", () => {
    bank.byOwner(7n, bob);
    expect(() => bank.byOwner(2n, alice)).toThrow(/BadSignature/);
    bank.byParam(alice, 8n, alice);
    expect(() => bank.byParam(alice, 9n, bob)).toThrow(/BadSignature/);
    bank.byPub(bob.publicKey, 10n, bob);
    expect(() => bank.byPub(bob.publicKey, 11n, alice)).toThrow(/BadNonce|BadSignature/);
    expect(bank.get()).toBe(10n);
  });

  test("signs these bytes", () => {
    const { address: contract } = bank;
    const args = serialize("u64", 5n);
    const expected = join(
      serialize("string", "qwvm.signed.v2"),
      serialize("u64", 31_337n),
      addressToBytes(contract),
      serialize("string", "byKey"),
      serialize("u64", 0n),
      serialize({ array: { type: "u8" } }, [...args]),
    );
    expect(signedMessage({ contract, method: "byKey", nonce: 0n, args })).toEqual(expected);
    expect(signedMessage({ chainId: 31_337, contract, method: "byKey", nonce: 0n, args })).toEqual(expected);
    bank.byKey(5n, { nonce: 0n, signature: alice.sign(expected) });
    expect(bank.get()).toBe(5n);
  });

  test("works once, in order, for this contract, this method and these arguments alone", () => {
    const signature = (contract = bank.address, method = "byKey", nonce = 0n, value = 5n) =>
      alice.sign(signedMessage({ contract, method, nonce, args: serialize("u64", value) }));
    const other = setUp(vm, alice, bob);
    expect(() => bank.byKey(5n, { nonce: 0n, signature: signature(other.address) })).toThrow(/BadSignature/);
    expect(() => bank.byKey(5n, { nonce: 0n, signature: signature(bank.address, "byOwner") })).toThrow(/BadSignature/);
    expect(() => bank.byKey(6n, { nonce: 0n, signature: signature() })).toThrow(/BadSignature/);
    expect(() => bank.byKey(5n, { nonce: 1n, signature: signature(bank.address, "byKey", 1n) })).toThrow(
      /BadNonce\(expected: 0n\)/,
    );
    bank.byKey(5n, { nonce: 0n, signature: signature() });
    expect(() => bank.byKey(5n, { nonce: 0n, signature: signature() })).toThrow(/BadNonce\(expected: 1n\)/);
    // A call that fails later takes its nonce back, as everything else.
    expect(bank.storage(join(new TextEncoder().encode("%nonce/key")))).toEqual(serialize("u64", 1n));
  });

  test("is for one chain alone: a signature for another is worth nothing here", () => {
    const chainId = 2n ** 64n - 2n;
    const other = createQwvm({ chainId });
    const twin = setUp(other, other.account("alice"), other.account("bob"));
    expect(twin.address).toBe(bank.address);
    const call = { contract: bank.address, method: "byKey", nonce: 0n, args: serialize("u64", 5n) };
    const here = { nonce: 0n, signature: alice.sign(signedMessage(call)) };
    const there = { nonce: 0n, signature: alice.sign(signedMessage({ ...call, chainId })) };
    expect(() => twin.byKey(5n, here)).toThrow(/BadSignature/);
    expect(() => bank.byKey(5n, there)).toThrow(/BadSignature/);
    bank.byKey(5n, here);
    twin.byKey(5n, there);
    // Accounts sign for the chain that they are called on, before and after it has gone back to a snapshot.
    const clean = other.snapshot();
    twin.byKey(6n, other.account("alice"));
    other.restore(clean);
    twin.byKey(7n, other.account("alice"));
    expect([bank.get(), twin.get()]).toEqual([5n, 7n]);
    expect([bank.chain(), twin.chain(), other.chainId]).toEqual([31_337n, chainId, chainId]);
    for (const wrong of [-1, 2 ** 53, 2n ** 64n, "1", null]) {
      expect(() => signedMessage({ ...call, chainId: wrong as never })).toThrow(
        expect.objectContaining({ code: "BAD_CHAIN_ID" }),
      );
    }
  });

  test("what is no signature is refused before the machine runs", () => {
    expect(() => bank.byParam(alice, 9n)).toThrow(/byParam is signed, but 2 arguments/);
    expect(() => bank.byParam(alice, 9n, "x")).toThrow(/argument 3 is who signs, but got "x"/);
    expect(() => bank.byKey(5n, { nonce: 0n, signature: new Uint8Array(10) })).toThrow(/BadSignature/);
  });
});

describe("calls through an interface", () => {
  const deployUser = () => vm.deploy(definition("user"), [bank.address]);

  test("give the decoded answer", () => {
    const user = deployUser();
    expect(user.add(5n)).toBe(5n);
    expect(user.both()).toEqual(["a", "b", "5"]);
  });

  test("revert as the other contract did, unless the failure is caught", () => {
    const user = deployUser();
    expect(() => user.add(200n)).toThrow("TooLittle(needed: 100n, there: 200n): 100 are needed, 200 are there");
    // The code, and two fields of eight bytes.
    expect(user.tryAdd(200n)).toBe(20n);
    expect(user.tryAdd(6n)).toBe(6n);
  });

  test("an answer that is no such value is a typed revert", () => {
    const user = vm.deploy(definition("user"), [alice.address]);
    // An account has no code: the call succeeds with nothing, or fails; either way there is no u64 to read.
    expect(() => user.add(1n)).toThrow(/CallFailed/);
  });

  test("the class is a definition for tests, too", async () => {
    const text = readFileSync(joinPath(root, "build/signed/user.interfaces.js"), "utf8");
    const abi = JSON.parse(/abi: (.*) \}\);/.exec(text)?.[1] as string) as Abi;
    const BankLike = defineInterface<Pick<Methods, "get" | "add">>({ name: "BankLike", abi });
    const client = vm.at(BankLike, bank.address);
    client.add(3n);
    expect(client.get()).toBe(3n);
    expect(() => vm.deploy(BankLike, [] as never)).toThrow(/BankLike is an interface/);
  });
});

describe("a build for the documented host functions alone", () => {
  test("runs contracts of the library with nine host functions, and says why failures have no reason", async () => {
    const { buildProject } = await import("../client/built-contracts.js");
    const source = `import { type Address, contract, init, mix, nonReentrant, execute, payable, u256 } from "qwvm/sdk-as";
import { ERC20 } from "qwvm/sdk-as/contracts/erc20";
import { Ownable } from "qwvm/sdk-as/contracts/ownable";
@contract
export class Coin extends mix(ERC20, Ownable) {
  @init setUp(owner: Address): void { this.createOwnable(owner); }
  @nonReentrant @execute hello(): void {}
  @payable @execute give(): void {}
}
`;
    const project = await buildProject({ "coin.ts": source }, { hostFunctions: "documented" });
    try {
      const machine = createQwvm({ hostFunctions: "documented" });
      // biome-ignore lint/suspicious/noExplicitAny: a contract of this test alone.
      const coin: any = machine.deploy(project.definition("coin"), [alice.address]);
      coin.hello();
      expect(coin.totalSupply()).toBe(0n);
      expect(() => coin.transfer(bob, 5n)).toThrow(/a build for the documented host functions alone cannot say which/);
      // It cannot refuse value, so the client does, and the interface says so to others.
      const rich = machine.account("rich", { balance: 9n });
      expect(project.definition("coin").abi.keepsValue).toBe(true);
      const paying = coin.with({ from: rich, value: 5n });
      expect(() => paying.hello()).toThrow(/Coin\.hello is not @payable, and Coin would keep the 5/);
      expect(machine.chain.balance(rich.address)).toBe(9n);
      paying.give();
      expect(machine.chain.balance(coin.address)).toBe(5n);
    } finally {
      project.remove();
    }
  });
});
