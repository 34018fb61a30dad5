import { contract, execute, init, query } from "qwvm/sdk-as";

/** Counts. Plain fields are the contract's stored state. */
@contract
export class Counter {
  count: u64;

  /** Runs once, when the contract is deployed. */
  @init
  create(initialValue: u64): void {
    this.count = initialValue;
  }

  /** Adds to the count. */
  @execute
  increment(amount: u64): void {
    this.count += amount;
  }

  /** The count; a query changes nothing and costs its caller no gas. */
  @query
  getCount(): u64 {
    return this.count;
  }
}
