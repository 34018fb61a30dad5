import {
  Address,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  indexed,
  nonReentrant,
  payable,
  query,
  Remote,
  remote,
  require,
  type StorageMap,
  struct,
  transfer,
  u256,
} from "qwvm/sdk-as";
import type { RoyaltyInfo } from "qwvm/sdk-as/contracts/erc721-royalty";
import { IERC721 } from "qwvm/sdk-as/contracts/interfaces";

/** A collection whose makers are to have a part of each sale; a collection need not have it. */
@remote
class IRoyalty extends Remote {
  @query royaltyInfo(tokenId: u256, salePrice: u256): RoyaltyInfo {
    return this.answer;
  }
}

@struct
export class Listing {
  constructor(
    public seller: Address,
    public price: u256,
  ) {}
}

@event
class Listed {
  constructor(
    @indexed public collection: Address,
    @indexed public tokenId: u256,
    @indexed public seller: Address,
    public price: u256,
  ) {}
}

@event
class Cancelled {
  constructor(
    @indexed public collection: Address,
    @indexed public tokenId: u256,
  ) {}
}

@event
class Sold {
  constructor(
    @indexed public collection: Address,
    @indexed public tokenId: u256,
    @indexed public buyer: Address,
    public price: u256,
    public royalty: u256,
  ) {}
}

@error("{account} does not own the token, or has not let the marketplace move it")
class MarketNotSellable {
  constructor(public account: Address) {}
}

@error("the token is not for sale")
class MarketNotListed {}

@error("the price is {price}, not {paid}")
class MarketWrongPrice {
  constructor(
    public price: u256,
    public paid: u256,
  ) {}
}

/**
 * Sells tokens of any ERC-721 collection for value. Tokens stay with their owners until they are sold: an owner lets the
 * marketplace move a token, and names a price.
 */
@contract
export class Marketplace {
  listings: StorageMap<Address, StorageMap<u256, Listing>>;

  /** Offers a token of the caller at a price; offering it again changes the price. */
  @execute list(collection: Address, tokenId: u256, price: u256): void {
    require(!price.isZero(), new MarketWrongPrice(price, price));
    const seller = context.caller;
    // Before the collection is called, which could call back; if the offer is not right, it is undone.
    this.listings.get(collection).set(tokenId, new Listing(seller, price));
    const token = IERC721.at(collection);
    const isSellable =
      token.ownerOf(tokenId) == seller &&
      (token.getApproved(tokenId) == context.self || token.isApprovedForAll(seller, context.self));
    require(isSellable, new MarketNotSellable(seller));
    emit(new Listed(collection, tokenId, seller, price));
  }

  /** Takes an offer back. */
  @execute cancel(collection: Address, tokenId: u256): void {
    require(this.listing(collection, tokenId).seller == context.caller, new MarketNotListed());
    this.listings.get(collection).delete(tokenId);
    emit(new Cancelled(collection, tokenId));
  }

  /** Buys a token for exactly its price: its maker has the royalty, its seller the rest. */
  @payable @nonReentrant @execute buy(collection: Address, tokenId: u256): void {
    const listing = this.listing(collection, tokenId);
    const seller = listing.seller;
    const price = listing.price;
    require(seller != Address.zero, new MarketNotListed());
    require(context.value == price, new MarketWrongPrice(price, context.value));
    this.listings.get(collection).delete(tokenId);
    IERC721.at(collection).transferFrom(seller, context.caller, tokenId);
    const royalties = IRoyalty.at(collection).catching();
    const royalty = royalties.royaltyInfo(tokenId, price);
    // A collection without royalties fails here, or names nobody; one that asks for more than the price gets nothing.
    const isDue = !royalties.failed && royalty.receiver != Address.zero && royalty.amount <= price;
    const amount = isDue ? royalty.amount : u256.zero;
    emit(new Sold(collection, tokenId, context.caller, price, amount));
    if (!amount.isZero()) transfer(royalty.receiver, amount);
    transfer(seller, price - amount);
  }

  /** Who sells a token and for how much; the zero address and 0 when nobody does. */
  @query listing(collection: Address, tokenId: u256): Listing {
    return this.listings.get(collection).get(tokenId);
  }
}
