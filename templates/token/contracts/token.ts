import { type Address, context, contract, execute, init, mix, only, type u256 } from "qwvm/sdk-as";
import { ERC20Burnable } from "qwvm/sdk-as/contracts/erc20-burnable";
import { Ownable } from "qwvm/sdk-as/contracts/ownable";

/**
 * A fungible token with 256-bit amounts: transfers, allowances, burning by holders, minting by its owner. Its name, symbol
 * and decimals are metadata, set when the contract is deployed.
 */
@contract
export class Token extends mix(ERC20Burnable, Ownable) {
  /** Whoever deploys it owns it, and has the initial supply. */
  @init
  create(initialSupply: u256): void {
    this.createOwnable(context.caller);
    this._mint(context.caller, initialSupply);
  }

  /** Creates tokens for `to`. */
  @only("owner")
  @execute
  mint(to: Address, amount: u256): void {
    this._mint(to, amount);
  }
}
