// What is refused for its name is refused where the name means that: not where the author declares another thing of it.

import { expect, test } from "vitest";
import { check, expectOne, inContract, inMethod } from "./check.js";

const none = (text: string) =>
  expect(
    check({ "contracts/a.ts": `import { contract, execute, query, struct } from "qwvm/sdk-as";\n${text}` }),
  ).toEqual([]);

test("types of the names of floats and promises", () => {
  none(`@struct class Promise { n: u64; }\n${inContract("p: Promise; @execute go(p: Promise): void { this.p = p; }")}`);
  expectOne(`@contract class A { n: u64; @execute go(): void { const x: «f64» = 1; } }`, "QW111");
});

test("a function expression uses what is its own, and nothing of the function around it", () => {
  none(
    inMethod(
      "const list: u64[] = [1]; const n: u64 = 1; const all = list.map<u64>((n: u64) => { const x = n; return x; }); this.n = all[0] + n;",
    ),
  );
  none(
    `class Box { n: u64 = 0; }\n${inMethod("const n: u64 = 1; const l: Box[] = []; l.forEach((b: Box) => { b.n = 2; }); this.n = n;")}`,
  );
  none(`const limit: u64 = 5;\n${inMethod("const l: u64[] = [1]; this.n = l.filter((x) => x < limit).length;")}`);
  // A name of its own in an inner block is not the one outside of it.
  const hidden =
    "const a: u64 = 1; const l: u64[] = []; l.map<u64>((x) => { { const a = x; this_(a); } return «a»; });";
  expectOne(`function this_(n: u64): void {}\n${inMethod(hidden)}`, "QW109");
  expectOne(inMethod("for (let i = 0; i < 3; i++) { const l: i32[] = [1]; l.map<i32>((x) => x + «i»); }"), "QW109");
});

test("a method of the author's own that is called sort", () => {
  const own = "class Order { sort(by: (a: u64, b: u64) => bool): u64 { return by(1, 2) ? 1 : 2; } }\n";
  none(`${own}${inMethod("const order = new Order(); this.n = order.sort((a, b) => a < b);")}`);
});

test("overrides are compared by what their types mean", () => {
  const IMPORT = 'import { contract } from "qwvm/sdk-as";\n';
  const base = `${IMPORT}export class Item {}\n@contract export abstract class Base { take<T>(item: Item, other: T): void {} }\n`;
  const own = (text: string) =>
    `${IMPORT}${text}@contract export class A extends Base { n: u64; take<U>(item: Thing, other: U): void {} }\n`;
  const codes = (text: string) =>
    check({ "contracts/a.ts": own(text), "contracts/base.ts": base })
      .filter(({ file }) => file === "contracts/a.ts")
      .map(({ code }) => code);
  expect(codes('import { Base, Item as Thing } from "./base";\n')).toEqual([]);
  expect(codes('import { Base } from "./base";\nclass Item {}\ntype Thing = Item;\n')).toEqual(["QW140"]);
});
