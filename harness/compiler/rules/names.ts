// Rules of names: what they can do where they stand.

import type { Rule } from "./rule.js";

export const NAME_RULES: readonly Rule[] = [
  {
    code: "QW230",
    title: "require and revert are statements",
    severity: "error",
    why: "The compiler prints them as statements, so that an error is made when it is needed and nothing runs behind it. Inside of an expression the error would be made each time, with everything that making it does.",
    wrong: `
@contract
export class Vault {
  total: u64;

  @execute put(amount: u64): void {
    amount > 100 ? revert("too much") : this.add(amount);
  }

  private add(amount: u64): void {
    this.total += amount;
  }
}`,
    right: `
@contract
export class Vault {
  total: u64;

  @execute put(amount: u64): void {
    if (amount > 100) revert("too much");
    this.add(amount);
  }

  private add(amount: u64): void {
    this.total += amount;
  }
}`,
  },
  {
    code: "QW231",
    title: "What lasts is a field of the contract",
    severity: "error",
    why: "Every call runs in a new instance of the module. Variables of a file or namespace and static fields begin with what they are declared with, also where an earlier call has changed them or what they hold. Fields of the contract are stored; what never changes can stand anywhere.",
    wrong: `
let count: u64 = 0;

@contract
export class Counter {
  @execute increment(): u64 {
    count += 1;
    return count;
  }
}`,
    right: `
@contract
export class Counter {
  count: u64;

  @execute increment(): u64 {
    this.count += 1;
    return this.count;
  }
}`,
  },
  {
    code: "QW232",
    title: "What goes past the checks is marked @unsafe",
    severity: "error",
    why: "changetype, load, store and their like read and write memory without asking what is there: stored fields, what a call was given, or another value. A method that needs them says so with AssemblyScript's own @unsafe, and is all that has to be looked at.",
    wrong: `
@contract
export class Sums {
  @query first(list: u64[]): u64 {
    return load<u64>(list.dataStart);
  }
}`,
    right: `
@contract
export class Sums {
  @query first(list: u64[]): u64 {
    return list[0];
  }
}`,
  },
  {
    code: "QW233",
    title: "A readonly field is set once",
    severity: "error",
    why: "As in TypeScript, readonly says that a field keeps what it was given at the start. For a contract that is what it is declared with, and what its @init method assigns.",
    wrong: `
@contract
export class Vault {
  readonly limit: u64;

  @execute raise(): void {
    this.limit += 1;
  }
}`,
    right: `
@contract
export class Vault {
  limit: u64;

  @execute raise(): void {
    this.limit += 1;
  }
}`,
  },
  {
    code: "QW234",
    title: "What is encoded is made of its own fields",
    severity: "error",
    why: "An event, error or struct is encoded as the fields written in its class, in their order. Those of a base class would be missing from it, and a field of the base's type could not hold it. qwvm 0.1.0 accepted such classes and stored their own fields alone.",
    wrong: `
class Named {
  name: string = "";
}

@struct
class Item extends Named {
  price: u64;
}

@contract
export class Shop {
  item: Item;
}`,
    right: `
@struct
class Item {
  name: string;
  price: u64;
}

@contract
export class Shop {
  item: Item;
}`,
  },
  {
    code: "QW235",
    title: "A stored collection is a field of the contract",
    severity: "error",
    why: "A StorageMap, StorageVec, StorageSet or IterableMap is a place in storage, and the name of its field is what its keys begin with. One made with new has no name: all of them would share one place. What is given to functions and variables is a field's.",
    wrong: `
const balances = new StorageMap<Address, u64>();

@contract
export class Bank {
  @query balanceOf(who: Address): u64 {
    return balances.get(who);
  }
}`,
    right: `
@contract
export class Bank {
  balances: StorageMap<Address, u64>;

  @query balanceOf(who: Address): u64 {
    return this.balances.get(who);
  }
}`,
  },
  {
    code: "QW236",
    title: "A file declares and does nothing",
    severity: "error",
    why: "Statements outside of functions would run in every call before the method that is called, in queries too, since each call is a new instance of the module. Constants may be computed there; what emits, pays, calls or reverts belongs into a method.",
    wrong: `
@event
class Loaded {
  constructor(public at: u64) {}
}

emit(new Loaded(1));

@contract
export class Counter {
  count: u64;
}`,
    right: `
@event
class Loaded {
  constructor(public at: u64) {}
}

@contract
export class Counter {
  count: u64;

  @init create(): void {
    emit(new Loaded(1));
  }
}`,
  },
  {
    code: "QW238",
    title: "A struct's fields start as zero",
    severity: "error",
    why: "A struct that has never been stored, as a field or as the entry of a map, is read as zeros, which costs nothing. Another value behind = would count in new alone, so that the same struct would start in two ways.",
    wrong: `
@struct
class Limits {
  most: u64 = 5;
}

@contract
export class Vault {
  limits: Limits;
}`,
    right: `
@struct
class Limits {
  most: u64;
}

@contract
export class Vault {
  limits: Limits;

  @init create(): void {
    this.limits.most = 5;
  }
}`,
  },
  {
    code: "QW239",
    title: "Lines end with LF or CR LF",
    severity: "error",
    why: "TypeScript and editors end a line at a lone CR, U+2028 and U+2029 too. AssemblyScript does not: a comment goes on behind them, and code that is shown on the next line would not run.",
  },
];
