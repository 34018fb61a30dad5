// Every ordinary operator and cast on every integer width, against BigInt: the exact value, or which failure.

import { beforeAll, describe, expect, test } from "vitest";
import { readSdkFiles } from "../../harness/compiler/project-files.js";
import { requireInternals } from "../../harness/compiler/require-internals.js";
import { runAsc } from "../../harness/compiler/run-asc.js";
import { compileContracts } from "../../harness/compiler.js";
import { deploy, readArtifact } from "../fixtures/deployed.js";
import { compileSdkModule, compileText, Revert, type SdkModule } from "../fixtures/sdk-module.js";
import { makeProject } from "../fixtures/temp-project.js";

const OVERFLOW = "code 4";
const DIVISION_BY_ZERO = "code 5";
const OUT_OF_RANGE = "code 12";
const WIDTHS = ["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"] as const;
type Width = (typeof WIDTHS)[number];
const RANDOM_CASES = 400;

const bitsOf = (type: Width) => Number(type.slice(1));
const isSigned = (type: Width) => type.startsWith("i");
const least = (type: Width) => (isSigned(type) ? -(1n << BigInt(bitsOf(type) - 1)) : 0n);
const most = (type: Width) => (1n << BigInt(bitsOf(type) - (isSigned(type) ? 1 : 0))) - 1n;
const ranged = (type: Width, value: bigint) => (value < least(type) || value > most(type) ? OVERFLOW : value);
const wrap = (type: Width, value: bigint) =>
  isSigned(type) ? BigInt.asIntN(bitsOf(type), value) : BigInt.asUintN(bitsOf(type), value);

/** Operators with two operands: AssemblyScript, then what BigInt says. */
const BINARY: Record<string, [text: string, expected: (t: Width, a: bigint, b: bigint) => bigint | string]> = {
  add: ["return a + b;", (t, a, b) => ranged(t, a + b)],
  addTo: ["a += b; return a;", (t, a, b) => ranged(t, a + b)],
  subtract: ["return a - b;", (t, a, b) => ranged(t, a - b)],
  subtractFrom: ["a -= b; return a;", (t, a, b) => ranged(t, a - b)],
  multiply: ["return a * b;", (t, a, b) => ranged(t, a * b)],
  multiplyBy: ["cell = a; cell *= b; return cell;", (t, a, b) => ranged(t, a * b)],
  divide: ["return a / b;", (t, a, b) => (b === 0n ? DIVISION_BY_ZERO : ranged(t, a / b))],
  divideBy: ["a /= b; return a;", (t, a, b) => (b === 0n ? DIVISION_BY_ZERO : ranged(t, a / b))],
  remainder: ["return a % b;", (_, a, b) => (b === 0n ? DIVISION_BY_ZERO : a % b)],
  left: ["return a << b;", (t, a, b) => shift(t, b, () => wrap(t, a << b))],
  right: ["return a >> b;", (t, a, b) => shift(t, b, () => a >> b)],
  rightUnsigned: ["return a >>> b;", (t, a, b) => shift(t, b, () => wrap(t, BigInt.asUintN(bitsOf(t), a) >> b))],
  leftBy: ["a <<= b; return a;", (t, a, b) => shift(t, b, () => wrap(t, a << b))],
  plusFive: ["return a + 5 - b;", (t, a, b) => (ranged(t, a + 5n) === OVERFLOW ? OVERFLOW : ranged(t, a + 5n - b))],
  nested: [
    "return (a + b) * (a - b);",
    (t, a, b) =>
      [a + b, a - b].some((part) => ranged(t, part) === OVERFLOW) ? OVERFLOW : ranged(t, (a + b) * (a - b)),
  ],
  wrapAdd: ["return wrappingAdd(a, b);", (t, a, b) => wrap(t, a + b)],
  wrapSubtract: ["return wrappingSub(a, b);", (t, a, b) => wrap(t, a - b)],
  wrapMultiply: ["return wrappingMul(a, b);", (t, a, b) => wrap(t, a * b)],
  lessThan: ["return a < b ? 1 : 0;", (_, a, b) => BigInt(a < b)],
};
const UNARY: Record<string, [text: string, expected: (t: Width, a: bigint) => bigint | string]> = {
  negate: ["return -a;", (t, a) => ranged(t, -a)],
  increment: ["a++; return a;", (t, a) => ranged(t, a + 1n)],
  decrement: ["a--; return a;", (t, a) => ranged(t, a - 1n)],
  incrementFirst: ["return ++a;", (t, a) => ranged(t, a + 1n)],
  decrementFirst: ["return --a;", (t, a) => ranged(t, a - 1n)],
  incrementAfter: ["return a++;", (t, a) => (ranged(t, a + 1n) === OVERFLOW ? OVERFLOW : a)],
  incrementField: ["box.value = a; box.value++; return box.value;", (t, a) => ranged(t, a + 1n)],
  incrementElement: ["list[0] = a; list[0]--; return list[0];", (t, a) => ranged(t, a - 1n)],
  complement: ["return ~a;", (t, a) => wrap(t, ~a)],
  square: ["return a ** 2;", (t, a) => ranged(t, a * a)],
  maskedSquare: ["return (a & 1) ** 2;", (_t, a) => a & 1n],
  zeroSquare: ["return (a & 0) ** 2 + a;", (_t, a) => a],
  wrapNegate: ["return wrappingNeg(a);", (t, a) => wrap(t, -a)],
  wrapLeft: ["return wrappingShl(a, 3) ^ wrappingShl(a, 64);", (t, a) => wrap(t, a << 3n)],
  wrapRight: ["return wrappingShr(a, 3);", (_, a) => a >> 3n],
  wrapRightFar: ["return wrappingShr(a, 64);", (_, a) => a >> 64n],
};

function shift(type: Width, amount: bigint, value: () => bigint): bigint | string {
  return amount < 0n || amount >= BigInt(bitsOf(type)) ? OUT_OF_RANGE : value();
}

function moduleText(t: Width): string {
  const casts = WIDTHS.flatMap((to) => [
    `export function to_${to}(a: ${t}): ${to} { return <${to}>a; }`,
    `export function as_${to}(a: ${t}): ${to} { return a as ${to}; }`,
    `export function wrap_${to}(a: ${t}): ${to} { return wrappingCast<${to}>(a); }`,
    // asc converts unasked to types that are no smaller.
    bitsOf(to) < bitsOf(t) ? "" : `export function unasked_${to}(a: ${t}): ${to} { return a; }`,
  ]);
  return `
import { wrappingAdd, wrappingCast, wrappingMul, wrappingNeg, wrappingShl, wrappingShr, wrappingSub } from "qwvm/sdk-as";
class Box { value: ${t} = 0; }
const box = new Box();
const list: Array<${t}> = [0];
let cell: ${t} = 0;
${Object.entries(BINARY)
  .map(([name, [text]]) => `export function ${name}(a: ${t}, b: ${t}): ${t} { ${text} }`)
  .join("\n")}
${Object.entries(UNARY)
  .map(([name, [text]]) => `export function ${name}(a: ${t}): ${t} { ${text} }`)
  .join("\n")}
${casts.join("\n")}`;
}

describe.each(WIDTHS)("%s", (type) => {
  let module: SdkModule;
  beforeAll(async () => {
    module = (await compileSdkModule(moduleText(type), { checked: true }))();
  });
  const call = (name: string, ...args: bigint[]) => run(module, type, type, name, ...args);

  test.each(Object.entries(BINARY))("%s", (name, [, expected]) => {
    for (const [a, b] of pairs(type)) expectSame(`${a} ${name} ${b}`, call(name, a, b), expected(type, a, b));
  });

  test.each(Object.entries(UNARY))("%s", (name, [, expected]) => {
    for (const a of values(type)) expectSame(`${name} ${a}`, call(name, a), expected(type, a));
  });

  test.each(WIDTHS)("as %s", (to) => {
    for (const a of values(type)) {
      for (const kind of ["to", "as", "unasked"]) {
        if (kind === "unasked" && bitsOf(to) < bitsOf(type)) continue;
        expectSame(`${kind} ${to} ${a}`, run(module, type, to, `${kind}_${to}`, a), ranged(to, a));
      }
      expectSame(`wrap ${to} ${a}`, run(module, type, to, `wrap_${to}`, a), wrap(to, a));
    }
  });
});

test("of a contract: a line for what cannot be; a failure ends a build of the documented host functions too", async () => {
  const head = `import { contract, execute, query, u256, wrapping } from "qwvm/sdk-as";\n@contract export class Sums {\n`;
  const wrong = makeProject({ "contracts/sums.ts": `${head}  @execute go(): u8 { return <u8>300; }\n}\n` });
  const [diagnostic] = (await compileContracts({ root: wrong })).diagnostics;
  expect(diagnostic).toMatchObject({ code: "QW191", message: "300 is not a value of u8.", line: 3 });

  const text = `${head}  @query add(a: u8, b: u8): u8 { return a + b + this.low(<u32>a); }
  @wrapping private low(a: u32): u8 { return <u8>(a << 8); }\n}\n`;
  const root = makeProject({ "contracts/sums.ts": text });
  const { diagnostics, contracts } = await compileContracts({ root, hostFunctions: "documented" });
  expect(diagnostics).toEqual([]);
  const sums = deploy(readArtifact(contracts[0] as never));
  expect(sums.query("add", Uint8Array.of(200, 55)).result).toEqual(Uint8Array.of(255));
  expect(sums.query("add", Uint8Array.of(200, 56)).failure?.status).toBe("trapped");
});

describe("what is known while compiling", () => {
  test.each([
    ["let a: u8 = 200; return 255 + <u8>1;", "255 + 1 is not a value of u8."],
    ["return <u8>256;", "256 is not a value of u8."],
    ["return <u8>-1;", "-1 is not a value of u8."],
    ["return 5 / <u8>0;", "5 / 0 has no value."],
    ["return 1 << <u8>8;", "A shift by 8 is out of range: u8 has 8 bits."],
  ])("%s is an error", async (body, message) => {
    await expect(compileText(`export function f(): u8 { ${body} }`, { checked: true })).rejects.toThrow(message);
  });

  test("constants are folded, and what is masked or counted by a loop keeps its bare instruction", async () => {
    const checks = async (text: string) => {
      const { wasm } = await compileText(text, { checked: true });
      return WebAssembly.Module.imports(new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>)).length;
    };
    // Without any check nothing can revert, and nothing is imported.
    expect(await checks("const K: u64 = (1 << 40) * 3; export function f(a: u64): u64 { return a & (K - 1); }")).toBe(
      0,
    );
    expect(await checks("export function f(a: u64): u8 { return <u8>(a & 15) + <u8>(a >> 60) + <u8>(a % 10); }")).toBe(
      0,
    );
    const loop = (head: string, body: string) =>
      `export function f(n: u8, m: u32): u64 { let s: u64 = 0; for (${head}) { ${body} } return s; }`;
    expect(await checks(loop("let i: u8 = 0; i < n; i++", "s ^= i;"))).toBe(0);
    expect(await checks(loop("let i: u8 = n; s < 5 && i > 0; --i", "s ^= i;"))).toBe(0);
    expect(await checks(loop("let i: u8 = 0; i <= n; i++", "s ^= i;"))).toBe(1);
    expect(await checks(loop("let i: u8 = 0; i < m; i++", "s ^= i;"))).toBe(1);
    expect(await checks(loop("let i: u8 = 0; i < n; i++", "s ^= i; if (s == 5) (i) = 255;"))).toBe(1);
    expect(await checks(loop("let i: u8 = 0; i > n; i++", "s ^= i;"))).toBe(1);
    expect(await checks(loop("let i: u8 = 0; i < n || m > 5; i++", "s ^= i;"))).toBe(1);
  });

  test("@wrapping switches the checks off, in a function and in a method", async () => {
    const start = await compileSdkModule(
      `@wrapping export function f(a: u32): u8 { a++; return <u8>(a * 16777619 - 3 << 40); }
       class Hash { @wrapping static mix(a: u32): u32 { return a * 16777619; } static plain(a: u32): u32 { return a * 16777619; } }
       export function mix(a: u32): u32 { return Hash.mix(a); }
       export function plain(a: u32): u32 { return Hash.plain(a); }`,
      { checked: true },
    );
    const module = start();
    // Worked out with BigInt: 2^32 - 1 becomes 0; 0 * p - 3 is 2^32 - 3; a shift by 40 is one by 8.
    expect(run(module, "u32", "u8", "f", 0xffffffffn)).toBe(0n);
    expect(run(module, "u32", "u32", "mix", 0xffffffffn)).toBe((0xffffffffn * 16777619n) & 0xffffffffn);
    expect(run(module, "u32", "u32", "plain", 0xffffffffn)).toBe(OVERFLOW);
  });

  test("a helper that is not there is a value that says so, not a thrown stack", async () => {
    const files = new Map([...readSdkFiles()].map(([path, text]) => [`~lib/qwvm/sdk-as/${path}`, text]));
    files.set("a", "export function f(a: u8): u8 { return a + a; }");
    const checked = { files: new Set(["a.ts"]), sdk: "~lib/nowhere/" };
    const runtime = readSdkFiles().get("runtime") as string;
    const { crash, wasm } = await runAsc({ entry: "a", files, runtime, checked });
    expect(wasm).toBeUndefined();
    expect(crash?.message).toContain("The SDK has no ~lib/nowhere/checked/checkedAdd");
  });

  test("asc without a part that is needed is refused by the part's name", () => {
    expect(() => requireInternals({ Compiler: { prototype: {} } })).toThrow(
      "This version of assemblyscript has no Compiler.prototype.compileExpression",
    );
  });
});

function values(type: Width): bigint[] {
  const random = generator(bitsOf(type) + (isSigned(type) ? 1 : 0));
  const edges = [0n, 1n, 2n, 5n, 7n, 8n, -1n, -2n, least(type), least(type) + 1n, most(type), most(type) - 1n];
  for (const bits of [8n, 16n, 32n, 64n]) {
    for (const around of [-1n, 0n, 1n])
      edges.push((1n << bits) + around, (1n << (bits - 1n)) + around, -(1n << (bits - 1n)) + around);
  }
  const drawn = Array.from({ length: RANDOM_CASES }, () => pick(random, type));
  return [...new Set([...edges, ...drawn])].filter((value) => value >= least(type) && value <= most(type));
}

function pairs(type: Width): [bigint, bigint][] {
  const random = generator(99 + bitsOf(type));
  const edges = values(type).slice(0, 24);
  const crossed = edges.flatMap((a) => edges.map((b): [bigint, bigint] => [a, b]));
  return [
    ...crossed,
    ...Array.from({ length: RANDOM_CASES }, (): [bigint, bigint] => [pick(random, type), pick(random, type)]),
  ];
}

/** A number of random length, so that small and large ones are as likely. */
function pick(random: () => number, type: Width): bigint {
  const word = () => BigInt(Math.floor(random() * 0x1_0000_0000));
  return wrap(type, ((word() << 32n) | word()) >> BigInt(Math.floor(random() * 64)));
}

/** mulberry32: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

function expectSame(what: string, actual: bigint | string, expected: bigint | string): void {
  if (actual !== expected) expect(`${what} = ${actual}`).toBe(`${what} = ${expected}`);
}

function run(module: SdkModule, from: Width, to: Width, name: string, ...args: bigint[]): bigint | string {
  try {
    const operands = args.map((arg) => (bitsOf(from) === 64 ? arg : Number(arg)));
    return wrap(to, BigInt(module.exports[name]?.(...operands) as unknown as bigint));
  } catch (error) {
    if (error instanceof Revert) return `code ${error.code}`;
    throw error;
  }
}
