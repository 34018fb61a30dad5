// What a new user does, for real: both packages are published to a registry on loopback, and in an empty folder
// follow `npm create`, `npm install`, `npx qwvm test`. Then the user makes the mistakes that everyone makes.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../house/source-files.js";
import { type LoopbackRegistry, startRegistry } from "./loopback-registry.js";

const STEP_TIMEOUT_MS = 300_000;

let base: string;
let registry: LoopbackRegistry;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "new-user-"));
  registry = await startRegistry(join(base, "registry"));
  expectSuccess(run(ROOT, "npm", "publish", "--ignore-scripts"));
  expectSuccess(run(join(ROOT, "templates"), "npm", "publish", "--ignore-scripts"));
}, STEP_TIMEOUT_MS);

afterAll(() => {
  registry?.stop();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
});

interface Run {
  readonly status: number | null;
  /** Standard output and standard error. */
  readonly output: string;
}

function run(cwd: string, command: string, ...args: string[]): Run {
  return runWith({}, cwd, command, ...args);
}

function runWith(extra: NodeJS.ProcessEnv, cwd: string, command: string, ...args: string[]): Run {
  const env = { ...registry.env, NO_COLOR: "1", COLUMNS: "80", ...extra };
  const result = spawnSync(command, args, { cwd, env, input: "", encoding: "utf8", timeout: STEP_TIMEOUT_MS });
  return { status: result.status, output: `${result.stdout}${result.stderr}` };
}

function expectSuccess(result: Run): string {
  expect(result.status, result.output).toBe(0);
  return result.output;
}

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describe.each([
  { template: "counter", contract: "counter", suite: "counter" },
  { template: "token", contract: "token", suite: "token" },
])("the template $template", ({ template, contract, suite }) => {
  let project: string;
  let contractPath: string;
  let original: string;

  beforeAll(() => {
    const folder = `my-${template}`;
    // Without `--` before the flags, as people type it.
    expectSuccess(run(base, "npm", "create", "qwvm-contract@latest", folder, "--template", template, "--yes"));
    project = join(base, folder);
    contractPath = join(project, "contracts", `${contract}.ts`);
    original = readFileSync(contractPath, "utf8");
    expectSuccess(run(project, "npm", "install"));
  }, STEP_TIMEOUT_MS);

  afterEach(() => writeFileSync(contractPath, original));

  test("the installed package has its signature module", () => {
    const script = `import { createQwvm } from "qwvm";
      console.log(createQwvm({ signatureScheme: "dilithium3" }).account("alice").sign("hello").length);`;
    expect(expectSuccess(run(project, "node", "--input-type=module", "-e", script)).trim()).toBe("3293");
  });

  test("passes its tests as it comes, and its gas snapshot holds", () => {
    const output = expectSuccess(runWith({ CI: "true" }, project, "npx", "qwvm", "test"));
    expect(output).toMatch(/Tests +\d+ passed/);
    expect(output).toContain(".gas-snapshot");
    expect(existsSync(join(project, "build", `${contract}.wasm`))).toBe(true);
    // Vitest's own line of durations is as long as it is.
    const lines = output.split("\n").filter((line) => !/^ +Duration /.test(line));
    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  });

  test("has one copy of binaryen", () => {
    const listed = run(project, "npm", "ls", "binaryen", "--all", "--parseable").output;
    expect(listed.split("\n").filter((line) => /node_modules.binaryen$/.test(line.trim()))).toHaveLength(1);
  });

  test("passes TypeScript's checks, the contracts' as well", () => {
    expectSuccess(run(project, "npm", "run", "typecheck"));
  });

  test("a mistake in the contract is shown at its line, with exit code 1", () => {
    writeFileSync(contractPath, original.replace("@execute", "@exceute"));
    const { status, output } = run(project, "npx", "qwvm", "test");
    expect(status).toBe(1);
    expect(output).toContain("Did you mean @execute?");
    const line = original.slice(0, original.indexOf("@execute")).split("\n").length;
    expect(output).toContain(`contracts/${contract}.ts:${line}:`);
  });

  test("a failing assertion fails the run, with exit code 1", () => {
    const testPath = join(project, "test", `${suite}.test.ts`);
    const tests = readFileSync(testPath, "utf8");
    writeFileSync(testPath, `${tests}\ntest("is wrong", () => {\n  expect(1 + 1).toBe(3);\n});\n`);
    const { status, output } = run(project, "npx", "qwvm", "test");
    writeFileSync(testPath, tests);
    expect(status).toBe(1);
    expect(output).toContain("is wrong");
  });

  test("a change of gas fails the check with exit code 3, and --gas-update accepts it", () => {
    const snapshotPath = join(project, ".gas-snapshot");
    const before = readFileSync(snapshotPath, "utf8");
    edit(contractPath, "@execute", "@execute @payable");
    const { status, output } = runWith({ CI: "true" }, project, "npx", "qwvm", "test", "--gas-strict");
    expect(output).toMatch(/Tests +\d+ passed/);
    expect(status, output).toBe(3);
    expect(readFileSync(snapshotPath, "utf8")).toBe(before);
    expectSuccess(run(project, "npx", "qwvm", "test", "--gas-update"));
    expect(readFileSync(snapshotPath, "utf8")).not.toBe(before);
    expectSuccess(runWith({ CI: "true" }, project, "npx", "qwvm", "test"));
  });
});
