// Writes how a method is found by its name: one comparison after the other while there are few, a search by a number made
// of the name's length and three of its bytes when there are many. Either way the whole name is compared in the end.

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
  const byNumber = new Map<number, DispatchCase[]>();
  for (const item of cases) {
    const number = numberOf(item.name);
    byNumber.set(number, [...(byNumber.get(number) ?? []), item]);
  }
  const sorted = [...byNumber].sort(([a], [b]) => a - b);
  return `  const number =
    (<u32>methodLength << 24) |
    (<u32>load<u8>(methodAt + (methodLength >> 1)) << 16) |
    (<u32>load<u8>(methodAt + methodLength - 1) << 8) |
    load<u8>(methodAt);
${writeSearch(sorted)}`;
}

/** The number that the generated code makes of a name. */
function numberOf(name: string): number {
  const bytes = new TextEncoder().encode(name);
  const at = (index: number) => bytes[index] as number;
  const { length } = bytes;
  return (((length & 0xff) << 24) | (at(length >> 1) << 16) | (at(length - 1) << 8) | at(0)) >>> 0;
}

/** Halves the numbers until few are left. */
function writeSearch(groups: readonly (readonly [number, readonly DispatchCase[]])[]): string {
  if (groups.length <= 2) return groups.flatMap(([, cases]) => cases.map(writeCase)).join("");
  const middle = groups.length >> 1;
  const pivot = (groups[middle] as (typeof groups)[number])[0];
  return `  if (number < ${pivot}) {\n${writeSearch(groups.slice(0, middle))}  } else {\n${writeSearch(groups.slice(middle))}  }\n`;
}

function writeCase({ name, body }: DispatchCase): string {
  return `  // ${name}\n  if (${matchName(name)}) {\n${body}  }\n`;
}
