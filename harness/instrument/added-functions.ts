// The functions that the rewriting adds to a module, for the VM alone: they are exported under names of the VM's, the
// module's own exports are dropped, and no index of the module's code can reach them or the globals behind them.
// Among them are the doors: functions of a module's own type that hand over gas and stack and take the gas back.

import {
  type Additions,
  EXTRA_PARAMS,
  EXTRA_RESULTS,
  F32,
  F64,
  globalOp,
  I32,
  I64,
  i32Const,
  i64Const,
  STATUS,
  VOID,
} from "./additions.js";
import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import { type FunctionType, KIND, type ModuleShape } from "./module-shape.js";
import { OP } from "./opcodes.js";
import type { ContractInterface } from "./validate.js";

/** A function to add: its type, its locals beside the parameters, its code without `end`. */
export interface AddedFunction {
  /** The export's name. */
  readonly name: string;
  readonly type: FunctionType;
  readonly locals: readonly number[];
  readonly code: Uint8Array;
  readonly exported: boolean;
}

const NUMERIC = [I32, I64, F32, F64];

/** Whether a value type is one of numbers, not of references. */
export function isNumeric(type: number): boolean {
  return NUMERIC.includes(type);
}

/** The indices of the module's mutable globals that hold numbers, in order. */
export function numericGlobals(shape: ModuleShape): number[] {
  return shape.globals.flatMap((global, i) => (global.mutable && isNumeric(global.type) ? [i] : []));
}

/** Every function that is added, in order of their indices: the bulk operators' charges, the stand-ins, the others. */
export function addedFunctions(
  shape: ModuleShape,
  contract: ContractInterface | undefined,
  additions: Additions,
  highGlobal: number,
  prices: { readonly bulkUnit: number; readonly bulkUnitSize: number; readonly tableUnitSize: number },
): AddedFunction[] {
  const added: AddedFunction[] = [];
  const add = (
    name: string,
    params: number[],
    results: number[],
    locals: number[],
    write: (out: ByteWriter) => void,
    exported = true,
  ): void => {
    const out = new ByteWriter(64);
    write(out);
    added.push({ name, type: { params, results }, locals, code: out.finish(), exported });
  };
  const { gasGlobal, memoryGasGlobal, stackGlobal, statusGlobal } = additions;
  const local = (out: ByteWriter, opcode: number, index: number): void => {
    out.u8(opcode);
    out.u32(index);
  };

  const { bulkUnit, bulkUnitSize, tableUnitSize } = prices;
  for (const size of [bulkUnitSize, tableUnitSize]) {
    add("", [I32, I64], [I32, I64], [I64], (out) => writeBulkCharge(out, additions, bulkUnit, size), false);
  }
  if (needsStandIns(shape)) {
    for (let i = 0; i < shape.importedFunctions; i++) added.push(tableStandIn(shape, i, additions));
  }
  add("enter", [F64, I32], [], [], (out) => {
    local(out, OP.localGet, 0);
    out.u8(0xb0); // i64.trunc_f64_s
    globalOp(out, OP.globalSet, gasGlobal);
    local(out, OP.localGet, 1);
    globalOp(out, OP.globalSet, stackGlobal);
    i64Const(out, 0);
    globalOp(out, OP.globalSet, memoryGasGlobal);
    i32Const(out, STATUS.none);
    globalOp(out, OP.globalSet, statusGlobal);
  });
  add("take", [F64], [F64], [I64], (out) => {
    globalOp(out, OP.globalGet, gasGlobal);
    local(out, OP.localGet, 0);
    out.u8(0xb0); // i64.trunc_f64_s
    out.u8(0x7d); // i64.sub
    local(out, OP.localTee, 1);
    i64Const(out, 0);
    out.u8(0x59); // i64.ge_s
    out.u8(OP.if);
    out.u8(VOID);
    local(out, OP.localGet, 1);
    globalOp(out, OP.globalSet, gasGlobal);
    out.u8(OP.end);
    local(out, OP.localGet, 1);
    out.u8(0xb9); // f64.convert_i64_s
  });
  const read = (name: string, type: number, global: number): void =>
    add(name, [], [type], [], (out) => {
      globalOp(out, OP.globalGet, global);
      if (type === F64) out.u8(0xb9); // f64.convert_i64_s
    });
  read("left", F64, gasGlobal);
  read("memoryGas", F64, memoryGasGlobal);
  read("status", I32, statusGlobal);
  read("stack", I32, stackGlobal);
  read("high", I32, highGlobal);
  add("reset", [], [], [], (out) => {
    for (const [i, global] of shape.globals.entries()) {
      if (!global.mutable) continue;
      out.append(movedConstant(global.init, additions.reference));
      globalOp(out, OP.globalSet, i);
    }
  });
  addGlobalAccess(shape, add, local);
  if (additions.inputGlobals !== undefined) {
    const [end, pages] = additions.inputGlobals;
    add("inputs", [I32, I32], [], [], (out) => {
      local(out, OP.localGet, 0);
      globalOp(out, OP.globalSet, end);
      local(out, OP.localGet, 1);
      globalOp(out, OP.globalSet, pages);
    });
  }
  const door = (name: string, index: number): void => {
    const { params, results } = typeOf(shape, index);
    add(name, [...params], [...results], [], (out) => callThrough(out, shape, index, additions));
  };
  /** A door that returns an i64 in two halves. */
  const split = (name: string, index: number): void => {
    const { params } = typeOf(shape, index);
    add(name, [...params], [I32], [I64], (out) => {
      callThrough(out, shape, index, additions);
      local(out, OP.localTee, params.length);
      i64Const(out, 32);
      out.u8(0x88); // i64.shr_u
      out.u8(0xa7); // i32.wrap_i64
      globalOp(out, OP.globalSet, highGlobal);
      local(out, OP.localGet, params.length);
      out.u8(0xa7); // i32.wrap_i64
    });
  };
  if (shape.start !== undefined) door("start", shape.start);
  if (contract === undefined) {
    // No name of the VM's begins with a colon, so the module's names cannot stand in its way.
    for (const { name, kind, index } of shape.exports) if (kind === KIND.function) door(`:${name}`, index);
    return added;
  }
  const { exports } = contract;
  door("init", exports.init);
  if (contract.executeReturns) split("execute", exports.execute);
  else door("execute", exports.execute);
  split("query", exports.query);
  if (contract.hasAllocator) door("alloc", exports.alloc);
  return added;
}

/** Whether a table, a global or (declared by an export) a body can refer to imported functions. */
function needsStandIns(shape: ModuleShape): boolean {
  return (
    shape.elements.length > 0 ||
    shape.globals.some(({ init }) => init[0] === OP.refFunc) ||
    shape.exports.some(({ kind, index }) => kind === KIND.function && index < shape.importedFunctions)
  );
}

/** The function that stands in a table in place of an imported one: it has the type that every function has now. */
function tableStandIn(shape: ModuleShape, index: number, additions: Additions): AddedFunction {
  const { params, results } = typeOf(shape, index);
  const out = new ByteWriter(64);
  for (let i = 0; i < params.length + EXTRA_PARAMS.length; i++) {
    out.u8(OP.localGet);
    out.u32(i);
    if (i >= params.length)
      globalOp(out, OP.globalSet, i === params.length ? additions.gasGlobal : additions.stackGlobal);
  }
  out.u8(OP.call);
  out.u32(index);
  globalOp(out, OP.globalGet, additions.gasGlobal);
  const type = { params: [...params, ...EXTRA_PARAMS], results: [...results, ...EXTRA_RESULTS] };
  return { name: "", type, locals: [], code: out.finish(), exported: false };
}

/** A constant expression whose `ref.func` leads where the function is now. */
export function movedConstant(init: Uint8Array, reference: (functionIndex: number) => number): Uint8Array {
  if (init[0] !== OP.refFunc) return init;
  const out = new ByteWriter(8);
  out.u8(OP.refFunc);
  out.u32(reference(new ByteReader(init, 1).u32()));
  return out.finish();
}

function typeOf(shape: ModuleShape, index: number): FunctionType {
  return shape.types[shape.functions[index] as number] as FunctionType;
}

/** Calls a function with the door's own parameters; gas and stack are those of the globals. */
function callThrough(out: ByteWriter, shape: ModuleShape, index: number, additions: Additions): void {
  for (let i = 0; i < typeOf(shape, index).params.length; i++) {
    out.u8(OP.localGet);
    out.u32(i);
  }
  const isImport = index < shape.importedFunctions;
  if (!isImport) {
    globalOp(out, OP.globalGet, additions.gasGlobal);
    globalOp(out, OP.globalGet, additions.stackGlobal);
  }
  out.u8(OP.call);
  out.u32(index);
  if (!isImport) globalOp(out, OP.globalSet, additions.gasGlobal);
}

/** Takes the price of n bytes or elements, in units begun; gives n and the gas left; traps when it does not suffice. */
function writeBulkCharge(
  out: ByteWriter,
  { gasGlobal, memoryGasGlobal, statusGlobal }: Additions,
  unitPrice: number,
  unitSize: number,
): void {
  const local = (opcode: number, index: number): void => {
    out.u8(opcode);
    out.u32(index);
  };
  const [length, gas, price] = [0, 1, 2];
  local(OP.localGet, gas);
  local(OP.localGet, length);
  out.u8(0xad); // i64.extend_i32_u
  i64Const(out, unitSize - 1);
  out.u8(0x7c); // i64.add
  i64Const(out, unitSize);
  out.u8(0x80); // i64.div_u
  i64Const(out, unitPrice);
  out.u8(0x7e); // i64.mul
  local(OP.localTee, price);
  out.u8(0x53); // i64.lt_s
  out.u8(OP.if);
  out.u8(VOID);
  i32Const(out, STATUS.outOfGasInBulk);
  globalOp(out, OP.globalSet, statusGlobal);
  out.u8(OP.unreachable);
  out.u8(OP.end);
  globalOp(out, OP.globalGet, memoryGasGlobal);
  local(OP.localGet, price);
  out.u8(0x7c); // i64.add
  globalOp(out, OP.globalSet, memoryGasGlobal);
  local(OP.localGet, length);
  local(OP.localGet, gas);
  local(OP.localGet, price);
  out.u8(0x7d); // i64.sub
  local(OP.localTee, gas);
  globalOp(out, OP.globalSet, gasGlobal);
  local(OP.localGet, gas);
}

type Add = (
  name: string,
  params: number[],
  results: number[],
  locals: number[],
  write: (out: ByteWriter) => void,
) => void;

/** `save(i)` and `load(i, bits)`: the mutable numeric globals as 64 bits each. */
function addGlobalAccess(
  shape: ModuleShape,
  add: Add,
  local: (out: ByteWriter, opcode: number, index: number) => void,
): void {
  const indices = numericGlobals(shape);
  const each = (out: ByteWriter, write: (index: number, type: number) => void): void => {
    for (const [number, index] of indices.entries()) {
      local(out, OP.localGet, 0);
      i32Const(out, number);
      out.u8(0x46); // i32.eq
      out.u8(OP.if);
      out.u8(VOID);
      write(index, shape.globals[index]?.type as number);
      out.u8(OP.return);
      out.u8(OP.end);
    }
  };
  add("save", [I32], [I64], [], (out) => {
    each(out, (index, type) => {
      globalOp(out, OP.globalGet, index);
      if (type === F32) out.u8(0xbc); // i32.reinterpret_f32
      if (type === F64) out.u8(0xbd); // i64.reinterpret_f64
      if (type === I32 || type === F32) out.u8(0xad); // i64.extend_i32_u
    });
    i64Const(out, 0);
  });
  add("load", [I32, I64], [], [], (out) => {
    each(out, (index, type) => {
      local(out, OP.localGet, 1);
      if (type === I32 || type === F32) out.u8(0xa7); // i32.wrap_i64
      if (type === F32) out.u8(0xbe); // f32.reinterpret_i32
      if (type === F64) out.u8(0xbf); // f64.reinterpret_i64
      globalOp(out, OP.globalSet, index);
    });
  });
}
