// Patches of typed arrays and DataView: bounds whose sum leaves 32 bits, numbers that do not fit the items' type.

import type { LibraryPatch } from "./library-patch.js";

const BITS = "A number that does not fit an item of the array is cut to its bits.";
const BOUNDS = "The sum of a place and a length leaves 32 bits, so that memory outside of the buffer is reached.";

/** Items of less than 32 bits, and the type that asc declares for what `fill` is given. */
const SMALL = [
  ["Int8Array", "i8", "i32"],
  ["Uint8Array", "u8", "u32"],
  ["Int16Array", "i16", "i32"],
  ["Uint16Array", "u16", "u32"],
] as const;

const FILL_RANGE = "start: i32 = 0, end: i32 = i32.MAX_VALUE";

/** The setters of a class of small items: as i64, every number arrives as it is. */
function smallItems([name, type, fillType]: (typeof SMALL)[number]): LibraryPatch[] {
  const check = `    if (<i64><${type}>value != value) fail(Failure.Overflow);\n`;
  const set = (valueType: string) => `private __set(index: i32, value: ${valueType}): void {\n`;
  const fill = (valueType: string) => `  fill(value: ${valueType}, ${FILL_RANGE}): ${name} {\n`;
  // Uint8ClampedArray, which comes behind Uint8Array, is mended before.
  return [
    { file: "typedarray", mends: BITS, find: set(`native<${type}>`), replace: `${set("i64")}${check}` },
    { file: "typedarray", mends: BITS, find: fill(fillType), replace: `${fill("i64")}${check}` },
  ];
}

const CLAMP = "~(<i32>value >> 31) & (((255 - value) >> 31) | value)";

const CLAMPED_SETTERS = (type: string, clamped: string, between: string) =>
  `  private __set(index: i32, value: ${type}): void {
    if (<u32>index >= <u32>this.byteLength) throw new RangeError(E_INDEXOUTOFRANGE);
    store<u8>(this.dataStart + <usize>index, ${clamped});
  }

  @unsafe @operator("{}=")
  private __uset(index: i32, value: ${between}): void {
    store<u8>(this.dataStart + <usize>index, ${clamped});
  }
`;

/** DataView's checks: as asc writes them, and so that nothing leaves 32 bits. */
const VIEW_CHECKS = [
  [2, 4],
  [4, 6],
  [8, 6],
] as const;

export const TYPED_ARRAY_PATCHES: readonly LibraryPatch[] = [
  {
    file: "typedarray",
    mends: "Uint8ClampedArray takes a u32 from 2^31 on for a negative number.",
    find: CLAMPED_SETTERS("native<u8>", CLAMP, "native<u8>"),
    replace: CLAMPED_SETTERS("i64", "<u8>max<i64>(min<i64>(value, 255), 0)", "i64"),
  },
  ...SMALL.flatMap(smallItems),
  {
    file: "typedarray",
    mends: "set() with a place near 2^31 writes before the array.",
    find: "  if (offset < 0 || sourceLen + offset > target.length) {",
    replace: "  if (offset < 0 || offset > target.length - sourceLen) {",
  },
  {
    file: "typedarray",
    mends: "set() takes items of the same size for the same numbers.",
    find: `    alignof<valueof<TArray>>() == alignof<valueof<UArray>>() &&
    !(`,
    replace: `    alignof<valueof<TArray>>() == alignof<valueof<UArray>>() &&
    isSigned<valueof<TArray>>() == isSigned<valueof<UArray>>() &&
    !(`,
  },
  {
    file: "typedarray",
    mends: "set() reads what it has just written, where both arrays are views of one buffer.",
    find: `  } else {
    for (let i = 0; i < sourceLen; i++) {
      let ptr = targetStart`,
    replace: `  } else {
    let sourceSize = <usize>sourceLen << (alignof<valueof<UArray>>());
    let copy = __alloc(sourceSize);
    memory.copy(copy, sourceStart, sourceSize);
    sourceStart = copy;
    for (let i = 0; i < sourceLen; i++) {
      let ptr = targetStart`,
  },
  {
    file: "typedarray",
    mends: "set() of a Uint8ClampedArray cuts 64-bit items before it clamps them.",
    find: "          } else if (sizeof<valueof<TArray>>() <= 4) {",
    replace: "          } else if (sizeof<valueof<UArray>>() <= 4) {",
  },
  {
    file: "typedarray",
    mends: "set() cuts numbers that do not fit.",
    find: `        } else {
          store<valueof<TArray>>(ptr, <valueof<TArray>>value);
        }`,
    replace: `        } else {
          let fitting = <valueof<TArray>>value;
          if (<valueof<UArray>>fitting != value || fitting < 0 != value < 0) fail(Failure.Overflow);
          store<valueof<TArray>>(ptr, fitting);
        }`,
  },
  {
    file: "typedarray",
    mends: BOUNDS,
    find: `    byteLength = len << alignof<T>();
    if (byteOffset + byteLength > bufferByteLength) {`,
    replace: `    byteLength = len << alignof<T>();
    if (<u64>byteOffset + (<u64>len << alignof<T>()) > <u64>bufferByteLength) {`,
  },
  {
    file: "typedarray",
    mends: "The import for the above.",
    find: 'import { ArrayBufferView } from "./arraybuffer";',
    replace: 'import { ArrayBufferView } from "./arraybuffer";\nimport { Failure, fail } from "qwvm/sdk-as/errors";',
  },
  {
    file: "dataview",
    mends: BOUNDS,
    find: "i32(<u32>byteOffset + byteLength > <u32>buffer.byteLength)",
    replace: "i32(<u64><u32>byteOffset + <u64><u32>byteLength > <u64><u32>buffer.byteLength)",
  },
  ...VIEW_CHECKS.map(([size, times]) => ({
    file: "dataview",
    mends: BOUNDS,
    find: `i32(byteOffset + ${size} > this.byteLength)`,
    replace: `i32(byteOffset > this.byteLength - ${size})`,
    times,
  })),
];
