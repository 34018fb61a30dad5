// What the rewriting adds to a module, as the writers of bodies, functions and sections share it: indices, types, and the
// few operators that all of them write.

import type { ByteWriter } from "./byte-writer.js";
import type { FunctionType } from "./module-shape.js";
import { OP } from "./opcodes.js";

export const I32 = 0x7f;
export const I64 = 0x7e;
export const VOID = 0x40;
export const F32 = 0x7d;
export const F64 = 0x7c;

/** What every function of the module takes and gives in addition, behind its own: gas and stack, and gas. */
export const EXTRA_PARAMS: readonly number[] = [I64, I32];
export const EXTRA_RESULTS: readonly number[] = [I64];

/** Indices of what the rewriting adds to the module, and where it has moved what was there. */
export interface Additions {
  readonly gasGlobal: number;
  readonly memoryGasGlobal: number;
  readonly stackGlobal: number;
  readonly statusGlobal: number;
  /** The page at which the inputs' pages end, and their number; there only where the code is not to see them. */
  readonly inputGlobals: readonly [end: number, pages: number] | undefined;
  readonly bulkFunction: number;
  readonly tableFunction: number;
  /** The block type (a negative byte, or an index) that has a function type's results and no parameters. */
  readonly resultsBlock: (type: FunctionType) => number;
  /** The index that a block's type has now. */
  readonly blockType: (typeIndex: number) => number;
  /** The function that a reference to a function leads to now. */
  readonly reference: (functionIndex: number) => number;
}

/** What the private status global says after a trap. */
export const STATUS = { none: 0, stackOverflow: 1, outOfGasInBulk: 2 } as const;

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

/** Takes the inputs' pages off the memory's size on the stack, while nothing has grown behind them. */
export function takeOffInputs(out: ByteWriter, { inputGlobals }: Additions): void {
  if (inputGlobals === undefined) return;
  const [end, pages] = inputGlobals;
  globalOp(out, OP.globalGet, pages);
  i32Const(out, 0);
  out.u8(OP.memorySize);
  out.u8(0);
  globalOp(out, OP.globalGet, end);
  out.u8(0x46); // i32.eq
  out.u8(0x1b); // select
  out.u8(0x6b); // i32.sub
}
