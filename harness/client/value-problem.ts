// What is wrong with one value given from outside: the type expected, the path inside the value, what to write instead.
// Thrown inside the encoder and always caught by it: what users see is the QwvmError that codec.ts makes of it.

import { printableLiteral, printableName } from "../core/printable.js";

/** A value that does not fit its type. Not an Error: nobody needs its stack, and it is cheap. */
export class ValueProblem {
  /** Where in the value, outermost last: field names and `[index]`. */
  readonly path: string[] = [];
  /** Follows "is": `-1n, which is not a u64`. */
  readonly text: string;
  readonly hint: string;

  constructor(text: string, hint: string) {
    this.text = text;
    this.hint = hint;
  }

  /** The path as text, outermost first: `.owner[2]`. */
  get place(): string {
    return [...this.path].reverse().join("");
  }
}

const MAX_SHOWN = 60;

/** A value as a person would write it in a test, cut to a readable length. */
export function showValue(value: unknown): string {
  const text = showWhole(value, 0);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}...` : text;
}

function showWhole(value: unknown, depth: number): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return showText(value);
  if (typeof value === "function") return `the function ${printableName(String(value.name)) || "(anonymous)"}`;
  if (typeof value === "symbol") return printableName(String(value));
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (value === null || typeof value !== "object") return String(value);
  if (isBytes(value))
    return `${value.length} bytes (0x${toHex(value.subarray(0, 20))}${value.length > 20 ? "..." : ""})`;
  if (depth > 2) return Array.isArray(value) ? "[...]" : "{...}";
  if (Array.isArray(value))
    return `[${value
      .slice(0, 10)
      .map((item) => showWhole(item, depth + 1))
      .join(", ")}]`;
  if ("address" in value && typeof value.address === "string") return printableName(value.address);
  const fields = Object.entries(value).slice(0, 10);
  return `{ ${fields.map(([name, field]) => `${printableName(name)}: ${showWhole(field, depth + 1)}`).join(", ")} }`;
}

/** A text in quotes; a little more than what is shown, so that the cut is seen there. */
function showText(text: string): string {
  return printableLiteral(text.slice(0, MAX_SHOWN + 20));
}

/** Whether a value is a Uint8Array, of whatever realm: test runners run tests in their own. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || Object.prototype.toString.call(value) === "[object Uint8Array]";
}

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}
