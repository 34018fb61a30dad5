// ERC-20 tokens that cannot move, be created or be destroyed while the contract is paused.

import { type Address, contract, mix, type u256 } from "qwvm/sdk-as";
import { ERC20 } from "./erc20";
import { Pausable } from "./pausable";

@contract
export abstract class ERC20Pausable extends mix(ERC20, Pausable) {
  protected update(from: Address, to: Address, value: u256): void {
    this.checkNotPaused();
    super.update(from, to, value);
  }
}
