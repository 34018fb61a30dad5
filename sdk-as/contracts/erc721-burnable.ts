// Owners of ERC-721 tokens, and whoever may move them, can destroy them.

import { contract, execute, type u256 } from "qwvm/sdk-as";
import { ERC721 } from "./erc721";

@contract
export abstract class ERC721Burnable extends ERC721 {
  /** Destroys a token that the caller may move. */
  @execute burn(tokenId: u256): void {
    this.checkMover(this.ownerOf(tokenId), tokenId);
    this._burn(tokenId);
  }
}
