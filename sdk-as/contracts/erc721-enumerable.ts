// ERC-721 tokens that can be listed: all of them, and those of an account. A transfer costs seven storage writes more.

import { Address, contract, error, query, require, type StorageMap, type StorageSet, type u256 } from "qwvm/sdk-as";
import { ERC721 } from "./erc721";

@error("there is no token at position {index}")
export class ERC721OutOfBoundsIndex {
  constructor(
    public owner: Address,
    public index: u32,
  ) {}
}

@contract
export abstract class ERC721Enumerable extends ERC721 {
  protected allTokens: StorageSet<u256>;
  protected ownedTokens: StorageMap<Address, StorageSet<u256>>;

  @query totalSupply(): u32 {
    return <u32>this.allTokens.size;
  }

  /** The token at a position. The order changes when tokens are destroyed. */
  @query tokenByIndex(index: u32): u256 {
    return this.tokenAt(this.allTokens, Address.zero, index);
  }

  @query tokenOfOwnerByIndex(owner: Address, index: u32): u256 {
    return this.tokenAt(this.ownedTokens.get(owner), owner, index);
  }

  /** Up to `limit` tokens of an account, from a position on. */
  @query tokensOfOwner(owner: Address, start: u32, limit: u32): u256[] {
    return this.ownedTokens.get(owner).page(<i32>start, <i32>limit);
  }

  protected update(from: Address, to: Address, tokenId: u256): void {
    if (from == Address.zero) this.allTokens.add(tokenId);
    else this.ownedTokens.get(from).delete(tokenId);
    if (to == Address.zero) this.allTokens.delete(tokenId);
    else this.ownedTokens.get(to).add(tokenId);
    super.update(from, to, tokenId);
  }

  private tokenAt(tokens: StorageSet<u256>, owner: Address, index: u32): u256 {
    require(index < <u32>tokens.size, new ERC721OutOfBoundsIndex(owner, index));
    return tokens.at(<i32>index);
  }
}
