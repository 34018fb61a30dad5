// Moves over operators of any standard feature, those that QWVM refuses included, and says which they were.
// For looking at modules (inspect); what runs is read by scan-body.ts. Source: WebAssembly core specification 3.0,
// appendix "Index of instructions", and the legacy exceptions of version 2's proposal.

import { BadBinary, type ByteReader } from "./byte-reader.js";
import { IMMEDIATE, OPERATORS, PREFIXED_FC } from "./opcodes.js";

/** One operator: its byte, and its number behind a prefix byte (0 without one). */
export interface WalkedOperator {
  readonly opcode: number;
  readonly sub: number;
  readonly offset: number;
}

/** How many numbers follow an operator behind 0xfb, by its number: `struct.new` to `i31.get_u`. */
const GC_NUMBERS = "1122221122211110122211114400000";
const OPENS = new Set([0x02, 0x03, 0x04, 0x06, 0x1f]);
const END = 0x0b;
const DELEGATE = 0x18;

/** Walks to the `end` that closes the expression or body, calling `visit` for every operator before it. */
export function walkExpression(reader: ByteReader, visit: (operator: WalkedOperator) => void): void {
  for (let depth = 0; ; ) {
    const operator = walkOperator(reader);
    const { opcode } = operator;
    if (opcode === END && depth === 0) return;
    visit(operator);
    if (OPENS.has(opcode)) depth++;
    else if (opcode === END || opcode === DELEGATE) depth--;
  }
}

/** Moves past a value type. The references to a type have a second part. */
export function skipValueType(reader: ByteReader): number {
  const type = reader.u8();
  if (type === 0x63 || type === 0x64) reader.skipLeb();
  return type;
}

function walkOperator(reader: ByteReader): WalkedOperator {
  const { offset } = reader;
  const opcode = reader.u8();
  const sub = opcode >= 0xfb && opcode <= 0xfe ? reader.u32() : 0;
  if (!skipImmediate(reader, opcode, sub)) {
    const shown = `0x${opcode.toString(16).padStart(2, "0")}${opcode >= 0xfb ? ` ${sub}` : ""}`;
    throw new BadBinary(`there is the unknown operator ${shown}`, offset);
  }
  return { opcode, sub, offset };
}

/** False when there is no such operator. */
function skipImmediate(reader: ByteReader, opcode: number, sub: number): boolean {
  if (opcode === 0xfb) return skipNumbers(reader, GC_NUMBERS[sub] === undefined ? -1 : Number(GC_NUMBERS[sub]));
  if (opcode === 0xfd) return skipVector(reader, sub);
  if (opcode === 0xfe) return sub === 3 ? skipNumbers(reader, 1) : skipMemoryArgument(reader);
  if (opcode === 0xfc && sub >= 19 && sub <= 22) return true;
  const known = opcode === 0xfc ? PREFIXED_FC[sub] : OPERATORS[opcode];
  if (known === undefined) return skipRefused(reader, opcode);
  switch (known.immediate) {
    case IMMEDIATE.leb:
      return skipNumbers(reader, 1);
    case IMMEDIATE.lebPair:
      return skipNumbers(reader, 2);
    case IMMEDIATE.memarg:
      return skipMemoryArgument(reader);
    case IMMEDIATE.f32:
      reader.skip(4);
      return true;
    case IMMEDIATE.f64:
      reader.skip(8);
      return true;
    case IMMEDIATE.blockType:
      return skipBlockType(reader);
    case IMMEDIATE.branchTable:
      return skipNumbers(reader, reader.u32() + 1);
    case IMMEDIATE.typeVector:
      for (let left = reader.u32(); left > 0; left--) skipValueType(reader);
      return true;
    default:
      return true;
  }
}

/** Exceptions, tail calls and typed references: the operators of one byte that the table does not have. */
function skipRefused(reader: ByteReader, opcode: number): boolean {
  if (opcode === 0x06) return skipBlockType(reader);
  if ([0x07, 0x08, 0x09, 0x12, 0x14, 0x15, 0x18, 0xd5, 0xd6].includes(opcode)) return skipNumbers(reader, 1);
  if (opcode === 0x13) return skipNumbers(reader, 2);
  if (opcode === 0x1f) {
    skipBlockType(reader);
    for (let left = reader.u32(); left > 0; left--) skipNumbers(reader, reader.u8() < 2 ? 2 : 1);
    return true;
  }
  return [0x0a, 0x19, 0xd3, 0xd4].includes(opcode);
}

function skipVector(reader: ByteReader, sub: number): boolean {
  if (sub <= 11 || sub === 92 || sub === 93) return skipMemoryArgument(reader);
  if (sub === 12 || sub === 13) reader.skip(16);
  else if (sub >= 21 && sub <= 34) reader.skip(1);
  else if (sub >= 84 && sub <= 91) {
    skipMemoryArgument(reader);
    reader.skip(1);
  }
  return sub < 0x140;
}

function skipMemoryArgument(reader: ByteReader): boolean {
  if ((reader.u32() & 64) !== 0) reader.skipLeb();
  reader.skipLeb();
  return true;
}

function skipBlockType(reader: ByteReader): boolean {
  const first = reader.bytes[reader.offset];
  reader.skipLeb();
  if (first === 0x63 || first === 0x64) reader.skipLeb();
  return true;
}

function skipNumbers(reader: ByteReader, count: number): boolean {
  for (let left = count; left > 0; left--) reader.skipLeb();
  return count >= 0;
}
