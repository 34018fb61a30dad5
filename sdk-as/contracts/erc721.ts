// ERC-721: tokens told apart by a number, each with one owner. What fails reverts with a typed error.
// Every change of an owner goes through update, which extensions override.

import {
  Address,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  indexed,
  query,
  require,
  type StorageMap,
  u256,
} from "qwvm/sdk-as";

/** A token has changed hands; `from` is the zero address for a mint, `to` for a burn. */
@event
export class Transfer {
  constructor(
    @indexed public from: Address,
    @indexed public to: Address,
    @indexed public tokenId: u256,
  ) {}
}

/** Somebody may move one token. */
@event
export class Approval {
  constructor(
    @indexed public owner: Address,
    @indexed public approved: Address,
    @indexed public tokenId: u256,
  ) {}
}

/** Somebody may move all tokens of an owner, or no longer. */
@event
export class ApprovalForAll {
  constructor(
    @indexed public owner: Address,
    @indexed public operator: Address,
    public approved: bool,
  ) {}
}

@error("there is no token {tokenId}")
export class ERC721NonexistentToken {
  constructor(public tokenId: u256) {}
}

@error("the token {tokenId} is {owner}'s, not {sender}'s")
export class ERC721IncorrectOwner {
  constructor(
    public sender: Address,
    public tokenId: u256,
    public owner: Address,
  ) {}
}

@error("{operator} may not move the token {tokenId}")
export class ERC721InsufficientApproval {
  constructor(
    public operator: Address,
    public tokenId: u256,
  ) {}
}

@error("{approver} may not say who moves this token")
export class ERC721InvalidApprover {
  constructor(public approver: Address) {}
}

@error("{operator} cannot be an operator")
export class ERC721InvalidOperator {
  constructor(public operator: Address) {}
}

@error("{owner} cannot own tokens")
export class ERC721InvalidOwner {
  constructor(public owner: Address) {}
}

@error("{receiver} cannot receive tokens")
export class ERC721InvalidReceiver {
  constructor(public receiver: Address) {}
}

@error("the token {tokenId} is there already")
export class ERC721ExistingToken {
  constructor(public tokenId: u256) {}
}

@contract
export abstract class ERC721 {
  protected owners: StorageMap<u256, Address>;
  protected balances: StorageMap<Address, u256>;
  protected tokenApprovals: StorageMap<u256, Address>;
  protected operatorApprovals: StorageMap<Address, StorageMap<Address, bool>>;

  /** How many tokens an account has. */
  @query balanceOf(owner: Address): u256 {
    require(owner != Address.zero, new ERC721InvalidOwner(owner));
    return this.balances.get(owner);
  }

  @query ownerOf(tokenId: u256): Address {
    const owner = this.owners.get(tokenId);
    require(owner != Address.zero, new ERC721NonexistentToken(tokenId));
    return owner;
  }

  /** Who besides the owner may move the token; the zero address when nobody. */
  @query getApproved(tokenId: u256): Address {
    this.ownerOf(tokenId);
    return this.tokenApprovals.get(tokenId);
  }

  @query isApprovedForAll(owner: Address, operator: Address): bool {
    return this.operatorApprovals.get(owner).get(operator);
  }

  /** Lets somebody move one token; the zero address takes it back. */
  @execute approve(to: Address, tokenId: u256): void {
    const owner = this.ownerOf(tokenId);
    const sender = context.caller;
    require(sender == owner || this.isApprovedForAll(owner, sender), new ERC721InvalidApprover(sender));
    this.tokenApprovals.set(tokenId, to);
    emit(new Approval(owner, to, tokenId));
  }

  /** Lets somebody move all tokens of the caller, or no longer. */
  @execute setApprovalForAll(operator: Address, approved: bool): void {
    require(operator != Address.zero, new ERC721InvalidOperator(operator));
    this.operatorApprovals.get(context.caller).set(operator, approved);
    emit(new ApprovalForAll(context.caller, operator, approved));
  }

  /** Moves a token: by its owner, by whom it is approved for, or by an operator of the owner. */
  @execute transferFrom(from: Address, to: Address, tokenId: u256): void {
    require(to != Address.zero, new ERC721InvalidReceiver(to));
    const owner = this.ownerOf(tokenId);
    require(from == owner, new ERC721IncorrectOwner(from, tokenId, owner));
    this.checkMover(owner, tokenId);
    this.update(from, to, tokenId);
  }

  /** Creates a token. */
  protected _mint(to: Address, tokenId: u256): void {
    require(to != Address.zero, new ERC721InvalidReceiver(to));
    require(!this.owners.has(tokenId), new ERC721ExistingToken(tokenId));
    this.update(Address.zero, to, tokenId);
  }

  /** Destroys a token. */
  protected _burn(tokenId: u256): void {
    this.update(this.ownerOf(tokenId), Address.zero, tokenId);
  }

  /** Ends the call unless the caller may move the token. */
  protected checkMover(owner: Address, tokenId: u256): void {
    const sender = context.caller;
    if (sender == owner || this.isApprovedForAll(owner, sender)) return;
    require(this.tokenApprovals.get(tokenId) == sender, new ERC721InsufficientApproval(sender, tokenId));
  }

  /** Every change of an owner: the zero address is where tokens come from and go to. Override it, and call super's. */
  protected update(from: Address, to: Address, tokenId: u256): void {
    if (from != Address.zero) {
      if (this.tokenApprovals.has(tokenId)) this.tokenApprovals.delete(tokenId);
      this.balances.set(from, this.balances.get(from) - u256.one);
    }
    if (to == Address.zero) {
      this.owners.delete(tokenId);
    } else {
      this.balances.set(to, this.balances.get(to) + u256.one);
      this.owners.set(tokenId, to);
    }
    emit(new Transfer(from, to, tokenId));
  }
}
