// Diagnostics of names: a wrong source each, and the code and place it must give, beside sources that look alike and are
// right. The place is marked by «».

import { describe, expect, test } from "vitest";
import { check, expectOne, inMethod } from "./check.js";

const IMPORTS = 'import * as all from "qwvm/sdk-as";\n';

/** Expects that nothing is found. */
function expectNone(text: string, also: Record<string, string> = {}): void {
  const found = check({ "contracts/a.ts": IMPORTS + text, ...also });
  expect(found.map(({ code, line, message }) => `${code}:${line} ${message}`)).toEqual([]);
}

describe("require and revert are statements", () => {
  test.each([
    "this.n > 0 && «require»(false, 'no');",
    "this.n > 0 ? «revert»('no') : this.again();",
    "const f = (): void => { const g = (x: u64): bool => x > 0 || «require»(false, 'no'); };",
    "const done = («require»(true, 'no'), 5);",
  ])("%s", (statement) => {
    expectOne(
      `@contract export class A { n: u64; again(): void {}\n@execute go(): void { ${statement} } }`.replace(
        "again(): void {}",
        "private again(): void {}",
      ),
      "QW230",
    );
  });
  test("statements of any kind", () => {
    expectNone(
      inMethod(
        "if (this.n > 0) require(true, 'a'); else revert('b'); for (;;) require(true, 'c'); do revert('d'); while (true); (require(true, 'e'));",
      ),
    );
    expectNone(
      "@contract export class A { @query go(list: u64[]): u64 { list.forEach((x: u64): void => require(x > 0, 'a')); return 0; } }",
    );
  });
  test("a function of that name that is the author's", () => {
    expectNone(
      "function require(x: bool): bool { return x; }\n@contract export class A { @query go(): bool { return true && require(true); } }",
    );
  });
  test("another name for the SDK's", () => {
    const found = check({
      "contracts/a.ts":
        'import { contract, query } from "qwvm/sdk-as";\nimport { demand } from "./b";\n@contract export class A { @query go(): bool { return true && demand(true, "x"); } }',
      "contracts/b.ts": 'export { require as demand } from "qwvm/sdk-as";',
    });
    expect(found.map(({ code, line }) => [code, line])).toEqual([["QW230", 3]]);
  });
});

describe("what does not last", () => {
  const go = (statement: string) => `@contract export class A { @execute go(): void { ${statement} } }`;
  test.each([
    ["a variable of the file", `let count: u64 = 0;\n${go("«count» += 1;")}`],
    ["an array of the file", `const list: u64[] = [];\n${go("«list».push(1);")}`],
    ["an entry of it", `const list: u64[] = [0];\n${go("«list»[0]++;")}`],
    ["under another name", `const list: u64[] = [];\n${go("const l = list; «l».push(1);")}`],
    [
      "in a function that is given it",
      `const list: u64[] = [];\nfunction add(l: u64[]): void { l.push(1); }\n${go("add(«list»);")}`,
    ],
    ["a variable of a namespace", `namespace N { export let n: u64 = 0; }\n${go("«N.n» = 5;")}`],
    ["a static field", `class H { static n: u64 = 0; }\n${go("«H.n» = 5;")}`],
    [
      "a static field of the contract",
      "@contract export class A { static n: u64 = 0; @execute go(): void { «A.n»++; } }",
    ],
    ["an object", `class H { v: u64 = 0; bump(): void { this.v += 1; } }\nconst h = new H();\n${go("«h».bump();")}`],
    ["a field of an object", `class H { v: u64 = 0; }\nconst h = new H();\n${go("«h».v = 1;")}`],
    ["a map", `const m = new Map<u64, u64>();\n${go("«m».set(1, 2);")}`],
  ])("%s", (_, text) => void expectOne(text, "QW231"));
  test("in another file", () => {
    const found = check({
      "contracts/a.ts": `import { contract, execute } from "qwvm/sdk-as";\nimport { list as l } from "./b";\n${go("l.push(1);")}`,
      "contracts/b.ts": "export const list: u64[] = [];",
    });
    expect(found.map(({ code, file, line }) => [code, file, line])).toEqual([["QW231", "contracts/a.ts", 3]]);
  });
  test("what never changes, and what belongs to a call", () => {
    expectNone(`
const PRIMES: u64[] = [2, 3, 5];
let unchanged: u64 = 5;
class H { static readonly MOST: u64 = 5; static least: u64 = 1; v: u64 = 0; read(): u64 { return this.v; } }
const h = new H();
function sum(l: u64[]): u64 { let s: u64 = 0; for (let i = 0; i < l.length; i++) s += l[i]; return s; }
function add(l: u64[]): void { l.push(1); }
@contract export class A {
  list: u64[];
  @execute go(): u64 {
    const copy = PRIMES.slice();
    copy.push(7);
    add(copy);
    this.list.push(1);
    { const PRIMES: u64[] = []; PRIMES.push(1); add(PRIMES); }
    let other = PRIMES;
    other = copy;
    return sum(PRIMES) + unchanged + H.MOST + H.least + h.read() + other[0];
  }
}`);
  });
});

describe("past the checks", () => {
  test.each(["«changetype»<usize>(this)", "«memory».fill(0, 0, 0)", "«i32.store»(0, 1)"])(
    "%s",
    (expression) => void expectOne(inMethod(`${expression};`), "QW232"),
  );
  test("marked, or a name of the author's", () => {
    expectNone(
      "class Raw { @unsafe static at(): u32 { return load<u32>(0); } }\n@contract export class A { @query go(): u32 { return Raw.at(); } }",
    );
    expectNone(
      "function load(x: u32): u32 { return x; }\n@contract export class A { @query go(): u32 { return load(1) + <u32>memory.size(); } }",
    );
  });
});

describe("readonly fields", () => {
  const contract = (statement: string) =>
    `@contract export class A { readonly owner: u64; @init create(): void { this.owner = 1; }\n@execute go(): void { ${statement} } }`;
  test.each(["«this.owner» = 2;", "«this.owner»++;", "const self = this; «self.owner» = 2;"])("%s", (statement) => {
    expectOne(contract(statement), "QW233");
  });
  test("of a base", () => {
    expectOne(
      "@contract abstract class B { readonly owner: u64; }\n@contract export class A extends B { @execute go(): void { «this.owner» = 1; } }",
      "QW233",
    );
  });
  test("a variable of the name", () => expectNone(contract("let owner: u64 = 1; owner = 2;")));
});

describe("what is encoded", () => {
  test("a struct that extends one", () => {
    expectOne(
      "@struct class Base { x: u64; }\n@struct class Child «extends Base» { y: u64; }\n@contract class A { c: Child; b: Base; }",
      "QW234",
      { message: /Child extends Base/, hint: /0\.1\.0 stored the own fields of Child/ },
    );
  });
  test("an event that extends a class", () => {
    expectOne(
      "class Base {}\n@event class E «extends Base» { constructor(public a: u64) { super(); } }\n@contract class A {}",
      "QW234",
    );
  });
  test("an error with an interface", () => {
    expectOne("interface I {}\n@error class E «implements I» {}\n@contract class A {}", "QW234");
  });
  test("an abstract struct", () =>
    void expectOne("@struct «abstract» class E { x: u64; }\n@contract class A {}", "QW234"));
  test("a class inside of a namespace", () => {
    expectOne(
      "namespace N { @event export class «E» { constructor(public a: u64) {} } }\n@contract class A {}",
      "QW102",
    );
  });
  test("a field that starts as something", () => {
    expectOne("@struct class L { most: u64 = «5»; }\n@contract class A { l: L; }", "QW238");
    expectOne("enum C { Red, Green }\n@struct class L { c: C = «C.Green»; }\n@contract class A { l: L; }", "QW238");
  });
  test("zeros, and static members", () => {
    expectNone(`enum C { Red, Green }
@struct class M { n: u64; }
@struct class L {
  static readonly most: u64 = 5;
  n: u64 = 0; s: string = ""; l: u64[] = []; b: bool = false; o: string | null = null; c: C = C.Red; w: all.u256 = all.u256.zero; m: M = new M();
  static of(n: u64): L { const made = new L(); made.n = n; return made; }
}
@contract class A { l: L; }`);
  });
});

describe("collections", () => {
  test.each([
    ["in a method", inMethod("const v = «new StorageVec<u64>()»;")],
    ["in the file", "const m = «new all.StorageMap<u64, u64>()»;\n@contract class A {}"],
    ["in a class", "class Book { m: StorageMap<u64, u64> = «new StorageMap<u64, u64>()»; }\n@contract class A {}"],
  ])("%s", (_, text) => void expectOne(text, "QW235"));
  test("a class of the author's of the name, and a field that is passed on", () => {
    expectNone("class StorageVec {}\n@contract class A { @execute go(): void { const v = new StorageVec(); } }");
    expectNone(
      "function add(m: all.StorageMap<u64, u64>): void { m.set(1, 2); }\n@contract class A { m: all.StorageMap<u64, u64>; @execute go(): void { const m = this.m; add(m); } }",
    );
  });
});

test("a decorator that is a function of the file", () => {
  expectOne("function execute(): void {}\n@contract class A { @«execute» go(): void {} }", "QW101", { message: /own/ });
});

describe("outside of functions", () => {
  test.each([
    ["a call", "function f(): void {}\n«f();»\n@contract class A {}"],
    ["a block", "«{ let x: u64 = 1; }»\n@contract class A {}"],
    [
      "a condition in a namespace",
      "namespace N { export const x: u64 = 1; «if (x > 0) throw new Error('x');» }\n@contract class A {}",
    ],
    [
      "what a constant begins with",
      "const paid = all.«tryTransfer»(all.Address.zero, all.u256.zero);\n@contract class A {}",
    ],
    [
      "what a static field begins with",
      "class H { static data: all.Bytes = «callContract»(all.Address.zero, '', all.Bytes.empty); }\n@contract class A {}",
    ],
  ])("%s", (_, text) => void expectOne(text, "QW236"));
  test("constants", () => {
    expectNone(
      "const LIMIT = all.u256.parse('5');\nclass H { static readonly most: u64 = 5; }\nnamespace N { export const x: u64 = 1; }\n;\n@contract class A { @query go(): u64 { return H.most + N.x; } }",
    );
  });
});

test("a base of another contract's interface that is not the SDK's", () => {
  expectOne("class Remote {}\n@remote class T «extends Remote» {}\n@contract class A {}", "QW146");
});

describe("names of generated code", () => {
  test.each(["function «memory»(): void {}", "class «__X» {}", "const «usize»: u64 = 1;"])("%s", (text) => {
    expectOne(`${text}\n@contract class A {}`, "QW114");
  });
  test("a local variable", () => void expectOne(inMethod("const «__at»: u64 = 1;"), "QW114"));
});

test("a byte order mark counts for nothing", () => {
  const found = check({ "contracts/a.ts": "\uFEFF@contract class A { constructor() {} }" });
  expect(found.map(({ code, line, column }) => [code, line, column])).toEqual([["QW118", 1, 21]]);
});

test("a line end that asc does not know", () => {
  const text = `${IMPORTS}@contract class A { n: u64; @execute go(): void { // one\u2028 this.n = 1;\n} }`;
  const found = check({ "contracts/a.ts": text });
  expect(found.map(({ code }) => code)).toEqual(["QW239"]);
  expectNone('@contract class A { s: string; @execute go(): void { this.s = "a\u2028b"; } }');
});

describe("two of one name", () => {
  const contract = (types: string) =>
    `import { contract, query } from "qwvm/sdk-as";\nimport { x } from "./b";\nimport { y, type Color as Other } from "./c";\nimport { Color } from "./b";\n@contract export class A { ${types} @query go(): u64 { return x + y; } }`;
  const also = {
    "contracts/b.ts": "export enum Color { Red }\nexport const x: u64 = 1;",
    "contracts/c.ts": "export const y: u64 = 2;\nexport enum Color { Blue, Green }",
  };
  test("that one contract needs both", () => {
    const found = check({ "contracts/a.ts": contract("c: Color; o: Other;"), ...also });
    expect(found.map(({ code, file, line }) => [code, file, line])).toEqual([["QW107", "contracts/a.ts", 5]]);
    expect(found[0]?.message).toContain("contracts/b.ts:1:13 and contracts/c.ts:2:13");
  });
  // An enum's type in memory goes by its name: c.ts could give its Green, 1, to a Color of b.ts, which has no such member.
  test("that it does not, but imports: enums", () => {
    const found = check({ "contracts/a.ts": contract("c: Color;"), ...also });
    expect(found.map(({ code, file, line }) => [code, file, line])).toEqual([["QW107", "contracts/a.ts", 5]]);
  });
  test("that it does not, but imports: structs", () => {
    const structs = {
      "contracts/b.ts":
        'import { struct } from "qwvm/sdk-as";\n@struct export class Color { r: u8; }\nexport const x: u64 = 1;',
      "contracts/c.ts":
        'import { struct } from "qwvm/sdk-as";\nexport const y: u64 = 2;\n@struct export class Color { g: u8; }',
    };
    expect(check({ "contracts/a.ts": contract("c: Color;"), ...structs })).toEqual([]);
  });
  test("that no contract has both of", () => {
    const one = (name: string, members: string) =>
      `import { contract } from "qwvm/sdk-as";\nenum Color { ${members} }\n@contract export class ${name} { c: Color; }`;
    expect(check({ "contracts/a.ts": one("A", "Red"), "contracts/b.ts": one("B", "Red, Green") })).toEqual([]);
  });
});
