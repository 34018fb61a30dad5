// Contracts in Rust and C that call others by the headers that `qwvm headers` writes. Where the compilers are, they are
// built here, of headers written here, without a warning; the committed modules are run in any case.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeC } from "../../harness/abi/write-c.js";
import { writeRust } from "../../harness/abi/write-rust.js";
import { checkAbi } from "../../harness/client/check-abi.js";
import { codecOf } from "../../harness/client/codec.js";
import type { Abi } from "../../harness/core/abi.js";
import { addressToBytes } from "../../harness/core/address.js";
import { address, createQwvm, type RawContract } from "../../harness/index.js";
import { type BuiltProject, buildProject } from "../client/built-contracts.js";
import { assemble } from "../fixtures/wat.js";
import { ROOT } from "../house/source-files.js";

const FIXTURES = join(ROOT, "test/fixtures/headers");
const readAbi = (file: string): Abi =>
  checkAbi(JSON.parse(readFileSync(join(FIXTURES, file), "utf8")), { from: file, isRaw: false });
const EVERYTHING = readAbi("everything.abi.json");
/** Names that are awkward in the other languages, and rare types: its headers only have to compile. */
const AWKWARD = readAbi("awkward.abi.json");
const REFUSER = `import { contract, execute, revert } from "qwvm/sdk-as";
@contract export class Refuser {
  @execute refuse(): void {
    revert("not " + "now"); // made when it fails, so that it is carried whole
  }
}
`;

/** Gives back its arguments, as an SDK's contract does: the interface makes it one. Without any it reverts with code 301. */
function echoModule(): Uint8Array {
  const wasm = assemble(`(module (import "env" "qw_revert" (func $revert (param i32 i32)))
    (memory (export "memory") 1) (data (i32.const 0) "\\2d\\01\\00\\00") (func (export "init"))
    (func $echo (export "execute") (export "query") (param i32 i32 i32 i32) (result i64)
      (if (i32.eqz (local.get 3)) (then (call $revert (i32.const 0) (i32.const 4))))
      (i64.or (i64.shl (i64.extend_i32_u (local.get 2)) (i64.const 32)) (i64.extend_i32_u (local.get 3)))))`);
  const name = Buffer.from("qwvm.abi");
  const text = Buffer.from(JSON.stringify(EVERYTHING));
  const contents = Buffer.concat([Buffer.from([name.length]), name, text]);
  const size = [(contents.length & 127) | 128, ((contents.length >> 7) & 127) | 128, contents.length >> 14];
  return new Uint8Array(Buffer.concat([wasm, Buffer.from([0, ...size]), contents]));
}

let project: BuiltProject;
const work = mkdtempSync(join(tmpdir(), "qwvm-headers-"));
const built: Record<string, Uint8Array> = {};

beforeAll(async () => {
  const example = (name: string) => readFileSync(join(ROOT, `examples/${name}/contracts/${name}.ts`), "utf8");
  project = await buildProject({
    "counter.ts": example("counter"),
    "token.ts": example("token"),
    "refuser.ts": REFUSER,
  });
  const abis: [string, Abi][] = ["counter", "token", "refuser"].map((name) => [name, project.definition(name).abi]);
  for (const [name, abi] of [...abis, ["everything", EVERYTHING], ["awkward", AWKWARD]] as const) {
    writeFileSync(join(work, `${name}.rs`), writeRust(abi));
    writeFileSync(join(work, `${name}.h`), writeC(abi));
  }
  execFileSync("bash", [join(FIXTURES, "build.sh"), work, join(work, "out")]);
  for (const language of ["rust", "c"]) {
    const path = join(work, `out/caller-${language}.wasm`);
    if (existsSync(path)) built[language] = new Uint8Array(readFileSync(path));
  }
});
afterAll(() => {
  project.remove();
  rmSync(work, { recursive: true, force: true });
});

const VALUE = {
  yes: true,
  a8: 250,
  a16: 65_000,
  a32: 4_000_000_000,
  a64: 18_000_000_000_000_000_000n,
  a128: 2n ** 127n,
  a256: BigInt(`0x${"03".repeat(32)}`),
  s8: -7,
  s16: -30_000,
  s32: -2_000_000_000,
  s64: -9_000_000_000_000_000_000n,
  s128: -(2n ** 126n),
  s256: -1n,
  text: "grüße",
  blob: new Uint8Array([1, 2, 3]),
  who: `0x${"08".repeat(20)}`,
  digest: new Uint8Array(32).fill(9),
  state: "In progress",
  list: [
    { match: 1, default: -1 },
    { match: 2, default: -2 },
  ],
  three: [1, 2, 3],
  pairs: [
    { match: 3, default: -3 },
    { match: 4, default: -4 },
  ],
  maybe: "Self",
  none: null,
  chain: {
    value: 1,
    next: { value: 2, next: null, twins: null },
    twins: [{ node: null }, { node: { value: 9, next: null, twins: null } }],
  },
  tree: { branches: [{ branches: [] }, { branches: [{ branches: [] }] }] },
  empties: [{}, {}],
  texts: [null, ["a", ""]],
};

describe.each(["rust", "c"])("a caller in %s", (language) => {
  describe.each(["committed", "built here"])("%s", (build) => {
    const bob = address("bob");

    function deployCaller(): { vm: ReturnType<typeof createQwvm>; caller: RawContract } | undefined {
      const committed = new Uint8Array(readFileSync(join(FIXTURES, `caller-${language}.wasm`)));
      const wasm = build === "committed" ? committed : built[language];
      if (wasm === undefined) return undefined;
      const vm = createQwvm();
      return { vm, caller: vm.deployWasm(wasm, { name: "Caller" }) };
    }
    const at = (...contracts: (string | { readonly address: string })[]) =>
      new Uint8Array(
        Buffer.concat(contracts.map((one) => addressToBytes((typeof one === "string" ? one : one.address) as never))),
      );
    const number = (bytes: Uint8Array | undefined) =>
      bytes && BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);

    test("counts with the counter", () => {
      const made = deployCaller();
      if (made === undefined) return;
      const counter = made.vm.deploy(project.definition("counter"), [7n]);
      made.caller.execute("count", at(counter));
      // 7 + 5 + 2^40.
      expect(number(made.caller.storage("count"))).toBe(12n + 2n ** 40n);
      expect(counter.getCount()).toBe(12n + 2n ** 40n);
    });

    test("trades with the token, and reads its errors", () => {
      const made = deployCaller();
      if (made === undefined) return;
      const { vm, caller } = made;
      const token = vm.deploy(project.definition("token"), [caller.address]);
      caller.execute("trade", at(token, caller, bob));
      expect(token.balanceOf(bob)).toBe(400n);
      expect(number(caller.storage("bob"))).toBe(400n);
      expect(number(caller.storage("supply"))).toBe(1_000n);
      expect(caller.storage("operator")).toEqual(addressToBytes(caller.address));
      expect(number(caller.storage("available"))).toBe(600n);
      expect(number(caller.storage("needed"))).toBe(10_000n);
      expect(Buffer.from(caller.storage("zero") ?? []).toString()).toBe("refused");
    });

    test("tells a text, an error of the SDK and a contract that is not there apart", () => {
      const made = deployCaller();
      if (made === undefined) return;
      const { vm, caller } = made;
      const refuser = vm.deploy(project.definition("refuser"), []);
      const counter = vm.deploy(project.definition("counter"), [1n]);
      caller.execute("fail", at(refuser, counter, vm.deployWasm(echoModule())));
      expect(Buffer.from(caller.storage("text") ?? []).toString()).toBe("not now");
      // 1 is UnknownMethod.
      expect(number(caller.storage("sdk"))).toBe(1n);
      expect(number(caller.storage("nobody"))).toBe(0n);
      // A code that stands for a text, and an answer of 48 bytes, 1 + 8 + 4 + 30 + 4 + 1, where 20 were promised.
      expect(Buffer.from(caller.storage("sorry") ?? []).toString()).toBe('so "sorry"\n\u0007é');
      expect(caller.storage("bad")?.length).toBe(48);
      if (language === "c") expect(Buffer.from(caller.storage("room") ?? []).toString()).toBe("none");
    });

    test("writes and reads every type there is", () => {
      const made = deployCaller();
      if (made === undefined) return;
      const { vm, caller } = made;
      caller.execute("echo", at(vm.deployWasm(echoModule())));
      const codec = codecOf(EVERYTHING);
      const expected = codec.encodeValue({ struct: "All" }, VALUE, "the value");
      expect(caller.storage("echo")).toEqual(expected);
      expect(codec.decodeValue({ struct: "All" }, caller.storage("echo") as Uint8Array, "the answer")).toEqual(VALUE);
      // -2^255, 5, [1, 2], "x", the third variant.
      const typed = codec.method("type").encodeArgs([-(2n ** 255n), 5n, [1, 2], "x", "2nd"]);
      expect(caller.storage("type")).toEqual(typed);
      // 4, then the nonce 77, a key of one byte, a signature of two.
      const permit = [4, 77, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5, 2, 0, 0, 0, 6, 7];
      expect(caller.storage("permit")).toEqual(new Uint8Array(permit));
    });
  });
});
