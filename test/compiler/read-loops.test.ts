// Which wide fields get a cell: those that run in a loop, by the declarations that names mean. A comment, a text or another
// object's field of the name is none of them; what is used through another name, an accessor or a function is.

import { expect, test } from "vitest";
import { linkContract } from "../../harness/compiler/link-contract.js";
import { readSources } from "../../harness/compiler/read-contract.js";
import { fieldsWithCell } from "../../harness/compiler/read-loops.js";

const IMPORT = 'import { contract, execute, u256 } from "qwvm/sdk-as";\n';
const LOOP = (body: string) => `for (let i = 0; i < 3; i++) { ${body} }`;

function cells(body: string, around = "", also: Record<string, string> = {}): string[] {
  const text = `${IMPORT}${around}@contract export class A {\n  total: u256; other: u256; n: u64;\n  ${body}\n}\n`;
  const sources = readSources(new Map(Object.entries({ "contracts/a.ts": text, ...also })));
  const contract = sources[0]?.contracts.find(({ name }) => name === "A");
  if (contract === undefined) throw new Error("There is no contract A.");
  return [...fieldsWithCell(linkContract(contract, sources), sources)].sort();
}

const go = (body: string) => `@execute go(): void { ${body} }`;
const BOX = "class Box { total: u64 = 0; }\n";

test.each<[string, string, string, string]>([
  ["a field", "total", go(LOOP("this.total += u256.one;")), ""],
  ["two on other lines", "other,total", go(LOOP("this\n.total = this.\nother;")), ""],
  ["none outside of loops", "", go("this.total += u256.one;"), ""],
  ["a comment and a text", "", go(LOOP('/* this.total */ log("this.total");')), ""],
  ["a field of another class", "", go(`const box = new Box(); ${LOOP("box.total += 1;")}`), BOX],
  ["another name of the contract", "total", go(`const self = this; ${LOOP("self.total += u256.one;")}`), ""],
  ["a method", "total", `${go(LOOP("this.step();"))} private step(): void { this.total += u256.one; }`, ""],
  [
    "an accessor",
    "total",
    `${go(LOOP("this.n = this.sum;"))} private get sum(): u64 { return this.total.toU64(); }`,
    "",
  ],
  ["a function", "total", go(LOOP("step(this);")), "function step(a: A): void { a.total += u256.one; }\n"],
  [
    "a function with a loop",
    "total",
    go("step(this);"),
    `function step(a: A): void { ${LOOP("a.total += u256.one;")} }\n`,
  ],
  [
    "a hidden function",
    "",
    go(`const step = 1; ${LOOP("this.n += step;")}`),
    "function step(a: A): void { a.total += u256.one; }\n",
  ],
  ["what nobody knows could be it", "total", go(LOOP("this.me().total += u256.one;")), ""],
])("%s: %s", (_, expected, body, around) => {
  expect(cells(body, around).join(",")).toBe(expected);
});

test("a function of another file, under another name", () => {
  const also = {
    "contracts/steps.ts":
      'import { u256 } from "qwvm/sdk-as";\nimport { A } from "./a";\nexport function step(a: A): void { a.total += u256.one; }\n',
  };
  const around = 'import { step as run } from "./steps";\n';
  expect(cells(go(LOOP("run(this);")), around, also)).toEqual(["total"]);
  expect(cells(go(LOOP("steps.step(this);")), 'import * as steps from "./steps";\n', also)).toEqual(["total"]);
});

test("the field of a base, and what overrides a method", () => {
  const text = `${IMPORT}@contract abstract class Base { sum: u256; all(): void { ${LOOP("this.step();")} } step(): void {} }
@contract export class A extends Base { step(): void { this.sum += u256.one; } @execute go(): void { this.all(); } }\n`;
  const sources = readSources(new Map([["contracts/a.ts", text]]));
  const [, contract] = sources[0]?.contracts ?? [];
  if (contract === undefined) throw new Error("There is no contract A.");
  expect([...fieldsWithCell(linkContract(contract, sources), sources)]).toEqual(["sum"]);
});
