// Some programs of fixed seeds in every run of the tests. `npm run bench -- language 300` goes on from other seeds.

import { describe, expect, test } from "vitest";
import { fuzzSeed, newTally } from "./fuzz.js";
import { fuzzFixes } from "./fuzz-fixes.js";
import { LayoutFuzzer } from "./fuzz-layouts.js";
import { generateProgram } from "./generate-program.js";
import { printProgram } from "./print-program.js";
import type { ContractCall, Program } from "./program.js";
import { describeFinding, describeRefusal } from "./report.js";
import { build, Pair } from "./run-program.js";
import { I32, U64 } from "./types.js";

const SEEDS = [101, 102, 103, 104, 105, 106];

test.each(SEEDS)("program %i does in the machine what it does in the model", async (seed) => {
  const tally = newTally();
  await fuzzSeed(seed, tally, { callsPerMethod: 30 });
  expect(tally.findings.map((finding) => describeFinding(finding))).toEqual([]);
  expect(tally.wronglyRefused.map(describeRefusal)).toEqual([]);
  expect(tally.wronglyAccepted.map(({ source }) => source)).toEqual([]);
  // A program that is not built, or calls that all fail, would find nothing.
  expect(tally.methods).toBeGreaterThan(15);
  expect(tally.calls - tally.failed).toBeGreaterThan(300);
});

test("a project that is fixed lets nobody in that was not, and does what the model does", async () => {
  const { findings, fixes, builds, calls } = await fuzzFixes(3, 5);
  expect(findings.map(({ what }) => what)).toEqual([]);
  expect([fixes > 0, builds, calls > 30]).toEqual([true, true, true]);
});

test("an upgrade that the layout check lets pass reads what was stored", () => {
  let upgrades = 0;
  for (let seed = 0; seed < 300; seed++) {
    const { findings, passed } = new LayoutFuzzer(seed).run();
    expect(findings).toEqual([]);
    upgrades += passed;
  }
  // Each is compared with all versions before it.
  expect(upgrades).toBeGreaterThan(500);
});

describe("what differs is found", () => {
  const program: Program = {
    ...generateProgram(1, { methods: 0, helpers: 0, functions: 0, statements: 0 }),
    hasPeer: false,
    classes: [
      {
        name: "Fuzz",
        bases: [],
        fields: [{ name: "total", type: U64 }],
        methods: [
          {
            name: "add",
            kind: "execute",
            parameters: [{ name: "by", type: U64 }],
            result: I32,
            writes: true,
            body: [
              {
                kind: "expression",
                value: {
                  kind: "assignment",
                  type: U64,
                  operator: "+=",
                  target: { kind: "own", type: U64, name: "total" },
                  value: { kind: "local", type: U64, name: "by" },
                },
              },
              { kind: "return", value: { kind: "literal", type: I32, value: 7n } },
            ],
          },
        ],
      },
    ],
  };
  const call: ContractCall = { method: "add", args: [5n], asQuery: false, value: 0n, from: 0 };

  async function outcomeWith(change: (source: string) => string) {
    const printed = printProgram(program);
    const path = "contracts/fuzz.ts";
    const built = await build({
      ...printed,
      files: { ...printed.files, [path]: change(printed.files[path] as string) },
    });
    expect(built.result.diagnostics).toEqual([]);
    return new Pair(program, built).call(call);
  }

  test("nothing, where nothing does", async () => {
    expect(await outcomeWith((source) => source)).toMatchObject({ failure: undefined, result: "07000000" });
  });

  test("a stored value", async () => {
    const outcome = await outcomeWith((source) => source.replace("this.total += by", "this.total += by + 1"));
    expect(outcome).toMatchObject({
      what: "storage",
      model: '"total" = 0500000000000000',
      machine: '"total" = 0600000000000000',
    });
  });

  test("a result", async () => {
    const outcome = await outcomeWith((source) => source.replace("return 7", "return 8"));
    expect(outcome).toMatchObject({ what: "result", model: "07000000", machine: "08000000" });
  });

  test("a failure", async () => {
    const outcome = await outcomeWith((source) => source.replace("this.total += by", "this.total -= by"));
    expect(outcome).toMatchObject({ what: "failure", model: "none", machine: "04000000" });
  });
});
