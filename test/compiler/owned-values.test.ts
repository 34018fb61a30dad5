// Wide integers in loops: a million additions take no more memory than one, and values stay apart.

import { type Schema, serialize } from "borsh";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALICE, type Deployed, deploy, readArtifact } from "../fixtures/deployed.js";
import { buildFixtures } from "../fixtures/temp-project.js";

let sums: Deployed;
let remove: () => void;
beforeAll(async () => {
  const built = await buildFixtures(["sums.ts"]);
  remove = built.remove;
  // acrossCall writes after a call on purpose.
  expect(built.result.diagnostics.map(({ code }) => code)).toEqual(["QW145"]);
  sums = deploy(readArtifact(built.result.contracts[0] as never));
});
afterAll(() => remove());

const MILLION = 1_000_000n;
/** 0 + 1 + ... + 999,999. */
const SUM = (MILLION * (MILLION - 1n)) / 2n;

describe("a million turns take no memory beyond the first page", () => {
  test("of variables, with temporaries", () => {
    expect(call("addLocal", "u64", MILLION)).toEqual([SUM, SUM, SUM, SUM, 1n]);
  });

  test("of stored fields", () => {
    expect(call("addField", "u64", MILLION)).toEqual([SUM + MILLION, SUM, 1n]);
  });

  test("of a counter that is wide itself", () => {
    expect(call("count", U256, bytesOf(300_000n))).toEqual([(300_000n * 299_999n) / 2n, 300_000n, 1n]);
  });
});

test("conditions of computed values take none either", () => {
  expect(call("root", U256, bytesOf(250_000_000_000n))).toEqual([500_000n, 250_000n, 1n]);
});

describe("values stay what they were", () => {
  // Worked out by hand: the sum is 1; each turn pushes it twice, adds 10, pushes that, adds 2, pushes that, adds 1.
  test("that something else keeps, while the variable goes on", () => {
    const expected: bigint[] = [];
    let sum = 1n;
    for (let i = 0; i < 3; i++) {
      expected.push(sum, sum, sum + 10n, sum + 12n);
      sum += 13n;
    }
    expect(call("aliases")).toEqual([...expected, 27n, 37n, 1n, 40n]);
  });

  test("that were read from a stored field, or given to it", () => {
    let [total, sum] = [7n, 7n];
    const expected = [7n];
    for (let i = 0; i < 3; i++) {
      total += 1n;
      expected.push(total);
      total = sum += total;
      sum += 1n;
    }
    expect(call("fieldAliases")).toEqual([...expected, 7n, sum, 50n, 51n]);
  });

  test("when the field is read anew after a call", () => {
    expect(call("acrossCall")).toEqual([3n, 3000n, 1005n]);
  });

  test("and memory that was given back is zero", () => {
    expect(call("zeroed")).toEqual([((2n ** 256n - 1n) / 7n) * 5n, 0n]);
  });

  test("when they change places", () => {
    let [a, b] = [0n, 1n];
    for (let i = 0; i < 300; i++) [a, b] = [b, a + b];
    expect(call("swap", "u32", 300)).toEqual([a, b, b % 1_000_000_007n]);
  });
});

const U256: Schema = { array: { type: "u8", len: 32 } };

function bytesOf(value: bigint): number[] {
  return Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

/** Calls with one argument at most; the result is an array of u256. */
function call(method: string, schema?: Schema, argument?: unknown): bigint[] {
  const args = schema === undefined ? new Uint8Array() : serialize(schema, argument);
  const receipt = sums.chain.send({
    from: ALICE,
    value: 0n,
    gasLimit: 4_000_000_000,
    kind: "execute",
    to: sums.to,
    method,
    args,
  });
  expect(receipt.failure).toBeUndefined();
  const view = new DataView(receipt.result.buffer, receipt.result.byteOffset);
  return Array.from({ length: view.getUint32(0, true) }, (_, i) => {
    let value = 0n;
    for (let at = 24; at >= 0; at -= 8) value = (value << 64n) | view.getBigUint64(4 + i * 32 + at, true);
    return value;
  });
}
