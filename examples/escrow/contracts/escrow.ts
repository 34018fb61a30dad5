import {
  Address,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  indexed,
  payable,
  query,
  require,
  type StorageMap,
  struct,
  transfer,
  type u256,
} from "qwvm/sdk-as";

export enum DealState {
  None,
  Open,
  Released,
  Refunded,
}

@struct
export class Deal {
  constructor(
    public buyer: Address,
    public seller: Address,
    public arbiter: Address,
    public amount: u256,
    public deadline: u64,
    public state: DealState,
  ) {}
}

@event
class Opened {
  constructor(
    @indexed public id: u64,
    @indexed public buyer: Address,
    @indexed public seller: Address,
    public amount: u256,
  ) {}
}

@event
class Settled {
  constructor(
    @indexed public id: u64,
    public state: DealState,
  ) {}
}

@error("the deal is {state}")
class EscrowNotOpen {
  constructor(public state: DealState) {}
}

@error("{account} may not do this now")
class EscrowUnauthorized {
  constructor(public account: Address) {}
}

@error("a deal needs a seller, value, and time")
class EscrowInvalidDeal {}

/** Keeps a buyer's payment until the deal is done. An arbiter decides where the two do not agree. */
@contract
export class Escrow {
  count: u64;
  deals: StorageMap<u64, Deal>;

  /** Pays in for a seller; after the deadline the buyer may have it back. Gives the deal's number. */
  @payable @execute open(seller: Address, arbiter: Address, deadline: u64): u64 {
    const isDeal = seller != Address.zero && !context.value.isZero() && deadline > context.blockTimestamp;
    require(isDeal, new EscrowInvalidDeal());
    this.count += 1;
    const deal = new Deal(context.caller, seller, arbiter, context.value, deadline, DealState.Open);
    this.deals.set(this.count, deal);
    emit(new Opened(this.count, deal.buyer, seller, deal.amount));
    return this.count;
  }

  /** Pays the seller: the buyer, who has what was bought, or the arbiter. */
  @execute release(id: u64): void {
    const deal = this.openDeal(id);
    const account = context.caller;
    require(account == deal.buyer || account == deal.arbiter, new EscrowUnauthorized(account));
    this.settle(id, deal, DealState.Released, deal.seller);
  }

  /** Pays the buyer back: the seller, the arbiter, or the buyer after the deadline. */
  @execute refund(id: u64): void {
    const deal = this.openDeal(id);
    const account = context.caller;
    const isLate = account == deal.buyer && context.blockTimestamp > deal.deadline;
    require(account == deal.seller || account == deal.arbiter || isLate, new EscrowUnauthorized(account));
    this.settle(id, deal, DealState.Refunded, deal.buyer);
  }

  @query getDeal(id: u64): Deal {
    return this.deals.get(id);
  }

  private openDeal(id: u64): Deal {
    const deal = this.deals.get(id);
    require(deal.state == DealState.Open, new EscrowNotOpen(deal.state));
    return deal;
  }

  private settle(id: u64, deal: Deal, state: DealState, to: Address): void {
    deal.state = state;
    this.deals.set(id, deal);
    emit(new Settled(id, state));
    transfer(to, deal.amount);
  }
}
