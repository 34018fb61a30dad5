// The operators of the accepted features as a table: name, immediates, how many values they take and leave, and what
// metering needs to know. Source: WebAssembly core specification 2.0, appendix "Index of instructions", without SIMD.

/** What follows an operator's byte. */
export const IMMEDIATE = {
  none: 0,
  /** One LEB128 number of any size. */
  leb: 1,
  memarg: 2,
  f32: 3,
  f64: 4,
  /** Two LEB128 numbers. */
  lebPair: 5,
  blockType: 6,
  branchTable: 7,
  typeVector: 8,
} as const;

/** The operator may trap, so what was spent before it has to be known outside of the function when it starts. */
export const TRAPS = 1;
/** A straight-line block ends after the operator. */
export const ENDS_BLOCK = 2;
/** The operator reads, makes or moves a float. */
export const FLOAT = 4;
/** The operator may make a NaN whose bits differ from machine to machine. */
export const MAKES_NAN_F32 = 8;
export const MAKES_NAN_F64 = 16;
/** The operator costs more for the bytes or elements that it moves; their number is its last operand. */
export const BULK = 32;
/** The table or a segment is not as it was after the operator, so the instance cannot be used again. */
export const SPENDS_INSTANCE = 64;

/** Those of `BULK` whose operand is a number of a table's elements. */
export const ELEMENTS = 256;

/** The operator gives the same result for every NaN it takes: its own is made canonical, or it gives no float. */
export const ANY_NAN = 128;

/** What the table says of one operator. Control operators' operands depend on types: see scan-body.ts. */
export interface Operator {
  readonly name: string;
  readonly immediate: number;
  readonly pops: number;
  readonly pushes: number;
  readonly flags: number;
}

/** Operators of one byte, by that byte. */
export const OPERATORS: readonly (Operator | undefined)[] = buildOneByte();
/** Operators after the prefix 0xfc, by their number. */
export const PREFIXED_FC: readonly Operator[] = buildPrefixed();

export const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  refFunc: 0xd2,
  refNull: 0xd0,
  prefixFc: 0xfc,
} as const;

function buildOneByte(): (Operator | undefined)[] {
  const table: (Operator | undefined)[] = new Array(256).fill(undefined);
  const put = (
    first: number,
    names: string,
    pops: number,
    pushes: number,
    flags = 0,
    immediate: number = IMMEDIATE.none,
  ): void => {
    for (const [i, name] of names.split(" ").entries()) {
      const float = /\bf(32|64)\b|_f(32|64)/.test(name) ? FLOAT : 0;
      table[first + i] = { name, immediate, pops, pushes, flags: flags | float };
    }
  };
  const I = IMMEDIATE;
  put(0x00, "unreachable", 0, 0, TRAPS | ENDS_BLOCK);
  put(0x01, "nop", 0, 0);
  put(0x02, "block loop", 0, 0, ENDS_BLOCK, I.blockType);
  put(0x04, "if", 1, 0, ENDS_BLOCK, I.blockType);
  put(0x05, "else", 0, 0, ENDS_BLOCK);
  put(0x0b, "end", 0, 0, ENDS_BLOCK);
  put(0x0c, "br", 0, 0, ENDS_BLOCK, I.leb);
  put(0x0d, "br_if", 1, 0, ENDS_BLOCK, I.leb);
  put(0x0e, "br_table", 1, 0, ENDS_BLOCK, I.branchTable);
  put(0x0f, "return", 0, 0, ENDS_BLOCK);
  put(0x10, "call", 0, 0, ENDS_BLOCK, I.leb);
  put(0x11, "call_indirect", 1, 0, TRAPS | ENDS_BLOCK, I.lebPair);
  put(0x1a, "drop", 1, 0, ANY_NAN);
  put(0x1b, "select", 3, 1);
  put(0x1c, "select", 3, 1, 0, I.typeVector);
  put(0x20, "local.get", 0, 1, 0, I.leb);
  put(0x21, "local.set", 1, 0, 0, I.leb);
  put(0x22, "local.tee", 1, 1, 0, I.leb);
  put(0x23, "global.get", 0, 1, 0, I.leb);
  put(0x24, "global.set", 1, 0, 0, I.leb);
  put(0x25, "table.get", 1, 1, TRAPS, I.leb);
  put(0x26, "table.set", 2, 0, TRAPS | SPENDS_INSTANCE, I.leb);
  const loads =
    "i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u " +
    "i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u";
  put(0x28, loads, 1, 1, TRAPS, I.memarg);
  const stores = "i32.store i64.store f32.store f64.store i32.store8 i32.store16 i64.store8 i64.store16 i64.store32";
  put(0x36, stores, 2, 0, TRAPS, I.memarg);
  put(0x3f, "memory.size", 0, 1, 0, I.leb);
  put(0x40, "memory.grow", 1, 1, ENDS_BLOCK, I.leb);
  put(0x41, "i32.const i64.const", 0, 1, 0, I.leb);
  put(0x43, "f32.const", 0, 1, 0, I.f32);
  put(0x44, "f64.const", 0, 1, 0, I.f64);
  const compare = (type: string): string =>
    ["eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u"].map((op) => `${type}.${op}`).join(" ");
  const floatCompare = (type: string): string =>
    ["eq", "ne", "lt", "gt", "le", "ge"].map((op) => `${type}.${op}`).join(" ");
  put(0x45, "i32.eqz", 1, 1);
  put(0x46, compare("i32"), 2, 1);
  put(0x50, "i64.eqz", 1, 1);
  put(0x51, compare("i64"), 2, 1);
  put(0x5b, floatCompare("f32"), 2, 1, ANY_NAN);
  put(0x61, floatCompare("f64"), 2, 1, ANY_NAN);
  for (const [type, first] of [
    ["i32", 0x67],
    ["i64", 0x79],
  ] as const) {
    put(first, `${type}.clz ${type}.ctz ${type}.popcnt`, 1, 1);
    put(first + 3, `${type}.add ${type}.sub ${type}.mul`, 2, 1);
    put(first + 6, `${type}.div_s ${type}.div_u ${type}.rem_s ${type}.rem_u`, 2, 1, TRAPS);
    const bits = ["and", "or", "xor", "shl", "shr_s", "shr_u", "rotl", "rotr"].map((op) => `${type}.${op}`).join(" ");
    put(first + 10, bits, 2, 1);
  }
  for (const [type, first, nan] of [
    ["f32", 0x8b, MAKES_NAN_F32 | ANY_NAN],
    ["f64", 0x99, MAKES_NAN_F64 | ANY_NAN],
  ] as const) {
    put(first, `${type}.abs ${type}.neg`, 1, 1);
    put(first + 2, ["ceil", "floor", "trunc", "nearest", "sqrt"].map((op) => `${type}.${op}`).join(" "), 1, 1, nan);
    put(first + 7, ["add", "sub", "mul", "div", "min", "max"].map((op) => `${type}.${op}`).join(" "), 2, 1, nan);
    put(first + 13, `${type}.copysign`, 2, 1);
  }
  put(0xa7, "i32.wrap_i64", 1, 1);
  put(0xa8, "i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u", 1, 1, TRAPS | ANY_NAN);
  put(0xac, "i64.extend_i32_s i64.extend_i32_u", 1, 1);
  put(0xae, "i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u", 1, 1, TRAPS | ANY_NAN);
  put(0xb2, "f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u", 1, 1);
  put(0xb6, "f32.demote_f64", 1, 1, MAKES_NAN_F32 | ANY_NAN);
  put(0xb7, "f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u", 1, 1);
  put(0xbb, "f64.promote_f32", 1, 1, MAKES_NAN_F64 | ANY_NAN);
  put(0xbc, "i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64", 1, 1);
  put(0xc0, "i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s", 1, 1);
  put(0xd0, "ref.null", 0, 1, 0, I.leb);
  put(0xd1, "ref.is_null", 1, 1);
  put(0xd2, "ref.func", 0, 1, 0, I.leb);
  return table;
}

function buildPrefixed(): Operator[] {
  const one = (name: string, pops: number, pushes: number, flags: number, immediate: number): Operator => ({
    name,
    immediate,
    pops,
    pushes,
    flags,
  });
  const I = IMMEDIATE;
  const truncations = ["i32", "i64"].flatMap((to) =>
    ["f32", "f64"].flatMap((from) =>
      ["s", "u"].map((sign) => one(`${to}.trunc_sat_${from}_${sign}`, 1, 1, FLOAT | ANY_NAN, I.none)),
    ),
  );
  const bulk = TRAPS | ENDS_BLOCK | BULK;
  const ends = ENDS_BLOCK | SPENDS_INSTANCE;
  const elements = bulk | ELEMENTS | SPENDS_INSTANCE;
  return [
    ...truncations,
    one("memory.init", 3, 0, bulk, I.lebPair),
    one("data.drop", 0, 0, ends, I.leb),
    one("memory.copy", 3, 0, bulk, I.lebPair),
    one("memory.fill", 3, 0, bulk, I.leb),
    one("table.init", 3, 0, elements, I.lebPair),
    one("elem.drop", 0, 0, ends, I.leb),
    one("table.copy", 3, 0, elements, I.lebPair),
    one("table.grow", 2, 1, elements, I.leb),
    one("table.size", 0, 1, 0, I.leb),
    one("table.fill", 3, 0, elements, I.leb),
  ];
}
