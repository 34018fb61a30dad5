// Allowances by signature: whoever holds the owner's Dilithium signature can carry it in and pay the gas.
// The signature, its nonce and the owner's public key are @signed's, behind the method's arguments.

import {
  type Address,
  context,
  contract,
  error,
  execute,
  nonceOf,
  query,
  require,
  signed,
  type u256,
} from "qwvm/sdk-as";
import { ERC20 } from "./erc20";

@error("the permit ended at {deadline}")
export class ERC2612ExpiredSignature {
  constructor(public deadline: u64) {}
}

@contract
export abstract class ERC20Permit extends ERC20 {
  /** Sets the allowance that `owner` has signed, up to `deadline` in seconds since 1970. */
  @execute @signed("owner") permit(owner: Address, spender: Address, value: u256, deadline: u64): void {
    require(context.blockTimestamp <= deadline, new ERC2612ExpiredSignature(deadline));
    this.setAllowance(owner, spender, value);
  }

  /** The nonce that the owner's next signature has. */
  @query nonces(owner: Address): u64 {
    return nonceOf(owner);
  }
}
