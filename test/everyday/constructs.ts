// Everyday constructs, as newcomers from TypeScript, Solidity, near-sdk-as and CosmWasm write them: a method each, with what it
// gives by hand. They have to build without an error and without a warning.

/** One method: its name, its source, what is called and what comes out. */
export interface Construct {
  readonly name: string;
  readonly source: string;
  /** Calls in order, on a new contract: method, arguments, result. The method is the construct's own unless named. */
  readonly calls: readonly { readonly method?: string; readonly args?: readonly unknown[]; readonly gives: unknown }[];
}

const gives = (name: string, source: string, result: unknown, ...args: unknown[]): Construct => ({
  name,
  source,
  calls: [{ args, gives: result }],
});

/** What stands in the contract's file beside the methods. */
export const FILE = `import { Address, Bytes, context, contract, emit, error, event, execute, FixedArray, guard, i128, init, IterableMap, nonReentrant, only, payable, query, require, revert, StorageMap, StorageSet, StorageVec, struct, u128, u256, wrapping } from "qwvm/sdk-as";
import { addOne, first, MathUtils, Pair, percentOf, Ring } from "./lib/tools";
import * as tools from "./lib/tools";

enum Status { Draft, Open, Closed }
@struct class Item { id: u64; name: string; price: u256; tags: string[]; }
@struct class Point { x: i32; y: i32; }
@event class Sold { constructor(public id: u64, public to: Address, public price: u256) {} }
@error("{needed} needed") class TooLittle { constructor(public needed: u256) {} }
const FEES: u64[] = [10, 25, 100];
const MAX_ITEMS: i32 = 100;
const ZERO_NAME = "";
interface Shape { area(): u64; }
class Square implements Shape { constructor(public side: u64) {} area(): u64 { return this.side * this.side; } }
class Rect implements Shape { constructor(public a: u64, public b: u64) {} area(): u64 { return this.a * this.b; } }
class Counter { private n: u64 = 0; static made: i32 = 0; get value(): u64 { return this.n; } set value(n: u64) { this.n = n; } up(): Counter { this.n++; return this; } }
class Money { constructor(public n: u64) {} @operator("+") static add(a: Money, b: Money): Money { return new Money(a.n + b.n); } @operator("==") static eq(a: Money, b: Money): bool { return a.n == b.n; } @operator("!=") static ne(a: Money, b: Money): bool { return a.n != b.n; } }
namespace Fees { export const BASE: u64 = 5; export function taken(n: u64): u64 { return BASE + n / 100; } }
class Link { next: Link | null = null; constructor(public n: u64) {} }
function double(n: u64): u64 { return n * 2; }
function isLarge(n: u64): bool { return n > 10; }
function total(list: u64[]): u64 { let sum: u64 = 0; for (let i = 0; i < list.length; i++) sum += list[i]; return sum; }
function rename(item: Item, name: string): void { item.name = name; }
function largest<T>(a: T, b: T): T { return a > b ? a : b; }`;

export const HELPERS = `import { u256 } from "qwvm/sdk-as";
export function addOne(n: u64): u64 { return n + 1; }
export function first<T>(list: T[]): T { return list[0]; }
export function percentOf(amount: u256, percent: u64): u256 { return (amount * u256.from(percent)) / u256.from(100); }
export class MathUtils { static readonly SCALE: u64 = 1000; static clamp(n: u64, most: u64): u64 { return n > most ? most : n; } }
export class Pair<A, B> { constructor(public a: A, public b: B) {} swap(): Pair<B, A> { return new Pair<B, A>(this.b, this.a); } }
export class Ring { private items: StaticArray<u64> = new StaticArray<u64>(4); private at: i32 = 0; push(n: u64): void { this.items[this.at % 4] = n; this.at++; } sum(): u64 { let s: u64 = 0; for (let i = 0; i < 4; i++) s += this.items[i]; return s; } }`;

export const FIELDS = `owner: Address; total: u256; count: u64; status: Status; name: string; open: bool = true; limits: u64[]; item: Item; items: Item[]; grid: i32[][]; corner: Point; fixed: FixedArray<u64, 3>; best: Address | null;
  balances: StorageMap<Address, u256>; allowances: StorageMap<Address, StorageMap<Address, u256>>; shop: StorageMap<u64, Item>; log: StorageVec<string>; members: StorageSet<Address>; votes: IterableMap<string, u64>;
  @init create(): void { this.owner = context.caller; }
  private isOpen(): void { require(this.open, "closed"); }
  private credit(to: Address, amount: u256): void { this.balances.set(to, this.balances.get(to) + amount); }
  private get fee(): u64 { return this.count * 2 + 1; }
  private static twice(n: u64): u64 { return n + n; }`;

export const CONSTRUCTS: readonly Construct[] = [
  // Control flow.
  gives(
    "forLoop",
    "@query forLoop(n: u64): u64 { let sum: u64 = 0; for (let i: u64 = 0; i < n; i++) { sum += i; } return sum; }",
    45n,
    10n,
  ),
  gives(
    "forOfIndex",
    "@query forOfIndex(list: u64[]): u64 { let sum: u64 = 0; for (let i = 0, n = list.length; i < n; i++) sum += list[i]; return sum; }",
    6n,
    [1n, 2n, 3n],
  ),
  gives(
    "countDown",
    "@query countDown(n: i32): i32 { let turns = 0; for (let i = n; i > 0; i--) turns++; return turns; }",
    7,
    7,
  ),
  gives(
    "whileLoop",
    "@query whileLoop(n: u64): u64 { let steps: u64 = 0; while (n > 1) { n = n % 2 == 0 ? n / 2 : 3 * n + 1; steps++; } return steps; }",
    8n,
    6n,
  ),
  gives(
    "doLoop",
    '@query doLoop(n: u64): string { let text = ""; do { text = (n % 10).toString() + text; n /= 10; } while (n > 0); return text; }',
    "1204",
    1204n,
  ),
  gives(
    "earlyReturn",
    '@query earlyReturn(n: u64): string { if (n == 0) return "none"; if (n < 10) return "few"; return "many"; }',
    "few",
    3n,
  ),
  gives(
    "elseIf",
    "@query elseIf(n: i32): i32 { if (n < 0) return -1; else if (n == 0) return 0; else return 1; }",
    -1,
    -5,
  ),
  gives(
    "nestedTernary",
    '@query nestedTernary(n: i32): string { return n < 0 ? "minus" : n == 0 ? "zero" : "plus"; }',
    "plus",
    5,
  ),
  gives(
    "breakContinue",
    "@query breakContinue(list: u64[]): u64 { let sum: u64 = 0; for (let i = 0; i < list.length; i++) { if (list[i] == 0) continue; if (list[i] > 100) break; sum += list[i]; } return sum; }",
    3n,
    [1n, 0n, 2n, 101n, 5n],
  ),
  gives(
    "enumSwitch",
    '@query enumSwitch(s: Status): string { switch (s) { case Status.Draft: return "draft"; case Status.Open: return "open"; default: return "closed"; } }',
    "open",
    "Open",
  ),
  gives(
    "numberSwitch",
    "@query numberSwitch(n: u64): u64 { let r: u64 = 0; switch (n) { case 1: case 2: r = 12; break; case 3: r = 3; default: r += 100; } return r; }",
    103n,
    3n,
  ),
  gives(
    "stringSwitch",
    '@query stringSwitch(s: string): i32 { switch (s) { case "a": return 1; case "b": return 2; } return 0; }',
    2,
    "b",
  ),
  gives("logic", "@query logic(a: bool, b: bool): bool { return (a && !b) || (!a && b); }", true, true, false),
  gives(
    "requireElse",
    '@query requireElse(n: u64): u64 { if (n > 5) require(n < 100, "too much"); else return 0; return n; }',
    0n,
    2n,
  ),
  // Numbers.
  gives(
    "wideLiteral",
    "@query wideLiteral(n: u256): bool { return n > 0 && n <= 1_000_000_000_000_000_000_000; }",
    true,
    5n,
  ),
  gives("wideCompare", "@query wideCompare(n: u256): bool { return n < u256.from(5); }", true, 4n),
  gives(
    "wideMath",
    "@query wideMath(n: u256): u256 { let r = n * u256.from(3) + u256.one; r += 1; r++; return r; }",
    33n,
    10n,
  ),
  gives("percent", "@query percent(n: u256): u256 { return percentOf(n, 5); }", 50n, 1000n),
  gives("powerOfTen", "@query powerOfTen(): u256 { return u256.from(10) ** 18; }", 10n ** 18n),
  gives("castDown", "@query castDown(n: u64): u8 { return <u8>(n % 256); }", 4, 260n),
  gives("castCall", "@query castCall(n: u32): u64 { return u64(n) * 10; }", 70n, 7),
  gives("asCast", "@query asCast(n: i32): i64 { return (n as i64) - 1; }", -1n, 0),
  gives("bits", "@query bits(n: u32): u32 { return ((n >> 4) & 0xf) | (n << 28 >>> 24); }", 0xba, 0xab),
  gives("minMax", "@query minMax(a: u64, b: u64): u64 { return max(a, b) - min(a, b); }", 4n, 3n, 7n),
  gives(
    "hashing",
    "@query @wrapping hashing(list: u8[]): u32 { let h: u32 = 2166136261; for (let i = 0; i < list.length; i++) { h ^= list[i]; h *= 16777619; } return h; }",
    0xe40c292c,
    [97],
  ),
  gives("signed", "@query signed(n: i128): i128 { return n < i128.zero ? -n : n; }", 5n, -5n),
  gives("sqrtOf", "@query sqrtOf(n: u256): u256 { return n.sqrt(); }", 12n, 150n),
  // Text.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the contract's.
  gives("template", "@query template(n: u64): string { return `n is ${n}, twice ${n * 2}`; }", "n is 4, twice 8", 4n),
  gives("concatText", '@query concatText(a: string, b: string): string { return a + "-" + b; }', "x-y", "x", "y"),
  gives("textLength", '@query textLength(a: string): i32 { return a.length > 3 ? a.indexOf("b") : -2; }', 1, "abcd"),
  gives(
    "splitJoin",
    '@query splitJoin(a: string): string { return a.split(",").reverse().join("+"); }',
    "c+b+a",
    "a,b,c",
  ),
  gives("upper", '@query upper(a: string): string { return a.trim().toUpperCase().padStart(4, "0"); }', "00AB", " ab "),
  // Arrays, maps and sets in memory.
  gives("sortNumbers", "@query sortNumbers(list: i32[]): i32[] { return list.sort(); }", [-2, 5, 7], [7, -2, 5]),
  gives(
    "sortBy",
    "@query sortBy(list: u64[]): u64[] { return list.sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)); }",
    [9n, 3n, 1n],
    [3n, 9n, 1n],
  ),
  gives(
    "mapFilter",
    "@query mapFilter(list: u64[]): u64[] { return list.map<u64>((n) => n * 3).filter((n) => n > 5); }",
    [6n, 9n],
    [1n, 2n, 3n],
  ),
  gives("reduceSum", "@query reduceSum(list: u64[]): u64 { return list.reduce<u64>((sum, n) => sum + n, 0); }", 6n, [
    1n,
    2n,
    3n,
  ]),
  gives(
    "namedCallback",
    "@query namedCallback(list: u64[]): bool { return list.map<u64>((n) => double(n)).some((n) => isLarge(n)); }",
    true,
    [1n, 6n],
  ),
  gives(
    "nestedArrays",
    "@query nestedArrays(rows: i32[][]): i32 { let n = 0; for (let y = 0; y < rows.length; y++) for (let x = 0; x < rows[y].length; x++) n += rows[y][x]; return n; }",
    10,
    [
      [1, 2],
      [3, 4],
    ],
  ),
  gives(
    "localMap",
    '@query localMap(words: string[]): i32 { const seen = new Map<string, i32>(); for (let i = 0; i < words.length; i++) { const w = words[i]; seen.set(w, (seen.has(w) ? seen.get(w) : 0) + 1); } return seen.get("a"); }',
    2,
    ["a", "b", "a"],
  ),
  gives(
    "localSet",
    "@query localSet(list: u64[]): i32 { const s = new Set<u64>(); for (let i = 0; i < list.length; i++) s.add(list[i]); return s.size; }",
    2,
    [5n, 6n, 5n],
  ),
  gives(
    "staticArray",
    "@query staticArray(): u64 { const ring = new Ring(); for (let i: u64 = 1; i <= 6; i++) ring.push(i); return ring.sum(); }",
    18n,
  ),
  gives("constTable", "@query constTable(i: i32): u64 { return FEES[i]; }", 25n, 1),
  gives(
    "includesIt",
    "@query includesIt(who: Address, list: Address[]): bool { return list.includes(who); }",
    true,
    "0x0000000000000000000000000000000000000007",
    ["0x0000000000000000000000000000000000000007"],
  ),
  gives(
    "spreadCopy",
    "@query spreadCopy(list: u64[]): u64 { const copy = list.slice(0); copy.push(9); return total(copy) + <u64>list.length; }",
    11n,
    [1n],
  ),
  // Classes, functions, files.
  gives("helperFile", "@query helperFile(n: u64): u64 { return addOne(n) + tools.addOne(n); }", 12n, 5n),
  gives("genericCall", "@query genericCall(list: string[]): string { return first<string>(list); }", "x", ["x", "y"]),
  gives(
    "genericClass",
    '@query genericClass(): string { const p = new Pair<u64, string>(4, "q").swap(); return p.a + p.b.toString(); }',
    "q4",
  ),
  gives("genericMax", "@query genericMax(a: u64, b: u64): u64 { return largest<u64>(a, b); }", 9n, 4n, 9n),
  gives("statics", "@query statics(n: u64): u64 { return MathUtils.clamp(n, MathUtils.SCALE); }", 1000n, 5000n),
  gives("ownStatic", "@query ownStatic(n: u64): u64 { return Everyday.twice(n); }", 8n, 4n),
  gives("namespaced", "@query namespaced(n: u64): u64 { return Fees.taken(n) + Fees.BASE; }", 12n, 200n),
  gives(
    "interfaces",
    "@query interfaces(): u64 { const shapes: Shape[] = [new Square(3), new Rect(2, 5)]; let sum: u64 = 0; for (let i = 0; i < shapes.length; i++) sum += shapes[i].area(); return sum; }",
    19n,
  ),
  gives(
    "getterSetter",
    "@query getterSetter(): u64 { const c = new Counter(); c.value = 5; return c.up().up().value; }",
    7n,
  ),
  gives("overload", "@query overload(): bool { return new Money(2) + new Money(3) == new Money(5); }", true),
  gives("ownGetter", "@query ownGetter(): u64 { return this.fee; }", 1n),
  gives(
    "nullable",
    "@query nullable(who: Address | null): bool { if (who == null) return false; return who == Address.zero; }",
    true,
    "0x0000000000000000000000000000000000000000",
  ),
  gives(
    "linked",
    "@query linked(): u64 { const a = new Link(3); a.next = new Link(4); let at: Link | null = a; let sum: u64 = 0; while (at) { sum += at.n; at = at.next; } return sum; }",
    7n,
  ),
  gives("enumCast", "@query enumCast(n: u8): Status { return <Status>n; }", "Closed", 2),
  // State.
  {
    name: "counter",
    source: "@execute counter(by: u64): u64 { this.count += by; return this.count; }",
    calls: [
      { args: [2n], gives: 2n },
      { args: [3n], gives: 5n },
    ],
  },
  {
    name: "wideState",
    source:
      "@execute wideState(n: u256): u256 { this.total += n; if (this.total > 10) this.total -= 1; return this.total; }",
    calls: [
      { args: [6n], gives: 6n },
      { args: [6n], gives: 11n },
    ],
  },
  {
    name: "mapAdd",
    source:
      "@execute mapAdd(n: u256): u256 { const who = context.caller; this.credit(who, n); return this.balances.get(who); }",
    calls: [
      { args: [4n], gives: 4n },
      { args: [5n], gives: 9n },
    ],
  },
  {
    name: "nestedMap",
    source:
      "@execute nestedMap(to: Address, n: u256): u256 { this.allowances.get(context.caller).set(to, n); return this.allowances.get(context.caller).get(to); }",
    calls: [{ args: ["0x0000000000000000000000000000000000000001", 8n], gives: 8n }],
  },
  {
    name: "structCopy",
    source:
      '@execute structCopy(id: u64, price: u256): u256 { const item = this.shop.get(id); item.price += price; item.tags.push("x"); this.shop.set(id, item); return this.shop.get(id).price; }',
    calls: [
      { args: [1n, 3n], gives: 3n },
      { args: [1n, 4n], gives: 7n },
    ],
  },
  {
    name: "structState",
    source:
      "@execute structState(name: string): string { rename(this.item, name); this.item.tags.push(name); return this.item.name + this.item.tags.length.toString(); }",
    calls: [
      { args: ["a"], gives: "a1" },
      { args: ["b"], gives: "b2" },
    ],
  },
  {
    name: "arrayState",
    source:
      "@execute arrayState(n: u64): u64 { const list = this.limits; list.push(n); list[0] += 1; return total(this.limits); }",
    calls: [
      { args: [5n], gives: 6n },
      { args: [1n], gives: 8n },
    ],
  },
  {
    name: "itemsState",
    source:
      "@execute itemsState(name: string): i32 { const item = new Item(); item.name = name; this.items.push(item); for (let i = 0; i < this.items.length; i++) this.items[i].id += 1; return <i32>this.items[0].id; }",
    calls: [
      { args: ["a"], gives: 1 },
      { args: ["b"], gives: 2 },
    ],
  },
  {
    name: "gridState",
    source:
      "@execute gridState(n: i32): i32 { this.grid.push([n, n + 1]); return this.grid[this.grid.length - 1][1]; }",
    calls: [{ args: [4], gives: 5 }],
  },
  {
    name: "fixedState",
    source:
      "@execute fixedState(i: i32, n: u64): u64 { this.fixed[i] = n; return this.fixed[0] + this.fixed[1] + this.fixed[2]; }",
    calls: [
      { args: [1, 4n], gives: 4n },
      { args: [2, 3n], gives: 7n },
    ],
  },
  {
    name: "listState",
    source: "@execute listState(text: string): string[] { this.log.push(text); return this.log.page(0, 10); }",
    calls: [
      { args: ["a"], gives: ["a"] },
      { args: ["b"], gives: ["a", "b"] },
    ],
  },
  {
    name: "setState",
    source:
      "@execute setState(who: Address): i32 { if (!this.members.has(who)) this.members.add(who); return this.members.size; }",
    calls: [
      { args: ["0x0000000000000000000000000000000000000001"], gives: 1 },
      { args: ["0x0000000000000000000000000000000000000001"], gives: 1 },
    ],
  },
  {
    name: "votesState",
    source:
      "@execute votesState(name: string): string[] { this.votes.set(name, this.votes.get(name) + 1); return this.votes.keys(0, this.votes.size); }",
    calls: [
      { args: ["x"], gives: ["x"] },
      { args: ["x"], gives: ["x"] },
    ],
  },
  {
    name: "statusState",
    source:
      "@execute statusState(): Status { if (this.status == Status.Draft) this.status = Status.Open; else if (this.status == Status.Open) this.status = Status.Closed; return this.status; }",
    calls: [{ gives: "Open" }, { gives: "Closed" }],
  },
  {
    name: "nullState",
    source:
      "@execute nullState(): bool { const best = this.best; if (best !== null && best == context.caller) return true; this.best = context.caller; return false; }",
    calls: [{ gives: false }, { gives: true }],
  },
  {
    name: "eventEmit",
    source: "@execute eventEmit(id: u64): u64 { emit(new Sold(id, context.caller, u256.from(id))); return id; }",
    calls: [{ args: [3n], gives: 3n }],
  },
  {
    name: "guarded",
    source: '@guard("isOpen") @only("owner") @execute guarded(): u64 { return 1; }',
    calls: [{ gives: 1n }],
  },
  {
    name: "locked",
    source: "@nonReentrant @execute locked(): u64 { this.count = 9; return this.count; }",
    calls: [{ gives: 9n }],
  },
  {
    name: "typedError",
    source:
      '@execute typedError(n: u256): u256 { require(n >= 5, new TooLittle(u256.from(5))); if (n == 7) revert("seven"); if (n == 8) throw new Error("eight"); return n; }',
    calls: [{ args: [6n], gives: 6n }],
  },
  {
    name: "payIn",
    source:
      "@payable @execute payIn(): u256 { this.balances.set(context.caller, this.balances.get(context.caller) + context.value); return context.value; }",
    calls: [{ gives: 0n }],
  },
  {
    name: "limitState",
    source:
      '@execute limitState(): i32 { require(this.items.length < MAX_ITEMS); if (this.name == ZERO_NAME) this.name = "n"; return this.name.length; }',
    calls: [{ gives: 1 }],
  },
  {
    name: "pointState",
    source:
      "@execute pointState(p: Point): i32 { this.corner = p; this.corner.x += 1; return this.corner.x * this.corner.y; }",
    calls: [{ args: [{ x: 2, y: 5 }], gives: 15 }],
  },
];
