// Writes a class for every length that a FixedArray has in a contract's files: asc takes classes as type arguments, and no
// numbers. It takes the place of sdk-as/sizes.ts.

import type { SourceModel } from "./model.js";

/** The text of the module `qwvm/sdk-as/sizes`. */
export function writeSizes(sources: readonly SourceModel[]): string {
  const lengths = new Set(
    sources.flatMap(({ edits }) => edits.flatMap(({ text }) => /^__sizes\.Size(\d+)$/.exec(text)?.[1] ?? [])),
  );
  const classes = [...lengths]
    .sort((a, b) => Number(a) - Number(b))
    .map((length) => `@unmanaged export class Size${length} { size(): i32 { return ${length}; } }\n`);
  return `// Generated: the lengths of fixed arrays.\n${classes.join("")}`;
}
