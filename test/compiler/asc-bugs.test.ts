// The bugs of asc's pinned version that a contract could meet: still there, each in the table of the docs. Where one of these
// tests fails after a newer asc, what guards against it can go.

import asc from "assemblyscript/asc";
import { beforeAll, describe, expect, test } from "vitest";
import { readSource } from "../house/source-files.js";
import { ASC_BUGS, type AscBug } from "./plain-asc.js";

type Run = () => number;

let run: Record<string, Run> = {};
beforeAll(async () => {
  const source = ASC_BUGS.map(({ body }, i) => `export function f${i}(): i32 { ${body} }\n`).join("");
  // As a function that is not inlined: its argument is no constant.
  const text = `let eight: i8 = 0; function id8(value: i8): i8 { eight = value; return eight; }\n${source}`;
  const files: Record<string, string> = { "bugs.ts": text };
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      "bugs.ts",
      "--outFile",
      "bugs.wasm",
      "--runtime",
      "stub",
      "--optimizeLevel",
      "3",
      "--shrinkLevel",
      "2",
      "--use",
      "abort=",
    ],
    {
      readFile: (name) => files[name] ?? null,
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm")) binary = contents as Uint8Array<ArrayBuffer>;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(stderr.toString());
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary));
  run = instance.exports as unknown as Record<string, Run>;
}, 60_000);

function outcome(i: number): AscBug["wrong"] {
  try {
    return run[`f${i}`]?.() ?? Number.NaN;
  } catch {
    return "traps";
  }
}

describe("asc has not mended", () => {
  test.each(ASC_BUGS.map((bug, i) => ({ ...bug, i })))("$name", ({ name, wrong, right, i }) => {
    expect(wrong).not.toBe(right);
    expect(outcome(i), `asc has mended ${name}, or does something else now: remove its guard`).toBe(wrong);
  });
});

test("the table has them all, and no other", () => {
  const table = readSource("sdk-as/docs/asc-bugs.md");
  const rows = [...table.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(ASC_BUGS.map(({ name }) => name));
});
