// What a build depends on, what it may write and what it may take away: the manifest, and the folders of a project.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environmentHash, findUpToDateBuild, withoutFixes } from "../../harness/compiler/build-cache.js";
import { resolveSettings } from "../../harness/compiler/build-options.js";
import type { Diagnostic } from "../../harness/compiler/diagnostic.js";
import { isOutputPath } from "../../harness/compiler/output-paths.js";
import { readToolsHash } from "../../harness/compiler/project-files.js";
import { compileContracts } from "../../harness/compiler.js";
import { makeProject } from "../fixtures/temp-project.js";
import { importsOf, listFiles, ROOT, resolveImport } from "../house/source-files.js";

const counter = (name = "Counter") => `import { contract, query } from "qwvm/sdk-as";
@contract export class ${name} { n: u64; @query get(): u64 { return this.n; } }
`;
const MANIFEST = "build/.qwvm-build.json";
const hash = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");
const codes = async (options: Parameters<typeof compileContracts>[0]) =>
  (await compileContracts(options)).diagnostics.map(({ code }) => code);

describe("what a build depends on", () => {
  test("interface files that @remote names, wherever they are", async () => {
    const abi = (type: string, more = "") =>
      JSON.stringify({
        name: "Token",
        methods: [{ name: "pay", kind: "execute", params: [{ name: "n", type }] }],
        more,
      });
    const remote = (path: string) => `import { contract, execute, Address, Remote, remote } from "qwvm/sdk-as";
@remote("${path}") class Token extends Remote { @execute pay(n: u64): void {} }
@contract export class User { @execute go(to: Address): void { Token.at(to).pay(1); } }
`;
    for (const [path, file] of [
      ["./token.abi.json", "contracts/token.abi.json"],
      ["../abis/a b%20#.abi.json", "abis/a b%20#.abi.json"],
    ] as const) {
      const root = makeProject({ "contracts/user.ts": remote(path), [file]: abi("u64") });
      expect(await codes({ root })).toEqual([]);
      expect(findUpToDateBuild({ root })).toBeDefined();
      writeFileSync(join(root, file), abi("u256"));
      expect(findUpToDateBuild({ root })).toBeUndefined();
      expect(await codes({ root })).toEqual(["QW147"]);
      writeFileSync(join(root, file), abi("u64", "more"));
      expect(await codes({ root })).toEqual([]);
      rmSync(join(root, file));
      expect(findUpToDateBuild({ root })).toBeUndefined();
      expect(await codes({ root })).toEqual(["QW147"]);
      // Whatever stands in it, it is an interface or a finding.
      for (const text of ["[]", "null", '{"methods":[null]}', '{"methods":[{"name":"pay"}]}', '{"methods":5}', "<<<"]) {
        writeFileSync(join(root, file), text);
        expect(await codes({ root })).toEqual(["QW147"]);
      }
      for (const params of [5, [null], [{ name: "n" }], [{ name: "n", type: { array: 5 } }]]) {
        writeFileSync(join(root, file), JSON.stringify({ methods: [{ name: "pay", kind: "execute", params }] }));
        expect(await codes({ root })).toEqual(["QW147"]);
      }
    }
  });

  test("the compiler's own code, all of it", () => {
    // What the environment's hash covers are the rooms compiler and core: nothing else may be imported into them.
    const rooms = ["harness/compiler", "harness/core"];
    const outside = rooms
      .flatMap((room) => listFiles(room, ".ts"))
      .flatMap((file) => importsOf(file).flatMap((specifier) => resolveImport(file, specifier) ?? []))
      .filter((target) => !rooms.some((room) => target.startsWith(`${room}/`)));
    expect(outside).toEqual([]);
    expect(environmentHash(resolveSettings({ root: "/" }))).toMatch(/^[0-9a-f]{64}$/);
    // A copy of the compiler has the same hash until a byte of it is another one.
    const root = realpathSync(makeProject({ "package.json": readFileSync(join(ROOT, "package.json"), "utf8") }));
    const script = `import { cpSync, appendFileSync } from "node:fs";
      for (const room of ["compiler", "core"]) cpSync(${JSON.stringify(join(ROOT, "dist"))} + "/" + room, "dist/" + room, { recursive: true });
      const read = async (n) => (await import(process.cwd() + "/dist/compiler/project-files.js?" + n)).readToolsHash();
      const hashes = [await read(1), await read(2)];
      appendFileSync("dist/compiler/write-glue.js", "\\n");
      console.log(JSON.stringify([...hashes, await read(3)]));`;
    writeFileSync(join(root, "run.mjs"), script);
    symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
    const { stdout, stderr } = spawnSync(process.execPath, ["run.mjs"], { cwd: root, encoding: "utf8" });
    expect(stderr).toBe("");
    const [first, second, third] = JSON.parse(stdout) as string[];
    expect(first).toBe(second);
    expect(third).not.toBe(first);
    expect(readToolsHash()).toMatch(/^[0-9a-f]{64}$/);
  });

  test("what compiling a contract has found is said again when another one is built", async () => {
    const shadowed = counter("Warned").replace("return this.n;", "const a: u64 = 5; return this.n + a * 0;");
    const root = makeProject({ "contracts/a.ts": shadowed, "contracts/b.ts": counter("Other") });
    await compileContracts({ root });
    const manifest = JSON.parse(readFileSync(join(root, MANIFEST), "utf8"));
    const warning = { code: "AS1", severity: "warning", message: "m", file: "contracts/a.ts", line: 1, column: 1 };
    manifest.contracts[0].warnings.push(warning);
    writeFileSync(join(root, MANIFEST), JSON.stringify(manifest));
    writeFileSync(join(root, "contracts/b.ts"), counter("Changed"));
    expect(await codes({ root })).toEqual(["AS1"]);
    expect(findUpToDateBuild({ root })?.diagnostics).toEqual([warning]);
  });
});

describe("a manifest", () => {
  test("does not say how sources are changed", async () => {
    const root = makeProject({ "contracts/a.ts": counter(), "package.json": "{}" });
    await compileContracts({ root });
    const manifest = JSON.parse(readFileSync(join(root, MANIFEST), "utf8"));
    const fix = { title: "x", edits: [{ file: "package.json", start: 0, end: 0, text: "!" }] };
    const warning = { code: "QW1", severity: "warning", message: "m", file: "contracts/a.ts", line: 1, column: 1, fix };
    for (const place of [manifest.warnings, manifest.contracts[0].warnings]) {
      place.push(warning);
      writeFileSync(join(root, MANIFEST), JSON.stringify(manifest));
      place.pop();
      expect(findUpToDateBuild({ root })).toBeUndefined();
    }
    // What a build has found itself is remembered without its fix.
    expect(withoutFixes([warning as Diagnostic])).toEqual([{ ...warning, fix: undefined }]);
  });

  test("takes away nothing that a build of its folder has not written just so", async () => {
    const victims = [
      "../victim.js",
      "victim.js",
      "contracts/victim.js",
      "build/notes.txt",
      "build/own.js",
      "build/link/x.js",
    ];
    const root = makeProject({ "p/contracts/a.ts": counter(), "victim.js": "1", "out/x.js": "1" });
    const project = join(root, "p");
    await compileContracts({ root: project });
    symlinkSync(join(root, "out"), join(project, "build/link"));
    for (const victim of victims.slice(1, -1)) writeFileSync(join(project, victim), "1");
    const manifest = JSON.parse(readFileSync(join(project, MANIFEST), "utf8"));
    const absolute = join(root, "victim.js");
    /** A build that has something to do, with a manifest that names these outputs. */
    let round = 0;
    const build = async (interfaces: Record<string, string>) => {
      writeFileSync(join(project, MANIFEST), JSON.stringify({ ...manifest, interfaces }));
      writeFileSync(join(project, "contracts/a.ts"), `${counter()}// ${++round}\n`);
      expect((await compileContracts({ root: project })).contracts).toMatchObject([{ cached: false }]);
    };
    const outside = [...victims.slice(0, 4), "build/../victim.js", "build/./../../victim.js", absolute];
    for (const path of outside) await build({ [path]: hash("1") });
    // `own.js` is as the user has changed it, so the hash is another one.
    await build({ "build/own.js": hash("before"), "build/link/x.js": hash("1") });
    for (const victim of victims) expect([victim, existsSync(join(project, victim))]).toEqual([victim, true]);
    expect(existsSync(absolute)).toBe(true);
    // What a build has written, and nobody changed since, goes.
    writeFileSync(join(project, "build/gone.js"), "1");
    await build({ "build/gone.js": hash("1") });
    expect(existsSync(join(project, "build/gone.js"))).toBe(false);
  });

  test.each([
    ["build/a.js", true],
    ["build/a b/ü.wasm.map", true],
    ["build/.qwvm-build.json", false],
    ["build/.js", false],
    ["build/a.txt", false],
    ["build/../a.js", false],
    ["build\\..\\a.js", false],
    ["/build/a.js", false],
    ["builds/a.js", false],
    [5, false],
  ])("%j is an output: %s", (path, is) => expect(isOutputPath(path, "build")).toBe(is));

  test("whatever stands in it, the build goes on", async () => {
    const root = makeProject({ "contracts/a.ts": counter() });
    await compileContracts({ root });
    const good = readFileSync(join(root, MANIFEST), "utf8");
    const damage = (change: (manifest: Record<string, unknown>) => void) => {
      const manifest = JSON.parse(good);
      change(manifest);
      return JSON.stringify(manifest);
    };
    const first = (manifest: Record<string, unknown>) => (manifest["contracts"] as Record<string, unknown>[])[0] ?? {};
    const texts = [
      ...["contracts", "interfaces", "layouts", "warnings", "sources"].flatMap((key) => [
        ...[null, 5, "x", [null], { a: 5 }].map((value) =>
          damage((manifest) => Object.assign(manifest, { [key]: value })),
        ),
        damage((manifest) => delete manifest[key]),
      ]),
      ...["name", "source", "sizeBytes", "dependencies", "outputs", "warnings"].map((key) =>
        damage((manifest) => Object.assign(first(manifest), { [key]: null })),
      ),
      damage((manifest) => Object.assign(first(manifest), { source: "../x.ts" })),
      ...["null", "5", '"x"', "[]", "{", ""],
    ];
    for (const text of texts) {
      writeFileSync(join(root, MANIFEST), text);
      // `warnings` of no kind, or hashes that are none, count as no manifest; nothing is up to date then.
      if (text !== good) expect([text, findUpToDateBuild({ root })]).toEqual([text, undefined]);
    }
    writeFileSync(join(root, MANIFEST), texts[0] as string);
    expect((await compileContracts({ root })).contracts).toMatchObject([{ cached: false }]);
  });
});

describe("the output folder", () => {
  test.each([
    ["../up", /outDir is "\.\.\/up", which leads out of the project/],
    ["a/../../up", /leads out of the project/],
    ["/tmp/x", /is an absolute path/],
    ["C:/x", /is an absolute path/],
    ["contracts", /is the folder of the contracts/],
    ["./contracts/", /is the folder of the contracts/],
    ["contracts/build", /in the folder of the contracts/],
    [".", /around the folder of the contracts/],
    ["", /is no folder/],
    ["a\0b", /is no folder/],
  ])("%j is refused, and nothing is written", async (outDir, message) => {
    const root = makeProject({ "contracts/a.ts": counter() });
    const before = readdirSync(root, { recursive: true });
    const refused = compileContracts({ root, outDir });
    await expect(refused).rejects.toMatchObject({ code: "BAD_SETTING" });
    await expect(refused).rejects.toThrow(message);
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });

  test("and so is a contracts folder outside of the project", () => {
    for (const contractsDir of ["../x", "/x", "."]) {
      expect(() => resolveSettings({ root: "/p", contractsDir })).toThrow(
        expect.objectContaining({ code: "BAD_SETTING" }),
      );
    }
    expect(
      resolveSettings({ root: "/p", contractsDir: "./src//contracts/", outDir: "out/../src/build" }),
    ).toMatchObject({
      contractsDir: "src/contracts",
      outDir: "src/build",
    });
  });

  test("a file or a folder in the way is named, and nothing is half written", async () => {
    const root = makeProject({ "contracts/a.ts": counter(), build: "a file" });
    await expect(compileContracts({ root })).rejects.toThrow(/build cannot be written: there is a file where a folder/);
    rmSync(join(root, "build"));
    mkdirSync(join(root, "build/a.js"), { recursive: true });
    const refused = compileContracts({ root });
    await expect(refused).rejects.toMatchObject({ code: "CANNOT_WRITE_OUTPUT" });
    await expect(refused).rejects.toThrow(/a\.js cannot be written: there is a folder where a file is to be/);
    expect(readdirSync(join(root, "build"))).toEqual(["a.js"]);
    expect(readdirSync(join(root, "contracts"))).toEqual(["a.ts"]);
  });

  test("links do not lead out of the project", async () => {
    const root = makeProject({ "p/contracts/deep/a.ts": counter(), "elsewhere/x": "" });
    const project = join(root, "p");
    symlinkSync(join(root, "elsewhere"), join(project, "build"));
    await expect(compileContracts({ root: project })).rejects.toThrow(/which is outside of the project/);
    rmSync(join(project, "build"));
    mkdirSync(join(project, "build"));
    symlinkSync(join(root, "elsewhere"), join(project, "build/deep"));
    await expect(compileContracts({ root: project })).rejects.toThrow(/build\/deep\/a\.\S+ would be written to/);
    expect(readdirSync(join(root, "elsewhere"))).toEqual(["x"]);
    // Nor among the contracts.
    symlinkSync(join(project, "contracts"), join(project, "other"));
    const mixed = compileContracts({ root: project, outDir: "other" });
    await expect(mixed).rejects.toMatchObject({ code: "BAD_SETTING" });
    expect(readdirSync(join(project, "contracts"))).toEqual(["deep"]);
    // The project itself may be reached by a link.
    symlinkSync(project, join(root, "link"));
    rmSync(join(project, "build/deep"));
    expect((await compileContracts({ root: join(root, "link") })).contracts).toHaveLength(1);
  });

  test("without the right to write, it says which folder, and leaves nothing behind", async () => {
    for (const closed of ["build", "contracts"]) {
      const root = makeProject({
        "contracts/a.ts": counter(),
        "build/keep": "",
        "package.json": '{ "type": "module" }',
      });
      for (const folder of [root, join(root, "build"), join(root, "contracts")]) chmodSync(folder, 0o777);
      chmodSync(join(root, closed), 0o555);
      const script = `const { compileContracts } = await import(${JSON.stringify(join(ROOT, "dist/compiler.js"))});
        try { await compileContracts({ root: ${JSON.stringify(root)} }); console.log("built"); }
        catch (error) { console.log(error.code + " " + error.message); }`;
      // Root may write everywhere: the build runs as nobody then.
      const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
      const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
        encoding: "utf8",
        ...user,
      });
      expect(stdout).toMatch(/^CANNOT_WRITE_OUTPUT .* cannot be written: there is no permission\./);
      expect(stdout).toContain(join(root, closed));
      expect(stdout).not.toMatch(/bug/);
      chmodSync(join(root, closed), 0o777);
      expect(readdirSync(join(root, "build"))).toEqual(["keep"]);
      expect(readdirSync(join(root, "contracts"))).toEqual(["a.ts"]);
    }
  });

  test("two sources of one output are refused, and so are names that paths cannot have", async () => {
    const remote = "@remote() export class R extends Remote { @query get(): u64 { return this.answer; } }\n";
    const withRemote = counter("A")
      .replace("query }", "query, Remote, remote }")
      .replace("@contract", `${remote}@contract`);
    const root = makeProject({
      "contracts/a.ts": withRemote,
      "contracts/a.interfaces.ts": `import { query, Remote, remote } from "qwvm/sdk-as";\n${remote}`,
      "contracts/b.ts": counter("B"),
      "contracts/b.wasm/c.ts": counter("C"),
      "contracts/q?.ts": counter("D"),
    });
    const { diagnostics } = await compileContracts({ root });
    const found = diagnostics.filter(({ code }) => code.startsWith("QW26"));
    expect(found.map(({ code, file, message }) => [code, file, message])).toEqual([
      [
        "QW261",
        "contracts/a.ts",
        "contracts/a.ts and contracts/a.interfaces.ts would both be built to build/a.interfaces.js.",
      ],
      [
        "QW261",
        "contracts/b.wasm/c.ts",
        "contracts/b.wasm/c.ts and contracts/b.ts would both be built to build/b.wasm.",
      ],
      [
        "QW262",
        "contracts/q?.ts",
        'The name of the file "contracts/q?.ts" has a character that paths on some machine cannot have.',
      ],
    ]);
    expect(existsSync(join(root, MANIFEST))).toBe(false);
  });
});
