// Failures located in the author's file: the rewritten module's offsets lead back to the deployed one's, and those through
// the source map to lines.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { parseSourceMap } from "../../harness/vm/source-map.js";
import { assemble, deploy, execute } from "../fixtures/wat.js";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** One base64 VLQ, as ECMA-426 describes it. */
function vlq(value: number): string {
  let rest = value < 0 ? -value * 2 + 1 : value * 2;
  let text = "";
  do {
    const digit = rest % 32;
    rest = Math.floor(rest / 32);
    text += DIGITS[rest > 0 ? digit + 32 : digit];
  } while (rest > 0);
  return text;
}

/** A map from byte offsets to lines (from 0), all in one file, column 4. */
function makeMap(entries: readonly (readonly [offset: number, line: number])[], names: (string | null)[] = []): string {
  let [offset, line, column] = [0, 0, 0];
  const segments = entries.map(([nextOffset, nextLine]) => {
    const segment = vlq(nextOffset - offset) + vlq(0) + vlq(nextLine - line) + vlq(4 - column);
    [offset, line, column] = [nextOffset, nextLine, 4];
    return segment;
  });
  return JSON.stringify({
    version: 3,
    sources: ["contracts/a.ts"],
    mappings: segments.join(","),
    x_qwvm_functions: names,
  });
}

const WAT = `(module (memory (export "memory") 1)
  (func $fails (param i32) (local i32)
    (loop i32.const 0 i32.const 0 i32.const 1 memory.fill
      local.get 1 i32.const 1 i32.add local.tee 1 i32.const 3 i32.lt_u br_if 0)
    local.get 0 (if (then i32.const 1 local.get 0 i32.const 0 i32.and i32.div_u drop) (else (loop br 0))))
  (func (export "init"))
  (func (export "execute") (param i32 i32 i32 i32) local.get 1 call $fails)
  (func (export "query") (param i32 i32) (result i64) i64.const 0))`;

describe("a failure's position", () => {
  const wasm = assemble(WAT);
  const at = (pattern: number[], extra = 0): number => {
    const found = Buffer.from(wasm).indexOf(Buffer.from(pattern));
    expect(found).toBeGreaterThan(0);
    return found + extra;
  };
  // i32.and, i32.div_u, drop: the division is the second; local.get 1, call 0: the call; loop, br 0: the endless loop.
  const division = at([0x71, 0x6e, 0x1a], 1);
  const call = at([0x20, 0x01, 0x10, 0x00], 2);
  const endless = at([0x03, 0x40, 0x0c, 0x00], 2);
  const map = makeMap(
    [
      [endless - 40, 1],
      [division, 10],
      [division + 1, 11],
      [endless, 20],
      [endless + 2, 21],
      [call, 30],
      [call + 2, 31],
    ],
    ["Token.fails", null, "Token.execute"],
  );
  const artifact = { name: "Token", wasm, sourceMap: map };

  test("a trap's, and its caller's", () => {
    const chain = new Chain();
    const receipt = execute(chain, deploy(chain, artifact), "x");
    expect(receipt.failure?.frames).toEqual([
      { function: "Token.fails", position: { file: "contracts/a.ts", line: 11, column: 5 } },
      { function: "Token.execute", position: { file: "contracts/a.ts", line: 31, column: 5 } },
    ]);
  });

  test("running out of gas in a loop is the loop's", () => {
    const chain = new Chain();
    const receipt = execute(chain, deploy(chain, artifact), "");
    expect(receipt.status).toBe("out_of_gas");
    expect(receipt.failure?.frames[0]).toMatchObject({ function: "Token.fails", position: { line: 21 } });
  });

  test("a tool's own Error.prepareStackTrace does not get in the way", () => {
    const before = Error.prepareStackTrace;
    Error.prepareStackTrace = () => "nothing";
    try {
      const chain = new Chain();
      expect(execute(chain, deploy(chain, { ...artifact }), "x").failure?.frames).toHaveLength(2);
    } finally {
      if (before === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
      else Error.prepareStackTrace = before;
    }
  });
});

describe("a source map", () => {
  test("is searched by offset", () => {
    const map = parseSourceMap(
      makeMap([
        [100, 5],
        [2_000, 70_000],
        [2_010, 3],
      ]),
    );
    expect([99, 100, 1_999, 2_000, 2_010, 1e9].map((offset) => map?.find(offset)?.line)).toEqual([
      undefined,
      6,
      6,
      70_001,
      4,
      4,
    ]);
  });

  test("names the author's function, also where it was inlined", () => {
    // AAAAA: offset, source, line, column and name 0; IAAAC: 4 bytes on, name 1; IAAA: 4 bytes on, no name.
    const map = parseSourceMap('{"sources":["a"],"names":["T.f","T.g"],"mappings":"AAAAA,IAAAC,IAAA"}');
    expect([0, 3, 4, 8].map((offset) => map?.functionAt(offset))).toEqual(["T.f", "T.f", "T.g", undefined]);
  });

  test("that is damaged gives no positions and no error", () => {
    expect(parseSourceMap("{")).toBeUndefined();
    expect(parseSourceMap("null")).toBeUndefined();
    expect(parseSourceMap('{"version":3}')?.find(5)).toBeUndefined();
    expect(parseSourceMap('{"sources":["a"],"mappings":"!!!!,,;;"}')?.find(0)?.file).toBeOneOf([undefined, "a"]);
  });
});
