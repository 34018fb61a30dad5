// Expressions in the real machine: literals, the order in which operands are read, targets that do something. What is
// expected is worked out by hand, as JavaScript with bigint has it.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyFileEdits, chooseFixes } from "../../harness/compiler/apply-fixes.js";
import { compileContracts } from "../../harness/compiler.js";
import { createQwvm } from "../../harness/index.js";
import { buildLoose, type LooseContract } from "../fixtures/loose-contract.js";
import { makeProject } from "../fixtures/temp-project.js";

let built: Awaited<ReturnType<typeof buildLoose>>;
beforeAll(async () => {
  built = await buildLoose("expressions");
});
afterAll(() => built.remove());

/** A method's results, as numbers and texts. */
function run(base: string, method: string, ...args: unknown[]): unknown {
  const contract: LooseContract = createQwvm().deploy(built.definition(`expressions/${base}`), []);
  return contract[method](...args);
}

describe("literals", () => {
  test("beside a wide integer are one", () => {
    expect(run("literals", "compared")).toEqual([true, true, false, false, true, true, false, true, true, false]);
    const x = 3n + 10n ** 18n;
    expect(run("literals", "computed")).toEqual([1n, 2n, x, 7n * x, 100n - 10n, 10n ** 21n, 1n]);
    expect(run("literals", "loops", 5n)).toBe(0n + 1n + 2n + 3n + 4n + 500n);
  });

  test("fit where a wide integer is stored, passed, returned, chosen or left out", () => {
    expect(run("literals", "stored")).toEqual([0n, 5n, 7n, 7n, 1234567890123456789012345678901234567890n]);
    expect(run("literals", "signed128")).toEqual([-3n, 0n, 8n, -5n, -(2n ** 127n)]);
    expect(run("literals", "signed256", true)).toEqual([-1n, 0n, 3n, 10n ** 19n, 2n ** 80n - 1n, -5n, -16n]);
    expect(run("literals", "nullable")).toEqual([true, true, true, true]);
    expect(run("literals", "chosen", true)).toEqual([true, true, true, true, true]);
    expect(run("literals", "chosen", false)).toEqual([false, false, false, false, false]);
    expect(run("literals", "wide")).toEqual([0n, 77n, 78n, 2n ** 200n, 2n ** 63n, 1n]);
  });

  test("have all their bits in 64 of them, with a type and without", () => {
    const most = 2n ** 64n - 1n;
    expect(run("literals", "untyped")).toEqual([
      `${most}`,
      `${10n ** 18n}`,
      `${(1n << 40n) * 3n}`,
      `${5n > most}`,
      `${most > 5n}`,
    ]);
    expect(run("literals", "words")).toEqual([most, most, 1n, most, 2n ** 63n]);
    expect(run("literals", "signed64")).toEqual([-(2n ** 63n), 2n ** 63n - 1n, -(2n ** 63n), 3n, -3n, 1n, 10n ** 12n]);
  });
});

describe("a number that the type does not have is an error", () => {
  test.each([
    ["u64", "-1", "-1 is not a value of u64."],
    ["u8", "300", "300 is not a value of u8."],
    ["i64", "9223372036854775808", "9223372036854775808 is not a value of i64."],
    ["u64", "0x1FFFFFFFFFFFFFFFF", `${0x1ffffffffffffffffn} is not a value of u64.`],
    ["u64", "0o7777777777777777777777", `${0o7777777777777777777777n} is not a value of u64.`],
    ["u128", "2 ** 128", `${2n ** 128n} is not a value of u128.`],
    ["u256", "5 - 10", "-5 is not a value of u256."],
    ["u256", "u256.from(-1)", "-1 is not a value of u256."],
    ["i128", "2n ** 127n", `${2n ** 127n} is not a value of i128.`],
    ["bool", "x > -1", "-1 is not a value of u64."],
    ["u64[]", "[1, -5]", "-5 is not a value of u64."],
    ["i32", "1 / 0", "1 / 0 has no value."],
  ])("%s: %s", async (type, text, message) => {
    const source = `import { contract, query, i128, u128, u256 } from "qwvm/sdk-as";
@contract export class A {
  @query go(x: u64): ${type} { return ${text}; }
}
`;
    const { diagnostics } = await compileContracts({ root: makeProject({ "contracts/a.ts": source }) });
    expect(diagnostics).toMatchObject([{ code: "QW191", message, line: 3 }]);
    const place = source.split("\n")[2]?.indexOf(`return ${text}`) ?? 0;
    expect(diagnostics[0]?.column).toBeGreaterThan(place + "return".length);
  });
});

test("a text or wide integer as a condition is mended where it is plain", async () => {
  const source = (a: string, b: string, c: string) => `import { contract, query, u256 } from "qwvm/sdk-as";
@contract export class A {
  name: string;
  total: u256;
  @query go(x: u256): bool {
    if (${a}) return true;
    while (${b}) return false;
    return ${c} ? true : false;
  }
}
`;
  const before = source("this.name", "!x", "this.total");
  const { diagnostics } = await compileContracts({ root: makeProject({ "contracts/a.ts": before }) });
  expect(diagnostics.map(({ code }) => code)).toEqual(["QW211", "QW211", "QW211"]);
  const after = applyFileEdits(before, chooseFixes(diagnostics).edits);
  expect(after).toBe(source("this.name.length > 0", "x.isZero()", "!this.total.isZero()"));
});

test("a value that is not null is known as one behind a comparison with null, and behind require", () => {
  const who = `0x${"12".repeat(20)}`;
  expect(run("checks", "nulls", null, null, null, null)).toBe("no a");
  expect(run("checks", "nulls", 2n, who, null, null)).toBe("no b or c");
  expect(run("checks", "nulls", 2n, who, "abc", null)).toBe("3 3 -1 true");
  expect(run("checks", "nulls", 0n, who, "", new Uint8Array(4))).toBe("1 0 4 true");
  expect(run("checks", "most", [4n, null, 9n, 5n, 0n])).toBe(9n);
  expect(() => run("checks", "most", [null])).toThrow("empty");
  expect(run("checks", "required", 3n, who)).toBe(true);
  expect(() => run("checks", "required", null, who)).toThrow("RequireFailed");
  expect(() => run("checks", "required", 2n, who)).toThrow("RequireFailed");
  expect(() => run("checks", "required", 3n, null)).toThrow("3 is missing");
});

test("a text that may be null asks for null as a condition: `text` and `!text` are never both true", () => {
  expect(run("checks", "asked", null)).toEqual([false, true, false]);
  expect(run("checks", "asked", "")).toEqual([true, false, true, true]);
  expect(run("checks", "asked", "a")).toEqual([true, false, true, false]);
});

test("accessors that are compiled in the middle of `this.level--` are no part of it", () => {
  expect(run("checks", "lower", 0n)).toBe("zero 0 6");
  expect(run("checks", "lower", 2n)).toBe("?two 2 6");
  expect(run("checks", "lower", 5n)).toBe("?other 3 6");
});

describe("an operand is what it was when it was read", () => {
  test("of a stored field, with a loop in the contract or without", () => {
    // 5 + 1, then 15; 5 + 1; before; 6 + 1 is 7: 7 + 8, 8; and again 5 + 1, 15.
    expect(run("operands", "fields")).toEqual([6n, 15n, 6n, 6n, 15n, 8n, 6n, 15n]);
    const turn = [true, true, false, true];
    expect(run("operands", "comparisons")).toEqual([...turn, ...turn]);
  });

  test("of a variable", () => {
    expect(run("operands", "variables")).toEqual([105n, 10n, 30n, 8n, 11n, 12n, 12n, 18n, 18n, 19n]);
  });

  test("when two change places", () => {
    expect(run("operands", "swapped")).toEqual([2n, 2n, 1n, 1n, 9n, 9n, 19n, 10n, 9n, 1n, 9n]);
  });
});

describe("what a target does, it does once", () => {
  test("of elements", () => {
    expect(run("targets", "elements")).toEqual([30n, 21n, 29n, 3n, 1n]);
    expect(run("targets", "values")).toEqual([2n, 3n, 10n, 1n, 3n, 10n, 3n]);
  });

  test("of members, and their values", () => {
    expect(run("targets", "members")).toEqual([6n, 7n, 3n, 10n, 7n, 202n]);
    expect(run("targets", "state")).toEqual([5n, 0n, 6n, 2n, 3n]);
  });

  test("of every kind of list", () => {
    expect(run("targets", "kinds")).toEqual(
      [1, 20, 4, 5, 0, 250, 3, 0, 6, 0, 6, 8, 3, 2].map((value) => BigInt(value)),
    );
  });
});

test("an operand whose value is known does what it does", () => {
  expect(run("targets", "known")).toEqual([7n, 5n, 0n, 0n, 5n]);
});

describe("arithmetic is checked", () => {
  test.each([
    "initializer",
    "derivedInitializer",
    "defaultParameter",
    "fileFunction",
    "namedFunction",
    "functionInList",
    "staticFunction",
    "absolute",
    "lambda",
    "genericMethod",
    "getter",
    "inNamespace",
    "genericFunction",
    "ownOperator",
    "builtIn",
  ])("in %s", (method) => {
    expect(() => run("checks", method)).toThrow("Overflow");
  });

  test("at the edges of its types", () => {
    const least = -(2n ** 63n);
    expect(() => run("checks", "quotient", least, -1n)).toThrow("Overflow");
    expect(() => run("checks", "negative", least)).toThrow("Overflow");
    expect(() => run("checks", "unasked", -1)).toThrow("Overflow");
    expect(() => run("checks", "power", 16)).toThrow("Overflow");
    expect(() => run("checks", "absoluteSmall", -128)).toThrow("Overflow");
    expect(run("checks", "quotient", least, 1n)).toBe(least);
    expect(run("checks", "power", 15)).toBe(225);
    expect(run("checks", "absoluteSmall", -127)).toBe(127);
  });
});

test("a cast in front of a counter is one of what it gives", () => {
  expect(run("checks", "counted")).toEqual([5n, 6n, 5n]);
});

describe("@wrapping", () => {
  test("holds for wide types and for functions inside", () => {
    const wrap = (x: bigint) => BigInt.asUintN(256, x);
    for (const a of [2n ** 256n - 6n, 0n, 2n ** 200n + 12345n]) {
      const x = a + 1n + 1n - 3n;
      const expected = a + (2n ** 256n - 1n) + (x * x - x) + a ** 3n + a * 2n;
      expect(run("checks", "wrappingWide", a)).toBe(wrap(expected));
    }
    expect(run("checks", "wrappingCastInside", 2n ** 64n + 7n)).toBe(7n);
    expect(run("checks", "wrappingLambda", [100, 50])).toEqual([(100 + 200) % 256, 250]);
    const least = (bits: number) => -(2n ** BigInt(bits - 1));
    const divided = [-128n, 0n, -128n, least(32), 0n, least(64), 0n];
    expect(run("checks", "divided", -128, -1, Number(least(32)), -1, least(64), -1n)).toEqual(divided);
    expect(run("checks", "divided", 7, -2, 7, -2, 7n, -2n)).toEqual([-3n, 1n, -3n, -3n, 1n, -3n, 1n]);
    expect(() => run("checks", "divided", 1, 0, 1, 1, 1n, 1n)).toThrow("DivisionByZero");
    expect(() => run("checks", "divided", 1, 1, 1, 0, 1n, 1n)).toThrow("DivisionByZero");
    expect(() => run("checks", "divided", 1, 1, 1, 1, 1n, 0n)).toThrow("DivisionByZero");
    expect(() => run("checks", "dividedUnsigned", 1, 0, 1n, 1n)).toThrow("DivisionByZero");
    expect(() => run("checks", "dividedUnsigned", 1, 1, 1n, 0n)).toThrow("DivisionByZero");
    expect(run("checks", "dividedUnsigned", 200, 7, 2n ** 64n - 1n, 10n)).toEqual([
      28n,
      4n,
      (2n ** 64n - 1n) / 10n,
      5n,
      (2n ** 64n - 1n) / 3n,
    ]);
    // FNV-1a of "a", as its authors give it: 0xaf63dc4c8601ec8c.
    expect(run("checks", "hash", 97)).toBe(0xaf63dc4c8601ec8cn);
  });
});

describe("bits of small integers", () => {
  const signed = (bits: number, x: number) => Number(BigInt.asIntN(bits, BigInt(x)));

  test("are those of the type behind &, | and ^", () => {
    const shifted = signed(8, 15 << 4);
    expect(run("checks", "masks", 15)).toEqual([
      1,
      shifted & -16,
      Math.trunc((shifted & -16) / 2),
      1,
      shifted & -16,
      -1 & -111,
      shifted | 1,
      shifted ^ -128,
    ]);
  });

  test.each([8, 16])("are counted and turned in %i of them", (bits) => {
    const most = 2 ** bits;
    const text = (x: number) => (x < 0 ? x + most : x).toString(2).padStart(bits, "0");
    for (const [x, by] of [
      [1, 1],
      [0, 3],
      [-1, 2],
      [-(most / 2), 1],
      [most / 2 - 1, bits - 1],
      [0x51, 9],
      [-77, -3],
    ] as const) {
      const digits = text(x);
      const clz = /^0*/.exec(digits)?.[0].length as number;
      const ctz = /0*$/.exec(digits)?.[0].length as number;
      const ones = digits.replaceAll("0", "").length;
      const turn = ((by % bits) + bits) % bits;
      const left = Number.parseInt(digits.slice(turn) + digits.slice(0, turn), 2);
      const right = Number.parseInt(digits.slice(bits - turn) + digits.slice(0, bits - turn), 2);
      const counts = [clz, ctz, ones];
      const swapped = Number.parseInt(digits.slice(bits - 8) + digits.slice(0, bits - 8), 2);
      expect(run("checks", `bits${bits}`, x, by), `${x} by ${by}`).toEqual([
        ...counts,
        signed(bits, left),
        signed(bits, right),
        ...counts,
        left,
        right,
        signed(bits, swapped),
        ...(bits === 16 ? [swapped] : []),
      ]);
    }
  });
});

describe("an enum's variables", () => {
  test("hold members, in every place", () => {
    expect(run("enums", "values")).toEqual("Red Red Green Blue Blue Green Green Red Green Red".split(" "));
    expect(run("enums", "stored")).toEqual(Array(7).fill(true));
  });

  test("are numbers where they are computed with", () => {
    // 2 for the case, then 1 + 1, 1, one digit, 2 | 0, index 1, 100, the least, and 2.
    expect(run("enums", "numbers")).toBe(2 + 2 + 1 + 1 + 2 + 1 + 100 + 0 + 2);
    expect(run("enums", "text")).toBe("0");
  });

  test("are members when they are decoded, in lists, options and functions with type parameters too", () => {
    const bytes = (...all: number[]) => Uint8Array.from(all);
    expect(run("enums", "one", bytes(2))).toBe("Blue");
    expect(run("enums", "list", bytes(1, 0, 0, 0, 2))).toBe(2);
    expect(run("enums", "fixed", bytes(1))).toBe(1);
    expect(run("enums", "option", bytes(0))).toBe(9);
    expect(run("enums", "generic", bytes(2))).toBe(2);
    expect(() => run("enums", "one", bytes(3))).toThrow(/BadArguments/);
    expect(() => run("enums", "list", bytes(1, 0, 0, 0, 3))).toThrow(/BadArguments/);
    // Size has two members.
    expect(() => run("enums", "fixed", bytes(2))).toThrow(/BadArguments/);
    expect(() => run("enums", "option", bytes(1, 1, 0, 0, 0, 3))).toThrow(/BadArguments/);
    expect(() => run("enums", "generic", bytes(3))).toThrow(/BadArguments/);
  });
});
