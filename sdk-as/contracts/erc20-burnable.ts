// Holders of ERC-20 tokens can destroy them, and let others do so out of an allowance.

import { type Address, context, contract, execute, type u256 } from "qwvm/sdk-as";
import { ERC20 } from "./erc20";

@contract
export abstract class ERC20Burnable extends ERC20 {
  /** Destroys tokens of the caller. */
  @execute burn(value: u256): void {
    this._burn(context.caller, value);
  }

  /** Destroys tokens of `from` out of the caller's allowance. */
  @execute burnFrom(from: Address, value: u256): void {
    this.spendAllowance(from, context.caller, value);
    this._burn(from, value);
  }
}
