// What only asc finds: names of other languages and misspelt ones, members that a type does not have, types that do not fit. All
// of them in one contract, a method each: every one is found on its line, in the author's file, with a hint in words of ours.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ASC_CODES } from "../../harness/compiler/rules/asc-codes.js";
import { isExplained } from "../../harness/compiler/rules/catalogue.js";
import { ASC_HINTS } from "../../harness/compiler/words/asc-hints.js";
import { compileContracts, type Diagnostic } from "../../harness/compiler.js";
import { formatDiagnostics } from "../../harness/report/diagnostics-text.js";
import { makeStyle } from "../../harness/report/style.js";
import { writeContracts } from "./write-contracts.js";

const root = mkdtempSync(join(tmpdir(), "qwvm-words-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const IMPORT =
  'import { Address, Bytes, Hash, IterableMap, StorageMap, StorageSet, StorageVec, callContract, context, contract, emit, encode, error, event, execute, i256, log, require, revert, sha3_256, struct, transfer, u128, u256 } from "qwvm/sdk-as";\n';
const HEAD = `${IMPORT}
@event class Paid { constructor(public to: Address, public amount: u64) {} }
@error class TooLittle { constructor(public needed: u64) {} }
@struct class Item { price: u64; name: string; }
enum Color { Red, Green, Blue }
class Helper { n: u64 = 0; inc(): u64 { return ++this.n; } }
function halved(x: u64): u64 { return x / 2; }

@contract
export class A {
  n: u64; w: u256; who: Address; text: string; list: u64[]; maybe: string | null; item: Item; m: StorageMap<Address, u64>;
  v: StorageVec<u64>; i: IterableMap<Address, u64>; s: StorageSet<Address>;
  helper(a: u64, b: u64): void {}
  private twice(x: u64): u64 { return x * 2; }
`.replace("  helper", "  private helper");

/** A statement, and what its hint says. */
const CASES: [statement: string, hint: RegExp, message?: RegExp][] = [
  // Names of other languages.
  ["const x = msg.sender;", /context\.caller/],
  ["const x = block.timestamp;", /context\.blockTimestamp/],
  ["const x = tx.origin;", /context\.caller/],
  ["const x = address(0);", /Address\.zero/],
  ["const x = uint256(5);", /u256/],
  ["const x: uint256 = 5;", /^Solidity's uint256 is u256 here\.$/],
  ["const x: map<u64, u64> = 5;", /StorageMap/],
  ['const x = keccak256("a");', /sha3_256/],
  ["const x = abi.encode(a);", /encode\(x\)/],
  ["selfdestruct(to);", /Pausable/],
  ["const x = type(uint256).max;", /u256\.max/],
  ['const x = new PersistentMap<u64, u64>("a");', /StorageMap/],
  ["const x = Context.sender;", /context\.caller/],
  ['logging.log("x");', /log\(text\)/],
  ['near.log("x");', /log\(text\)/],
  ['storage.set<u64>("a", 1);', /field/],
  ["const x = SafeMath.add(this.w, this.w);", /checked/],
  ["const x = Blockchain.tx.sender;", /context\.caller/],
  ["const x = new BytesWriter(5);", /encode/],
  ["const x = deps.storage;", /fields/],
  ["const x = self.n;", /this/],
  ["const x = BigInt(5);", /u256\.from/],
  ["const x = JSON.stringify(this.item);", /encode/],
  ['const x = Buffer.from("x");', /Bytes/],
  ["let u: Record<string, u64>;", /Map/],
  ["let u: Partial<Item>;", /class/],
  // Misspelt names.
  ["n = 5;", /this\.n/],
  ["helper(1, 2);", /this\.helper/],
  ["const x = amnt;", /slip|import/],
  ["const amount: u64 = 5; const x = amout;", /Did you mean amount\?/],
  ["const h = new Helpr();", /Did you mean Helper\?/],
  ["const h: Helpr = new Helper();", /Did you mean Helper\?/],
  ["const x = y2; const y2 = 5;", /move the declaration up/],
  ["const x = balanceOf(to);", /Import it/],
  ["const x = context.calle;", /Did you mean caller\?/],
  ["const x = Color.Gren;", /Did you mean Green\?/],
  ["const h = new Helper(); h.incr();", /Did you mean inc\?/],
  ["this.item.nam = s;", /Did you mean name\?/],
  ["this.helpr(1, 2);", /Did you mean helper\?/],
  ["super.go(1);", /super/],
  // Members.
  ["const x = context.sender;", /context\.caller/],
  ["const x = context.timestamp;", /context\.blockTimestamp/],
  ["const x = u256.Zero;", /u256\.zero/],
  ["const x = i256.fromU64(5);", /i256\.from/],
  ["const k: i64 = 1; const x: bool = a > k;", /one side/, /^Operator '>' cannot be applied/],
  ["const x = this.w.mul(this.w);", /a \* b/],
  ["const x = this.w.toU32();", /toU64/],
  ["const x = this.w.isZer();", /Did you mean isZero\?/],
  ["const x = this.m.length;", /IterableMap/],
  ["this.m.put(to, 5);", /set\(key, value\)/],
  ["const x = this.m[to];", /get\(key\)/, /no brackets/],
  ["const x = this.v[0];", /get\(index\)/],
  ["this.v.append(5);", /push/],
  ["this.s.insert(to);", /^Write add\(item\)\.$/],
  ["const x = this.i.length;", /size/],
  ["const x = this.balance;", /balanceOf/],
  ["const x = this.who.balance;", /balanceOf/],
  ["this.who.transfer(5);", /transfer\(address, amount\)/],
  ["const x = this.who.toHex();", /toString/],
  ["const x = this.list.find((x) => x > 1);", /findIndex/],
  ["const x = this.list.contains(5);", /includes/],
  ["const x = this.list.size;", /length/],
  ["const x = Array.from(this.list);", /slice/],
  ['const x = this.text.match("a");', /regular/],
  ["const x = this.n.toFixed(2);", /toString/],
  ["const x = Object.keys(this.item);", /one by one/],
  ["const x = u64.MAX;", /MAX_VALUE/],
  // Calls.
  ["const t = this.list.map((x) => x + 1);", /map<u64>/],
  ["const t = this.list.reduce((sum, x) => sum + x, 0);", /reduce<u64>/],
  ["const x = this.list.length();", /parentheses/],
  ["const x = String(5);", /toString/, /not a value/],
  ["const x = Helper();", /new/],
  ["this.list.flat();", /loop/],
  ["callContract(to, s);", /^callContract takes contract: Address, method: string, args: Bytes\.$/],
  ["this.helper(1);", /^helper takes a: u64, b: u64\.$/],
  ["emit(new Paid(to));", /^Paid takes to: Address, amount: u64\.$/],
  ["require(a > 1, new TooLittle());", /^TooLittle takes needed: u64\.$/],
  ['const x = new Address("0x");', /Address\.parse/],
  ["const x = new Map<string, u64>([]);", /set\(key, value\)/],
  ["this.list.map<u64>(this.twice);", /function|=>/],
  ["this.list.map<u64>(halved);", /very parameters/],
  ["const f = this.helper; f(1, 2);", /this\.name/],
  // Types.
  ["this.n = null;", /"none"/, /null is no number/],
  ["if (this.n == null) this.n = 1;", /"none"/],
  ["const x: u8 = this.n;", /<u8>value/],
  ["const x: u64 = this.w;", /toU64/],
  ['const x: u64 = "5";', /quotes/],
  ['this.w = "5";', /u256\.parse/],
  ['const x: Bytes = "0x";', /Bytes\.from/],
  ['const x: Hash = "0x";', /Hash\.parse/],
  ["const x: string = a;", /toString/],
  ["const x: string = this.who;", /toString/],
  ["const x: string = this.maybe;", /T \| null/],
  ["const x = this.maybe.length;", /local variable/],
  ["this.who = 0;", /Address\.zero/],
  ["transfer(u256.from(5), this.who);", /Address/],
  ["sha3_256(s);", /Bytes\.from/],
  ['emit("Paid");', /@event/],
  ["revert(a);", /new Problem/],
  ["const x = +s;", /parse/],
  ["const x = a + s;", /toString/],
  ['const x = this.item["price"];', /dot/],
  ["const x = 5; x = 6;", /let/],
  ["const x = this.w.mulDiv(this.w, this.w);", /^Write u256\.mulDiv: it is static/],
  ["const x = this.w.parse();", /^Write u256\.parse: it is static/],
  ["let x: u64; const z = x;", /value/],
  ["break;", /loop/],
  ["let u: Array;", /angle brackets/],
];

/** Names that are the compiler's own and no author's. */
const INTERNAL = /__qwvm|__state|__sizes|~lib|glue|\$\w|#|usize|<object>|'auto'|Not implemented|runtime/;

describe("what asc finds", () => {
  let found: readonly Diagnostic[] = [];
  const first = HEAD.split("\n").length;

  beforeAll(async () => {
    const methods = CASES.map(
      ([statement], index) => `  @execute m${index}(a: u64, to: Address, s: string): void { ${statement} }\n`,
    );
    writeContracts(root, { "contracts/a.ts": `${HEAD}${methods.join("")}}\n` });
    found = (await compileContracts({ root })).diagnostics;
  });

  test("stands in the author's file, on the lines of the mistakes alone", () => {
    const elsewhere = found.filter(
      ({ file, line }) => file !== "contracts/a.ts" || line < first || line >= first + CASES.length,
    );
    expect(elsewhere).toEqual([]);
  });

  test.each(CASES)("%s", (statement, hint, message) => {
    const index = CASES.findIndex(([other]) => other === statement);
    const here = found.filter(({ line, severity }) => line === first + index && severity === "error");
    expect(here.length).toBeGreaterThan(0);
    expect(
      here.some((item) => hint.test(item.hint ?? "")),
      JSON.stringify(here.map((item) => item.hint)),
    ).toBe(true);
    if (message !== undefined) expect(here[0]?.message).toMatch(message);
    for (const item of here) {
      expect(item.message).not.toMatch(INTERNAL);
      expect(item.hint).toMatch(/\S{2}/);
    }
  });
});

test("what is more everyday is compiled", async () => {
  const works = [
    "if (a === 5) this.n = 1;",
    "let x: u64 = 0; if ((x = a) > 2) this.n = x;",
    'const item: Item = { price: 1, name: s }; this.item = item; this.item = { price: a, name: "x" };',
    "const f = (x: i32): i32 => x + 1; this.n = f(2);",
    "let f: (x: u64) => u64 = x => x + 1; this.n = f(a);",
    "this.list.sort((x, y) => x < y ? -1 : 1);",
    'const t = ["a"].map<i32>((x) => x.length);',
    "const t = new Date(5).getTime() + Date.UTC(2020, 1, 1); this.n = t;",
    "let type = 5; let get = 1; let from = 2; let global = 4; this.n = type + get + from + global;",
    "for (let i = 0, j = 5; i < j; i++, j--) this.n++;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a contract's.
    "const h = new Helper(); if (h instanceof Helper) this.n = h.inc(); this.text = `${s}`;",
    "const e = new Paid(to, a); emit(e); return this.helper(1, 2);",
    "let value = this.maybe; if (value !== null) this.n = value.length;",
    "this.m.set(to, this.m.get(to) + 1); this.v.push(a); this.v.set(0, 5); this.s.add(to);",
    'require(a != 0, "none"); require(a > 1, new TooLittle(a)); if (a > 9) throw new Error("many");',
  ];
  const methods = works.map(
    (statement, index) => `  @execute m${index}(a: u64, to: Address, s: string): void { ${statement} }\n`,
  );
  writeContracts(root, { "contracts/a.ts": `${HEAD}${methods.join("")}}\nconst enum E { X }\n` });
  const { diagnostics } = await compileContracts({ root });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});

describe("codes of asc", () => {
  const finding = (code: string) => ({
    code,
    severity: "error" as const,
    message: "m",
    file: "a.ts",
    line: 1,
    column: 1,
  });

  test("are explained further only where there is more to say than the hint", () => {
    expect(Object.keys(ASC_CODES).filter((code) => ASC_HINTS[code] === undefined)).toEqual([]);
    for (const [code, text] of Object.entries(ASC_CODES))
      expect(text.length).toBeGreaterThan((ASC_HINTS[code] ?? "").length);
    expect(isExplained("AS2322")).toBe(true);
    expect(isExplained("AS1109")).toBe(false);
    expect(isExplained("toString")).toBe(false);
  });

  test("of which nothing more is known are not offered to be explained", () => {
    expect(formatDiagnostics([finding("AS1109")], root, makeStyle(false))).not.toContain("says more");
    expect(formatDiagnostics([finding("AS1109"), finding("QW106")], root, makeStyle(false))).toContain(
      "qwvm explain QW106 says more",
    );
  });
});

describe("findings in a terminal", () => {
  const finding = {
    code: "QW106",
    severity: "error" as const,
    message: "mapping<address, uint256> cannot be the type of the field balances of a contract with a long name.",
    file: "contracts/token.ts",
    line: 5,
    column: 13,
    hint: "Solidity's mapping is StorageMap here. Write its types: StorageMap<Address, u256>.",
  };

  test.each([120, 80, 60, 40])("of %i columns", (columns) => {
    const text = formatDiagnostics([finding], root, makeStyle(false), columns);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(Math.min(columns, 80));
    expect(text).toContain("\n  hint: Solidity's");
    expect(text.replace(/\s+/g, " ")).toContain(finding.message);
  });
});
