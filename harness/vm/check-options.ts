// Options of "qwvm/wasm" that are no objects, refused before anything looks into them.

import { QwvmError } from "../core/errors.js";

/**
 * Refuses what is no object of options.
 * @throws QwvmError `BAD_OPTION`
 */
export function checkOptions(what: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw new QwvmError("BAD_OPTION", `${what} were expected as an object, but ${kindOf(value)} was given.`, {
    hint: "Give an object, such as {}, or leave it out.",
  });
}

/** What a value is, for a message. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
