// ERC-20 tokens that holders of the role "minter" create. The admin of Roles grants it, to a bridge or a farm for example.

import { type Address, contract, execute, mix, role, type u256 } from "qwvm/sdk-as";
import { ERC20 } from "./erc20";
import { Roles } from "./roles";

@contract
export abstract class ERC20Mintable extends mix(ERC20, Roles) {
  /** Creates tokens for `to`. */
  @execute @role("minter") mint(to: Address, value: u256): void {
    this._mint(to, value);
  }
}
