// Reads what stands in a function's body around the operators themselves: local declarations, block types, immediates.
// Names the feature of an operator that is not accepted.

import type { BodyPlan } from "./body-plan.js";
import { BadBinary, type ByteReader } from "./byte-reader.js";
import { type ModuleShape, UnsupportedFeature } from "./module-shape.js";
import { IMMEDIATE, OP, type Operator, PREFIXED_FC } from "./opcodes.js";
import { readValueType } from "./read-module.js";

/** A function type by its index. */
export function typeAt(
  shape: ModuleShape,
  index: number,
  offset: number,
): { params: readonly number[]; results: readonly number[] } {
  const type = shape.types[index];
  if (type === undefined) throw new BadBinary("it uses a type or function that does not exist", offset);
  return type;
}

export function readLocals(reader: ByteReader, plan: BodyPlan, where: string, floats: "canonical" | "reject"): void {
  const groups = reader.u32();
  for (let i = 0; i < groups; i++) {
    plan.localCount += reader.u32();
    const offset = reader.offset;
    const type = readValueType(reader, where);
    const isFloat = type === 0x7d || type === 0x7c;
    if (isFloat) plan.hasFloatLocals = true;
    if (floats === "reject" && isFloat) {
      throw new UnsupportedFeature("floating point", `${where} (a local variable)`, offset);
    }
  }
  if (plan.localCount > 50_000) throw new BadBinary(`${where} has more than 50,000 local variables`, reader.offset);
}

/** Reads a block's type: an index, or a negative number for `NO_VALUES` and `ONE_RESULT`. */
export function readBlockType(reader: ByteReader, shape: ModuleShape, where: string): number {
  const first = reader.bytes[reader.offset] as number;
  if (first === 0x40) {
    reader.offset++;
    return NO_VALUES;
  }
  if (first < 0x80 && (first & 0x40) !== 0) {
    readValueType(reader, where);
    return ONE_RESULT;
  }
  const { offset } = reader;
  const index = reader.s33();
  typeAt(shape, index, offset);
  return index;
}

const NO_VALUES = -1;
const ONE_RESULT = -2;
const BARE = { params: [], results: [] };
const ONE = { params: [], results: [0] };

/** How many values a block without a type index takes and leaves. */
export function shortBlockType(type: number): { params: readonly number[]; results: readonly number[] } {
  return type === NO_VALUES ? BARE : ONE;
}

export function readPrefixed(reader: ByteReader, where: string, offset: number): Operator {
  const number = reader.u32();
  const operator = PREFIXED_FC[number];
  if (operator !== undefined) return operator;
  if (number >= 19 && number <= 22) throw new UnsupportedFeature("wide arithmetic", where, offset);
  throw new BadBinary(`${where} has the unknown operator 0xfc ${number}`, offset);
}

export function readImmediate(
  reader: ByteReader,
  operator: Operator,
  opcode: number,
  where: string,
  offset: number,
): void {
  switch (operator.immediate) {
    case IMMEDIATE.leb:
      if (opcode === OP.i32Const) reader.s32();
      else if (opcode === OP.i64Const) reader.skipS64();
      else if (opcode === OP.refNull) readValueType(reader, where);
      else if (opcode === MEMORY_SIZE || opcode === OP.memoryGrow || operator.name === "memory.fill") {
        readMemoryIndex(reader, where);
      } else reader.u32();
      break;
    case IMMEDIATE.memarg:
      if (reader.u32() >= 64) throw new UnsupportedFeature("multiple memories", where, offset);
      reader.u32();
      break;
    case IMMEDIATE.f32:
      reader.skip(4);
      break;
    case IMMEDIATE.f64:
      reader.skip(8);
      break;
    case IMMEDIATE.lebPair:
      if (operator.name === "memory.copy") readMemoryIndex(reader, where);
      else reader.u32();
      if (operator.name === "memory.copy" || operator.name === "memory.init") readMemoryIndex(reader, where);
      else reader.u32();
      break;
    case IMMEDIATE.typeVector: {
      const count = reader.u32();
      for (let i = 0; i < count; i++) readValueType(reader, where);
      break;
    }
    default:
  }
}

/** Whether the operator gives the memory's size: growing by nothing does, too. `before` is where the one before it is. */
export function givesMemorySize(bytes: Uint8Array, opcode: number, before: number): boolean {
  if (opcode === OP.memorySize) return true;
  return opcode === OP.memoryGrow && bytes[before] === OP.i32Const && bytes[before + 1] === 0;
}

const MEMORY_SIZE = 0x3f;

/** The byte that names the one memory: WebAssembly 2.0 has no other way to write it, later engines take longer ones. */
function readMemoryIndex(reader: ByteReader, where: string): void {
  const { offset } = reader;
  const byte = reader.u8();
  if (byte === 0) return;
  if (byte < 0x80) throw new UnsupportedFeature("multiple memories", where, offset);
  throw new BadBinary(`${where} names its memory by more than the byte 0x00`, offset);
}

/** Operators of features that are not accepted, by their first byte. */
const FEATURE_OF_OPCODE: Record<number, string> = {
  6: "exceptions",
  7: "exceptions",
  8: "exceptions",
  9: "exceptions",
  10: "exceptions",
  24: "exceptions",
  25: "exceptions",
  31: "exceptions",
  18: "tail calls",
  19: "tail calls",
  20: "typed function references",
  21: "typed function references",
  211: "GC",
  212: "typed function references",
  213: "typed function references",
  214: "typed function references",
  251: "GC",
  253: "SIMD",
  254: "threads",
};

export function unknownOperator(reader: ByteReader, opcode: number, where: string, offset: number): Error {
  const feature = FEATURE_OF_OPCODE[opcode];
  if (feature === undefined) {
    return new BadBinary(`${where} has the unknown operator 0x${opcode.toString(16).padStart(2, "0")}`, offset);
  }
  const relaxed = feature === "SIMD" && reader.u32() >= 0x100;
  return new UnsupportedFeature(relaxed ? "relaxed SIMD" : feature, where, offset);
}
