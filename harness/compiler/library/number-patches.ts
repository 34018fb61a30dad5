// Patches of how numbers are read from texts: what is no number of the type ends the call, as u256.parse does.

import type { LibraryPatch } from "./library-patch.js";

const mends = "Texts that are no number of the type are read as far as they go, or as 0, and cut to the type's bits.";

/** The functions of one file that read a type. */
function parsesOf(file: string, reads: readonly (readonly [string, string])[]): LibraryPatch[] {
  return reads.map(([find, type]) => ({
    file,
    mends,
    find: `    return ${find};\n`,
    replace: `    return parseInteger<${type}>(value, radix);\n`,
  }));
}

/** As asc writes it: every type by way of i32 or i64. */
const READS = [
  ["<i8>strtol<i32>(value, radix)", "i8"],
  ["<i16>strtol<i32>(value, radix)", "i16"],
  ["strtol<i64>(value, radix)", "i64"],
  ["<isize>strtol<i64>(value, radix)", "isize"],
  ["<u8>strtol<i32>(value, radix)", "u8"],
  ["<u16>strtol<i32>(value, radix)", "u16"],
  ["<u32>strtol<i32>(value, radix)", "u32"],
  ["<u64>strtol<i64>(value, radix)", "u64"],
  ["<usize>strtol<i64>(value, radix)", "usize"],
] as const;

const IMPORT = 'import { parseBool, parseInteger } from "qwvm/sdk-as/types/parse-integer";\n';

export const NUMBER_PATCHES: readonly LibraryPatch[] = [
  ...parsesOf("builtins", [...READS, ["strtol<i32>(value, radix)", "i32"]]),
  ...parsesOf("number", [...READS, ["<i32>strtol<i32>(value, radix)", "i32"]]),
  {
    file: "builtins",
    mends: "bool.parse takes everything that is not the word true for false.",
    find: "    return strtob(value);\n",
    replace: "    return parseBool(value);\n",
  },
  {
    file: "builtins",
    mends: "The import for the above.",
    find: 'import { strtol, strtod, strtob } from "./util/string";\n',
    replace: `import { strtod } from "./util/string";\n${IMPORT}`,
  },
  {
    file: "number",
    mends: "The import for the above.",
    find: 'import { strtol, strtod } from "./util/string";\n',
    replace: `import { strtol, strtod } from "./util/string";\n${IMPORT}`,
  },
];
