// Names that may have been meant. The distances are counted by hand.

import { expect, test } from "vitest";
import { suggest } from "../../harness/core/suggest.js";

test.each<[string, string[], string | undefined]>([
  // One letter swapped with the next, one left out, one too many.
  ["incremnet", ["decrement", "increment"], "increment"],
  ["ad", ["sub", "add"], "add"],
  ["GETCOUNT", ["getCount"], "getCount"],
  ["xyz", ["add"], undefined],
  // Three letters missing of nine are a third; four are too many.
  ["increm", ["increment"], undefined],
  ["increme", ["increment"], "increment"],
])("%s of %j: %s", (name, names, meant) => {
  expect(suggest(name, names)).toBe(meant);
});

test("names that nobody has typed cost nothing", () => {
  const long = "x".repeat(1_000_000);
  expect(suggest(`${long}y`, [long])).toBeUndefined();
  expect(suggest("x", [long])).toBeUndefined();
});
