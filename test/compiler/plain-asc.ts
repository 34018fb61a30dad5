// What is wrong in the pinned AssemblyScript, each shown by a function that runs without a line of this compiler, and by what
// it should give. A row of sdk-as/docs/asc-bugs.md has the same name.

/** One bug: statements of a function that gives a number, what is right (from JavaScript or arithmetic), what asc gives. */
export interface AscBug {
  readonly name: string;
  readonly body: string;
  readonly right: number | "an error";
  /** `traps` for a function that ends where it should give a number. */
  readonly wrong: number | "traps";
}

const bug = (name: string, body: string, right: AscBug["right"], wrong: AscBug["wrong"]): AscBug => ({
  name,
  body,
  right,
  wrong,
});

export const ASC_BUGS: readonly AscBug[] = [
  bug("compound-target", "let i = 0; const a = [10, 20, 30]; a[i++] += 5; return a[0] * 100 + i;", 1501, 2502),
  bug("mask-of-small-signed", "let x: i8 = 15; x = id8(x); return i32(((x << 4) & -16) == -16);", 1, 0),
  bug("clz-of-small", "return i32(clz<u8>(u8(id8(1))));", 7, 31),
  bug("popcnt-of-small", "return i32(popcnt<i8>(id8(-1)));", 8, 32),
  bug("sum-of-bools", "const a = id8(1) == 1; return i32(a + a + a);", 3, 1),
  bug("literal-above-i64", "const x: u64 = 0x1FFFFFFFFFFFFFFFF; return i32(x >> 60);", "an error", 15),
  bug("negative-into-u64", "const x: u64 = -1; return i32(x >> 63);", "an error", 1),
  bug("power-of-negative", "return i32(-2 ** 2);", "an error", 4),
  bug("abs-of-least", "return i32(abs<i8>(id8(-128)) > 0);", "an error", 0),

  bug("sort-subtracts", "const a = [2147483647, -2]; a.sort(); return a[0];", -2, 2147483647),
  bug(
    "sort-unstable",
    "const a: i32[] = []; for (let i = 0; i < 99; i++) a.push(i); a.sort((x, y) => (x & 1) - (y & 1)); for (let i = 0; i < 98; i++) if (a[i] > a[i + 1] && (a[i] & 1) == (a[i + 1] & 1)) return 0; return 1;",
    1,
    0,
  ),
  bug("fill-before", "const a = [1, 2, 3]; a.fill(9, -5, 2); return load<i32>(a.dataStart - 4);", 12, 9),
  bug("copy-backwards", "const a = [1, 2, 3]; a.copyWithin(0, 2, 1); return a[0];", 1, "traps"),
  bug("length-brings-back", "const a = [7, 8]; a.length = 0; a.length = 2; return a[0];", 0, 7),
  bug("pop-brings-back", "const a = [7, 8]; a.pop(); a.length = 2; return a[1];", 0, 8),
  bug("splice-brings-back", "const a = [7, 8, 9]; a.splice(1); a.length = 2; return a[1];", 0, 8),
  bug(
    "reduce-right-removed",
    "const a = ['a', 'b', 'c']; return a.reduceRight<i32>((n, item, i, all) => { all.length = 1; return n * 2 + 1; }, 0);",
    3,
    7,
  ),
  bug("unset-to-callbacks", "return i32(new Array<string>(1).some((item) => changetype<usize>(item) == 0));", 0, 1),

  bug("replace-all-room", "return 'ab'.replaceAll('a', '0123456789').length;", 11, 8),
  bug("trim-half", "return '   b'.trim().length;", 1, 2),
  bug("substr-before", "return 'abc'.substr(2147483647).length;", 0, 4),
  bug("pad-negative", "return 'abc'.padStart(-1).length;", 3, "traps"),
  bug("index-of-nothing", "return 'abc'.indexOf('', 2);", 2, 0),
  bug("last-index-of-nothing", "return 'abc'.lastIndexOf('', 1);", 1, 3),
  bug("char-code-zero", "return String.fromCharCode(65, 0).length;", 2, 1),
  bug("final-sigma", "return 'a b\u03a3'.toLowerCase().charCodeAt(3);", 0x3c2, 0x3c3),
  bug("halves-of-pairs", "return String.fromCharCodes([0xd800, 0xdbff]).toLowerCase().charCodeAt(1);", 0xdbff, 0xdfff),
  bug("utf8-of-half-a-pair", "return Uint8Array.wrap(String.UTF8.encode(String.fromCharCode(0xd83d)))[0];", 0xef, 0xed),
  bug("join-of-one-i64", "const a: i64[] = [4294967297]; return a.join().length;", 10, 1),
  bug("no-number", "return i32(u64.parse('abc'));", "an error", 0),
  bug("number-beyond", "return i32(u16.parse('65537'));", "an error", 1),

  bug("typed-narrowed", "const a = new Uint8Array(1); a[0] = 300; return a[0];", "an error", 44),
  bug("clamped-setter", "const a = new Uint8ClampedArray(1); const x: u32 = -1; a[0] = x; return a[0];", 255, 0),
  bug(
    "clamped-set",
    "const a = new Uint8ClampedArray(1); const b = new Int64Array(1); b[0] = 4294967296; a.set(b); return a[0];",
    255,
    0,
  ),
  bug("typed-set-far", "const a = new Uint8Array(4); a.set([1, 2], 2147483647); return 1;", "an error", "traps"),
  bug("wrap-length", "return Int64Array.wrap(new ArrayBuffer(8), 0, 536870913).length;", "an error", 1),
  bug("view-bounds", "return new DataView(new ArrayBuffer(8), -1, 1).byteLength;", "an error", 1),

  bug("date-hours", "return i32(Date.UTC(1970, 0, 1, 1000) / 3600000);", 1000, -193),
  bug("date-month", "return i32(Date.UTC(1970, -11, 1) / 86400000);", -334, "traps"),
  bug("date-set-month", "const d = new Date(0); d.setUTCMonth(0, 5); return i32(d.getTime() / 86400000);", 4, 0),
];
