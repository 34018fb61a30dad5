// ERC-721's name, symbol and token URIs. The first two are the contract's metadata; a token's URI is its own, or the
// metadata's baseURI and the token's number.

import { Address, contract, metadata, query, type StorageMap, type u256 } from "qwvm/sdk-as";
import { ERC721 } from "./erc721";

@contract
export abstract class ERC721Metadata extends ERC721 {
  protected tokenURIs: StorageMap<u256, string>;

  @query name(): string {
    return metadata.get("name");
  }

  @query symbol(): string {
    return metadata.get("symbol");
  }

  /** Where the token is described; empty when neither it nor the contract says. */
  @query tokenURI(tokenId: u256): string {
    this.ownerOf(tokenId);
    const own = this.tokenURIs.get(tokenId);
    if (own.length != 0) return own;
    const base = metadata.get("baseURI");
    return base.length == 0 ? "" : base + tokenId.toString();
  }

  protected setTokenURI(tokenId: u256, uri: string): void {
    this.tokenURIs.set(tokenId, uri);
  }

  protected update(from: Address, to: Address, tokenId: u256): void {
    super.update(from, to, tokenId);
    if (to == Address.zero && this.tokenURIs.has(tokenId)) this.tokenURIs.delete(tokenId);
  }
}
