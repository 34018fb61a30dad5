// The errors with which a module is refused. Each names what is wrong and where, in this project's words:
// the engine's own texts differ between versions and are never shown.

import { QwvmError } from "../core/errors.js";
import { printableName } from "../core/printable.js";

/** The error codes of a refused module. */
export type RefusalCode =
  | "NOT_WASM"
  | "INVALID_WASM"
  | "UNSUPPORTED_FEATURE"
  | "CODE_TOO_LARGE"
  | "MEMORY_TOO_LARGE"
  | "TABLE_TOO_LARGE"
  | "BAD_SEGMENT"
  | "MISSING_EXPORT"
  | "BAD_EXPORT"
  | "UNKNOWN_IMPORT"
  | "BAD_IMPORT"
  | "EXTENSION_IMPORT";

/** An error that refuses a module; the module's name is put before the message. Names in the message are printable. */
export function refusal(code: RefusalCode, contract: string, message: string, hint?: string): QwvmError {
  const subject = printableName(contract);
  return new QwvmError(code, `${subject} cannot be deployed: ${message}`, hint === undefined ? {} : { hint });
}

/** The same refusal of a module that was not to be deployed: `cannot be metered`, `cannot be optimised`. */
export function rewordRefusal(error: unknown, verb: string): unknown {
  if (!(error instanceof QwvmError) || error.name !== "QwvmError") return error;
  const { code, hint } = error;
  const text = hint === undefined ? error.message : error.message.slice(0, -hint.length - 1);
  const message = text.replace(" cannot be deployed: ", ` cannot be ${verb}: `);
  return new QwvmError(code, message, hint === undefined ? {} : { hint });
}

/** An offset in a module as tools print it. */
export function atByte(offset: number): string {
  return `at byte ${offset} (0x${offset.toString(16)})`;
}

/** The candidate nearest to a misspelt name, if one is near: at most a third of its letters differ. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.floor(Math.max(name.length, 3) / 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.slice(0, 64).toLowerCase(), candidate.slice(0, 64).toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The Levenshtein distance of two short texts. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}
