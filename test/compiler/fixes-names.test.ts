// What `--fix` makes of names that mean something else than they look like: shadowed, renamed, of another class or file, in a
// comment or a text. A fix either does what is meant, or there is none.

import { describe, expect, test } from "vitest";
import { check, fixed } from "./check.js";

const IMPORT =
  'import { Address, contract, emit, execute, event, indexed, lazy, only, query, StorageMap, struct } from "qwvm/sdk-as";\n';
const A = (body: string, fields = "total: u64; name: string; list: u64[];") =>
  `${IMPORT}@contract export class A {\n  ${fields}\n  ${body}\n}\n`;
const go = (body: string, fields?: string) => A(`@execute go(): void { ${body} }`, fields);

/** Expects findings, and that none of them is fixed. */
function keeps(text: string, also: Record<string, string> = {}): void {
  expect(check({ "contracts/a.ts": text, ...also }).length).toBeGreaterThan(0);
  expect(fixed(text, also)).toBe(text);
}

describe("a loop counts over what is known to be an array that stays the same", () => {
  const loop = (list: string) => `for (const x of ${list}) { this.total += 1; }`;
  const counted = "for (let i = 0; i < ";
  test.each([
    ["a parameter", A(`@execute go(items: u64[]): void { ${loop("items")} }`)],
    ["a field", go(loop("this.list"))],
    ["an alias of a type", `type Ids = u64[];\n${A(`@execute go(items: Ids): void { ${loop("items")} }`)}`],
    ["what a function gives", `function ids(): u64[] { return [1]; }\n${go(`const items = ids(); ${loop("items")}`)}`],
    ["a variable that holds one", go(`const items = this.list; ${loop("items")}`)],
    [
      "a text of the same name elsewhere",
      A(`@execute go(items: u64[]): void { ${loop("items")} }\n  f(items: string): void {}`),
    ],
    [
      "another list of that name is assigned",
      go(`${loop("this.list")}`, "total: u64; list: u64[];").replace("class A", "class A") +
        "class B { list: u64[] = []; f(): void { this.list = []; } }\n",
    ],
  ])("%s", (_, text) => expect(fixed(text)).toContain(counted));

  test.each([
    ["a text field", go(loop("this.name"))],
    ["a text in a variable without a type", go(`const t = this.name; ${loop("t")}`)],
    ["a text of an alias", `type Name = string;\n${A(`@execute go(t: Name): void { ${loop("t")} }`)}`],
    ["a text behind another variable", go(`const t = this.name; const u = t; ${loop("u")}`)],
    [
      "a text that a function gives",
      `function title(): string { return "x"; }\n${go(`const t = title(); ${loop("t")}`)}`,
    ],
    ["a text that hides a list", A(`@execute go(list: u64[]): void { { const list = this.name; ${loop("list")} } }`)],
    ["what nobody knows", go(`const t = this.name.trim(); ${loop("t")}`)],
    [
      "an accessor, which may do something",
      A(
        `@execute go(): void { ${loop("this.all")} }\n  private get all(): u64[] { this.total += 1; return this.list; }`,
      ),
    ],
    [
      "a list that the loop replaces through another name",
      go("const self = this; for (const x of this.list) { self.list = [x]; }"),
    ],
    [
      "a list that what is called replaces",
      A(
        "@execute go(): void { for (const x of this.list) this.step(x); }\n  private step(x: u64): void { const self = this; self.list = [x]; }",
      ),
    ],
    [
      "a list that a function of the file replaces",
      `${A("@execute go(): void { for (const x of this.list) renew(this, x); }")}function renew(a: A, x: u64): void { a.list = [x]; }\n`,
    ],
    [
      "a list that its own variable hides",
      A("@execute go(x: u64[]): void { for (const x of x) { this.total += 1; } }"),
    ],
    [
      "a variable that is used behind the loop",
      go("var x: u64 = 0; for (var y of this.list) { x = y; } this.total = y;"),
    ],
  ])("not over %s", (_, text) => keeps(text));

  test("lists of lists, each with an index of its own", () => {
    const text = A(
      "@execute go(lists: u64[][]): void { for (const list of lists) for (const x of list) { this.total += x; } }",
    );
    // The outer one first: fixes do not overlap.
    const once = fixed(text);
    expect(once).toContain("for (let i = 0; i < lists.length; i++) { const list = lists[i]; for (const x of list)");
    expect(fixed(once)).toContain("for (let j = 0; j < list.length; j++) { const x = list[j];");
    const inBlock = A(
      "@execute go(lists: u64[][]): void { for (const list of lists) { for (const x of list) { this.total += x; } } }",
    );
    expect(fixed(inBlock)).toMatch(/let i = 0.*let j = 0/);
    keeps(
      A(
        "@execute go(lists: string[]): void { for (let i = 0; i < lists.length; i++) for (const x of lists[i]) { this.total += 1; } }",
      ),
    );
  });

  test("its index takes no name of the method", () => {
    const text = go("const i: u64 = 5; const j: u64 = 6; for (const x of this.list) { this.total += x * i + j; }");
    expect(fixed(text)).toContain("for (let k = 0; k < this.list.length; k++) { const x = this.list[k];");
  });
});

describe("names of AssemblyScript and the SDK are written where they mean that", () => {
  test("Math.min and console.log", () => {
    expect(fixed(go("this.total = Math.min(this.total, 5);"))).toContain("= min(this.total, 5)");
    keeps(A("@execute go(min: u64): void { this.total = Math.min(this.total, min); }"));
    keeps(go("this.total = Math.min(this.total, 5, 6);"));
    expect(fixed(go('console.log("x");'))).toContain(" log(");
    keeps(A('@execute go(log: u64): void { console.log("x"); }'));
    keeps(`function log(text: string): void {}\n${go('console.log("x");')}`);
  });

  test("types of the author's own keep their names", () => {
    keeps(`class Uint8Array {}\n${A("", "data: Uint8Array;")}`);
    keeps(`class Map<K, V> {}\n${A("", "data: Map<u64, u64>;")}`);
    keeps(`type u256 = u64;\n${A("", "data: bigint;")}`);
    expect(fixed(A("", "data: Map<u64, u64>;"))).toContain("data: StorageMap<u64, u64>;");
  });

  test("a class of the author's own is no misspelt decorator, a name in a guard no text", () => {
    const own = "export function exceute(): void {}\n";
    const text = `import { exceute } from "./own";\n${A("@exceute go(): void { this.total += 1; }")}`;
    keeps(text, { "contracts/own.ts": own });
    keeps(`const owner = "admin";\n${A("@only(owner) @execute go(): void {}", "owner: Address; admin: Address;")}`);
    expect(fixed(A("@only(owner) @execute go(): void {}", "owner: Address;"))).toContain('@only("owner")');
  });

  test("decorators under another name are found, and other classes' are left", () => {
    const renamed = 'import { contract, execute, lazy as slow } from "qwvm/sdk-as";\n';
    const text = `${renamed}@contract export class A {\n  @slow @execute go(): void {}\n}\n`;
    expect(fixed(text)).toContain("  @execute go(): void {}");
  });

  test("an import goes above what is said of the first class", () => {
    const text = "/** Counts. */\n@contract\nexport class A { n: u64; }\n";
    const found = fixed(`/** Counts. */\nexport class A {\n  @execute go(): void {}\n}\n`);
    expect(found.indexOf("import")).toBeLessThan(found.indexOf("/** Counts. */"));
    expect(found).toMatch(/Counts\. \*\/\n@contract\nexport class A/);
    expect(text).toBeDefined();
  });
});

describe("what a class is marked follows the class that is meant", () => {
  test("the one of the file, and not one of its name", () => {
    const inner = `namespace N { export class Paid {} export function pay(): void { emit(new Paid()); } }\nclass Paid {}\n${go("N.pay();")}`;
    keeps(inner);
    expect(fixed(`class Paid { n: u64; }\n${go("emit(new Paid());")}`)).toContain("@event\nclass Paid");
    // One that another file reverts with is no event either.
    const shared = `export class Paid { n: u64; }\n${go("emit(new Paid());")}`;
    const other =
      'import { revert } from "qwvm/sdk-as";\nimport { Paid } from "./a";\nexport function stop(): void { revert(new Paid()); }\n';
    keeps(shared, { "contracts/b.ts": other });
  });

  test("a slip of the pen is mended where the right name is known", () => {
    const event = 'import { event } from "qwvm/sdk-as";\n@event export class Payment { n: u64; }\n';
    const also = { "contracts/events.ts": event };
    keeps(`import { Payment as Paid } from "./events";\n${go("emit(new Paymnt());")}`, also);
    expect(fixed(`import { Payment } from "./events";\n${go("emit(new Paymnt());")}`, also)).toContain("new Payment()");
  });
});

describe("a method's access is made no wider than its uses, and no use is cut off", () => {
  const step = "step(): void { this.total += 1; }";
  test.each([
    [
      "a function of the file uses it",
      `${A(`${step} @execute go(): void { run(this); this.step(); }`)}function run(a: A): void { a.step(); }\n`,
    ],
    [
      "another object of nobody knows what",
      A(`${step} @execute go(): void { const a = other(); a.step(); this.step(); }`),
    ],
    [
      "only a comment and a text name it",
      A(`${step} @execute go(): void { /* this.step() */ this.name = "this.step()"; }`),
    ],
    [
      "only a class of the same name calls it",
      `${A(step)}namespace N { class A { step(): void {} go(): void { this.step(); } } }\n`,
    ],
  ])("not where %s", (_, text) => {
    const after = fixed(text);
    expect(after).not.toMatch(/(private|protected) step/);
  });

  test("a class of another file that has its heir's name does not count", () => {
    const also = {
      "contracts/b.ts":
        'import { contract } from "qwvm/sdk-as";\n@contract abstract class A {}\n@contract abstract class B extends A {}\n',
    };
    const text = A(`${step} @execute go(): void { this.step(); }`);
    expect(fixed(text, also)).toContain("private step()");
  });
});

describe("what is printed anew keeps its place", () => {
  test("an assignment that tests for null leaves the else around it alone", () => {
    const text = go("if (this.total > 1) this.who ??= null; else this.total = 5;", "total: u64; who: Address | null;");
    expect(fixed(text)).toContain("{ if (this.who === null) { this.who = null; } } else this.total = 5;");
  });

  test("an accessor is not read twice", () => {
    keeps(
      A(
        "@execute go(): void { this.next ||= true; }\n  private get next(): bool { this.total += 1; return true; }\n  private set next(v: bool) {}",
      ),
    );
  });

  test("a constructor keeps its marks, and a comment with a parenthesis is none", () => {
    const made = (head: string) => A(`${head} { this.total = 5; /* super(1) */ }`);
    keeps(made("@payable constructor()"));
    keeps(made("private constructor()"));
    expect(fixed(made("constructor(n: u64 /* ) */) /* :) */"))).toContain(
      "@init create(n: u64 /* ) */): void /* :) */ {",
    );
    const base = `${IMPORT}@contract abstract class Base { create(): void {} }\n`;
    const derived = `${base}@contract export class A extends Base { n: u64; constructor() { this.n = 1; } }\n`;
    expect(fixed(derived)).not.toContain("@init create");
  });

  test("a default stays where a call relies on it", () => {
    keeps(A("@execute add(n: u64 = 1): void { this.total += n; }\n  @execute twice(): void { this.add(); }"));
    expect(fixed(A("@execute add(n: u64 = 1): void { this.total += n; }"))).toContain("add(n: u64)");
  });

  test("a result that does something is not dropped", () => {
    const init = (result: string) =>
      A(`@init create(): u64 { return ${result}; }\n  private get next(): u64 { this.total += 1; return this.total; }`);
    keeps(init("this.next"));
    expect(fixed(init("this.total"))).toContain("create(): void { return; }");
  });
});

test("an import of a default and of names becomes two", () => {
  const also = { "contracts/lib.ts": "export default class D { n: u64 = 1; }\nexport const q: u64 = 1;\n" };
  const text = (imports: string) => `${imports}\n${go("this.total = new D().n + q;")}`;
  expect(fixed(text('import D, { q } from "./lib";'), also)).toBe(
    text('import D from "./lib"; import { q } from "./lib";'),
  );
  expect(fixed(text('import D, * as q from "./lib"'), also)).toBe(
    text('import D from "./lib"; import * as q from "./lib"'),
  );
});

describe("a copy that is changed", () => {
  const deal = "@struct class Deal { n: u64; list: u64[]; }\n";
  const copies = (statement: string, fields = "deals: StorageMap<u64, Deal>; news: StorageMap<u64, Deal>; i: u64;") =>
    `${deal}${go(statement, fields)}`;
  test("is the one that is assigned, by a name that can be one", () => {
    expect(fixed(copies("this.deals.get(1).n = 5;"))).toContain("const deal = this.deals.get(1);");
    expect(fixed(copies("this.news.get(1).n = 5;"))).toContain("const new2 = this.news.get(1);");
    // What is read for an index is no copy that changes.
    expect(fixed(copies("this.deals.get(1).list[<i32>this.news.get(2).n] = 5;"))).toContain("this.deals.set(1, deal);");
  });
  test("has a name of its own where several are", () => {
    const found = fixed(
      copies("this.deals.get(1).n = 5; this.deals.get(2).n = 6; if (this.i > 1) this.deals.get(3).n = 7;"),
    );
    expect(found.match(/const \w+ =/g)).toEqual(["const deal =", "const deal2 =", "const deal3 ="]);
  });
  test("is not set where an accessor moves its key", () => {
    const text = `${deal}${A("@execute go(): void { this.deals.get(this.i).n = this.next; }\n  private get next(): u64 { this.i += 1; return 1; }", "deals: StorageMap<u64, Deal>; i: u64;")}`;
    keeps(text);
  });
});
