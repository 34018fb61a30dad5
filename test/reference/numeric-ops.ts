// Numeric operators of the reference interpreter, one plain function each, by operator code.
// An i32 is a number from -2^31, an i64 a bigint from -2^63, an f32 its bits as a number, an f64 its bits as a bigint:
// NaN bits survive moves, and every NaN that arithmetic makes is the canonical one.
// Source: WebAssembly Core Specification 2.0, section 4.3 (numerics).

export type Value = number | bigint | null;

/** A trap: the machine's own ending, not an error of the interpreter. */
export class Trap extends Error {}

const scratch = new DataView(new ArrayBuffer(8));

export function f32(bits: Value): number {
  scratch.setUint32(0, bits as number);
  return scratch.getFloat32(0);
}
export function f64(bits: Value): number {
  scratch.setBigUint64(0, bits as bigint);
  return scratch.getFloat64(0);
}
export function f32Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc00000;
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}
export function f64Bits(value: number): bigint {
  if (Number.isNaN(value)) return 0x7ff8000000000000n;
  scratch.setFloat64(0, value);
  return scratch.getBigUint64(0);
}

type Op = (...operands: never[]) => Value;
export const NUMERIC: Record<number, { readonly arity: number; readonly run: (...operands: Value[]) => Value }> = {};

function define(first: number, ops: Op[]): void {
  for (const [index, run] of ops.entries()) NUMERIC[first + index] = { arity: run.length, run: run as never };
}

const bool = (value: boolean): number => (value ? 1 : 0);
const s64 = (value: bigint): bigint => BigInt.asIntN(64, value);
const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);

function nearest(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 52) return value;
  const floor = Math.floor(value);
  const rest = value - floor;
  const rounded = rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1;
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}

function clz64(value: bigint): bigint {
  return BigInt(64 - u64(value).toString(2).length + (u64(value) === 0n ? 1 : 0));
}
function ctz(bits: bigint, width: number): number {
  for (let index = 0; index < width; index++) if ((bits >> BigInt(index)) & 1n) return index;
  return width;
}
function popcnt(bits: bigint): number {
  return bits.toString(2).replaceAll("0", "").length;
}
function divide(a: bigint, b: bigint, width: number): bigint {
  if (b === 0n) throw new Trap("integer divide by zero");
  const quotient = a / b;
  if (BigInt.asIntN(width, quotient) !== quotient) throw new Trap("integer overflow");
  return quotient;
}
function remainder(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new Trap("integer divide by zero");
  return a % b;
}
function truncate(value: number, low: bigint, high: bigint, saturate: boolean): bigint {
  if (Number.isNaN(value)) {
    if (saturate) return 0n;
    throw new Trap("invalid conversion to integer");
  }
  if (!Number.isFinite(value) || BigInt(Math.trunc(value)) < low || BigInt(Math.trunc(value)) > high) {
    if (saturate) return value < 0 ? low : high;
    throw new Trap("integer overflow");
  }
  return BigInt(Math.trunc(value));
}
const I32 = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const U32 = [0n, 2n ** 32n - 1n] as const;
const I64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const U64 = [0n, 2n ** 64n - 1n] as const;

// 0x45: i32 tests and comparisons, then i64, f32, f64
define(0x45, [
  (a: number) => bool(a === 0),
  ...comparisons<number>((a) => a >>> 0),
  (a: bigint) => bool(a === 0n),
  ...comparisons<bigint>(u64),
  ...floatComparisons(f32),
  ...floatComparisons(f64),
]);
function comparisons<T extends number | bigint>(unsigned: (a: T) => T): Op[] {
  return [
    (a: T, b: T) => bool(a === b),
    (a: T, b: T) => bool(a !== b),
    (a: T, b: T) => bool(a < b),
    (a: T, b: T) => bool(unsigned(a) < unsigned(b)),
    (a: T, b: T) => bool(a > b),
    (a: T, b: T) => bool(unsigned(a) > unsigned(b)),
    (a: T, b: T) => bool(a <= b),
    (a: T, b: T) => bool(unsigned(a) <= unsigned(b)),
    (a: T, b: T) => bool(a >= b),
    (a: T, b: T) => bool(unsigned(a) >= unsigned(b)),
  ];
}
function floatComparisons(read: (bits: Value) => number): Op[] {
  const compare = (test: (a: number, b: number) => boolean) => (a: Value, b: Value) => bool(test(read(a), read(b)));
  return [
    compare((a, b) => a === b),
    compare((a, b) => a !== b),
    compare((a, b) => a < b),
    compare((a, b) => a > b),
    compare((a, b) => a <= b),
    compare((a, b) => a >= b),
  ];
}

// 0x67: i32 arithmetic
define(0x67, [
  (a: number) => Math.clz32(a),
  (a: number) => ctz(BigInt(a >>> 0), 32),
  (a: number) => popcnt(BigInt(a >>> 0)),
  (a: number, b: number) => (a + b) | 0,
  (a: number, b: number) => (a - b) | 0,
  (a: number, b: number) => Math.imul(a, b),
  (a: number, b: number) => Number(divide(BigInt(a), BigInt(b), 32)),
  (a: number, b: number) => Number(divide(BigInt(a >>> 0), BigInt(b >>> 0), 64)) | 0,
  (a: number, b: number) => Number(remainder(BigInt(a), BigInt(b))),
  (a: number, b: number) => Number(remainder(BigInt(a >>> 0), BigInt(b >>> 0))) | 0,
  (a: number, b: number) => a & b,
  (a: number, b: number) => a | b,
  (a: number, b: number) => a ^ b,
  (a: number, b: number) => a << b,
  (a: number, b: number) => a >> b,
  (a: number, b: number) => (a >>> b) | 0,
  (a: number, b: number) => ((b & 31) === 0 ? a : (a << (b & 31)) | (a >>> (32 - (b & 31)))),
  (a: number, b: number) => ((b & 31) === 0 ? a : (a >>> (b & 31)) | (a << (32 - (b & 31)))),
]);

// 0x79: i64 arithmetic
define(0x79, [
  (a: bigint) => clz64(a),
  (a: bigint) => BigInt(ctz(u64(a), 64)),
  (a: bigint) => BigInt(popcnt(u64(a))),
  (a: bigint, b: bigint) => s64(a + b),
  (a: bigint, b: bigint) => s64(a - b),
  (a: bigint, b: bigint) => s64(a * b),
  (a: bigint, b: bigint) => divide(a, b, 64),
  (a: bigint, b: bigint) => s64(divide(u64(a), u64(b), 65)),
  (a: bigint, b: bigint) => remainder(a, b),
  (a: bigint, b: bigint) => s64(remainder(u64(a), u64(b))),
  (a: bigint, b: bigint) => a & b,
  (a: bigint, b: bigint) => a | b,
  (a: bigint, b: bigint) => a ^ b,
  (a: bigint, b: bigint) => s64(a << (u64(b) % 64n)),
  (a: bigint, b: bigint) => a >> (u64(b) % 64n),
  (a: bigint, b: bigint) => s64(u64(a) >> (u64(b) % 64n)),
  (a: bigint, b: bigint) => s64((u64(a) << (u64(b) % 64n)) | (u64(a) >> ((64n - (u64(b) % 64n)) % 64n))),
  (a: bigint, b: bigint) => s64((u64(a) >> (u64(b) % 64n)) | (u64(a) << ((64n - (u64(b) % 64n)) % 64n))),
]);

// 0x8b: f32 arithmetic, 0x99: f64 arithmetic
define(0x8b, floatArithmetic<number>(f32, f32Bits, 0x80000000, Number));
define(0x99, floatArithmetic<bigint>(f64, f64Bits, 0x8000000000000000n, BigInt));
function floatArithmetic<T extends number | bigint>(
  read: (bits: Value) => number,
  write: (value: number) => T,
  sign: T,
  cast: (value: bigint | number) => number | bigint,
): Op[] {
  const bits = (value: T): bigint => BigInt(value);
  const signBit = BigInt(sign);
  const one = (run: (a: number) => number) => (a: Value) => write(run(read(a)));
  const two = (run: (a: number, b: number) => number) => (a: Value, b: Value) => write(run(read(a), read(b)));
  return [
    (a: T) => cast(bits(a) & (signBit - 1n)),
    (a: T) => cast(bits(a) ^ signBit),
    one(Math.ceil),
    one(Math.floor),
    one(Math.trunc),
    one(nearest),
    one(Math.sqrt),
    two((a, b) => a + b),
    two((a, b) => a - b),
    two((a, b) => a * b),
    two((a, b) => a / b),
    two(Math.min),
    two(Math.max),
    (a: T, b: T) => cast((bits(a) & (signBit - 1n)) | (bits(b) & signBit)),
  ];
}

// 0xa7: conversions
define(0xa7, [
  (a: bigint) => Number(BigInt.asIntN(32, a)),
  (a: number) => Number(truncate(f32(a), ...I32, false)),
  (a: number) => Number(truncate(f32(a), ...U32, false)) | 0,
  (a: bigint) => Number(truncate(f64(a), ...I32, false)),
  (a: bigint) => Number(truncate(f64(a), ...U32, false)) | 0,
  (a: number) => BigInt(a),
  (a: number) => BigInt(a >>> 0),
  (a: number) => truncate(f32(a), ...I64, false),
  (a: number) => s64(truncate(f32(a), ...U64, false)),
  (a: bigint) => truncate(f64(a), ...I64, false),
  (a: bigint) => s64(truncate(f64(a), ...U64, false)),
  (a: number) => f32Bits(a),
  (a: number) => f32Bits(a >>> 0),
  (a: bigint) => f32Bits(roundToF32(a)),
  (a: bigint) => f32Bits(roundToF32(u64(a))),
  (a: bigint) => f32Bits(f64(a)),
  (a: number) => f64Bits(a),
  (a: number) => f64Bits(a >>> 0),
  (a: bigint) => f64Bits(Number(a)),
  (a: bigint) => f64Bits(Number(u64(a))),
  (a: number) => f64Bits(f32(a)),
  (a: number) => a | 0,
  (a: bigint) => s64(a),
  (a: number) => a >>> 0,
  (a: bigint) => u64(a),
  (a: number) => (a << 24) >> 24,
  (a: number) => (a << 16) >> 16,
  (a: bigint) => BigInt.asIntN(8, a),
  (a: bigint) => BigInt.asIntN(16, a),
  (a: bigint) => BigInt.asIntN(32, a),
]);

/** An integer to the nearest f32, ties to even, without rounding twice: 24 bits and a sticky one are exact as f64. */
function roundToF32(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  const extra = BigInt(Math.max(0, magnitude.toString(2).length - 50));
  const sticky = magnitude & ((1n << extra) - 1n) ? 1n : 0n;
  const rounded = Math.fround(Number((magnitude >> extra) | sticky)) * 2 ** Number(extra);
  return value < 0n ? -rounded : rounded;
}

// 0xfc00: saturating conversions
define(0xfc00, [
  (a: number) => Number(truncate(f32(a), ...I32, true)),
  (a: number) => Number(truncate(f32(a), ...U32, true)) | 0,
  (a: bigint) => Number(truncate(f64(a), ...I32, true)),
  (a: bigint) => Number(truncate(f64(a), ...U32, true)) | 0,
  (a: number) => truncate(f32(a), ...I64, true),
  (a: number) => s64(truncate(f32(a), ...U64, true)),
  (a: bigint) => truncate(f64(a), ...I64, true),
  (a: bigint) => s64(truncate(f64(a), ...U64, true)),
]);
