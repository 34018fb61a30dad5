// Names of every kind in contracts that run: types under other names, through barrels, namespaces and aliases, two
// unrelated types of one name, names that generated code has too, and texts that could be taken for code.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContractDefinition } from "../../harness/client/contract-types.js";
import { defineContract } from "../../harness/client/define-contract.js";
import { compileContracts } from "../../harness/compiler.js";
import { address, createQwvm } from "../../harness/index.js";

// biome-ignore lint/suspicious/noExplicitAny: methods of contracts that no type describes.
type Loose = Record<string, (...args: any[]) => any>;

const PALETTE = `
import { contract as made, execute as run, query, StorageMap, u256 as Wide, FixedArray as Row, wrapping as loose, require as demand } from "qwvm/sdk-as";
import * as sdk from "qwvm/sdk-as";
import { Tint, type Box as Crate, send } from "./lib/all";
import * as lib from "./lib/all";
enum Color { Red, Green, Blue }
type Id = u64; type Hue = Color; type Ids = Id[]; type Book = StorageMap<Id, Hue>;
class Status { static make: u8 = 7; static build(): u8 { return Status.make; } }
class Item { n: u8 = 1; }
function param(Color: u8, x: Color): u8 { return Color + <u8>x; }
@made export class Palette {
  color: Color; tint: Tint; book: Book; crate: Crate; ids: Ids; total: Wide; n: u64;
  names: (string | null)[]; rows: (Row<u8, 2>)[]; some: Color[] | null; other: lib.Tint;
  @run fill(c: Color, t: Tint): void {
    this.color = c; this.tint = t; this.book.set(1, c); this.crate.n = 5; this.ids.push(9); this.other = lib.Tint.Dark;
    this.some = [Color.Blue]; this.names.push(null); this.names.push("x"); this.rows.push(new Row<u8, 2>()); this.total += Wide.from(7);
  }
  @query entry(): Color { return this.book.get(1); }
  @query otherTint(): lib.Tint { return this.other; }
  @query cast(n: u8): Hue { return <Hue>n; }
  @query crates(): Crate[] { return [this.crate]; }
  @query maybe(): Color[] | null { return this.some; }
  @query texts(): (string | null)[] { return this.names; }
  @query plain(): u8 { return Status.build() + new Item().n + param(3, Color.Green); }
  @sdk.execute echo(c: Color[] | null): (Color[] | null) { return c; }
  @loose @query over(a: u8, b: u8): u8 { return a + b; }
  @query checked(a: u8): u8 { demand(a < 9, "too much"); return a; }
  @run bump(): void { this.n += 10; }
  @run callBack(other: sdk.Address): u64 { this.n += 1; send(other, "poke", sdk.Bytes.empty); return this.n; }
}
`;

const FILES = {
  "palette.ts": PALETTE,
  "other.ts": `
import { contract, execute, query, struct, callContract, context, Bytes } from "qwvm/sdk-as";
enum Color { One, Two }
enum Status { On, Off }
@struct class Item { x: u64; }
@struct class Fixed { constructor(readonly a: u64 = 0, readonly name: string = "") {} }
@contract export class Other {
  color: Color; status: Status; item: Item; fixed: Fixed;
  @execute set(c: Color): void { this.color = c; this.item.x += 1; this.fixed = new Fixed(4, "x"); }
  @query kept(): Fixed { return this.fixed; }
  @query get(): Color { return this.color; }
  @execute poke(): void { callContract(context.caller, "bump", Bytes.empty); }
}
`,
  "lib/all.ts":
    'export * from "./tint"; export { Inner as Box } from "./inner"; export { callContract as send } from "qwvm/sdk-as";',
  "lib/tint.ts": "export const enum Tint { Light, Dark }",
  "lib/inner.ts":
    'import { struct } from "qwvm/sdk-as";\n@struct export class Inner { n: u64; kind: Kind; }\nenum Kind { K0, K1 }',
  "taken.ts": `
import { contract, execute, query, Remote, remote, struct, Address, signed } from "qwvm/sdk-as";
@struct class result { a: u64; }
@struct class self { a: u64; }
@struct class readSlot { a: u64; }
@remote("Failure") export class Like extends Remote {
  @query sum(length: u64, memory: u64, at: u64, end: u64): u64 { return this.answer; }
}
@contract export class Failure {
  load_a: u64; a: u64; $x: u64; result: result; self2: self; slot: readSlot; get: u64; type: u64; from: u64; readonly: u64;
  @query sum(length: u64, memory: u64, at: u64, end: u64): u64 { return length * 1000 + memory * 100 + at * 10 + end; }
  @query ask(other: Address): u64 { return Like.at(other).sum(1, 2, 3, 4); }
  @signed("who") @execute named(who: Address, length: u64, signature2: u64): u64 { return length; }
  @execute all(): u64 {
    this.load_a = 1; this.a = 2; this.$x = 3; this.result.a = 4; this.self2.a = 5; this.slot.a = 6; this.get = 7; this.type = 8; this.from = 9; this.readonly = 10;
    return this.load_a + this.a + this.$x + this.result.a + this.self2.a + this.slot.a + this.get + this.type + this.from + this.readonly;
  }
}
`,
};

/** Words where only tokens count: comments between decorators and classes, fields without semicolons, code in texts. */
const TEXTS = `import { contract, emit, error, event, execute, query, Remote, remote, require, struct } from "qwvm/sdk-as"
@event /** This class is a class { */ class Paid { constructor(public a: u64) {} }
@error("class {a}") /* class E */ class Bad { a: u64
  constructor(a: u64) { this.a = a } }
@remote /* { class { */ export class Peer extends /* { */ Remote { @query f(a: u64): u64 { return this.answer } }
@struct /* enum */ class Plain { most: u64
  list: u64[] = [] }
/* enum */ const /* class */ enum /* enum { */ Kind { A, B }
@contract /* class */ export /* class */ class Texts {
\tplain: Plain; kind: Kind; one: u64 = 4 // class { require(
  two: u64[] = [1]
  three: u64; four: u64; text: string = "require(x, 'y'); enum { // class"
  @execute
  go(a: u64): string {
    let k = a
    Kind.A.toString()
    const s = \`class \${a} require(this.one, "x") // \${"}"} {\`
    require(a > 1, /* require(false) */ new Bad(a)) // , new Bad(2))
    ;[1].forEach((x: i32): void => require(x > 0, "no"))
    emit(new Paid(a)); this.two.push(this.one + a); this.plain.list.push(a)
    return s
  }
  @query sum(): u64 { let t: u64 = 0
    for (let i = 0; i < this.two.length; i++) t += this.two[i]
    return t + <u64>this.plain.list.length }
  @query kinds(): Kind[] { return [Kind.A, Kind.B] }
}
`;

let root: string;
let made: Record<string, ContractDefinition<unknown[], Loose>>;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "qwvm-names-"));
  const files = {
    ...FILES,
    "texts.ts": TEXTS,
    // The same with a byte order mark and the line ends of Windows.
    "windows/texts.ts": `\uFEFF${TEXTS.replaceAll("\n", "\r\n").replace("class Texts", "class WindowsTexts")}`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, "contracts", path)), { recursive: true });
    writeFileSync(join(root, "contracts", path), text);
  }
  const result = await compileContracts({ root });
  expect(result.diagnostics.map(({ code, file, line, message }) => `${code} ${file}:${line} ${message}`)).toEqual([]);
  made = {};
  for (const { name, artifacts } of result.contracts) {
    const abi = JSON.parse(readFileSync(artifacts.abi, "utf8"));
    made[name] = defineContract({ name, abi, wasm: pathToFileURL(artifacts.wasm) });
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const deploy = (name: string, vm = createQwvm()) =>
  vm.deploy(made[name] as ContractDefinition<unknown[], Loose>, [] as never) as unknown as Loose & {
    address: string;
    events(): { name: string; args: unknown }[];
  };
const call = (contract: Loose, name: string, ...args: unknown[]) => (contract[name] as Loose[string])(...args);

test("types under other names, through barrels, namespaces and aliases", () => {
  const palette = deploy("Palette");
  call(palette, "fill", "Blue", "Dark");
  expect(call(palette, "entry")).toBe("Blue");
  expect(call(palette, "otherTint")).toBe("Dark");
  expect(call(palette, "cast", 1)).toBe("Green");
  expect(() => call(palette, "cast", 3)).toThrow(/OutOfRange/);
  expect(call(palette, "crates")).toEqual([{ n: 5n, kind: "K0" }]);
  expect(call(palette, "maybe")).toEqual(["Blue"]);
  expect(call(palette, "texts")).toEqual([null, "x"]);
  // 7 of Status.make, 1 of Item, 3 of the parameter, 1 of Color.Green.
  expect(call(palette, "plain")).toBe(12);
  expect(call(palette, "echo", null)).toBe(null);
  expect(call(palette, "echo", ["Red"])).toEqual(["Red"]);
});

test("decorators and functions under other names", () => {
  const palette = deploy("Palette");
  // 200 + 100 - 256, as @wrapping says under another name.
  expect(call(palette, "over", 200, 100)).toBe(44);
  expect(() => call(palette, "checked", 9)).toThrow(/too much/);
});

test("a call that leaves by a name of a barrel reads the state anew", () => {
  const vm = createQwvm();
  const other = deploy("Other", vm);
  const palette = deploy("Palette", vm);
  // 1 before the call, and 10 by the call back.
  expect(call(palette, "callBack", other.address)).toBe(11n);
});

test("an unrelated enum and struct of the same name", () => {
  const other = deploy("Other");
  call(other, "set", "Two");
  expect(call(other, "get")).toBe("Two");
  expect(call(other, "kept")).toEqual({ a: 4n, name: "x" });
  expect(() => call(other, "set", "Blue")).toThrow(/"Blue", which is not a Color/);
});

test("names that generated code has too", () => {
  const vm = createQwvm();
  const failure = deploy("Failure", vm);
  expect(call(failure, "sum", 1n, 2n, 3n, 4n)).toBe(1234n);
  expect(call(failure, "ask", failure.address)).toBe(1234n);
  // 1 + 2 + ... + 10
  expect(call(failure, "all")).toBe(55n);
  const alice = vm.account("alice", { balance: 0n });
  expect(call(failure, "named", alice.address, 7n, 8n, alice)).toBe(7n);
  expect(address("alice")).toMatch(/^0x/);
});

test("comments and texts with words of the language, and any line ends", () => {
  for (const name of ["Texts", "WindowsTexts"]) {
    const texts = deploy(name);
    expect(call(texts, "go", 5n)).toBe('class 5 require(this.one, "x") // } {');
    expect(texts.events().map((event) => event.name)).toEqual(["Paid"]);
    expect(() => call(texts, "go", 1n)).toThrow(/class 1/);
    // 1 as it starts, 4 + 5, and one item in the struct.
    expect(call(texts, "sum")).toBe(11n);
    expect(call(texts, "kinds")).toEqual(["A", "B"]);
  }
});
