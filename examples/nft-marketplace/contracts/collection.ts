import { type Address, context, contract, execute, mix, u256 } from "qwvm/sdk-as";
import { ERC721Metadata } from "qwvm/sdk-as/contracts/erc721-metadata";
import { ERC721Royalty } from "qwvm/sdk-as/contracts/erc721-royalty";

/** Works of art, numbered in the order in which they are made. Their makers have a part of every sale. */
@contract
export class Collection extends mix(ERC721Metadata, ERC721Royalty) {
  count: u256;

  /** Makes a token, described at a URI, of whose sales its maker is to have some basis points; gives its number. */
  @execute mint(uri: string, royaltyBasisPoints: u16): u256 {
    const tokenId = this.count;
    this.count = tokenId + u256.one;
    this._mint(context.caller, tokenId);
    this.setTokenURI(tokenId, uri);
    this.setTokenRoyalty(tokenId, context.caller, royaltyBasisPoints);
    return tokenId;
  }

  /** Both extensions have something to do when a token moves: each calls the next one. */
  protected update(from: Address, to: Address, tokenId: u256): void {
    super.update(from, to, tokenId);
  }
}
