// Expressions in the real machine: literals, the order in which operands are read, targets that do something. What is
// expected is worked out by hand, as JavaScript with bigint has it.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createQwvm } from "../../harness/index.js";
import { buildLoose, type LooseContract } from "../fixtures/loose-contract.js";

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
      [1, 20, 4, 5, 0, 250, 3, 0, 6, 0, 6, 8, 3, 2, 4, 2, 7].map((value) => BigInt(value)),
    );
  });
});

test("an operand whose value is known does what it does", () => {
  expect(run("targets", "known")).toEqual([7n, 5n, 0n, 0n, 5n]);
});
