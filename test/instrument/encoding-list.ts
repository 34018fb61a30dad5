// Numbers and indices written in every way that a binary can, with the verdict of WebAssembly 2.0 (section "Values": a LEB128 number
// of N bits has at most ceil(N / 7) bytes, and the bits of the last one beyond N are zero, or copies of the sign).

import { type Bytes, concat, contractBytes, section } from "../hostile/module-bytes.js";

export interface Encoding {
  readonly name: string;
  readonly wasm: Uint8Array;
  readonly wanted: "accepted" | "invalid" | "unsupported";
}

const END = 0x0b;
const DROP = 0x1a;
const ZERO = [0x41, 0x00];
const TABLE = section(4, [1, 0x70, 0, 1]);
const GLOBAL = section(6, [1, 0x7f, 1, 0x41, 0, END]);
const ELEMENT = section(9, [1, 1, 0, 1, 0]);
const DATA = section(11, [1, 1, 1, 0x61]);
const COUNT = section(12, [1]);

/** A contract with a table, a global and a segment of each kind, whose `execute` is this code without local variables. */
const code = (...parts: readonly Bytes[]): Uint8Array =>
  contractBytes({
    execute: concat([0], ...parts, [END]),
    sections: { 4: TABLE, 6: GLOBAL, 9: ELEMENT, 11: DATA, 12: COUNT },
  });

/** Zero in so many bytes. */
const padded = (bytes: number): number[] => [...new Array<number>(bytes - 1).fill(0x80), 0x00];
/** Minus one in so many bytes. */
const minus = (bytes: number): number[] => [...new Array<number>(bytes - 1).fill(0xff), 0x7f];

type Row = readonly [name: string, wasm: Uint8Array, wanted: Encoding["wanted"]];
const rows: Row[] = [];

/** An unsigned number of 32 bits that is zero: of one to five bytes, of six, and with a bit beyond the 32nd. */
function unsigned(name: string, make: (number: readonly number[]) => Uint8Array): void {
  for (const bytes of [1, 2, 5]) rows.push([`${name}: 0 in ${bytes} bytes`, make(padded(bytes)), "accepted"]);
  for (const bytes of [6, 10]) rows.push([`${name}: 0 in ${bytes} bytes`, make(padded(bytes)), "invalid"]);
  rows.push([`${name}: bit 32 set`, make([0x80, 0x80, 0x80, 0x80, 0x10]), "invalid"]);
  rows.push([`${name}: bit 34 set`, make([0x80, 0x80, 0x80, 0x80, 0x40]), "invalid"]);
}

/** The one byte that names the memory. */
function memory(name: string, make: (index: readonly number[]) => Uint8Array): void {
  rows.push([`${name}: the memory as 00`, make([0x00]), "accepted"]);
  for (const bytes of [2, 5, 6]) rows.push([`${name}: the memory in ${bytes} bytes`, make(padded(bytes)), "invalid"]);
  rows.push([`${name}: memory 1`, make([0x01]), "unsupported"]);
}

memory("memory.size", (index) => code([0x3f], index, [DROP]));
memory("memory.grow", (index) => code(ZERO, [0x40], index, [DROP]));
memory("memory.fill", (index) => code(ZERO, ZERO, ZERO, [0xfc, 11], index));
memory("memory.copy, to", (index) => code(ZERO, ZERO, ZERO, [0xfc, 10], index, [0]));
memory("memory.copy, from", (index) => code(ZERO, ZERO, ZERO, [0xfc, 10, 0], index));
memory("memory.init", (index) => code(ZERO, ZERO, ZERO, [0xfc, 8, 0], index));

unsigned("memory.init, the segment", (index) => code(ZERO, ZERO, ZERO, [0xfc, 8], index, [0]));
unsigned("data.drop", (index) => code([0xfc, 9], index));
unsigned("elem.drop", (index) => code([0xfc, 13], index));
unsigned("table.size", (index) => code([0xfc, 16], index, [DROP]));
unsigned("table.get", (index) => code(ZERO, [0x25], index, [DROP]));
unsigned("table.copy, to", (index) => code(ZERO, ZERO, ZERO, [0xfc, 14], index, [0]));
unsigned("table.copy, from", (index) => code(ZERO, ZERO, ZERO, [0xfc, 14, 0], index));
unsigned("table.init, the segment", (index) => code(ZERO, ZERO, ZERO, [0xfc, 12], index, [0]));
unsigned("table.init, the table", (index) => code(ZERO, ZERO, ZERO, [0xfc, 12, 0], index));
unsigned("a load's alignment", (number) => code(ZERO, [0x28], number, [0, DROP]));
unsigned("a load's offset", (number) => code(ZERO, [0x28, 0], number, [DROP]));
unsigned("a store's offset", (number) => code(ZERO, ZERO, [0x36, 0], number));
unsigned("local.get", (index) => code([0x20], index, [DROP]));
unsigned("global.get", (index) => code([0x23], index, [DROP]));
unsigned("call", (index) => code([0x10], index));
unsigned("call_indirect, the type", (index) => code(ZERO, [0x11], index, [0]));
unsigned("call_indirect, the table", (index) => code(ZERO, [0x11, 0], index));
unsigned("br", (depth) => code([0x02, 0x40, 0x0c], depth, [END]));
unsigned("br_table's length", (count) => code([0x02, 0x40], ZERO, [0x0e], count, [0, END]));
unsigned("br_table's target", (depth) => code([0x02, 0x40], ZERO, [0x0e, 0], depth, [END]));
unsigned("ref.func", (index) => code([0xd2], index, [DROP]));
unsigned("the number after 0xfc", (number) => code([0x43, 0, 0, 0, 0, 0xfc], number, [DROP]));
unsigned("the number of local groups", (count) => contractBytes({ execute: concat(count, [END]) }));
unsigned("a data segment's flags", (flags) =>
  contractBytes({ sections: { 11: section(11, [1], flags, [0x41, 0, END, 0]) } }),
);

for (const [bytes, wanted] of [
  [1, "accepted"],
  [5, "accepted"],
  [6, "invalid"],
] as const) {
  rows.push([`i32.const: 0 in ${bytes} bytes`, code([0x41], padded(bytes), [DROP]), wanted]);
  rows.push([`i32.const: -1 in ${bytes} bytes`, code([0x41], minus(bytes), [DROP]), wanted]);
  rows.push([
    `a global's i32.const: -1 in ${bytes} bytes`,
    contractBytes({ sections: { 6: section(6, [1, 0x7f, 0, 0x41], minus(bytes), [END]) } }),
    wanted,
  ]);
  // Type 0 has neither parameters nor results.
  rows.push([`a block's type in ${bytes} bytes`, code([0x02], padded(bytes), [END]), wanted]);
}
for (const [bytes, wanted] of [
  [10, "accepted"],
  [11, "invalid"],
] as const) {
  rows.push([`i64.const: 0 in ${bytes} bytes`, code([0x42], padded(bytes), [DROP]), wanted]);
  rows.push([`i64.const: -1 in ${bytes} bytes`, code([0x42], minus(bytes), [DROP]), wanted]);
}
const last = (opcode: number, first: number, bytes: number, end: number): Uint8Array =>
  code([opcode], new Array<number>(bytes - 1).fill(first), [end], [DROP]);
// Of an i32's fifth byte the lowest four bits count, of an i64's tenth the lowest.
rows.push(["i32.const: the largest", last(0x41, 0xff, 5, 0x07), "accepted"]);
rows.push(["i32.const: the smallest", last(0x41, 0x80, 5, 0x78), "accepted"]);
rows.push(["i32.const: a bit beyond the sign", last(0x41, 0x80, 5, 0x08), "invalid"]);
rows.push(["i32.const: bits beyond the sign that are no copies", last(0x41, 0x80, 5, 0x70), "invalid"]);
rows.push(["i64.const: the largest", last(0x42, 0xff, 10, 0x00), "accepted"]);
rows.push(["i64.const: the smallest", last(0x42, 0x80, 10, 0x7f), "accepted"]);
rows.push(["i64.const: a bit beyond the sign", last(0x42, 0x80, 10, 0x02), "invalid"]);
rows.push(["i64.const: bits beyond the sign that are no copies", last(0x42, 0x80, 10, 0x7e), "invalid"]);
rows.push(["a block's type: a bit beyond the 33rd", code([0x02, 0x80, 0x80, 0x80, 0x80, 0x20, END]), "invalid"]);

export const ENCODINGS: readonly Encoding[] = rows.map(([name, wasm, wanted]) => ({ name, wasm, wanted }));
