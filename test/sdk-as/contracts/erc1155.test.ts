// ERC-1155: the standard's suite, making and destroying tokens, and receivers that are asked.

import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContractClient } from "../../../harness/client/contract-types.js";
import { address, createQwvm, ZERO_ADDRESS } from "../../../harness/index.js";
import { behavesLikeErc1155, type Erc1155Methods } from "../../behaviors/erc1155.js";
import { buildLibrary, type Library } from "../../fixtures/library.js";

const alice = address("alice");
const NONE = new Uint8Array();

let library: Library;
beforeAll(async () => {
  library = await buildLibrary("erc1155", "receivers");
});
afterAll(() => library.remove());

interface MultiMethods extends Erc1155Methods {
  mint(to: string, ids: readonly bigint[], values: readonly bigint[], data: Uint8Array): void;
  burn(from: string, ids: readonly bigint[], values: readonly bigint[]): void;
  uri(id: bigint): string;
}

const deploy = (vm = createQwvm()): ContractClient<MultiMethods> =>
  vm.deploy(library.definition<MultiMethods>("erc1155/multi"), [], {
    from: alice,
    metadata: { uri: "https://tokens.example/{id}.json" },
  });

behavesLikeErc1155("ERC1155", {
  deploy: (values) => {
    const token = deploy();
    const ids = values.map((_, index) => BigInt(index + 1));
    token.mint(alice, ids, values, NONE);
    return { token: token as unknown as ContractClient<Erc1155Methods>, holder: alice };
  },
});

test("tokens are made from nothing and destroyed into it", () => {
  const token = deploy();
  token.mint(alice, [7n], [10n], NONE);
  expect(token.events().at(-1)).toMatchObject({ name: "TransferSingle", args: { from: ZERO_ADDRESS, to: alice } });
  token.burn(alice, [7n], [4n]);
  expect(token.events().at(-1)).toMatchObject({ name: "TransferSingle", args: { from: alice, to: ZERO_ADDRESS } });
  expect(token.balanceOf(alice, 7n)).toBe(6n);
  expect(() => token.burn(alice, [7n], [7n])).toThrow(`${alice} has 6 of the token 7, but 7 are needed`);
  expect(() => token.mint(alice, [7n], [2n ** 256n - 1n], NONE)).toThrow("Overflow");
  expect(token.uri(7n)).toBe("https://tokens.example/{id}.json");
});

test("a receiver is asked when there are data, and refuses by false, by reverting, or by having no such method", () => {
  const vm = createQwvm();
  const token = deploy(vm);
  const receiver = vm.deploy(library.definition<{ getLast(): string }>("receivers/receiver"), []);
  token.mint(alice, [1n, 2n], [10n, 10n], NONE);
  token.safeTransferFrom(alice, receiver.address, 1n, 1n, NONE);
  expect(receiver.getLast()).toBe("");
  token.safeBatchTransferFrom(alice, receiver.address, [1n, 2n], [3n, 4n], new Uint8Array([9]));
  expect(receiver.getLast()).toBe("2 3");
  for (const to of [receiver.address, token.address]) {
    expect(() => token.safeTransferFrom(alice, to, 1n, 1n, new Uint8Array([0]))).toThrow("ERC1155InvalidReceiver");
  }
  expect(token.balanceOf(alice, 1n)).toBe(6n);
});
