// ERC-20: balances, allowances, a supply. Name, symbol and decimals are the contract's metadata, given at deployment
// (see erc20-metadata for queries). What fails reverts with a typed error; nothing returns false.
// Every change of a balance goes through update, which extensions override: a transfer is two reads and two writes.

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

/** Tokens moved; `from` is the zero address for a mint, `to` for a burn. */
@event
export class Transfer {
  constructor(
    @indexed public from: Address,
    @indexed public to: Address,
    public value: u256,
  ) {}
}

@event
export class Approval {
  constructor(
    @indexed public owner: Address,
    @indexed public spender: Address,
    public value: u256,
  ) {}
}

@error("{sender} has {balance}, but {needed} are needed")
export class ERC20InsufficientBalance {
  constructor(
    public sender: Address,
    public balance: u256,
    public needed: u256,
  ) {}
}

@error("{spender} may spend {allowance}, but {needed} are needed")
export class ERC20InsufficientAllowance {
  constructor(
    public spender: Address,
    public allowance: u256,
    public needed: u256,
  ) {}
}

@error("{sender} cannot send tokens")
export class ERC20InvalidSender {
  constructor(public sender: Address) {}
}

@error("{receiver} cannot receive tokens")
export class ERC20InvalidReceiver {
  constructor(public receiver: Address) {}
}

@error("{spender} cannot be given an allowance")
export class ERC20InvalidSpender {
  constructor(public spender: Address) {}
}

@contract
export abstract class ERC20 {
  protected supply: u256;
  protected balances: StorageMap<Address, u256>;
  protected allowances: StorageMap<Address, StorageMap<Address, u256>>;

  @query totalSupply(): u256 {
    return this.supply;
  }

  @query balanceOf(account: Address): u256 {
    return this.balances.get(account);
  }

  @query allowance(owner: Address, spender: Address): u256 {
    return this.allowances.get(owner).get(spender);
  }

  /** Moves tokens of the caller. */
  @execute transfer(to: Address, value: u256): void {
    this.move(context.caller, to, value);
  }

  /** Lets `spender` move up to `value` of the caller's tokens, in place of what was granted before; u256.max is no limit. */
  @execute approve(spender: Address, value: u256): void {
    this.setAllowance(context.caller, spender, value);
  }

  /** Moves tokens of `from` out of the caller's allowance. */
  @execute transferFrom(from: Address, to: Address, value: u256): void {
    this.spendAllowance(from, context.caller, value);
    this.move(from, to, value);
  }

  /** Moves tokens between two holders. */
  protected move(from: Address, to: Address, value: u256): void {
    require(from != Address.zero, new ERC20InvalidSender(from));
    require(to != Address.zero, new ERC20InvalidReceiver(to));
    this.update(from, to, value);
  }

  /** Creates tokens. */
  protected _mint(to: Address, value: u256): void {
    require(to != Address.zero, new ERC20InvalidReceiver(to));
    this.update(Address.zero, to, value);
  }

  /** Destroys tokens of a holder. */
  protected _burn(from: Address, value: u256): void {
    require(from != Address.zero, new ERC20InvalidSender(from));
    this.update(from, Address.zero, value);
  }

  /** Every change of a balance: the zero address is where tokens come from and go to. Override it, and call super's. */
  protected update(from: Address, to: Address, value: u256): void {
    if (from == Address.zero) {
      this.supply += value;
    } else {
      const balance = this.balances.get(from);
      require(balance >= value, new ERC20InsufficientBalance(from, balance, value));
      this.balances.set(from, balance - value);
    }
    if (to == Address.zero) this.supply -= value;
    else this.balances.set(to, this.balances.get(to) + value);
    emit(new Transfer(from, to, value));
  }

  protected setAllowance(owner: Address, spender: Address, value: u256): void {
    require(spender != Address.zero, new ERC20InvalidSpender(spender));
    this.allowances.get(owner).set(spender, value);
    emit(new Approval(owner, spender, value));
  }

  /** Takes from an allowance, unless it is without limit. */
  protected spendAllowance(owner: Address, spender: Address, value: u256): void {
    const granted = this.allowances.get(owner);
    const allowance = granted.get(spender);
    if (allowance == u256.max) return;
    require(allowance >= value, new ERC20InsufficientAllowance(spender, allowance, value));
    granted.set(spender, allowance - value);
  }
}
