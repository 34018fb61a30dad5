// TypeScript that AssemblyScript or a contract does not have, and lines of other languages: each is refused where it stands, in
// words of ours, with what to write instead. And what works is not refused.

import { describe, expect, test } from "vitest";
import { applyFileEdits, chooseFixes } from "../../harness/compiler/apply-fixes.js";
import { check } from "./check.js";

const HEAD =
  'import * as sdk from "qwvm/sdk-as";\nimport { Address, StorageMap, StorageVec, contract, context, emit, encode, error, event, execute, init, log, query, require, revert, struct, u256 } from "qwvm/sdk-as";\n';
const BESIDE =
  "@event class Paid { constructor(public to: Address, public amount: u64) {} }\n@error class TooLittle { constructor(public needed: u64) {} }\n@struct class Item { price: u64; name: string; }\nclass Helper { n: u64 = 0; }\n";

type Where = "statement" | "member" | "file";

function place(where: Where, code: string): string {
  const at = (wanted: Where) => (where === wanted ? code : "");
  return `${HEAD}${BESIDE}${at("file")}\n@contract\nexport class A {\n  n: u64; list: u64[]; maybe: string | null; who: Address;\n  ${at("member")}\n  @execute go(a: u64, s: string): void {\n    ${at("statement")}\n  }\n}\n`;
}

const EXPECTED: Record<Where, [code: string, diagnostic: string, hint?: RegExp][]> = {
  statement: [
    ['const t = this.maybe «?? "x";', "QW122", /!== null/],
    ['this.maybe «??= "x";', "QW122", /=== null/],
    ["let b = true; b «||= false;", "QW122"],
    ["let b = true; b «&&= false;", "QW122"],
    ["const h = new Helper(); const k = h?.«n;", "QW122", /!== null/],
    ["const k = this.list«?.[0];", "QW122"],
    ["const f: () => void = () => {}; f«?.();", "QW122"],
    ["«outer: for (let i = 0; i < 3; i++) { continue outer; }", "QW122", /bool/],
    ["«delete this.list[0];", "QW122", /delete\(key\)/],
    ['if ("a" «in this) this.n = 1;', "QW122", /has\(key\)/],
    ["if («a instanceof u64) this.n = 1;", "QW122"],
    ["let q: «typeof a = 5;", "QW122"],
    ["«void this.go(a, s);", "QW122"],
    ["const x = a «satisfies u64;", "QW122", /const x: T/],
    ["const x = [1] as «const;", "QW122"],
    ["const x = <«const>[1];", "QW122"],
    ["const o = «{ a: 1 };", "QW122", /@struct/],
    ["const o = «{};", "QW122"],
    ["emit(«{ to: this.who, amount: a });", "QW122"],
    ["const c = [«...this.list, 1];", "QW122"],
    ["const «[x, y] = [1, 2];", "QW122"],
    ["const «{ price } = new Item();", "QW122"],
    ["let x: u64 = 1, y: u64 = 2; «[x, y] = [y, x];", "QW122", /const before/],
    ["const «f = (x: i32) => x + 1;", "QW131"],
    ["const f = («x): i32 => x + 1;", "QW272"],
    ["let u: «u64 | u32 = 5;", "QW122"],
    ['let u: «"a" | "b" = "a";', "QW122", /enum/],
    ['let u: «"a" = "a";', "QW122"],
    ["let u: «true = true;", "QW122"],
    ["let u: «Item & Helper;", "QW122"],
    ['let u: «[u64, string] = [1, "a"];', "QW122"],
    ["let u: «keyof Item;", "QW122"],
    ['let u: «Item["price"] = 1;', "QW122"],
    ["let u: «u64[5];", "QW122", /FixedArray/],
    ["let u: «{ a: u64 };", "QW122"],
    ["let u: «`a`;", "QW122"],
    ["let u: «unique symbol;", "QW122"],
    ["let u: «u64 | undefined;", "QW122", /u64 \| null/],
    ["let u: «never;", "QW122"],
    ["let u: «object;", "QW122"],
    ["let u: «null = null;", "QW122"],
    ["let u: «new () => Item;", "QW122"],
    ["let «u;", "QW272"],
    ["const «u: u64;", "QW270", /let/],
    ["const u = «undefined;", "QW122", /null/],
    ["«for (const x of this.list) this.n += x;", "QW122"],
    ["«for (const k in this.list) this.n += 1;", "QW122"],
    ["«try { this.n = 1; } catch { }", "QW110"],
    ["const r = «/a/;", "QW122"],
    ["«with (this) { n = 1; }", "QW122"],
    ["«debugger;", "QW122"],
    ["const t = «new.target;", "QW122"],
    ['const t = «import("x");', "QW122"],
    ["const t = «import.meta;", "QW122"],
    ["const t = «String.raw`a`;", "QW122"],
    ["const t = «tag`a`;", "QW122"],
    ["const t = «class { x: u64 = 0 };", "QW122"],
    ["class «Inner { x: u64 = 0 }", "QW122"],
    ["enum «Inner { X, Y }", "QW122"],
    ["interface «Inner { x: u64 }", "QW122"],
    ["«using t = new Helper();", "QW122"],
    ["«await this.go(a, s);", "QW122"],
    ["const t: () => void = «async () => {};", "QW122"],
    ['const t = «parseInt("5");', "QW111", /parse/],
    ["const t = «NaN;", "QW111"],
    ["const t = «Number.MAX_SAFE_INTEGER;", "QW111"],
    ["const t = «f64.sqrt(4);", "QW111"],
    ["const t = «process.env;", "QW122"],
    ['«trace("x");', "QW122", /log/],
    ["const t = «Date.now();", "QW113"],
    ["const t = «new Date();", "QW113"],
    ["if («a = 5) this.n = 1;", "QW271", /==/],
    ["while («a = 5) this.n = 1;", "QW271"],
    ["do {} while («a = 5);", "QW271"],
    ["for (; «a = 5; ) {}", "QW271"],
    ["const t = («a = 5) ? 1 : 2;", "QW271"],
    ['require((«a = 5), "x");', "QW271"],
    ["if (a == 1 && («a = 5)) this.n = 1;", "QW271"],
    ["if (!(«a += 5)) this.n = 1;", "QW271"],
    ["switch (a) { default: break; «default: break; }", "QW122"],
    ["return «5;", "QW275"],
    ["this.list.sort((x, y) => «x > y);", "QW122", /-1/],
    ["const t = «-2 ** 2;", "QW270", /-\(x \*\* 2\)/],
    ["const t = a << «(min<u64>(a, 3) % 3);", "QW270", /name first/],
    ["const t = «017;", "QW270"],
    ["let «of = 5;", "QW273", /Rename/],
    ["let «package = 5;", "QW273"],
    ["emit(«Paid(this.who, a));", "QW126", /new Paid/],
    ["emit(«Paid);", "QW126"],
    ["emit(new «Pad(this.who, a));", "QW126", /Did you mean Paid/],
    ["revert(«TooLittle(a));", "QW126", /new TooLittle/],
    ["throw new «TooLitle(a);", "QW126", /Did you mean TooLittle/],
    ['require(a > 1, new «RangeError("x"));', "QW126", /text/],
    ['throw new «TypeError("x");', "QW126", /revert\(text\)/],
    ["«emit Paid(this.who, a);", "QW270", /emit\(new/],
    ["«revert TooLittle(a);", "QW270", /revert\(new/],
    ["«unchecked { this.n += 1; }", "QW270", /@wrapping/],
    ["«uint256 x = 5;", "QW270", /type behind a colon/],
    ["«Item memory it = this.list;", "QW270", /memory/],
    ['require(a > 1 «ether, "no");', "QW270", /units/],
    ["let mut «x = 5;", "QW270", /let mut/],
  ],
  member: [
    ["private f(x: u64)«: void; private f(x: string): void {}", "QW122"],
    ["private f(«x): void {}", "QW272"],
    ["private «f(x: u64) { return x; }", "QW131"],
    ["get «f() { return 1; }", "QW131"],
    ["set f(v: u64): «void { this.n = v; }", "QW122"],
    ["private f(x«?: u64): void {}", "QW122", /default/],
    ["@execute f(x«?: u64): void {}", "QW128"],
    ["@execute f(«...xs: u64[]): void {}", "QW128", /array/],
    ["@query f<«T>(x: u64): u64 { return x; }", "QW274"],
    ["«#x: u64;", "QW122", /private x/],
    ["«#f(): void {}", "QW122"],
    ["«static { }", "QW122"],
    ["x«?: string;", "QW122", /\| null/],
    ["«declare x: u64;", "QW122"],
    ["«accessor x: u64 = 5;", "QW122"],
    ["«const x: u64 = 5;", "QW122"],
    ["«[key: string]: u64;", "QW122", /StorageMap/],
    ['«["x"]: u64;', "QW122"],
    ['«"x": u64;', "QW122"],
    ["«x;", "QW106", /x: u64|total: u64/],
    ["«f = (): u64 => 5;", "QW272", /method/],
    ["private f(«this: A): void {}", "QW122"],
    ["private f(«public x: u64): void {}", "QW122"],
    ["private f(«{ price }: Item): void {}", "QW122"],
    ["private f(x: Item): «x is Item { return true; }", "QW122"],
    ["private «async f(): void {}", "QW122"],
    ["private «*f(): void {}", "QW122"],
    ["@query pending(«of: Address): u64 { return 1; }", "QW273"],
    ["«default: u64;", "QW273"],
    ["«external f(): void {}", "QW270"],
    ["«function f(): void {}", "QW270", /without `function`/],
    ["mapping(address «=> uint256) public balances;", "QW270", /StorageMap/],
    ["«uint256 public total;", "QW270", /total: u256/],
    ["«modifier onlyOwner() { _; }", "QW270", /@only/],
    ["«function f() public view returns (uint256) { return 1; }", "QW270", /@query/],
    ["«#[ink(message)] f(): void {}", "QW270", /decorators/],
    ["«@view f(): u64 { return 1; }", "QW101", /@query/],
    ["«@external f(): void {}", "QW101", /@execute/],
    ["«@call f(): void {}", "QW101", /@execute/],
    ["«@initialize f(): void {}", "QW101", /@init/],
    ["«@method() f(): void {}", "QW101", /@execute/],
    ["«@onlyOwner @execute f(): void {}", "QW101", /@only\("owner"\)/],
    ["x: «uint256;", "QW106", /^Solidity's uint256 is u256 here\.$/],
    ["x: «uint24;", "QW106", /u32 here/],
    ["x: «address;", "QW106", /^Solidity's address is Address here\.$/],
    ["x: «mapping<address, uint256>;", "QW106", /StorageMap/],
    ["x: «bytes32;", "QW106", /Hash/],
    ["x: «strin;", "QW106", /^Did you mean string\?$/],
    ["x: «Itm;", "QW106", /Did you mean Item/],
    ["x: StorageMap<«adress, u64>;", "QW106", /Did you mean Address/],
    ["x: «PersistentVector<u64>;", "QW106", /StorageVec/],
    ["x: «Pubkey;", "QW106", /Address/],
    ["x: «AccountId;", "QW106", /Address/],
    ["x: «Option<u64>;", "QW106", /T \| null/],
    ["x: «StoredU256;", "QW106", /field/],
    ["x: «Record<string, u64>;", "QW106", /StorageMap/],
    ["x: «readonly u64[];", "QW106", /Leave out/],
    ["x: «[u64, u64];", "QW106", /tuples/],
    ["x: «u64 | string;", "QW106", /T \| null/],
    ["@query f(): «Promise<u64> { return 1; }", "QW106", /synchronously/],
  ],
  file: [
    ["const «f = () => 5;", "QW131", /type/],
    ["const o = «{ a: 1 };", "QW122"],
    ["«declare function f(): void;", "QW122", /SDK/],
    ["«declare const x: u64;", "QW122"],
    ['«declare module "x" { }', "QW122"],
    ["function «f() { }", "QW131"],
    ["function f(«x): void { }", "QW272"],
    ["function «f(x: u64): u64; function f(x: string): u64 { return 1; }", "QW122", /its own name/],
    ["type T = «{ a: u64 };", "QW122"],
    ["type T<U> = «U extends u64 ? string : bool;", "QW122"],
    ["type T = «{ [K in keyof Item]: u64 };", "QW122"],
    ["interface I { f«?(): void; }", "QW122"],
    ["interface I { «(): void; }", "QW122"],
    ["class C { «x = 5; }", "QW272"],
    ["class C { «[k: string]: u64; }", "QW122"],
    ["class C extends Helper, «Item {}", "QW122"],
    ["class C extends «mix(Helper) {}", "QW122"],
    ["class C<«in T> {}", "QW122"],
    ["«class {}", "QW122"],
    ["«export default 5;", "QW122"],
    ["«export = A;", "QW122"],
    ['«import x = require("x");', "QW122"],
    ['import «x from "qwvm/sdk-as";', "QW122", /braces/],
    ['import «X, { y } from "./lib";', "QW122", /two imports/],
    ['import «X, * as y from "./lib";', "QW122", /two imports/],
    ['import { «"y" as z } from "./lib";', "QW122", /quotes/],
    ['import { y } from "./lib" «with { type: "ts" };', "QW122"],
    ['export «* as y from "./lib";', "QW122", /import the file/],
    ["«export as namespace Y;", "QW122"],
    ["«export default function (): u64 { return 1; }", "QW122", /name/],
    ["«export default class { n: u64; }", "QW122", /name/],
    ["«export type { Item };", "QW122"],
    ["namespace «N.M { export const X: u64 = 5; }", "QW122"],
    ["module «N { export const X: u64 = 5; }", "QW122"],
    ["@struct class P<«T> { x: u64; }", "QW274"],
    ["@struct class P { x«?: u64; }", "QW122"],
    ["@event class P { constructor(public x«?: u64) {} }", "QW122"],
    ["«pragma solidity ^0.8.0;", "QW270", /Solidity/],
    ["«contract Token { }", "QW270", /@contract/],
    ["«event Moved(address from);", "QW270", /@event/],
    ["«use near_sdk::env;", "QW270", /import/],
    ["«@nearBindgen class X { }", "QW101", /@contract/],
    ["«@contrat class X { }", "QW101", /Did you mean @contract/],
  ],
};

describe.each(Object.entries(EXPECTED) as [Where, [string, string, RegExp?][]][])("in a %s", (where, cases) => {
  test.each(cases)("%s", (marked, code, hint) => {
    // Only the beginning is marked; of an overload that is its name.
    const text = place(where, marked.replace("«", ""));
    const before = place(where, marked);
    const lines = before.slice(0, before.indexOf("«")).split("\n");
    const found = check({ "contracts/a.ts": text }).filter(({ severity }) => severity === "error");
    const codes = found.map((item) => item.code);
    expect(codes).toContain(code);
    const one = found.find((item) => item.code === code);
    expect(one?.line).toBe(lines.length);
    if (!marked.includes("«: void; private")) expect(one?.column).toBe((lines.at(-1) as string).length + 1);
    for (const item of found) expect(item.hint, item.message).toMatch(/\S{2}/);
    if (hint !== undefined) expect(one?.hint).toMatch(hint);
  });
});

describe("what works is not refused", () => {
  test.each([
    ["statement", "if (a === 5) this.n = 1;"],
    ["statement", "let x: u64 = 0; if ((x = a) > 2) this.n = x;"],
    ["statement", "let x: u64; x = this.n = 5;"],
    ["statement", "const t = (-2) ** 2; const u = -(2 ** 2);"],
    ["statement", "const item: Item = { price: 1, name: s };"],
    ["statement", "const f = (x: i32): i32 => x + 1; this.n = f(2);"],
    ["statement", "let f: (x: u64) => u64 = x => x + 1;"],
    ["statement", "this.list.sort((x, y) => x < y ? -1 : 1);"],
    ["statement", "const t = this.list.filter((x) => x > 1);"],
    ["statement", "const t = new Date(5).getTime() + Date.UTC(2020, 1, 1);"],
    ["statement", "let type = 5; let get = 1; let from = 2; let as = 3; let global = 4;"],
    ["statement", "const readonly: u64[] = []; let u: readonly u64[] = [];"],
    ["statement", 'switch (s) { case "a": break; default: this.n = 2; }'],
    ["statement", "function inner(x: i32): i32 { return x + 1; } this.n = inner(2);"],
    ["statement", "return;"],
    ["statement", "return this.go(a, s);"],
    ["statement", "for (let i = 0, j = 5; i < j; i++, j--) this.n++;"],
    ["statement", "const h = new Helper(); if (h instanceof Helper) this.n = 1;"],
    ["statement", "type Inner = u64; const x: Inner = 5;"],
    ["statement", "const e = new Paid(this.who, a); emit(e);"],
    ["member", "private f<T>(x: T): T { return x; }"],
    ["member", "private f(x: u64 = 5): u64 { return x; }"],
    ["member", "private f(...xs: u64[]): void {}"],
    ["member", "private f(): this { return this; }"],
    ["member", "x!: u64; readonly y: u64 = 5;"],
    ["member", "from: Address; get: u64; type: u64; is: bool; as: u64;"],
    ["file", "class C<T = u64> { x: T | null = null; }"],
    ["file", "class C { constructor(private readonly x: u64) {} }"],
    ["file", 'class C { @operator("[]") at(i: i32): u64 { return 1; } [key: i32]: u64; }'],
    ["file", "abstract class B { abstract f(): void; }"],
    ["file", "interface I { x: u64; f(): void; }"],
    ["file", "namespace N { export const X: u64 = 5; }"],
    ["file", "export default class C {}"],
    ["file", "@inline const X: u64 = 5;"],
    ["file", "const f = (): i32 => 5;"],
    ["file", "class Math { static random(): u64 { return 4; } } const n: u64 = Math.random();"],
    ["file", "const enum E { X, Y } export const enum F { X }"],
  ] as [Where, string][])("in a %s: %s", (where, code) => {
    expect(check({ "contracts/a.ts": place(where, code) }).map(({ code, message }) => `${code} ${message}`)).toEqual(
      [],
    );
  });
});

test("a misspelt name and a foreign one are mended", () => {
  const text = place(
    "member",
    "x: uint256; y: StorageMap<adress, strin>; @view f(): u64 { emit(new Pad(this.who, 1)); return 1; }",
  );
  let mended = text;
  for (let round = 0; round < 4; round++) {
    mended = applyFileEdits(mended, chooseFixes(check({ "contracts/a.ts": mended })).edits);
  }
  expect(mended).toContain(
    "x: u256; y: StorageMap<Address, string>; @query f(): u64 { emit(new Paid(this.who, 1)); return 1; }",
  );
});

test.each([
  ["statement", "const u = this.maybe; const t = u ?? s;", "const t = (u !== null ? u : s);"],
  ["statement", 'this.maybe ??= "x";', 'if (this.maybe === null) { this.maybe = "x"; }'],
  ["statement", "let b = true; b ||= a > 1;", "b = b || (a > 1);"],
  ["statement", "if (this.n = 5) return;", "if (this.n == 5) return;"],
  ["statement", "const u = [1] as const;", "const u = [1];"],
  ["member", "x?: u64;", "x: u64;"],
  ["member", "accessor x: u64;", "  x: u64;"],
  ["member", "@execute f(x?: u64): void {}", "f(x: u64): void {}"],
  ["member", "set f(v: u64): void { this.n = v; }", "set f(v: u64) { this.n = v; }"],
  ["file", "export type { Item };", "export { Item };"],
] as [Where, string, string][])("is mended in a %s: %s", (where, wrong, right) => {
  const text = place(where, wrong);
  const mended = applyFileEdits(text, chooseFixes(check({ "contracts/a.ts": text })).edits);
  expect(mended).toContain(right);
  expect(check({ "contracts/a.ts": mended })).toEqual([]);
});

test.each([
  ["what is called twice", "statement", "this.list[this.list.push(1)] ||= 1;"],
  ["a field, of which asc knows no test", "statement", "const t = this.maybe ?? s;"],
  ["an assignment that counts", "statement", "if (this.n += 5) return;"],
] as [string, Where, string][])("%s is left to the author", (_, where, code) => {
  expect(check({ "contracts/a.ts": place(where, code) }).flatMap(({ fix }) => fix?.title ?? [])).toEqual([]);
});
