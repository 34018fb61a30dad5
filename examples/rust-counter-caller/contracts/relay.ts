import { type Address, contract, emit, event, execute, init, query, Remote, remote } from "qwvm/sdk-as";

/**
 * The Counter of QuantumWing's overview, written in Rust. Its `increment` takes 8 bytes, as Borsh has a u64; it answers
 * nothing. Its `get_count` is a query of a raw module: contracts cannot ask it, see the README.
 */
@remote
class RustCounter extends Remote {
  @execute increment(amount: u64): void {}
  @execute get_count(): u64 {
    return this.answer;
  }
}

@event
class Relayed {
  constructor(
    public amount: u64,
    public total: u64,
  ) {}
}

/** Counts on a Rust contract, and keeps account of what it has added itself. */
@contract
export class Relay {
  counter: Address;
  total: u64;

  @init create(counter: Address): void {
    this.counter = counter;
  }

  /** Adds to the Rust counter; reverts if that fails. */
  @execute add(amount: u64): void {
    this.total += amount;
    emit(new Relayed(amount, this.total));
    RustCounter.at(this.counter).increment(amount);
  }

  /** Asks the Rust counter for its count, and says whether that was answered. */
  @execute ask(): bool {
    const counter = RustCounter.at(this.counter).catching();
    counter.get_count();
    return !counter.failed;
  }

  /** How much this contract has added. */
  @query added(): u64 {
    return this.total;
  }
}
