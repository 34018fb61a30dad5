// ERC-2981 for ERC-721 tokens: who is to have what part of a sale. Marketplaces ask royaltyInfo, and pay if they want to.
// Parts are in basis points: 250 of 10,000 are 2.5 %.

import { Address, contract, error, query, require, type StorageMap, struct, u256 } from "qwvm/sdk-as";
import { ERC721 } from "./erc721";

const FEE_DENOMINATOR: u16 = 10_000;

@struct
export class Royalty {
  constructor(
    public receiver: Address,
    public basisPoints: u16,
  ) {}
}

@struct
export class RoyaltyInfo {
  constructor(
    public receiver: Address,
    public amount: u256,
  ) {}
}

@error("{numerator} of {denominator} is more than the whole price")
export class ERC2981InvalidRoyalty {
  constructor(
    public numerator: u16,
    public denominator: u16,
  ) {}
}

@error("{receiver} cannot receive royalties")
export class ERC2981InvalidRoyaltyReceiver {
  constructor(public receiver: Address) {}
}

@contract
export abstract class ERC721Royalty extends ERC721 {
  protected defaultRoyalty: Royalty;
  protected tokenRoyalties: StorageMap<u256, Royalty>;

  /** Who is to have how much of a sale at a price, rounded down; the zero address and 0 when nobody. */
  @query royaltyInfo(tokenId: u256, salePrice: u256): RoyaltyInfo {
    const own = this.tokenRoyalties.get(tokenId);
    const royalty = own.receiver == Address.zero ? this.defaultRoyalty : own;
    const amount = u256.mulDiv(salePrice, u256.from(royalty.basisPoints), u256.from(FEE_DENOMINATOR));
    return new RoyaltyInfo(royalty.receiver, amount);
  }

  /** Sets the royalty of all tokens that have none of their own. */
  protected setDefaultRoyalty(receiver: Address, basisPoints: u16): void {
    this.defaultRoyalty = checkedRoyalty(receiver, basisPoints);
  }

  protected setTokenRoyalty(tokenId: u256, receiver: Address, basisPoints: u16): void {
    this.tokenRoyalties.set(tokenId, checkedRoyalty(receiver, basisPoints));
  }

  protected update(from: Address, to: Address, tokenId: u256): void {
    super.update(from, to, tokenId);
    if (to == Address.zero && this.tokenRoyalties.has(tokenId)) this.tokenRoyalties.delete(tokenId);
  }
}

function checkedRoyalty(receiver: Address, basisPoints: u16): Royalty {
  require(receiver != Address.zero, new ERC2981InvalidRoyaltyReceiver(receiver));
  require(basisPoints <= FEE_DENOMINATOR, new ERC2981InvalidRoyalty(basisPoints, FEE_DENOMINATOR));
  return new Royalty(receiver, basisPoints);
}
