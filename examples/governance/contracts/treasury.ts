import { type Address, contract, execute, init, only, payable, transfer, type u256 } from "qwvm/sdk-as";
import { Ownable } from "qwvm/sdk-as/contracts/ownable";

/** What is governed: money, which its owner alone spends. */
@contract
export class Treasury extends Ownable {
  @init setUp(owner: Address): void {
    this.createOwnable(owner);
  }
  @payable @execute deposit(): void {}

  @only("owner") @execute spend(to: Address, amount: u256): void {
    transfer(to, amount);
  }
}
