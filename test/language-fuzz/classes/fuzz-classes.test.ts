// Some projects of contract classes of fixed seeds in every run of the tests.

import { expect, test } from "vitest";
import { fuzzClasses, newClassTally } from "./fuzz-classes.js";

test.each([201, 202])(
  "classes of seed %i are refused by rule, and do in the machine what they do in the model",
  async (seed) => {
    const tally = newClassTally();
    await fuzzClasses(seed, tally, { callsPerMethod: 12 });
    expect(tally.findings).toEqual([]);
    // A project that is not built, or calls that all fail, would find nothing.
    expect(tally.contracts).toBeGreaterThan(2);
    expect(tally.calls - tally.failed).toBeGreaterThan(300);
    expect(tally.refused).toBeGreaterThan(10);
  },
  240_000,
);
