// Ownable: one address that may do what others may not, and that can hand this right over or give it up.
// Guard methods with @only("owner"); set it up with createOwnable in the deriving contract's @init.

import {
  Address,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  indexed,
  init,
  only,
  query,
  require,
} from "qwvm/sdk-as";

/** The owner has changed; `newOwner` is the zero address when the right was given up. */
@event
export class OwnershipTransferred {
  constructor(
    @indexed public previousOwner: Address,
    @indexed public newOwner: Address,
  ) {}
}

@error("{account} is not the owner")
export class OwnableUnauthorizedAccount {
  constructor(public account: Address) {}
}

@error("{owner} cannot be the owner")
export class OwnableInvalidOwner {
  constructor(public owner: Address) {}
}

@contract
export abstract class Ownable {
  protected owner: Address;

  @init createOwnable(owner: Address): void {
    require(owner != Address.zero, new OwnableInvalidOwner(owner));
    this.setOwner(owner);
  }

  /** Hands the contract over at once. */
  @execute @only("owner") transferOwnership(newOwner: Address): void {
    require(newOwner != Address.zero, new OwnableInvalidOwner(newOwner));
    this.setOwner(newOwner);
  }

  /** Leaves the contract without an owner, for good. */
  @execute @only("owner") renounceOwnership(): void {
    this.setOwner(Address.zero);
  }

  /** The owner; the zero address when there is none. */
  @query getOwner(): Address {
    return this.owner;
  }

  /** Ends the call unless the owner calls: for hooks such as authorizePause, where @only cannot stand. */
  protected checkOwner(): void {
    require(context.caller == this.owner, new OwnableUnauthorizedAccount(context.caller));
  }

  protected setOwner(newOwner: Address): void {
    emit(new OwnershipTransferred(this.owner, newOwner));
    this.owner = newOwner;
  }
}
