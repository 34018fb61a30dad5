// Rules of methods: their kinds, parameters, results and guards.

import type { Rule } from "./rule.js";

export const METHOD_RULES: readonly Rule[] = [
  {
    code: "QW105",
    title: "A public method has a kind",
    severity: "error",
    why: "Only methods marked @init, @execute or @query can be called from outside, and the mark says what a call may do. A public method without one is mostly a forgotten mark. Helpers are private, protected or static.",
    wrong: `
@contract
export class Counter {
  count: u64;

  increment(): void {
    this.count += 1;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @execute increment(): void {
    this.count += 1;
  }
}`,
  },
  {
    code: "QW108",
    title: "A query changes nothing",
    severity: "error",
    why: "Queries are answered from the state without a transaction, and callers rely on it that they change nothing in one, either. The compiled module is followed along every way (methods, accessors, operators, constructors, functions as values, base contracts, the interfaces of other contracts), and what still gets through ends the call with WriteInQuery. What a map gives is a copy, so changing it in a query is fine.",
    foundByCompiling: true,
    wrong: `
@contract
export class Counter {
  count: u64;

  @query next(): u64 {
    return this.advance();
  }
  private advance(): u64 {
    this.count += 1;
    return this.count;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @query next(): u64 {
    return this.count + 1;
  }
}`,
  },
  {
    code: "QW115",
    title: "@payable stands beside @init or @execute",
    severity: "error",
    why: "Value comes with a transaction. A query has none, and a method without a kind cannot be called at all.",
    wrong: `
@contract
export class Shop {
  sold: u64;

  @query @payable getSold(): u64 {
    return this.sold;
  }
}`,
    right: `
@contract
export class Shop {
  sold: u64;

  @query getSold(): u64 {
    return this.sold;
  }
}`,
  },
  {
    code: "QW116",
    title: "A contract is set up by one method",
    severity: "error",
    why: "Deployment calls the one method that is marked @init. A second one would never run, or could be called later by anybody.",
    wrong: `
@contract
export class Shop {
  owner: Address;
  price: u64;

  @init create(): void {
    this.owner = context.caller;
  }
  @init setPrice(price: u64): void {
    this.price = price;
  }
}`,
    right: `
@contract
export class Shop {
  owner: Address;
  price: u64;

  @init create(price: u64): void {
    this.owner = context.caller;
    this.price = price;
  }
}`,
  },
  {
    code: "QW117",
    title: "A method has one kind",
    severity: "error",
    why: "@init runs once, @execute may change state, @query only reads. A method cannot be two of them: callers choose the way of calling by the kind.",
    wrong: `
@contract
export class Counter {
  count: u64;

  @execute @query getCount(): u64 {
    return this.count;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @query getCount(): u64 {
    return this.count;
  }
}`,
  },
  {
    code: "QW120",
    title: "A method with a kind is a plain public method",
    severity: "error",
    why: "A call from outside names a method of the contract's object. Private and protected methods are not to be reached from outside, static ones have no object, and accessors look like fields.",
    wrong: `
@contract
export class Counter {
  count: u64;

  @query private getCount(): u64 {
    return this.count;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @query getCount(): u64 {
    return this.count;
  }
}`,
  },
  {
    code: "QW128",
    title: "Every argument is sent",
    severity: "error",
    why: "A call carries the encoding of every argument, one after the other; none can be left out. A default would never be used from outside, nor is there a parameter for any number of them. Clients can put their own defaults in front.",
    wrong: `
@contract
export class Counter {
  count: u64;

  @execute increment(amount: u64 = 1): void {
    this.count += amount;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @execute increment(amount: u64): void {
    this.count += amount;
  }
}`,
  },
  {
    code: "QW130",
    title: "@init returns nothing",
    severity: "error",
    why: "Deployment answers with the new contract's address. There is no place for a result.",
    wrong: `
@contract
export class Shop {
  owner: Address;

  @init create(owner: Address): bool {
    this.owner = owner;
    return true;
  }
}`,
    right: `
@contract
export class Shop {
  owner: Address;

  @init create(owner: Address): void {
    this.owner = owner;
  }
}`,
  },
  {
    code: "QW131",
    title: "Methods and functions say what they return",
    severity: "error",
    why: "The result's type of a method that is called from outside is part of the interface and decides how the answer is encoded. AssemblyScript wants it of every function and accessor. It is read from the source and not guessed.",
    wrong: `
@contract
export class Counter {
  count: u64;

  @execute increment() {
    this.count += 1;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @execute increment(): void {
    this.count += 1;
  }
}`,
  },
  {
    code: "QW132",
    title: "A query returns something",
    severity: "error",
    why: "A query changes nothing, so one that returns nothing does nothing. Mostly the result was forgotten, or the method is meant to be @execute.",
    wrong: `
@contract
export class Counter {
  count: u64;

  @query getCount(): void {
    const count = this.count;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @query getCount(): u64 {
    return this.count;
  }
}`,
  },
  {
    code: "QW142",
    title: "A guard names something that can guard, and stands on a method that can be called",
    severity: "error",
    why: "Guards are checked when a method is called from outside, in the order in which they are written. What they name is looked up in the contract and its bases: fields and methods that hold addresses for @only, hasRole() for @role, a field paused for @whenPaused. A guard that named nothing would let everybody in, or nobody.",
    wrong: `
@contract
export class Shop {
  owner: Address;
  price: u64;

  @only("ownr") @execute setPrice(price: u64): void {
    this.price = price;
  }
}`,
    right: `
@contract
export class Shop {
  owner: Address;
  price: u64;

  @only("owner") @execute setPrice(price: u64): void {
    this.price = price;
  }
}`,
  },
];
