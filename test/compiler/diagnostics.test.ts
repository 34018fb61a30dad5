// Every diagnostic: a wrong source, and the code and place it must give. The place is marked in the source by «»:
// the marks are taken out before it is built.

import { describe, expect, test } from "vitest";
import { checkContracts } from "../../harness/compiler/check-contract.js";
import type { Diagnostic } from "../../harness/compiler/diagnostic.js";
import { readSources } from "../../harness/compiler/read-contract.js";
import { fixed } from "./check.js";

const IMPORTS = 'import * as all from "qwvm/sdk-as";\n';

function check(files: Record<string, string>, hostFunctions: "all" | "documented" = "all"): Diagnostic[] {
  const sources = readSources(new Map(Object.entries(files)));
  const settings = { root: "/", contractsDir: "contracts", outDir: "build", release: false, hostFunctions };
  return checkContracts(sources, settings, () => sources);
}

/** Checks one file and expects exactly one finding, of this code, at the mark. */
function expectOne(marked: string, code: string, hint?: RegExp, hostFunctions?: "documented"): void {
  const text = IMPORTS + marked;
  const before = text.slice(0, text.indexOf("«")).split("\n");
  const found = check({ "contracts/a.ts": text.replace(/[«»]/g, "") }, hostFunctions);
  expect(found.map(({ code, line, column }) => ({ code, line, column }))).toEqual([
    { code, line: before.length, column: (before.at(-1) as string).length + 1 },
  ]);
  if (hint !== undefined) expect(found[0]?.hint).toMatch(hint);
}

const inContract = (body: string) => `@contract\nexport class A {\n  n: u64;\n  ${body}\n}\n`;
const inMethod = (statement: string) => inContract(`@execute go(): void {\n    ${statement}\n  }`);

describe("decorators", () => {
  test.each([
    ["@exceute", "@execute"],
    ["@Query", "@query"],
    ["@payble", "@payable"],
    ["@inti", "@init"],
  ])("%s is unknown: did you mean %s?", (wrong, right) => {
    expectOne(inContract(`«${wrong}» go(): u64 { return 1; }`), "QW101", new RegExp(`Did you mean ${right}\\?`));
  });
  test("an unknown one on a class", () =>
    expectOne("«@contrct»\nclass B {}\n@contract class A {}", "QW101", /@contract/));
  test("far from all", () =>
    expectOne(
      inContract("«@xyzzyx» private go(): void {}"),
      "QW101",
      /decorators of a method are @init, @execute, @query/,
    ));
  test("in the wrong place", () => expectOne(inContract("«@event» private go(): void {}"), "QW102"));
  test("with arguments", () => expectOne(inContract('«@execute("x")» go(): void {}'), "QW102"));
});

describe("the contract's class", () => {
  test("two in a file", () => expectOne("@contract class A {}\n@contract class «B» {}", "QW103"));
  test("methods are marked, the class is not", () => expectOne("class A { «@execute» go(): void {} }", "QW104"));
  test("a file of interfaces needs none", () => {
    const remote = "@interface export class B extends Remote { @query f(): u64 { return this.answer; } }";
    const found = check({
      "contracts/a.ts": 'import { B } from "./b";\n@contract class A {}',
      "contracts/b.ts": remote,
    });
    expect(found).toEqual([]);
  });
  test("a file of nothing is a warning", () => {
    const found = check({ "contracts/a.ts": "export const x: u64 = 1;" });
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([["QW104", "warning"]]);
  });
  test("a constructor", () => expectOne(inContract("«constructor() {}»"), "QW118"));
  test("a base class", () => expectOne("@contract class A extends «B» {}", "QW119"));
  test("two @init", () => expectOne(inContract("@init a(): void {} @init «b»(): void {}"), "QW116"));
  test("a map that is assigned", () => {
    expectOne(inContract("m: StorageMap<u8, u8> = «new StorageMap()»;"), "QW133");
  });
  test("two contracts of one name", () => {
    const found = check({ "contracts/a.ts": "@contract class A {}", "contracts/b.ts": "@contract class A {}" });
    expect(found.map(({ code, file }) => [code, file])).toEqual([["QW107", "contracts/b.ts"]]);
  });
});

describe("methods", () => {
  test("public without a kind", () => expectOne(inContract("«go»(): void {}"), "QW105"));
  test("private and static helpers need none", () => {
    expect(check({ "contracts/a.ts": inContract("private go(): void {} static of(): void {}") })).toEqual([]);
  });
  test("two kinds", () => expectOne(inContract("@execute @query «go»(): u64 { return 1; }"), "QW117"));
  test("private with a kind", () => expectOne(inContract("@query private «go»(): u64 { return 1; }"), "QW120"));
  test("static with a kind", () => expectOne(inContract("@query static «go»(): u64 { return 1; }"), "QW120"));
  test("a payable query", () => expectOne(inContract("@query @payable «go»(): u64 { return 1; }"), "QW115"));
  test("payable alone", () => expectOne(inContract("@payable «go»(): void {}"), "QW115"));
  test("a default", () => expectOne(inContract("@execute go(a: u8 = «1»): void {}"), "QW128"));
  test("an init that returns", () => expectOne(inContract("@init go(): «u64» { return 1; }"), "QW130"));
  test("no result type", () => expectOne(inContract("@execute «go»() {}"), "QW131"));
  test("a query of nothing", () => expectOne(inContract("@query «go»(): void {}"), "QW132"));
  test.each(["as", "with", "receipt", "address", "balance", "storage", "metadata", "events", "vm", "toString", "then"])(
    "%s is a name of the client's",
    (name) => expectOne(inContract(`@query «${name}»(): u64 { return 1; }`), "QW114"),
  );
  test("generated names", () => expectOne(inContract("private «__go»(): void {}"), "QW114"));
  test("a method twice", () => {
    expectOne(inContract("@query go(): u8 { return 1; } @query «go»(): u8 { return 1; }"), "QW107");
  });
  test("a method named like a field", () => expectOne(inContract("@query «n»(): u8 { return 1; }"), "QW107"));
  test("a parameter twice", () => expectOne(inContract("@execute go(a: u8, «a»: u8): void {}"), "QW107"));
});

describe("types", () => {
  test.each([
    ["f64", /256/],
    ["number", /u64/],
    ["any", /Name/i],
    ["Map<string, u64>", /StorageMap/],
    ["Set<u64>", /array/],
    ["Date", /blockTimestamp/],
    ["usize", /u32/],
    ["Plain", /@struct/],
    ["u64 | null", /cannot be null/],
    ["string | u64", /T \| null/],
    ["Uint8Array", /Bytes/],
    ["StorageMap<u8, u8>", /field/],
    ["Array<f32>", /256/],
  ])("%s is no parameter", (type, hint) => {
    const found = check({ "contracts/a.ts": inContract(`@execute go(a: ${type}): void {}`) });
    const types = found.filter(({ code }) => code === "QW106");
    expect(types.map(({ line, column }) => [line, column])).toEqual([[4, 18]]);
    expect(types[0]?.hint).toMatch(hint);
  });
  test("of a field", () => expectOne("@contract class A { a: «Plain»; }", "QW106"));
  test("of a result", () => expectOne(inContract("@query go(): «Plain» { return x; }"), "QW106"));
  test("of a map's key", () => expectOne("@contract class A { a: StorageMap<«Plain», u8>; }", "QW106"));
  test("of an event's field", () => {
    expectOne("@event class E { constructor(public a: «Plain») {} }\n@contract class A {}", "QW106");
  });
  test("none at all", () => expectOne(inContract("@execute go(«a»): void {}"), "QW106"));
});

describe("records", () => {
  test("an empty struct", () => expectOne("@struct class «S» {}\n@contract class A {}", "QW123"));
  test("an event named as the contract", () => {
    expectOne("@contract class A {}\n@event class «A» {}", "QW107");
  });
  test("a class that is no event", () => {
    expectOne(`class E {}\n${inMethod("emit(new «E»());")}`, "QW126", /@event/);
  });
  test("an event where an error is needed", () => {
    expectOne(`@event class E {}\n${inMethod("require(false, new «E»());")}`, "QW126", /@event/);
  });
});

describe("queries that write", () => {
  test("a field", () => expectOne(inContract("@query go(): u64 { «this.n = 1»; return 1; }"), "QW108"));
  test("a field, counted up", () => expectOne(inContract("@query go(): u64 { return «this.n++»; }"), "QW108"));
  test("a map", () =>
    expectOne(inContract("m: StorageMap<u64, u64>; @query go(): u64 { «this.m.set(1, 2)»; return 1; }"), "QW108"));
  test("an array", () =>
    expectOne(inContract("items: u64[]; @query go(): u64 { «this.items.push(1)»; return 1; }"), "QW108"));
  test("what has the name of a change and is none", () => {
    const body = "w: u256; m: StorageMap<u64, u64>; @query go(): u256 { return this.w.add(this.w); }";
    expect(check({ "contracts/a.ts": inContract(`${body} @query get(): u64 { return this.m.get(1); }`) })).toEqual([]);
  });
});

describe("what AssemblyScript or a contract does not have", () => {
  test.each([
    ["let s: u64 = 0; items.forEach((i) => { «s» += i; });", "QW109"],
    ["items.forEach((i) => { «this».n += i; });", "QW109"],
    ["«try» { this.n = 1; } catch (e) {}", "QW110"],
    ["let x = «1.5»;", "QW111"],
    ["let x: «f64» = 1;", "QW111"],
    ["let x = «Math.sqrt»(4);", "QW111"],
    ["let x = «Math.random»();", "QW112"],
    ["let x = «Date.now»();", "QW113"],
    ["let x = «new Date»();", "QW113"],
    ['let x = «parseInt»("5");', "QW111"],
    ["let x = «Number.MAX_SAFE_INTEGER»;", "QW111"],
    ["let x = «performance.now»();", "QW113"],
    ['«console.log»("x");', "QW122"],
    ["«for» (const i of items) {}", "QW122"],
    ["«for» (const i in items) {}", "QW122"],
    ["const «[»a] = items;", "QW122"],
    ["go(«...»items);", "QW122"],
    ["let x = «/a/»;", "QW122"],
    ["let x: «any» = 1;", "QW122"],
    ["let x = items?.«length»;", "QW122"],
  ])("%s", (statement, code) => expectOne(inMethod(statement), code));

  test("functions without captured names are fine", () => {
    expect(check({ "contracts/a.ts": inMethod("items.sort((a, b) => a - b);") })).toEqual([]);
  });
  test("hexadecimal numbers are no floats", () => {
    expect(check({ "contracts/a.ts": inMethod("let x = 0x1e5; let y = 1_000;") })).toEqual([]);
  });
});

describe("imports", () => {
  test("of a package", () => expectOne('import { a } from «"lodash"»;\n@contract class A {}', "QW125"));
  test("of a file that is not there", () => {
    expectOne('import { a } from «"./nowhere"»;\n@contract class A {}', "QW125", /path/);
  });
  test("of a folder, which is its index", () => {
    const also = { "contracts/lib/index.ts": "export const a: u64 = 1;\n" };
    const text = 'import { a } from "./lib";\n@contract class A { n: u64 = a; }';
    const found = check({ "contracts/a.ts": text, ...also }).filter(({ severity }) => severity === "error");
    expect(found.map(({ code, hint }) => [code, hint])).toEqual([["QW125", 'Write "./lib/index".']]);
    expect(fixed(text, also)).toBe(text.replace("./lib", "./lib/index"));
  });
  test("in a circle of what is passed on as a whole", () => {
    const circle = (names: string) =>
      check({
        "contracts/a.ts": `${names} from "./b";\n@contract class A {}`,
        "contracts/b.ts": 'export * from "./c";\nexport * from "./d";\n',
        "contracts/c.ts": 'export * from "./a";\n',
        "contracts/d.ts": "export const d: u64 = 1;\n",
      }).map(({ code, file, line, fix }) => `${code} ${file}:${line} ${fix?.title}`);
    const wrong = ["a.ts:1", "b.ts:1", "c.ts:1"].map((place) => `QW125 contracts/${place} undefined`);
    expect(circle("export *")).toEqual(wrong);
    expect(circle("export { d }")).toEqual([]);
    expect(circle("import * as b")).toEqual([]);
  });
});

test("extensions in a build for the documented host functions", () => {
  expectOne(inMethod("let x = «context.blockHeight»;"), "QW129", /hostFunctions/, "documented");
  expectOne(inMethod("let x = «context.chainId»;"), "QW129", /hostFunctions/, "documented");
  expect(check({ "contracts/a.ts": inMethod("let x = context.caller;") }, "documented")).toEqual([]);
});

test("all mistakes come at once", () => {
  const found = check({ "contracts/a.ts": inContract("@exceute a(): void {} b(): void {} @query c(x: f64): void {}") });
  expect(found.map(({ code }) => code).sort()).toEqual(["QW101", "QW105", "QW106", "QW132"]);
});
