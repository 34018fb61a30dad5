// Rules of guards: what overrides do to them, what names in them mean, and ways around them.

import type { Rule } from "./rule.js";

export const GUARD_RULES: readonly Rule[] = [
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
    code: "QW255",
    title: "What @guard names asks by itself",
    severity: "error",
    why: "The guards above a method are asked of calls from outside. Where the method is named by @guard, it is called from inside, as a plain function: its own guard would not be asked, and everybody would be let in.",
    wrong: `
@contract
export abstract class Stoppable {
  stopped: bool;

  @execute @guard("authorize") stop(): void {
    this.stopped = true;
  }
  protected abstract authorize(): void;
}

@contract
export class Shop extends Stoppable {
  owner: Address;

  @init create(): void {
    this.owner = context.caller;
  }
  @only("owner") @execute authorize(): void {}
}`,
    right: `
@contract
export abstract class Stoppable {
  stopped: bool;

  @execute @guard("authorize") stop(): void {
    this.stopped = true;
  }
  protected abstract authorize(): void;
}

@contract
export class Shop extends Stoppable {
  owner: Address;

  @init create(): void {
    this.owner = context.caller;
  }
  protected authorize(): void {
    require(context.caller == this.owner, "not the owner");
  }
}`,
  },
];
