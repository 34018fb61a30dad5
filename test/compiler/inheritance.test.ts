// Diagnostics of contracts with bases: members that meet, overrides, private members, guards and what their names mean. The
// place is marked by «».

import { describe, expect, test } from "vitest";
import { RULES } from "../../harness/compiler/rules/catalogue.js";
import { check, expectOne, fixed } from "./check.js";

const A = (body: string) => `@contract abstract class A { ${body} }\n`;
const B = (body: string, bases = "") => `@contract abstract class B ${bases}{ ${body} }\n`;
const codes = (text: string, also: Record<string, string> = {}) =>
  check({ "contracts/a.ts": text, ...also }).map(({ code }) => code);

describe("members of two bases that know nothing of each other", () => {
  const both = (a: string, b: string, own = "") => `${A(a)}${B(b)}@contract class C «extends mix(A, B)» { ${own} }`;
  const unmarked = (text: string) => text.replace(/[«»]/g, "");

  test.each([
    ["methods, one guarded", "@execute go(): void {}", 'o: Address; @only("o") @execute go(): void {}'],
    ["a query and a method that writes", "@query go(): u64 { return 1; }", "n: u64; @execute go(): u64 { return 1; }"],
    ["methods with other parameters", "@execute go(a: u8): void {}", "@execute go(a: u8, b: u8): void {}"],
    ["helpers", "protected go(): void {}", "protected go(): void {}"],
    ["a body and none", "protected go(): void {}", "protected abstract go(): void;"],
    ["getters", "get go(): u64 { return 1; }", "get go(): u64 { return 2; }"],
    ["a getter and a setter", "get go(): u64 { return 1; }", "m: u64; set go(v: u64) { this.m = v; }"],
    ["setters", "n: u64; set go(v: u64) { this.n = v; }", "m: u64; set go(v: u64) { this.m = v; }"],
  ])("%s are an error until the contract overrides them", (_, a, b) => {
    const found = expectOne(both(a, b), "QW240", {
      message: /A\.go \(contracts\/a\.ts:2\) and B\.go \(contracts\/a\.ts:3\)/,
    });
    expect(found.hint).toMatch(/extend one of A and B|Write/);
  });

  test.each([
    ["two fields", "n: u64;", "n: u64;"],
    ["two private fields", "private n: u64;", "private n: u64;"],
    ["a field and a method", "n: u64;", "@query n(): u64 { return 1; }"],
    ["a field and a getter", "n: u64;", "get n(): u64 { return 1; }"],
    ["a method and a getter", "protected n(): u64 { return 1; }", "get n(): u64 { return 1; }"],
  ])("%s cannot be", (_, a, b) => {
    expectOne(both(a, b), "QW107", { message: /cannot extend both/ });
  });

  test("what only one of them has, overridden or not, is nobody's business", () => {
    const root = "@contract abstract class R { protected go(): void {} }\n";
    expect(
      codes(
        `${root}@contract abstract class A extends R { protected go(): void {} }\n@contract abstract class B extends R {}\n@contract class C extends mix(A, B) {}`,
      ),
    ).toEqual([]);
    expect(codes(unmarked(both("private go(): void {}", "private go(): void {}")))).toEqual([]);
    expect(codes(unmarked(both("private go(): void {}", "@execute go(): void {}")))).toEqual([]);
    expect(codes(unmarked(both("static go(): u8 { return 1; }", "static go(): u8 { return 2; }")))).toEqual([]);
  });

  test("a diamond is joined by an override, once", () => {
    const root = "@contract abstract class R { protected go(): void {} }\n";
    const sides = `${root}@contract abstract class A extends R { protected go(): void { super.go(); } }\n@contract abstract class B extends R { protected go(): void { super.go(); } }\n`;
    expectOne(`${sides}@contract class C «extends mix(A, B)» {}`, "QW240", {
      hint: /protected go\(\): void \{ super\.go\(\); \}/,
    });
    const joined = `${sides}@contract abstract class J extends mix(A, B) { protected go(): void { super.go(); } }\n`;
    expect(codes(`${joined}@contract class C extends J {}`)).toEqual([]);
    // What a base has not joined is said there, and not of every contract behind it.
    expectOne(`${sides}@contract abstract class J «extends mix(A, B)» {}\n@contract class C extends J {}`, "QW240");
  });
});

describe("overrides", () => {
  test.each([
    [
      "less access: private",
      "@execute go(): void {}",
      "private «go»(): void {}",
      /is private, but overrides A\.go, which is public/,
    ],
    ["less access: protected", "@execute go(): void {}", "protected «go»(): void {}", /is protected/],
    ["a private one of the base", "private go(): void {}", "private «go»(): void {}", /private method of A/],
    [
      "other type parameters",
      "protected go<T>(a: T): void {}",
      "protected «go»<T, U>(a: T): void {}",
      /<T1, T2>\(T1\)/,
    ],
    ["a default left out", "protected go(a: u8 = 1): void {}", "protected go(«a»: u8): void {}", /has no default/],
    [
      "a default that is computed",
      "n: u8; protected go(a: u8): void {}",
      "protected go(a: u8 = «this.n»): void {}",
      /a number, a text/,
    ],
    [
      "the getter alone",
      "n: u8; get go(): u8 { return 1; } set go(v: u8) { this.n = v; }",
      "get «go»(): u8 { return 2; }",
      /setter go, too/,
    ],
    [
      "a getter of another type",
      "get go(): u8 { return 1; }",
      "get «go»(): u16 { return 1; }",
      /go is u16, but overrides A\.go, which is u8/,
    ],
    [
      "@payable left out",
      "@payable @execute go(): void {}",
      "@execute «go»(): void {}",
      /takes no value, but overrides A\.go, which is @payable/,
    ],
    ["@payable added", "@execute go(): void {}", "@payable @execute «go»(): void {}", /which takes no value/],
  ])("%s", (_, base, own, message) => {
    expectOne(`${A(base)}@contract class C extends A { ${own} }`, "QW140", { message });
  });

  test("the second of two bases counts as the first", () => {
    const bases = `${A("protected go(a: u8): void {}")}${B("protected go(a: u16): void {}")}`;
    expectOne(`${bases}@contract class C extends mix(A, B) { protected «go»(a: u8): void {} }`, "QW140", {
      message: /overrides B\.go/,
    });
  });

  test("several levels up", () => {
    const bases = `${A("protected go(a: u8): void {}")}${B("", "extends A ")}`;
    expectOne(`${bases}@contract class C extends B { protected «go»(a: u16): void {} }`, "QW140", {
      message: /overrides A\.go/,
    });
  });

  test("type parameters of other names, defaults of other values and wider access are fine", () => {
    expect(
      codes(
        `${A("protected go<T>(a: T[], b: u8 = 1): T { return a[b]; }")}@contract class C extends A { protected go<U>(x: U[], y: u8 = 2): U { return x[y]; } }`,
      ),
    ).toEqual([]);
  });

  test("an abstract getter is to be written", () => {
    expectOne(`${A("abstract get go(): u8;")}@contract class «C» extends A {}`, "QW140", {
      message: /does not write go/,
    });
  });

  test("super of something abstract, at home and with a base put in between", () => {
    expectOne(
      `${A("abstract go(): u8;")}@contract class C extends A { @query go(): u8 { return super.«go»(); } }`,
      "QW241",
    );
    const root = "@contract abstract class R { protected go(): u8 { return 1; } }\n";
    const sides = `${root}@contract abstract class A extends R { protected go(): u8 { return super.go(); } }\n@contract abstract class B extends R { protected abstract go(): u8; }\n`;
    expectOne(`${sides}@contract class C «extends mix(A, B)» { protected go(): u8 { return super.go(); } }`, "QW241", {
      message: /super\.go in A would be B\.go in C/,
    });
  });
});

test("what a base names is its own or its bases', whoever it is joined with", () => {
  const counting = "@contract abstract class B { count: u64; }\n";
  const paying = (bases: string) =>
    `@contract abstract class A ${bases}{ @execute pay(): void { this.«count» += 1; } }\n`;
  expectOne(`${counting}${paying("")}@contract class C extends mix(A, B) {}`, "QW247", {
    message: /A has no member count/,
  });
  expect(codes(`${counting}${paying("extends B ").replace(/[«»]/g, "")}@contract class C extends A {}`)).toEqual([]);
  // A base that is not found is all that is said.
  expect(codes(paying("extends Missing ").replace(/[«»]/g, ""))).toEqual(["QW119"]);
});

test("a contract that implements an interface is not handed on as one", () => {
  const shop = (body: string) =>
    `interface Priced { price(): u64; }\nfunction twice(item: Priced): u64 { return item.price() * 2; }\n@contract class A implements Priced { @query price(): u64 { return 5; } ${body} }`;
  expectOne(shop("@query pair(): u64 { return twice(«this»); }"), "QW248");
  expect(codes(shop("@query same(): u64 { return this.price(); }"))).toEqual([]);
});

describe("private members", () => {
  test("are not named by what extends their class", () => {
    expectOne(
      `${A("private go(): void {}")}@contract class C extends A { @execute run(): void { this.«go»(); } }`,
      "QW243",
    );
    expectOne(`${A("private n: u64;")}@contract class C extends A { m: u64 = this.«n»; }`, "QW243");
    expectOne(`${A("private n: u64;")}@contract class C extends A { @execute run(): void { this.«n» = 5; } }`, "QW243");
    expectOne(
      `${A("private get n(): u64 { return 1; }")}@contract class C extends A { @query run(): u64 { return super.«n»; } }`,
      "QW243",
    );
    expectOne(
      `${A("private owner: Address;")}@contract class C extends A { @only(«"owner"») @execute run(): void {} }`,
      "QW142",
      { message: /private to A/ },
    );
  });

  test("that share a name are named by this alone", () => {
    const bases = `${A("private go(): u8 { return 1; } @query a(): u8 { const self = this; return self.«go»(); }")}${B("@query go(): u8 { return 2; }")}`;
    expectOne(`${bases}@contract class C extends mix(A, B) {}`, "QW243", { message: /private member of A/ });
  });
});

describe("guards that an override drops", () => {
  const guarded = (guard = '@only("owner")') => A(`owner: Address; paused: bool; ${guard} @execute go(): void {}`);
  test("are an error, also several bases up, with a fix", () => {
    const own = "@execute «go»(): void {}";
    const found = expectOne(`${guarded()}@contract class C extends A { ${own} }`, "QW143", {
      message: /without its guard @only\("owner"\)/,
      hint: /@unguarded/,
    });
    expect(found.fix?.title).toBe('Write @only("owner")');
    expectOne(`${guarded()}${B("go(): void {}", "extends A ")}@contract class C extends B { ${own} }`, "QW143");
    expectOne(`${guarded()}${B("", "extends A ")}@contract class C extends B { ${own} }`, "QW143");
  });

  test("are dropped by @unguarded, or by another guard", () => {
    expect(codes(`${guarded()}@contract class C extends A { @unguarded @execute go(): void {} }`)).toEqual([]);
    expect(
      codes(`${guarded()}@contract class C extends A { anybody: Address; @only("anybody") @execute go(): void {} }`),
    ).toEqual([]);
    expectOne(
      `${guarded('@only("owner") @whenNotPaused')}@contract class C extends A { @only("owner") @execute «go»(): void {} }`,
      "QW143",
      { severity: "warning", message: /its guard @whenNotPaused/ },
    );
    expect(
      codes(
        `${guarded('@only("owner") @whenNotPaused')}@contract class C extends A { @unguarded @only("owner") @execute go(): void {} }`,
      ),
    ).toEqual([]);
  });

  test("@unguarded that drops nothing", () => {
    expectOne(
      `${A("@execute go(): void {}")}@contract class C extends A { «@unguarded» @execute go(): void {} }`,
      "QW245",
    );
    expectOne(`${guarded()}@contract class C extends A { «@unguarded» go(): void {} }`, "QW245", {
      hint: /Write @execute beside it/,
    });
  });

  test("one of two that an override joins", () => {
    const bases = `${A("@execute go(): void {}")}${B('owner: Address; @only("owner") @execute go(): void {}')}`;
    expectOne(`${bases}@contract class C extends mix(A, B) { «go»(): void {} }`, "QW143", {
      message: /does not say which of both/,
    });
    expectOne(`${bases}@contract class C extends mix(A, B) { @execute «go»(): void {} }`, "QW143", {
      message: /B\.go without its guard/,
    });
    expect(codes(`${bases}@contract class C extends mix(A, B) { @only("owner") @execute go(): void {} }`)).toEqual([]);
  });

  test("the fix names a signer as the override does", () => {
    const text = `import { Address, contract, execute, signed } from "qwvm/sdk-as";\n${A('@signed("owner") @execute go(owner: Address): void {}')}@contract class C extends A { @execute go(holder: Address): void {} }`;
    expect(fixed(text)).toContain('class C extends A { @signed("holder") @execute go(holder: Address)');
  });
});

describe("names in guards", () => {
  test("a signer that is a parameter and a field", () => {
    expectOne(
      '@contract class A { admin: Address; @signed(«"admin"») @execute set(admin: Address): void { this.admin = admin; } }',
      "QW244",
    );
    expectOne(
      `${A("admin: Address;")}@contract class C extends A { @signed(«"admin"») @execute set(admin: Address): void {} }`,
      "QW244",
    );
  });

  test("of a base are not looked up in what extends it", () => {
    const base = A('@signed("who") @execute go(who: Address): void {}');
    expect(codes(`${base}@contract class C extends A { who: Address; go(x: Address): void {} }`)).toEqual([]);
  });

  test("a problem of an inherited guard is said of the base, in the base's file", () => {
    const base = `import * as all from "qwvm/sdk-as";\n@contract export abstract class Base {\n  @only("ownr") @execute go(): void {}\n}\n`;
    const found = check({
      "contracts/base.ts": base,
      "contracts/a.ts": 'import { Base } from "./base";\n@contract class C extends Base { go(): void {} }',
    });
    expect(found.map(({ code, file, line, column }) => [code, file, line, column])).toEqual([
      ["QW142", "contracts/base.ts", 3, 9],
    ]);
  });
});

describe("a public method that calls a guarded one", () => {
  const shop = (body: string) =>
    `@contract class C { owner: Address; paused: bool; n: u64; @only("owner") @execute set(n: u64): void { this.n = n; } ${body} }`;
  test("directly or through a helper", () => {
    expectOne(shop("@execute go(): void { «this.set(1)»; }"), "QW246", { severity: "warning" });
    expectOne(shop("@execute go(): void { «this.help()»; } private help(): void { this.set(1); }"), "QW246", {
      severity: "warning",
    });
  });

  test.each([
    ["is guarded itself", '@only("owner") @execute go(): void { this.set(1); }'],
    ["asks who calls", '@execute go(): void { require(context.caller == this.owner, "no"); this.set(1); }'],
    [
      "asks through a helper",
      '@execute go(): void { this.ask(); this.set(1); } private ask(): void { require(context.caller == this.owner, "no"); }',
    ],
    ["runs at deployment", "@init create(): void { this.set(1); }"],
  ])("but not one that %s", (_, body) => expect(codes(shop(body))).toEqual([]));
});

test("accessors share their names with everything else of a class", () => {
  expectOne("@contract class A { n: u64; get «n»(): u64 { return 1; } }", "QW107");
  expectOne("@contract class A { get n(): u64 { return 1; } protected «n»(): u64 { return 1; } }", "QW107");
  expect(codes("@contract class A { m: u64; get n(): u64 { return 1; } set n(v: u64) { this.m = v; } }")).toEqual([]);
});

describe("problems of bases in another file stand in the file that they are said of", () => {
  const long = "// a line that moves what follows to offsets that the other file has not\n".repeat(200);
  // Two contracts in one file are no mistake in two.
  const splittable = RULES.filter(({ code }) => code !== "QW103").flatMap(({ code, wrong = "" }) => {
    const at = wrong.lastIndexOf("\n@contract");
    return wrong.slice(0, Math.max(at, 0)).includes("@contract")
      ? [{ code, base: wrong.slice(0, at), own: wrong.slice(at) }]
      : [];
  });

  test("there are rules of bases to try", () => expect(splittable.length).toBeGreaterThan(8));

  test.each(splittable)("$code", ({ base, own }) => {
    const names = [...base.matchAll(/^(?:export )?(?:abstract )?class (\w+)/gm)].map((match) => match[1]);
    const exported = base.replace(/^(abstract )?class /gm, "export $1class ");
    const files = {
      "contracts/base.ts": `${long}import * as all from "qwvm/sdk-as";\n${exported}`,
      "contracts/a.ts": `import { ${names.join(", ")} } from "./base";\n${own}`,
    };
    const found = check(files);
    expect(found.length).toBeGreaterThan(0);
    for (const { file, line, column, length = 0 } of found) {
      const text = files[file as keyof typeof files].split("\n")[line - 1];
      expect(text).toBeDefined();
      expect(column - 1 + length).toBeLessThanOrEqual(text?.length ?? 0);
    }
  });
});
