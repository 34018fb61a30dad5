// String beside JavaScript's: also of halves of pairs, which arrive and leave as UTF-16 units.

import { FAILS, type Operation } from "./operation.js";

const S = "string";
const I = "i32";
const at = (value: bigint) => Number(value);
const integer = (value: number) => BigInt(value);
const TEMPLATE = ["`", "a", "/", "b", "/", "c", "/", "d", "`"].join("").replace(/[a-d]/g, "$${$&}");
const LONGEST = 200_000;

export const TEXT_OPERATIONS: readonly Operation[] = [
  op("indexOf", [S, S, I], I, "a.indexOf(b, c)", (a, b, c) => integer(a.indexOf(b, at(c)))),
  op("lastIndexOf", [S, S, I], I, "a.lastIndexOf(b, c)", (a, b, c) => integer(a.lastIndexOf(b, at(c)))),
  op("lastIndex", [S, S], I, "a.lastIndexOf(b)", (a, b) => integer(a.lastIndexOf(b))),
  op("includes", [S, S, I], "bool", "a.includes(b, c)", (a, b, c) => a.includes(b, at(c))),
  op("startsWith", [S, S, I], "bool", "a.startsWith(b, c)", (a, b, c) => a.startsWith(b, at(c))),
  op("endsWith", [S, S, I], "bool", "a.endsWith(b, c)", (a, b, c) => a.endsWith(b, at(c))),
  op("slice", [S, I, I], "i32[]", "unitsOf(a.slice(b, c))", (a, b, c) => units(a.slice(at(b), at(c)))),
  op("sliceFrom", [S, I], "i32[]", "unitsOf(a.slice(b))", (a, b) => units(a.slice(at(b)))),
  op("substring", [S, I, I], "i32[]", "unitsOf(a.substring(b, c))", (a, b, c) => units(a.substring(at(b), at(c)))),
  op("substr", [S, I, I], "i32[]", "unitsOf(a.substr(b, c))", (a, b, c) => units(a.substr(at(b), at(c)))),
  op("charAt", [S, I], "i32[]", "unitsOf(a.charAt(b))", (a, b) => units(a.charAt(at(b)))),
  // -1 is what AssemblyScript, which has no NaN and undefined of integers, gives outside of the text.
  op("charCodeAt", [S, I], I, "a.charCodeAt(b)", (a, b) =>
    integer(a.charCodeAt(at(b)) || (a[at(b)] === "\0" ? 0 : -1)),
  ),
  op("codePointAt", [S, I], I, "a.codePointAt(b)", (a, b) => integer(a.codePointAt(at(b)) ?? -1)),
  op("at", [S, I], "i32[]", "unitsOf(a.at(b))", (a, b) => (a.at(at(b)) === undefined ? FAILS : units(a.at(at(b))))),
  op("concat", [S, S], S, "a.concat(b) + b", (a, b) => a + b + b),
  op(
    "compare",
    [S, S],
    "i32[]",
    "[i32(a < b), i32(a <= b), i32(a > b), i32(a >= b), i32(a == b), i32(a != b)]",
    (a, b) => [a < b, a <= b, a > b, a >= b, a === b, a !== b].map((is) => integer(Number(is))),
  ),
  op("repeat", [S, I], S, "a.repeat(b)", (a, b) =>
    b < 0n || (b > LONGEST && a !== "") ? FAILS : a.repeat(a === "" ? 0 : at(b)),
  ),
  // A length that no memory holds ends the call.
  op("padStart", [S, I, S], "i32[]", "unitsOf(a.padStart(b, c))", (a, b, c) => padded(a, b, c, "padStart")),
  op("padEnd", [S, I, S], "i32[]", "unitsOf(a.padEnd(b, c))", (a, b, c) => padded(a, b, c, "padEnd")),
  op("replace", [S, S, S], S, "a.replace(b, c)", (a, b, c) => wellFormed(a.replace(b, () => c))),
  op("replaceAll", [S, S, S], S, "a.replaceAll(b, c)", (a, b, c) => wellFormed(a.replaceAll(b, () => c))),
  op("replaceLonger", [S, S, S], S, "a.repeat(9).replaceAll(b, c.repeat(9))", (a, b, c) =>
    wellFormed(a.repeat(9).replaceAll(b, () => c.repeat(9))),
  ),
  op("split", [S, S, I], "string[]", "a.split(b, c)", (a, b, c) => a.split(b, at(c)).map(wellFormed)),
  op("splitAll", [S, S], "string[]", "a.split(b)", (a, b) => a.split(b).map(wellFormed)),
  op("trim", [S], "string[]", "[a.trim(), a.trimStart(), a.trimEnd(), a.trimLeft(), a.trimRight()]", (a) => [
    a.trim(),
    a.trimStart(),
    a.trimEnd(),
    a.trimStart(),
    a.trimEnd(),
  ]),
  op("lower", ["i32[]"], "i32[]", "unitsOf(String.fromCharCodes(a).toLowerCase())", (a) =>
    units(from(a).toLowerCase()),
  ),
  op("upper", ["i32[]"], "i32[]", "unitsOf(String.fromCharCodes(a).toUpperCase())", (a) =>
    units(from(a).toUpperCase()),
  ),
  op("fromUnits", [I, I], "i32[]", "unitsOf(String.fromCharCode(a, b))", (a, b) =>
    units(b === -1n ? String.fromCharCode(at(a)) : String.fromCharCode(at(a), at(b))),
  ),
  op("fromCodePoint", [I], "i32[]", "unitsOf(String.fromCodePoint(a))", (a) =>
    a < 0n || a > 0x10ffffn ? FAILS : units(String.fromCodePoint(at(a))),
  ),
  op("template", [S, "i64", "bool", S], S, TEMPLATE, (a, b, c, d) => `${a}/${b}/${c}/${d}`),
  op("sorted", ["string[]"], "string[]", "a.sort()", (a) => [...a].sort()),
];

export const TEXT_DECLARATIONS = `
function unitsOf(text: string): i32[] {
  const units: i32[] = [];
  for (let i = 0; i < text.length; i++) units.push(text.charCodeAt(i));
  return units;
}
`;

function op(
  name: string,
  params: readonly string[],
  result: string,
  body: string,
  reference: Operation["reference"],
): Operation {
  return { name: `text_${name}`, params, result, body, reference };
}

function units(text: string): bigint[] {
  return Array.from({ length: text.length }, (_, i) => BigInt(text.charCodeAt(i)));
}

function from(codes: readonly bigint[]): string {
  return String.fromCharCode(...codes.map(Number));
}

function padded(text: string, length: bigint, pad: string, name: "padStart" | "padEnd") {
  if (length > LONGEST && pad !== "") return FAILS;
  return units(text[name](Number(length), pad));
}

/** A text as it leaves a contract: half of a pair is U+FFFD. */
function wellFormed(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
