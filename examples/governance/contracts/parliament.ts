import { type Address, contract, init, u256 } from "qwvm/sdk-as";
import { Governor } from "qwvm/sdk-as/contracts/governor";

const DAY: u64 = 86_400;

/** Decides by vote: a day until it begins, three days of voting, a tenth must take part. */
@contract
export class Parliament extends Governor {
  @init setUp(votes: Address, delay: Address): void {
    this.createGovernor(votes, delay, DAY, 3 * DAY, 10, u256.from(1_000));
  }
}
