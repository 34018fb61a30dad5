// The hash table of a contract's storage against a plain map with the keys' hex as text.

import fc from "fast-check";
import { expect, test } from "vitest";
import { address } from "../../harness/core/address.js";
import { StorageTable } from "../../harness/state/storage-table.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("finds what was stored, and nothing else, whatever the keys", () => {
  const key = fc.uint8Array({ maxLength: 40 });
  const step = fc.record({ key, value: fc.option(fc.uint8Array({ minLength: 1, maxLength: 4 }), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.array(key, { maxLength: 20 }), (steps, others) => {
      const table = new StorageTable(address("owner"));
      const model = new Map<string, Uint8Array | undefined>();
      for (const { key, value } of steps) {
        // The key stands in the middle of other bytes, as it does in a contract's memory.
        const memory = Uint8Array.from([7, 7, ...key, 9]);
        table.findOrCreate(memory, 2, 2 + key.length).value = value;
        model.set(hex(key), value);
      }
      for (const key of [...others, ...steps.map((step) => step.key)]) {
        expect(table.find(key, 0, key.length)?.value).toEqual(model.get(hex(key)));
      }
      const stored = [...model].filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
      expect(table.entries().map(([key, value]) => [hex(key), value])).toEqual(stored);
    }),
    { numRuns: 200 },
  );
});

test("holds a hundred thousand keys that differ in one place alone", () => {
  const table = new StorageTable(address("owner"));
  const key = new Uint8Array(36);
  const view = new DataView(key.buffer);
  for (let i = 0; i < 100_000; i++) {
    view.setUint32(16, i);
    table.findOrCreate(key, 0, 36).value = Uint8Array.of(i & 0xff);
  }
  expect(table.entries()).toHaveLength(100_000);
  for (const i of [0, 1, 255, 256, 65_535, 65_536, 99_999]) {
    view.setUint32(16, i);
    const cell = table.find(key, 0, 36);
    expect(cell?.value).toEqual(Uint8Array.of(i & 0xff));
    expect(cell && table.keyOf(cell)).toEqual(key);
  }
  view.setUint32(16, 100_000);
  expect(table.find(key, 0, 36)).toBeUndefined();
});
