// What a new user does wrong that only asc finds: each mistake has a code and stands where it was made, in words without the
// compiler's own names. And damaged contracts: whatever is wrong, there is a finding and no crash.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compileContracts, type Diagnostic } from "../../harness/compiler.js";
import { Random } from "../hostile/random.js";
import { ROOT } from "../house/source-files.js";
import { writeContracts } from "./write-contracts.js";

const root = mkdtempSync(join(tmpdir(), "qwvm-asc-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const HEAD = `import { Address, Bytes, contract, context, decode, emit, encode, event, execute, query, require, revert, StorageMap, struct, u256 } from "qwvm/sdk-as";\n`;
const inMethod = (statement: string, member = "") =>
  `${HEAD}@contract\nexport class A {\n  n: u64; w: u256; who: Address; name: string; m: StorageMap<Address, u64>;\n  ${member}\n  @execute go(a: u64, to: Address): void {\n    ${statement}\n  }\n}\n`;

async function compile(text: string): Promise<readonly Diagnostic[]> {
  writeContracts(root, { "contracts/a.ts": text });
  return (await compileContracts({ root })).diagnostics;
}

/** Names that are the compiler's own and no author's. */
const INTERNAL = /__qwvm|__state|__sizes|~lib|\$\w|#|\bat (?:Object|async|file:)/;

describe("a mistake", () => {
  test.each<[name: string, source: string, hint?: RegExp]>([
    ["another type", inMethod('let x = 5; x = «"a"»;')],
    ["an unknown name", inMethod("this.n = «foo»;")],
    ["an unknown function", inMethod("«foo»(1);")],
    ["too few arguments", inMethod("«this.helper(1)»;", "private helper(a: u64, b: u64): void {}")],
    ["an argument of another type", inMethod('this.helper(«"x"»);', "private helper(a: u64): void {}")],
    ["an address and a text", inMethod('if («this.who == "0x00"») this.n = 1;'), /Address\.parse/],
    ["null where none may be", inMethod("this.who = «null»;"), /T \| null/],
    ["a text as a number", inMethod("this.n = «this.name» as u64;")],
    ["a map's key", inMethod("this.m.set(«5», 1);"), /Address\.zero/],
    ["a map's value", inMethod('this.m.set(to, «"x"»);')],
    ["a u64 for a u256", inMethod("this.w = this.w + «a»;"), /u256\.from/],
    ["a number for a text", inMethod("this.name = «a»;"), /toString/],
    ...[
      "queue: «Address»[]; @execute f(): void { for (let i = 0; i < this.queue.length; i++) {} }",
      "who: «Address»; @execute f(): bool { return this.who == context.caller; }",
      "list: «FixedArray»<u64, 3>; @execute f(): void { this.list[0] = 1; }",
      "sum: «u128»; all: u128[]; @execute f(): void { this.sum += this.all[0]; }",
      "who: «Address» | null; @execute f(): bool { return this.who == null; }",
    ].map((body): [string, string, RegExp] => [
      `a type of the SDK not imported, ${body}`,
      `import { contract, execute, context } from "qwvm/sdk-as";\n@contract export class A { ${body} }`,
      /Import it/,
    ]),
    [
      "an SDK name not imported",
      'import { contract, query } from "qwvm/sdk-as";\n@contract export class A { @query q(): «u256» { return u256.zero; } }',
      /Import it/,
    ],
    [
      "an SDK name misspelt",
      'import { contract, query, «StorageMpa» } from "qwvm/sdk-as";\n@contract export class A { @query q(): u64 { return 1; } }',
      /Did you mean StorageMap/,
    ],
    [
      "a method of another contract without a body",
      'import { contract, execute, remote, Remote } from "qwvm/sdk-as";\n@remote class Peer extends Remote { «@execute go(): u64;» }\n@contract export class A { n: u64; @execute go(): void {} }',
      /return this\.answer/,
    ],
    ["nothing returned", `${HEAD}@contract export class A { @query q(): «u64» { } }`],
    ["a token too many", inMethod("this.n = «=» 1;")],
    ["a text without end", inMethod('this.name = «"abc;')],
    [
      "an event without its arguments",
      `${HEAD}@event class E { constructor(public a: u64) {} }\n@contract export class A { @execute go(): void { emit(«new E()»); } }`,
    ],
    [
      "a struct without its arguments",
      `${HEAD}@struct class P { constructor(public a: u64) {} }\n@contract export class A { p: P; @execute go(): void { this.p = «new P()»; } }`,
    ],
    ["require with a number", inMethod("«require(a > 1, 5)»;")],
    ["a method that a map does not have", inMethod("this.m.«push»(1);")],
    ["a field that is not there", inMethod("this.«foo» = 1;")],
    ["a variable twice", inMethod("const x: u64 = 1; «const x: u64 = 2;»")],
    ["a literal that is too large", inMethod("this.n = «18446744073709551616»;")],
    ["a negative number for an unsigned", inMethod("const x: u8 = «-1»;")],
    ["super without a base", inMethod("super.«go»(a, to);")],
    ["a call of a number", inMethod("«this.n()»;")],
    ["an index of a number", inMethod("this.name = «this.n[0]»;")],
    [
      "a class without encoding",
      `${HEAD}class P { a: u64 = 1; }\n@contract export class A { @query q(): Bytes { return «encode(new P())»; } }`,
      /@struct/,
    ],
    ["a map without encoding", inMethod("const d = «decode<Map<u64, u64>>(Bytes.empty)»;"), /StorageMap/],
  ])("%s", async (_, marked, hint) => {
    const before = marked.slice(0, marked.indexOf("«")).split("\n");
    const found = await compile(marked.replace(/[«»]/g, ""));
    const [first] = found;
    expect(first).toMatchObject({
      severity: "error",
      line: before.length,
      code: expect.stringMatching(/^(AS|QW)\d+$/),
    });
    // Calls are marked at their beginning or at the name; either is on the expression.
    const column = (before.at(-1) as string).length + 1;
    const end = column + Math.max(1, marked.slice(marked.indexOf("«") + 1).search(/»|\n/));
    expect(first?.column).toBeGreaterThanOrEqual(column);
    expect(first?.column).toBeLessThanOrEqual(end);
    for (const { message } of found) expect(message).not.toMatch(INTERNAL);
    if (hint !== undefined) expect(first?.hint).toMatch(hint);
  });
});

describe("damaged contracts", () => {
  const examples = ["counter/contracts/counter.ts", "token/contracts/token.ts", "escrow/contracts/escrow.ts"].map(
    (file) => readFileSync(join(ROOT, "examples", file), "utf8"),
  );
  const TOKENS = [
    "{",
    "}",
    "(",
    ")",
    ";",
    "@query",
    "@execute",
    "class",
    "null",
    "u256",
    "this.",
    "<",
    "=>",
    "extends X",
    '"',
    "0",
    "new ",
    "//",
    "async ",
    "import ",
  ];

  test.each(Array.from({ length: 120 }, (_, seed) => seed))("seed %i", async (seed) => {
    const random = new Random(seed + 1);
    let text = examples[seed % examples.length] as string;
    for (let i = 0; i < 1 + (seed % 3); i++) {
      const words = [...text.matchAll(/\w+|[^\s\w]/g)];
      const word = words[random.below(words.length)] as RegExpExecArray;
      const token = TOKENS[random.below(TOKENS.length)] as string;
      const end = word.index + (random.below(2) === 0 ? word[0].length : 0);
      text = text.slice(0, word.index) + (random.below(3) === 0 ? "" : token) + text.slice(end);
    }
    const found = await compile(text);
    for (const { message, hint, line } of found) {
      expect(`${message} ${hint ?? ""}`).not.toMatch(INTERNAL);
      expect(message).not.toMatch(/^The AssemblyScript compiler failed on this contract without/);
      expect(line).toBeLessThanOrEqual(text.split("\n").length);
    }
  });
});
