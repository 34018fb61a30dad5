import { contract, execute, init, query } from "qwvm/sdk-as";

@contract
export class Counter {
  count: u64; // stored state: plain fields

  @init create(initialValue: u64): void {
    this.count = initialValue;
  }

  @execute increment(amount: u64): void {
    this.count += amount;
  }

  @query getCount(): u64 {
    return this.count;
  }
}
