// Rules of types and of what is stored.

import type { Rule } from "./rule.js";

export const TYPE_RULES: readonly Rule[] = [
  {
    code: "QW106",
    title: "What is stored, passed, emitted or returned has a type with an encoding",
    severity: "error",
    why: "State, parameters, results, events and errors are encoded with Borsh, from their types as they are written. These are the integers u8 to u256 and i8 to i64, bool, string, Address, Bytes, Hash, arrays, `T | null`, enums, and classes that are marked @struct. Floats differ between machines; Map and Set have no order to encode; a class without a mark says nothing of how it is stored.",
    wrong: `
@contract
export class Registry {
  owners: Map<u64, Address>;
}`,
    right: `
@contract
export class Registry {
  owners: StorageMap<u64, Address>;
}`,
  },
  {
    code: "QW111",
    title: "Contracts compute with integers",
    severity: "error",
    why: "Every machine has to get the same bits, and floating-point numbers round. In AssemblyScript `number` is a 64-bit float, and Math works on floats. Amounts are kept in the smallest unit, and fractions are written as a product and a division.",
    wrong: `
@contract
export class Shop {
  @query withTax(price: u64): u64 {
    return <u64>(price * 1.19);
  }
}`,
    right: `
@contract
export class Shop {
  @query withTax(price: u64): u64 {
    return (price * 119) / 100;
  }
}`,
  },
  {
    code: "QW133",
    title: "A collection is not assigned",
    severity: "error",
    why: "A StorageMap and its relatives are places in storage, known by the field's name. There is no object to make or to replace: entries are set, and are there at the next call.",
    wrong: `
@contract
export class Registry {
  owners: StorageMap<u64, Address> = new StorageMap<u64, Address>();
}`,
    right: `
@contract
export class Registry {
  owners: StorageMap<u64, Address>;
}`,
  },
  {
    code: "QW148",
    title: "A copy that is changed is stored, given on or read",
    severity: "error",
    why: "get() decodes a new object from storage each time, and so do page(), values(), pop() and the answers of other contracts; set(), push() and add() store a copy of what they are given; a @lazy field is written only when it is assigned. A change of such a copy, or of an object after it was given to a collection, is lost if nothing reads, returns, passes on or stores what was changed. That holds through lists, maps, objects and functions, too, as being put into something keeps nothing, unless that is stored, returned or given on, and in a loop over a list each turn has an item of its own. Change an object first and set() it then; what was changed after the last set() is lost.",
    wrong: `
@struct
class Proposal {
  votes: u64;
}

@contract
export class Voting {
  proposals: StorageMap<u64, Proposal>;

  @execute vote(id: u64): void {
    this.proposals.get(id).votes += 1;
  }
}`,
    right: `
@struct
class Proposal {
  votes: u64;
}

@contract
export class Voting {
  proposals: StorageMap<u64, Proposal>;

  @execute vote(id: u64): void {
    const proposal = this.proposals.get(id);
    proposal.votes += 1;
    this.proposals.set(id, proposal);
  }
}`,
  },
  {
    code: "QW136",
    title: "A struct does not contain itself",
    severity: "error",
    why: "A struct is stored and passed with all of its parts. One that has itself among them would have no end, and its zero value could not be made. Behind an array or | null there can be none, and so there is an end.",
    wrong: `
@struct
export class Node {
  value: u64;
  next: Node;
}

@contract
export class List {
  first: Node;

  @query value(): u64 {
    return this.first.value;
  }
}`,
    right: `
@struct
export class Node {
  value: u64;
  next: Node | null;
}

@contract
export class List {
  first: Node;

  @query value(): u64 {
    return this.first.value;
  }
}`,
  },
];
