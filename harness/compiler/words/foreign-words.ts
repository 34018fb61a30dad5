// Words that newcomers bring along, from Solidity, other SDKs and plain TypeScript, and what they are called here. The tables are
// data, one for each kind of word; this is how they are asked.

import { FOREIGN_DECORATORS, FOREIGN_NAMES } from "./foreign-names.js";
import { FOREIGN_TYPES, type ForeignRow } from "./foreign-types.js";

export interface ForeignWord {
  /** A sentence or two, without a code's letters changed. */
  readonly hint: string;
  /** The name that stands for it, where there is one name. */
  readonly meant: string | undefined;
}

function find(rows: readonly ForeignRow[], word: string, sign = ""): ForeignWord | undefined {
  const row = rows.find(([, words]) => words.split(" ").includes(word));
  if (row === undefined) return undefined;
  const [from, , write, more] = row;
  const meant = /^\w+$/.test(write) ? write : undefined;
  const whose = from === "" ? "" : `${from}'s `;
  const is = write === "" ? "" : `${whose}${sign}${word} is ${sign}${write} here.`;
  return { hint: [is, more ?? ""].filter((part) => part !== "").join(" "), meant };
}

/** Solidity has an integer for every eight bits; here they are 8, 16, 32, 64, 128 and 256 wide. */
function solidityInteger(word: string): ForeignWord | undefined {
  const [, u = "", digits = ""] = /^(u?)int(\d*)$/.exec(word) ?? [];
  const bits = digits === "" ? 256 : Number(digits);
  if (!/^u?int\d*$/.test(word) || bits % 8 !== 0 || bits < 8 || bits > 256) return undefined;
  const width = [8, 16, 32, 64, 128, 256].find((known) => known >= bits) as number;
  const meant = `${u === "u" ? "u" : "i"}${width}`;
  const more = width === bits ? "" : ` It is ${width} bits wide: check the range with require().`;
  return { hint: `Solidity's ${word} is ${meant} here.${more}`, meant };
}

function solidityBytes(word: string): ForeignWord | undefined {
  const size = Number(/^bytes(\d+)$/.exec(word)?.[1] ?? 0);
  if (size < 1 || size > 31) return undefined;
  return {
    hint: `Solidity's ${word} is FixedArray<u8, ${size}> here, or Bytes if its length may vary.`,
    meant: undefined,
  };
}

/** A type of another language. */
export function foreignType(word: string): ForeignWord | undefined {
  return solidityInteger(word) ?? solidityBytes(word) ?? find(FOREIGN_TYPES, word);
}

/** A decorator, without its @. */
export function foreignDecorator(word: string): ForeignWord | undefined {
  return find(FOREIGN_DECORATORS, word, "@");
}

/** A global name, or a function. */
export function foreignName(word: string): ForeignWord | undefined {
  return find(FOREIGN_NAMES, word) ?? foreignType(word);
}
