// create-qwvm-contract as a program: arguments, refusals, and that a refusal leaves nothing behind.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseArguments } from "../../templates/arguments.js";
import { nextSteps } from "../../templates/next-steps.js";
import { toPackageName } from "../../templates/scaffold.js";
import { ROOT } from "../house/source-files.js";

let cwd: string;

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "templates/tsconfig.json"], {
    cwd: ROOT,
  });
});

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "create-"));
});

afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

function create(...args: string[]) {
  const env = { ...process.env, npm_config_template: undefined, npm_config_yes: undefined };
  const run = spawnSync(process.execPath, [join(ROOT, "templates/dist/create.js"), ...args], {
    cwd,
    env,
    input: "",
    encoding: "utf8",
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

describe("a new project", () => {
  test.each(["counter", "token"])("%s is whole, and named after its folder", (template) => {
    const { status, out, err } = create("My Project", "--template", template);
    expect(err).toBe("");
    expect(status).toBe(0);
    expect(out).toContain('cd "My Project"');
    const entries = readdirSync(join(cwd, "My Project"));
    for (const name of [".gitignore", ".github", ".gas-snapshot", "contracts", "test", "package.json", "README.md"]) {
      expect(entries).toContain(name);
    }
    expect(entries).not.toContain("gitignore");
    expect(entries).not.toContain("build");
    const manifest = JSON.parse(readFileSync(join(cwd, "My Project/package.json"), "utf8"));
    expect(manifest.name).toBe("my-project");
    expect(manifest.devDependencies.qwvm).toBe("^0.1.0");
    expect(readFileSync(join(cwd, "My Project/README.md"), "utf8")).toMatch(/^# my-project\n/);
    expect(readdirSync(cwd)).toEqual(["My Project"]);
  });

  test("may go into an empty folder, with the defaults under --yes", () => {
    mkdirSync(join(cwd, "my-contract"));
    expect(create("--yes").status).toBe(0);
    expect(readdirSync(join(cwd, "my-contract", "contracts"))).toContain("counter.ts");
  });
});

describe("refuses, with exit code 2 and nothing written:", () => {
  test("a folder that holds something", () => {
    mkdirSync(join(cwd, "taken"));
    writeFileSync(join(cwd, "taken", "precious.txt"), "mine");
    const { status, err } = create("taken", "--template", "token");
    expect(status).toBe(2);
    expect(err).toContain('"taken" exists and is not empty (precious.txt)');
    expect(readdirSync(join(cwd, "taken"))).toEqual(["precious.txt"]);
  });

  test("a name that is a file", () => {
    writeFileSync(join(cwd, "taken"), "mine");
    expect(create("taken", "--yes").err).toContain('"taken" is a file');
    expect(readFileSync(join(cwd, "taken"), "utf8")).toBe("mine");
  });

  test.each([
    [["x", "--template", "nft"], 'there is no template "nft"'],
    [["x", "--tempate", "token"], "Unknown option '--tempate'"],
    [["x", "y"], "one folder can be created at a time"],
    [["!!", "--yes"], "no letter or digit"],
    [["x"], "--template must be given"],
    [[], "the folder and --template must be given"],
  ])("%j", (args, message) => {
    const { status, err } = create(...args);
    expect(status).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\bat .*:\d+:\d+/);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

test.each([
  ["--template=token", ["my-token"], "token"],
  ["--template token", ["my-token", "token"], "true"],
])("%s, which npm kept for itself, is found in its variables", (_, words, kept) => {
  const request = parseArguments(words, { npm_config_template: kept, npm_config_yes: "true" });
  expect(request).toEqual({ folder: "my-token", template: "token", yes: true, show: undefined });
});

test.each([
  ["My Token", "my-token"],
  ["_private", "private"],
  ["a.b-c_d", "a.b-c_d"],
  ["ünïcode!", "n-code"],
  ["---", ""],
])("the folder %j gives the package name %j", (folder, name) => {
  expect(toPackageName(folder)).toBe(name);
});

test.each([
  ["pnpm/9.0.0 npm/? node/v22", "pnpm install", "pnpm qwvm test"],
  [undefined, "npm install", "npx qwvm test"],
  ["strange/1.0", "npm install", "npx qwvm test"],
])("next steps speak %s", (agent, install, run) => {
  const text = nextSteps({ folder: "a", path: "/a", packageName: "a", template: "token" }, agent);
  expect(text).toContain(`  ${install}\n`);
  expect(text).toContain(`  ${run}\n`);
});
