// The SDK's encoding against the npm package `borsh`: arguments it wrote come back from a contract byte for byte.

import { type Schema, serialize } from "borsh";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Deployed, deploy, hex, join, readArtifact } from "../fixtures/deployed.js";
import { buildFixtures } from "../fixtures/temp-project.js";

const POINT: Schema = { struct: { x: "i32", y: "i64", label: "string" } };
const BYTES_20: Schema = { array: { type: "u8", len: 20 } };
const SHAPE: Schema = {
  struct: {
    owner: BYTES_20,
    points: { array: { type: POINT } },
    parent: { option: POINT },
    tags: { array: { type: { option: "string" } } },
    matrix: { array: { type: { array: { type: "u16" } } } },
  },
};
const OWNER = Array.from({ length: 20 }, (_, i) => i * 7 + 1);
const FULL_SHAPE = {
  owner: OWNER,
  points: [
    { x: -5, y: -(2n ** 63n), label: "zero" },
    { x: 2 ** 31 - 1, y: 9n, label: "ünïcödé 𝄞 ✓" },
  ],
  parent: { x: 0, y: 1n, label: "" },
  tags: ["a", null, ""],
  matrix: [[], [1, 65535], [0]],
};
const EMPTY_SHAPE = { owner: OWNER, points: [], parent: null, tags: [], matrix: [] };

/** Method, schema of its parameter, values. */
const CASES: readonly (readonly [string, Schema, readonly unknown[]])[] = [
  ["u8s", "u8", [0, 255]],
  ["i16s", "i16", [-32768, -1, 32767]],
  ["u64s", "u64", [0n, 2n ** 64n - 1n]],
  ["bools", "bool", [true, false]],
  ["u128s", "u128", [0n, 1n, 2n ** 128n - 1n, 2n ** 127n + 3n]],
  ["i128s", "i128", [0n, -1n, -(2n ** 127n), 2n ** 127n - 1n]],
  ["i256s", { array: { type: "u8", len: 32 } }, [new Array(32).fill(255), Array.from({ length: 32 }, (_, i) => i * 8)]],
  // The package knows integers up to u128; a u256 is 32 bytes, lowest first.
  ["u256s", { array: { type: "u8", len: 32 } }, [new Array(32).fill(0), Array.from({ length: 32 }, (_, i) => i + 200)]],
  ["texts", "string", ["", "plain", "ünïcödé 𝄞 ✓", "x".repeat(5000)]],
  ["blobs", { array: { type: "u8" } }, [[], [0, 1, 255]]],
  ["hashes", { array: { type: "u8", len: 32 } }, [Array.from({ length: 32 }, (_, i) => 255 - i)]],
  ["addresses", BYTES_20, [OWNER]],
  ["maybe", { option: BYTES_20 }, [null, OWNER]],
  ["maybeText", { option: "string" }, [null, "", "text"]],
  ["list", { array: { type: "u64" } }, [[], [1n, 2n ** 64n - 1n], Array.from({ length: 300 }, (_, i) => BigInt(i))]],
  ["flags", { array: { type: "bool" } }, [[true, false, true]]],
  ["shape", SHAPE, [FULL_SHAPE, EMPTY_SHAPE]],
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

describe("what borsh writes comes back from the contract", () => {
  test.each(CASES)("%s", (method, schema, values) => {
    for (const value of values) {
      const bytes = serialize(schema, value);
      const receipt = echo.query(method, bytes);
      expect(receipt.failure).toBeUndefined();
      expect(hex(receipt.result)).toBe(hex(bytes));
    }
  });

  test("several parameters, one after the other", () => {
    const shapes = serialize({ array: { type: SHAPE } }, [FULL_SHAPE, EMPTY_SHAPE]);
    const receipt = echo.query("shapes", join(serialize("string", "first"), shapes, Uint8Array.of(9)));
    expect(hex(receipt.result)).toBe(hex(shapes));
    const small = serialize(
      { struct: { a: "u8", b: "i8", c: "u16", d: "i16", e: "u32", f: "i32", g: "bool" } },
      { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: true },
    );
    expect(hex(echo.query("small", small).result)).toBe(hex(serialize("u64", 22n)));
  });

  test("a new struct is all zero", () => {
    const zero = { ...EMPTY_SHAPE, owner: new Array<number>(20).fill(0) };
    expect(hex(echo.query("zero").result)).toBe(hex(serialize(SHAPE, zero)));
  });
});

describe("bytes that do not fit", () => {
  const BAD_ARGUMENTS = "02000000";
  const NOT_UTF8 = "08000000";

  test("are refused at every length but the right one", () => {
    const bytes = serialize(SHAPE, FULL_SHAPE);
    for (let length = 0; length < bytes.length; length++) {
      expect(revertData("shape", bytes.slice(0, length))).toBe(BAD_ARGUMENTS);
    }
    expect(revertData("shape", join(bytes, Uint8Array.of(0)))).toBe(BAD_ARGUMENTS);
  });

  test.each([
    ["bools", Uint8Array.of(2)],
    ["maybe", join(Uint8Array.of(2), Uint8Array.from(OWNER))],
    ["list", Uint8Array.of(255, 255, 255, 255)],
    ["list", Uint8Array.of(0, 0, 0, 0x20)],
    ["texts", Uint8Array.of(255, 255, 255, 255, 65)],
    ["blobs", Uint8Array.of(0xff, 0xff, 0xff, 0x7f)],
  ])("%s %s", (method, bytes) => {
    expect(revertData(method, bytes)).toBe(BAD_ARGUMENTS);
  });

  // Unicode's table 3-7: overlong forms, surrogates, beyond U+10FFFF, stray and missing continuation bytes.
  test.each([
    [[0x80]],
    [[0xc0, 0x80]],
    [[0xc1, 0xbf]],
    [[0xc3]],
    [[0xc3, 0x28]],
    [[0xe0, 0x9f, 0xbf]],
    [[0xed, 0xa0, 0x80]],
    [[0xe2, 0x82]],
    [[0xf0, 0x8f, 0xbf, 0xbf]],
    [[0xf4, 0x90, 0x80, 0x80]],
    [[0xf5, 0x80, 0x80, 0x80]],
    [[0x41, 0xff]],
  ])("text of %j is not UTF-8", (bytes) => {
    expect(revertData("texts", join(Uint8Array.of(bytes.length, 0, 0, 0), Uint8Array.from(bytes)))).toBe(NOT_UTF8);
  });

  function revertData(method: string, bytes: Uint8Array): string {
    const { failure } = echo.query(method, bytes);
    if (failure?.status !== "reverted") throw new Error(`${method} ended with ${JSON.stringify(failure)}`);
    return hex(failure.data);
  }
});
