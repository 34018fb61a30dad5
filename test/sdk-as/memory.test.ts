// A contract's memory, and what other contracts can do to it: answers of any length and content, before and after which
// everything keeps its value.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ContractClient, ContractDefinition } from "../../harness/client/contract-types.js";
import { defineContract } from "../../harness/client/define-contract.js";
import type { Abi } from "../../harness/core/abi.js";
import { createQwvm, type Qwvm } from "../../harness/index.js";
import { buildFixtures } from "../fixtures/temp-project.js";
import { Random } from "../hostile/random.js";

// biome-ignore lint/suspicious/noExplicitAny: the methods of fixtures, whose results are compared whole.
type Method = any;
type Names = "lend" | "stored" | "sizes" | "uncaught" | "uncaughtCall" | "kinds" | "depth" | "uncaughtColors" | Pay;
type Loose = Record<Names, Method>;
type Pay = "pay" | "payRemote" | "payCaught";

let built: Awaited<ReturnType<typeof buildFixtures>>;
beforeAll(async () => {
  built = await buildFixtures(["memory"]);
  expect(built.result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});
afterAll(() => built.remove());

function definition(name: string): ContractDefinition<unknown[], Loose> {
  const file = (ending: string) => join(built.root, "build", `memory/${name}${ending}`);
  const abi = JSON.parse(readFileSync(file(".abi.json"), "utf8")) as Abi;
  return defineContract({ name: abi.name, abi, wasm: pathToFileURL(file(".wasm")) });
}

const deploy = (name: string) => vm.deploy(definition(name), []).with({ gasLimit: 1_000_000_000 });

let vm: Qwvm;
let peer: ContractClient<Loose>;
beforeEach(() => {
  vm = createQwvm();
  peer = deploy("peer");
});

describe("numbers that are worked out after a call", () => {
  // Each amount is 1, and each is multiplied by 3.
  test.each<Pay>(["pay", "payRemote", "payCaught"])(
    "%s: of 440 to 519 amounts, after notes of five lengths",
    (method) => {
      const payer = deploy("payer");
      const wrong: unknown[] = [];
      for (let count = 440; count < 520; count++) {
        for (const length of [0, 1, 7, 32, 100]) {
          const sum = payer[method](peer, "x".repeat(length), new Array(count).fill(1n));
          if (sum !== BigInt(3 * count)) wrong.push({ count, length, sum });
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  test("are not those of a field whose cell was given away", () => {
    const payer = deploy("payer");
    expect(payer.lend(peer, 3)).toEqual([21n, 21n, 255n]);
    expect(payer.stored()).toBe(21n);
  });
});

describe("answers and revert data as long as the room for them, and longer", () => {
  const ROOM = 65_536;
  // An answer is behind its length (4 bytes), revert data behind a code and a length (8).
  test.each([
    [12, [1, 12, 0, 12, 0, 8, 0, 1, 12]],
    [ROOM - 1, [1, ROOM - 1, 0, ROOM - 1, 0, ROOM - 5, 0, 1, ROOM - 1]],
    [ROOM, [1, ROOM, 0, ROOM, 0, ROOM - 4, 0, 1, ROOM]],
    [ROOM + 1, [0, 0, 0, ROOM, 1, 0, 0, 1, ROOM]],
    [200_000, [0, 0, 0, ROOM, 1, 0, 0, 1, ROOM]],
  ])("%i bytes", (size, expected) => {
    expect(deploy("payer").sizes(peer, size)).toEqual(expected);
  });

  test("end a call that does not catch them", () => {
    const payer = deploy("payer");
    expect(payer.uncaught(peer, ROOM)).toBe(ROOM - 4);
    expect(() => payer.uncaught(peer, ROOM + 1)).toThrow(/CallFailed/);
    expect(payer.uncaughtCall(peer, ROOM)).toBe(ROOM);
    expect(() => payer.uncaughtCall(peer, ROOM + 1)).toThrow(/CallFailed/);
  });
});

/** Of which of the types of `answers.ts` the bytes are an answer when they stand behind their length. */
function kindsOf(data: Uint8Array): boolean[] {
  const { length } = data;
  const view = new DataView(data.buffer, data.byteOffset, length);
  const isText = (bytes: Uint8Array) => {
    try {
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  };
  const isTextAt = (at: number) =>
    length >= at + 4 && length === at + 4 + view.getUint32(at, true) && isText(data.subarray(at + 4));
  const areTexts = () => {
    let at = 0;
    for (let i = 0; i < length; i++) {
      if (at + 4 > length) return false;
      const end = at + 4 + view.getUint32(at, true);
      if (end > length || !isText(data.subarray(at + 4, end))) return false;
      at = end;
    }
    return at === length;
  };
  const colors = (bytes: Uint8Array) => bytes.every((byte) => byte < 3);
  return [
    true,
    isText(data),
    false, // A bool is one byte, a length four.
    length === 4,
    length === 28,
    colors(data),
    // The length is the id; then a color, then no note or one.
    length >= 2 && colors(data.subarray(0, 1)) && ((data[1] === 0 && length === 2) || (data[1] === 1 && isTextAt(2))),
    areTexts(),
    false, // The length's lowest byte would be 1, and 21 bytes in all: 17 behind the length.
    length === 2 && colors(data), // The length, 2 0 0 0, are four colors.
  ];
}

describe("an answer that is no value of the declared type", () => {
  test("is a failure, and everything read of it zero", () => {
    const answers = deploy("answers");
    const random = new Random(9);
    const samples = [
      [],
      [1, 2],
      [3, 0],
      [0, 0],
      [2, 0],
      [0, 1, 2, 0, 0, 0, 0xc3, 0xbc],
      [0, 1, 2, 0, 0, 0, 0xc3, 0x28],
      [0, 1, 3, 0, 0, 0, 0xc3, 0xbc],
      [0xff, 0xfe, 0x41],
      [0xed, 0xa0, 0xbd],
      [0xf0, 0x9f, 0x98, 0x80],
      [0, 0, 0, 0],
      new Array(28).fill(2),
      new Array(16).fill(0),
      [255, 255, 255, 255],
    ];
    while (samples.length < 120) {
      const most = random.pick([3, 4, 129, 256]);
      samples.push(Array.from({ length: random.below(random.pick([4, 9, 30])) }, () => random.below(most)));
    }
    const seen = new Set<string>();
    for (const sample of samples) {
      const kinds = kindsOf(Uint8Array.from(sample));
      expect([sample, answers.kinds(peer, Uint8Array.from(sample))]).toEqual([sample, [true, ...kinds]]);
      kinds.forEach((isKind, i) => {
        seen.add(`${i} ${isKind}`);
      });
    }
    // Bytes of each kind and not, but the first, which anything is, and two that nothing is.
    expect(seen.size).toBe(2 * 10 - 3);
  });

  test("is a failure where structs in structs would use up the stack", () => {
    const answers = deploy("answers");
    // The length is the first one's id; then each but the last is followed by another, of five bytes.
    const chain = (depth: number) => Uint8Array.from([...new Array(depth - 1).fill([1, 0, 0, 0, 0]).flat(), 0]);
    expect([1, 2, 64, 65, 1000, 13_000].map((depth) => answers.depth(peer, chain(depth)))).toEqual([1, 2, 64, 0, 0, 0]);
  });

  test("ends a call that does not catch it", () => {
    const answers = deploy("answers");
    expect(answers.uncaught(peer, Uint8Array.of(0x41))).toBe("A");
    expect(() => answers.uncaught(peer, Uint8Array.of(0xff))).toThrow(/NotUtf8/);
    expect(answers.uncaughtColors(peer, Uint8Array.of(0, 1, 2))).toBe(3);
    expect(() => answers.uncaughtColors(peer, Uint8Array.of(0, 3))).toThrow(/CallFailed/);
  });
});
