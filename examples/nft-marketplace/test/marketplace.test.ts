import { address, createQwvm, ZERO_ADDRESS } from "qwvm";
import { beforeEach, describe, expect, test } from "vitest";
import { Collection } from "../build/collection.js";
import { Marketplace } from "../build/marketplace.js";

const [maker, seller, buyer] = [address("maker"), address("seller"), address("buyer")];
const PRICE = 1_001n;

/** A work by `maker`, with 5 % of every sale, that `seller` has and lets the marketplace move. */
function setUp() {
  const vm = createQwvm();
  const collection = vm.deploy(Collection, [], { from: maker, metadata: { name: "Works", symbol: "WRK" } });
  const market = vm.deploy(Marketplace);
  const id = collection.mint("ipfs://work", 500);
  collection.transferFrom(maker, seller, id);
  collection.as(seller).approve(market.address, id);
  vm.setBalance(buyer, 10_000n);
  return { vm, collection, market, id };
}

let { vm, collection, market, id } = setUp();
beforeEach(() => {
  ({ vm, collection, market, id } = setUp());
});

const list = (price = PRICE) => market.as(seller).list(collection.address, id, price);
const buy = (value = PRICE) => market.as(buyer).with({ value }).buy(collection.address, id);

describe("a sale", () => {
  test("gives the buyer the token, the maker the royalty, the seller the rest", () => {
    expect(list).toEmit(market, "Listed", { collection: collection.address, tokenId: id, seller, price: PRICE });
    expect(market.listing(collection.address, id)).toEqual({ seller, price: PRICE });
    // 5 % of 1,001 is 50.05.
    expect(buy).toEmit(market, "Sold", { tokenId: id, buyer, price: PRICE, royalty: 50n });
    expect(collection.ownerOf(id)).toBe(buyer);
    expect([maker, seller, buyer, market].map((who) => vm.balanceOf(who))).toEqual([50n, 951n, 8_999n, 0n]);
    expect(market.listing(collection.address, id)).toEqual({ seller: ZERO_ADDRESS, price: 0n });
    expect(() => buy()).toBeRevertedWith("MarketNotListed");
  });

  test("takes exactly the price", () => {
    list();
    for (const value of [PRICE - 1n, PRICE + 1n]) {
      expect(() => buy(value)).toBeRevertedWith("MarketWrongPrice", { price: PRICE, paid: value });
    }
    expect(vm.balanceOf(buyer)).toBe(10_000n);
  });

  test("is over when the seller no longer has the token", () => {
    list();
    collection.as(seller).transferFrom(seller, maker, id);
    expect(() => buy()).toBeRevertedWith("ERC721IncorrectOwner");
    expect(vm.balanceOf(buyer)).toBe(10_000n);
  });

  test("can be followed by another", () => {
    list();
    buy();
    collection.as(buyer).setApprovalForAll(market.address, true);
    market.as(buyer).list(collection.address, id, 2_000n);
    vm.setBalance(seller, 5_000n);
    market.as(seller).with({ value: 2_000n }).buy(collection.address, id);
    expect([collection.ownerOf(id), vm.balanceOf(maker)]).toEqual([seller, 150n]);
  });
});

describe("an offer", () => {
  test("is made by the token's owner, who lets the marketplace move it", () => {
    expect(() => market.as(buyer).list(collection.address, id, PRICE)).toBeRevertedWith("MarketNotSellable");
    collection.as(seller).approve(ZERO_ADDRESS, id);
    expect(list).toBeRevertedWith("MarketNotSellable", { account: seller });
    expect(() => list(0n)).toBeRevertedWith("MarketWrongPrice");
    expect(() => market.as(seller).list(collection.address, 9n, PRICE)).toBeRevertedWith("ERC721NonexistentToken");
  });

  test("is changed and taken back by who made it", () => {
    list();
    list(5n);
    expect(() => buy()).toBeRevertedWith("MarketWrongPrice");
    expect(() => market.as(buyer).cancel(collection.address, id)).toBeRevertedWith("MarketNotListed");
    expect(() => market.as(seller).cancel(collection.address, id)).toEmit(market, "Cancelled", { tokenId: id });
    expect(() => buy(5n)).toBeRevertedWith("MarketNotListed");
  });
});

test("a work says where it is described", () => {
  expect([collection.name(), collection.tokenURI(id)]).toEqual(["Works", "ipfs://work"]);
});
