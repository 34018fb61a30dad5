// Ownable in two steps: the new owner has to accept, so that a wrong address cannot take the contract away.

import { Address, context, contract, emit, event, execute, indexed, only, query } from "qwvm/sdk-as";
import { Ownable } from "./ownable";

/** The owner has offered the contract to somebody. */
@event
export class OwnershipTransferStarted {
  constructor(
    @indexed public previousOwner: Address,
    @indexed public newOwner: Address,
  ) {}
}

@contract
export abstract class Ownable2Step extends Ownable {
  protected pendingOwner: Address;

  /** Offers the contract; the zero address takes an offer back. */
  @execute @only("owner") transferOwnership(newOwner: Address): void {
    this.pendingOwner = newOwner;
    emit(new OwnershipTransferStarted(this.owner, newOwner));
  }

  /** Takes the contract over; for the one whom it was offered to. */
  @execute @only("pendingOwner") acceptOwnership(): void {
    this.setOwner(context.caller);
  }

  /** To whom the contract is offered; the zero address when to nobody. */
  @query getPendingOwner(): Address {
    return this.pendingOwner;
  }

  protected setOwner(newOwner: Address): void {
    this.pendingOwner = Address.zero;
    super.setOwner(newOwner);
  }
}
