// Numbers as texts, beside BigInt: printed in every radix, and read with nothing before, behind or beyond them.

import { FAILS, type Kind, type Operation } from "./operation.js";

export const NUMBER_KINDS: readonly Kind[] = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"];

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
const PREFIXES: Readonly<Record<string, number>> = { "0x": 16, "0o": 8, "0b": 2 };

/** The number that a text is, all of it; undefined if it is none. */
function parse(kind: Kind, text: string, radix: number): bigint | typeof FAILS {
  const negative = kind.startsWith("i") && text.startsWith("-");
  let digits = (negative ? text.slice(1) : text).toLowerCase();
  const prefixed = digits.length > 2 ? PREFIXES[digits.slice(0, 2)] : undefined;
  let base = radix;
  if (prefixed !== undefined && (radix === 0 || radix === prefixed)) {
    base = prefixed;
    digits = digits.slice(2);
  } else if (radix === 0) base = 10;
  if (base < 2 || base > 36 || digits === "") return FAILS;
  let value = 0n;
  for (const digit of digits) {
    const at = DIGITS.indexOf(digit);
    if (at < 0 || at >= base) return FAILS;
    value = value * BigInt(base) + BigInt(at);
  }
  if (negative) value = -value;
  const bits = Number(kind.slice(1));
  const cut = kind.startsWith("i") ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  return cut === value ? value : FAILS;
}

export function numberOperations(kind: Kind): Operation[] {
  return [
    {
      name: `number_print_${kind}`,
      params: [kind, "i32"],
      result: "string",
      body: "a.toString(b)",
      reference: (a: bigint, b: bigint) => (b < 2n || b > 36n ? FAILS : a.toString(Number(b))),
    },
    {
      name: `number_decimal_${kind}`,
      params: [kind],
      result: "string",
      body: "const text = a.toString(); return [a, a].join('') == text + text ? text : 'differs';",
      reference: (a: bigint) => a.toString(),
    },
    {
      name: `number_read_${kind}`,
      params: ["string", "i32"],
      result: kind,
      body: `${kind}.parse(a, b)`,
      reference: (a: string, b: bigint) => parse(kind, a, Number(b)),
    },
    {
      name: `number_old_${kind}`,
      params: ["string", "i32"],
      result: kind,
      body: `${kind.toUpperCase()}.parseInt(a, b)`,
      reference: (a: string, b: bigint) => parse(kind, a, Number(b)),
    },
  ];
}

export const BOOL_OPERATION: Operation = {
  name: "number_bool",
  params: ["string"],
  result: "bool",
  body: "bool.parse(a)",
  reference: (a: string) => (a === "true" ? true : a === "false" ? false : FAILS),
};
