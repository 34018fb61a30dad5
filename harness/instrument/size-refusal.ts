// What is said of a module with too many bytes: how many of them are debug information, which deployed code has no use
// for, and how they are got rid of.

import { ABI_SECTION } from "../core/abi.js";
import { BUILD_SECTION } from "../core/build-record.js";
import { printableName } from "../core/printable.js";
import { type OutlineSection, outlineModule } from "./outline.js";

const CUSTOM = 0;
const SHOWN_NAMES = 3;

/** The custom sections that nothing at run time reads: all but the interface and the build record. The largest first. */
export function debugSections(sections: readonly OutlineSection[]): OutlineSection[] {
  const unread = sections.filter(({ id, name }) => id === CUSTOM && name !== ABI_SECTION && name !== BUILD_SECTION);
  return unread.sort((a, b) => b.sizeBytes - a.sizeBytes);
}

/** Bytes of sections together. */
export function totalBytes(sections: readonly { readonly sizeBytes: number }[]): number {
  return sections.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** The message and the hint of a module that is over the limit. */
export function describeTooLarge(wasm: Uint8Array, limitBytes: number): { message: string; hint: string } {
  const debug = debugSections(outlineModule(wasm).sections);
  const debugBytes = totalBytes(debug);
  const message = `it has ${wasm.length} bytes, ${limitBytes} are allowed`;
  const command = "qwvm optimize module.wasm -o small.wasm";
  if (debugBytes === 0) {
    return { message: `${message}.`, hint: `Compile for size (-Os, opt-level = "z"), or make it smaller: ${command}` };
  }
  const names = debug.slice(0, SHOWN_NAMES).map(({ name }) => printableName(name) || "(unnamed)");
  const more = debug.length > SHOWN_NAMES ? ` and ${debug.length - SHOWN_NAMES} more` : "";
  const fits = wasm.length - debugBytes <= limitBytes;
  return {
    message: `${message}; ${debugBytes} of them are debug sections (${names.join(", ")}${more}), which never run.`,
    hint: `${command} takes them out${fits ? "" : ", and shrinks the code, which is too large by itself"}.`,
  };
}
