import { type Address, contract, execute, type u256 } from "qwvm/sdk-as";
import { ERC20 } from "qwvm/sdk-as/contracts/erc20";

/** A token to trade, which gives itself away: two of these stand on the pool's sides. */
@contract
export class Coin extends ERC20 {
  @execute mint(to: Address, value: u256): void {
    this._mint(to, value);
  }
}
