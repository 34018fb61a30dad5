// Income that is divided: what the contract receives, value and ERC-20 tokens, belongs to the payees by their shares.
// Nobody is paid unasked: each payee's part is counted, and paid out when somebody asks for it.

import {
  Address,
  balanceOf,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  indexed,
  init,
  nonReentrant,
  payable,
  query,
  require,
  type StorageMap,
  transfer,
  u256,
} from "qwvm/sdk-as";
import { IERC20 } from "./interfaces";

@event
export class PayeeAdded {
  constructor(
    @indexed public account: Address,
    public shares: u64,
  ) {}
}

/** A payee was paid; `token` is the zero address for value. */
@event
export class PaymentReleased {
  constructor(
    @indexed public token: Address,
    @indexed public to: Address,
    public amount: u256,
  ) {}
}

@error("{account} with {shares} shares cannot be a payee, or is one already")
export class SplitterInvalidPayee {
  constructor(
    public account: Address,
    public shares: u64,
  ) {}
}

@error("{payees} payees, but {shares} shares")
export class SplitterInvalidArrayLength {
  constructor(
    public payees: u32,
    public shares: u32,
  ) {}
}

@error("nothing is due to {account}")
export class SplitterNothingDue {
  constructor(public account: Address) {}
}

@contract
export abstract class PaymentSplitter {
  protected totalShares: u64;
  protected shares: StorageMap<Address, u64>;
  /** What was paid out in all, by token; value under the zero address. */
  protected totalReleased: StorageMap<Address, u256>;
  protected releasedTo: StorageMap<Address, StorageMap<Address, u256>>;

  /** The payees and their shares; they do not change. */
  @init createSplitter(payees: Address[], shares: u64[]): void {
    const count = payees.length;
    const isRight = count > 0 && count == shares.length;
    require(isRight, new SplitterInvalidArrayLength(<u32>count, <u32>shares.length));
    for (let i = 0; i < count; i++) {
      const payee = payees[i];
      // What the splitter paid to itself would count as new income.
      const isSomebody = payee != Address.zero && payee != context.self;
      require(isSomebody && shares[i] > 0 && !this.shares.has(payee), new SplitterInvalidPayee(payee, shares[i]));
      this.shares.set(payee, shares[i]);
      this.totalShares += shares[i];
      emit(new PayeeAdded(payee, shares[i]));
    }
  }

  @query sharesOf(account: Address): u64 {
    return this.shares.get(account);
  }

  @query getTotalShares(): u64 {
    return this.totalShares;
  }

  /** What was paid to an account of a token; of value for the zero address. */
  @query released(token: Address, account: Address): u256 {
    return this.releasedTo.get(token).get(account);
  }

  /** What is due to an account: its part of all that ever came in, rounded down, without what it had. */
  @query releasable(token: Address, account: Address): u256 {
    const left = token == Address.zero ? balanceOf(context.self) : IERC20.at(token).balanceOf(context.self);
    const received = left + this.totalReleased.get(token);
    const part = u256.mulDiv(received, u256.from(this.shares.get(account)), u256.from(this.totalShares));
    return part - this.releasedTo.get(token).get(account);
  }

  /** Pays an account what is due to it; anyone may ask for it. The zero address is value. */
  @nonReentrant @execute release(token: Address, account: Address): u256 {
    const amount = this.releasable(token, account);
    require(!amount.isZero(), new SplitterNothingDue(account));
    this.totalReleased.set(token, this.totalReleased.get(token) + amount);
    this.releasedTo.get(token).set(account, this.releasedTo.get(token).get(account) + amount);
    emit(new PaymentReleased(token, account, amount));
    if (token == Address.zero) transfer(account, amount);
    else IERC20.at(token).transfer(account, amount);
    return amount;
  }

  /** Takes value. */
  @payable @execute deposit(): void {}
}
