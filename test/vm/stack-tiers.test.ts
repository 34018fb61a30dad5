// The stack is counted, not suffered: recursion ends at the same depth and the same gas whichever of the engine's compilers
// made the code, and in the reference interpreter. Depth shows in the gas, as every frame pays its operators.
//
// V8's own interpreter for Wasm (`--wasm-jitless`) is not in Node 20, and `--jitless` takes WebAssembly away altogether; so
// "interpreted" is the reference interpreter here, with a stack small enough for its own.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { assemble } from "../fixtures/wat.js";
import { ReferenceInstance } from "../reference/interpret.js";
import { RECURSION, runCase } from "./recursion-cases.js";

const LOADER = new URL("../fixtures/load-typescript.mjs", import.meta.url).href;
const PROGRAM = fileURLToPath(new URL("./recursion-cases.ts", import.meta.url));

const wanted = RECURSION.map(({ status, gasUsed }) => ({
  status,
  code: status === "trapped" ? "stack overflow" : undefined,
  gasUsed,
}));

test.each(RECURSION.map((one, i) => [one.name, one, wanted[i]] as const))(
  "recursion %s: by its sum",
  (_name, one, outcome) => {
    expect(runCase(one, 3)).toEqual([outcome, outcome, outcome]);
  },
);

describe("the same under each compiler, and where its stack ends early", () => {
  test.each([
    ["baseline alone", ["--liftoff", "--no-wasm-tier-up"]],
    ["optimising alone", ["--no-liftoff", "--no-wasm-tier-up"]],
    ["from baseline to optimised while it runs", ["--wasm-tiering-budget=1000"]],
    ["with calls inlined", ["--no-liftoff", "--experimental-wasm-inlining"]],
    // 2,046 frames of the baseline compiler, of 88 bytes and more, are 180 KB: they run on the deep stack.
    ["on an engine's stack smaller than the counted one needs", ["--liftoff", "--no-wasm-tier-up", "--stack-size=150"]],
  ])("%s", (_name, flags) => {
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, "--import", LOADER, PROGRAM], {
      encoding: "utf8",
    });
    // Not every version of the engine has every flag.
    if (stderr.includes("bad option")) return;
    expect(stderr).toBe("");
    // Ten times each: one outcome.
    const found = JSON.parse(stdout) as string[][];
    expect(found.map((outcomes) => outcomes.map((text) => JSON.parse(text)))).toEqual(
      wanted.map((outcome) => [JSON.parse(JSON.stringify(outcome))]),
    );
  });
});

describe("the same in the reference interpreter", () => {
  const stackBytes = 16_384;
  const plain = RECURSION.filter(({ wat, name }) => !wat.includes("(import") && !name.includes("thousand"));

  test.each(plain.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const bounds = { memoryPages: 256, tableElements: 65_536, stackBytes };
    const interpreted = new ReferenceInstance(assemble(one.wat), { memoryGrow: 100, bulk: 1 }, bounds);
    const { trap, gasUsed } = interpreted.call("execute", [0, 0, 0, 0], 10_000_000);
    expect(trap).toBe("stack overflow");
    expect(runCase({ ...one, stackBytes }, 1)).toEqual([{ status: "trapped", code: trap, gasUsed }]);
  });
});
