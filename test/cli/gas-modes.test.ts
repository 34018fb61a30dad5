// `qwvm test` as a process: snapshot modes and exit codes, partial runs, shards, reports. One project, changed step by step.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkAgainstSchema } from "../report/json-schema.js";
import { makeProject, type Project } from "./project.js";

const SECOND_TEST = `
import { createQwvm } from "qwvm";
import { gasLabel } from "qwvm/vitest";
import { expect, test } from "vitest";
import { Counter } from "../build/counter.js";

test("counts on", () => {
  gasLabel("from seven");
  const counter = createQwvm().deploy(Counter, [7n]);
  counter.increment(1n);
  expect(counter.getCount()).toBe(8n);
});

test("random figures stay out", () => {
  gasLabel(null);
  createQwvm().deploy(Counter, [BigInt(Math.floor(Math.random() * 1000))]).increment(3n);
});
`;

let project: Project;
let committed: string;

beforeAll(() => {
  project = makeProject("counter");
  project.write("test/second.test.ts", SECOND_TEST);
  expect(project.qwvm(["test"]).code).toBe(0);
  committed = project.read(".gas-snapshot");
});
afterAll(() => project.remove());
beforeEach(() => project.write(".gas-snapshot", committed));

describe("the snapshot", () => {
  test("has the labels of all calls, and only deterministic ones", () => {
    const labels = committed
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.split(/ {2,}/)[0]);
    expect(labels).toEqual([
      "Counter.deploy",
      "Counter.deploy › from seven",
      "Counter.increment › adds up what everyone adds",
      "Counter.increment › from seven",
    ]);
    expect(committed).toMatch(
      /^# qwvm gas snapshot v1\n# qwvm \S+ {2}schedule [0-9a-f]{8} {2}asc \S+ -Oz\n# Counter [0-9a-f]{8} [\d,]+ bytes\n/,
    );
  });

  test("is the same file from two shards whose reports are merged", () => {
    for (const shard of ["1/2", "2/2"]) {
      expect(project.qwvm(["test", "--no-gas", "--shard", shard, "--reporter=blob"]).code).toBe(0);
    }
    project.write(".gas-snapshot", committed.replace(/^Counter.*\n/gm, ""));
    const merged = project.qwvm(["test", "--merge-reports", "--gas-update"]);
    expect(merged.code).toBe(0);
    expect(project.read(".gas-snapshot")).toBe(committed);
  });

  test("that was damaged ends the run with its line, and is not overwritten", () => {
    const damaged = committed.replace("Counter.deploy ", "<<<<<<< HEAD\nCounter.deploy ");
    project.write(".gas-snapshot", damaged);
    for (const flags of [[], ["--gas-update"]]) {
      const run = project.qwvm(["test", ...flags]);
      expect(run.code).toBe(1);
      expect(run.out).toContain("✗ .gas-snapshot:4 cannot be read: a merge conflict was left unresolved.");
      expect(run.out).toContain("or delete it and write it again: npx qwvm test --gas-update");
    }
    expect(project.read(".gas-snapshot")).toBe(damaged);
  });
});

describe("modes and exit codes", () => {
  /** As if the call had cost less when the file was committed. */
  function commitLess(): string {
    const [, used, instructions] = /^Counter\.increment › adds up.*? ([\d,]+) {2}instructions (\d+)/m.exec(
      committed,
    ) as unknown as [string, string, string];
    const less = Number(used.replace(",", "")) - 10;
    const text = committed
      .replace(new RegExp(`(adds up.*) ${used} {2}instructions ${instructions}`), `$1 ${less} instructions`)
      .replace(`${less} instructions`, `${less.toLocaleString("en-US")}  instructions ${Number(instructions) - 10}`);
    project.write(".gas-snapshot", text);
    return text;
  }

  test("nothing changed: 0, in CI as well", () => {
    expect(project.qwvm(["test"], { CI: "true" })).toMatchObject({ code: 0 });
    expect(project.read(".gas-snapshot")).toBe(committed);
  });

  test("a worse figure alone: 3, with its cause; --gas-update writes it", () => {
    const less = commitLess();
    const run = project.qwvm(["test"]);
    expect(run.code).toBe(3);
    expect(run.out).toMatch(/✗ Counter\.increment › adds up what everyone adds\n? +.*\+10/);
    expect(run.out).toContain("instructions +10");
    expect(project.read(".gas-snapshot")).toBe(less);
    expect(project.qwvm(["test", "--gas-tolerance", "10"]).code).toBe(0);
    expect(project.qwvm(["test", "--gas-update"]).code).toBe(0);
    expect(project.read(".gas-snapshot")).toBe(committed);
  });

  test("a new entry: written by default, 3 under --gas-check", () => {
    const without = committed.replace(/^Counter\.increment › from seven.*\n/m, "");
    project.write(".gas-snapshot", without);
    const check = project.qwvm(["test", "--gas-check"]);
    expect(check.code).toBe(3);
    expect(check.out).toContain("✗ Counter.increment › from seven   new, not in the snapshot");
    expect(project.read(".gas-snapshot")).toBe(without);
    expect(project.qwvm(["test"]).code).toBe(0);
    expect(project.read(".gas-snapshot")).toBe(committed);
  });

  test("a stale entry: 3 on a full run, left alone by a run of some tests, removed by an update", () => {
    project.write(
      ".gas-snapshot",
      `${committed}Zombie.rise › at midnight                                     5  instructions 5\n`,
    );
    const full = project.qwvm(["test", "--gas-check"]);
    expect(full.code).toBe(3);
    expect(full.out).toContain("✗ Zombie.rise › at midnight   not measured any more");
    for (const filter of [["-t", "counts on"], ["second"], ["--shard", "1/2"]]) {
      expect(project.qwvm(["test", "--gas-check", ...filter]).code, filter.join(" ")).toBe(0);
    }
    expect(project.qwvm(["test", "--gas-update", "second"]).code).toBe(0);
    expect(project.read(".gas-snapshot")).toContain("Zombie.rise");
    expect(project.qwvm(["test", "--gas-update"]).code).toBe(0);
    expect(project.read(".gas-snapshot")).toBe(committed);
  });

  test("a failing test: 1, whatever the gas; the file stays", () => {
    const less = commitLess();
    project.edit("test/second.test.ts", "toBe(8n)", "toBe(9n)");
    const run = project.qwvm(["test", "--gas-update"]);
    project.edit("test/second.test.ts", "toBe(9n)", "toBe(8n)");
    expect(run.code).toBe(1);
    expect(run.out).toContain("tests failed: .gas-snapshot was not written");
    expect(project.read(".gas-snapshot")).toBe(less);
  });

  test("one label, two figures: 1, and both places are named", () => {
    project.edit("test/second.test.ts", 'gasLabel("from seven");', "");
    project.edit("test/second.test.ts", '"counts on"', '"adds up what everyone adds"');
    project.edit("test/second.test.ts", "[7n]", "[7n], { metadata: { a: 'b' } }");
    const run = project.qwvm(["test"]);
    project.write("test/second.test.ts", SECOND_TEST);
    // The deployments have labels of their own, with and without title; nothing clashes yet.
    expect(run.code).toBe(3);
    project.edit(
      "test/second.test.ts",
      'test("counts on", () => {\n  gasLabel("from seven");',
      'const early = createQwvm().deploy(Counter, [7n], { metadata: { a: "b" } });\ntest("counts on", () => {\n  early.increment(1n);',
    );
    const clash = project.qwvm(["test"]);
    project.write("test/second.test.ts", SECOND_TEST);
    expect(clash.code).toBe(1);
    expect(clash.out).toContain("✗ The same gas label stands for different figures:\n  Counter.deploy\n");
    expect(clash.out).toMatch(/gas in test\/counter\.test\.ts, in a hook around "/);
    expect(clash.out).toMatch(/gas in test\/second\.test\.ts\n/);
    expect(clash.out).toContain('name one with gasLabel("...") from "qwvm/vitest"');
  });

  test("under plain vitest with the plugin, all the same", () => {
    commitLess();
    project.write(
      "vitest.config.ts",
      'import { qwvm } from "qwvm/vitest";\nimport { defineConfig } from "vitest/config";\nexport default defineConfig({ plugins: [qwvm()] });\n',
    );
    expect(project.vitest([])).toMatchObject({ code: 3 });
    expect(project.vitest([], { QWVM_GAS: "update" }).code).toBe(0);
    expect(project.read(".gas-snapshot")).toBe(committed);
    // The plugin in the configuration and the one that the command puts in count everything once.
    const both = project.qwvm(["test"]);
    expect(both.out.match(/Gas report/g)).toHaveLength(1);
    expect(both.out).toMatch(/\n {2}increment +4 /);
  });
});

describe("reports", () => {
  test("are printed, or written as files of each format", () => {
    const run = project.qwvm([
      "test",
      "--gas-report",
      "--gas-report=json",
      "--gas-report=csv:out/gas.csv",
      "--gas-report=markdown",
      "--gas-report=html",
    ]);
    expect(run.code).toBe(0);
    // Two calls in the example's tests, two in the second file.
    expect(run.out).toMatch(
      /Gas report\n\nCounter {2}[\d,]+ bytes.*\n +calls +min +mean +median +max +failed\n {2}deploy +5 /,
    );
    expect(run.out).toMatch(/\n {2}increment +4 /);
    const report = JSON.parse(project.read("gas-report.json"));
    expect(checkAgainstSchema(report)).toEqual([]);
    expect(
      report.contracts[0].methods.map(({ method, kind, calls }: Record<string, unknown>) => [method, kind, calls]),
    ).toEqual([
      ["increment", "execute", 4],
      ["getCount", "query", 4],
    ]);
    expect(project.read("out/gas.csv")).toMatch(
      /^contract,method,kind,calls,min,mean,median,max,failed\nCounter,deploy,deploy,5,/,
    );
    expect(project.read("gas-report.md")).toMatch(/^# Gas report\n\n## Counter\n/);
    expect(project.read("gas-report.html")).toMatch(/^<!doctype html>\n[\s\S]*<th scope="row">increment<\/th>/);
    expect(project.qwvm(["test", "--no-gas-report", "--no-gas"]).out).not.toMatch(/Gas report|gas-snapshot/);
  });

  test("leave a reporter for programs alone on the standard output", () => {
    const run = project.qwvm(["test", "--reporter=json"]);
    expect(JSON.parse(run.out)).toMatchObject({ success: true });
    expect(run.err).toContain("Gas report");
  });
});
