// Names that modules chose, in the messages of "qwvm/wasm": shown in one line, unable to steer a terminal, and of many
// only some. The characters are a line feed, an escape, and the override of the writing's direction.

import { describe, expect, test } from "vitest";
import { QwvmError } from "../../harness/core/errors.js";
import { describeTooLarge } from "../../harness/instrument/size-refusal.js";
import { meter, type RunOptions, runExport } from "../../harness/wasm.js";
import { assemble } from "../fixtures/wat.js";
import { concat, name, section } from "../hostile/module-bytes.js";

const ODD = "a\n\u001b[2J\u202eb";
const WAT_ODD = "a\\0a\\1b[2J\\e2\\80\\aeb";
const SHOWN = "a\\u{a}\\u{1b}[2J\\u{202e}b";
const EXPORTS = assemble(`(module (func (export "${WAT_ODD}") (param i32)))`);
const IMPORTS = assemble(`(module (import "${WAT_ODD}" "${WAT_ODD}" (func (result i32)))
  (func (export "f") (result i32) (call 0)))`);
const MEMORY = assemble(`(module (import "${WAT_ODD}" "${WAT_ODD}" (memory 1)))`);
const REFERENCE = assemble(`(module (func (export "${WAT_ODD}") (result funcref) (ref.null func)))`);
// A custom section: id, size, the name's length and the name, then contents.
const SECTION = concat(assemble("(module)").subarray(0, 8), section(0, name(ODD), new Uint8Array(100)));

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof QwvmError) return error.message;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const given = (host: unknown): RunOptions => ({ imports: { [ODD]: { [ODD]: host } } as never });

describe("shown in escapes", () => {
  test.each<[string, () => unknown, string]>([
    ["an unknown export", () => runExport(EXPORTS, "x"), `Its functions are ${SHOWN}.`],
    ["the name asked for", () => runExport(MEMORYLESS, ODD), '"a\\n\\u001b[2J\\u202eb"'],
    ["the name meant", () => runExport(EXPORTS, `${ODD}c`), `Did you mean ${SHOWN}?`],
    ["too few arguments", () => runExport(EXPORTS, ODD), `${SHOWN} of The module takes 1 argument`],
    ["no list of arguments", () => runExport(EXPORTS, ODD, 5 as never), `The arguments of ${SHOWN} are 5.`],
    ["an argument", () => runExport(EXPORTS, ODD, [1n]), `Argument 1 of ${SHOWN} is 1n`],
    ["a missing import", () => runExport(IMPORTS, "f"), `imports ${SHOWN}.${SHOWN}, which`],
    ["no function", () => runExport(IMPORTS, "f", [], given(5)), `The import ${SHOWN}.${SHOWN} is a number.`],
    [
      "a result",
      () =>
        runExport(
          IMPORTS,
          "f",
          [],
          given(() => ""),
        ),
      `function ${SHOWN}.${SHOWN} returned ""`,
    ],
    ["an imported memory", () => meter(MEMORY), `it imports a memory, ${SHOWN}.${SHOWN} (1 page`],
    ["a reference", () => runExport(REFERENCE, ODD), `${SHOWN} of The module is () -> funcref`],
  ])("%s", (_, act, shown) => {
    const message = messageOf(act);
    expect(message).toContain(shown);
    for (const character of ["\u001b", "\u202e"]) expect(message).not.toContain(character);
    // What happened, and what to do.
    expect(message.split("\n")).toHaveLength(2);
  });
});

const MEMORYLESS = assemble('(module (func (export "f")))');

test("a custom section's name", () => {
  expect(describeTooLarge(SECTION, 50).message).toContain(`debug sections (${SHOWN})`);
});

test("of many functions twenty are listed", () => {
  const functions = Array.from({ length: 1_000 }, (_, i) => `(func (export "f${i}"))`);
  const message = messageOf(() => runExport(assemble(`(module ${functions.join("")})`), "zzz"));
  expect(message).toMatch(/Its functions are f0, f1, .*, f19 and 980 more\.$/);
});

test("of a long name or type the beginning is shown", () => {
  const long = assemble(`(module (func (export "${"x".repeat(50_000)}") (param ${"i32 ".repeat(900)})))`);
  expect(messageOf(() => runExport(long, "f")).length).toBeLessThan(300);
  expect(messageOf(() => runExport(long, "x".repeat(50_000))).length).toBeLessThan(400);
  expect(messageOf(() => runExport(long, "y".repeat(50_000))).length).toBeLessThan(400);
});
