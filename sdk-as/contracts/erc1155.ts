// ERC-1155: any number of tokens in one contract, each with balances of its own; several can be moved in one call.
// Every change of a balance goes through update, which extensions override.
// QWVM does not tell accounts from contracts: the receiver is asked when there are data for it, and only then.

import {
  Address,
  type Bytes,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  indexed,
  metadata,
  query,
  Remote,
  remote,
  require,
  type StorageMap,
  type u256,
} from "qwvm/sdk-as";

@event
export class TransferSingle {
  constructor(
    @indexed public operator: Address,
    @indexed public from: Address,
    @indexed public to: Address,
    public id: u256,
    public value: u256,
  ) {}
}

@event
export class TransferBatch {
  constructor(
    @indexed public operator: Address,
    @indexed public from: Address,
    @indexed public to: Address,
    public ids: u256[],
    public values: u256[],
  ) {}
}

@event
export class ApprovalForAll {
  constructor(
    @indexed public account: Address,
    @indexed public operator: Address,
    public approved: bool,
  ) {}
}

@error("{sender} has {balance} of the token {tokenId}, but {needed} are needed")
export class ERC1155InsufficientBalance {
  constructor(
    public sender: Address,
    public balance: u256,
    public needed: u256,
    public tokenId: u256,
  ) {}
}

@error("{operator} may not move tokens of {owner}")
export class ERC1155MissingApprovalForAll {
  constructor(
    public operator: Address,
    public owner: Address,
  ) {}
}

@error("{receiver} cannot receive tokens, or refuses them")
export class ERC1155InvalidReceiver {
  constructor(public receiver: Address) {}
}

@error("{operator} cannot be an operator")
export class ERC1155InvalidOperator {
  constructor(public operator: Address) {}
}

@error("{idsLength} tokens, but {valuesLength} values")
export class ERC1155InvalidArrayLength {
  constructor(
    public idsLength: u32,
    public valuesLength: u32,
  ) {}
}

/** What a contract that takes tokens with data has. */
@remote
export class ERC1155Receiver extends Remote {
  /** Answers true to take the tokens that it was just given. */
  @execute onERC1155Received(operator: Address, from: Address, ids: u256[], values: u256[], data: Bytes): bool {
    return this.answer;
  }
}

@contract
export abstract class ERC1155 {
  protected balances: StorageMap<u256, StorageMap<Address, u256>>;
  protected operatorApprovals: StorageMap<Address, StorageMap<Address, bool>>;

  @query balanceOf(account: Address, id: u256): u256 {
    return this.balances.get(id).get(account);
  }

  /** The balances of pairs of accounts and tokens. */
  @query balanceOfBatch(accounts: Address[], ids: u256[]): u256[] {
    checkLengths(accounts.length, ids.length);
    const balances: u256[] = [];
    for (let i = 0; i < ids.length; i++) balances.push(this.balanceOf(accounts[i], ids[i]));
    return balances;
  }

  @query isApprovedForAll(account: Address, operator: Address): bool {
    return this.operatorApprovals.get(account).get(operator);
  }

  /** Where tokens are described: the metadata's `uri`, in which clients put the number in the place of `{id}`. */
  @query uri(_id: u256): string {
    return metadata.get("uri");
  }

  /** Lets somebody move all tokens of the caller, or no longer. */
  @execute setApprovalForAll(operator: Address, approved: bool): void {
    require(operator != Address.zero, new ERC1155InvalidOperator(operator));
    this.operatorApprovals.get(context.caller).set(operator, approved);
    emit(new ApprovalForAll(context.caller, operator, approved));
  }

  /** Moves tokens, by their owner or an operator. With data, the receiver is a contract and is asked. */
  @execute safeTransferFrom(from: Address, to: Address, id: u256, value: u256, data: Bytes): void {
    this.move(from, to, [id], [value], data);
  }

  /** Moves several tokens in one call. */
  @execute safeBatchTransferFrom(from: Address, to: Address, ids: u256[], values: u256[], data: Bytes): void {
    this.move(from, to, ids, values, data);
  }

  protected move(from: Address, to: Address, ids: u256[], values: u256[], data: Bytes): void {
    const sender = context.caller;
    require(sender == from || this.isApprovedForAll(from, sender), new ERC1155MissingApprovalForAll(sender, from));
    this.give(from, to, ids, values, data);
  }

  /** Creates tokens. */
  protected _mint(to: Address, ids: u256[], values: u256[], data: Bytes): void {
    this.give(Address.zero, to, ids, values, data);
  }

  /** Destroys tokens. */
  protected _burn(from: Address, ids: u256[], values: u256[]): void {
    this.update(from, Address.zero, ids, values);
  }

  /** Every change of balances: the zero address is where tokens come from and go to. Override it, and call super's. */
  protected update(from: Address, to: Address, ids: u256[], values: u256[]): void {
    checkLengths(ids.length, values.length);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      const value = values[i];
      const balances = this.balances.get(id);
      if (from != Address.zero) {
        const balance = balances.get(from);
        require(balance >= value, new ERC1155InsufficientBalance(from, balance, value, id));
        balances.set(from, balance - value);
      }
      if (to != Address.zero) balances.set(to, balances.get(to) + value);
    }
    if (ids.length == 1) emit(new TransferSingle(context.caller, from, to, ids[0], values[0]));
    else emit(new TransferBatch(context.caller, from, to, ids, values));
  }

  private give(from: Address, to: Address, ids: u256[], values: u256[], data: Bytes): void {
    require(to != Address.zero, new ERC1155InvalidReceiver(to));
    this.update(from, to, ids, values);
    if (data.length == 0) return;
    const receiver = ERC1155Receiver.at(to).catching();
    const taken = receiver.onERC1155Received(context.caller, from, ids, values, data);
    require(taken && !receiver.failed, new ERC1155InvalidReceiver(to));
  }
}

function checkLengths(ids: i32, values: i32): void {
  require(ids == values, new ERC1155InvalidArrayLength(<u32>ids, <u32>values));
}
