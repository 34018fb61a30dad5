// The SDK's encoding against the npm package `borsh`, fuzzed: what one writes the other reads, both ways, and bytes that are
// damaged in any way end in a typed revert, or are the encoding of another value. Nothing traps.

import { deserialize, type Schema, serialize } from "borsh";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Deployed, deploy, hex, join, readArtifact } from "../fixtures/deployed.js";
import { buildFixtures } from "../fixtures/temp-project.js";

const RUNS = { numRuns: 400, seed: 7 };
const BAD_ARGUMENTS = "02000000";
const NOT_UTF8 = "08000000";

/** The package's integers end at 128 bits: a wider one is 32 bytes. */
const BYTES_32: Schema = { array: { type: "u8", len: 32 } };
const NUMBERS: Schema = {
  struct: {
    a: "u8",
    b: "i8",
    c: "u16",
    d: "i16",
    e: "u32",
    f: "i32",
    g: "u64",
    h: "i64",
    i: "u128",
    j: "i128",
    k: BYTES_32,
    l: BYTES_32,
    m: "bool",
    n: { option: "i128" },
    o: { array: { type: BYTES_32 } },
  },
};
const POINT: Schema = { struct: { x: "i32", y: "i64", label: "string" } };
const SHAPE: Schema = {
  struct: {
    owner: { array: { type: "u8", len: 20 } },
    points: { array: { type: POINT } },
    parent: { option: POINT },
    tags: { array: { type: { option: "string" } } },
    matrix: { array: { type: { array: { type: "u16" } } } },
  },
};

const unsigned = (bits: bigint) => fc.bigInt({ min: 0n, max: (1n << bits) - 1n });
const signed = (bits: bigint) => fc.bigInt({ min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n });
const bytes = (length: number) => fc.array(fc.integer({ min: 0, max: 255 }), { minLength: length, maxLength: length });
const text = fc.string({ unit: "binary", maxLength: 12 });
const point = fc.record({ x: fc.integer(), y: signed(64n), label: text });
const numbers = fc.record({
  a: fc.integer({ min: 0, max: 255 }),
  b: fc.integer({ min: -128, max: 127 }),
  c: fc.integer({ min: 0, max: 65535 }),
  d: fc.integer({ min: -32768, max: 32767 }),
  e: fc.integer({ min: 0, max: 4294967295 }),
  f: fc.integer(),
  g: unsigned(64n),
  h: signed(64n),
  i: unsigned(128n),
  j: signed(128n),
  k: bytes(32),
  l: bytes(32),
  m: fc.boolean(),
  n: fc.option(signed(128n)),
  o: fc.array(bytes(32), { maxLength: 4 }),
});
const shape = fc.record({
  owner: bytes(20),
  points: fc.array(point, { maxLength: 4 }),
  parent: fc.option(point),
  tags: fc.array(fc.option(text), { maxLength: 4 }),
  matrix: fc.array(fc.array(fc.integer({ min: 0, max: 65535 }), { maxLength: 4 }), { maxLength: 4 }),
});

const TYPES: readonly [method: string, schema: Schema, values: fc.Arbitrary<unknown>][] = [
  ["numbers", NUMBERS, numbers],
  ["shape", SHAPE, shape],
];

let echo: Deployed;
let remove: () => void;
beforeAll(async () => {
  const built = await buildFixtures(["echo.ts"]);
  remove = built.remove;
  expect(built.result.diagnostics).toEqual([]);
  echo = deploy(readArtifact(built.result.contracts[0] as never));
});
afterAll(() => remove());

describe.each(TYPES)("%s", (method, schema, values) => {
  test("what borsh writes the contract reads, and the other way round", () => {
    fc.assert(
      fc.property(values, (value) => {
        const { failure, result } = echo.query(method, serialize(schema, value));
        expect(failure).toBeUndefined();
        expect(deserialize(schema, result)).toEqual(value);
      }),
      RUNS,
    );
  });

  test("cut short or too long, it is refused", () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 }), (value, cut, more) => {
        const encoded = serialize(schema, value);
        expect(outcome(method, encoded.slice(0, cut % encoded.length))).toBe(BAD_ARGUMENTS);
        expect(outcome(method, join(encoded, more))).toBe(BAD_ARGUMENTS);
      }),
      RUNS,
    );
  });

  test("with bytes changed it is refused, or the encoding of what came out", () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(values, fc.array(change, { minLength: 1, maxLength: 4 }), (value, changes) => {
        const damaged = Uint8Array.from(serialize(schema, value));
        for (const [at, by] of changes) damaged[at % damaged.length] = (damaged[at % damaged.length] as number) ^ by;
        expect([BAD_ARGUMENTS, NOT_UTF8, hex(damaged)]).toContain(outcome(method, damaged));
      }),
      RUNS,
    );
  });

  test("any bytes at all are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        expect([BAD_ARGUMENTS, NOT_UTF8, hex(any)]).toContain(outcome(method, any));
      }),
      RUNS,
    );
  });
});

test("an array's length that lies is refused", () => {
  const items = fc.array(unsigned(64n), { maxLength: 20 });
  fc.assert(
    fc.property(items, fc.integer({ min: 0, max: 0xffffffff }), (list, claimed) => {
      const encoded = Uint8Array.from(serialize({ array: { type: "u64" } }, list));
      new DataView(encoded.buffer).setUint32(0, claimed, true);
      expect(outcome("list", encoded)).toBe(claimed === list.length ? hex(encoded) : BAD_ARGUMENTS);
    }),
    RUNS,
  );
});

test("a text is taken exactly when its bytes are UTF-8", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const near = fc.array(
    fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xc3, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xff),
  );
  fc.assert(
    fc.property(fc.oneof(near, fc.array(fc.integer({ min: 0, max: 255 }))), (raw) => {
      const encoded = serialize({ array: { type: "u8" } }, raw);
      let isText = true;
      try {
        decoder.decode(Uint8Array.from(raw));
      } catch {
        isText = false;
      }
      expect(outcome("texts", encoded)).toBe(isText ? hex(encoded) : NOT_UTF8);
    }),
    { ...RUNS, numRuns: 3_000 },
  );
});

/** The result, or the revert data, in hex. Anything else is an error. */
function outcome(method: string, args: Uint8Array): string {
  const { failure, result } = echo.query(method, args);
  if (failure === undefined) return hex(result);
  if (failure.status !== "reverted") throw new Error(`${method} ended with ${JSON.stringify(failure)}`);
  return hex(failure.data);
}
