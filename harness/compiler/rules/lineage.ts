// Rules of members that come together in a contract: of its bases and of its own.

import type { Rule } from "./rule.js";

export const LINEAGE_RULES: readonly Rule[] = [
  {
    code: "QW240",
    title: "Members of two bases are joined by an override",
    severity: "error",
    why: "Two bases that know nothing of each other have a member of one name. Which of the two would run, and with whose guards, nobody has said: the contract that extends both writes the member itself. There super.close() is the version of the base that comes first, and super.close() in that one the next, where it has one.",
    wrong: `
@contract
export abstract class Shop {
  @execute close(): void {}
}

@contract
export abstract class Vault {
  owner: Address;

  @only("owner") @execute close(): void {
    this.owner = context.self;
  }
}

@contract
export class Bank extends mix(Shop, Vault) {
  total: u64;
}`,
    right: `
@contract
export abstract class Shop {
  @execute close(): void {}
}

@contract
export abstract class Vault {
  owner: Address;

  @only("owner") @execute close(): void {
    this.owner = context.self;
  }
}

@contract
export class Bank extends mix(Vault, Shop) {
  total: u64;

  @only("owner") @execute close(): void {
    super.close();
  }
}`,
  },
  {
    code: "QW241",
    title: "super leads to a body",
    severity: "error",
    why: "super.name() calls the version of the base that is next in line. An abstract method has no body that could run. Where a contract puts another base in between, that one can be next.",
    wrong: `
@contract
export abstract class Priced {
  abstract price(): u64;
}

@contract
export class Shop extends Priced {
  @query price(): u64 {
    return super.price() + 1;
  }
}`,
    right: `
@contract
export abstract class Priced {
  abstract price(): u64;
}

@contract
export class Shop extends Priced {
  @query price(): u64 {
    return 1;
  }
}`,
  },
  {
    code: "QW242",
    title: "A static member is named by the class that has it",
    severity: "error",
    why: "Bases stand in one line, so that a class can have another one behind it than the one that it extends. A static member that a class has not itself would be looked up in that line. Named by the class that declares it, it is the same in every contract.",
    wrong: `
@contract
export abstract class Root {
  static limit(): u64 {
    return 1;
  }
}

@contract
export abstract class Left extends Root {
  @query most(): u64 {
    return Left.limit();
  }
}

@contract
export abstract class Right extends Root {
  static limit(): u64 {
    return 2;
  }
}

@contract
export class Shop extends mix(Left, Right) {
  total: u64;
}`,
    right: `
@contract
export abstract class Root {
  static limit(): u64 {
    return 1;
  }
}

@contract
export abstract class Left extends Root {
  @query most(): u64 {
    return Root.limit();
  }
}

@contract
export abstract class Right extends Root {
  static limit(): u64 {
    return 2;
  }
}

@contract
export class Shop extends mix(Left, Right) {
  total: u64;
}`,
  },
  {
    code: "QW243",
    title: "Private members are used by their class alone",
    severity: "error",
    why: "What a base declares private, it can change without asking who extends it. Two bases can each have a private method of one name, and each calls its own. A contract that is to use a member of its base finds it public or protected; of other classes, too, what is private stays theirs.",
    wrong: `
@contract
export abstract class Counting {
  count: u64;

  private step(): void {
    this.count += 1;
  }
  @execute add(): void {
    this.step();
  }
}

@contract
export class Shop extends Counting {
  @execute addTwo(): void {
    this.step();
    this.step();
  }
}`,
    right: `
@contract
export abstract class Counting {
  count: u64;

  protected step(): void {
    this.count += 1;
  }
  @execute add(): void {
    this.step();
  }
}

@contract
export class Shop extends Counting {
  @execute addTwo(): void {
    this.step();
    this.step();
  }
}`,
  },
  {
    code: "QW247",
    title: "A class names members that it or its bases have",
    severity: "error",
    why: "A base is compiled in the contracts that extend it, where another base may have a member of the name. What it relies on, it says itself: by a member of its own, an abstract method, or a base that it extends.",
    wrong: `
@contract
export abstract class Paying {
  @execute pay(): void {
    this.count += 1;
  }
}

@contract
export abstract class Counting {
  count: u64;
}

@contract
export class Shop extends mix(Paying, Counting) {
  price: u64;
}`,
    right: `
@contract
export abstract class Counting {
  count: u64;
}

@contract
export abstract class Paying extends Counting {
  @execute pay(): void {
    this.count += 1;
  }
}

@contract
export class Shop extends Paying {
  price: u64;
}`,
  },
  {
    code: "QW248",
    title: "A contract is not handed on as an interface",
    severity: "error",
    why: "A contract has no object in memory: its fields lie in storage. A call through an interface looks into the object for the class that it is of, and would end in a trap. Calls by the contract's own class need no object.",
    wrong: `
interface Priced {
  price(): u64;
}

function twice(item: Priced): u64 {
  return item.price() * 2;
}

@contract
export class Shop implements Priced {
  @query price(): u64 {
    return 5;
  }
  @query pair(): u64 {
    return twice(this);
  }
}`,
    right: `
function twice(item: Shop): u64 {
  return item.price() * 2;
}

@contract
export class Shop {
  @query price(): u64 {
    return 5;
  }
  @query pair(): u64 {
    return twice(this);
  }
}`,
  },
  {
    code: "QW249",
    title: "What sets a contract up runs at deployment alone",
    severity: "error",
    foundByCompiling: true,
    why: "An @init method runs once, when the contract is deployed, and often says whose it is. Called by a method that is open to others it would run again: whoever calls would be the owner of what is there already.",
    wrong: `
@contract
export class Shop {
  owner: Address;
  price: u64;

  @init create(): void {
    this.owner = context.caller;
    this.price = 5;
  }
  @execute reset(): void {
    this.create();
  }
}`,
    right: `
@contract
export class Shop {
  owner: Address;
  price: u64;

  @init create(): void {
    this.owner = context.caller;
    this.setPrice();
  }
  @only("owner") @execute reset(): void {
    this.setPrice();
  }
  private setPrice(): void {
    this.price = 5;
  }
}`,
  },
];
