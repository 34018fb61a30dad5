// What `--fix` never does: let others call, write or pay more than before, take a guard away or choose whom it lets in, or
// give other results when the files come in another order. And what it does where no question is open.

import { describe, expect, test } from "vitest";
import { chooseFixes } from "../../harness/compiler/apply-fixes.js";
import { check, fixed, inMethod } from "./check.js";

const IMPORT = 'import { Address, contract, execute, mix, only, payable, query, StorageMap } from "qwvm/sdk-as";\n';

describe("a public method without a kind", () => {
  const BASE = `${IMPORT}@contract\nexport abstract class Minting {\n  supply: u64;\n\n  mintTo(amount: u64): void {\n    this.supply += amount;\n  }\n}\n`;
  const COIN = `${IMPORT}import { Minting } from "./base";\n@contract\nexport class Coin extends Minting {\n  owner: Address;\n\n  @only("owner") @execute mint(amount: u64): void {\n    this.mintTo(amount);\n  }\n}\n`;

  test.each([
    ["the base first", { "contracts/base.ts": BASE, "contracts/coin.ts": COIN }],
    ["the base last", { "contracts/coin.ts": COIN, "contracts/base.ts": BASE }],
  ])("that a contract of another file calls becomes protected: %s", (_, files) => {
    const { chosen, edits } = chooseFixes(check(files));
    expect(chosen.map(({ code, file, fix }) => [code, file, fix?.title])).toEqual([
      ["QW105", "contracts/base.ts", "Make it protected"],
    ]);
    expect(edits.map(({ text, start }) => [text, BASE.slice(start, start + 6)])).toEqual([["protected ", "mintTo"]]);
  });

  test("that its own contract calls becomes private, and stays reachable where another extends it", () => {
    const alone = `${IMPORT}@contract class A { n: u64; step(): void { this.n += 1; } @execute go(): void { this.step(); } }`;
    expect(fixed(alone)).toContain("private step()");
    expect(fixed(`${alone}\n@contract abstract class B extends A {}`)).toContain("protected step()");
  });
});

describe("what the author has to decide has no fix", () => {
  const untouched = (body: string, fields = "owner: Address; total: u64;") => {
    const text = `${IMPORT}@contract class A { ${fields} ${body} }`;
    expect(check({ "contracts/a.ts": text }).length).toBeGreaterThan(0);
    expect(fixed(text)).toBe(text);
  };
  test.each([
    ["whether others may call it", "add(): void { this.total += 1; }"],
    ["which decorator more than one slip away is meant", "@executor add(): void { this.total += 1; }"],
    ["whether others may read it", "sum(): u64 { return this.total; }"],
    ["whether it is private or a query", "@query private sum(): u64 { return this.total; }"],
    ["whether it takes value", "@payable add(): void { this.total += 1; }"],
    ["whether it may write", "@query add(): void { this.total += 1; }"],
    ["whom a guard lets in", '@only("ownr") @execute add(): void { this.total += 1; }'],
    ["whether it is @payable", "@pausable @execute add(): void { this.total += 1; }"],
    ["what stands in parentheses", '@execute("owner") add(): void { this.total += 1; }'],
    ["whether a guard belongs there", '@only("owner") private add(): void { this.total += 1; }'],
  ])("%s", (_, body) => untouched(body));

  test("which number a member of an enum is", () => {
    const text = `${IMPORT}enum Color { Red = 1, Green = 2 }\n@contract class A { color: Color; }`;
    expect(fixed(text)).toBe(text);
  });

  test("which file is meant", () => {
    const text = `${IMPORT}import { x } from "./token";\n@contract class A { n: u64 = x; }`;
    expect(fixed(text, { "contracts/tokens.ts": "export const x: u64 = 1;\n" })).toBe(text);
    expect(fixed(text, { "contracts/lib/token.ts": "export const x: u64 = 1;\n" })).toContain('"./lib/token"');
  });
});

test("a decorator with one slip is mended", () => {
  const text = (mark: string) => `${IMPORT}@contract class A { total: u64; ${mark} add(): void { this.total += 1; } }`;
  for (const mark of ["@exceute", "@Execute", "@excute"]) expect(fixed(text(mark))).toBe(text("@execute"));
});

describe("a fix keeps what is written", () => {
  test("a loop over a text is not one over halves of characters", () => {
    const text = inMethod('const name = "x"; for (const letter of name) this.n += letter.length;');
    expect(fixed(`${IMPORT}${text}`)).toContain("of name)");
    const other = "let list: u64[] = [1]; for (const item of list) { this.n += item; list = [5]; }";
    expect(fixed(inMethod(other))).toBe(inMethod(other));
    const list = inMethod("const list: u64[] = [1]; for (const item of list) this.n += item;");
    expect(fixed(`${IMPORT}${list}`)).toContain(
      "for (let i = 0; i < list.length; i++) { const item = list[i]; this.n += item; }",
    );
  });

  const copies = (statement: string) =>
    `import { contract, execute, StorageMap, struct } from "qwvm/sdk-as";\n@struct class Deal { n: u64; }\n@contract class A {\n  i: u64;\n  deals: StorageMap<u64, Deal>;\n  parts: StorageMap<u64, StorageMap<u64, Deal>>;\n  @execute go(i: u64): void {\n    ${statement}\n  }\n  private next(): u64 { this.i += 1; return this.i; }\n}\n`;
  test("a copy that is changed is set where it was read", () => {
    expect(fixed(copies("this.deals.get(i).n = 5;"))).toContain("this.deals.set(i, deal);");
    // Where the place could be another one by then, or would be worked out twice, it is the author's to write.
    for (const statement of [
      "this.deals.get(i).n = i++;",
      "this.deals.get(this.i).n = this.next();",
      "this.parts.get(this.next()).get(i).n = 5;",
    ]) {
      expect(fixed(copies(statement))).toBe(copies(statement));
    }
  });
});
