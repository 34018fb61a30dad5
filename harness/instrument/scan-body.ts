// Reads one function's operators and plans its rewriting: where the straight-line blocks begin and what each costs,
// which operators are written anew, how large the frame is. Writes nothing (write-body.ts does).
//
// The block rule: a block ends after any operator of control, call, memory.grow or bulk memory, and is paid for in full
// at its start. A branch does not pay for the `end` it skips, a back-edge not for `loop`, dead code is never paid, nor
// written. Where nobody can tell the difference, blocks are charged together:
// - a block of which no operator can trap is charged with the next one, when only `block` or an `end` that no branch
//   targets stands between them;
// - when it ends with `if`, its charge moves into both arms (one without `else` is given one), and so it does, in loops,
//   from a `br_if` that leaves a block without a value: into the branch, and into what follows.

import { type BodyPlan, CHARGE, EVENT, UNASKED_OPERATORS, UNCHECKED_OPERATORS } from "./body-plan.js";
import { BadBinary, ByteReader } from "./byte-reader.js";
import { type Label, makeLabel, target, unaskedAtEnd } from "./labels.js";
import { type ModuleShape, UnsupportedFeature } from "./module-shape.js";
import {
  ANY_NAN,
  BULK,
  ELEMENTS,
  ENDS_BLOCK,
  FLOAT,
  MAKES_NAN_F32,
  MAKES_NAN_F64,
  OP,
  OPERATORS,
  SPENDS_INSTANCE,
  TRAPS,
} from "./opcodes.js";
import {
  givesMemorySize,
  readBlockType,
  readImmediate,
  readLocals,
  readPrefixed,
  shortBlockType,
  typeAt,
  unknownOperator,
} from "./read-operator.js";

/**
 * Plans the rewriting of one body.
 * @param floats what to do with operators on floats
 * @throws UnsupportedFeature, BadBinary
 */
export function scanBody(shape: ModuleShape, index: number, plan: BodyPlan, floats: "canonical" | "reject"): void {
  const written = scan(shape, index, plan, floats, NO_LOCALS);
  if (written === undefined || !(plan.needsNanF32 || plan.needsNanF64)) return;
  for (const local of written.otherwise) written.byArithmetic.delete(local);
  if (written.byArithmetic.size > 0) scan(shape, index, plan, floats, written.byArithmetic);
}

/** The float locals that a body writes: with the kind of event of their results, and those it writes other values to. */
interface WrittenLocals {
  readonly byArithmetic: Map<number, number>;
  readonly otherwise: Set<number>;
}

const NO_LOCALS: ReadonlyMap<number, number> = new Map();

/** In place of an event: a constant that is no NaN. */
const NO_NAN = -2;

/**
 * @param loose locals to which nothing but results of arithmetic is written: their NaNs are made canonical where they
 *   are read for something else than arithmetic, which in loops is rarer than writing
 */
function scan(
  shape: ModuleShape,
  index: number,
  plan: BodyPlan,
  floats: "canonical" | "reject",
  loose: ReadonlyMap<number, number>,
): WrittenLocals | undefined {
  plan.reset();
  const functionIndex = shape.importedFunctions + index;
  const where = `function ${functionIndex}`;
  const body = shape.bodies[index] as { start: number; end: number };
  const type = typeAt(shape, shape.functions[functionIndex] as number, body.start);
  const paramCount = type.params.length;
  const reader = new ByteReader(shape.bytes, body.start, body.end);
  readLocals(reader, plan, where, floats);
  plan.codeStart = reader.offset;

  const labels: Label[] = [makeLabel(-1, 0, 0, type.results.length, false)];
  let openLoops = 0;
  let height = 0;
  let dead = false;
  let deadFrom = 0;
  /** The charge of the block being read, or -1; what it has come to; and what the next one starts with. */
  let open = -1;
  let count = 0;
  let charge = 0;
  let carriedCount = 0;
  let carriedFlags: number = CHARGE.entry;
  /** Operators that may have run since the gas was asked for: before the open block, and with it. */
  let unasked = 0;
  let unaskedAfter = 0;
  /** By height on the operand stack: the canonicalisation of the NaN that may lie there. */
  const nans: number[] = [];
  let hasNans = false;
  const written = plan.hasFloatLocals
    ? { byArithmetic: new Map<number, number>(), otherwise: new Set<number>() }
    : undefined;

  /** Where the operator before the one being read is. */
  let before = 0;
  for (let offset = reader.offset; labels.length > 0; before = offset, offset = reader.offset) {
    const opcode = reader.u8();
    const operator = opcode === OP.prefixFc ? readPrefixed(reader, where, offset) : OPERATORS[opcode];
    if (operator === undefined) throw unknownOperator(reader, opcode, where, offset);
    const { flags } = operator;
    if (floats === "reject" && (flags & FLOAT) !== 0) {
      throw new UnsupportedFeature("floating point", `${where} (${operator.name})`, offset);
    }

    if (!dead) {
      plan.operatorCount++;
      if (open === -1) {
        open = plan.add(offset, EVENT.charge);
        count = carriedCount;
        charge = carriedFlags;
        carriedCount = 0;
        carriedFlags = 0;
      }
      count++;
      if ((flags & TRAPS) !== 0) charge |= CHARGE.publish;
      if (unasked + count > UNASKED_OPERATORS) charge |= CHARGE.check;
      unaskedAfter = (charge & (CHARGE.check | CHARGE.entry)) !== 0 ? 0 : unasked + count;
      if ((flags & BULK) !== 0) plan.add(offset, EVENT.bulk, flags & ELEMENTS);
      if (opcode === OP.memoryGrow) {
        plan.add(offset, EVENT.grow);
        unaskedAfter = 0;
      }
      if (hasNans && (flags & ANY_NAN) !== 0) {
        for (let i = 1; i <= operator.pops; i++) {
          const nan = nans[height - i] ?? -1;
          if (nan >= 0) plan.cancel(nan);
        }
      }
      height -= operator.pops;
    }
    if ((flags & SPENDS_INSTANCE) !== 0) plan.spendsInstance = true;
    /** Whether what follows may be charged together with the open block. */
    let merges = false;
    /** Whether the open block is charged where it leads to. */
    let moves = false;

    switch (opcode) {
      case OP.localGet:
      case OP.localSet:
      case OP.localTee: {
        const local = reader.u32();
        if (!dead && local >= paramCount) {
          plan.add(offset, EVENT.local, local, 0, reader.offset);
          if (written !== undefined) {
            const nan = opcode === OP.localGet ? -1 : (nans[height] ?? -1);
            if (opcode !== OP.localGet) {
              if (nan >= 0) written.byArithmetic.set(local, plan.kindOf(nan));
              else if (nan !== NO_NAN) written.otherwise.add(local);
            }
            const kind = loose.get(local);
            if (kind !== undefined) {
              if (nan >= 0) plan.cancel(nan);
              if (opcode !== OP.localSet) nans[height] = plan.add(reader.offset, kind);
              hasNans = true;
              height += operator.pushes;
              break;
            }
          }
        }
        height += operator.pushes;
        // After a tee the same value lies in the local as well, whatever becomes of it on the stack.
        if (hasNans && opcode !== OP.localSet) nans[height - 1] = -1;
        break;
      }
      case OP.block:
      case OP.loop:
      case OP.if: {
        const typeIndex = readBlockType(reader, shape, where);
        const { params, results } = typeIndex < 0 ? shortBlockType(typeIndex) : typeAt(shape, typeIndex, offset);
        if (typeIndex >= 0 && !dead) plan.add(offset, EVENT.blockType, typeIndex, 0, reader.offset);
        const label = makeLabel(opcode, height - params.length, params.length, results.length, dead);
        labels.push(label);
        if (opcode === OP.loop) openLoops++;
        label.unaskedBefore = unaskedAfter;
        if (dead) break;
        if (opcode === OP.loop) {
          plan.hasLoop = true;
          carriedFlags = CHARGE.check;
        } else if (opcode === OP.block) {
          merges = true;
        } else if ((charge & CHARGE.publish) === 0) {
          moves = true;
          label.carries = true;
          label.carriedCount = count;
          label.carriedFlags = charge;
        }
        break;
      }
      case OP.else: {
        const label = labels.at(-1) as Label;
        if (dead && !label.dead) plan.add(deadFrom, EVENT.skip, 0, 0, offset);
        if (!dead) label.unaskedAfter = Math.max(label.unaskedAfter, unaskedAfter);
        unaskedAfter = label.unaskedBefore;
        dead = label.dead;
        height = label.height + label.params;
        label.hasElse = true;
        break;
      }
      case OP.end: {
        const label = labels.pop() as Label;
        if (label.opcode === OP.loop) openLoops--;
        if (dead && !label.dead) plan.add(deadFrom, EVENT.skip, 0, 0, offset);
        if (label.carries && !label.hasElse) {
          plan.add(offset, EVENT.elseCharge, label.carriedCount, label.carriedFlags);
        }
        merges = !dead && (label.opcode === OP.loop || (label.opcode === OP.block && !label.targeted));
        unaskedAfter = Math.max(dead ? 0 : unaskedAfter, unaskedAtEnd(label));
        if (label.opcode === -1) plan.branchesOut = label.targeted;
        dead = label.dead;
        height = label.height + label.results;
        break;
      }
      case OP.br:
        target(labels, reader.u32(), dead, unaskedAfter, offset);
        break;
      case OP.brIf: {
        const label = target(labels, reader.u32(), dead, unaskedAfter, offset);
        const leavesBare = label.opcode !== OP.loop && label.results === 0;
        if (!dead && openLoops > 0 && leavesBare && (charge & CHARGE.publish) === 0) {
          moves = true;
          plan.add(offset, EVENT.branchCharge, count, charge, reader.offset);
        }
        break;
      }
      case OP.brTable: {
        const targets = reader.u32();
        for (let i = 0; i <= targets; i++) target(labels, reader.u32(), dead, unaskedAfter, offset);
        break;
      }
      case OP.return:
        if (!dead) plan.add(offset, EVENT.return, labels.length - 1, 0, reader.offset);
        break;
      case OP.unreachable:
        break;
      case OP.call: {
        const callee = reader.u32();
        const { params, results } = typeAt(shape, shape.functions[callee] ?? -1, offset);
        height += results.length - params.length;
        if (dead) break;
        plan.hasCall = true;
        unaskedAfter += UNCHECKED_OPERATORS;
        plan.add(offset, callee < shape.importedFunctions ? EVENT.callImport : EVENT.call, callee, 0, reader.offset);
        break;
      }
      case OP.callIndirect: {
        const { params, results } = typeAt(shape, reader.u32(), offset);
        reader.u32();
        height += results.length - params.length;
        if (dead) break;
        plan.hasCall = true;
        plan.hasIndirectCall = true;
        unaskedAfter += UNCHECKED_OPERATORS;
        plan.add(offset, EVENT.callIndirect, 0, 0, reader.offset);
        break;
      }
      case OP.refFunc: {
        const referred = reader.u32();
        if (!dead) {
          plan.hasReference = true;
          plan.add(offset, EVENT.refFunc, referred, 0, reader.offset);
        }
        height += operator.pushes;
        if (hasNans && !dead) nans[height - 1] = -1;
        break;
      }
      default:
        readImmediate(reader, operator, opcode, where, offset);
        height += operator.pushes;
        if (dead) break;
        if (plan.hidesInputs && givesMemorySize(shape.bytes, opcode, before)) plan.add(reader.offset, EVENT.memorySize);
        if ((flags & (MAKES_NAN_F32 | MAKES_NAN_F64)) !== 0) {
          const isF32 = (flags & MAKES_NAN_F32) !== 0;
          if (isF32) plan.needsNanF32 = true;
          else plan.needsNanF64 = true;
          nans[height - 1] = plan.add(reader.offset, isF32 ? EVENT.nanF32 : EVENT.nanF64);
          hasNans = true;
        } else if (written !== undefined && (opcode === OP.f32Const || opcode === OP.f64Const)) {
          nans[height - 1] = isNanConstant(shape.bytes, reader.offset, opcode) ? -1 : NO_NAN;
          hasNans = true;
        } else if (hasNans && operator.pushes > 0) {
          nans[height - 1] = -1;
        }
    }

    if (!dead && height > plan.maxHeight) plan.maxHeight = height;
    if ((flags & ENDS_BLOCK) === 0) continue;
    if (hasNans) {
      nans.length = 0;
      hasNans = false;
    }
    if (open !== -1) {
      if (moves) {
        plan.cancel(open);
        carriedCount = count;
        carriedFlags = charge;
        open = -1;
      } else if (!merges || (charge & CHARGE.publish) !== 0) {
        plan.settle(open, count, charge);
        open = -1;
      }
    }
    if (open === -1) unasked = unaskedAfter;
    if (!dead && NEVER_CONTINUES.has(opcode)) {
      dead = true;
      deadFrom = reader.offset;
    } else if (opcode === OP.else && !dead) {
      const label = labels.at(-1) as Label;
      if (label.carries) {
        carriedCount = label.carriedCount;
        carriedFlags = label.carriedFlags;
      }
    }
  }
  if (reader.offset !== body.end) throw new BadBinary(`${where} has bytes after its end`, reader.offset);
  return written;
}

/** Whether the constant whose bytes end at `end` is a NaN. */
function isNanConstant(bytes: Uint8Array, end: number, opcode: number): boolean {
  const size = opcode === OP.f32Const ? 4 : 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset + end - size, size);
  return Number.isNaN(size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true));
}

const NEVER_CONTINUES: ReadonlySet<number> = new Set([OP.br, OP.brTable, OP.return, OP.unreachable]);
