// Writes one function's rewritten body by its plan: charges at the starts of blocks, the frame counted against the
// stack limit, NaNs made canonical. Everything added is written here; the author's other operators are copied.
//
// Two more parameters are handed from function to function, in registers: how much gas is left (i64, and given back as
// the last result) and how much of the stack the callers use (i32). The VM's globals hold the gas only where somebody
// outside can look: before operators that can trap, and around calls of imports.
// Whether the gas suffices is asked where code can repeat, at loops and at entries, when memory grows, and after some
// 2,000 operators. Elsewhere the counter may pass below zero for operators that nobody sees; the VM reads an ending with a
// negative counter as out of gas.

import {
  type Additions,
  EXTRA_PARAMS,
  F32,
  F64,
  globalOp,
  I32,
  i32Const,
  i64Const,
  STATUS,
  takeOffInputs,
  VOID,
} from "./additions.js";
import { type BodyPlan, CHARGE, EVENT, EVENT_SIZE } from "./body-plan.js";
import type { ByteWriter } from "./byte-writer.js";
import { frameBytes } from "./frame-size.js";
import type { FunctionType, ModuleShape } from "./module-shape.js";
import { OP } from "./opcodes.js";

/** Runs of copied code: offset in the writer, offset in the original module, length. */
export type CopiedRuns = number[];

export interface BodyPrices {
  readonly instruction: number;
  readonly memoryGrow: number;
  readonly stackBytes: number;
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
  const type = shape.types[shape.functions[shape.importedFunctions + index] as number] as FunctionType;
  new BodyWriter(shape, index, type, plan, additions, prices, out, runs).write();
}

class BodyWriter {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #type: FunctionType;
  readonly #plan: BodyPlan;
  readonly #additions: Additions;
  readonly #prices: BodyPrices;
  readonly #out: ByteWriter;
  readonly #runs: CopiedRuns | undefined;
  /** Locals: the two extra parameters, and what this function needs for itself. */
  readonly #gas: number;
  readonly #stack: number;
  readonly #scratch: number;
  readonly #nanF32: number;
  readonly #nanF64: number;
  /** Up to where the original has been copied or replaced. */
  #copied: number;

  constructor(
    shape: ModuleShape,
    index: number,
    type: FunctionType,
    plan: BodyPlan,
    additions: Additions,
    prices: BodyPrices,
    out: ByteWriter,
    runs: CopiedRuns | undefined,
  ) {
    const body = shape.bodies[index] as { start: number; end: number };
    this.#bytes = shape.bytes;
    this.#start = body.start;
    this.#end = body.end;
    this.#type = type;
    this.#plan = plan;
    this.#additions = additions;
    this.#prices = prices;
    this.#out = out;
    this.#runs = runs;
    this.#gas = type.params.length;
    this.#stack = this.#gas + 1;
    this.#scratch = this.#gas + EXTRA_PARAMS.length + plan.localCount;
    this.#nanF32 = this.#scratch + (plan.hasIndirectCall ? 1 : 0);
    this.#nanF64 = this.#nanF32 + (plan.needsNanF32 ? 1 : 0);
    this.#copied = plan.codeStart;
  }

  write(): void {
    const out = this.#out;
    const plan = this.#plan;
    this.#writeLocals();
    this.#countFrame();
    // A branch out of the function would have to take the gas along: it leads to the end of a block instead.
    if (plan.branchesOut) {
      out.u8(OP.block);
      out.signed(this.#additions.resultsBlock(this.#type));
    }
    const { events, eventCount } = plan;
    for (let base = 0; base < eventCount * EVENT_SIZE; base += EVENT_SIZE) {
      const kind = events[base + 1] as number;
      if (kind === EVENT.none) continue;
      this.#copyTo(events[base] as number);
      this.#writeEvent(kind, events[base + 2] as number, events[base + 3] as number, events[base + 4] as number);
    }
    this.#copyTo(plan.branchesOut ? this.#end : this.#end - 1);
    this.#local(OP.localGet, this.#gas);
    out.u8(OP.end);
  }

  /** Copies the local declarations and adds the function's own. */
  #writeLocals(): void {
    const plan = this.#plan;
    const own: number[] = [];
    if (plan.hasIndirectCall) own.push(I32);
    if (plan.needsNanF32) own.push(F32);
    if (plan.needsNanF64) own.push(F64);
    let groups = 0;
    let offset = this.#start;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[offset++] as number;
      groups += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    this.#out.u32(groups + own.length);
    this.#out.copy(this.#bytes, offset, plan.codeStart);
    for (const type of own) {
      this.#out.u8(1);
      this.#out.u8(type);
    }
  }

  /** Traps when the frame does not fit, and adds it to what callees are told. */
  #countFrame(): void {
    const out = this.#out;
    const { stackBytes } = this.#prices;
    const frame = frameBytes(this.#type, this.#plan);
    if (frame <= stackBytes) {
      this.#local(OP.localGet, this.#stack);
      i32Const(out, stackBytes - frame);
      out.u8(0x4b); // i32.gt_u
      out.u8(OP.if);
    } else {
      out.u8(OP.block);
    }
    out.u8(VOID);
    this.#publishGas();
    i32Const(out, STATUS.stackOverflow);
    globalOp(out, OP.globalSet, this.#additions.statusGlobal);
    out.u8(OP.unreachable);
    out.u8(OP.end);
    if (!this.#plan.hasCall) return;
    this.#local(OP.localGet, this.#stack);
    i32Const(out, frame);
    out.u8(0x6a); // i32.add
    this.#local(OP.localSet, this.#stack);
  }

  #copyTo(offset: number): void {
    if (offset <= this.#copied) return;
    this.#runs?.push(this.#out.length, this.#copied, offset - this.#copied);
    this.#out.copy(this.#bytes, this.#copied, offset);
    this.#copied = offset;
  }

  #writeEvent(kind: number, number: number, flags: number, end: number): void {
    const out = this.#out;
    switch (kind) {
      case EVENT.charge:
        this.#charge(number, flags);
        break;
      case EVENT.local:
        this.#copyTo(this.#copied + 1);
        out.u32(number + EXTRA_PARAMS.length);
        this.#copied = end;
        break;
      case EVENT.call:
        this.#local(OP.localGet, this.#gas);
        this.#local(OP.localGet, this.#stack);
        this.#copyTo(end);
        this.#local(OP.localSet, this.#gas);
        break;
      case EVENT.callImport:
        this.#publishGas();
        this.#local(OP.localGet, this.#stack);
        globalOp(out, OP.globalSet, this.#additions.stackGlobal);
        this.#copyTo(end);
        globalOp(out, OP.globalGet, this.#additions.gasGlobal);
        this.#local(OP.localSet, this.#gas);
        break;
      case EVENT.callIndirect:
        // The table's index stands behind the arguments.
        this.#local(OP.localSet, this.#scratch);
        this.#local(OP.localGet, this.#gas);
        this.#local(OP.localGet, this.#stack);
        this.#local(OP.localGet, this.#scratch);
        this.#copyTo(end);
        this.#local(OP.localSet, this.#gas);
        break;
      case EVENT.return:
        if (this.#plan.branchesOut) {
          out.u8(OP.br);
          out.u32(number);
          this.#copied = end;
        } else {
          this.#local(OP.localGet, this.#gas);
          this.#copyTo(end);
        }
        break;
      case EVENT.bulk:
        this.#local(OP.localGet, this.#gas);
        out.u8(OP.call);
        out.u32(number === 0 ? this.#additions.bulkFunction : this.#additions.tableFunction);
        this.#local(OP.localSet, this.#gas);
        break;
      case EVENT.grow:
        this.#payForGrowing();
        break;
      case EVENT.nanF32:
        this.#canonicalNan(true, this.#nanF32);
        break;
      case EVENT.nanF64:
        this.#canonicalNan(false, this.#nanF64);
        break;
      case EVENT.skip:
        this.#copied = end;
        break;
      case EVENT.elseCharge:
        out.u8(OP.else);
        this.#charge(number, flags);
        break;
      case EVENT.branchCharge:
        out.u8(OP.if);
        out.u8(VOID);
        this.#charge(number, flags);
        out.u8(OP.br);
        out.u32(this.#readU32(this.#copied + 1) + 1);
        out.u8(OP.end);
        this.#copied = end;
        break;
      case EVENT.blockType:
        this.#copyTo(this.#copied + 1);
        out.signed(this.#additions.blockType(number));
        this.#copied = end;
        break;
      case EVENT.memorySize:
        takeOffInputs(out, this.#additions);
        break;
      case EVENT.refFunc:
        this.#copyTo(this.#copied + 1);
        out.u32(this.#additions.reference(number));
        this.#copied = end;
        break;
      default:
    }
  }

  #charge(operators: number, flags: number): void {
    const out = this.#out;
    const { instruction } = this.#prices;
    const checks = (flags & CHARGE.check) !== 0 || ((flags & CHARGE.entry) !== 0 && this.#plan.checksEntry);
    const publishes = (flags & CHARGE.publish) !== 0;
    this.#local(OP.localGet, this.#gas);
    i64Const(out, operators * instruction);
    out.u8(0x7d); // i64.sub
    this.#local(publishes || checks ? OP.localTee : OP.localSet, this.#gas);
    if (publishes) globalOp(out, OP.globalSet, this.#additions.gasGlobal);
    if (!checks) return;
    if (publishes) this.#local(OP.localGet, this.#gas);
    this.#trapBelowZero(!publishes);
  }

  /** Ends the call when the number on the stack, the gas, is negative. */
  #trapBelowZero(publishes: boolean): void {
    const out = this.#out;
    i64Const(out, 0);
    out.u8(0x53); // i64.lt_s
    out.u8(OP.if);
    out.u8(VOID);
    if (publishes) this.#publishGas();
    out.u8(OP.unreachable);
    out.u8(OP.end);
  }

  /** What `memory.grow` costs beside the operator: asked for and booked when it is reached, its operand on the stack. */
  #payForGrowing(): void {
    const out = this.#out;
    const { memoryGrow } = this.#prices;
    this.#local(OP.localGet, this.#gas);
    i64Const(out, memoryGrow);
    out.u8(0x7d); // i64.sub
    this.#local(OP.localTee, this.#gas);
    this.#trapBelowZero(true);
    globalOp(out, OP.globalGet, this.#additions.memoryGasGlobal);
    i64Const(out, memoryGrow);
    out.u8(0x7c); // i64.add
    globalOp(out, OP.globalSet, this.#additions.memoryGasGlobal);
  }

  /** The value on the stack, or the canonical NaN when it is one: x, nan, x == x, select. */
  #canonicalNan(isF32: boolean, local: number): void {
    const out = this.#out;
    this.#local(OP.localTee, local);
    out.u8(isF32 ? OP.f32Const : OP.f64Const);
    for (const byte of isF32 ? [0, 0, 0xc0, 0x7f] : [0, 0, 0, 0, 0, 0, 0xf8, 0x7f]) out.u8(byte);
    this.#local(OP.localGet, local);
    this.#local(OP.localGet, local);
    out.u8(isF32 ? 0x5b : 0x61); // eq
    out.u8(0x1b); // select
  }

  #publishGas(): void {
    this.#local(OP.localGet, this.#gas);
    globalOp(this.#out, OP.globalSet, this.#additions.gasGlobal);
  }

  #local(opcode: number, index: number): void {
    this.#out.u8(opcode);
    this.#out.u32(index);
  }

  #readU32(start: number): number {
    let value = 0;
    let offset = start;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[offset++] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
}
