// What an engine's trap means in the machine's terms. The engine's text is matched and never shown; texts of V8
// (Node 20 to 24) are known exactly, those of other engines by their words.

import type { TrapCode } from "../core/outcome.js";

/** A trap and one sentence about it. */
export interface Trap {
  readonly code: TrapCode;
  readonly detail: string;
}

const PATTERNS: readonly (readonly [RegExp, TrapCode, string])[] = [
  [/^unreachable/i, "unreachable", "The contract reached an `unreachable` instruction."],
  [/divide by zero|division by zero|remainder by zero/i, "integer divide by zero", "An integer was divided by zero."],
  [
    /unrepresentable in integer|float.*(range|integer)|invalid conversion|truncat/i,
    "invalid conversion to integer",
    "A float has no value in the integer type it was converted to.",
  ],
  [/unrepresentable|integer overflow/i, "integer overflow", "The result of a division does not fit its type."],
  [
    /signature mismatch|null function|indirect call.*(type|signature)/i,
    "indirect call type mismatch",
    "An indirect call found no function, or one of another type.",
  ],
  [/uninitialized element|indirect call to null/i, "indirect call to null", "An indirect call found no function."],
  [/table|element segment/i, "out-of-bounds table access", "A table was used beyond its size."],
  [
    /memory access|memory.*out of bounds|out of bounds memory|data segment/i,
    "out-of-bounds memory access",
    "Memory was used beyond its size.",
  ],
  [/null reference|dereferencing a null/i, "indirect call to null", "A null reference was used."],
];

/** Reads an engine's trap by its message. Undefined when no known trap has such a message. */
export function readTrap(message: string): Trap | undefined {
  for (const [pattern, code, detail] of PATTERNS) {
    if (pattern.test(message)) return { code, detail };
  }
  return undefined;
}
