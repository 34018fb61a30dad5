// Diagnostics of the contract language: error texts, enums, base contracts, guards, interfaces, writes after calls. A wrong
// source each, and the code and place it must give. The place is marked by «».

import { describe, expect, test } from "vitest";
import { check, expectOne, inContract } from "./check.js";

/** The codes of what is found in a file, which has the names of the SDK. */
const codes = (text: string) =>
  check({
    "contracts/a.ts": `import { contract, execute, query, init, guard, only, require, context, Address } from "qwvm/sdk-as";\n${text}`,
  }).map(({ code }) => code);

describe("error texts and enums", () => {
  test("a text that names no field", () => {
    expectOne(
      '@error(«"{needd} more"») class E { constructor(public needed: u64) {} }\n@contract class A {}',
      "QW134",
      {
        hint: /needed/,
      },
    );
  });
  test("a text that is made at run time", () => expectOne("@error(«TEXT») class E {}\n@contract class A {}", "QW134"));
  test("an enum with values of its own", () => {
    expectOne("enum Color { Red, «Green = 5» }\n@contract class A { c: Color; }", "QW135", {
      message: /Green of Color is not 1/,
    });
  });
  test("an empty enum", () => expectOne("enum «Color» {}\n@contract class A {}", "QW135"));
  test("@indexed in an error", () => {
    expectOne("@error class E { constructor(@indexed public «a»: u64) {} }\n@contract class A {}", "QW102");
  });
});

describe("base contracts", () => {
  const base =
    "@contract abstract class Base { total: u64; @query one(): u64 { return 1; } protected hook(x: u64): u64 { return x; } }\n";
  test("what is extended is no contract", () => expectOne("class P {}\n@contract class A extends «P» {}", "QW119"));
  test("a circle", () => {
    const found = check({
      "contracts/a.ts": "@contract abstract class A extends B {}\n@contract abstract class B extends A {}",
    });
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(["QW141"]));
  });
  test("an order that cannot be", () => {
    expectOne(
      `${base}@contract abstract class Mid extends Base {}\n@contract class A «extends mix(Base, Mid)» {}`,
      "QW141",
    );
  });
  test("a field that a base has", () => {
    expectOne(`${base}@contract class A extends Base { «total»: u64; }`, "QW107", { message: /Base/ });
  });
  test("another signature", () => {
    expectOne(`${base}@contract class A extends Base { protected «hook»(x: u32): u64 { return x; } }`, "QW140", {
      message: /\(u32\): u64, but overrides Base.hook, which is \(u64\): u64/,
    });
  });
  test("another kind", () => {
    expectOne(`${base}@contract class A extends Base { @execute «one»(): u64 { return 2; } }`, "QW140");
  });
  test("something left abstract", () => {
    expectOne("@contract abstract class B { abstract who(): Address; }\n@contract class «A» extends B {}", "QW140", {
      message: /who, which B leaves to it/,
    });
  });
  test("a hasRole() that cannot be asked", () => {
    const role = (member: string) =>
      `import { Address, contract, execute, query, role } from "qwvm/sdk-as";\n@contract class A { ${member} «@role("a")» @execute go(): void {} }`;
    for (const member of [
      "@query hasRole(x: u64): bool { return true; }",
      "@query hasRole(role: string, account: Address): u64 { return 1; }",
      "private get hasRole(): bool { return true; }",
    ]) {
      expectOne(role(member), "QW142", { message: /a method hasRole\(role: string, account: Address\): bool/ });
    }
    const own = role('private hasRole(name: string, who: Address): bool { return name == ""; }').replace(/[«»]/g, "");
    expect(check({ "contracts/a.ts": own })).toEqual([]);
  });
  test("a method with a guard that is itself named as one", () => {
    const open =
      '@contract abstract class B { o: Address; @guard("may") @execute stop(): void {} @guard("may") @execute go(): void {} protected may(): void {} }\n';
    expectOne(`${open}@contract class A extends B { @only("o") @execute «may»(): void {} }`, "QW255", {
      message: /may is guarded by @only\("o"\), which is not asked where B.stop/,
    });
    expectOne(
      '@contract class A { o: Address; @only("o") @execute may(): void {} @guard(«"may"») @execute stop(): void {} }',
      "QW255",
    );
    const asks = `${open}@contract class A extends B { protected may(): void { require(context.caller == this.o, "no"); } }`;
    expect(codes(asks)).not.toContain("QW255");
    expect(codes('@contract class A { @execute may(): void {} @guard("may") @execute stop(): void {} }')).toEqual([]);
  });
  test("a base that is never set up, or twice", () => {
    const owned = "@contract abstract class B { o: u64; @init createB(): void { this.o = 1; } }\n";
    expectOne(`${owned}@contract class A extends B { @init «create»(): void {} }`, "QW144", { hint: /this\.createB/ });
    expectOne(
      `${owned}@contract class A extends B { @init «create»(): void { this.createB(); this.createB(); } }`,
      "QW144",
      { message: /2 times/ },
    );
  });
});

describe("guards", () => {
  const guarded = (guard: string, fields = "owner: Address;") =>
    `@contract class A { ${fields} ${guard} @execute go(n: u64): void {} }`;
  test("a name that is not there", () => {
    expectOne(guarded('@only(«"ownr"»)'), "QW142", { hint: /Did you mean owner/ });
  });
  test("a field that says nobody", () => expectOne(guarded('@only(«"n"»)', "n: u64;"), "QW142"));
  test("no field paused", () => expectOne(guarded("«@whenNotPaused»"), "QW142", { hint: /Pausable/ }));
  test("no roles", () => expectOne(guarded('«@role("minter")»'), "QW142", { hint: /Roles/ }));
  test("a guard of one's own that takes something", () => {
    expectOne(inContract('@guard(«"open"») @execute go(): void {}\n  private open(x: u64): void {}'), "QW142");
  });
  test("signed by nobody", () => expectOne(guarded('@signed(«"who"»)'), "QW142"));
  test("a signed query", () => {
    expectOne('@contract class A { owner: Address; «@signed("owner")» @query go(): u64 { return 1; } }', "QW142");
  });
  test("a parameter named as what carries the signature", () => {
    expectOne('@contract class A { owner: Address; @signed(«"owner"») @execute go(nonce: u64): void {} }', "QW142");
  });
  test("on what cannot be called", () => {
    expectOne('@contract class A { owner: Address; «@only("owner")» private go(): void {} }', "QW142");
  });
  test("dropped by an override is an error", () => {
    const base = '@contract abstract class B { owner: Address; @only("owner") @execute go(): void {} }\n';
    expectOne(`${base}@contract class A extends B { @execute «go»(): void {} }`, "QW143");
    expect(check({ "contracts/a.ts": `${base}@contract class A extends B { go(): void {} }` })).toEqual([]);
  });
  test("without quotes, and too many", () => {
    expectOne(guarded("@only(«owner»)"), "QW102");
    expectOne(guarded('«@guard("a", "b")»'), "QW102");
  });
});

describe("other contracts", () => {
  const like = (methods: string, more = "") => `@remote${more} class T extends Remote { ${methods} }\n`;
  const a = (body: string) => `@contract class A { n: u64; at: Address; ${body} }`;
  test("a method without kind", () => expectOne(like("«f»(): void {}") + a(""), "QW146"));
  test("a field", () => expectOne(like("«n: u64;»") + a(""), "QW146"));
  test("a contract that is not there", () => {
    expectOne(like("@execute f(): void {}", '(«"Tokn"»)') + a(""), "QW147", {
      also: { "contracts/token.ts": "@contract class Token { @execute f(): void {} }" },
      hint: /Did you mean Token/,
    });
  });
  test.each([
    ["@execute «transfr»(to: Address): void {}", /no method transfr/],
    ["@query «transfer»(to: Address): u64 { return this.answer; }", /is @execute, not @query/],
    ["@execute «transfer»(to: u64): void {}", /to of transfer of Token is Address, not u64/],
    ["@execute «transfer»(): void {}", /takes 1 parameters, not 0/],
    ["@execute «transfer»(to: Address): u64 { return this.answer; }", /returns nothing, not u64/],
  ])("%s", (method, message) => {
    const also = { "contracts/token.ts": "@contract class Token { @execute transfer(to: Address): void {} }" };
    expectOne(like(method, '("Token")') + a(""), "QW147", { also, message });
  });
  test("an interface file", () => {
    const abi = {
      methods: [{ name: "f", kind: "query", params: [], payable: false, result: "u8" }],
      structs: [],
      enums: [],
    };
    const interfaceFile = (path: string) =>
      path === "contracts/x.abi.json"
        ? { abi: { ...abi, abiVersion: 1, name: "X", events: [], errors: [], state: [] } as never }
        : undefined;
    expectOne(like("@query «f»(): u64 { return this.answer; }", '("./x.abi.json")') + a(""), "QW147", {
      interfaceFile,
    });
    expectOne(like("@query f(): u8 { return this.answer; }", '(«"./y.abi.json"»)') + a(""), "QW147", { interfaceFile });
  });
});

describe("copies", () => {
  const map = (body: string) =>
    `@struct class P { votes: u64; }\n@contract class A { m: StorageMap<u64, P>; @execute go(): void { ${body} } }`;
  test("a change that is lost", () => expectOne(map("«this.m.get(1).votes += 1»;"), "QW148"));
  test("a change that is set again", () => {
    expect(check({ "contracts/a.ts": map("const p = this.m.get(1); p.votes += 1; this.m.set(1, p);") })).toEqual([]);
  });
});
