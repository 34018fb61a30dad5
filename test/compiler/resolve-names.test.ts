// The resolver against TypeScript's own checker: which declaration each identifier means, over all examples, the contract
// library, the test's contracts and files written to be hard.

import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { makeNames, type Named } from "../../harness/compiler/names/resolve-names.js";
import { resolveImport } from "../../harness/compiler/read-contract.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SDK_INDEX = "~lib/qwvm/sdk-as/index.ts";

/** What the SDK exports, as its index file lists it. */
const SDK_NAMES = new Set(
  [...readFileSync(`${ROOT}sdk-as/index.ts`, "utf8").matchAll(/export \{([^}]*)\}/g)].flatMap((match) =>
    (match[1] as string).split(",").map((name) => name.trim()),
  ),
);

/** Parses, and asks both. Gives how many identifiers were compared, by what they mean. */
function compare(texts: ReadonlyMap<string, string>): Record<string, number> {
  const files = new Map(
    [...texts].map(([file, text]) => [file, ts.createSourceFile(`/${file}`, text, ts.ScriptTarget.Latest, true)]),
  );
  const names = makeNames(files, resolveImport, SDK_NAMES);
  const sdk = ts.createSourceFile(
    `/${SDK_INDEX}`,
    [...SDK_NAMES].map((name) => `export declare class ${name} { [key: string]: any }`).join("\n"),
    ts.ScriptTarget.Latest,
    true,
  );
  const all = new Map([...files].map(([file, node]) => [`/${file}`, node]));
  all.set(`/${SDK_INDEX}`, sdk);
  const checker = checkerOf(all);
  const counts: Record<string, number> = {};
  for (const [file, node] of files) {
    const visit = (at: ts.Node): void => {
      if (ts.isIdentifier(at) && !isInNoScope(at)) {
        const kind = compareOne(at, names.resolve(at), checker, sdk, file);
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
      ts.forEachChild(at, visit);
    };
    visit(node);
  }
  return counts;
}

/** Names that TypeScript gives no symbol to, or one that is no declaration. */
function isInNoScope(node: ts.Identifier): boolean {
  return ts.isLabeledStatement(node.parent) || ts.isBreakOrContinueStatement(node.parent);
}

function compareOne(
  node: ts.Identifier,
  named: Named,
  checker: ts.TypeChecker,
  sdk: ts.SourceFile,
  file: string,
): string {
  const { line, character } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  const place = `${file}:${line + 1}:${character + 1} ${node.text}: ${describe(named)}`;
  let symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0) symbol = checker.getAliasedSymbol(symbol);
  const declarations = symbol?.declarations ?? [];
  const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  // What `extends mix(A, B)` brings, the checker does not know.
  if (declarations.length === 0 && isMember) return "other";
  if (declarations.length === 0) {
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Module) === 0 && symbol.name !== "unknown")
      return "other";
    expect(["global", "unknown", "module"], place).toContain(named.from);
    return named.from;
  }
  const [first] = declarations as [ts.Declaration];
  if (first === sdk || first.getSourceFile() === sdk) {
    // A member of one of the SDK's classes is a matter of types.
    if (ts.isIndexSignatureDeclaration(first)) return "other";
    expect(named, place).toEqual({ from: "sdk", name: ts.isSourceFile(first) ? "*" : textOf(first) });
    return "sdk";
  }
  if (ts.isSourceFile(first)) {
    expect(named, place).toEqual({ from: "module", file: first.fileName.slice(1) });
    return "module";
  }
  // `item.name`: whose member it is, types alone can say.
  if (named.from === "unknown" && (isMember || isPlainProperty(node))) return "other";
  expect(named.from, place).toBe("project");
  if (named.from !== "project") return "other";
  expect(declarations.includes(named.node as ts.Declaration), place).toBe(true);
  return `project ${named.place}`;
}

function isPlainProperty(node: ts.Identifier): boolean {
  return (
    (ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
    (ts.isBindingElement(node.parent) && node.parent.propertyName === node)
  );
}

function describe(named: Named): string {
  if (named.from !== "project") return JSON.stringify(named);
  const { line } = named.node.getSourceFile().getLineAndCharacterOfPosition(named.node.getStart());
  return `project ${named.file}:${line + 1} ${ts.SyntaxKind[named.node.kind]}`;
}

function textOf(node: ts.Declaration): string {
  return ((node as ts.NamedDeclaration).name as ts.Identifier).text;
}

function checkerOf(files: ReadonlyMap<string, ts.SourceFile>): ts.TypeChecker {
  const host: ts.CompilerHost = {
    getSourceFile: (file) => files.get(file),
    getDefaultLibFileName: () => "/lib.d.ts",
    writeFile: () => {},
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (file) => files.has(file),
    readFile: () => undefined,
    resolveModuleNames: (specifiers, from) =>
      specifiers.map((specifier) => {
        const target = specifier === "qwvm/sdk-as" ? SDK_INDEX : resolveImport(from.slice(1), specifier);
        return target === undefined || !files.has(`/${target}`) ? undefined : { resolvedFileName: `/${target}` };
      }),
  };
  const options = { noLib: true, target: ts.ScriptTarget.Latest, module: ts.ModuleKind.ESNext };
  return ts.createProgram([...files.keys()], options, host).getTypeChecker();
}

/** All `.ts` files below a folder, by the path that the compiler knows them by. */
function readFolder(folder: string, prefix: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const entry of readdirSync(`${ROOT}${folder}`, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      for (const [file, text] of readFolder(posix.join(folder, entry.name), `${prefix}${entry.name}/`))
        texts.set(file, text);
    } else if (entry.name.endsWith(".ts")) {
      texts.set(`${prefix}${entry.name}`, readFileSync(`${ROOT}${folder}/${entry.name}`, "utf8"));
    }
  }
  return texts;
}

const LIBRARY = readFolder("sdk-as/contracts", "~lib/qwvm/sdk-as/contracts/");
const EXAMPLES = ["amm", "counter", "escrow", "governance", "nft-marketplace", "token"].map(
  (name) => [name, readFolder(`examples/${name}/contracts`, "contracts/")] as const,
);

test("the contract library", () => {
  const counts = compare(LIBRARY);
  expect(counts["sdk"]).toBeGreaterThan(500);
  expect(counts["project local"]).toBeGreaterThan(500);
  expect(counts["project member"]).toBeGreaterThan(500);
});

test.each(EXAMPLES)("the example %s", (_, texts) => {
  const counts = compare(new Map([...LIBRARY, ...texts]));
  expect(counts["sdk"]).toBeGreaterThan(10);
});

const FIXTURES = readdirSync(`${ROOT}test/fixtures/contracts`);
test.each(FIXTURES)("the test's contracts in %s", (name) => {
  const isFile = name.endsWith(".ts");
  const texts = isFile
    ? new Map([[name, readFileSync(`${ROOT}test/fixtures/contracts/${name}`, "utf8")]])
    : readFolder(`test/fixtures/contracts/${name}`, "contracts/");
  compare(new Map([...LIBRARY, ...texts]));
});

const HARD: Record<string, string> = {
  "contracts/barrel.ts": `
export { emit as tell, transfer } from "qwvm/sdk-as";
export * from "./colors";
export * from "./circle";
export * as tools from "./tools";
export { default as main, helper as aid } from "./tools";
import * as sdk from "qwvm/sdk-as";
export { sdk };
`,
  "contracts/circle.ts": `export * from "./barrel"; export const own = 1; export { own as mine };`,
  "contracts/colors.ts": `
export enum Color { Red, Green, Blue = Red }
export class Status { static make: u8 = 1; static build(): Status { return new Status(); } name: string = ""; }
namespace Status { export const Ready: u8 = 1; const hidden = 2; export function of(): u8 { return Ready + hidden; } }
export { Status as Condition };
`,
  "contracts/tools.ts": `
export default class Main<T> { value: T; constructor(value: T) { this.value = value; } }
export function helper<T>(value: T, also: T = value): T { return also; }
export namespace Deep.Er { export class Thing { } export namespace Most { export const n = 1; } }
export namespace Deep { export const beside = 1; export namespace Er { export const again: Thing = new Thing(); } }
export const all: Deep.Er.Thing[] = [];
import Short = Deep.Er;
export function late(): Short.Thing { return new Short.Thing(); }
export const { } = {};
`,
  "contracts/a.ts": `
import * as sdk from "qwvm/sdk-as";
import { emit, require as demand, context, type Address, u256 } from "qwvm/sdk-as";
import { tell, transfer, Color as C, Condition, main, aid, tools, sdk as again, mine, own } from "./barrel";
import * as barrel from "./barrel";
import Main from "./tools";
import { nothing } from "./barrel";
import { missing } from "./missing";

enum Color { One, Two = One, Three = Color.Two | Two }
type Id = u64;
interface Shape { at(x: i32, y: typeof x): Id; }

function require(x: bool): void { if (!x) emit(x); }
function Box(this_: u8): u8 { return this_; }

class Base<T> { protected total: T; static count: i32 = 0; get size(): i32 { return Base.count; } run(): void {} }
class Item extends Base<Item> implements Shape {
  context: u64 = 0;
  constructor(public owner: Address, readonly color: Color, plain: u8) { super(); this.context = plain; owner; }
  at(x: i32, y: i32): Id { return this.size + x + y; }
  run(): void { super.run(); const self = this; self.run(); this.total = this; this.owner; }
  static of(Color: u64): Color { return Color; }
  static two(): void { this.of(1); Item.of(2); Item.count; }
}

export function shadow(context: u64, C: C, emit: (x: C) => void = (x) => emit(x)): u64 {
  const metadata = context;
  {
    const context = metadata;
    let Item: u8 = 1;
    Item;
    context;
    var hoisted = 1;
  }
  hoisted;
  for (let i = 0, context = i; i < 3; i++) { context; let i = 5; i; }
  for (const i of [context]) { i; }
  for (const k in {}) { k; }
  for (var j = 0; j < 1; j++) {}
  j;
  switch (context) { case 1: let one = 1; one; break; default: one; }
  try { throw context; } catch (context) { context; let e = context; e; } finally { context; }
  function inner(inner: u8): u8 { return inner + late; }
  const late = inner(1);
  label: while (true) { break label; }
  const named = function again(): void { again(); };
  const Cls = class Own { static me: Own = new Own(); };
  named; Cls; again; context; metadata; nothing; missing; unknownGlobal;
  return C.Red + Color.Two;
}
export namespace Color2 { export const x = Color.One; export namespace y { export const z = x; } }
export const uses = [sdk.emit, again.transfer, barrel.tell, barrel.tools.helper, barrel.sdk.u256, tools.Deep.Er.Thing, barrel.own, mine, own];
export function types<T extends Item, U = T>(a: T, b: sdk.Address, c: barrel.Color, d: tools.Deep.Er.Thing, e: Condition, f: typeof a, g: C.Red): U {
  const m: Main<u256> = new main<u256>(a); aid<T>(a); tell(a); transfer(a); demand(true); require(true); context;
  Condition.build().name; Condition.make; Condition.Ready; Condition.of(); C.Blue; barrel.Color.Red; Color2.y.z;
  const o = { a, b: c, context: 1 }; const { a: first, ...rest } = o; first; rest; g; d; e; f; m;
  type Local = T; const l: Local = a; l;
  enum Color { Inner } Color.Inner;
  return (a as unknown) as U;
}
@sdk.contract
export class Deco { @sdk.execute go(@sdk.indexed sdk: u8, @again.indexed b: u8 = sdk): u8 { return sdk; } @emit emit(): void { this.emit(); emit(1); } }
abstract class Acc { static get n(): i32 { return 1; } set n(v: i32) { v; this.n = Acc.n; } abstract m(n: i32): void; [key: string]: i32; }
export default Acc;
`,
};

test("files written to be hard", () => {
  const counts = compare(new Map(Object.entries(HARD)));
  expect(counts["sdk"]).toBeGreaterThan(20);
  expect(counts["project top"]).toBeGreaterThan(60);
  expect(counts["project local"]).toBeGreaterThan(100);
  expect(counts["project member"]).toBeGreaterThan(50);
  expect(counts["module"]).toBeGreaterThan(5);
});
