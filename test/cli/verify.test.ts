// `qwvm verify` as a process: modules that are what their sources give, and each way in which one is not.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { helpText } from "../../harness/cli/help.js";
import { VERIFY_FLAGS } from "../../harness/cli/verify.js";
import { outlineModule } from "../../harness/instrument/outline.js";
import { makeProject, type Project } from "./project.js";

let project: Project;
let original: Buffer;
beforeAll(() => {
  project = makeProject("counter");
  project.write("contracts/lib/twice.ts", "export function twice(n: u64): u64 {\n  return n * 2;\n}\n");
  project.edit("contracts/counter.ts", "this.count += amount", "this.count += twice(amount)");
  project.edit("contracts/counter.ts", "import {", 'import { twice } from "./lib/twice";\nimport {');
  expect(project.qwvm(["build"]).code).toBe(0);
  original = readFileSync(project.path("build/counter.wasm"));
});
afterAll(() => project.remove());

/** All files of the project with their contents. */
function everything(): Record<string, string> {
  const names = readdirSync(project.root, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path, "base64")];
    }),
  );
}

/** Replaces bytes of the module by others, as many. */
function patched(from: string, to: string): string {
  const at = original.indexOf(from);
  expect(at).toBeGreaterThan(0);
  const bytes = Buffer.from(original);
  bytes.write(to, at);
  writeFileSync(project.path("patched.wasm"), bytes);
  return "patched.wasm";
}

test("help names every flag, in 80 columns", () => {
  for (const flag of Object.keys(VERIFY_FLAGS)) expect(helpText("verify")).toContain(`--${flag}`);
  expect(
    helpText("verify")
      .split("\n")
      .filter((line) => line.length > 80),
  ).toEqual([]);
});

test("the module says what it was built from, in few bytes", () => {
  const module = new WebAssembly.Module(original) as never;
  const { customSections } = WebAssembly.Module as unknown as {
    customSections(of: never, name: string): ArrayBuffer[];
  };
  const [section] = customSections(module, "qwvm.build");
  const record = JSON.parse(new TextDecoder().decode(section));
  const { version, dependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(record).toEqual({
    qwvm: version,
    assemblyscript: dependencies.assemblyscript,
    binaryen: dependencies.binaryen,
    hostFunctions: "all",
    release: false,
    files: {
      "contracts/counter.ts": expect.stringMatching(/^[0-9a-f]{16}$/),
      "contracts/lib/twice.ts": expect.stringMatching(/^[0-9a-f]{16}$/),
    },
    sdk: expect.stringMatching(/^[0-9a-f]{16}$/),
    abi: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  expect(section?.byteLength).toBeLessThan(300);
});

describe("a module that is what its sources give", () => {
  test("ends with 0 and writes nothing", () => {
    const before = everything();
    const run = project.qwvm(["verify", "build/counter.wasm"]);
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(
      /^✓ build\/counter\.wasm is what contracts\/counter\.ts gives: [\d,]+ bytes, all the\n {2}same\n {2}built by qwvm/,
    );
    expect(everything()).toEqual(before);
  });

  test("from another folder, without any build, and with other line ends", () => {
    const other = makeProject();
    try {
      for (const file of ["contracts/counter.ts", "contracts/lib/twice.ts"]) {
        other.write(file, project.read(file).replaceAll("\n", "\r\n"));
      }
      writeFileSync(other.path("given.wasm"), original);
      const run = other.qwvm(["verify", "given.wasm", "--json"]);
      expect(JSON.parse(run.out)).toMatchObject({ same: true, inputs: [], sections: [] });
      expect(other.has("build")).toBe(false);
      expect(project.qwvm(["verify", other.path("given.wasm"), "--source", other.root]).code).toBe(0);
    } finally {
      other.remove();
    }
  });

  test("whatever the project's folders and settings are now: those recorded are used", () => {
    const other = makeProject("token");
    try {
      other.write("package.json", '{ "qwvm": { "hostFunctions": "all", "outDir": "out/deep" } }');
      other.edit("contracts/token.ts", "contract,", "contract, log,");
      expect(other.qwvm(["build"]).err).toBe("");
      other.write("package.json", '{ "qwvm": { "hostFunctions": "documented", "outDir": "elsewhere" } }');
      expect(other.qwvm(["verify", "out/deep/token.wasm"]).code).toBe(0);
    } finally {
      other.remove();
    }
  });
});

describe("what differs is said, and ends with 1", () => {
  let source: string;
  beforeEach(() => {
    source = project.read("contracts/lib/twice.ts");
    return () => project.write("contracts/lib/twice.ts", source);
  });

  test("a source file, and the function that came of it", () => {
    project.write("contracts/lib/twice.ts", source.replace("n * 2", "n * 3"));
    const run = project.qwvm(["verify", "build/counter.wasm"]);
    expect(run).toMatchObject({ code: 1, err: "" });
    expect(run.out).toMatch(/^✗ build\/counter\.wasm is not what contracts\/counter\.ts gives\n/);
    expect(run.out).toMatch(/contracts\/lib\/twice\.ts is another: its hash is [0-9a-f]{16}/);
    expect(run.out).not.toContain("counter.ts is another");
    expect(run.out.replace(/\n */g, " ")).toMatch(/the code section differs from offset \d+ .*, in function #\d+/);
    expect(run.out).toContain("hint: Check out the sources");
    expect(run.out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("versions, with the remedy", () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    const run = project.qwvm(["verify", patched(`"qwvm":"${version}","asc`.slice(0, 12), '"qwvm":"9.9.')]);
    expect(run.code).toBe(1);
    expect(run.out).toContain(`it was built by qwvm 9.9.${version.slice(4)}; here is ${version}`);
    expect(run.out).toContain("hint: Verify with the version that built it: npx qwvm@9.9.");
  });

  test("a code byte that nobody's sources gave", () => {
    const bytes = Buffer.from(original);
    const { bodies } = outlineModule(bytes);
    const at = (bodies.at(-1) as (typeof bodies)[number]).end - 2;
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(project.path("patched.wasm"), bytes);
    const run = project.qwvm(["verify", "patched.wasm", "--json"]);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({
      same: false,
      inputs: [],
      sections: [{ section: "code", offset: at, functionIndex: expect.any(Number) }],
      hint: expect.stringContaining("the module was changed after it was built"),
    });
  });

  test("an interface that says something else", () => {
    const run = project.qwvm(["verify", patched('"docs":"Adds to', '"docs":"Takes f')]);
    expect(run.code).toBe(1);
    expect(run.out.replace(/\n */g, " ")).toMatch(/the custom section qwvm\.abi differs from offset/);
    expect(run.out).not.toContain("code section");
  });

  test("a section more", () => {
    writeFileSync(project.path("patched.wasm"), Buffer.concat([original, Buffer.from([0, 2, 1, 0x78])]));
    const run = project.qwvm(["verify", "patched.wasm"]);
    expect(run.code).toBe(1);
    expect(run.out).toContain("the custom section x has 4 bytes; rebuilt, there is none");
  });

  test("sources that do not compile, or are not there", () => {
    project.write("contracts/lib/twice.ts", "export function twice(n: u64): u64 { return nothing; }\n");
    const broken = project.qwvm(["verify", "build/counter.wasm"]);
    expect(broken).toMatchObject({ code: 1, out: "" });
    expect(broken.err).toContain("contracts/counter.ts does not compile, so build/counter.wasm cannot be verified.");
    expect(broken.err).toContain("contracts/lib/twice.ts:1:");
    const gone = project.qwvm(["verify", "build/counter.wasm", "--source", "build"]);
    expect(gone.code).toBe(1);
    expect(gone.err).toContain("There is no contract contracts/counter.ts in");
  });
});

describe("a mistake ends with code 2 and says what to do", () => {
  test.each<[string[], string]>([
    [["verify"], "qwvm verify needs a file."],
    [["verify", "plain.wasm"], "plain.wasm does not say how it was built."],
    [["verify", "build/counter.wasm", "--source", "nowhere"], "There is no folder"],
    [["verify", "build/counter.wasm", "--sorce=x"], "Did you mean --source?"],
  ])("%j", (args, text) => {
    project.write("plain.wasm", "\0asm\x01\0\0\0");
    const run = project.qwvm(args);
    expect(run.err).toContain(text);
    expect(run).toMatchObject({ code: 2, out: "" });
  });

  test("a record that is broken, or leads out of the sources", () => {
    const outside = project.qwvm(["verify", patched('"contracts/counter.ts"', '"../tracts/counter.ts"')]);
    expect(outside.err).toContain('names the file "../tracts/counter.ts"');
    expect(outside.code).toBe(2);
    expect(project.qwvm(["verify", patched('{"qwvm":', '["qwvm":')]).err).toContain("is not JSON");
    expect(project.qwvm(["verify", patched('"release":false', '"release":12345')]).err).toContain("no setting release");
  });
});
