// Prices as data: defaults as QWVM's overview has them, overrides checked, a name for each schedule.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  bulkGas,
  deploymentGas,
  eventGas,
  nestedCallGas,
  storageReadGas,
  storageWriteGas,
} from "../../harness/gas/formulas.js";
import { DEFAULT_SCHEDULE, resolveSchedule, scheduleHash } from "../../harness/gas/schedule.js";
import { checkGasLimit, GasTank, INSTRUCTIONS, STORAGE_READ } from "../../harness/gas/tank.js";

test("the documented prices", () => {
  expect(DEFAULT_SCHEDULE).toMatchObject({
    instruction: 1,
    memoryGrow: 100,
    storageRead: 200,
    storageWrite: 5_000,
    dilithiumVerify: 50_000,
    sha3Byte: 30,
    transfer: 21_000,
  });
});

test("a schedule's name is the beginning of SHA-256 over its JSON with sorted keys", () => {
  const entries = Object.entries(DEFAULT_SCHEDULE).sort(([a], [b]) => (a < b ? -1 : 1));
  const json = `{${entries.map(([key, value]) => `"${key}":${value}`).join(",")}}`;
  expect(scheduleHash(DEFAULT_SCHEDULE)).toBe(createHash("sha256").update(json).digest("hex").slice(0, 8));
  const reversed = Object.fromEntries(entries.toReversed()) as unknown as typeof DEFAULT_SCHEDULE;
  expect(scheduleHash(reversed)).toBe(scheduleHash(DEFAULT_SCHEDULE));
  expect(scheduleHash(resolveSchedule({ transfer: 1 }))).not.toBe(scheduleHash(DEFAULT_SCHEDULE));
});

test.each([
  [{ transferr: 1 }, "transferr"],
  [{ transfer: -1 }, "transfer"],
  [{ transfer: 1.5 }, "transfer"],
  [{ instruction: 0 }, "instruction"],
  [{ bulkUnitSize: 0 }, "bulkUnitSize"],
  [{ transfer: 1e9 }, "transfer"],
  [{ transfer: undefined as unknown as number }, "transfer"],
])("a bad override is named: %j", (overrides, name) => {
  expect(() => resolveSchedule(overrides as never)).toThrow(
    expect.objectContaining({ code: "BAD_GAS_SCHEDULE", message: expect.stringContaining(name) }),
  );
});

test("formulas, by hand", () => {
  const schedule = DEFAULT_SCHEDULE;
  expect([storageReadGas(schedule, 8), storageWriteGas(schedule, 8), storageWriteGas(schedule, 0)]).toEqual([
    224, 5_160, 5_000,
  ]);
  expect([eventGas(schedule, 10), deploymentGas(schedule, 1_000)]).toEqual([455, 25_000]);
  expect([0, 1, 64, 65].map((length) => bulkGas(schedule, length))).toEqual([0, 1, 1, 2]);
  // EIP-150: all but one 64th, the 64th rounded down.
  expect([0, 63, 64, 6_400, 6_463].map(nestedCallGas)).toEqual([0, 63, 63, 6_300, 6_363]);
});

test("a tank's books", () => {
  const tank = new GasTank();
  tank.add(INSTRUCTIONS, 5);
  const before = tank.copy();
  tank.add(STORAGE_READ, 7);
  expect(tank.total).toBe(12);
  expect(tank.breakdown()).toMatchObject({ instructions: 5, storageRead: 7, calls: 0 });
  expect(tank.breakdown(before)).toMatchObject({ instructions: 0, storageRead: 7 });
  tank.reset();
  expect(tank.total).toBe(0);
});

test.each([1.5, -1, 2 ** 53, Number.NaN, "5" as unknown as number])("a gas limit of %s is refused", (limit) => {
  expect(() => checkGasLimit(limit)).toThrow(expect.objectContaining({ code: "BAD_GAS_LIMIT" }));
});
