// Rules of what stands in bodies: what AssemblyScript or a contract does not have, and calls of other contracts.

import type { Rule } from "./rule.js";

export const BODY_RULES: readonly Rule[] = [
  {
    code: "QW109",
    title: "A function uses nothing of the function around it",
    severity: "error",
    why: "AssemblyScript has no closures: an inner function sees its own parameters, and what stands outside of all functions. Callbacks that only use their parameters, as in sort((a, b) => a - b), are fine.",
    wrong: `
@contract
export class Sum {
  @query add(items: u64[], more: u64): u64[] {
    return items.map<u64>((item) => item + more);
  }
}`,
    right: `
@contract
export class Sum {
  @query add(items: u64[], more: u64): u64[] {
    const sums: u64[] = [];
    for (let i = 0; i < items.length; i++) sums.push(items[i] + more);
    return sums;
  }
}`,
  },
  {
    code: "QW110",
    title: "Failures are not caught",
    severity: "error",
    why: "A failure ends the call and takes back what it changed; Wasm as QWVM runs it has no exceptions to catch. Test before with require(). A call of another contract that may fail is made with tryCallContract(), or catching() of its interface.",
    wrong: `
@contract
export class Pool {
  @query share(all: u64, parts: u64): u64 {
    try {
      return all / parts;
    } catch (problem) {
      return 0;
    }
  }
}`,
    right: `
@contract
export class Pool {
  @query share(all: u64, parts: u64): u64 {
    if (parts == 0) return 0;
    return all / parts;
  }
}`,
  },
  {
    code: "QW112",
    title: "Randomness comes from the chain",
    severity: "error",
    why: "Every machine runs the call and has to get the same result, so there is no Math.random() and no crypto. context.vrf is the block's random value: the same for all, and not known before the block.",
    wrong: `
@contract
export class Dice {
  @execute roll(): u8 {
    return <u8>(Math.random() * 6);
  }
}`,
    right: `
@contract
export class Dice {
  @execute roll(): u8 {
    return context.vrf.toBytes()[0] % 6;
  }
}`,
  },
  {
    code: "QW113",
    title: "Time comes from the chain",
    severity: "error",
    why: "Every machine runs the call, at another time. context.blockTimestamp is the block's time in seconds and context.blockHeight its number, the same for all. A Date that is made of a given time is allowed, as new Date(ms) and Date.UTC(...).",
    wrong: `
@contract
export class Sale {
  end: u64;

  @query isOver(): bool {
    return Date.now() > this.end;
  }
}`,
    right: `
@contract
export class Sale {
  end: u64;

  @query isOver(): bool {
    return context.blockTimestamp > this.end;
  }
}`,
  },
  {
    code: "QW122",
    title: "Contracts are AssemblyScript, not all of TypeScript",
    severity: "error",
    why: "AssemblyScript looks like TypeScript and is compiled to Wasm ahead of time. It has no for...of, destructuring, spread, generators, promises, regular expressions, `?.` and `??`, labels, overloads, optional fields, no unions but `T | null`, no tuples, types in braces, `any`, and no console. Each of them has a plain counterpart, which the diagnostic names.",
    wrong: `
@contract
export class Sum {
  @query total(items: u64[]): u64 {
    let sum: u64 = 0;
    for (const item of items) {
      sum += item;
    }
    return sum;
  }
}`,
    right: `
@contract
export class Sum {
  @query total(items: u64[]): u64 {
    let sum: u64 = 0;
    for (let i = 0; i < items.length; i++) {
      sum += items[i];
    }
    return sum;
  }
}`,
  },
  {
    code: "QW129",
    title: "A build for the documented host functions uses no others",
    severity: "error",
    why: 'QuantumWing documents nine host functions. With "hostFunctions": "documented" in package.json the module imports only these, so what needs others cannot be used: context but for the caller, and @signed, which knows the contract\'s own address.',
    wrong: `
@contract
export class Sale {
  end: u64;

  @query isOver(): bool {
    return context.blockTimestamp > this.end;
  }
}`,
    right: `
@contract
export class Sale {
  end: u64;

  @query isOver(now: u64): bool {
    return now > this.end;
  }
}`,
    documentedOnly: true,
  },
  {
    code: "QW145",
    title: "Write first, call last",
    severity: "warning",
    why: "A contract that is called can call back before it returns, and then finds the state as it was before the write. That is how balances were emptied more than once; the order is that in which the code runs, through loops, branches and helpers. Write before the call, or mark the method @nonReentrant: then a call back into any method marked so reverts.",
    foundByCompiling: true,
    wrong: `
@contract
export class Bank {
  balances: StorageMap<Address, u64>;

  @execute withdraw(): void {
    callContract(context.caller, "receive", Bytes.empty);
    this.balances.set(context.caller, 0);
  }
}`,
    right: `
@contract
export class Bank {
  balances: StorageMap<Address, u64>;

  @execute withdraw(): void {
    this.balances.set(context.caller, 0);
    callContract(context.caller, "receive", Bytes.empty);
  }
}`,
  },
  {
    code: "QW190",
    title: "The AssemblyScript compiler does not fail",
    severity: "error",
    why: "asc itself ended with an error that says nothing of the contract. It is most often a construct that AssemblyScript does not have and that no rule here finds yet. The diagnostic stands where the compiler was at work when it failed, as far as that is known; please report the contract, so that a rule can say what is wrong.",
  },
  {
    code: "QW191",
    title: "An operation on constants has a value",
    severity: "error",
    why: "Arithmetic reverts when the exact result does not fit its type. Where all operands are known when the contract is built, it would always revert, so it is an error at once. Where bits shall be lost, wrappingAdd(), wrappingCast() and their like say so.",
    wrong: `
@contract
export class Limits {
  @query most(): u8 {
    const most: u8 = 200;
    return most + <u8>300;
  }
}`,
    right: `
@contract
export class Limits {
  @query most(): u16 {
    const most: u16 = 200;
    return most + <u16>300;
  }
}`,
    foundByCompiling: true,
  },
];
