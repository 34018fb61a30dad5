// Writes how a method is found by its name: one comparison after the other while there are few, a search by a number made
// of the name's length and its last bytes when there are many. Either way the whole name is compared in the end.

import { matchName } from "./method-match.js";

/** Up to how many names are compared one after the other. */
const FEW = 5;

/** One method: its name and the statements that serve it and return, indented by two. */
export interface DispatchCase {
  readonly name: string;
  readonly body: string;
}

/** Statements over `methodAt` and `methodLength` that serve the method of that name, and go on if there is none. */
export function writeDispatch(cases: readonly DispatchCase[]): string {
  if (cases.length <= FEW) return cases.map(writeCase).join("");
  const isShort = ({ name }: DispatchCase) => bytesOf(name).length < LAST_BYTES;
  const byNumber = new Map<number, DispatchCase[]>();
  for (const item of cases.filter((item) => !isShort(item))) {
    const number = numberOf(item.name);
    byNumber.set(number, [...(byNumber.get(number) ?? []), item]);
  }
  const sorted = [...byNumber].sort(([a], [b]) => a - b);
  const short = cases.filter(isShort);
  // The last bytes of a shorter name would be someone else's.
  return `  if (methodLength < ${LAST_BYTES}) {
${short.map(writeCase).join("")}  } else {
  const number = load<u32>(methodAt + methodLength - ${LAST_BYTES}) + (<u32>methodLength << 24);
${writeSearch(sorted)}  }
`;
}

const LAST_BYTES = 4;

function bytesOf(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}

/** The number that the generated code makes of a name: its last four bytes, and its length added at the top. */
function numberOf(name: string): number {
  const bytes = bytesOf(name);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return (view.getUint32(bytes.length - LAST_BYTES, true) + (bytes.length << 24)) >>> 0;
}

/** Halves the numbers until few are left. */
function writeSearch(groups: readonly (readonly [number, readonly DispatchCase[]])[]): string {
  if (groups.length <= 2) return groups.flatMap(([, cases]) => cases.map(writeCase)).join("");
  const middle = groups.length >> 1;
  const pivot = (groups[middle] as (typeof groups)[number])[0];
  return `  if (number < ${pivot}) {\n${writeSearch(groups.slice(0, middle))}  } else {\n${writeSearch(groups.slice(middle))}  }\n`;
}

function writeCase({ name, body }: DispatchCase): string {
  return `  // ${name}\n  ${matchName(name)} {\n${body}  }\n`;
}
