// The standards as other contracts call them: `IERC20.at(token).transfer(to, 5)`. A call costs 100,000 gas and what it spends.

import { type Address, type Bytes, execute, query, Remote, remote, type u256 } from "qwvm/sdk-as";

/** An ERC-20 token. */
@remote
export class IERC20 extends Remote {
  @query totalSupply(): u256 {
    return this.answer;
  }
  @query balanceOf(account: Address): u256 {
    return this.answer;
  }
  @query allowance(owner: Address, spender: Address): u256 {
    return this.answer;
  }
  @execute transfer(to: Address, value: u256): void {}
  @execute approve(spender: Address, value: u256): void {}
  @execute transferFrom(from: Address, to: Address, value: u256): void {}
}

/** An ERC-721 token. */
@remote
export class IERC721 extends Remote {
  @query balanceOf(owner: Address): u256 {
    return this.answer;
  }
  @query ownerOf(tokenId: u256): Address {
    return this.answer;
  }
  @query getApproved(tokenId: u256): Address {
    return this.answer;
  }
  @query isApprovedForAll(owner: Address, operator: Address): bool {
    return this.answer;
  }
  @execute approve(to: Address, tokenId: u256): void {}
  @execute setApprovalForAll(operator: Address, approved: bool): void {}
  @execute transferFrom(from: Address, to: Address, tokenId: u256): void {}
}

/** An ERC-1155 contract. */
@remote
export class IERC1155 extends Remote {
  @query balanceOf(account: Address, id: u256): u256 {
    return this.answer;
  }
  @query isApprovedForAll(account: Address, operator: Address): bool {
    return this.answer;
  }
  @execute safeTransferFrom(from: Address, to: Address, id: u256, value: u256, data: Bytes): void {}
}

/** A token whose balances can be asked for as they were: an ERC20Snapshot. */
@remote
export class IVotes extends Remote {
  @execute snapshot(): u64 {
    return this.answer;
  }
  @query balanceOfAt(account: Address, id: u64): u256 {
    return this.answer;
  }
  @query totalSupplyAt(id: u64): u256 {
    return this.answer;
  }
}
