import { type Address, contract, init } from "qwvm/sdk-as";
import { Timelock } from "qwvm/sdk-as/contracts/timelock";

/** Carries out what was decided, two days later. The admin makes the parliament its proposer and executor, and leaves. */
@contract
export class Delay extends Timelock {
  @init setUp(admin: Address): void {
    this.createTimelock(172_800, admin);
  }
}
