// What the host's work costs where it follows the size of what it is given: by the rules' figures, and by others when the
// schedule has others; on the receipt where it says.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { addressToBytes } from "../../harness/core/address.js";
import type { GasSchedule } from "../../harness/gas/schedule.js";
import { alice, contract, deploy, execute } from "../fixtures/wat.js";
import { sdk } from "../hostile/contained.js";

const GAS = { gasLimit: 100_000_000 };

/** Calls a contract whose arguments, the callee's address, are at 4096; gives the receipt. */
function call(body: string, callee: string, schedule: Partial<GasSchedule> = {}, memory: "fresh" | "kept" = "fresh") {
  const chain = new Chain({ schedule });
  const inner = deploy(chain, contract(callee), { memory, ...GAS });
  const outer = deploy(chain, contract(sdk(body, "i64.const 0", "", 4)), GAS);
  return execute(chain, outer, "", addressToBytes(inner), GAS);
}

const to = (args: number, result: number): string =>
  `i32.const 4096 i32.const 0 i32.const 0 i32.const 0 i32.const ${args} i32.const 0 i32.const ${result} call $call drop`;
const returns = (length: number): string => sdk("", `i64.const ${length}`, "", 4);
const reverts = (length: number): string => sdk(`i32.const 0 i32.const ${length} call $revert`, "i64.const 0", "", 4);

describe("nested calls", () => {
  test.each([
    [0, 0],
    [1, 3],
    [32, 3],
    [33, 6],
    [100_000, 9_375],
  ])("%i bytes cost %i as arguments, as a result that is not copied or is, and as revert data", (bytes, gas) => {
    // 100,000 / 32 = 3,125 units of 3.
    expect(call(to(bytes, 0), returns(0)).gas.calls).toBe(100_000 + gas);
    expect(call(to(0, 0), returns(bytes)).gas.calls).toBe(100_000 + gas);
    expect(call(to(0, bytes), returns(bytes)).gas.calls).toBe(100_000 + gas);
    expect(call(to(0, 0), reverts(bytes)).gas.calls).toBe(100_000 + gas);
    expect(call(to(0, bytes), reverts(bytes)).gas.calls).toBe(100_000 + gas);
  });

  test("the unit and its price are the schedule's", () => {
    expect(call(to(100, 0), returns(50), { copyUnit: 7, copyUnitSize: 10 }).gas.calls).toBe(100_000 + 70 + 35);
  });

  test("a contract whose memory lasts costs 100 for each of its pages, whether they are zeros or not", () => {
    const pages = (count: number): string => sdk("", "i64.const 0", "", count);
    expect(call(to(0, 0), pages(7), {}, "kept").gas.calls).toBe(100_700);
    expect(call(to(0, 0), pages(7), {}, "fresh").gas.calls).toBe(100_000);
    expect(call(to(0, 0), pages(7), { memoryPage: 9 }, "kept").gas.calls).toBe(100_063);
    // Its second call finds the ten pages that the first has left.
    const grows = sdk("i32.const 3 memory.grow drop", "i64.const 0", "", 7);
    expect(call(`${to(0, 0)} ${to(0, 0)}`, grows, {}, "kept").gas.calls).toBe(200_700 + 1_000);
  });

  test("a result that cannot be paid for is the caller's end", () => {
    const chain = new Chain();
    const inner = deploy(chain, contract(returns(200_000)), GAS);
    const outer = deploy(chain, contract(sdk(to(0, 0), "i64.const 0", "", 4)), GAS);
    // 18,750 for the result.
    const { gasUsed } = execute(chain, outer, "", addressToBytes(inner), GAS);
    expect(execute(chain, outer, "", addressToBytes(inner), { gasLimit: gasUsed }).status).toBe("success");
    expect(execute(chain, outer, "", addressToBytes(inner), { gasLimit: gasUsed - 1 }).status).toBe("out_of_gas");
    expect(gasUsed - execute(chain, outer, "", addressToBytes(alice), GAS).gasUsed).toBeGreaterThan(18_750);
  });
});

test("revert data of a transaction costs the same", () => {
  const chain = new Chain();
  const receipt = execute(chain, deploy(chain, contract(reverts(33)), GAS), "", undefined, GAS);
  expect([receipt.status, receipt.gas.calls]).toEqual(["reverted", 6]);
});

describe("cryptography", () => {
  const run = (body: string, schedule: Partial<GasSchedule> = {}) => {
    const chain = new Chain({ schedule });
    return execute(chain, deploy(chain, contract(sdk(body, "i64.const 0", "", 4)), GAS), "", undefined, GAS);
  };
  const verify = (message: number, signature = 3_309, key = 1_952): string =>
    `i32.const 0 i32.const ${message} i32.const 0 i32.const ${signature} i32.const 0 i32.const ${key} call $verify (if (then unreachable))`;

  test.each([
    [0, 50_000],
    [4_096, 50_000],
    [4_097, 50_030],
    [200_000, 50_000 + 30 * 195_904],
  ])("a message of %i bytes is verified for %i, whatever the other lengths", (bytes, gas) => {
    expect(run(verify(bytes)).gas.signatures).toBe(gas);
    expect(run(verify(bytes, 3_308)).gas.signatures).toBe(gas);
    expect(run(verify(bytes, 3_309, 0)).gas.signatures).toBe(gas);
  });

  test("an empty hash costs what one byte costs", () => {
    const hash = (bytes: number): string => `i32.const 0 i32.const ${bytes} i32.const 0 call $sha3`;
    expect([0, 1, 2].map((bytes) => run(hash(bytes)).gas.hashing)).toEqual([30, 30, 60]);
    expect(run(hash(0), { sha3Least: 5 }).gas.hashing).toBe(5);
    expect(run(verify(300), { dilithiumBytes: 100, dilithiumByte: 2 }).gas.signatures).toBe(50_000 + 400);
  });
});

test("of abort's texts 1,024 units are read, and no half of a character", () => {
  // A text at 16: its length in bytes stands before it.
  const abort = (units: number, first: number): string => `
    i32.const 12 i32.const ${units * 2} i32.store i32.const 16 i32.const 97 i32.const ${units * 2} memory.fill
    i32.const ${16 + first * 2} i32.const ${0xde00d83d | 0} i32.store
    i32.const 16 i32.const 16 i32.const 1 i32.const 2 call $abort`;
  const message = (units: number, first: number): string => {
    const chain = new Chain();
    const { failure } = execute(
      chain,
      deploy(chain, contract(sdk(abort(units, first), "i64.const 0", "", 8)), GAS),
      "",
      undefined,
      GAS,
    );
    if (failure?.status !== "reverted" || failure.abort === undefined) throw new Error("it did not abort");
    // Revert data: code 0, and a Borsh string.
    const { data } = failure;
    expect(new DataView(data.buffer, data.byteOffset).getUint32(4, true)).toBe(data.length - 8);
    return new TextDecoder("utf-8", { fatal: true }).decode(data.subarray(8));
  };
  // Bytes of 97 make units of 0x6161; a smiling face of two units stands at `first`.
  const smile = String.fromCodePoint(0x1f600);
  const a = String.fromCharCode(0x6161);
  expect(message(1_024, 0)).toBe(smile + a.repeat(1_022));
  expect(message(200_000, 0)).toBe(smile + a.repeat(1_022));
  expect(message(200_000, 1_022)).toBe(a.repeat(1_022) + smile);
  expect(message(200_000, 1_023)).toBe(a.repeat(1_023));
});
