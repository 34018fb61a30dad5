import { type Address, contract, init, mix, type u256 } from "qwvm/sdk-as";
import { ERC20Burnable } from "qwvm/sdk-as/contracts/erc20-burnable";
import { ERC20Snapshot } from "qwvm/sdk-as/contracts/erc20-snapshot";
import { Ownable } from "qwvm/sdk-as/contracts/ownable";

/** The votes: a token whose balances the parliament keeps at each proposal. */
@contract
export class Votes extends mix(ERC20Snapshot, ERC20Burnable, Ownable) {
  @init setUp(holder: Address, supply: u256): void {
    this.createOwnable(holder);
    this._mint(holder, supply);
  }

  /** The owner is the parliament: whoever deploys hands it over. */
  protected authorizeSnapshot(): void {
    this.checkOwner();
  }
}
