// Reads one function's operators and plans its rewriting: where the straight-line blocks begin and what each costs,
// where calls, returns and bulk operators stand, how large the frame is. Writes nothing (write-body.ts does).
//
// The block rule: a block ends after any operator of control, call, memory.grow or bulk memory, and is paid for in full
// at its start. A branch does not pay for the `end` it skips, a back-edge not for `loop`, dead code is never paid.
// Two blocks are charged as one where nobody can tell: only `block` or an `end` that no branch targets stands between
// them, and no operator of the first can trap.

import { BadBinary, ByteReader } from "./byte-reader.js";
import { type ModuleShape, readValueType, UnsupportedFeature } from "./module-shape.js";
import {
  BULK,
  ENDS_BLOCK,
  FLOAT,
  IMMEDIATE,
  MAKES_NAN_F32,
  MAKES_NAN_F64,
  OP,
  OPERATORS,
  type Operator,
  PREFIXED_FC,
  SPENDS_INSTANCE,
  TRAPS,
} from "./opcodes.js";

/** What happens at an offset of the original body, in the order of the body. */
export const EVENT = { charge: 0, return: 1, bulk: 2, nanF32: 3, nanF64: 4 } as const;

/** Flags of a charge. */
export const CHARGE = {
  /** The counter outside of the function must be right when the block runs. */
  publish: 1,
  /** The gas must be known to suffice: the head of a loop, the entry of a function. */
  check: 2,
  /** The counter has changed outside: after a call, at the entry. */
  reload: 4,
  /** The block ends with `memory.grow`. */
  grows: 8,
} as const;

/** The plan of one function; its arrays are used again for the next one. */
export class BodyPlan {
  /** Events: offset in the module, kind, and one number (operators of the block, depth of the return). */
  readonly offsets: number[] = [];
  readonly kinds: number[] = [];
  readonly numbers: number[] = [];
  readonly flags: number[] = [];
  /** Where the operators begin, after the local declarations. */
  codeStart = 0;
  localCount = 0;
  maxHeight = 0;
  hasLoop = false;
  hasCall = false;
  needsNanF32 = false;
  needsNanF64 = false;
  /** Some operator changes a table or drops a segment. */
  spendsInstance = false;

  reset(): void {
    for (const list of [this.offsets, this.kinds, this.numbers, this.flags]) list.length = 0;
    this.codeStart = 0;
    this.localCount = 0;
    this.maxHeight = 0;
    this.hasLoop = false;
    this.hasCall = false;
    this.needsNanF32 = false;
    this.needsNanF64 = false;
    this.spendsInstance = false;
  }

  add(offset: number, kind: number, number = 0, flags = 0): number {
    this.offsets.push(offset);
    this.kinds.push(kind);
    this.numbers.push(number);
    return this.flags.push(flags) - 1;
  }
}

interface Label {
  readonly opcode: number;
  readonly height: number;
  readonly params: number;
  readonly results: number;
  /** The block was entered from dead code. */
  readonly dead: boolean;
  targeted: boolean;
}

/**
 * Plans the rewriting of one body.
 * @param floats what to do with operators on floats
 * @throws UnsupportedFeature, BadBinary
 */
export function scanBody(shape: ModuleShape, index: number, plan: BodyPlan, floats: "canonical" | "reject"): void {
  plan.reset();
  const functionIndex = shape.importedFunctions + index;
  const where = `function ${functionIndex}`;
  const body = shape.bodies[index] as { start: number; end: number };
  const type = typeAt(shape, shape.functions[functionIndex] as number, body.start);
  const reader = new ByteReader(shape.bytes, body.start, body.end);
  readLocals(reader, plan, where, floats);
  plan.codeStart = reader.offset;

  const labels: Label[] = [
    { opcode: -1, height: 0, params: 0, results: type.results.length, dead: false, targeted: false },
  ];
  let height = 0;
  let dead = false;
  /** The charge of the block being read, or -1. */
  let open = -1;
  /** Flags that the next charge starts with. */
  let pending: number = CHARGE.check | CHARGE.reload;

  while (labels.length > 0) {
    const offset = reader.offset;
    const opcode = reader.u8();
    const operator = opcode === OP.prefixFc ? readPrefixed(reader, where, offset) : OPERATORS[opcode];
    if (operator === undefined) throw unknownOperator(reader, opcode, where, offset);
    const { flags } = operator;
    if (floats === "reject" && (flags & FLOAT) !== 0) {
      throw new UnsupportedFeature("floating point", `${where} (${operator.name})`, offset);
    }

    if (!dead) {
      if (open === -1) {
        open = plan.add(offset, EVENT.charge, 0, pending);
        pending = 0;
      }
      (plan.numbers[open] as number)++;
      if ((flags & TRAPS) !== 0) (plan.flags[open] as number) |= CHARGE.publish;
      if ((flags & BULK) !== 0) {
        plan.add(offset, EVENT.bulk);
        pending = CHARGE.reload;
      }
      height -= operator.pops;
    }
    if ((flags & SPENDS_INSTANCE) !== 0) plan.spendsInstance = true;
    let mergeable = false;

    switch (opcode) {
      case OP.block:
      case OP.loop:
      case OP.if: {
        const { params, results } = readBlockType(reader, shape, where);
        labels.push({ opcode, height: height - params, params, results, dead, targeted: false });
        if (!dead && opcode === OP.loop) {
          plan.hasLoop = true;
          pending = CHARGE.check;
        }
        mergeable = opcode === OP.block;
        break;
      }
      case OP.else: {
        const label = labels.at(-1) as Label;
        dead = label.dead;
        height = label.height + label.params;
        break;
      }
      case OP.end: {
        const label = labels.pop() as Label;
        mergeable = !dead && !label.targeted && (label.opcode === OP.block || label.opcode === OP.loop);
        dead = label.dead;
        height = label.height + label.results;
        break;
      }
      case OP.br:
      case OP.brIf: {
        target(labels, reader.u32(), offset);
        if (opcode === OP.br) dead = true;
        break;
      }
      case OP.brTable: {
        const count = reader.u32();
        for (let i = 0; i <= count; i++) target(labels, reader.u32(), offset);
        dead = true;
        break;
      }
      case OP.return:
        if (!dead) plan.add(offset, EVENT.return, labels.length - 1);
        dead = true;
        break;
      case OP.unreachable:
        dead = true;
        break;
      case OP.call:
      case OP.callIndirect: {
        const immediate = reader.u32();
        const typeIndex = opcode === OP.call ? shape.functions[immediate] : immediate;
        if (opcode === OP.callIndirect) reader.u32();
        const callee = typeAt(shape, typeIndex ?? -1, offset);
        height += callee.results.length - callee.params.length;
        if (!dead) {
          plan.hasCall = true;
          pending = CHARGE.reload;
        }
        break;
      }
      default:
        readImmediate(reader, operator, opcode, where, offset);
        height += operator.pushes;
        if (!dead && opcode === OP.memoryGrow) {
          (plan.flags[open] as number) |= CHARGE.grows | CHARGE.check;
        }
        if (!dead && (flags & (MAKES_NAN_F32 | MAKES_NAN_F64)) !== 0) {
          const isF32 = (flags & MAKES_NAN_F32) !== 0;
          if (isF32) plan.needsNanF32 = true;
          else plan.needsNanF64 = true;
          plan.add(reader.offset, isF32 ? EVENT.nanF32 : EVENT.nanF64);
        }
    }

    if (height > plan.maxHeight) plan.maxHeight = height;
    if (open !== -1 && (flags & ENDS_BLOCK) !== 0) {
      const canTrap = ((plan.flags[open] as number) & CHARGE.publish) !== 0;
      if (!mergeable || canTrap) open = -1;
    }
  }
  if (reader.offset !== body.end) throw new BadBinary(`${where} has bytes after its end`, reader.offset);
}

function target(labels: Label[], depth: number, offset: number): void {
  const label = labels[labels.length - 1 - depth];
  if (label === undefined) throw new BadBinary("a branch leads out of its function", offset);
  label.targeted = true;
}

function typeAt(
  shape: ModuleShape,
  index: number,
  offset: number,
): { params: readonly number[]; results: readonly number[] } {
  const type = shape.types[index];
  if (type === undefined) throw new BadBinary("it uses a type or function that does not exist", offset);
  return type;
}

function readLocals(reader: ByteReader, plan: BodyPlan, where: string, floats: "canonical" | "reject"): void {
  const groups = reader.u32();
  for (let i = 0; i < groups; i++) {
    plan.localCount += reader.u32();
    const offset = reader.offset;
    const type = readValueType(reader, where);
    if (floats === "reject" && (type === 0x7d || type === 0x7c)) {
      throw new UnsupportedFeature("floating point", `${where} (a local variable)`, offset);
    }
  }
  if (plan.localCount > 50_000) throw new BadBinary(`${where} has more than 50,000 local variables`, reader.offset);
}

function readBlockType(reader: ByteReader, shape: ModuleShape, where: string): { params: number; results: number } {
  const offset = reader.offset;
  const first = reader.bytes[offset] as number;
  if (first === 0x40) {
    reader.offset++;
    return NO_VALUES;
  }
  if (first < 0x80 && (first & 0x40) !== 0) {
    readValueType(reader, where);
    return ONE_RESULT;
  }
  const type = typeAt(shape, reader.s33(), offset);
  return { params: type.params.length, results: type.results.length };
}

const NO_VALUES = { params: 0, results: 0 };
const ONE_RESULT = { params: 0, results: 1 };

function readPrefixed(reader: ByteReader, where: string, offset: number): Operator {
  const number = reader.u32();
  const operator = PREFIXED_FC[number];
  if (operator !== undefined) return operator;
  if (number >= 19 && number <= 22) throw new UnsupportedFeature("wide arithmetic", where, offset);
  throw new BadBinary(`${where} has the unknown operator 0xfc ${number}`, offset);
}

function readImmediate(reader: ByteReader, operator: Operator, opcode: number, where: string, offset: number): void {
  switch (operator.immediate) {
    case IMMEDIATE.leb:
      if (opcode === OP.refNull) readValueType(reader, where);
      else reader.skipLeb();
      break;
    case IMMEDIATE.memarg:
      if (reader.u32() >= 64) throw new UnsupportedFeature("multiple memories", where, offset);
      reader.skipLeb();
      break;
    case IMMEDIATE.f32:
      reader.skip(4);
      break;
    case IMMEDIATE.f64:
      reader.skip(8);
      break;
    case IMMEDIATE.lebPair:
      reader.skipLeb();
      reader.skipLeb();
      break;
    case IMMEDIATE.typeVector: {
      const count = reader.u32();
      for (let i = 0; i < count; i++) readValueType(reader, where);
      break;
    }
    default:
  }
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

function unknownOperator(reader: ByteReader, opcode: number, where: string, offset: number): Error {
  const feature = FEATURE_OF_OPCODE[opcode];
  if (feature === undefined) {
    return new BadBinary(`${where} has the unknown operator 0x${opcode.toString(16).padStart(2, "0")}`, offset);
  }
  const relaxed = feature === "SIMD" && reader.u32() >= 0x100;
  return new UnsupportedFeature(relaxed ? "relaxed SIMD" : feature, where, offset);
}
