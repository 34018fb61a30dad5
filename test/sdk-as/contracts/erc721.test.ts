// ERC-721 and its extensions: the standard's suite, and what each extension adds.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractClient } from "../../../harness/client/contract-types.js";
import { address, createQwvm, ZERO_ADDRESS } from "../../../harness/index.js";
import { behavesLikeErc721, type Erc721Methods } from "../../behaviors/erc721.js";
import { buildLibrary, type Library } from "../../fixtures/library.js";

const [alice, bob, carol] = [address("alice"), address("bob"), address("carol")];
const bytes = (...values: number[]) => new Uint8Array(values);

let library: Library;
beforeAll(async () => {
  library = await buildLibrary("erc721", "receivers");
});
afterAll(() => library.remove());

interface PlainMethods extends Erc721Methods {
  mint(to: string, tokenId: bigint): void;
}
interface FullMethods extends PlainMethods {
  burn(tokenId: bigint): void;
  name(): string;
  symbol(): string;
  tokenURI(tokenId: bigint): string;
  describe(tokenId: bigint, uri: string): void;
  totalSupply(): number;
  tokenByIndex(index: number): bigint;
  tokenOfOwnerByIndex(owner: string, index: number): bigint;
  tokensOfOwner(owner: string, start: number, limit: number): bigint[];
  royaltyInfo(tokenId: bigint, price: bigint): { receiver: string; amount: bigint };
  royalty(receiver: string, basisPoints: number): void;
  tokenRoyalty(tokenId: bigint, receiver: string, basisPoints: number): void;
  safeMint(to: string, tokenId: bigint, data: Uint8Array): void;
  safeTransferFrom(from: string, to: string, tokenId: bigint, data: Uint8Array): void;
}

const deployFull = (vm = createQwvm(), metadata: Record<string, string> = {}): ContractClient<FullMethods> =>
  vm.deploy(library.definition<FullMethods>("erc721/full-nft"), [], { from: alice, metadata });

behavesLikeErc721<PlainMethods>("ERC721", {
  deploy: () => createQwvm().deploy(library.definition<PlainMethods>("erc721/plain-nft"), [], { from: carol }),
  mint: (token, to, id) => token.mint(to, id),
});
behavesLikeErc721<FullMethods>("ERC721 with every extension", {
  deploy: () => deployFull(),
  mint: (token, to, id) => token.mint(to, id),
  burn: (token, id) => token.burn(id),
  inspect: (token, owners) => {
    const sorted = (ids: readonly bigint[]) => [...ids].sort((a, b) => Number(a - b));
    expect(token.totalSupply()).toBe(owners.size);
    expect(sorted([...owners.keys()].map((_, index) => token.tokenByIndex(index)))).toEqual(sorted([...owners.keys()]));
    for (const person of [alice, bob, carol]) {
      const own = [...owners].filter(([, owner]) => owner === person).map(([id]) => id);
      expect(sorted(token.tokensOfOwner(person, 0, 100))).toEqual(sorted(own));
      expect(sorted(own.map((_, index) => token.tokenOfOwnerByIndex(person, index)))).toEqual(sorted(own));
    }
  },
});

describe("ERC721Burnable", () => {
  test("a token is destroyed by its owner and those it trusts, and can be made again", () => {
    const token = deployFull();
    token.mint(alice, 1n);
    expect(() => token.as(bob).burn(1n)).toThrow("ERC721InsufficientApproval");
    token.approve(bob, 1n);
    token.as(bob).burn(1n);
    expect(token.events().at(-1)).toMatchObject({
      name: "Transfer",
      args: { from: alice, to: ZERO_ADDRESS, tokenId: 1n },
    });
    expect(() => token.burn(1n)).toThrow("ERC721NonexistentToken");
    token.mint(carol, 1n);
    expect(token.getApproved(1n)).toBe(ZERO_ADDRESS);
  });
});

describe("ERC721Metadata", () => {
  test("a token's URI is its own, or the contract's and its number", () => {
    const token = deployFull(createQwvm(), { name: "Cats", symbol: "CAT", baseURI: "ipfs://cats/" });
    token.mint(alice, 12n);
    expect([token.name(), token.symbol(), token.tokenURI(12n)]).toEqual(["Cats", "CAT", "ipfs://cats/12"]);
    token.describe(12n, "https://cats.example/é");
    expect(token.tokenURI(12n)).toBe("https://cats.example/é");
    token.burn(12n);
    expect(() => token.tokenURI(12n)).toThrow("ERC721NonexistentToken");
    token.mint(alice, 12n);
    expect(token.tokenURI(12n)).toBe("ipfs://cats/12");
    const bare = deployFull();
    bare.mint(alice, 1n);
    expect(bare.tokenURI(1n)).toBe("");
  });
});

describe("ERC721Enumerable", () => {
  test("positions beyond the end are an error", () => {
    const token = deployFull();
    token.mint(alice, 1n);
    expect(() => token.tokenByIndex(1)).toThrow("ERC721OutOfBoundsIndex");
    expect(() => token.tokenOfOwnerByIndex(bob, 0)).toThrow(
      `ERC721OutOfBoundsIndex(owner: "${bob}", index: 0): there is no token at position 0`,
    );
    expect(token.tokensOfOwner(alice, 5, 5)).toEqual([]);
  });
});

describe("ERC721Royalty", () => {
  test("a token's own royalty, or that of all", () => {
    const token = deployFull();
    token.mint(alice, 1n);
    expect(token.royaltyInfo(1n, 1_000n)).toEqual({ receiver: ZERO_ADDRESS, amount: 0n });
    token.royalty(bob, 250);
    // 2.5 % of 1,001 is 25.025.
    expect(token.royaltyInfo(1n, 1_001n)).toEqual({ receiver: bob, amount: 25n });
    token.tokenRoyalty(1n, carol, 10_000);
    expect(token.royaltyInfo(1n, 2n ** 256n - 1n)).toEqual({ receiver: carol, amount: 2n ** 256n - 1n });
    expect(token.royaltyInfo(2n, 1_000n)).toEqual({ receiver: bob, amount: 25n });
    token.burn(1n);
    expect(token.royaltyInfo(1n, 1_000n)).toEqual({ receiver: bob, amount: 25n });
  });

  test("not more than the price, and to somebody", () => {
    const token = deployFull();
    expect(() => token.royalty(bob, 10_001)).toThrow("10001 of 10000 is more than the whole price");
    expect(() => token.tokenRoyalty(1n, ZERO_ADDRESS, 1)).toThrow("ERC2981InvalidRoyaltyReceiver");
  });
});

describe("ERC721Safe", () => {
  test("asks the receiving contract, and takes the token back when it refuses", () => {
    const vm = createQwvm();
    const token = deployFull(vm);
    const receiver = vm.deploy(library.definition<{ getLast(): string }>("receivers/receiver"), []);
    token.mint(alice, 1n);
    token.safeTransferFrom(alice, receiver.address, 1n, bytes());
    expect([token.ownerOf(1n), receiver.getLast()]).toEqual([receiver.address, `${alice} ${alice} 1`]);
    token.safeMint(receiver.address, 2n, bytes(5));
    expect([token.ownerOf(2n), receiver.getLast()]).toEqual([receiver.address, `${alice} ${ZERO_ADDRESS} 2`]);
    token.mint(alice, 3n);
    // It answers false; it reverts; it has no such method; it is an account.
    for (const [to, data] of [
      [receiver.address, bytes(0)],
      [receiver.address, bytes(1)],
      [token.address, bytes(2)],
      [bob, bytes(2)],
    ] as const) {
      expect(() => token.safeTransferFrom(alice, to, 3n, data)).toThrow("ERC721RefusedByReceiver");
    }
    expect([token.ownerOf(3n), token.balanceOf(alice)]).toEqual([alice, 1n]);
    expect(() => token.as(bob).safeTransferFrom(alice, receiver.address, 3n, bytes())).toThrow(
      "ERC721InsufficientApproval",
    );
  });
});
