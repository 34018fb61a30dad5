// Rules of members that come together in a contract: of its bases, of its own, and what guards them.

import type { Rule } from "./rule.js";

export const LINEAGE_RULES: readonly Rule[] = [
  {
    code: "QW143",
    title: "A guard is dropped in words",
    severity: "error",
    why: "An override that states its kind states its guards, so that reading it is enough to know them. Without any it would be open to everybody although what it overrides is not: write the guard again, or another, or @unguarded. An override without a kind keeps the kind and guards of what it overrides, through any number of bases.",
    wrong: `
@contract
export abstract class Ownable {
  owner: Address;

  @only("owner") @execute close(): void {
    this.owner = context.self;
  }
}

@contract
export class Shop extends Ownable {
  closed: bool;

  @execute close(): void {
    this.closed = true;
  }
}`,
    right: `
@contract
export abstract class Ownable {
  owner: Address;

  @only("owner") @execute close(): void {
    this.owner = context.self;
  }
}

@contract
export class Shop extends Ownable {
  closed: bool;

  @only("owner") @execute close(): void {
    this.closed = true;
  }
}`,
  },
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
    why: "What a base declares private, it can change without asking who extends it. Two bases can each have a private method of one name, and each calls its own. A contract that is to use a member of its base finds it public or protected.",
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
    code: "QW244",
    title: "@signed names one thing",
    severity: "error",
    why: "A parameter is who the caller names, a field is who the contract knows. With both of one name, whoever calls could name himself and sign for himself. Names in a guard mean what they mean where the guard is written: a parameter of that very method, or a member of that class and its bases.",
    wrong: `
@contract
export class Shop {
  admin: Address;

  @signed("admin") @execute setAdmin(admin: Address): void {
    this.admin = admin;
  }
}`,
    right: `
@contract
export class Shop {
  admin: Address;

  @signed("admin") @execute setAdmin(newAdmin: Address): void {
    this.admin = newAdmin;
  }
}`,
  },
  {
    code: "QW245",
    title: "@unguarded drops a guard",
    severity: "error",
    why: "It says that an override is meant to have no guards but those beside it. Where there is nothing to drop it would stay unnoticed, and drop what the base is given later. An override that states no kind keeps the guards, so it says nothing there.",
    wrong: `
@contract
export class Shop {
  total: u64;

  @unguarded @execute add(): void {
    this.total += 1;
  }
}`,
    right: `
@contract
export class Shop {
  total: u64;

  @execute add(): void {
    this.total += 1;
  }
}`,
  },
  {
    code: "QW246",
    title: "A method that anybody can call does not go around a guard",
    severity: "warning",
    why: "Guards are asked of calls from outside. A public method that calls a guarded one of its own contract runs its body without the guard. Guard both, or move what they have in common to a protected method, whose name then says that nobody is asked.",
    wrong: `
@contract
export class Shop {
  owner: Address;
  price: u64;

  @only("owner") @execute setPrice(price: u64): void {
    this.price = price;
  }
  @execute reset(): void {
    this.setPrice(0);
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
  @only("owner") @execute reset(): void {
    this.setPrice(0);
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
];
