// Raw contracts that allocate, with the allocators that compilers and crates bring: whatever a call is given, it is given
// whole, and what the contract keeps on its heap stays as it was. Each keeps all of its inputs and answers with a hash.

import { readFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { beforeAll, describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { deploy, execute, query, toNumber } from "../fixtures/wat.js";

const SOURCE = `
@external("env", "qw_storage_write")
declare function write(key: usize, keyLength: u32, value: usize, length: u32): void;
const seen: Uint8Array[] = [];
function keep(from: usize, length: u32): void {
  const kept = new Uint8Array(length);
  memory.copy(kept.dataStart, from, length);
  seen.push(kept);
}
export function init(): void {}
export function execute(method: usize, methodLength: u32, args: usize, length: u32): void {
  const work = new Uint8Array(70_000);
  work.fill(0xaa);
  keep(method, methodLength);
  keep(args, length);
  for (let i = 0; i < work.length; i++) assert(work[i] == 0xaa);
  write(method, methodLength, args, length);
}
export function query(method: usize, methodLength: u32): u64 {
  let hash: u64 = 0xcbf29ce484222325;
  for (let i = 0; i < seen.length; i++) {
    for (let j = 0; j < seen[i].length; j++) hash = (hash ^ seen[i][j]) * 0x100000001b3;
  }
  return hash;
}
export function qw_alloc(length: usize): usize { return heap.alloc(length); }
`;

/** What the calls of a test are given: small, empty, beyond a page, small again, beyond two pages. */
const ARGUMENTS = [5, 0, 300, 70_000, 40, 1, 140_000, 9].map((length, i) =>
  new Uint8Array(length).map((_, j) => (i * 37 + j * 11) & 0xff),
);

/** FNV-1a of 64 bits, as its authors publish it. */
function fnv(inputs: readonly Uint8Array[]): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const input of inputs)
    for (const byte of input) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

function callAndCompare(wasm: Uint8Array): void {
  const chain = new Chain();
  const to = deploy(chain, { name: "Keeper", wasm }, { gasLimit: 50_000_000 });
  const given: Uint8Array[] = [];
  for (const [i, args] of ARGUMENTS.entries()) {
    const method = `method${i}`;
    expect(execute(chain, to, method, args, { gasLimit: 50_000_000 }).failure).toBeUndefined();
    given.push(new TextEncoder().encode(method), args);
    expect(chain.storage(to, new TextEncoder().encode(method)) ?? new Uint8Array(0)).toEqual(args);
  }
  expect(BigInt.asUintN(64, toNumber(query(chain, to, "seen", undefined, { gasLimit: 50_000_000 }).result))).toBe(
    fnv(given),
  );
}

describe.each(["rust-std", "rust-dlmalloc", "rust-wee_alloc", "rust-lol_alloc", "rust-talc", "c-wasi-libc"])(
  "%s",
  (name) => {
    const wasm = readFileSync(new URL(`../fixtures/raw/allocators/${name}.wasm`, import.meta.url));

    test("takes its inputs where the machine puts them", () => callAndCompare(wasm));
  },
);

describe.each(["stub", "minimal", "incremental"])("AssemblyScript's runtime %s", (runtime) => {
  let wasm: Uint8Array;
  beforeAll(async () => {
    const { error, stderr } = await asc.main(["raw.ts", "--runtime", runtime, "-O", "--outFile", "raw.wasm"], {
      readFile: (file) => (file === "raw.ts" ? SOURCE : null),
      writeFile: (file, contents) => {
        if (file === "raw.wasm") wasm = contents as Uint8Array;
      },
      listFiles: () => [],
    });
    if (error !== null) throw new Error(stderr.toString());
  });

  test("allocates its inputs by qw_alloc", () => callAndCompare(wasm));

  test("without qw_alloc is refused, with what to do about it", () => {
    const other = Buffer.from(wasm);
    other.write("my_alloc", other.indexOf("qw_alloc"), "latin1");
    expect(() => deploy(new Chain(), { name: "Keeper", wasm: other })).toThrow(
      /Keeper cannot be deployed: it exports no qw_alloc, .*\nExport qw_alloc\(length\) -> pointer.* heap\.alloc\(length\) in AssemblyScript/,
    );
  });
});
