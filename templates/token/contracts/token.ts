import {
  Address,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  init,
  query,
  require,
  type StorageMap,
  struct,
  type u256,
} from "qwvm/sdk-as";

/** Tokens moved; `from` is the zero address for a mint, `to` for a burn. */
@event
class Transfer {
  constructor(
    public from: Address,
    public to: Address,
    public value: u256,
  ) {}
}

@event
class Approval {
  constructor(
    public owner: Address,
    public spender: Address,
    public value: u256,
  ) {}
}

@error
class InsufficientBalance {
  constructor(
    public available: u256,
    public needed: u256,
  ) {}
}

@error
class InsufficientAllowance {
  constructor(
    public available: u256,
    public needed: u256,
  ) {}
}

@error
class NotOwner {
  constructor(public caller: Address) {}
}

@error
class ZeroAddress {}

/** The key of an allowance. */
@struct
class Grant {
  constructor(
    public owner: Address,
    public spender: Address,
  ) {}
}

/**
 * A fungible token with 256-bit amounts. Whoever deploys it owns it, and alone can mint. Its name, symbol and
 * decimals are metadata, set when the contract is deployed.
 */
@contract
export class Token {
  tokenOwner: Address;
  supply: u256;
  balances: StorageMap<Address, u256>;
  allowances: StorageMap<Grant, u256>;

  @init
  create(initialSupply: u256): void {
    this.tokenOwner = context.caller;
    this.issue(context.caller, initialSupply);
  }

  /** Moves tokens of the caller. */
  @execute
  transfer(to: Address, amount: u256): void {
    this.move(context.caller, to, amount);
  }

  /** Lets `spender` move up to `amount` of the caller's tokens; replaces what was granted before. */
  @execute
  approve(spender: Address, amount: u256): void {
    const owner = context.caller;
    this.allowances.set(new Grant(owner, spender), amount);
    emit(new Approval(owner, spender, amount));
  }

  /** Moves tokens of `owner` out of the caller's allowance. */
  @execute
  transferFrom(owner: Address, to: Address, amount: u256): void {
    const grant = new Grant(owner, context.caller);
    const allowed = this.allowances.get(grant);
    require(allowed >= amount, new InsufficientAllowance(allowed, amount));
    this.allowances.set(grant, allowed - amount);
    this.move(owner, to, amount);
  }

  /** Creates tokens for `to`; the owner alone. */
  @execute
  mint(to: Address, amount: u256): void {
    require(context.caller == this.tokenOwner, new NotOwner(context.caller));
    this.issue(to, amount);
  }

  /** Destroys tokens of the caller. */
  @execute
  burn(amount: u256): void {
    const balance = this.balances.get(context.caller);
    require(balance >= amount, new InsufficientBalance(balance, amount));
    this.balances.set(context.caller, balance - amount);
    this.supply -= amount;
    emit(new Transfer(context.caller, Address.zero, amount));
  }

  @query
  balanceOf(owner: Address): u256 {
    return this.balances.get(owner);
  }

  @query
  allowance(owner: Address, spender: Address): u256 {
    return this.allowances.get(new Grant(owner, spender));
  }

  @query
  totalSupply(): u256 {
    return this.supply;
  }

  @query
  owner(): Address {
    return this.tokenOwner;
  }

  private move(from: Address, to: Address, amount: u256): void {
    require(to != Address.zero, new ZeroAddress());
    const balance = this.balances.get(from);
    require(balance >= amount, new InsufficientBalance(balance, amount));
    this.balances.set(from, balance - amount);
    this.balances.set(to, this.balances.get(to) + amount);
    emit(new Transfer(from, to, amount));
  }

  private issue(to: Address, amount: u256): void {
    require(to != Address.zero, new ZeroAddress());
    this.supply += amount;
    this.balances.set(to, this.balances.get(to) + amount);
    emit(new Transfer(Address.zero, to, amount));
  }
}
