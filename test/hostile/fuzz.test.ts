// Some seconds of fuzzing with a fixed seed; `npm run bench -- fuzz 300` goes on for minutes, from another one.
// The number of modules is fixed and not the time, so that the same modules are tried on every machine.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixture } from "../fixtures/wat.js";
import { readWasmerVectors } from "../reference/wasmer-vectors.js";
import { checkDamaged, checkGenerated, corpusOf, damage, generated, type Tally } from "./fuzz-checks.js";
import { Random } from "./random.js";

const SEED = 20_261_124;
const GENERATED = 500;
const DAMAGED = 2_500;

const fixtures = ["counter.wasm", "all-nine.wasm"].map(
  (file) => new Uint8Array(readFileSync(new URL(`../fixtures/raw/${file}`, import.meta.url))),
);

describe(`with the seed ${SEED}`, () => {
  test(`${GENERATED} generated modules do what the reference interpreter says: results, traps and gas`, () => {
    const tally: Tally = new Map();
    for (let i = 0; i < GENERATED; i++) checkGenerated(SEED + i, tally);
    // All the endings that there are, or the generator has lost its way.
    for (const ending of [
      "success",
      "out_of_gas",
      "unreachable",
      "stack overflow",
      "integer divide by zero",
      "out-of-bounds memory access",
      "out-of-bounds table access",
      "indirect call type mismatch",
      "invalid conversion to integer",
    ]) {
      expect([ending, tally.get(`generated: ${ending}`) ?? 0]).not.toEqual([ending, 0]);
    }
    expect(tally.get("generated: success")).toBeGreaterThan(GENERATED / 4);
  });

  test(`${DAMAGED} damaged modules end the same way twice, in our own words, and in the interpreter's way where they run`, () => {
    const tally: Tally = new Map();
    const corpus = corpusOf([fixture("counter").wasm, ...fixtures], readWasmerVectors().modules);
    const random = new Random(SEED);
    for (let i = 0; i < DAMAGED; i++) {
      const source = random.chance(30) ? generated(random.next()) : random.pick(corpus);
      checkDamaged(damage(source, random, random.pick(corpus)), tally);
    }
    for (const ending of ["INVALID_WASM", "success", "trapped", "compared with the interpreter"]) {
      expect([ending, tally.get(`damaged: ${ending}`) ?? 0]).not.toEqual([ending, 0]);
    }
  });
});
