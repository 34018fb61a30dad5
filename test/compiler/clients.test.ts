// Generated clients of contracts whose names meet those that the clients use themselves: they are JavaScript, TypeScript has
// nothing to say against them, and they work. Odd names of files, too.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ByteWriter } from "../../harness/client/byte-writer.js";
import { ByteReader, DecoderFactory } from "../../harness/client/decode.js";
import { EncoderFactory } from "../../harness/client/encode.js";
import { writeClientModule, writeClientTypes } from "../../harness/compiler/write-client.js";
import { type BuildResult, compileContracts } from "../../harness/compiler.js";
import type { Abi } from "../../harness/core/abi.js";
import { ROOT } from "../house/source-files.js";

const NASTY = `import { Address, Bytes, contract, emit, event, execute, init, query, signed, struct, Remote, remote, StorageMap } from "qwvm/sdk-as";
@struct export class Signer { constructor(public who: Address, public type: u8) {} }
@struct export class Addressable { constructor(public address: u64) {} }
@struct export class ContractDefinition { constructor(public name: string) {} }
@struct export class CallSignature { constructor(public nonce: u32) {} }
@struct export class Uint8Array { constructor(public bytes: Bytes, public isPrototypeOf: u64, public toString: u8) {} }
@struct export class defineContractMethods { constructor(public done: bool) {} }
@event export class Paid { constructor(public valueOf: u64, public hasOwnProperty: string) {} }
@remote() export class URL extends Remote { @query valueOf(arguments: u8): u8 { return this.answer; } }
@contract export class defineContract {
  list: Signer[];
  at: StorageMap<Address, Addressable>;
  raw: Uint8Array;
  @init create(arguments: u8, constructor: u64): void { this.raw = new Uint8Array(Bytes.empty, constructor, arguments); }
  @execute set(signer: Signer, addressable: Addressable[], eval: CallSignature | null): void {
    this.list.push(signer);
    emit(new Paid(7, addressable.length.toString()));
  }
  @signed("key") @execute sign(key: Address, signer: u8, signedBy: u8, signer_: Uint8Array): void { this.raw = signer_; }
  @query getRaw(): Uint8Array { return this.raw; }
  @query getList(): Signer[] { return this.list; }
  @query bytes(given: Bytes, from: Address): Bytes { return given; }
  @query other(value: ContractDefinition): ContractDefinition { return value; }
  @query methods(value: defineContractMethods): defineContractMethods { return value; }
  @query valueOf(length: u8): u8 { return length; }
  @query delete(as: u8): u8 { return as; }
  @query hasOwnProperty(type: u8): u8 { return type; }
  @query new(get: u8): u8 { return get; }
  @query name(set: u8): u8 { return set; }
  @query default(type: u8): u8 { return type; }
}
`;
const COUNTER = (name: string) => `import { contract, execute, query } from "qwvm/sdk-as";
@contract export class ${name} { n: u64; @execute add(): void { this.n += 1; } @query get(): u64 { return this.n; } }
`;
const ODD_FILES = ["h#sh", "p%20c", "a b", "ü😀", "'x`", "$x&y;z", "[x]", "deep.er/#1%"];

/** Uses the clients, and prints what they give. */
const SCRIPT = `import { createQwvm } from "qwvm";
import { defineContract } from "./build/nasty.js";
import { URL as Remote } from "./build/nasty.interfaces.js";
import { URL as Counter } from "./build/url.js";
const vm = createQwvm();
const alice = vm.account("alice");
const client = vm.deploy(defineContract, [5, 6n]);
client.set({ who: alice, type: 3 }, [{ address: 1n }], { nonce: 4 });
const event = Object.entries(client.events()[0].args);
client.sign(alice, 1, 2, { bytes: new Uint8Array([9]), isPrototypeOf: 2n ** 64n - 1n, toString: 8 }, alice);
const seen = [
  event, Object.entries(client.getRaw()), client.getList(), client.bytes(new Uint8Array([1, 2]), alice),
  client.other({ name: "n" }), client.methods({ done: true }),
  client.valueOf(1), client.delete(2), client.hasOwnProperty(3), client.new(4), client.name(5), client.default(6),
  vm.at(Remote, client).valueOf(7),
];
for (const given of [{ bytes: new Uint8Array(1), toString: 8 }, { bytes: new Uint8Array(1), isPrototypeOf: 1n }]) {
  try { client.sign(alice, 1, 2, given, alice); } catch (error) { seen.push(/which lacks the field \\w+/.exec(error.message)?.[0]); }
}
const counters = [[Counter, "url"]];
for (const file of ${JSON.stringify(ODD_FILES)}) {
  const url = new URL("build/" + file.split("/").map(encodeURIComponent).join("/") + ".js", import.meta.url);
  counters.push([Object.values(await import(url))[0], file]);
}
for (const [definition, file] of counters) {
  const counter = vm.deploy(definition, []);
  counter.add();
  seen.push(file + " " + counter.get());
}
console.log(JSON.stringify(seen, (key, value) => typeof value === "bigint" ? value + "n" : value instanceof Uint8Array ? [...value] : value));
`;
/** The same names as TypeScript has them. */
const TYPED = `import { createQwvm } from "qwvm";
import { type CallSignature, defineContract, type Signer, type Uint8Array as Raw } from "./build/nasty.js";
import { URL as Remote } from "./build/nasty.interfaces.js";
const vm = createQwvm();
const client = vm.deploy(defineContract, [5, 6n]);
const signer: Signer = { who: vm.account("alice").address, type: 3 };
const given: CallSignature | null = null;
client.set(signer, [{ address: 1n }], given);
client.sign(vm.account("alice"), 1, 2, client.getRaw(), vm.account("alice"));
const raw: Raw = client.getRaw();
const bytes: Uint8Array = client.bytes(raw.bytes, vm.account("alice"));
const all: number[] = [client.valueOf(1), client.delete(2), client.new(4), client.default(6), vm.at(Remote, client).valueOf(7)];
// @ts-expect-error: the struct's type is checked.
client.set({ who: 5, type: 3 }, [], null);
export { all, bytes };
`;

const root = realpathSync(mkdtempSync(join(tmpdir(), "qwvm-clients-")));
let built: BuildResult;
beforeAll(async () => {
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("contracts/nasty.ts", NASTY);
  write("contracts/url.ts", COUNTER("URL"));
  for (const [i, file] of ODD_FILES.entries()) write(`contracts/${file}.ts`, COUNTER(`C${i}`));
  write("package.json", '{ "type": "module" }');
  write("use.mjs", SCRIPT);
  write("typed.ts", TYPED);
  mkdirSync(join(root, "node_modules"));
  symlinkSync(ROOT, join(root, "node_modules/qwvm"));
  built = await compileContracts({ root });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What TypeScript says of files, without its own library's declarations. */
function typeErrors(files: readonly string[]): string[] {
  const program = ts.createProgram([...files], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || file.fileName.startsWith(root))
    .map(({ file, start = 0, messageText }) => {
      const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
      return `${file?.fileName.slice(root.length)}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
}

test("the contracts build", () => {
  expect(built.diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
  expect(built.contracts).toHaveLength(ODD_FILES.length + 2);
});

test("the clients are modules that Node runs, and give what the contracts give", () => {
  const { stdout, stderr } = spawnSync(process.execPath, ["use.mjs"], { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  const alice = (JSON.parse(stdout) as { who: string }[][])[2]?.[0]?.who;
  expect(alice).toMatch(/^0x/);
  expect(JSON.parse(stdout)).toEqual([
    [
      ["valueOf", "7n"],
      ["hasOwnProperty", "1"],
    ],
    [
      ["bytes", [9]],
      ["isPrototypeOf", `${2n ** 64n - 1n}n`],
      ["toString", 8],
    ],
    [{ who: alice, type: 3 }],
    [1, 2],
    { name: "n" },
    { done: true },
    ...[1, 2, 3, 4, 5, 6, 7],
    // What every object inherits was not given.
    ...["which lacks the field isPrototypeOf", "which lacks the field toString"],
    ...["url 1", ...ODD_FILES.map((file) => `${file} 1`)],
  ]);
});

test("TypeScript has nothing to say against the declarations, and types what uses them", () => {
  const declarations = built.contracts.map(({ artifacts }) => artifacts.clientTypes);
  expect(typeErrors([...declarations, join(root, "build/nasty.interfaces.d.ts"), join(root, "typed.ts")])).toEqual([]);
});

test("fields of interfaces from elsewhere can be called __proto__", () => {
  const fields = [
    { name: "__proto__", type: "u64" },
    { name: "constructor", type: "string" },
  ] as const;
  const factory = { structs: [], enums: [] };
  const bytes = new Uint8Array([...[5, 0, 0, 0, 0, 0, 0, 0], ...[1, 0, 0, 0], 65]);
  const value = new DecoderFactory(factory).record(fields)(new ByteReader(bytes)) as object;
  expect(Object.entries(value)).toEqual([
    ["__proto__", 5n],
    ["constructor", "A"],
  ]);
  const encode = new EncoderFactory(factory).record(fields, "record");
  const writer = new ByteWriter();
  encode(writer, value);
  expect(writer.finish()).toEqual(bytes);
  // A literal without quotes sets a prototype, and every object inherits a constructor.
  for (const [given, lacking] of [
    [{ __proto__: 5n, constructor: "A" }, "__proto__"],
    [{ ["__proto__"]: 5n }, "constructor"],
  ] as const) {
    const encoding = () => encode(new ByteWriter(), given);
    expect(encoding).toThrow(expect.objectContaining({ text: expect.stringContaining(`lacks the field ${lacking}`) }));
  }
});

test("words that only other languages' contracts can have as names are written otherwise", () => {
  const words = [
    "arguments",
    "class",
    "delete",
    "function",
    "this",
    "typeof",
    "package",
    "await",
    "enum",
    "null",
    "null_",
  ];
  const abi: Abi = {
    abiVersion: 1,
    name: "Any",
    methods: [
      { name: "go", kind: "execute", payable: false, params: words.map((name) => ({ name, type: "u8" })) },
      { name: "new", kind: "query", payable: false, params: [], result: { struct: "string" } },
    ],
    events: [],
    errors: [],
    structs: [{ name: "string", fields: [{ name: "class", type: "string" }] }],
    enums: [{ name: "any", variants: ["constructor", "a"] }],
    state: [],
  };
  const file = join(root, "build/words.d.ts");
  writeFileSync(file, writeClientTypes(abi));
  writeFileSync(join(root, "build/words.js"), writeClientModule(abi, "words"));
  expect(typeErrors([file])).toEqual([]);
  expect(writeClientTypes(abi)).toContain("null__: number, null_: number");
  expect(spawnSync(process.execPath, ["--check", join(root, "build/words.js")]).status).toBe(0);
});
