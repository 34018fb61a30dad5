// Payment over time: what the contract holds, value and ERC-20 tokens, becomes the beneficiary's little by little, from a
// start on, nothing before a cliff. What comes in later counts as if it had been there from the beginning.

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

/** Something was paid out; `token` is the zero address for value. */
@event
export class Released {
  constructor(
    @indexed public token: Address,
    public amount: u256,
  ) {}
}

@error("a vesting of {duration} seconds, or to nobody, is none")
export class VestingInvalidSchedule {
  constructor(public duration: u64) {}
}

@contract
export abstract class Vesting {
  protected beneficiary: Address;
  protected start: u64;
  protected cliff: u64;
  protected duration: u64;
  /** What was paid out, by token; value under the zero address. */
  protected releasedOf: StorageMap<Address, u256>;

  /** All times in seconds: the start since 1970, the cliff and the duration since the start. */
  @init createVesting(beneficiary: Address, start: u64, cliff: u64, duration: u64): void {
    const isSomebody = beneficiary != Address.zero && beneficiary != context.self;
    require(isSomebody && duration > 0 && cliff <= duration, new VestingInvalidSchedule(duration));
    this.beneficiary = beneficiary;
    this.start = start;
    this.cliff = cliff;
    this.duration = duration;
  }

  @query getBeneficiary(): Address {
    return this.beneficiary;
  }

  /** What was paid out of a token; of value for the zero address. */
  @query released(token: Address): u256 {
    return this.releasedOf.get(token);
  }

  /** What can be paid out now. */
  @query releasable(token: Address): u256 {
    const paid = this.releasedOf.get(token);
    const left = token == Address.zero ? balanceOf(context.self) : IERC20.at(token).balanceOf(context.self);
    return this.vested(left + paid, context.blockTimestamp) - paid;
  }

  /** Pays out what has become the beneficiary's; anyone may ask for it. The zero address is value. */
  @nonReentrant @execute release(token: Address): u256 {
    const amount = this.releasable(token);
    this.releasedOf.set(token, this.releasedOf.get(token) + amount);
    emit(new Released(token, amount));
    if (token == Address.zero) transfer(this.beneficiary, amount);
    else IERC20.at(token).transfer(this.beneficiary, amount);
    return amount;
  }

  /** Takes value. */
  @payable @execute deposit(): void {}

  /** How much of `total` is the beneficiary's at a time: evenly, from the start to the end. Override it for another curve. */
  protected vested(total: u256, time: u64): u256 {
    if (time < this.start + this.cliff) return u256.zero;
    const passed = time - this.start;
    if (passed >= this.duration) return total;
    return u256.mulDiv(total, u256.from(passed), u256.from(this.duration));
  }
}
