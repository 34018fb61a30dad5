// The codec against the npm package `borsh`, and against values and bytes that do not fit.

import { deserialize, serialize } from "borsh";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AbiCodec } from "../../harness/client/codec.js";
import { type Abi, type AbiType, formatAbiType } from "../../harness/core/abi.js";

const EMPTY: Abi = {
  abiVersion: 1,
  name: "Box",
  methods: [],
  events: [],
  errors: [],
  structs: [],
  enums: [],
  state: [],
};

/** A codec of a contract `Box` with a method `set(value: TYPE)` and structs and enums to use. */
function codecFor(type: AbiType, abi: Partial<Abi> = {}) {
  const set = { name: "set", kind: "execute", params: [{ name: "value", type }], payable: false } as const;
  const get = { name: "get", kind: "query", params: [], result: type, payable: false } as const;
  return new AbiCodec({ ...EMPTY, ...abi, methods: [set, get] });
}

function encode(type: AbiType, value: unknown, abi: Partial<Abi> = {}): Uint8Array {
  return codecFor(type, abi).method("set").encodeArgs([value]);
}

function decode(type: AbiType, bytes: Uint8Array, abi: Partial<Abi> = {}): unknown {
  return codecFor(type, abi).method("get").decodeResult(bytes);
}

/** The code and message of what a function throws. */
function failure(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`;
  }
  return "nothing was thrown";
}

/** Values of one type, as ours and as `borsh` takes them. */
interface Kind {
  readonly ours: AbiType;
  readonly theirs: object | string;
  readonly values: fc.Arbitrary<{ ours: unknown; theirs: unknown }>;
}

const same = <T>(values: fc.Arbitrary<T>) =>
  values.map((value) => ({ ours: value as unknown, theirs: value as unknown }));
const POINT: Pick<Abi, "structs"> = {
  structs: [
    {
      name: "Point",
      fields: [
        { name: "x", type: "u32" },
        { name: "label", type: { option: "string" } },
      ],
    },
  ],
};

const LEAVES: readonly Kind[] = [
  { ours: "bool", theirs: "bool", values: same(fc.boolean()) },
  { ours: "string", theirs: "string", values: same(fc.string({ unit: "binary" })) },
  ...[8, 16, 32].flatMap((bits): Kind[] => [
    { ours: `u${bits}` as AbiType, theirs: `u${bits}`, values: same(fc.integer({ min: 0, max: 2 ** bits - 1 })) },
    {
      ours: `i${bits}` as AbiType,
      theirs: `i${bits}`,
      values: same(fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })),
    },
  ]),
  ...[64, 128].flatMap((bits): Kind[] => {
    const limit = 2n ** BigInt(bits);
    const wide = (min: bigint, max: bigint) => same(fc.oneof(fc.bigInt(min, max), fc.constantFrom(min, max, 0n, 1n)));
    return [
      { ours: `u${bits}` as AbiType, theirs: `u${bits}`, values: wide(0n, limit - 1n) },
      { ours: `i${bits}` as AbiType, theirs: `i${bits}`, values: wide(-limit / 2n, limit / 2n - 1n) },
    ];
  }),
  // The package has no 256-bit integers: their 32 bytes are worked out here, lowest first, modulo 2^256.
  ...(["u256", "i256"] as const).map((ours): Kind => {
    const limit = 2n ** 256n;
    const [min, max] = ours === "u256" ? [0n, limit - 1n] : [-limit / 2n, limit / 2n - 1n];
    const bytesOf = (value: bigint) =>
      Array.from({ length: 32 }, (_, index) => Number((((value + limit) % limit) / 256n ** BigInt(index)) % 256n));
    return {
      ours,
      theirs: { array: { type: "u8", len: 32 } },
      values: fc
        .oneof(fc.bigInt(min, max), fc.constantFrom(min, max, 0n, 1n))
        .map((value) => ({ ours: value, theirs: bytesOf(value) })),
    };
  }),
  {
    ours: "bytes",
    theirs: { array: { type: "u8" } },
    values: fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ ours: bytes, theirs: [...bytes] })),
  },
  {
    ours: "hash",
    theirs: { array: { type: "u8", len: 32 } },
    values: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => ({ ours: bytes, theirs: [...bytes] })),
  },
  {
    ours: "address",
    theirs: { array: { type: "u8", len: 20 } },
    values: fc
      .uint8Array({ minLength: 20, maxLength: 20 })
      .map((bytes) => ({ ours: `0x${Buffer.from(bytes).toString("hex")}`, theirs: [...bytes] })),
  },
  {
    ours: { struct: "Point" },
    theirs: { struct: { x: "u32", label: { option: "string" } } },
    values: same(fc.record({ x: fc.nat(), label: fc.option(fc.string({ unit: "binary" })) })),
  },
];

function nested(kind: Kind): readonly Kind[] {
  const pairs = (list: readonly { ours: unknown; theirs: unknown }[]) => ({
    ours: list.map(({ ours }) => ours),
    theirs: list.map(({ theirs }) => theirs),
  });
  return [
    {
      ours: { array: kind.ours },
      theirs: { array: { type: kind.theirs } },
      values: fc.array(kind.values, { maxLength: 5 }).map(pairs),
    },
    {
      ours: { array: kind.ours, length: 3 },
      theirs: { array: { type: kind.theirs, len: 3 } },
      values: fc.array(kind.values, { minLength: 3, maxLength: 3 }).map(pairs),
    },
    {
      ours: { option: kind.ours },
      theirs: { option: kind.theirs },
      values: fc.option(kind.values).map((value) => ({ ours: value?.ours ?? null, theirs: value?.theirs ?? null })),
    },
  ];
}

const KINDS = LEAVES.flatMap((leaf) => [leaf, ...nested(leaf)]);

describe("the same bytes as npm's borsh, both ways", () => {
  test.each(KINDS.map((kind) => [formatAbiType(kind.ours), kind] as const))("%s", (_name, kind) => {
    fc.assert(
      fc.property(kind.values, ({ ours, theirs }) => {
        const expected = serialize(kind.theirs as never, theirs as never);
        expect(encode(kind.ours, ours, POINT)).toEqual(expected);
        expect(decode(kind.ours, expected, POINT)).toEqual(ours);
        expect(deserialize(kind.theirs as never, encode(kind.ours, ours, POINT))).toEqual(theirs);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test("a leading byte order mark stays", () => {
    expect(decode("string", encode("string", "\ufeffx"))).toBe("\ufeffx");
  });
});

describe("a value that does not fit is refused with its place, its type and what to write", () => {
  const set = "Box.set: argument 1";
  test.each<[AbiType, unknown, string]>([
    ["u64", -1n, `${set} (value: u64) is -1n, which is not a u64.\na u64 is a bigint from 0n to 2n ** 64n - 1n.`],
    ["u64", 2n ** 64n, `${set} (value: u64) is 18446744073709551616n, which is not a u64.`],
    ["u64", 5, `${set} (value: u64) is 5, which is not a u64.\nWrite 5n: `],
    ["u64", "5", `${set} (value: u64) is "5", which is not a u64.`],
    ["u32", 5n, `${set} (value: u32) is 5n, which is not a u32.\nWrite 5: `],
    ["u32", 1.5, `is 1.5, which is not a u32.`],
    ["u8", Number.NaN, `is NaN, which is not a u8.\na u8 is a number from 0 to 255.`],
    ["u8", 256, `is 256, which is not a u8.`],
    ["u16", Number.POSITIVE_INFINITY, `is Infinity, which is not a u16.`],
    ["i8", -129, `is -129, which is not an i8.\nan i8 is a number from -128 to 127.`],
    ["i64", 2n ** 63n, `which is not an i64.\nan i64 is a bigint from -(2n ** 63n) to 2n ** 63n - 1n.`],
    ["u256", 2n ** 256n, `which is not a u256.`],
    ["u128", -1n, `which is not a u128.`],
    ["bool", 1, `is 1, which is not a bool.\nWrite true or false.`],
    ["string", 7, `is 7, which is not a string.`],
    ["string", "a\ud800b", `which has a lone surrogate.`],
    ["bytes", [1, 2], `is [1, 2], which is not bytes.`],
    ["bytes", "0x12", `is "0x12", which is not bytes.`],
    ["hash", new Uint8Array(31), `is 31 bytes instead of 32.`],
    ["address", `0x${"ab".repeat(19)}`, `which has 19 bytes instead of 20.`],
    ["address", new Uint8Array(19), `is 19 bytes instead of 20.`],
    ["address", "alice", `is "alice", which is not an address.\nAn address is 20 bytes`],
    ["address", `0x${"\u0130".repeat(40)}`, "which is not an address."],
    ["address", `0x${"g".repeat(40)}`, "which is not an address."],
    ["address", undefined, `is undefined, which is not an address.`],
    [{ option: "u8" }, undefined, `is undefined.\nWrite null for no value.`],
    [{ array: "u8" }, 5, `is 5, which is not an array.`],
    [{ array: "u64" }, [1n, 2n, -3n], `${set} (value: Array<u64>): [2] is -3n, which is not a u64.`],
    [{ array: "bool", length: 2 }, [true], `is an array of 1 items instead of 2.`],
    [{ struct: "Point" }, { x: 1 }, `which lacks the field label: string | null.\nThe fields given are: x.`],
    [{ struct: "Point" }, { x: -1, label: null }, `${set} (value: Point): .x is -1, which is not a u32.`],
    [{ struct: "Point" }, 3, `is 3, which is not a Point.\nGive an object: { x: u32, label: string | null }.`],
    [{ enum: "Color" }, "Grey", `is "Grey", which is not a Color.\nIts values are "Red", "Blue".`],
  ])("%j", (type, value, expected) => {
    const message = failure(() =>
      encode(type, value, { ...POINT, enums: [{ name: "Color", variants: ["Red", "Blue"] }] }),
    );
    expect(message).toContain("BAD_ARGUMENT: ");
    expect(message.split("\n").length).toBe(2);
    expect(message).toContain(expected);
  });

  test("the wrong number of arguments", () => {
    const codec = codecFor("u64");
    expect(failure(() => codec.method("set").encodeArgs([]))).toBe(
      "BAD_ARGUMENT_COUNT: Box.set takes 1 argument, but none was given.\nIts parameters are (value: u64).",
    );
    expect(failure(() => codec.method("set").encodeArgs([1n, 2n]))).toContain("takes 1 argument, but 2 were given");
    expect(failure(() => codec.method("get").encodeArgs([7]))).toContain("takes no arguments, but 1 was given");
  });

  test("an unknown method has the nearest name", () => {
    expect(failure(() => codecFor("u64").method("gett"))).toBe(
      'UNKNOWN_METHOD: Box has no method "gett".\nDid you mean get? Its methods are set, get.',
    );
  });

  test("an interface with a type that it does not describe", () => {
    expect(failure(() => encode({ struct: "Gone" }, {}))).toContain('BAD_ABI: The interface names the struct "Gone"');
    expect(failure(() => encode("u65" as AbiType, 1))).toContain('BAD_ABI: The interface names the type "u65"');
    expect(failure(() => encode("constructor" as AbiType, 1))).toContain("BAD_ABI");
  });
});

describe("bytes that do not fit are refused", () => {
  test.each<[string, AbiType, number[], string]>([
    ["too few", "u64", [1, 2, 3], "8 bytes are needed at offset 0, but only 3 are left"],
    ["too many", "u8", [1, 2], "1 byte left over after offset 1"],
    ["a bool of 2", "bool", [2], "byte 2 at offset 0 is not a bool"],
    ["an option of 9", { option: "u8" }, [9, 1], "byte 9 at offset 0 is not an option"],
    ["an unknown variant", { enum: "Color" }, [2], "byte 2 is not a Color, which has 2 values"],
    ["text that is not UTF-8", "string", [1, 0, 0, 0, 0xff], "the string's 1 bytes are not UTF-8"],
    ["a string longer than the data", "string", [255, 255, 255, 255, 65], "4294967295 bytes are needed"],
    [
      "an array with a lying length",
      { array: "u8" },
      [255, 255, 255, 255, 1],
      "an array of 4294967295 items is announced",
    ],
    [
      "an array of empty structs with a lying length",
      { array: { struct: "Nothing" } },
      [255, 255, 255, 255],
      "empty items",
    ],
    ["a hash of 31 bytes", "hash", new Array(31).fill(1), "32 bytes are needed"],
    ["a result where there is none", "bytes", [], "4 bytes are needed"],
  ])("%s", (_name, type, bytes, expected) => {
    const abi = { structs: [{ name: "Nothing", fields: [] }], enums: [{ name: "Color", variants: ["Red", "Blue"] }] };
    const message = failure(() => decode(type, Uint8Array.from(bytes), abi));
    expect(message).toContain("BAD_RESULT: The result of Box.get is not a valid");
    expect(message).toContain(expected);
  });

  test("a struct that contains itself", () => {
    const tree: AbiType = { struct: "Tree" };
    const abi = { structs: [{ name: "Tree", fields: [{ name: "children", type: { array: tree } }] }] };
    const value = { children: [{ children: [] }, { children: [{ children: [] }] }] };
    // Lengths only: 2, 0, 1, 0.
    expect([...encode(tree, value, abi)]).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(decode(tree, encode(tree, value, abi), abi)).toEqual(value);
  });

  test("random bytes never do more than refuse", () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.uint8Array({ maxLength: 64 }), (kind, bytes) => {
        try {
          expect(encode(kind.ours, decode(kind.ours, bytes, POINT), POINT)).toEqual(bytes);
        } catch (error) {
          expect((error as { code?: string }).code).toBe("BAD_RESULT");
        }
      }),
      { numRuns: 3000, seed: 11 },
    );
  });
});

describe("events and errors", () => {
  const abi: Abi = {
    ...EMPTY,
    events: [{ name: "Moved", fields: [{ name: "by", type: "u8" }] }],
    errors: [{ name: "TooFar", code: 0x0403_0201, fields: [{ name: "by", type: "u16" }] }],
  };
  const codec = new AbiCodec(abi);
  const topic = new TextEncoder().encode("Moved");

  test("an event by its topic", () => {
    expect(codec.decodeEvent(topic, Uint8Array.of(7))).toEqual({ name: "Moved", args: { by: 7 } });
    expect(codec.decodeEvent(topic, Uint8Array.of(7, 7))).toBeUndefined();
    expect(codec.decodeEvent(Uint8Array.of(0xff), Uint8Array.of(7))).toBeUndefined();
  });

  test("an error by its code, four bytes little-endian", () => {
    expect(codec.decodeError(Uint8Array.of(1, 2, 3, 4, 5, 1))).toEqual({ name: "TooFar", args: { by: 261 } });
    expect(codec.decodeError(Uint8Array.of(1, 2, 3, 4, 5))).toBeUndefined();
    expect(codec.decodeError(Uint8Array.of(1, 2, 3))).toBeUndefined();
  });
});
