// asc's library, as the compiler patches it and the SDK's memory manager runs it, against JavaScript: the same calls with
// the same random arguments, every width of integer, texts, and the SDK's values.
//
// A fixed seed and some hundred calls of each; LIBRARY_FUZZ=50 makes fifty times as many, LIBRARY_SEED takes another seed.

import { describe, expect, test } from "vitest";
import { Random } from "../../hostile/random.js";
import { arrayOperations } from "./array-operations.js";
import { compile, type Kind, type Operation, runIn, type Value } from "./operation.js";
import { TYPED_DECLARATIONS, TYPED_KINDS, typedArrayOperations } from "./typed-array-operations.js";

const TURNS = 60 * Number(process.env["LIBRARY_FUZZ"] ?? 1);
const SEED = Number(process.env["LIBRARY_SEED"] ?? 1);

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
const LETTERS = ["a", "b", "c", " ", "ab", "ba", "é", "ß", "Σ", "İ", "0", "-", "😀", "\ud7ff", "\u200a", "\ufeff"];

/** A random value of a type: often small, often at an end of its range, often as others before it. */
function randomValue(random: Random, kind: Kind): Value {
  if (kind.endsWith("[]")) {
    const length = random.pick([0, 1, 2, 3, 5, 9, 20, random.chance(10) ? 120 : 4]);
    return Array.from({ length }, () => randomValue(random, kind.slice(0, -2)));
  }
  if (kind === "bool") return random.chance(50);
  if (kind === "string") return Array.from({ length: random.below(7) }, () => random.pick(LETTERS)).join("");
  if (kind === "Address") return `0x${random.pick(["00", "01", "ff"]).repeat(19)}${random.pick(["00", "01", "02"])}`;
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
    return kind === "i32" && i > 0 ? random.pick(PLACES) : randomValue(random, kind);
  });
}

/** Runs every operation; the first difference of each is what the test shows. */
async function differences(operations: readonly Operation[], declarations = ""): Promise<unknown[]> {
  const make = await compile(operations, declarations);
  const random = new Random(SEED);
  return operations.flatMap((operation) => {
    for (let turn = 0; turn < TURNS; turn++) {
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
