// A contract of plain AssemblyScript, compiled by asc without the SDK: raw, with asc's own abort.

import asc from "assemblyscript/asc";
import { beforeAll, describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { Artifact } from "../../harness/core/artifact.js";
import { deploy, execute, query, toNumber, u64 } from "../fixtures/wat.js";

const SOURCE = `let count: u64 = 0;
export function init(): void {}
export function execute(method: usize, methodLength: u32, args: usize, length: u32): void {
  if (load<u8>(method) == 0x74) throw new Error("thrown on purpose");
  assert(length == 8, "one u64 is expected");
  count += load<u64>(args);
}
export function query(method: usize, methodLength: u32): u64 {
  return count;
}
`;

let artifact: Artifact;
beforeAll(async () => {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["raw.ts", "--runtime", "stub", "-Oz", "--outFile", "raw.wasm"], {
    readFile: (name) => (name === "raw.ts" ? SOURCE : null),
    writeFile: (name, contents) => {
      if (name === "raw.wasm") wasm = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null || wasm === undefined) throw new Error(stderr.toString());
  artifact = { name: "Raw", wasm };
});

describe("plain AssemblyScript", () => {
  test("counts in its globals, which are kept", () => {
    const chain = new Chain();
    const contract = deploy(chain, artifact);
    execute(chain, contract, "add", u64(5));
    execute(chain, contract, "add", u64(37));
    expect(toNumber(query(chain, contract, "get").result)).toBe(42n);
  });

  test.each([
    ["throw", "thrown on purpose", 4, 33],
    ["add", "one u64 is expected", 5, 3],
  ])("%s ends in env.abort with message and position, and changes nothing", (method, message, line, column) => {
    const chain = new Chain();
    const contract = deploy(chain, artifact);
    execute(chain, contract, "add", u64(5));
    const receipt = execute(chain, contract, method, new Uint8Array(4));
    expect(receipt.failure).toMatchObject({
      status: "reverted",
      abort: { message, position: { file: "raw.ts", line, column } },
    });
    expect(toNumber(query(chain, contract, "get").result)).toBe(5n);
  });
});
