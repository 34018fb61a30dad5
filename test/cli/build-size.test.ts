// `qwvm build --size` and size budgets, as a process: sums that must be those of the file, what taking a method out really
// saves, and builds that fail.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CodeSizes } from "../../harness/instrument/code-sizes.js";
import { makeProject, type Project } from "./project.js";

const TALLY = `import { contract, execute, query, sha3_256, Bytes, Hash, StorageMap, u256 } from "qwvm/sdk-as";

@contract
export class Tally {
  count: u64;
  wide: u256;
  digest: Hash;
  names: StorageMap<string, u64>;

  @execute add(amount: u64): void {
    this.count += amount;
  }
  /*QUOTIENT*/
  @execute divide(by: u256): void {
    this.wide = this.wide / by;
  }
  /*END*/
  /*NAMES*/
  @execute name(text: string): void {
    this.names.set(text, this.count);
  }
  /*END*/
  @query total(): u64 {
    return this.count;
  }
}
`;
const without = (mark: string) => TALLY.replace(new RegExp(`/\\*${mark}\\*/[\\s\\S]*?/\\*END\\*/`), "");

let project: Project;
beforeAll(() => {
  project = makeProject();
  project.write("contracts/tally.ts", TALLY);
});
afterAll(() => project.remove());

function measure(): CodeSizes & { readonly file: Buffer } {
  const { sizes, contracts } = JSON.parse(project.qwvm(["build", "--size", "--json"]).out);
  expect(sizes.Tally.sizeBytes).toBe(contracts[0].sizeBytes);
  return { ...sizes.Tally, file: readFileSync(project.path("build/tally.wasm")) };
}

describe("qwvm build --size", () => {
  test("adds up to the file", () => {
    const { file, sizeBytes, deployedBytes, parts, custom } = measure();
    expect(deployedBytes).toBe(file.length);
    expect(parts.reduce((sum, part) => sum + part.sizeBytes, 0)).toBe(sizeBytes);
    expect(custom.map(({ name }) => name)).toEqual(["qwvm.abi", "qwvm.build"]);
    expect(sizeBytes + custom.reduce((sum, part) => sum + part.sizeBytes, 0)).toBe(deployedBytes);
    // Division of u256 and text as keys are the largest things there are.
    const bytes = Object.fromEntries(parts.map((part) => [part.name, part.sizeBytes]));
    expect(
      parts
        .slice(0, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["big numbers", "strings"]);
    for (const part of ["your code", "storage", "encoding", "strings", "memory"])
      expect(bytes[part]).toBeGreaterThan(0);
  });

  test.each([
    ["divide", "QUOTIENT"],
    ["name", "NAMES"],
  ])("says of %s what taking it out really saves", (name, mark) => {
    project.write("contracts/tally.ts", TALLY);
    const before = measure();
    const method = before.methods.find((candidate) => candidate.name === name);
    const claimed = (method?.ownBytes ?? 0) + (method?.aloneBytes ?? 0);
    project.write("contracts/tally.ts", without(mark));
    const saved = before.sizeBytes - measure().sizeBytes;
    project.write("contracts/tally.ts", TALLY);
    // Types, function headers and constants go as well, and the optimizer inlines what only one other needs.
    expect(claimed).toBeGreaterThan(0.6 * saved);
    expect(claimed).toBeLessThan(1.1 * saved);
  });

  test("is a table of 80 columns, also of what is up to date", () => {
    const run = project.qwvm(["build", "--size"]);
    expect(run).toMatchObject({ code: 0, err: "" });
    const again = project.qwvm(["build", "--size"]);
    expect(again.out).toContain("1 contract is up to date\n");
    const table = again.out.slice(again.out.indexOf("\nTally"));
    expect(run.out).toContain(table);
    expect(table).toMatch(/^\nTally {2}[\d,]+ bytes of code, [\d,]+ with what is deployed beside it\n/);
    expect(table).toMatch(/\n {2}big numbers +[\d,]+ +\d+ %\n/);
    expect(table).toMatch(/\n {2}interface \(qwvm\.abi\) +[\d,]+\n {2}build record \(qwvm\.build\) +\d+\n/);
    expect(table).toMatch(/\n {2}method +own code +only it needs +together +shared with others\n {2}name +/);
    expect(table.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("size budgets", () => {
  const budget = (value: unknown) =>
    project.write("package.json", JSON.stringify({ qwvm: { sizeBudgets: value } }, null, 2));

  test("that are kept change nothing, and are shown", () => {
    budget({ Tally: "64 KB" });
    expect(project.qwvm(["build", "--size"]).out).toContain(" of 65,536 bytes of code,");
  });

  test("that are not fail the build, with the budget, the size and what is large", () => {
    const { sizeBytes } = measure();
    budget({ Tally: sizeBytes });
    expect(project.qwvm(["build"]).code).toBe(0);
    budget({ Tally: `${sizeBytes - 10}` });
    for (const command of ["build", "test"]) {
      const run = project.qwvm([command]);
      expect(run.code).toBe(1);
      const size = sizeBytes.toLocaleString("en-US");
      const message = run.err.replace(/\n +/g, " ");
      expect(message).toMatch(/^package\.json:4:7 error QW195: /);
      expect(message).toContain(
        `Tally has ${size} bytes of code, 10 more than its budget of ${(sizeBytes - 10).toLocaleString("en-US")}.`,
      );
      expect(message).toMatch(
        /hint: The largest parts: (?:[\w ]+ [\d,]+, )+.*; the largest methods: name [\d,]+, divide/,
      );
      const lines = run.err.split("\n").filter((line) => !line.startsWith("(node:"));
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    }
    expect(project.qwvm(["build", "--size"]).out).toContain("  big numbers ");
    const json = JSON.parse(project.qwvm(["build", "--json"]).out);
    expect(json.diagnostics).toMatchObject([{ code: "QW195", severity: "error", file: "package.json" }]);
  });

  test("of a contract that is not there are a mistake", () => {
    budget({ Taly: 100_000 });
    const run = project.qwvm(["build"]);
    expect(run.code).toBe(1);
    expect(run.err).toContain("error QW196: sizeBudgets names Taly, but there is no such");
    expect(run.err).toContain("Did you mean Tally?");
  });

  test.each([
    ["4 bytes or so", '"4 bytes or so"'],
    [0, "0"],
    [1.5, "1.5"],
    ["0.3 KB", '"0.3 KB"'],
    [null, "null"],
  ])("of %j are a mistake", (value, shown) => {
    budget({ Tally: value });
    const run = project.qwvm(["build"]);
    expect(run.code).toBe(1);
    expect(run.err).toContain(`sets the budget of Tally to ${shown}.`);
    expect(run.err).toContain('a text such as "4 KB" (4,096 bytes)');
  });

  test("that are no object are a mistake", () => {
    budget(500);
    expect(project.qwvm(["build"]).err).toContain("sets sizeBudgets to 500.");
  });
});
