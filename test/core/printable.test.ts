// Text from contracts, made fit for a terminal. The characters' categories are Unicode's.

import { expect, test } from "vitest";
import {
  printableJson,
  printableList,
  printableLiteral,
  printableName,
  printableText,
} from "../../harness/core/printable.js";

test.each([
  ["plain", "plain"],
  ["größer 数 🙂", "größer 数 🙂"],
  ["\u001b[31mred", "\\u{1b}[31mred"],
  ["a\nb\tc\0", "a\\u{a}b\\u{9}c\\u{0}"],
  // CSI in one character, right-to-left override, zero-width space, byte order mark, line separator.
  ["\u009b \u202e \u200b \ufeff \u2028", "\\u{9b} \\u{202e} \\u{200b} \\u{feff} \\u{2028}"],
  // Half of a pair; a character for private use; a tag character.
  ["\ud800 \ue000 \u{e0041}", "\\u{d800} \\u{e000} \\u{e0041}"],
])("%j", (name, shown) => {
  expect(printableName(name)).toBe(shown);
});

test("long names are cut", () => {
  expect(printableName("x".repeat(80))).toBe("x".repeat(80));
  expect(printableName("x".repeat(81))).toBe(`${"x".repeat(80)}... (81 characters)`);
});

test("a text keeps its lines and tabs, and nothing else", () => {
  expect(printableText("one\n\ttwo\r\n\u001b[1mthree")).toBe("one\n\ttwo\n\\u{1b}[1mthree");
});

test("a literal is read back as it was", () => {
  for (const name of ["plain", 'a "quoted" \\ one', "\u001b[31m\n\u202e", "\ud800 \u{e0041}"]) {
    const literal = printableLiteral(name);
    expect(JSON.parse(literal)).toBe(name);
    expect(literal).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  }
  expect(printableLiteral("x".repeat(90))).toBe(`"${"x".repeat(80)}"... (90 characters)`);
});

test("a list says how many it leaves out", () => {
  expect(printableList(["a", "b\n"])).toBe("a, b\\u{a}");
  expect(printableList(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
});

test.each([
  ["tabs between texts", Array.from({ length: 15_000 }, () => "ab").join("\t")],
  ["lines", "x\n".repeat(3_000)],
  ["characters that are escaped", "\u202e".repeat(4_000)],
  ["characters of two units", "\u{e0041}".repeat(4_000)],
])("a text is cut as a whole: %s", (_, text) => {
  const shown = printableText(text);
  expect(shown.length).toBeLessThan(4_096 + 30);
  expect(shown.split("\n").length).toBeLessThanOrEqual(100);
  expect(shown).toMatch(new RegExp(`\\.\\.\\. \\(${text.length} characters\\)$`));
  expect(shown).not.toMatch(/[\p{Cf}\p{Cs}]|\\u\{[^}]*$/u);
});

test("JSON reads as before, and nothing in it steers a terminal", () => {
  const value = { text: "\u009b\u202e\u{e0041}\n", lines: [1, "ü"] };
  for (const indent of [0, 2]) {
    const json = printableJson(JSON.stringify(value, null, indent));
    expect(JSON.parse(json)).toEqual(value);
    expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  }
});
