// An ERC-20 supply that never exceeds a cap, set once.

import { Address, contract, error, init, query, require, type u256 } from "qwvm/sdk-as";
import { ERC20 } from "./erc20";

@error("the supply would be {increasedSupply}, the cap is {cap}")
export class ERC20ExceededCap {
  constructor(
    public increasedSupply: u256,
    public cap: u256,
  ) {}
}

@error("{cap} is no cap")
export class ERC20InvalidCap {
  constructor(public cap: u256) {}
}

@contract
export abstract class ERC20Capped extends ERC20 {
  protected cap: u256;

  @init createCapped(cap: u256): void {
    require(!cap.isZero(), new ERC20InvalidCap(cap));
    this.cap = cap;
  }

  @query getCap(): u256 {
    return this.cap;
  }

  protected update(from: Address, to: Address, value: u256): void {
    super.update(from, to, value);
    if (from == Address.zero) require(this.supply <= this.cap, new ERC20ExceededCap(this.supply, this.cap));
  }
}
