// Texts leave a contract as the UTF-8 that TextEncoder makes of the same UTF-16: half of a pair is U+FFFD, in every place.

import { createHash } from "node:crypto";
import { deserialize, serialize } from "borsh";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addressToBytes } from "../../harness/core/address.js";
import { type Deployed, deploy, hex, join, readArtifact } from "../fixtures/deployed.js";
import { buildFixtures } from "../fixtures/temp-project.js";
import { Random } from "../hostile/random.js";

let texts: Deployed;
let remove: () => void;
beforeAll(async () => {
  const built = await buildFixtures(["memory/texts.ts"]);
  remove = built.remove;
  texts = deploy(readArtifact(built.result.contracts[0] as never));
});
afterAll(() => remove());

const UNITS = { array: { type: "i32" } } as const;
const BYTES = { array: { type: "u8" } } as const;
const utf8 = (units: readonly number[]) => new TextEncoder().encode(String.fromCharCode(...units));
const borsh = (units: readonly number[]) => serialize(BYTES, [...utf8(units)]);
const args = (units: readonly number[]) => serialize(UNITS, [...units]);

/** Random units: letters, halves of pairs, the ends of the ranges of one, two and three bytes. */
function randomUnits(random: Random): number[] {
  const choices = [
    0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xd83d, 0xdbff, 0xdc00, 0xde00, 0xdfff, 0xe000, 0xffff,
  ];
  return Array.from({ length: random.below(12) }, () => random.pick(choices));
}

const HALVES = [[0xd83d], [0xde00], [0xde00, 0xd83d], [0xd83d, 0xde00], [0xd83d, 0xd83d, 0xde00], [0x41, 0xdbff, 0x42]];
const random = new Random(12);
const samples = [...HALVES, ...Array.from({ length: 40 }, () => randomUnits(random))];

test("half a smiley is stored as U+FFFD, and read again", () => {
  expect(texts.execute("keep", args([0xd83d])).failure).toBeUndefined();
  expect(texts.stored("text")).toBe("03000000efbfbd");
  expect(hex(texts.query("kept").result)).toBe("03000000efbfbd");
});

describe("as TextEncoder writes them", () => {
  test("in fields, keys of maps, metadata, events and logs", () => {
    for (const units of samples) {
      const receipt = texts.execute("keep", args(units));
      expect(receipt.failure).toBeUndefined();
      expect(texts.stored("text") ?? "00000000").toBe(hex(borsh(units)));
      expect(texts.stored(join(new TextEncoder().encode("counts/"), borsh(units)))).toBe("01000000");
      expect(texts.stored(join(new TextEncoder().encode("metadata:"), utf8(units))) ?? "").toBe(hex(utf8(units)));
      expect(receipt.events.map(({ data }) => hex(data))).toEqual([hex(borsh(units))]);
      expect(receipt.logs).toEqual([new TextDecoder().decode(utf8(units))]);
      expect(hex(texts.query("kept").result)).toBe(hex(borsh(units)));
    }
  });

  test("in results, encodings, bytes and hashes", () => {
    for (const units of samples) {
      const result = (method: string) => texts.query(method, args(units)).result;
      expect(hex(result("encoded"))).toBe(hex(serialize(BYTES, [...borsh(units)])));
      expect(hex(result("bytes"))).toBe(hex(borsh(units)));
      expect(hex(result("returned"))).toBe(`01000000${hex(borsh(units))}`);
      expect(hex(result("hash"))).toBe(createHash("sha3-256").update(utf8(units)).digest("hex"));
    }
  });

  test("in failures and names of methods", () => {
    for (const units of samples) {
      const { failure } = texts.execute("fail", args(units));
      expect(failure?.status === "reverted" && hex(failure.data)).toBe(`00000000${hex(borsh(units))}`);
    }
    texts.execute("keep", args([0xd83d]));
    // The contract has no such method; that of the name "kept" is found by its bytes.
    const called = (units: readonly number[]) =>
      deserialize(BYTES, texts.execute("call", join(addressToBytes(texts.to), args(units))).result);
    expect(called([0x6b, 0x65, 0x70, 0x74])).toEqual([3, 0, 0, 0, 0xef, 0xbf, 0xbd]);
    expect(called([0x6b, 0x65, 0x70, 0x74, 0xd83d])).toEqual([1, 0, 0, 0]);
  });
});
