// The README's first contract and its first test, taken out of it as written and run by `qwvm test`.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "../house/source-files.js";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "readme-"));
  mkdirSync(join(project, "node_modules"));
  symlinkSync(ROOT, join(project, "node_modules/qwvm"), "junction");
  symlinkSync(join(ROOT, "node_modules/vitest"), join(project, "node_modules/vitest"), "junction");
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

/** The code blocks whose first line is a comment with a path. */
function filesInReadme(): Map<string, string> {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const blocks = readme.matchAll(/^```ts\n\/\/ (\S+\/\S+\.ts)\n([\s\S]*?)^```$/gm);
  return new Map([...blocks].map((block) => [block[1] as string, block[2] as string]));
}

test("runs as it stands in the README", () => {
  const files = filesInReadme();
  expect([...files.keys()].sort()).toEqual(["contracts/counter.ts", "test/counter.test.ts"]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const env = { ...process.env, NO_COLOR: "1", CI: "" };
  const run = spawnSync(process.execPath, [join(ROOT, "dist/cli/bin.js"), "test"], {
    cwd: project,
    env,
    encoding: "utf8",
  });
  expect(run.status, run.stdout + run.stderr).toBe(0);
  expect(run.stdout).toMatch(/Tests +1 passed/);
  expect(readFileSync(join(project, ".gas-snapshot"), "utf8")).toContain("Counter.increment › increments");
});

test("the other whole contracts in the README compile", async () => {
  const { compileContracts } = await import("../../harness/compiler.js");
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```ts\n(import [\s\S]*?)^```$/gm)].map((block) => block[1] as string);
  const contracts = blocks.filter((text) => text.includes("\n@contract"));
  expect(contracts.length).toBeGreaterThan(0);
  mkdirSync(join(project, "contracts"));
  for (const [i, text] of contracts.entries()) writeFileSync(join(project, `contracts/example-${i}.ts`), text);
  expect((await compileContracts({ root: project })).diagnostics).toEqual([]);
});
