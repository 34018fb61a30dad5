// A build from files to files: what it writes, what it keeps, and what it leaves alone when something is wrong.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compileContracts, findUpToDateBuild } from "../../harness/compiler.js";
import { makeProject } from "../fixtures/temp-project.js";

const COUNTER = readFileSync(new URL("../../examples/counter/contracts/counter.ts", import.meta.url), "utf8");
const DOCUMENTED_IMPORTS = [
  "qw_storage_read",
  "qw_storage_write",
  "qw_dilithium_verify",
  "qw_sha3_256",
  "qw_get_caller",
  "qw_get_balance",
  "qw_transfer",
  "qw_emit_event",
  "qw_call_contract",
];

function readOutputs(root: string): Record<string, string> {
  const names = readdirSync(join(root, "build")).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(root, "build", name), "base64")]));
}

function importsOf(wasm: Uint8Array): string[] {
  const { imports } = WebAssembly.Module as unknown as { imports(of: unknown): { module: string; name: string }[] };
  return imports(new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>)).map(
    ({ module, name }) => `${module}.${name}`,
  );
}

describe("outputs", () => {
  test("a module with its ABI, a typed client, a source map and readable glue", async () => {
    const root = makeProject({ "contracts/counter.ts": COUNTER });
    const { contracts, diagnostics } = await compileContracts({ root });
    expect(diagnostics).toEqual([]);
    expect(contracts.map(({ name, source, cached, dependencies }) => ({ name, source, cached, dependencies }))).toEqual(
      [{ name: "Counter", source: "contracts/counter.ts", cached: false, dependencies: ["contracts/counter.ts"] }],
    );
    expect(Object.keys(readOutputs(root))).toEqual([
      ".qwvm-build.json",
      "counter.abi.json",
      "counter.d.ts",
      "counter.glue.ts",
      "counter.js",
      "counter.wasm",
      "counter.wasm.map",
    ]);
    const wasm = readFileSync(join(root, "build/counter.wasm"));
    const module = new WebAssembly.Module(wasm) as never;
    const { exports, customSections } = WebAssembly.Module as unknown as {
      exports(of: never): { name: string }[];
      customSections(of: never, name: string): ArrayBuffer[];
    };
    expect(
      exports(module)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["execute", "init", "memory", "query", "qw_alloc"]);
    expect(customSections(module, "name")).toEqual([]);
    const section = new TextDecoder().decode(customSections(module, "qwvm.abi")[0]);
    const abi = JSON.parse(readFileSync(join(root, "build/counter.abi.json"), "utf8"));
    expect(JSON.parse(section)).toEqual(abi);
    expect(abi).toMatchObject({
      name: "Counter",
      init: { name: "create", params: [{ name: "initialValue", type: "u64" }] },
      methods: [
        { name: "increment", kind: "execute", payable: false, params: [{ name: "amount", type: "u64" }] },
        { name: "getCount", kind: "query", result: "u64" },
      ],
      state: [{ name: "count", type: "u64" }],
    });
    const types = readFileSync(join(root, "build/counter.d.ts"), "utf8");
    expect(types).toContain("increment(amount: bigint): void;");
    expect(types).toContain("/** Adds to the count. */");
    expect(types).toContain("ContractDefinition<[initialValue: bigint], CounterMethods>");
    const map = JSON.parse(readFileSync(join(root, "build/counter.wasm.map"), "utf8"));
    expect(map.sources).toEqual(["contracts/counter.ts"]);
    expect(map.names).toContain("Counter.increment");
  });

  test("the same bytes in another folder", async () => {
    const roots = [makeProject({ "contracts/counter.ts": COUNTER }), makeProject({ "contracts/counter.ts": COUNTER })];
    const outputs = [];
    for (const root of roots) {
      await compileContracts({ root });
      outputs.push(readOutputs(root));
    }
    expect(outputs[0]).toEqual(outputs[1]);
  });

  test("subfolders keep their place, files without a contract are shared", async () => {
    const root = makeProject({
      "contracts/pay/one.ts": COUNTER.replace("Counter", "One")
        .replace("this.count += amount", "this.count += twice(amount)")
        .concat('import { twice } from "../lib/twice.js";\n'),
      "contracts/lib/twice.ts": "export function twice(n: u64): u64 { return n * 2; }\n",
    });
    const { contracts, diagnostics } = await compileContracts({ root });
    expect(diagnostics).toEqual([]);
    expect(contracts[0]?.dependencies).toEqual(["contracts/pay/one.ts", "contracts/lib/twice.ts"]);
    expect(existsSync(join(root, "build/pay/one.wasm"))).toBe(true);
  });

  test("a build for the documented host functions imports nothing else", async () => {
    const vault = `import { contract, execute, query, require, context, Address, u256, StorageMap, transfer, Bytes, callContract } from "qwvm/sdk-as";
@contract class Bank {
  balances: StorageMap<Address, u256>;
  @execute pay(to: Address, amount: u256): void { require(amount != u256.zero, "nothing"); transfer(to, amount); }
  @execute forward(to: Address, data: Bytes): Bytes { return callContract(to, "pay", data); }
  @query mine(): u256 { return this.balances.get(context.caller); }
}`;
    const root = makeProject({ "contracts/bank.ts": vault });
    expect((await compileContracts({ root, hostFunctions: "documented" })).diagnostics).toEqual([]);
    const imports = importsOf(readFileSync(join(root, "build/bank.wasm")));
    expect(imports.filter((name) => !DOCUMENTED_IMPORTS.includes(name.replace("env.", "")))).toEqual([]);
    expect(imports).toContain("env.qw_transfer");
  });

  test("log is gone from a release build", async () => {
    const source = COUNTER.replace("execute,", "execute, log,").replace(
      "this.count +=",
      'log("adding"); this.count +=',
    );
    const root = makeProject({ "contracts/counter.ts": source });
    await compileContracts({ root });
    expect(importsOf(readFileSync(join(root, "build/counter.wasm")))).toContain("env.qw_log");
    await compileContracts({ root, release: true });
    expect(importsOf(readFileSync(join(root, "build/counter.wasm")))).not.toContain("env.qw_log");
  });
});

describe("cache", () => {
  test("nothing changed: nothing is built, and a light question is enough", async () => {
    const root = makeProject({ "contracts/counter.ts": COUNTER });
    expect(findUpToDateBuild({ root })).toBeUndefined();
    await compileContracts({ root });
    expect((await compileContracts({ root })).contracts[0]?.cached).toBe(true);
    expect(findUpToDateBuild({ root })?.contracts[0]?.name).toBe("Counter");
    expect(findUpToDateBuild({ root, force: true })).toBeUndefined();
    expect(findUpToDateBuild({ root, hostFunctions: "documented" })).toBeUndefined();
  });

  test("only what a change touches is built again", async () => {
    const root = makeProject({ "contracts/a.ts": COUNTER, "contracts/b.ts": COUNTER.replace("Counter", "Other") });
    await compileContracts({ root });
    writeFileSync(join(root, "contracts/b.ts"), COUNTER.replace("Counter", "Changed"));
    const { contracts } = await compileContracts({ root });
    expect(contracts.map(({ name, cached }) => [name, cached])).toEqual([
      ["Counter", true],
      ["Changed", false],
    ]);
  });

  test.each([
    ["damaged", "{ not json"],
    ["of another kind", "[]"],
    ["half", '{"format":2,"environment":"x","sources":{}}'],
  ])("a manifest that is %s counts as none", async (_, text) => {
    const root = makeProject({ "contracts/counter.ts": COUNTER });
    await compileContracts({ root });
    writeFileSync(join(root, "build/.qwvm-build.json"), text);
    const { contracts } = await compileContracts({ root });
    expect(contracts[0]?.cached).toBe(false);
    expect(findUpToDateBuild({ root })).toBeDefined();
  });

  test("a changed or missing output is built again", async () => {
    const root = makeProject({ "contracts/counter.ts": COUNTER });
    await compileContracts({ root });
    const before = readOutputs(root);
    writeFileSync(join(root, "build/counter.wasm"), "garbage");
    rmSync(join(root, "build/counter.js"));
    await compileContracts({ root });
    expect(readOutputs(root)).toEqual(before);
  });

  test("outputs of a contract that is gone are removed", async () => {
    const root = makeProject({ "contracts/a.ts": COUNTER, "contracts/b.ts": COUNTER.replace("Counter", "Other") });
    await compileContracts({ root });
    rmSync(join(root, "contracts/a.ts"));
    const { contracts } = await compileContracts({ root });
    expect(contracts.map(({ name }) => name)).toEqual(["Other"]);
    expect(Object.keys(readOutputs(root)).filter((name) => name.startsWith("a."))).toEqual([]);
  });
});

describe("when something is wrong", () => {
  test("a missing or an empty contracts folder", async () => {
    await expect(compileContracts({ root: makeProject({}) })).rejects.toMatchObject({ code: "NO_CONTRACTS_FOLDER" });
    const root = makeProject({ "contracts/readme.md": "nothing" });
    await expect(compileContracts({ root })).rejects.toMatchObject({ code: "NO_CONTRACTS" });
  });

  test("nothing is written, and the last build stays", async () => {
    const root = makeProject({ "contracts/counter.ts": COUNTER });
    await compileContracts({ root });
    const before = readOutputs(root);
    writeFileSync(join(root, "contracts/counter.ts"), COUNTER.replace("@execute", "@exceute"));
    const { contracts, diagnostics } = await compileContracts({ root });
    expect(contracts).toEqual([]);
    expect(diagnostics[0]).toMatchObject({ code: "QW101", file: "contracts/counter.ts", line: 15, column: 3 });
    expect(readOutputs(root)).toEqual(before);
  });

  test("asc's own errors stand at the author's line and column", async () => {
    const wrong = COUNTER.replace("this.count += amount;", 'require(nowhere > 0, "low"); this.count += missing;');
    const root = makeProject({ "contracts/counter.ts": wrong });
    const { diagnostics } = await compileContracts({ root });
    const line = wrong.split("\n").findIndex((text) => text.includes("missing")) + 1;
    const text = wrong.split("\n")[line - 1] as string;
    expect(diagnostics.map(({ code, line, column }) => ({ code, line, column }))).toEqual([
      { code: "AS2304", line, column: text.indexOf("nowhere") + 1 },
      { code: "AS2304", line, column: text.indexOf("missing") + 1 },
    ]);
    expect(existsSync(join(root, "build/counter.wasm"))).toBe(false);
  });

  test("what cannot be reverted with or emitted is said in words", async () => {
    const wrong = COUNTER.replace("this.count += amount;", "const e: u64 = 5; require(amount > 0, e);");
    const { diagnostics } = await compileContracts({ root: makeProject({ "contracts/counter.ts": wrong }) });
    expect(diagnostics[0]?.message).toMatch(/take a text or an instance of an @error class/);
  });

  test("asc's types are written as the author knows them, with a hint", async () => {
    const wrong = COUNTER.replace("execute,", "execute, u256,").replace("count: u64", "count: u256");
    const { diagnostics } = await compileContracts({ root: makeProject({ "contracts/counter.ts": wrong }) });
    expect(diagnostics[0]).toMatchObject({
      message: "Type 'u64' is not assignable to type 'u256'.",
      hint: "Write u256.from(value).",
    });
  });

  test("a syntax error is one too", async () => {
    const root = makeProject({ "contracts/counter.ts": COUNTER.replace("return this.count;", "return this.;") });
    const { diagnostics } = await compileContracts({ root });
    expect(diagnostics[0]).toMatchObject({ severity: "error", file: "contracts/counter.ts", line: 23 });
  });
});

test("two processes that build at once both succeed, and agree", async () => {
  const root = makeProject({ "contracts/counter.ts": COUNTER });
  const both = await Promise.all([compileContracts({ root }), compileContracts({ root })]);
  expect(both.map(({ contracts }) => contracts.length)).toEqual([1, 1]);
  expect(both.map(({ contracts }) => contracts[0]?.cached).sort()).toEqual([false, true]);
  expect(readdirSync(join(root, "build")).filter((name) => /tmp|lock/.test(name))).toEqual([]);
});

test("a lock of a process that died is taken over", async () => {
  const root = makeProject({ "contracts/counter.ts": COUNTER, "build/.qwvm-build.lock": String(deadProcess()) });
  expect((await compileContracts({ root })).contracts).toHaveLength(1);
});

function deadProcess(): number {
  return spawnSync(process.execPath, ["-e", "0"]).pid;
}
