// What `qwvm verify` prints: that a module comes from its sources, or what differs. In 80 columns.

import type { BuildRecord } from "../core/build-record.js";
import type { SectionDifference } from "../instrument/build-record.js";
import { formatNumber } from "./gas-snapshot-file.js";
import type { Style } from "./style.js";
import { hanging } from "./text-lines.js";

/** A section that differs, with the function's name where there is one. */
export interface NamedDifference extends SectionDifference {
  readonly functionName: string | undefined;
}

/** The result of a verification. */
export interface Verification {
  readonly file: string;
  /** The contract's source, relative to the sources' folder. */
  readonly source: string;
  readonly same: boolean;
  readonly sizeBytes: number;
  readonly record: BuildRecord;
  /** What was recorded and is different here, in words: versions, files, SDK, interface. */
  readonly inputs: readonly string[];
  readonly sections: readonly NamedDifference[];
  /** What to do about it. */
  readonly hint: string | undefined;
}

export function formatVerification(result: Verification, style: Style): string {
  const { file, source, same, sizeBytes, record, inputs, sections, hint } = result;
  if (same) {
    const { qwvm, assemblyscript, hostFunctions, release } = record;
    const settings = `host functions ${hostFunctions}${release ? ", release" : ""}`;
    return [
      ...hanging(
        `${style.green("✓")} `,
        2,
        `${file} is what ${source} gives: ${formatNumber(sizeBytes)} bytes, all the same`,
      ),
      ...hanging("  ", 2, `built by qwvm ${qwvm} with asc ${assemblyscript}; ${settings}`).map(style.dim),
    ].join("\n");
  }
  return [
    ...hanging(`${style.red("✗")} `, 2, `${file} is not what ${source} gives`),
    ...inputs.flatMap((text) => hanging("    ", 4, text)),
    ...sections.flatMap((section) => hanging("    ", 4, describe(section))),
    ...(hint === undefined ? [] : hanging(`  ${style.cyan("hint:")} `, 8, hint)),
  ].join("\n");
}

function describe({ section, givenBytes, rebuiltBytes, offset, functionIndex, functionName }: NamedDifference): string {
  const named = /^(custom|order|header)/.test(section) ? `the ${section}` : `the ${section} section`;
  if (givenBytes === 0) return `${named} is missing; rebuilt, it has ${formatNumber(rebuiltBytes)} bytes`;
  if (rebuiltBytes === 0) return `${named} has ${formatNumber(givenBytes)} bytes; rebuilt, there is none`;
  const where =
    functionIndex === undefined ? "" : `, in function #${functionIndex}${functionName ? ` (${functionName})` : ""}`;
  const sizes =
    givenBytes === rebuiltBytes
      ? `${formatNumber(givenBytes)} bytes in both`
      : `${formatNumber(givenBytes)} bytes, rebuilt ${formatNumber(rebuiltBytes)}`;
  const at = offset === undefined ? "" : ` from offset ${formatNumber(offset)} (0x${offset.toString(16)}) on`;
  return `${named} differs${at}${where}: ${sizes}`;
}
