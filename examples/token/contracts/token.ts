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

@event
class OperatorChanged {
  constructor(
    public previous: Address,
    public current: Address,
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
class NotOperator {
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
 * QWETH: Ether wrapped on QuantumWing. A bridge operator mints what was locked on the other side, and burns what
 * leaves. Name, symbol and decimals are metadata, set when the contract is deployed.
 */
@contract
export class Token {
  operator: Address;
  supply: u256;
  balances: StorageMap<Address, u256>;
  allowances: StorageMap<Grant, u256>;

  @init
  create(operator: Address): void {
    require(operator != Address.zero, new ZeroAddress());
    this.operator = operator;
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

  /** Creates tokens for `to`; the bridge operator alone. */
  @execute
  mint(to: Address, amount: u256): void {
    this.onlyOperator();
    require(to != Address.zero, new ZeroAddress());
    this.supply += amount;
    this.balances.set(to, this.balances.get(to) + amount);
    emit(new Transfer(Address.zero, to, amount));
  }

  /** Destroys tokens of `from`, which leave over the bridge; the bridge operator alone. */
  @execute
  burn(from: Address, amount: u256): void {
    this.onlyOperator();
    const balance = this.balances.get(from);
    require(balance >= amount, new InsufficientBalance(balance, amount));
    this.balances.set(from, balance - amount);
    this.supply -= amount;
    emit(new Transfer(from, Address.zero, amount));
  }

  /** Hands the bridge to another operator. */
  @execute
  changeOperator(operator: Address): void {
    this.onlyOperator();
    require(operator != Address.zero, new ZeroAddress());
    emit(new OperatorChanged(this.operator, operator));
    this.operator = operator;
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
  bridgeOperator(): Address {
    return this.operator;
  }

  private move(from: Address, to: Address, amount: u256): void {
    require(to != Address.zero, new ZeroAddress());
    const balance = this.balances.get(from);
    require(balance >= amount, new InsufficientBalance(balance, amount));
    this.balances.set(from, balance - amount);
    this.balances.set(to, this.balances.get(to) + amount);
    emit(new Transfer(from, to, amount));
  }

  private onlyOperator(): void {
    require(context.caller == this.operator, new NotOperator(context.caller));
  }
}
