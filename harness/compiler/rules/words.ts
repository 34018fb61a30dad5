// Rules of what a contract is written in: TypeScript's grammar, names that can be used, types that have to be written.

import type { Rule } from "./rule.js";

export const WORD_RULES: readonly Rule[] = [
  {
    code: "QW270",
    title: "A contract is TypeScript",
    severity: "error",
    why: "The file is read by TypeScript's parser first, and it does not understand this place. Nothing else is said of the file until it does, since the rest would follow from it. Lines of Solidity or Rust get a hint of what stands in their place here.",
    wrong: `
@contract
export class Power {
  @query negated(): i32 {
    return -2 ** 2;
  }
}`,
    right: `
@contract
export class Power {
  @query negated(): i32 {
    return -(2 ** 2);
  }
}`,
  },
  {
    code: "QW271",
    title: "A condition is no assignment",
    severity: "error",
    why: "if (a = 5) assigns and is always true, whatever a was. It is mostly written for a == 5, and it changes what it should only look at. Where an assignment is meant it is a statement before the condition, or is compared: while ((next = step()) > 0).",
    wrong: `
@contract
export class Door {
  code: u64;
  opened: bool;

  @execute open(code: u64): void {
    if (this.code = code) this.opened = true;
  }
}`,
    right: `
@contract
export class Door {
  code: u64;
  opened: bool;

  @execute open(code: u64): void {
    if (this.code == code) this.opened = true;
  }
}`,
  },
  {
    code: "QW272",
    title: "Parameters and fields have their types written",
    severity: "error",
    why: "AssemblyScript compiles each function once, ahead of time, and has to know the width of what it takes. It does not guess a type from a default or from a call. Only a function that is written where one is passed, as in sort((a, b) => a - b), takes its types from there.",
    wrong: `
function twice(x): u64 {
  return x * 2;
}

@contract
export class Sum {
  @query double(x: u64): u64 {
    return twice(x);
  }
}`,
    right: `
function twice(x: u64): u64 {
  return x * 2;
}

@contract
export class Sum {
  @query double(x: u64): u64 {
    return twice(x);
  }
}`,
  },
  {
    code: "QW273",
    title: "Names are no words that AssemblyScript keeps for itself",
    severity: "error",
    why: "Some words mean something to AssemblyScript's parser wherever they stand, though TypeScript takes them as names: of, override, package, implements, static and their like, and for fields also every word of TypeScript's own. What is stored or passed under such a name has to be called otherwise.",
    wrong: `
@contract
export class Desk {
  pendings: StorageMap<Address, u64>;

  @query pending(of: Address): u64 {
    return this.pendings.get(of);
  }
}`,
    right: `
@contract
export class Desk {
  pendings: StorageMap<Address, u64>;

  @query pending(owner: Address): u64 {
    return this.pendings.get(owner);
  }
}`,
  },
  {
    code: "QW274",
    title: "What is sent and stored has no type parameters",
    severity: "error",
    why: "A contract, its methods, events, errors and structs are part of an interface that says the encoding of everything. A type parameter leaves it open. Helper functions and classes that are not marked can have them.",
    wrong: `
@contract
export class Box {
  @query count<T>(items: u64[]): u64 {
    return items.length;
  }
}`,
    right: `
@contract
export class Box {
  @query count(items: u64[]): u64 {
    return items.length;
  }
}`,
  },
  {
    code: "QW275",
    title: "What returns nothing returns no value",
    severity: "error",
    why: "AssemblyScript takes a value behind return in a function that is `: void`, and drops it. A caller would never see it, though the method reads as if it gave an answer. Either the type behind the parentheses is wrong, or the value is left over.",
    wrong: `
@contract
export class Counter {
  count: u64;

  @execute increment(): void {
    this.count += 1;
    return this.count;
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
];
