// `qwvm explain` and `qwvm build --fix`, as a user runs them.

import { afterAll, describe, expect, test } from "vitest";
import { makeProject } from "./project.js";

const BROKEN = `import { contract, query } from "qwvm/sdk-as";

@contract
export class A {
  n: number;
  @exceute add(x: u64 = 5) {
    this.n += x;
  }
  @query @payable get(): u64 { return this.n; }
}
`;

describe("qwvm explain", () => {
  const project = makeProject();
  afterAll(() => project.remove());

  test("shows a rule at 80 columns, with what is wrong and right", () => {
    const run = project.qwvm(["explain", "qw108"]);
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(/^QW108: /);
    expect(run.out).toContain("Wrong:");
    expect(run.out).toContain("Right:");
    const prose = run.out.split("\n").filter((line) => !line.startsWith("  "));
    expect(prose.filter((line) => line.length > 80)).toEqual([]);
  });

  test("lists the rules, and knows asc's codes", () => {
    expect(project.qwvm(["explain"]).out).toContain("QW145");
    expect(project.qwvm(["explain", "145"]).out).toMatch(/^QW145: /);
    expect(project.qwvm(["explain", "AS2322"]).out).toContain("AssemblyScript's own");
  });

  test("a code that nobody gives", () => {
    expect(project.qwvm(["explain", "QW1088"])).toMatchObject({ code: 2, out: "" });
    expect(project.qwvm(["explain", "QW1088"]).err).toContain("Did you mean QW108?");
  });
});

describe("qwvm build --fix", () => {
  const project = makeProject();
  afterAll(() => project.remove());

  test("says what can be mended, mends it, and builds", () => {
    project.write("contracts/counter.ts", BROKEN);
    const before = project.qwvm(["build"]);
    expect(before.code).toBe(1);
    expect(before.err).toContain("qwvm build --fix mends them\nqwvm explain QW106 says more");
    expect(project.read("contracts/counter.ts")).toBe(BROKEN);
    const fixed = project.qwvm(["build", "--fix"]);
    expect(fixed).toMatchObject({ code: 0, err: "" });
    expect(fixed.out).toContain("fixed contracts/counter.ts:6:3 QW101: Write @execute");
    const text = project.read("contracts/counter.ts");
    expect(text).toContain("@execute add(x: u64): void {");
    expect(text).toContain('import { contract, query, execute } from "qwvm/sdk-as";');
    expect(project.qwvm(["build", "--fix"])).toMatchObject({ code: 0, out: "1 contract is up to date\n" });
  });
});
