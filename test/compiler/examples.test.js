// The size and gas of the example contracts: the bars they must stay under, and what a transfer may touch.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileContracts } from "../../harness/compiler.js";
import { addressToBytes } from "../../harness/core/address.js";
import { ALICE, BOB, deploy, hex, join, readArtifact } from "../fixtures/deployed.js";

const root = mkdtempSync(joinPath(tmpdir(), "qwvm-examples-"));
const u64 = (value) => new Uint8Array(new BigUint64Array([value]).buffer);
const u256 = (value) => join(u64(value), new Uint8Array(24));
let contracts;
beforeAll(async () => {
  for (const name of ["counter", "token"]) {
    const from = fileURLToPath(new URL(`../../examples/${name}/contracts/${name}.ts`, import.meta.url));
    cpSync(from, joinPath(root, "contracts", `${name}.ts`));
  }
  const result = await compileContracts({ root });
  expect(result.diagnostics).toEqual([]);
  contracts = result.contracts;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
test("sizes without custom sections", () => {
  expect(contracts.map(({ name }) => name)).toEqual(["Counter", "Token"]);
  const [counter, token] = contracts;
  expect(counter?.sizeBytes).toBeLessThanOrEqual(1_024);
  expect(token?.sizeBytes).toBeLessThanOrEqual(4_096);
});
test("the counter counts, with one read and one write", () => {
  const counter = deploy(readArtifact(contracts[0]), u64(7n));
  const receipt = counter.execute("increment", u64(5n));
  expect(receipt.failure).toBeUndefined();
  // 200 for the check that no value was sent, 200 + 3 * 8 for the count.
  expect(receipt.gas.storageRead).toBe(200 + 224);
  expect(receipt.gas.storageWrite).toBe(5_000 + 20 * 8);
  expect(receipt.gas.instructions).toBeLessThanOrEqual(200);
  expect(hex(counter.query("getCount").result)).toBe(hex(u64(12n)));
  expect(hex(counter.execute("getCount").result)).toBe(hex(u64(12n)));
});
describe("a token transfer between holders", () => {
  let token;
  beforeAll(() => {
    token = deploy(readArtifact(contracts[1]), addressToBytes(ALICE));
    for (const who of [ALICE, BOB]) token.execute("mint", join(addressToBytes(who), u256(1000n)));
  });
  test("reads two balances, writes two, and takes few instructions", () => {
    const receipt = token.execute("transfer", join(addressToBytes(BOB), u256(400n)));
    expect(receipt.failure).toBeUndefined();
    // 200 each for value and caller, 200 + 3 * 32 for each balance.
    expect(receipt.gas.storageRead).toBe(2 * 200 + 2 * 296);
    expect(receipt.gas.storageWrite).toBe(2 * (5_000 + 20 * 32));
    expect(receipt.gas.instructions).toBeLessThanOrEqual(1_500);
    expect(hex(token.query("balanceOf", addressToBytes(BOB)).result)).toBe(hex(u256(1400n)));
  });
  test("too much is refused at the author's line", () => {
    const { failure } = token.execute("transfer", join(addressToBytes(BOB), u256(5000n)));
    expect(failure?.frames.find((frame) => frame.position !== undefined)?.position?.file).toBe("contracts/token.ts");
  });
});
