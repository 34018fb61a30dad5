// What stands in for upgrades where code cannot change: a router whose address stays, and that forwards calls to the contract
// which its owner names. The contract behind it is Routed: it takes calls of the router alone, who caller is comes first.

import {
  Address,
  type Bytes,
  callContract,
  context,
  contract,
  emit,
  encode,
  error,
  event,
  execute,
  indexed,
  init,
  only,
  query,
  require,
} from "qwvm/sdk-as";
import { Ownable } from "./ownable";

@event
export class Upgraded {
  constructor(
    @indexed public previous: Address,
    @indexed public implementation: Address,
  ) {}
}

@error("{implementation} cannot be called by this router")
export class RouterInvalidImplementation {
  constructor(public implementation: Address) {}
}

/** The address that stays. */
@contract
export abstract class Router extends Ownable {
  protected implementation: Address;

  @init createRouter(owner: Address, implementation: Address): void {
    this.createOwnable(owner);
    this.upgradeTo(implementation);
  }

  /** Forwards to another contract from now on. What the old one has stored stays there. */
  @only("owner") @execute upgradeTo(implementation: Address): void {
    const isRight = implementation != Address.zero && implementation != context.self;
    require(isRight, new RouterInvalidImplementation(implementation));
    emit(new Upgraded(this.implementation, implementation));
    this.implementation = implementation;
  }

  @query getImplementation(): Address {
    return this.implementation;
  }

  /** Calls a method with the caller's address before the encoded arguments, and gives the encoded result. */
  @execute forward(method: string, args: Bytes): Bytes {
    return callContract(this.implementation, method, encode(context.caller).concat(args));
  }
}

/** A contract behind a router. Guard its methods with @only("router"), and let their first parameter be the caller. */
@contract
export abstract class Routed {
  protected router: Address;

  @init createRouted(router: Address): void {
    this.router = router;
  }

  @query getRouter(): Address {
    return this.router;
  }
}
