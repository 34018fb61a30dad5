// ERC-721 tokens to contracts: the receiver is asked, and a token is never lost in a contract that knows nothing of it.
// QWVM does not tell accounts from contracts, so asking is a method of its own; accounts get tokens by transferFrom.

import {
  Address,
  type Bytes,
  context,
  contract,
  error,
  execute,
  Remote,
  remote,
  require,
  type u256,
} from "qwvm/sdk-as";
import { ERC721 } from "./erc721";

/** What a contract that takes tokens has. */
@remote
export class ERC721Receiver extends Remote {
  /** Answers true to take the token that it was just given. */
  @execute onERC721Received(operator: Address, from: Address, tokenId: u256, data: Bytes): bool {
    return this.answer;
  }
}

@error("{receiver} does not take tokens")
export class ERC721RefusedByReceiver {
  constructor(public receiver: Address) {}
}

@contract
export abstract class ERC721Safe extends ERC721 {
  /** Moves a token to a contract and asks it whether it takes it. */
  @execute safeTransferFrom(from: Address, to: Address, tokenId: u256, data: Bytes): void {
    this.transferFrom(from, to, tokenId);
    this.ask(from, to, tokenId, data);
  }

  /** Creates a token for a contract and asks it whether it takes it. */
  protected safeCreate(to: Address, tokenId: u256, data: Bytes): void {
    this._mint(to, tokenId);
    this.ask(Address.zero, to, tokenId, data);
  }

  private ask(from: Address, to: Address, tokenId: u256, data: Bytes): void {
    const receiver = ERC721Receiver.at(to).catching();
    const taken = receiver.onERC721Received(context.caller, from, tokenId, data);
    require(taken && !receiver.failed, new ERC721RefusedByReceiver(to));
  }
}
