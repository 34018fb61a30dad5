// The command line run as a process: help, mistakes, builds.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BUILD_FLAGS } from "../../harness/cli/build.js";
import { helpText } from "../../harness/cli/help.js";
import { TEST_FLAGS } from "../../harness/cli/test.js";
import { makeProject, type Project } from "./project.js";

let project: Project;
beforeAll(() => {
  project = makeProject("counter");
});
afterAll(() => project.remove());

describe("help", () => {
  test("names every flag that is understood, and is 80 columns wide", () => {
    for (const flag of Object.keys(BUILD_FLAGS)) expect(helpText("build")).toContain(`--${flag}`);
    for (const flag of Object.keys(TEST_FLAGS)) expect(helpText("test")).toContain(`--${flag}`);
    for (const command of [undefined, "build", "test"]) {
      expect(
        helpText(command)
          .split("\n")
          .filter((line) => line.length > 80),
      ).toEqual([]);
    }
  });

  test("comes by --help and by help, and the version by --version", () => {
    expect(project.qwvm(["--help"])).toMatchObject({ code: 0, out: helpText() });
    expect(project.qwvm(["help", "test"])).toMatchObject({ code: 0, out: helpText("test") });
    expect(project.qwvm(["test", "--help"])).toMatchObject({ code: 0, out: helpText("test") });
    expect(project.qwvm(["--version"]).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(project.qwvm([])).toMatchObject({ code: 2, out: "", err: helpText() });
  });
});

describe("a mistake on the command line ends with code 2 and says what to do", () => {
  test.each<[string[], string]>([
    [["biuld"], "error: qwvm has no command biuld.\nDid you mean qwvm build?\n"],
    [
      ["build", "--forse"],
      "error: qwvm build has no flag --forse.\nDid you mean --force? qwvm help build lists what there is.\n",
    ],
    [["build", "counter"], 'error: qwvm build takes no "counter".\nqwvm help build lists what there is.\n'],
    [["build", "--root"], "error: --root needs a value.\nWrite --root VALUE or --root=VALUE.\n"],
    [["build", "--root", "nowhere"], "Give the project's folder: --root DIR.\n"],
    [["build", "--force=yes"], 'error: --force takes no value, but "yes" was given.\nWrite --force alone.\n'],
    [
      ["test", "--gas-chek"],
      "error: qwvm test has no flag --gas-chek.\nDid you mean --gas-check? qwvm help test lists what there is.\n",
    ],
    [
      ["test", "--gas-check", "--gas-update"],
      "error: --gas-check and --gas-update contradict each other.\nGive one of them.\n",
    ],
    [
      ["test", "--gas-tolerance", "many"],
      'error: The gas tolerance "many" is neither a percentage nor gas.\nWrite --gas-tolerance 2%',
    ],
    [["test", "--gas-report=pdf"], 'error: There is no gas report "pdf".\nWrite --gas-report=FORMAT'],
    [
      ["test", "--testTimout=5"],
      "error: Neither qwvm test nor Vitest has a flag --testTimout.\nDid you mean --testTimeout? qwvm",
    ],
    [["test", "--config", "gone.ts"], "gone.ts.\nGive an existing one: --config FILE.\n"],
  ])("%j", (args, text) => {
    const run = project.qwvm(args);
    expect(run.code).toBe(2);
    expect(run.err).toContain(text);
    expect(run.out).toBe("");
  });
});

describe("qwvm build", () => {
  let broken: Project | undefined;
  afterEach(() => {
    broken?.remove();
    broken = undefined;
  });

  test("builds, then says that everything is up to date", () => {
    project.qwvm(["build"]);
    project.edit("contracts/counter.ts", "Adds to the count.", "Adds to it.");
    const first = project.qwvm(["build"]);
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(
      / {2}contracts\/counter\.ts {2}[\d.]+ s\n {2}✓ Counter {2}contracts\/counter\.ts, [\d,]+ bytes of code\nbuilt 1 contract/,
    );
    expect(project.has("build/counter.wasm")).toBe(true);
    expect(project.qwvm(["build"])).toMatchObject({ code: 0, out: "1 contract is up to date\n" });
    const json = JSON.parse(project.qwvm(["build", "--json"]).out);
    expect(json.contracts).toMatchObject([{ name: "Counter", cached: true }]);
  });

  test("prints every problem with place, code, source and mark, and leaves no half build", () => {
    broken = makeProject("counter");
    broken.edit("contracts/counter.ts", "@execute", "@exceute");
    broken.edit("contracts/counter.ts", "getCount(): u64", "getCount(): f64");
    const run = broken.qwvm(["build"]);
    expect(run.code).toBe(1);
    // Both mistakes, each with its line of the file and a mark under what is meant.
    expect(run.err).toMatch(/contracts\/counter\.ts:15:\d+ error QW\d+: .*exceute/);
    expect(run.err).toMatch(/ {2}15 \| .*@exceute.*\n {2} {3}\| +\^+\n/);
    expect(run.err).toContain("hint: ");
    expect(run.err).toMatch(/contracts\/counter\.ts:22:\d+ error/);
    expect(run.err).toMatch(/\n\n\d+ errors\n(qwvm build --fix mends .*\n)?qwvm explain QW\d+ says more\n$/);
    expect(run.err.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(broken.has("build/counter.wasm")).toBe(false);
    const test = broken.qwvm(["test"]);
    expect(test.code).toBe(1);
    expect(test.out).not.toContain("RUN");
  });

  test("says what to do about a missing and an empty contracts folder", () => {
    broken = makeProject();
    expect(broken.qwvm(["build"])).toMatchObject({ code: 1, out: "" });
    expect(broken.qwvm(["build"]).err).toMatch(/^error: There is no folder contracts\/ in .*\n.*Make the folder/);
    broken.write("contracts/notes.txt", "");
    expect(broken.qwvm(["test"]).err).toMatch(/^error: There is no contract in contracts\/ of .*\n.*@contract/);
  });

  test("takes other folders from package.json, and refuses settings that it does not know", () => {
    broken = makeProject("counter");
    broken.write("package.json", '{ "type": "module", "qwvm": { "outDir": "out" } }');
    expect(broken.qwvm(["build"]).code).toBe(0);
    expect(broken.has("out/counter.js")).toBe(true);
    broken.write("package.json", '{ "qwvm": { "outdir": "out" } }');
    expect(broken.qwvm(["build"]).err).toMatch(/has no setting "outdir"\.\nDid you mean outDir\?/);
  });
});
