// What operators on integers of every width give: the exact result, or Overflow, DivisionByZero or OutOfRange.

import { fail, ModelError } from "./failure.js";
import type { ArithmeticOperator } from "./program.js";
import { fits, type IntType, wrap } from "./types.js";

export function calculate(
  type: IntType,
  operator: ArithmeticOperator,
  a: bigint,
  b: bigint,
  wrapping: boolean,
): bigint {
  switch (operator) {
    case "+":
      return inRange(type, a + b, wrapping);
    case "-":
      return inRange(type, a - b, wrapping);
    case "*":
      return inRange(type, a * b, wrapping);
    case "/":
      if (b === 0n) fail("DivisionByZero");
      // No wide quotient is wrapped.
      return inRange(type, a / b, wrapping && type.bits <= 64);
    case "%":
      if (b === 0n) fail("DivisionByZero");
      return a % b;
    case "**":
      if (b < 0n) fail("OutOfRange");
      if (b > 300n && a !== 0n && a !== 1n && a !== -1n) fail("Overflow");
      return inRange(type, a ** b, wrapping);
    case "<<":
      return wrap(type, a << amount(type, b));
    case ">>":
      return a >> amount(type, b);
    case ">>>":
      return wrap(type, BigInt.asUintN(type.bits, a) >> amount(type, b));
    case "&":
      return wrap(type, a & b);
    case "|":
      return wrap(type, a | b);
    case "^":
      return wrap(type, a ^ b);
  }
}

export function inRange(type: IntType, exact: bigint, wrapping = false): bigint {
  if (fits(type, exact)) return exact;
  return wrapping ? wrap(type, exact) : fail("Overflow");
}

function amount(type: IntType, bits: bigint): bigint {
  if (bits < 0n || bits >= BigInt(type.bits)) fail("OutOfRange");
  return bits;
}

/** Whole square root, by Newton's method. */
export function squareRoot(n: bigint): bigint {
  if (n < 0n) throw new ModelError("the root of a negative number");
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** Divided and rounded down on the line. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}
