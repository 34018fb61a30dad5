// Pointers and lengths that lie outside, are negative, or meet only beyond 2^32, into each parameter of each host function;
// and what the machine itself is given: results and allocations outside of the memory, results of 16 MB.

import { describe, expect, test } from "vitest";
import { HOST_FUNCTIONS } from "../../harness/core/host-interface.js";
import { expectContained, MARKS, raw, sdk } from "./contained.js";

const END = 65_536;

/**
 * For each function the ranges among its parameters: pointer and length by position, or a pointer and the size it has. The
 * lengths of the rest are 0, the pointers too.
 */
const CALLS: readonly (readonly [
  call: string,
  count: number,
  ranges: readonly (readonly [at: number, size: number | "next"])[],
  drop: boolean,
])[] = [
  [
    "$read",
    4,
    [
      [0, "next"],
      [2, "next"],
    ],
    true,
  ],
  ["$readWord", 2, [[0, "next"]], true],
  [
    "$write",
    4,
    [
      [0, "next"],
      [2, "next"],
    ],
    false,
  ],
  [
    "$verify",
    6,
    [
      [0, "next"],
      [2, "next"],
      [4, "next"],
    ],
    true,
  ],
  [
    "$sha3",
    3,
    [
      [0, "next"],
      [2, 32],
    ],
    false,
  ],
  ["$caller", 1, [[0, 20]], false],
  ["$vrf", 1, [[0, 32]], false],
  ["$self", 1, [[0, 20]], false],
  ["$value", 1, [[0, 32]], false],
  [
    "$balance",
    2,
    [
      [0, 20],
      [1, 32],
    ],
    false,
  ],
  [
    "$transfer",
    2,
    [
      [0, 20],
      [1, 32],
    ],
    true,
  ],
  [
    "$transferOrTrap",
    2,
    [
      [0, 20],
      [1, 32],
    ],
    false,
  ],
  [
    "$emit",
    4,
    [
      [0, "next"],
      [2, "next"],
    ],
    false,
  ],
  [
    "$call",
    7,
    [
      [0, 20],
      [1, "next"],
      [3, "next"],
      [5, "next"],
    ],
    true,
  ],
  ["$revert", 2, [[0, "next"]], false],
  ["$log", 2, [[0, "next"]], false],
];

const one = CALLS.flatMap(([call, count, ranges, drop]) =>
  ranges.map(([at, size]) => [`${call}, parameter ${at}`, call, count, at, size, drop] as const),
);

describe.each(one)("%s", (_name, call, count, at, size, drop) => {
  /** The body of a call with one range as given. */
  const body = (pointer: number, length: number): string => {
    const operands = new Array<number>(count).fill(0);
    operands[at] = pointer;
    if (size === "next") operands[at + 1] = length;
    return `${operands.map((value) => `i32.const ${value | 0}`).join(" ")} call ${call} ${drop ? "drop" : ""}`;
  };
  const needed = size === "next" ? 1 : size;

  test("outside of the memory", () => {
    for (const pointer of [
      END - needed + 1,
      END,
      END + 1,
      0x7fff_ffff,
      0x8000_0000,
      0xffff_ffff - needed,
      0xffff_ffff,
    ]) {
      const ending = expectContained(raw(`${MARKS} ${body(pointer, needed)}`));
      expect([ending.status, ending.code], String(pointer)).toEqual(["trapped", "out-of-bounds pointer"]);
    }
  });

  if (size === "next") {
    test("with a length that leads out, or that meets the pointer beyond 2^32", () => {
      for (const [pointer, length] of [
        [0, END + 1],
        [1, END],
        [END, 1],
        [0, 0x7fff_ffff],
        [0, 0x8000_0000],
        [0, 0xffff_ffff],
        [1, 0xffff_ffff],
        [16, 0xffff_fff0],
        [0x8000_0000, 0x8000_0000],
        [0xffff_ffff, 0xffff_ffff],
        [0xffff_ffff, 1],
        [0xffff_ffff, 2],
      ] as const) {
        // With gas enough to pay for four gigabytes where they are paid for first.
        const { status, code } = expectContained(raw(`${MARKS} ${body(pointer, length)}`), { gasLimit: 2 ** 40 });
        expect([status, code], `${length} bytes at ${pointer}`).toEqual(["trapped", "out-of-bounds pointer"]);
      }
    });

    test("with an empty range at the memory's very end, and one beyond", () => {
      const empty = expectContained(raw(body(END, 0)));
      expect(empty.code).not.toBe("out-of-bounds pointer");
      expect(expectContained(raw(body(END + 1, 0))).code).toBe("out-of-bounds pointer");
      expect(expectContained(raw(body(0xffff_ffff, 0))).code).toBe("out-of-bounds pointer");
    });
  }
});

test("every host function with a pointer is among them", () => {
  const tested = new Set(["qw_get_block_timestamp", "qw_get_block_height", "qw_get_chain_id", "abort"]);
  const names: Record<string, string> = {
    $read: "qw_storage_read",
    $write: "qw_storage_write",
    $verify: "qw_dilithium_verify",
    $sha3: "qw_sha3_256",
    $caller: "qw_get_caller",
    $vrf: "qw_get_vrf",
    $self: "qw_get_self",
    $value: "qw_get_value",
    $balance: "qw_get_balance",
    $transfer: "qw_transfer",
    $emit: "qw_emit_event",
    $call: "qw_call_contract",
    $revert: "qw_revert",
    $log: "qw_log",
  };
  for (const [call] of CALLS) if (names[call] !== undefined) tested.add(names[call]);
  expect([...tested].sort()).toEqual(HOST_FUNCTIONS.map((host) => host.name).sort());
});

describe("abort", () => {
  const abort = (message: number, file: number, more = ""): string =>
    `${more} i32.const ${message | 0} i32.const ${file | 0} i32.const -1 i32.const -1 call $abort`;
  const lengthAt = (at: number, length: number): string => `i32.const ${at} i32.const ${length | 0} i32.store`;

  test.each([1, 2, 3, END + 4, END + 5, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff])("with a text at %i", (pointer) => {
    for (const body of [abort(pointer, 0), abort(0, pointer)]) {
      expect(expectContained(raw(`${MARKS} ${body}`))).toMatchObject({
        status: "trapped",
        code: "out-of-bounds pointer",
      });
    }
  });

  test.each([END, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff])("with a text that says it has %i bytes", (length) => {
    const body = abort(104, 0, lengthAt(100, length));
    expect(expectContained(raw(body))).toMatchObject({ status: "trapped", code: "out-of-bounds pointer" });
  });

  test("with halves of characters, odd lengths and a terminal's commands is a revert like others", () => {
    // U+D800 alone; ESC [ 2 J; an odd number of bytes.
    const text = (length: number): string =>
      `${lengthAt(100, length)} i32.const 104 i64.const 0x004a0032005b001b i64.store i32.const 112 i32.const 0xd800 i32.store`;
    for (const length of [0, 1, 7, 8, 10]) {
      expect(expectContained(raw(abort(104, 104, text(length)))).status).toBe("reverted");
    }
  });
});

describe("what the machine is given", () => {
  test.each([
    ["a byte beyond", 0xffff, 2],
    ["at the end, and one byte", END, 1],
    ["2^32 - 1 bytes", 0, 0xffff_ffff],
    ["2^31 bytes", 0, 0x8000_0000],
    ["at 2^32 - 1", 0xffff_ffff, 0],
    ["all bits", 0xffff_ffff, 0xffff_ffff],
    ["that meets only beyond 2^32", 0x8000_0000, 0x8000_0000],
  ])("a result outside of the memory: %s", (_name, pointer, length) => {
    const result = `i64.const ${(BigInt(pointer) << 32n) | BigInt(length)}`;
    for (const kind of ["execute", "query"] as const) {
      expect(expectContained(sdk("", result), { kind })).toMatchObject({
        status: "trapped",
        code: "bad result pointer",
      });
    }
  });

  test("an empty result at the very end", () => {
    expect(expectContained(sdk("", `i64.const ${BigInt(END) << 32n}`)).status).toBe("success");
  });

  test("a result of 16 MB, from a transaction, a query and a nested call", () => {
    const all = `i64.const ${16 * 1_048_576}`;
    const large = sdk("", all, "", 256);
    for (const kind of ["execute", "query"] as const) {
      // Two inputs of two operators; call and end of `$run`, const, end.
      expect(expectContained(large, { kind })).toEqual({ status: "success", code: undefined, gasUsed: 8 });
    }
    const caller = raw(
      `local.get $args i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 65536 call $call
       i32.const 16777216 i32.ne (if (then unreachable))`,
    );
    const args = (_: unknown, [to = "0x"]: readonly string[]): Uint8Array =>
      new Uint8Array(Buffer.from(to.slice(2), "hex"));
    expect(expectContained(caller, { args, helpers: [large] }).status).toBe("success");
  });

  test.each([END, 0x7fff_ffff, -1, -(2 ** 31)])("an allocation at %i", (pointer) => {
    const wat = sdk("").replace("(result i32) i32.const 4096", `(result i32) i32.const ${pointer}`);
    expect(expectContained(wat, { method: "m" })).toMatchObject({ status: "trapped", code: "out-of-bounds pointer" });
  });

  test("an allocator that grows the memory, writes into it, calls and reverts", () => {
    for (const code of [
      "i32.const 1 memory.grow drop i32.const 65536",
      "i32.const 0 i32.const 1 i32.const 0 i32.const 1 call $write i32.const 0",
      "i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $call drop i32.const 0",
      "i32.const 0 i32.const 4 call $revert i32.const 0",
    ]) {
      const wat = sdk("").replace("(result i32) i32.const 4096", `(result i32) ${code}`);
      expectContained(wat, { method: "m", args: new Uint8Array(100) });
      expectContained(wat, { method: "m", kind: "query" });
    }
  });

  test("a memory that shrank while the machine was not looking: grown by a callee's callback", () => {
    // The contract calls itself with a result area at the end; the inner frame grows a kept memory.
    const wat = raw(
      `local.get $len (if (then i32.const 100 memory.grow drop return))
       i32.const 0 call $self
       i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 1 i32.const 65000 i32.const 536 call $call drop
       i32.const 6619136 i32.load drop`,
    );
    // 101 pages are 6,619,136 bytes; the inputs' page comes on top.
    expect(expectContained(wat, { memory: "kept" }).status).toBe("success");
    expect(expectContained(wat, { memory: "fresh" })).toMatchObject({ code: "out-of-bounds memory access" });
  });
});
