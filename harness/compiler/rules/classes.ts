// Rules of decorators, classes and files.

import type { Rule } from "./rule.js";

export const CLASS_RULES: readonly Rule[] = [
  {
    code: "QW101",
    title: "A decorator is one that the compiler knows",
    severity: "error",
    why: "Decorators say what a class, method or field is. AssemblyScript accepts any name after @ and ignores it, so a misspelt @execute would give a method that nobody can call. Those of AssemblyScript itself (@inline, @operator, ...) keep their meaning.",
    wrong: `
@contract
export class Counter {
  count: u64;

  @exceute increment(): void {
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
    code: "QW102",
    title: "A decorator stands where it means something, with the arguments that it takes",
    severity: "error",
    why: 'A decorator in the wrong place would be ignored in silence: @indexed marks fields of events, @lazy fields of the contract, guards mark methods. Some take names in quotes, like @only("owner"); the others take nothing.',
    wrong: `
@struct
class Holder {
  @indexed owner: Address;
}

@contract
export class Registry {
  holders: StorageMap<u64, Holder>;
}`,
    right: `
@struct
class Holder {
  owner: Address;
}

@contract
export class Registry {
  holders: StorageMap<u64, Holder>;
}`,
  },
  {
    code: "QW103",
    title: "A file has one contract",
    severity: "error",
    why: "Each contract becomes a module of its own, named after its file. Abstract contracts, which others extend, give no module and may stand beside it.",
    wrong: `
@contract
export class Token {
  supply: u256;
}

@contract
export class Vault {
  total: u256;
}`,
    right: `
@contract
export class Token {
  supply: u256;
}`,
  },
  {
    code: "QW104",
    title: "A file of the contracts folder has a contract, or is imported by one",
    severity: "error",
    why: "Methods that are marked @init, @execute or @query can only be called in a class that is marked @contract. A file without any such mark that no contract imports gives nothing; that is a warning.",
    wrong: `
export class Counter {
  count: u64 = 0;

  @execute increment(): void {
    this.count += 1;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64 = 0;

  @execute increment(): void {
    this.count += 1;
  }
}`,
  },
  {
    code: "QW107",
    title: "Names are there once",
    severity: "error",
    why: "Fields and methods of a contract share one space of names, with those of its base contracts; so do the classes that a contract is made of, and the contracts of a project. The interface, the typed client and reports tell them by name.",
    wrong: `
@contract
export class Counter {
  count: u64;

  @query count(): u64 {
    return 1;
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
    code: "QW114",
    title: "A name is not one of the typed client's or of generated code",
    severity: "error",
    why: "The typed client has members of its own beside the contract's methods: as, with, receipt, address, balance and the like. A method of such a name could not be called from a test. Names that begin with two underscores are the compiler's.",
    wrong: `
@contract
export class Vault {
  total: u256;

  @query balance(): u256 {
    return this.total;
  }
}`,
    right: `
@contract
export class Vault {
  total: u256;

  @query getBalance(): u256 {
    return this.total;
  }
}`,
  },
  {
    code: "QW118",
    title: "A contract has no constructor",
    severity: "error",
    why: "An object of the class is made anew at every call, so a constructor would run every time. What is to run once, at deployment, is the method marked @init.",
    wrong: `
@contract
export class Counter {
  count: u64;

  constructor() {
    this.count = 10;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @init create(): void {
    this.count = 10;
  }
}`,
  },
  {
    code: "QW123",
    title: "A struct has fields",
    severity: "error",
    why: "A struct is stored and passed as its fields, one after the other. Without any there is nothing to store, and entries of a map could not be told from missing ones.",
    wrong: `
@struct
class Holder {}

@contract
export class Registry {
  holders: StorageMap<u64, Holder>;
}`,
    right: `
@struct
class Holder {
  owner: Address;
}

@contract
export class Registry {
  holders: StorageMap<u64, Holder>;
}`,
  },
  {
    code: "QW124",
    title: "Errors have codes of their own",
    severity: "error",
    why: "On chain an error is a number made from its name. Two errors of one number could not be told apart by the caller, and the small numbers are the SDK's own failures, like Overflow. It is rare: about one pair of names in four billion.",
    wrong: `
@error
class WrongEpochUsedProblem {}

@error
class ClosedPoolPaidMistake {}

@contract
export class Vault {
  @execute close(now: bool): void {
    if (now) revert(new WrongEpochUsedProblem());
    revert(new ClosedPoolPaidMistake());
  }
}`,
    right: `
@error
class Closed {}

@error
class NotOpen {}

@contract
export class Vault {
  @execute close(now: bool): void {
    if (now) revert(new Closed());
    revert(new NotOpen());
  }
}`,
  },
  {
    code: "QW125",
    title: "Contracts import the SDK and files of their project",
    severity: "error",
    why: 'Packages for Node or the browser are not AssemblyScript, and a contract has no file system or network. What is shared between contracts stands in files of the project, imported by a relative path; the SDK is "qwvm/sdk-as". A folder is imported by its file, "./lib/index". Files that pass on all of each other in a circle, by `export *`, are more than AssemblyScript can follow.',
    wrong: `
import { twice } from "./mth";

@contract
export class Doubler {
  @query double(x: u64): u64 {
    return twice(x);
  }
}`,
    right: `
import { twice } from "./math";

@contract
export class Doubler {
  @query double(x: u64): u64 {
    return twice(x);
  }
}`,
    also: { "contracts/math.ts": "export function twice(x: u64): u64 {\n  return 2 * x;\n}\n" },
  },
  {
    code: "QW126",
    title: "What is emitted is an @event, what is reverted with is an @error",
    severity: "error",
    why: "emit() writes the fields of an @event class, revert() and require() those of an @error class. The mark gives the class its encoding and puts it into the interface, where clients find it.",
    wrong: `
class Paid {
  constructor(public amount: u64) {}
}

@contract
export class Shop {
  @execute pay(amount: u64): void {
    emit(new Paid(amount));
  }
}`,
    right: `
@event
class Paid {
  constructor(public amount: u64) {}
}

@contract
export class Shop {
  @execute pay(amount: u64): void {
    emit(new Paid(amount));
  }
}`,
  },
  {
    code: "QW134",
    title: "The text of an error is a literal and names its fields",
    severity: "error",
    why: 'The text of @error("...") stays off chain: clients put it together from the interface and the error\'s fields. So it has to be known when the contract is built, and what stands in braces has to be a field.',
    wrong: `
@error("{needed} are needed, {avaliable} are there")
class TooLittle {
  constructor(
    public needed: u64,
    public available: u64,
  ) {}
}

@contract
export class Shop {
  @execute pay(amount: u64): void {
    require(amount >= 5, new TooLittle(5, amount));
  }
}`,
    right: `
@error("{needed} are needed, {available} are there")
class TooLittle {
  constructor(
    public needed: u64,
    public available: u64,
  ) {}
}

@contract
export class Shop {
  @execute pay(amount: u64): void {
    require(amount >= 5, new TooLittle(5, amount));
  }
}`,
  },
  {
    code: "QW135",
    title: "The members of an enum are 0, 1, 2 and so on",
    severity: "error",
    why: "An enum is stored and passed as one byte, the position of the member, as Borsh has it. Values of one's own would give a number in the contract and another one outside.",
    wrong: `
export enum Color {
  Red = 1,
  Green = 2,
}

@contract
export class Light {
  color: Color;
}`,
    right: `
export enum Color {
  Red,
  Green,
}

@contract
export class Light {
  color: Color;
}`,
  },
];
