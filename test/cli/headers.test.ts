// `qwvm headers` as a process: where the text goes, and mistakes.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HEADERS_FLAGS } from "../../harness/cli/headers.js";
import { helpText } from "../../harness/cli/help.js";
import { makeProject, type Project } from "./project.js";

let project: Project;
beforeAll(() => {
  project = makeProject("counter");
});
afterAll(() => project.remove());

test("help names every flag, in 80 columns", () => {
  for (const flag of Object.keys(HEADERS_FLAGS)) expect(helpText("headers")).toContain(`--${flag}`);
  expect(
    helpText("headers")
      .split("\n")
      .filter((line) => line.length > 80),
  ).toEqual([]);
});

test("goes to the standard output, or to a file", () => {
  const rust = project.qwvm(["headers", "Counter", "--lang", "rust"]);
  expect(rust).toMatchObject({ code: 0, err: "" });
  expect(rust.out).toContain("pub fn increment(\n    contract: &Address,\n    amount: u64,\n) ->");
  expect(project.qwvm(["headers", "build/counter.wasm", "--lang=Rust"]).out).toBe(rust.out);
  expect(project.qwvm(["headers", "counter", "--lang", "c", "-o", "include/counter.h"])).toEqual({
    code: 0,
    out: "✓ include/counter.h written\n",
    err: "",
  });
  expect(project.read("include/counter.h")).toContain(
    "counter_increment(qw_arena *arena, const qw_address *contract, uint64_t amount) {",
  );
});

describe("a mistake ends with code 2 and says what to do", () => {
  test.each<[string[], string]>([
    [["headers"], "qwvm headers needs a contract."],
    [["headers", "Counter"], "Write --lang rust or --lang c."],
    [["headers", "Counter", "--lang", "rst"], "Did you mean rust? Write --lang rust or --lang c."],
    [["headers", "Conter", "--lang", "c"], "Did you mean Counter?"],
    [["headers", "Counter", "--lang", "c", "--ouput=x"], "qwvm headers has no flag --ouput."],
  ])("%j", (args, text) => {
    const run = project.qwvm(args);
    expect(run.err).toContain(text);
    expect(run).toMatchObject({ code: 2, out: "" });
  });
});
