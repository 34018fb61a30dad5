// Rules of base contracts and of the interfaces of other contracts.

import type { Rule } from "./rule.js";

const TOKEN = `import { Address, contract, execute, StorageMap } from "qwvm/sdk-as";

@contract
export class Token {
  balances: StorageMap<Address, u64>;

  @execute mint(to: Address, amount: u64): void {
    this.balances.set(to, amount);
  }
}
`;

export const INHERITANCE_RULES: readonly Rule[] = [
  {
    code: "QW119",
    title: "A contract extends contracts",
    severity: "error",
    why: "A base class is found by its name, among the classes marked @contract of this file and of those that it imports. It is mostly abstract, so that it gives no module of its own. Several bases are named as extends mix(A, B).",
    wrong: `
class Ownable {
  owner: u64 = 0;
}

@contract
export class Shop extends Ownable {
  price: u64;
}`,
    right: `
@contract
abstract class Ownable {
  owner: u64 = 0;
}

@contract
export class Shop extends Ownable {
  price: u64;
}`,
  },
  {
    code: "QW140",
    title: "An override fits what it overrides, and nothing is left abstract",
    severity: "error",
    why: "Code of the base calls the method and relies on its parameters, result and kind. Private methods are the base's own and are not overridden. A contract that gives a module has a body for every method that its bases leave abstract.",
    wrong: `
@contract
export abstract class Priced {
  @query price(): u64 {
    return 1;
  }
}

@contract
export class Shop extends Priced {
  @query price(): u256 {
    return u256.from(2);
  }
}`,
    right: `
@contract
export abstract class Priced {
  @query price(): u64 {
    return 1;
  }
}

@contract
export class Shop extends Priced {
  @query price(): u64 {
    return 2;
  }
}`,
  },
  {
    code: "QW141",
    title: "The bases of a contract can be put in one line",
    severity: "error",
    why: "Bases are looked up in one order, that of C3, as in Solidity and Python: a class before its bases, and bases as they are named. A contract that extends itself, or a base that is named before one that extends it, has no such order.",
    wrong: `
@contract
export abstract class Ownable {
  owner: Address;
}

@contract
export abstract class Pausable extends Ownable {
  paused: bool;
}

@contract
export class Shop extends mix(Ownable, Pausable) {
  price: u64;
}`,
    right: `
@contract
export abstract class Ownable {
  owner: Address;
}

@contract
export abstract class Pausable extends Ownable {
  paused: bool;
}

@contract
export class Shop extends mix(Pausable, Ownable) {
  price: u64;
}`,
  },
  {
    code: "QW144",
    title: "Every base is set up once",
    severity: "error",
    why: "Only one @init runs at deployment: that of the contract itself, where it has one. It has to call the @init methods of its bases, or they would start with empty fields. Called twice, the second call would overwrite what the first one did.",
    wrong: `
@contract
export abstract class Ownable {
  owner: Address;

  @init createOwnable(): void {
    this.owner = context.caller;
  }
}

@contract
export class Shop extends Ownable {
  price: u64;

  @init create(price: u64): void {
    this.price = price;
  }
}`,
    right: `
@contract
export abstract class Ownable {
  owner: Address;

  @init createOwnable(): void {
    this.owner = context.caller;
  }
}

@contract
export class Shop extends Ownable {
  price: u64;

  @init create(price: u64): void {
    this.createOwnable();
    this.price = price;
  }
}`,
  },
  {
    code: "QW146",
    title: "The interface of another contract is a class of methods with kinds",
    severity: "error",
    why: "A class marked @remote stands for another contract, and its methods are that contract's, with the same names, kinds and types, and have no bodies of their own. The kind is checked against the interface, not against what lies at the address: whoever is there can change its own state and call back, in a @query too. Fields of another contract cannot be read.",
    wrong: `
@remote
class Oracle extends Remote {
  price(): u64 {
    return 0;
  }
}

@contract
export class Shop {
  @query cost(oracle: Address): u64 {
    return Oracle.at(oracle).price();
  }
}`,
    right: `
@remote
class Oracle extends Remote {
  @query price(): u64 {
    return 0;
  }
}

@contract
export class Shop {
  @query cost(oracle: Address): u64 {
    return Oracle.at(oracle).price();
  }
}`,
  },
  {
    code: "QW147",
    title: "An interface agrees with the contract that it names",
    severity: "error",
    why: 'Where the class names a contract of the project, @remote("Token"), or an interface file, @remote("./token.abi.json"), its methods are compared with the real ones. A call with other types would be encoded wrongly and fail on chain, or worse, do something else.',
    wrong: `
@remote("Token")
class Minting extends Remote {
  @execute mint(to: Address, amount: u256): void {}
}

@contract
export class Shop {
  @execute buy(token: Address): void {
    Minting.at(token).mint(context.caller, u256.from(1));
  }
}`,
    right: `
@remote("Token")
class Minting extends Remote {
  @execute mint(to: Address, amount: u64): void {}
}

@contract
export class Shop {
  @execute buy(token: Address): void {
    Minting.at(token).mint(context.caller, 1);
  }
}`,
    also: { "contracts/token.ts": TOKEN },
  },
];
