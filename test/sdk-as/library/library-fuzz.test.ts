// asc's library, as the compiler patches it and the SDK's memory manager runs it, against JavaScript: the same calls with
// the same random arguments, every width of integer, texts, and the SDK's values.
//
// A fixed seed and some hundred calls of each; LIBRARY_FUZZ=50 makes fifty times as many, LIBRARY_SEED takes another seed.

import { describe, expect, test, vi } from "vitest";
import { Random } from "../../hostile/random.js";
import { arrayOperations } from "./array-operations.js";
import { DATE_OPERATIONS, TIMES } from "./date-operations.js";
import { BYTE_KINDS, KEY_KINDS, mapOperations } from "./map-operations.js";
import { BOOL_OPERATION, NUMBER_KINDS, numberOperations } from "./number-operations.js";
import { compile, type Kind, type Operation, runIn, type Value } from "./operation.js";
import { TEXT_DECLARATIONS, TEXT_OPERATIONS } from "./text-operations.js";
import { TYPED_DECLARATIONS, TYPED_KINDS, typedArrayOperations } from "./typed-array-operations.js";

const TURNS = 60 * Number(process.env["LIBRARY_FUZZ"] ?? 1);
const SEED = Number(process.env["LIBRARY_SEED"] ?? 1);
vi.setConfig({ testTimeout: 1000 * (60 + TURNS) });

const PLACES = [
  0n,
  1n,
  2n,
  3n,
  5n,
  8n,
  48n,
  100n,
  -1n,
  -2n,
  -3n,
  -9n,
  -100n,
  2147483647n,
  2147483646n,
  -2147483648n,
  -2147483647n,
];
const LETTERS = [
  "a",
  "b",
  "c",
  " ",
  "   ",
  "ab",
  "ba",
  "é",
  "ß",
  "Σ",
  "İ",
  "0",
  "-",
  "😀",
  "\ud7ff",
  "\u200a",
  "\ufeff",
];

/** How many bytes there are but for the last. */
const BYTES: Readonly<Record<Kind, number>> = { Address: 19, Hash: 31, Bytes: 4 };

/** A random value of a type: often small, often at an end of its range, often as others before it. */
function randomValue(random: Random, kind: Kind): Value {
  if (kind.endsWith("[]")) {
    const length = random.pick([0, 1, 2, 3, 5, 9, 20, random.chance(10) ? 120 : 4]);
    return Array.from({ length }, () => randomValue(random, kind.slice(0, -2)));
  }
  if (kind === "bool") return random.chance(50);
  if (kind === "string") return Array.from({ length: random.below(7) }, () => random.pick(LETTERS)).join("");
  if (kind === "Bytes" && random.chance(30)) return `0x${random.pick(["", "00", "ff", "01ff", "01ff00"])}`;
  if (kind in BYTES)
    return `0x${random.pick(["00", "01", "ff"]).repeat(BYTES[kind] ?? 0)}${random.pick(["00", "01", "02"])}`;
  const bits = Number(kind.slice(1));
  const cut = (value: bigint) => (kind.startsWith("i") ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
  if (random.chance(60)) return cut(BigInt(random.below(8)) - (kind.startsWith("i") ? 3n : 0n));
  if (random.chance(50))
    return cut(random.pick([1n << BigInt(bits - 1), (1n << BigInt(bits - 1)) - 1n, -1n, 1n << BigInt(bits >> 1)]));
  let value = 0n;
  for (let i = 0; i < bits; i += 32) value = (value << 32n) | BigInt(random.next());
  return cut(value);
}

/** Arguments: places are taken from those that matter. */
function randomArguments(random: Random, { name, params }: Operation): Value[] {
  return params.map((kind, i) => {
    if (name.startsWith("steps") && i === 1) {
      return Array.from({ length: 2 * random.below(9) }, (_, j) =>
        BigInt(j % 2 === 0 ? random.below(9) : random.below(24)),
      );
    }
    if (/unset/i.test(name)) return random.pick([0n, 1n, 3n, 17n, -1n]);
    if (name.startsWith("typed_set_") && i === 1) {
      return Array.from({ length: random.below(5) }, () =>
        BigInt(random.chance(90) ? random.below(100) : 70_000 - random.below(140_000)),
      );
    }
    if (/^date_/.test(name)) return randomTime(random, kind);
    if (/lower|upper/.test(name)) return Array.from({ length: random.below(9) }, () => BigInt(random.pick(UNITS)));
    if (/fromUnits/.test(name)) return random.pick([0n, 1n, 65n, 0xd83dn, 0xde00n, 0xffffn, -1n]);
    if (/fromCodePoint/.test(name))
      return random.pick([0n, 65n, 0xd83dn, 0xffffn, 0x10000n, 0x10ffffn, 0x110000n, -1n]);
    if (/repeat/.test(name) && i === 1) return random.pick([0n, 1n, 2n, 7n, 300n, -1n, 2147483647n]);
    if (/_(read|old)_|number_bool/.test(name) && i === 0) return randomNumeral(random);
    if (/number_/.test(name) && i === 1) return random.pick([0n, 10n, 16n, 2n, 8n, 36n, 3n, 35n, 7n, 1n, 37n, -1n]);
    if (/_steps_/.test(name) && i === 1)
      return Array.from({ length: 1 + random.below(40) }, () => BigInt(random.below(8)));
    if (/_steps_/.test(name))
      return Array.from({ length: random.below(80) }, () => randomValue(random, kind.slice(0, -2)));
    return kind === "i32" && i > 0 ? random.pick(PLACES) : randomValue(random, kind);
  });
}

/** A time, or a number of years, days, hours or the like. */
function randomTime(random: Random, kind: Kind): bigint {
  if (kind === "i64")
    return random.chance(40) ? random.pick(TIMES) : BigInt(random.next()) * BigInt(1 + random.below(1000));
  return random.pick([
    0n,
    1n,
    2n,
    11n,
    12n,
    13n,
    28n,
    29n,
    31n,
    60n,
    99n,
    400n,
    1000n,
    2024n,
    3_000_000n,
    -1n,
    -13n,
    -400n,
  ]);
}

/** Units whose case AssemblyScript's tables and every Node know, and halves of pairs beside them. */
const UNITS = [
  0x41, 0x7a, 0x20, 0xdf, 0xe9, 0x130, 0x131, 0x3a3, 0x3c2, 0x451, 0x24d0, 0x24b6, 0xfb03, 0xd7ff, 0xd800, 0xd801,
  0xdbff, 0xdc00, 0xdc28, 0xdfff, 0xe000, 0x30,
];

/** A text that is a number, nearly one, or none. */
function randomNumeral(random: Random): string {
  const digits = Array.from({ length: random.below(random.pick([3, 6, 12, 24])) }, () =>
    random.pick([..."0123456789afzAZ"].slice(0, random.pick([2, 10, 10, 10, 15]))),
  );
  const ends = [
    "127",
    "128",
    "255",
    "256",
    "-128",
    "-129",
    "32767",
    "65536",
    "-2147483648",
    "2147483648",
    "4294967296",
  ];
  const more = [
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
  ];
  if (random.chance(30)) return random.pick([...ends, ...more, "true", "false", "TRUE", "", "-", "0x", "0b12"]);
  return `${random.pick(["", "", "", "-", "+", " ", "0x", "-0b", "0o"])}${digits.join("")}${random.pick(["", "", "", "", " ", ".5", "n"])}`;
}

/** Runs every operation; the first difference of each is what the test shows. */
async function differences(operations: readonly Operation[], declarations = "", turns = TURNS): Promise<unknown[]> {
  const make = await compile(operations, declarations);
  const random = new Random(SEED);
  return operations.flatMap((operation) => {
    for (let turn = 0; turn < turns; turn++) {
      const args = randomArguments(random, operation);
      const expected = operation.reference(...args);
      const actual = runIn(make(), operation, args);
      try {
        expect(actual).toEqual(expected);
      } catch {
        return [{ operation: operation.name, args, expected, actual }];
      }
    }
    return [];
  });
}

const MORE_KINDS = ["u8", "i16", "u32"];
const ITEM_KINDS = [
  ["i8", "u16", "i32", "i64"],
  ["u64", "bool", "string", "u256", "Address"],
  ...(TURNS > 60 ? [MORE_KINDS] : []),
];

describe("Array and StaticArray", () => {
  test.each(ITEM_KINDS.map((kinds) => ({ kinds })))("of $kinds", async ({ kinds }) => {
    const declarations = kinds
      .map((kind) => `let wanted_${kind}: ${kind} = changetype<${kind}>(0);\n`)
      .join("")
      .replace(/changetype<([iu]\d\d?|bool)>\(0\)/g, "<$1>0");
    expect(await differences(kinds.flatMap(arrayOperations), declarations)).toEqual([]);
  });
});

test("typed arrays", async () => {
  expect(await differences(TYPED_KINDS.flatMap(typedArrayOperations), TYPED_DECLARATIONS)).toEqual([]);
});

test("String", async () => {
  expect(await differences(TEXT_OPERATIONS, TEXT_DECLARATIONS, 5 * TURNS)).toEqual([]);
});

test("numbers printed and read", async () => {
  expect(await differences([...NUMBER_KINDS.flatMap(numberOperations), BOOL_OPERATION])).toEqual([]);
});

test("Date", async () => {
  expect(await differences(DATE_OPERATIONS)).toEqual([]);
});

test("Address, Hash and Bytes are sorted by their bytes", async () => {
  const operations = BYTE_KINDS.map((kind) => ({
    name: `sort_${kind}`,
    params: [`${kind}[]`],
    result: `${kind}[]`,
    body: "a.sort()",
    reference: (a: readonly string[]) => [...a].sort(),
  }));
  expect(await differences(operations)).toEqual([]);
});

test("Map and Set", async () => {
  expect(await differences([...KEY_KINDS, ...BYTE_KINDS].flatMap(mapOperations))).toEqual([]);
});

test("sort with a comparator keeps equal items in their order, at every length", async () => {
  const operation: Operation = {
    name: "stable",
    params: ["u64[]"],
    result: "u64[]",
    // The upper half is the place, which the comparator does not look at.
    body: "a.sort((x, y) => i32(x & 7) - i32(y & 7))",
    reference: (a: readonly bigint[]) => [...a].sort((x, y) => Number(x & 7n) - Number(y & 7n)),
  };
  const make = await compile([operation]);
  const random = new Random(SEED);
  const wrong: number[] = [];
  for (let length = 0; length < 400; length += length < 130 ? 1 : 37) {
    const items = Array.from({ length }, (_, i) => (BigInt(i) << 32n) | BigInt(random.below(random.pick([1, 3, 8]))));
    const sorted = runIn(make(), operation, [items]);
    if (String(sorted) !== String(operation.reference(items))) wrong.push(length);
  }
  expect(wrong).toEqual([]);
});
