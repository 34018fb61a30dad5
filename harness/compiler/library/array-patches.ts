// Patches of Array and StaticArray: what was removed does not come back, what was never set is no memory at address 0, and
// places before or behind the array are not reached.

import type { LibraryPatch } from "./library-patch.js";

/** Bounds of a run in an array, as JavaScript has them; asc's copies and fills trust that the end is behind the start. */
const COUNT = "let count = min(last - from, len - to);";
const POSITIVE_COUNT = "let count = max(min(last - from, len - to), 0);";

/** How items are loaded for callbacks and operators, in Array and in StaticArray. */
const ARRAY_ITEM = "load<T>(this.dataStart + (<usize>i << alignof<T>()))";
const STATIC_ITEM = "load<T>(changetype<usize>(this) + (<usize>i << alignof<T>()))";

/** How items are loaded to be compared with what is looked for. */
const ARRAY_SEARCH = "if (load<T>(ptr + (<usize>fromIndex << alignof<T>())) == value)";
const STATIC_SEARCH = "if (load<T>(changetype<usize>(this) + (<usize>fromIndex << alignof<T>())) == value)";

const HOLES = "An item that was never set is passed on as an object at address 0.";

/** What a place of an array gives that was never set: the value that is zero, where there is one and nothing can change it. */
const ITEM = `
/** An item of an array. What was never set reads as zero or "", or ends the call: an object that could be changed is no zero. */
// @ts-ignore: decorator
@inline
export function ITEM<T>(at: usize): T {
  let value = load<T>(at);
  if (isReference<T>()) {
    if (!isNullable<T>()) {
      if (!changetype<usize>(value)) return UNSET<T>();
    }
  }
  return value;
}

function UNSET<T>(): T {
  if (isString<T>()) return changetype<T>("");
  if (isDefined(changetype<T>(0).__runOfBytes)) return instantiate<T>();
  if (!isManaged<T>()) {
    if (!isDefined(changetype<T>(0).__encode)) return changetype<T>(memory.data(32, 8));
  }
  fail(Failure.NullValue);
  return changetype<T>(0);
}
`;

const UNSET_CHECK = `    if (isReference<T>()) {
      if (!isNullable<T>()) {
        if (!changetype<usize>(value)) throw new Error(E_HOLEYARRAY);
      }
    }
    return value;`;

const SORT_CHECK = (length: string, start: string) => `    if (isReference<T>() && !isNullable<T>()) {
      for (let i = 0, len = ${length}; i < len; ++i) ITEM<T>(${start} + (<usize>i << alignof<T>()));
    }
`;

/** Items of a non-null type, loaded so that one that was never set is seen. */
function itemPatches(file: string, item: string, times: number, loads: readonly string[]): LibraryPatch[] {
  const at = (load: string) => load.replace("load<T>", "ITEM<T>");
  return [
    { file, mends: HOLES, find: item, replace: at(item), times },
    ...loads.map((load) => ({ file, mends: HOLES, find: load, replace: at(load) })),
  ];
}

export const ARRAY_PATCHES: readonly LibraryPatch[] = [
  {
    file: "util/bytes",
    mends: "fill with a start further back than the length writes before the array.",
    find: `  start = start < 0 ? max(len + start, 0) : min(start, len);
  end   = end   < 0 ? max(len + end,   0) : min(end,   len);
`,
    replace: `  let length = <isize>len;
  start = start < 0 ? max<isize>(length + start, 0) : min<isize>(start, length);
  end   = end   < 0 ? max<isize>(length + end,   0) : min<isize>(end,   length);
`,
  },
  ...["array", "staticarray", "typedarray"].map((file) => ({
    file,
    mends: "copyWithin with its end before its start copies 4 GiB.",
    find: COUNT,
    replace: POSITIVE_COUNT,
  })),
  {
    file: "array",
    mends: HOLES,
    find: "export class Array<T> {",
    replace: `import { Failure, fail } from "qwvm/sdk-as/errors";\n${ITEM}\nexport class Array<T> {`,
  },
  {
    file: "array",
    mends: "What is removed by a shorter length is there again when the length grows.",
    find: `    ensureCapacity(changetype<usize>(this), newLength, alignof<T>(), false);
    this.length_ = newLength;`,
    replace: `    ensureCapacity(changetype<usize>(this), newLength, alignof<T>(), false);
    let oldLength = this.length_;
    if (newLength < oldLength) {
      memory.fill(
        this.dataStart + (<usize>newLength << alignof<T>()),
        0,
        <usize>(oldLength - newLength) << alignof<T>()
      );
    }
    this.length_ = newLength;`,
  },
  {
    file: "array",
    mends: "What pop removes is there again when the length grows.",
    find: `    let val = load<T>(this.dataStart + (<usize>(--len) << alignof<T>()));
    this.length_ = len;`,
    replace: `    let place = this.dataStart + (<usize>(--len) << alignof<T>());
    let val = ITEM<T>(place);
    if (isReference<T>()) {
      store<usize>(place, 0);
    } else {
      // @ts-ignore
      store<T>(place, <T>0);
    }
    this.length_ = len;`,
  },
  {
    file: "array",
    mends: "What splice removes is there again when the length grows.",
    find: "    this.length_ = len - deleteCount;",
    replace: `    memory.fill(
      thisStart + (<usize>(len - deleteCount) << alignof<T>()),
      0,
      <usize>deleteCount << alignof<T>()
    );
    this.length_ = len - deleteCount;`,
  },
  {
    file: "array",
    mends: HOLES,
    find: "    let element = load<T>(base);",
    replace: "    let element = ITEM<T>(base);",
  },
  {
    file: "array",
    mends: "An item that was never set ends the call, although its type has a zero value.",
    find: `    let value = load<T>(this.dataStart + (<usize>index << alignof<T>()));
${UNSET_CHECK}`,
    replace: "    return ITEM<T>(this.dataStart + (<usize>index << alignof<T>()));",
    times: 2,
  },
  {
    file: "staticarray",
    mends: "The same in StaticArray.",
    find: `    let value = load<T>(changetype<usize>(this) + (<usize>index << alignof<T>()));
${UNSET_CHECK}`,
    replace: "    return ITEM<T>(changetype<usize>(this) + (<usize>index << alignof<T>()));",
    times: 2,
  },
  { file: "array", mends: HOLES, find: ARRAY_SEARCH, replace: ARRAY_SEARCH.replace("load", "ITEM"), times: 2 },
  { file: "staticarray", mends: HOLES, find: STATIC_SEARCH, replace: STATIC_SEARCH.replace("load", "ITEM"), times: 2 },
  {
    file: "util/string",
    mends: "join leaves out what was never set, although it reads as zero.",
    find: "    value = load<T>(dataStart);\n",
    replace: "    value = ITEM<T>(dataStart);\n",
  },
  {
    file: "util/string",
    mends: "The same for all items but the last.",
    find: "    value = load<T>(dataStart + (<usize>i << alignof<T>()));\n    // @ts-ignore: type\n    if (value != null)",
    replace:
      "    value = ITEM<T>(dataStart + (<usize>i << alignof<T>()));\n    // @ts-ignore: type\n    if (value != null)",
  },
  {
    file: "util/string",
    mends: "The same for the last.",
    find: "  value = load<T>(dataStart + (<usize>lastIndex << alignof<T>()));\n  // @ts-ignore: type\n  if (value != null)",
    replace:
      "  value = ITEM<T>(dataStart + (<usize>lastIndex << alignof<T>()));\n  // @ts-ignore: type\n  if (value != null)",
  },
  {
    file: "util/string",
    mends: "The import for the above.",
    find: 'import {\n  ipow32\n} from "../math";\n',
    replace: 'import { ipow32 } from "../math";\nimport { ITEM } from "../array";\n',
  },
  ...itemPatches("array", ARRAY_ITEM, 9, ["load<T>(this.dataStart + (<usize>index << alignof<T>()))"]),
  ...itemPatches("staticarray", STATIC_ITEM, 9, ["load<T>(changetype<usize>(this) + (<usize>index << alignof<T>()))"]),
  {
    file: "array",
    mends: "reduceRight and findLastIndex go on over what their callback has removed.",
    find: "for (let i = this.length_ - 1; i >= 0; --i) {\n",
    replace: "for (let i = this.length_ - 1; i >= 0; --i) {\n      if (i >= this.length_) continue;\n",
    times: 2,
  },
  {
    file: "array",
    mends: "sort passes what was never set to the comparator.",
    find: "    SORT<T>(this.dataStart, this.length_, comparator);",
    replace: `${SORT_CHECK("this.length_", "this.dataStart")}    SORT<T>(this.dataStart, this.length_, comparator);`,
  },
  {
    file: "staticarray",
    mends: "The same in StaticArray.",
    find: "    SORT<T>(changetype<usize>(this), this.length, comparator);",
    replace: `${SORT_CHECK("this.length", "changetype<usize>(this)")}    SORT<T>(changetype<usize>(this), this.length, comparator);`,
  },
  {
    file: "staticarray",
    mends: "The import for the above.",
    find: 'import { Array } from "./array";',
    replace: 'import { Array, ITEM } from "./array";',
  },
];
