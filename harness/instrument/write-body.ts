// Writes one function's rewritten body by its plan: charges at the starts of blocks, the frame counted against the
// stack limit, NaNs made canonical. Everything added is written here; the author's operators are copied.
//
// The counter lives in a private global. A function with loops keeps it in a local of its own, reads it after calls and
// writes it back in the blocks that somebody outside could see (those with a call or an operator that can trap).
// Whether the gas suffices is asked where code can repeat: at loops and at entries. Anywhere else the counter may pass
// below zero for a few operators that nobody can see; the VM reads an ending with a negative counter as out of gas.

import type { ByteWriter } from "./byte-writer.js";
import type { FunctionType, ModuleShape } from "./module-shape.js";
import { OP } from "./opcodes.js";
import { type BodyPlan, CHARGE, EVENT } from "./scan-body.js";

/** Indices of what the rewriting adds to the module. */
export interface Additions {
  readonly gasGlobal: number;
  readonly memoryGasGlobal: number;
  readonly stackGlobal: number;
  readonly statusGlobal: number;
  readonly bulkFunction: number;
  /** The block type (bytes) that has a function type's results and no parameters. */
  readonly blockTypeOf: (type: FunctionType) => number;
}

export interface BodyPrices {
  readonly instruction: number;
  readonly memoryGrow: number;
  readonly stackBytes: number;
}

/** What the private status global says after a trap. */
export const STATUS = { none: 0, stackOverflow: 1, outOfGasInBulk: 2 } as const;

/** Counted for a frame beside its slots. */
export const FRAME_OVERHEAD_BYTES = 32;

/** Runs of copied code: offset in the writer, offset in the original module, length. */
export type CopiedRuns = number[];

const I32 = 0x7f;
const I64 = 0x7e;
const VOID = 0x40;

/** The frame's size: parameters, locals and the deepest operand stack, 8 bytes each, and a fixed overhead. */
export function frameBytes(type: FunctionType, plan: BodyPlan): number {
  return (type.params.length + plan.localCount + plan.maxHeight) * 8 + FRAME_OVERHEAD_BYTES;
}

/** Writes the body (without its size) of function number `index`, not counting imports. */
export function writeBody(
  shape: ModuleShape,
  index: number,
  plan: BodyPlan,
  additions: Additions,
  prices: BodyPrices,
  out: ByteWriter,
  runs: CopiedRuns | undefined,
): void {
  const body = shape.bodies[index] as { start: number; end: number };
  const type = shape.types[shape.functions[shape.importedFunctions + index] as number] as FunctionType;
  const { bytes } = shape;
  const inLocal = plan.hasLoop;
  const wrapped = inLocal || plan.hasCall;
  const frame = frameBytes(type, plan);

  const counter = type.params.length + plan.localCount;
  const nanF32 = counter + 1;
  const nanF64 = nanF32 + (plan.needsNanF32 ? 1 : 0);
  writeLocals(shape, body.start, plan, out);

  countFrame(out, frame, plan.hasCall, additions, prices.stackBytes);
  if (wrapped) {
    out.u8(OP.block);
    out.signed(additions.blockTypeOf(type));
  }

  let copied = plan.codeStart;
  const copyTo = (offset: number): void => {
    if (offset === copied) return;
    runs?.push(out.length, copied, offset - copied);
    out.copy(bytes, copied, offset);
    copied = offset;
  };
  for (let i = 0; i < plan.kinds.length; i++) {
    const offset = plan.offsets[i] as number;
    const kind = plan.kinds[i] as number;
    if (kind === EVENT.return && !wrapped) continue;
    copyTo(offset);
    const number = plan.numbers[i] as number;
    if (kind === EVENT.charge) {
      writeCharge(out, number, plan.flags[i] as number, inLocal, counter, additions, prices);
    } else if (kind === EVENT.return) {
      out.u8(OP.br);
      out.u32(number);
      copied++;
    } else if (kind === EVENT.bulk) {
      out.u8(OP.call);
      out.u32(additions.bulkFunction);
    } else {
      writeCanonicalNan(out, kind === EVENT.nanF32, kind === EVENT.nanF32 ? nanF32 : nanF64);
    }
  }
  copyTo(body.end);
  if (!wrapped) return;
  if (inLocal) {
    out.u8(OP.localGet);
    out.u32(counter);
    globalOp(out, OP.globalSet, additions.gasGlobal);
  }
  if (plan.hasCall) {
    globalOp(out, OP.globalGet, additions.stackGlobal);
    i32Const(out, frame);
    out.u8(0x6b); // i32.sub
    globalOp(out, OP.globalSet, additions.stackGlobal);
  }
  out.u8(OP.end);
}

/** Copies the local declarations and adds the rewriter's own: the counter, and a place for a NaN of each size. */
function writeLocals(shape: ModuleShape, start: number, plan: BodyPlan, out: ByteWriter): void {
  const own = [I64];
  if (plan.needsNanF32) own.push(0x7d);
  if (plan.needsNanF64) own.push(0x7c);
  let groups = 0;
  let offset = start;
  for (let shift = 0; ; shift += 7) {
    const byte = shape.bytes[offset++] as number;
    groups += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  out.u32(groups + own.length);
  out.copy(shape.bytes, offset, plan.codeStart);
  for (const type of own) {
    out.u8(1);
    out.u8(type);
  }
}

/** Traps when the frame does not fit, and books it if the function calls others. */
function countFrame(out: ByteWriter, frame: number, books: boolean, additions: Additions, stackBytes: number): void {
  if (frame <= stackBytes) {
    globalOp(out, OP.globalGet, additions.stackGlobal);
    i32Const(out, stackBytes - frame);
    out.u8(0x4b); // i32.gt_u
    out.u8(OP.if);
    out.u8(VOID);
  } else {
    out.u8(OP.block);
    out.u8(VOID);
  }
  i32Const(out, STATUS.stackOverflow);
  globalOp(out, OP.globalSet, additions.statusGlobal);
  out.u8(OP.unreachable);
  out.u8(OP.end);
  if (!books) return;
  globalOp(out, OP.globalGet, additions.stackGlobal);
  i32Const(out, frame);
  out.u8(0x6a); // i32.add
  globalOp(out, OP.globalSet, additions.stackGlobal);
}

function writeCharge(
  out: ByteWriter,
  operators: number,
  flags: number,
  inLocal: boolean,
  counter: number,
  additions: Additions,
  prices: BodyPrices,
): void {
  const grows = (flags & CHARGE.grows) !== 0;
  const checks = (flags & CHARGE.check) !== 0;
  const publishes = !inLocal || (flags & CHARGE.publish) !== 0;
  if (!inLocal || (flags & CHARGE.reload) !== 0) {
    globalOp(out, OP.globalGet, additions.gasGlobal);
  } else {
    out.u8(OP.localGet);
    out.u32(counter);
  }
  i64Const(out, operators * prices.instruction + (grows ? prices.memoryGrow : 0));
  out.u8(0x7d); // i64.sub
  if (inLocal || checks) {
    out.u8(publishes || checks ? OP.localTee : OP.localSet);
    out.u32(counter);
  }
  if (publishes) {
    globalOp(out, OP.globalSet, additions.gasGlobal);
    if (checks) {
      out.u8(OP.localGet);
      out.u32(counter);
    }
  }
  if (checks) {
    i64Const(out, 0);
    out.u8(0x53); // i64.lt_s
    out.u8(OP.if);
    out.u8(VOID);
    if (!publishes) {
      out.u8(OP.localGet);
      out.u32(counter);
      globalOp(out, OP.globalSet, additions.gasGlobal);
    }
    out.u8(OP.unreachable);
    out.u8(OP.end);
  }
  if (grows) {
    globalOp(out, OP.globalGet, additions.memoryGasGlobal);
    i64Const(out, prices.memoryGrow);
    out.u8(0x7c); // i64.add
    globalOp(out, OP.globalSet, additions.memoryGasGlobal);
  }
}

/** The value on the stack, or the canonical NaN when it is one: x, nan, x == x, select. */
function writeCanonicalNan(out: ByteWriter, isF32: boolean, local: number): void {
  out.u8(OP.localTee);
  out.u32(local);
  out.u8(isF32 ? OP.f32Const : OP.f64Const);
  for (const byte of isF32 ? [0, 0, 0xc0, 0x7f] : [0, 0, 0, 0, 0, 0, 0xf8, 0x7f]) out.u8(byte);
  for (let i = 0; i < 2; i++) {
    out.u8(OP.localGet);
    out.u32(local);
  }
  out.u8(isF32 ? 0x5b : 0x61); // eq
  out.u8(0x1b); // select
}

export function globalOp(out: ByteWriter, opcode: number, index: number): void {
  out.u8(opcode);
  out.u32(index);
}

export function i32Const(out: ByteWriter, value: number): void {
  out.u8(OP.i32Const);
  out.signed(value);
}

export function i64Const(out: ByteWriter, value: number): void {
  out.u8(OP.i64Const);
  out.signed(value);
}

export { I32, I64, VOID };
