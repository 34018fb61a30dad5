// Patches of String: searches for nothing, replacements longer than what they replace, places outside of the text.

import type { LibraryPatch } from "./library-patch.js";

export const TEXT_PATCHES: readonly LibraryPatch[] = [
  {
    file: "string",
    mends: "fromCharCode(a, 0) leaves out the second unit.",
    find: "let hasSur = surr > 0;",
    replace: "let hasSur = surr != -1;",
  },
  {
    file: "string",
    mends: "indexOf of an empty text is 0 wherever the search begins.",
    find: `    if (!searchLen) return 0;
    let len = <isize>this.length;
    if (!len) return -1;
    let searchStart = min(max(<isize>start, 0), len);`,
    replace: `    let len = <isize>this.length;
    let searchStart = min(max(<isize>start, 0), len);
    if (!searchLen) return <i32>searchStart;`,
  },
  {
    file: "string",
    mends: "lastIndexOf of an empty text is the length wherever the search begins.",
    find: `    if (!searchLen) return this.length;
    let len = this.length;
    if (!len) return -1;`,
    replace: `    let len = this.length;
    if (!searchLen) return min(max(start, 0), len);`,
  },
  {
    file: "string",
    mends: "localeCompare compares UTF-16 units, which is the order of no language.",
    find: `    if (changetype<usize>(other) == changetype<usize>(this)) return 0;
    let alen = this.length;`,
    replace: `    ERROR("localeCompare() would compare UTF-16 units, which is the order of no language. Compare with < and >.");
    let alen = this.length;`,
  },
  {
    file: "string",
    mends: "substr from a place far behind the text reads memory before it.",
    find: `    if (intStart < 0) intStart = max(len + intStart, 0);
    let size = min(max(end, 0), len - intStart) << 1;`,
    replace: `    intStart = intStart < 0 ? max(len + intStart, 0) : min(intStart, len);
    let size = min(max(end, 0), len - intStart) << 1;`,
  },
  {
    file: "string",
    mends: "trim leaves spaces at the beginning where they are more than half of the text.",
    find: `    while (offset < size && isSpace(load<u16>(changetype<usize>(this) + offset))) {
      offset += 2; size -= 2;
    }`,
    replace: `    while (size && isSpace(load<u16>(changetype<usize>(this) + offset))) {
      offset += 2; size -= 2;
    }`,
  },
  {
    file: "string",
    mends: "padStart and padEnd take a negative length for an enormous one.",
    find: "    let targetSize = <usize>length << 1;",
    replace: "    let targetSize = <usize>max(length, 0) << 1;",
    times: 2,
  },
  {
    file: "string",
    mends: "replaceAll doubles its buffer where that is not enough, and writes behind it.",
    find: `      if (offset + chunk + replaceLen > outSize) {
        outSize <<= 1;`,
    replace: `      if (offset + chunk + replaceLen > outSize) {
        outSize = max<usize>(outSize << 1, offset + chunk + replaceLen);`,
  },
  {
    file: "string",
    mends: "The same for what comes behind the last replacement.",
    find: `      if (offset + rest > outSize) {
        outSize <<= 1;`,
    replace: `      if (offset + rest > outSize) {
        outSize = max<usize>(outSize << 1, offset + rest);`,
  },
  {
    file: "string",
    mends: "toLowerCase and toUpperCase take U+D7FF for the first half of a pair.",
    find: "if ((c - 0xD7FF < 0xDC00 - 0xD7FF) && i < len - 1) {",
    replace: "if ((c - 0xD800 < 0xDC00 - 0xD800) && i < len - 1) {",
    times: 2,
  },
  {
    file: "string",
    mends: "toLowerCase and toUpperCase take U+DBFF for the second half of a pair.",
    find: "if (c1 - 0xDBFF < 0xE000 - 0xDBFF) {",
    replace: "if (c1 - 0xDC00 < 0xE000 - 0xDC00) {",
    times: 2,
  },
  {
    file: "string",
    mends: "String.UTF8.encode writes half of a pair as three bytes that are not UTF-8.",
    find: "errorMode: ErrorMode = ErrorMode.WTF8",
    replace: "errorMode: ErrorMode = ErrorMode.REPLACE",
    times: 2,
  },
  {
    file: "util/string",
    mends: "toLowerCase takes a sigma at a word's end for one in it where another word stands before.",
    find: `        found = true;
      } else {`,
    replace: `        found = true;
        break;
      } else {`,
  },
  {
    file: "util/string",
    mends: "join and toString of one i64 print its lower 32 bits.",
    find: "return changetype<string>(itoa64(<i32>value, 10));",
    replace: "return changetype<string>(itoa64(value, 10));",
  },
];
