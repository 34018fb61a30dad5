// u128 and u256 against BigInt: hundreds of thousands of cases for every operator, edges among them.
import { beforeAll, describe, expect, test } from "vitest";
import { compileSdkModule, Revert } from "../fixtures/sdk-module.js";

const OVERFLOW = 4;
const DIVISION_BY_ZERO = 5;
const OPERATORS = ["+", "-", "*", "/", "%", "&", "|", "^"];
const COMPARISONS = ["==", "!=", "<", ">", "<=", ">="];
const CASES_PER_OPERATOR = 10_000;
/** Instances are replaced now and then: their allocator never frees. */
const CASES_PER_INSTANCE = 20_000;
function moduleText(type) {
  const binary = OPERATORS.map(
    (op, i) => `export function op${i}(a: usize, b: usize): usize {
    return changetype<usize>(changetype<${type}>(a) ${op} changetype<${type}>(b)); }`,
  );
  const comparisons = COMPARISONS.map(
    (op, i) => `export function compare${i}(a: usize, b: usize): bool {
    return changetype<${type}>(a) ${op} changetype<${type}>(b); }`,
  );
  return `
import { u128, u256 } from "qwvm/sdk-as";
export function alloc(length: usize): usize { return __alloc(length); }
${binary.join("\n")}
${comparisons.join("\n")}
export function power(a: usize, n: u32): usize { return changetype<usize>(changetype<${type}>(a) ** n); }
export function left(a: usize, n: u32): usize { return changetype<usize>(changetype<${type}>(a) << n); }
export function right(a: usize, n: u32): usize { return changetype<usize>(changetype<${type}>(a) >> n); }
export function not(a: usize): usize { return changetype<usize>(~changetype<${type}>(a)); }
export function fromU64(a: u64): usize { return changetype<usize>(${type}.from<u64>(a)); }
export function fromI32(a: i32): usize { return changetype<usize>(${type}.from(a)); }
export function toU64(a: usize): u64 { return changetype<${type}>(a).toU64(); }
export function isZero(a: usize): bool { return changetype<${type}>(a).isZero(); }
export function narrow(a: usize): usize { return changetype<usize>(u128.from(changetype<u256>(a))); }
export function widen(a: usize): usize { return changetype<usize>(u256.from(changetype<u128>(a))); }
export function printed(a: usize): usize { return changetype<usize>(changetype<${type}>(a).toString()); }
export function textLength(text: usize): i32 { return changetype<string>(text).length; }
export function roundTrip(a: usize): usize {
  return changetype<usize>(${type}.parse(changetype<${type}>(a).toString()));
}
export function parseTooLong(a: usize): usize { return changetype<usize>(${type}.parse(changetype<${type}>(a).toString() + "0")); }
export function parseWord(): usize { return changetype<usize>(${type}.parse("12x")); }
export function parseNothing(): usize { return changetype<usize>(${type}.parse("")); }
export function constants(which: i32): usize {
  return changetype<usize>(which == 0 ? ${type}.zero : which == 1 ? ${type}.one : ${type}.max);
}
`;
}
describe.each([
  ["u128", 128],
  ["u256", 256],
])("%s", (type, bits) => {
  const size = bits / 8;
  const limit = 1n << BigInt(bits);
  let start;
  beforeAll(async () => {
    start = await compileSdkModule(moduleText(type));
  });
  test.each(OPERATORS.map((operator, index) => [operator, index]))("%s agrees with BigInt", (operator, index) => {
    forEachPair(bits, index + 1, start, (module, a, b) => {
      const expected = compute(operator, a, b, limit);
      const actual = run(module, size, () =>
        module.exports[`op${index}`]?.(put(module, a, size), put(module, b, size)),
      );
      if (actual !== expected) expect(`${a} ${operator} ${b} = ${actual}`).toBe(`${a} ${operator} ${b} = ${expected}`);
    });
  });
  test("comparisons agree with BigInt", () => {
    forEachPair(bits, 77, start, (module, a, b) => {
      const [at, bt] = [put(module, a, size), put(module, b, size)];
      const actual = COMPARISONS.map((_, i) => Number(module.exports[`compare${i}`]?.(at, bt)));
      const expected = [a === b, a !== b, a < b, a > b, a <= b, a >= b].map(Number);
      if (actual.join() !== expected.join()) expect({ a, b, actual }).toEqual({ a, b, actual: expected });
    });
  });
  test("shifts agree with BigInt, by more than all bits too", () => {
    const random = generator(5);
    let module = start();
    for (let i = 0; i < 20_000; i++) {
      if (i % 5_000 === 0) module = start();
      const a = pick(random, bits);
      const by = Math.floor(random() * (bits + 9));
      const at = put(module, a, size);
      expect(run(module, size, () => module.exports["left"]?.(at, by))).toBe((a << BigInt(by)) % limit);
      expect(run(module, size, () => module.exports["right"]?.(at, by))).toBe(a >> BigInt(by));
    }
    expect(run(module, size, () => module.exports["left"]?.(put(module, 1n, size), 0xffffffff))).toBe(0n);
  });
  test("powers agree with BigInt and overflow only when the result does", () => {
    const random = generator(6);
    let module = start();
    for (let i = 0; i < 4_000; i++) {
      if (i % 500 === 0) module = start();
      const exponent = Math.floor(random() * 80);
      const base = pick(random, Math.min(bits, 1 + Math.floor((bits + 6) / Math.max(1, exponent))));
      const exact = base ** BigInt(exponent);
      const actual = run(module, size, () => module.exports["power"]?.(put(module, base, size), exponent));
      expect(actual).toBe(exact < limit ? exact : `code ${OVERFLOW}`);
    }
    expect(run(module, size, () => module.exports["power"]?.(put(module, 0n, size), 0))).toBe(1n);
    expect(run(module, size, () => module.exports["power"]?.(put(module, 1n, size), 0xffffffff))).toBe(1n);
  });
  test("conversions and constants", () => {
    const module = start();
    const max64 = (1n << 64n) - 1n;
    expect(run(module, size, () => module.exports["fromU64"]?.(max64))).toBe(max64);
    expect(run(module, size, () => module.exports["fromI32"]?.(5))).toBe(5n);
    expect(run(module, size, () => module.exports["fromI32"]?.(-1))).toBe(`code ${OVERFLOW}`);
    expect(BigInt.asUintN(64, module.exports["toU64"]?.(put(module, max64, size)))).toBe(max64);
    expect(run(module, size, () => module.exports["toU64"]?.(put(module, max64 + 1n, size)))).toBe(`code ${OVERFLOW}`);
    expect(run(module, size, () => module.exports["toU64"]?.(put(module, limit - 1n, size)))).toBe(`code ${OVERFLOW}`);
    expect(
      [0n, 1n, 1n << BigInt(bits - 1)].map((n) => Number(module.exports["isZero"]?.(put(module, n, size)))),
    ).toEqual([1, 0, 0]);
    expect([0, 1, 2].map((i) => run(module, size, () => module.exports["constants"]?.(i)))).toEqual([
      0n,
      1n,
      limit - 1n,
    ]);
    expect(run(module, size, () => module.exports["not"]?.(put(module, 5n, size)))).toBe(limit - 6n);
  });
  test("u128 and u256 into each other", () => {
    const module = start();
    const max128 = (1n << 128n) - 1n;
    expect(run(module, 32, () => module.exports["widen"]?.(put(module, max128, 16)))).toBe(max128);
    expect(run(module, 16, () => module.exports["narrow"]?.(put(module, max128, 32)))).toBe(max128);
    expect(run(module, 16, () => module.exports["narrow"]?.(put(module, max128 + 1n, 32)))).toBe(`code ${OVERFLOW}`);
  });
  test("decimal text, there and back", () => {
    const random = generator(8);
    let module = start();
    for (let i = 0; i < 1_500; i++) {
      if (i % 100 === 0) module = start();
      const a = i === 0 ? 0n : i === 1 ? limit - 1n : pick(random, bits);
      const text = module.exports["printed"]?.(put(module, a, size));
      const length = Number(module.exports["textLength"]?.(text));
      expect(new TextDecoder("utf-16le").decode(module.read(text, length * 2))).toBe(String(a));
      expect(run(module, size, () => module.exports["roundTrip"]?.(put(module, a, size)))).toBe(a);
    }
    expect(run(module, size, () => module.exports["parseTooLong"]?.(put(module, limit - 1n, size)))).toBe(
      `code ${OVERFLOW}`,
    );
    expect(run(module, size, () => module.exports["parseWord"]?.())).toBe("code 12");
    expect(run(module, size, () => module.exports["parseNothing"]?.())).toBe("code 12");
  });
});
/** What BigInt says; an error's code where the machine must revert. */
function compute(operator, a, b, limit) {
  if ((operator === "/" || operator === "%") && b === 0n) return `code ${DIVISION_BY_ZERO}`;
  const exact = {
    "+": () => a + b,
    "-": () => a - b,
    "*": () => a * b,
    "/": () => a / b,
    "%": () => a % b,
    "&": () => a & b,
    "|": () => a | b,
    "^": () => a ^ b,
  }[operator]();
  return exact < 0n || exact >= limit ? `code ${OVERFLOW}` : exact;
}
function forEachPair(bits, seed, start, check) {
  const random = generator(seed);
  let module = start();
  let count = 0;
  const step = (a, b) => {
    if (++count % CASES_PER_INSTANCE === 0) module = start();
    check(module, a, b);
  };
  const edges = edgeValues(bits);
  for (const a of edges) for (const b of edges) step(a, b);
  for (let i = 0; i < CASES_PER_OPERATOR; i++) step(pick(random, bits), pick(random, bits));
}
/** Values at which carries, borrows and estimated quotient digits go wrong. */
function edgeValues(bits) {
  const values = new Set([0n, 1n, 2n, 3n, 10n]);
  for (let bit = 16; bit <= bits; bit += 16) {
    for (const around of [-2n, -1n, 0n, 1n]) values.add((1n << BigInt(bit)) + around);
    values.add((1n << BigInt(bit - 1)) - 1n);
    values.add(1n << BigInt(bit - 1));
  }
  values.add(((1n << BigInt(bits)) - 1n) / 3n);
  return [...values].filter((value) => value >= 0n && value < 1n << BigInt(bits));
}
/** A number whose length is random too, often with runs of ones and zeros. */
function pick(random, bits) {
  const length = BigInt(Math.floor(random() * (bits + 1)));
  let value = 0n;
  for (let i = 0; i < bits; i += 32) {
    const kind = random();
    const word = kind < 0.15 ? 0xffffffffn : kind < 0.3 ? 0n : BigInt(Math.floor(random() * 0x1_0000_0000));
    value = (value << 32n) | word;
  }
  return value & ((1n << length) - 1n);
}
/** mulberry32: the same numbers in every run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
function put(module, value, size) {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < size; i += 8) view.setBigUint64(i, (value >> BigInt(i * 8)) & 0xffffffffffffffffn, true);
  return module.write(bytes);
}
/** The number at the address that `call` gives, or the code it reverts with. */
function run(module, size, call) {
  try {
    const at = Number(call());
    const view = new DataView(module.read(at, size).buffer);
    let value = 0n;
    for (let i = size - 8; i >= 0; i -= 8) value = (value << 64n) | view.getBigUint64(i, true);
    return value;
  } catch (error) {
    if (error instanceof Revert) return `code ${error.code}`;
    throw error;
  }
}
