// Cases for the wide integers: every operation with what BigInt says of it, run against the compiled SDK.

import { compileSdkModule, Revert, type SdkModule } from "../fixtures/sdk-module.js";

export const WIDE_TYPES = ["u128", "u256", "i128", "i256"] as const;
export type WideType = (typeof WIDE_TYPES)[number];

const OVERFLOW = "code 4";
const DIVISION_BY_ZERO = "code 5";
const OUT_OF_RANGE = "code 12";
/** Instances are replaced now and then: their allocator never frees. */
const CASES_PER_INSTANCE = 20_000;

export const bitsOf = (type: WideType) => Number(type.slice(1));
export const isSigned = (type: WideType) => type.startsWith("i");
export const least = (type: WideType) => (isSigned(type) ? -(1n << BigInt(bitsOf(type) - 1)) : 0n);
export const most = (type: WideType) => (1n << BigInt(bitsOf(type) - (isSigned(type) ? 1 : 0))) - 1n;
const wrap = (t: WideType, value: bigint) =>
  isSigned(t) ? BigInt.asIntN(bitsOf(t), value) : BigInt.asUintN(bitsOf(t), value);

type Outcome = bigint | string;
const ranged = (t: WideType, value: bigint): Outcome => (value < least(t) || value > most(t) ? OVERFLOW : value);
const shifted = (t: WideType, by: bigint, value: () => bigint): Outcome =>
  by >= BigInt(bitsOf(t)) ? OUT_OF_RANGE : value();

interface Operation {
  /** The body of a function of a, b (wide) and n (u32), with a wide result, or a number if `plain`. */
  readonly body: string;
  readonly plain?: boolean;
  readonly expected: (t: WideType, a: bigint, b: bigint, n: bigint) => Outcome;
}

const wide = (expression: string, expected: Operation["expected"]): Operation => ({
  body: `return changetype<usize>(${expression});`,
  expected,
});
const plain = (expression: string, expected: Operation["expected"]): Operation => ({
  body: `return ${expression};`,
  plain: true,
  expected,
});

/** Quotient rounded down, or up, on the line. */
function divideOnLine(t: WideType, a: bigint, b: bigint, up: boolean): Outcome {
  if (b === 0n) return DIVISION_BY_ZERO;
  const quotient = a / b;
  const isNegative = a < 0n !== b < 0n;
  if (quotient * b === a || isNegative === up) return ranged(t, quotient);
  return ranged(t, up ? quotient + 1n : quotient - 1n);
}

/** Every operation; T stands for the type. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  "a + b": wide("a + b", (t, a, b) => ranged(t, a + b)),
  "a - b": wide("a - b", (t, a, b) => ranged(t, a - b)),
  "a * b": wide("a * b", (t, a, b) => ranged(t, a * b)),
  "a / b": wide("a / b", (t, a, b) => (b === 0n ? DIVISION_BY_ZERO : ranged(t, a / b))),
  "a % b": wide("a % b", (_, a, b) => (b === 0n ? DIVISION_BY_ZERO : a % b)),
  "a & b": wide("a & b", (_, a, b) => a & b),
  "a | b": wide("a | b", (_, a, b) => a | b),
  "a ^ b": wide("a ^ b", (_, a, b) => a ^ b),
  "~a": wide("~a", (t, a) => wrap(t, ~a)),
  "-a": wide("-a", (t, a) => ranged(t, -a)),
  "a++": { body: "a++; return changetype<usize>(a);", expected: (t, a) => ranged(t, a + 1n) },
  "--a": wide("--a", (t, a) => ranged(t, a - 1n)),
  "a << n": wide("a << n", (t, a, _, n) => shifted(t, n, () => wrap(t, a << n))),
  "a >> n": wide("a >> n", (t, a, _, n) => shifted(t, n, () => a >> n)),
  "a ** n": wide("a ** (n & 15)", (t, a, _, n) => ranged(t, a ** (n & 15n))),
  comparisons: plain(
    "u32(a == b) | u32(a != b) << 1 | u32(a < b) << 2 | u32(a > b) << 3 | u32(a <= b) << 4 | u32(a >= b) << 5",
    (_, a, b) =>
      [a === b, a !== b, a < b, a > b, a <= b, a >= b].reduce((sum, is, i) => sum | (BigInt(is) << BigInt(i)), 0n),
  ),
  wrappingAdd: wide("wrappingAdd(a, b)", (t, a, b) => wrap(t, a + b)),
  wrappingSub: wide("wrappingSub(a, b)", (t, a, b) => wrap(t, a - b)),
  wrappingMul: wide("wrappingMul(a, b)", (t, a, b) => wrap(t, a * b)),
  wrappingNeg: wide("wrappingNeg(a)", (t, a) => wrap(t, -a)),
  wrappingShl: wide("wrappingShl(a, n)", (t, a, _, n) => wrap(t, a << n)),
  wrappingShr: wide("wrappingShr(a, n)", (_, a, _b, n) => a >> n),
  abs: wide("a.abs()", (t, a) => ranged(t, a < 0n ? -a : a)),
  mulDiv: wide("T.mulDiv(a, b, b ^ T.from(n))", (t, a, b, n) => divideOnLine(t, a * b, b ^ n, false)),
  mulDivUp: wide("T.mulDivUp(a, b, b ^ T.from(n))", (t, a, b, n) => divideOnLine(t, a * b, b ^ n, true)),
  isZero: plain("a.isZero()", (_, a) => BigInt(a === 0n)),
  toU64: plain("a.toU64()", (_, a) => (a < 0n || a >= 1n << 64n ? OVERFLOW : a)),
  toI64: plain("wrappingCast<u64>(a.toI64())", (_, a) =>
    BigInt.asIntN(64, a) === a ? BigInt.asUintN(64, a) : OVERFLOW,
  ),
  fromU32: wide("T.from(n)", (_, _a, _b, n) => n),
  fromI64: wide("T.from(wrappingCast<i64>(a))", (t, a) => ranged(t, BigInt.asIntN(64, a))),
  fromU128: wide("T.from(wrappingCast<u128>(a))", (t, a) => ranged(t, BigInt.asUintN(128, a))),
  fromI128: wide("T.from(wrappingCast<i128>(a))", (t, a) => ranged(t, BigInt.asIntN(128, a))),
  fromU256: wide("T.from(wrappingCast<u256>(a))", (t, a) => ranged(t, BigInt.asUintN(256, a))),
  fromI256: wide("T.from(wrappingCast<i256>(a))", (t, a) => ranged(t, BigInt.asIntN(256, a))),
  u128From: wide("wrappingCast<T>(u128.from(a))", (t, a) => (a < 0n || a >= 1n << 128n ? OVERFLOW : wrap(t, a))),
  i128From: wide("wrappingCast<T>(i128.from(a))", (_, a) => (BigInt.asIntN(128, a) === a ? a : OVERFLOW)),
  castToU8: plain("wrappingCast<u8>(a)", (_, a) => BigInt.asUintN(8, a)),
  parse: wide("T.parse(a.toString())", (_, a) => a),
};

const SQRT: Operation = wide("a.sqrt()", (_, a) => squareRoot(a));

/** All operations that a type has. */
export function operationsOf(type: WideType): Readonly<Record<string, Operation>> {
  return isSigned(type) ? OPERATIONS : { ...OPERATIONS, sqrt: SQRT };
}

/** By bisection, so that it is not the method under test. */
function squareRoot(a: bigint): bigint {
  let [low, high] = [0n, 1n << 129n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle * middle <= a) low = middle;
    else high = middle;
  }
  return low;
}

export function compileWide(type: WideType): Promise<() => SdkModule> {
  const functions = Object.values(operationsOf(type)).map(({ body, plain: isPlain }, index) => {
    const text = body.replace(/\bT\b/g, type);
    return `export function op${index}(a: ${type}, b: ${type}, n: u32): ${isPlain ? "u64" : "usize"} { ${text} }`;
  });
  return compileSdkModule(
    `
import { i128, i256, u128, u256, wrappingAdd, wrappingCast, wrappingMul, wrappingNeg, wrappingShl, wrappingShr, wrappingSub } from "qwvm/sdk-as";
export function alloc(length: usize): usize { return __alloc(length); }
export function printed(a: ${type}): usize { return changetype<usize>(a.toString()); }
export function parsed(text: string): usize { return changetype<usize>(${type}.parse(text)); }
export function newText(length: usize): usize { return __new(length << 1, idof<string>()); }
export function constant(which: i32): usize {
  return changetype<usize>(which == 0 ? ${type}.zero : which == 1 ? ${type}.one : which == 2 ? ${type}.min : ${type}.max);
}
${functions.join("\n")}`,
    { checked: true },
  );
}

/** Runs random and edge cases of one operation; gives how many there were and the first differences in words. */
export function runCases(
  start: () => SdkModule,
  type: WideType,
  name: string,
  randomCases: number,
): { cases: number; differences: string[] } {
  const operations = operationsOf(type);
  const index = Object.keys(operations).indexOf(name);
  const { expected, plain: isPlain } = operations[name] as Operation;
  const random = generator(index + bitsOf(type));
  const differences: string[] = [];
  let module = start();
  let [at, bt] = [put(module, 0n, type), put(module, 0n, type)];
  let cases = 0;
  const step = (a: bigint, b: bigint, n: bigint) => {
    if (++cases % CASES_PER_INSTANCE === 0) {
      module = start();
      [at, bt] = [put(module, 0n, type), put(module, 0n, type)];
    }
    module.overwrite(at, bytesOf(a, type));
    module.overwrite(bt, bytesOf(b, type));
    const actual = outcomeOf(() => {
      const result = module.exports[`op${index}`]?.(at, bt, Number(n)) as unknown as bigint | number;
      return isPlain ? BigInt.asUintN(64, BigInt(result)) : get(module, Number(result), type);
    });
    const wanted = expected(type, a, b, n);
    const isSpoilt = get(module, at, type) !== a || get(module, bt, type) !== b;
    if (actual !== wanted || isSpoilt) differences.push(`${name} of ${a}, ${b}, ${n}: ${actual}, not ${wanted}`);
  };
  const edges = edgeValues(type);
  const chosen = edges.filter((_, i) => i % 3 === 0);
  for (const a of chosen) for (const b of chosen) step(a, b, BigInt(cases % 300));
  for (let i = 0; i < randomCases; i++) {
    const a = random() < 0.1 ? (edges[Math.floor(random() * edges.length)] as bigint) : pick(random, type);
    step(a, pick(random, type), BigInt(Math.floor(random() * (bitsOf(type) + 9))));
  }
  return { cases, differences: differences.slice(0, 5) };
}

export function outcomeOf(call: () => bigint): Outcome {
  try {
    return call();
  } catch (error) {
    if (error instanceof Revert) return `code ${error.code}`;
    throw error;
  }
}

/** Values at which carries, borrows, signs and estimated quotient digits go wrong. */
export function edgeValues(type: WideType): bigint[] {
  const values = new Set<bigint>([0n, 1n, 2n, 3n, 10n, least(type), most(type), most(type) / 3n]);
  for (let bit = 16; bit <= bitsOf(type); bit += 16) {
    for (const around of [-2n, -1n, 0n, 1n]) values.add((1n << BigInt(bit)) + around);
    values.add((1n << BigInt(bit - 1)) - 1n);
    values.add(1n << BigInt(bit - 1));
  }
  for (const value of [...values]) values.add(-value);
  return [...values].filter((value) => value >= least(type) && value <= most(type));
}

/** A number whose length is random too, often with runs of ones and zeros. */
export function pick(random: () => number, type: WideType): bigint {
  const bits = bitsOf(type);
  const length = BigInt(Math.floor(random() * (bits + 1)));
  let value = 0n;
  for (let i = 0; i < bits; i += 32) {
    const kind = random();
    const word = kind < 0.15 ? 0xffffffffn : kind < 0.3 ? 0n : BigInt(Math.floor(random() * 0x1_0000_0000));
    value = (value << 32n) | word;
  }
  value &= (1n << length) - 1n;
  return wrap(type, isSigned(type) && random() < 0.5 ? -value : value);
}

/** mulberry32: the same numbers in every run. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

function bytesOf(value: bigint, type: WideType): Uint8Array {
  const bytes = new Uint8Array(bitsOf(type) / 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < bytes.length; i += 8) view.setBigUint64(i, BigInt.asUintN(64, value >> BigInt(i * 8)), true);
  return bytes;
}

export function put(module: SdkModule, value: bigint, type: WideType): number {
  return module.write(bytesOf(value, type));
}

export function get(module: SdkModule, at: number, type: WideType): bigint {
  const view = new DataView(module.read(at, bitsOf(type) / 8).buffer);
  let value = 0n;
  for (let i = view.byteLength - 8; i >= 0; i -= 8) value = (value << 64n) | view.getBigUint64(i, true);
  return wrap(type, value);
}
