// Pausable: an emergency stop. Guard methods with @whenNotPaused, or @whenPaused for what only then makes sense.
// The deriving contract writes authorizePause, which says who may stop and start it.

import {
  type Address,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  guard,
  indexed,
  query,
  require,
} from "qwvm/sdk-as";

@event
export class Paused {
  constructor(@indexed public account: Address) {}
}

@event
export class Unpaused {
  constructor(@indexed public account: Address) {}
}

@error("the contract is paused")
export class EnforcedPause {}

@error("the contract is not paused")
export class ExpectedPause {}

@contract
export abstract class Pausable {
  protected paused: bool;

  /** Stops the contract. */
  @execute @guard("authorizePause") pause(): void {
    this.checkNotPaused();
    this.paused = true;
    emit(new Paused(context.caller));
  }

  /** Starts it again. */
  @execute @guard("authorizePause") unpause(): void {
    require(this.paused, new ExpectedPause());
    this.paused = false;
    emit(new Unpaused(context.caller));
  }

  @query isPaused(): bool {
    return this.paused;
  }

  /** Reverts unless the caller may stop and start the contract: `this.checkOwner()`, `this.checkRole("pauser")`. */
  protected abstract authorizePause(): void;

  /** Ends the call while the contract is paused: for hooks, where @whenNotPaused cannot stand. */
  protected checkNotPaused(): void {
    require(!this.paused, new EnforcedPause());
  }
}
