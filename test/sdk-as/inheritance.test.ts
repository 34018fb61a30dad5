// Contracts with bases, compiled and run in the real machine: whose member runs, whose guard is asked, who has to sign.
// Expected values are worked out beside the contracts, by JavaScript's rules for classes.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { compileContracts } from "../../harness/compiler.js";
import { type Account, createQwvm, type Qwvm } from "../../harness/index.js";
import { buildProject } from "../client/built-contracts.js";
import { makeProject } from "../fixtures/temp-project.js";

const SDK = `import { Address, contract, execute, guard, init, mix, only, query, require, signed, unguarded } from "qwvm/sdk-as";
`;

/** Two bases that know nothing of each other, each with a private helper, guard and default of its own. */
const BASES = `${SDK}
@contract
export abstract class Left {
  protected base: u64 = 10;
  twice: u64 = this.base * 2;
  protected keeper: Address;
  left: u64;

  private check(): u64 { return 1; }
  private isOpen(): void { require(this.left < 3, "left is closed"); }
  @query leftCheck(): u64 { return this.check(); }
  @guard("isOpen") @execute openLeft(): void { this.left += 1; }

  get fee(): u64 { return this.base; }
  set fee(value: u64) { this.base = value; }
  @query feeOfLeft(): u64 { return this.fee; }
  @execute setFeeOfLeft(value: u64): void { this.fee = value; }
  abstract get rate(): u64;
  @query rateOfLeft(): u64 { return this.rate; }

  protected more(x: u64 = 5): u64 { return x; }
  protected pick<T>(a: T, b: T): T { return a; }
  @query moreOfLeft(): u64 { return this.more() * 100 + this.more(1); }
  @query pickOfLeft(): u64 { return this.pick<u64>(3, 4); }
  @query pickText(): string { return this.pick<string>("a", "b"); }

  @only("keeper") @execute close(): void { this.left = 100; }
  @signed("who") @execute vouch(who: Address, n: u64): void { this.left = n; }
  static limit(): u64 { return 7; }
}

@contract
export abstract class Right {
  right: u64;

  private check(): u64 { return 2; }
  private isOpen(): void { require(this.right < 1, "right is closed"); }
  @query rightCheck(): u64 { return this.check(); }
  @guard("isOpen") @execute openRight(): void { this.right += 1; }
}
`;

const BOTH = `${SDK}
import { Left, Right } from "./bases";

@contract
export class Both extends mix(Left, Right) {
  who: Address;
  check$Left: u64;
  thrice: u64 = this.twice + this.base;
  fourfold: u64 = this.thrice + this.base;

  @init create(who: Address): void { this.who = who; this.keeper = who; }

  get fee(): u64 { return super.fee + 1; }
  set fee(value: u64) { super.fee = value * 2; }
  get rate(): u64 { return this.fee * 3; }

  protected more(y: u64 = 7): u64 { return super.more() * 10 + y; }
  protected override pick<U>(a: U, b: U): U { return super.pick<U>(b, a); }
  @query pickInverse(): u64 { return this.pick<u64>(3, 4); }

  // No kind: the kind and the guard are those of Left.
  close(): void { super.close(); this.left += 1; }
  vouch(holder: Address, n: u64): void { super.vouch(holder, n + 1); }

  @query fields(): u64[] { return [this.base, this.twice, this.thrice, this.fourfold, this.left, this.right]; }
  @query limitOfLeft(): u64 { return Left.limit(); }
}
`;

const CHAIN = readFileSync(new URL("../fixtures/contracts/lineage/chain.ts", import.meta.url), "utf8");

const PERMIT = `${SDK}
import { u256 } from "qwvm/sdk-as";
import { ERC20Permit } from "qwvm/sdk-as/contracts/erc20-permit";
import { Ownable } from "qwvm/sdk-as/contracts/ownable";

@contract
export class Coin extends mix(ERC20Permit, Ownable) {
  @init create(owner: Address): void { this.createOwnable(owner); }
  permit(holder: Address, spender: Address, value: u256, deadline: u64): void {
    super.permit(holder, spender, value, deadline);
  }
}
`;

const ADMIN = `${SDK}
@contract
export abstract class Administered {
  admin: Address;
  @signed("admin") @execute setAdmin(newAdmin: Address): void { this.admin = newAdmin; }
}

@contract
export class Admin extends Administered {
  @init create(admin: Address): void { this.admin = admin; }
  setAdmin(admin: Address): void { super.setAdmin(admin); }
  @query getAdmin(): Address { return this.admin; }
}
`;

let project: Awaited<ReturnType<typeof buildProject>>;
let vm: Qwvm;
let alice: Account;
let bob: Account;
// biome-ignore lint/suspicious/noExplicitAny: contracts of this test alone.
let both: any;
beforeAll(async () => {
  project = await buildProject({
    "bases.ts": BASES,
    "both.ts": BOTH,
    "chain.ts": CHAIN,
    "coin.ts": PERMIT,
    "admin.ts": ADMIN,
  });
});
afterAll(() => project.remove());
beforeEach(() => {
  vm = createQwvm();
  alice = vm.account("alice");
  bob = vm.account("bob");
  both = vm.deploy(project.definition("both"), [alice.address]);
});

describe("private members", () => {
  test("are their class's own where two bases have one of a name", () => {
    expect(both.leftCheck()).toBe(1n);
    expect(both.rightCheck()).toBe(2n);
  });

  test("guard the methods of their own class", () => {
    both.openLeft();
    both.openLeft();
    both.openRight();
    expect(() => both.openRight()).toThrow(/right is closed/);
    both.openLeft();
    expect(() => both.openLeft()).toThrow(/left is closed/);
  });
});

test("fields start from the bases to the contract, and in the order of the text", () => {
  // base = 10, twice = 10 * 2, thrice = 20 + 10, fourfold = 30 + 10.
  expect(both.fields()).toEqual([10n, 20n, 30n, 40n, 0n, 0n]);
});

describe("accessors are overridden as methods are", () => {
  test("and reach the base's by super", () => {
    expect(both.feeOfLeft()).toBe(11n);
    both.setFeeOfLeft(21n);
    // 21 * 2 is stored, and one more is read.
    expect(both.fields()[0]).toBe(42n);
    expect(both.feeOfLeft()).toBe(43n);
  });

  test("and can be left abstract", () => expect(both.rateOfLeft()).toBe(33n));
});

describe("overrides of helpers", () => {
  test("with defaults: who calls without an argument gets the override's, super the base's", () => {
    // more() is super.more() * 10 + 7 = 5 * 10 + 7, more(1) is 51.
    expect(both.moreOfLeft()).toBe(5_751n);
  });

  test("with type parameters", () => {
    expect(both.pickOfLeft()).toBe(4n);
    expect(both.pickInverse()).toBe(4n);
    expect(both.pickText()).toBe("b");
  });

  test("static methods are those of the class that is named", () => expect(both.limitOfLeft()).toBe(7n));
});

describe("guards", () => {
  test("are kept by an override that says no kind, through any number of bases", () => {
    expect(() => both.as(bob).close()).toThrow(/Unauthorized/);
    both.as(alice).close();
    expect(both.fields()[4]).toBe(101n);
    // biome-ignore lint/suspicious/noExplicitAny: a contract of this test alone.
    const chain: any = vm.deploy(project.definition("chain"), [alice.address]);
    expect(() => chain.as(bob).close()).toThrow(/Unauthorized/);
    chain.as(alice).close();
    expect(chain.getLog()).toBe("chain middle root ");
    chain.as(bob).open();
    expect(chain.getLog()).toBe("chain middle root open ");
  });
});

describe("who signs", () => {
  test("is the parameter at its position, whatever fields a contract adds and an override calls it", () => {
    expect(() => both.vouch(alice, 5n, bob)).toThrow(/BadSignature/);
    both.vouch(bob, 5n, bob);
    expect(both.fields()[4]).toBe(6n);
  });

  test("is the holder in a permit, not the contract's owner", () => {
    // biome-ignore lint/suspicious/noExplicitAny: a contract of this test alone.
    const coin: any = vm.deploy(project.definition("coin"), [alice.address]);
    const mallory = vm.account("mallory");
    expect(() => coin.permit(bob, mallory, 1000n, 2n ** 40n, alice)).toThrow(/BadSignature/);
    coin.permit(bob, mallory, 1000n, 2n ** 40n, bob);
    expect(coin.allowance(bob, mallory)).toBe(1000n);
  });

  test("is the field of the base, although an override's parameter has its name", () => {
    // biome-ignore lint/suspicious/noExplicitAny: a contract of this test alone.
    const admin: any = vm.deploy(project.definition("admin"), [alice.address]);
    expect(() => admin.setAdmin(bob, bob)).toThrow(/BadSignature/);
    admin.setAdmin(bob, alice);
    expect(admin.getAdmin()).toBe(bob.address);
  });
});

describe("what a contract keeps private or protected", () => {
  test("is not used by functions and other classes that are given it", async () => {
    const source = `${SDK}
class Helper { read(c: Hidden): u64 { return c.hidden; } }
function outside(c: Hidden): u64 { return c.secret() + c.kept; }
@contract
export class Hidden {
  private hidden: u64;
  protected kept: u64;
  private secret(): u64 { const self = this; return self.hidden; }
  @query a(): u64 { return outside(this) + this.secret() + new Helper().read(this); }
}
`;
    const root = makeProject({ "contracts/hidden.ts": source });
    const { diagnostics } = await compileContracts({ root });
    const lines = source.split("\n");
    const at = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
    expect(diagnostics.map(({ code, line, message }) => `${code} ${line} ${message}`)).toEqual([
      `QW243 ${at("class Helper")} hidden is private to Hidden.`,
      `QW243 ${at("function outside")} secret is private to Hidden.`,
      `QW243 ${at("function outside")} kept is protected in Hidden.`,
    ]);
  });

  test("nor is what other classes keep, but by themselves and what extends them", async () => {
    const source = `${SDK}
class Kept {
  private x: u64 = 1;
  protected k: u64 = 4;
  private static z(): u64 { return 3; }
  same(other: Kept): u64 { return this.x + other.x + Kept.z() + [1].map<u64>((n) => new Kept().x)[0]; }
}
class Derived extends Kept { go(): u64 { return this.k + new Derived().k + [1].map<u64>((n) => new Derived().k)[0]; } }
class Box<T> { constructor(private value: T) {} get(): T { return this.value; } }
@contract
export class User {
  @execute first(): void { const kept = new Kept(); kept.x += 1; }
  @query second(): u64 { return new Derived().k; }
  @query third(): u64 { return Kept.z(); }
  @query fourth(): u64 { return new Box<u64>(4).value; }
  @query fine(): u64 { return new Derived().go() + new Kept().same(new Kept()) + new Box<u64>(4).get(); }
}
`;
    const root = makeProject({ "contracts/user.ts": source });
    const { diagnostics } = await compileContracts({ root });
    const first = source.split("\n").findIndex((line) => line.includes("first()")) + 1;
    expect(diagnostics.map(({ code, line, message }) => `${code} ${line - first} ${message}`)).toEqual([
      "QW243 0 x is private to Kept.",
      "QW243 1 k is protected in Kept.",
      "QW243 2 z is private to Kept.",
      "QW243 3 value is private to Box.",
    ]);
  });
});
