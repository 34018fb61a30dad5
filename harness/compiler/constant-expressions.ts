// Integer literals and what is computed of them alone, evaluated exactly: `10n ** 18n`, `(1 << 40) * 3`, `-5`. Operators
// whose result depends on a type's bits, `~` and `>>>`, are none of them.

import type { AscInternals, AscNode } from "./asc-internals.js";
import { withoutParentheses } from "./operator-facts.js";

/** Longer numbers than any type has are not computed. */
const MOST_BITS = 4096n;

/** A problem of an expression that has no value. */
export class NoValue extends Error {}

/**
 * The value of an expression of integer literals; undefined if it is anything else. Throws NoValue where there is none:
 * a division by zero, a negative exponent.
 */
export function constantValue(asc: AscInternals, node: AscNode): bigint | undefined {
  const { NodeKind, Token } = asc;
  const inner = withoutParentheses(asc, node);
  switch (inner.kind) {
    case NodeKind["Literal"]:
      return literalValue(asc, inner);
    case NodeKind["Call"]:
      return longLiteral(asc, inner);
    case NodeKind["UnaryPrefix"]: {
      if (inner.operator !== Token["Minus"] && inner.operator !== Token["Plus"]) return undefined;
      const value = constantValue(asc, inner.operand as AscNode);
      return value === undefined || inner.operator === Token["Plus"] ? value : -value;
    }
    case NodeKind["Binary"]: {
      const evaluate = EVALUATORS.find(([name]) => Token[name] === inner.operator)?.[1];
      if (evaluate === undefined) return undefined;
      const left = constantValue(asc, inner.left as AscNode);
      const right = left === undefined ? undefined : constantValue(asc, inner.right as AscNode);
      if (left === undefined || right === undefined) return undefined;
      return evaluate(left, right);
    }
    default:
      return undefined;
  }
}

/** Whether it is a single literal, with a sign or not. */
export function isSingleLiteral(asc: AscInternals, node: AscNode): boolean {
  const inner = withoutParentheses(asc, node);
  if (inner.kind === asc.NodeKind["UnaryPrefix"]) return isSingleLiteral(asc, inner.operand as AscNode);
  return inner.kind !== asc.NodeKind["Binary"];
}

/** asc keeps a literal in 64 bits; the reader of literals puts longer ones into a call. */
function literalValue(asc: AscInternals, { literalKind, value }: AscNode): bigint | undefined {
  if (literalKind !== asc.LiteralKind["Integer"] || value === undefined) return undefined;
  const { low, high } = value as { low: number; high: number };
  return BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt.asUintN(32, BigInt(low)));
}

/** `__qwvm.literal("18446744073709551616")`, as read-literals writes it. */
function longLiteral(asc: AscInternals, { expression, args }: AscNode): bigint | undefined {
  if (expression?.property?.text !== "literal" || expression.kind !== asc.NodeKind["PropertyAccess"]) return undefined;
  const [text] = args ?? [];
  return expression.expression?.text === "__qwvm" && typeof text?.value === "string" ? BigInt(text.value) : undefined;
}

type Evaluate = (a: bigint, b: bigint) => bigint;

function unlessZero(divide: Evaluate, sign: string): Evaluate {
  return (a, b) => {
    if (b === 0n) throw new NoValue(`${a} ${sign} 0 has no value.`);
    return divide(a, b);
  };
}

function power(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) throw new NoValue(`${base} ** ${exponent} is no integer.`);
  const bits = BigInt((base < 0n ? -base : base).toString(2).length);
  if (bits > 1n && exponent * (bits - 1n) > MOST_BITS)
    throw new NoValue(`${base} ** ${exponent} is beyond every type.`);
  return base ** (bits > 1n ? exponent : exponent % 2n === 0n && exponent > 0n ? 2n : exponent > 0n ? 1n : 0n);
}

function shiftLeft(value: bigint, bits: bigint): bigint {
  if (bits < 0n || bits > MOST_BITS) throw new NoValue(`A shift by ${bits} is out of range.`);
  return value << bits;
}

function shiftRight(value: bigint, bits: bigint): bigint {
  if (bits < 0n) throw new NoValue(`A shift by ${bits} is out of range.`);
  return bits > MOST_BITS ? (value < 0n ? -1n : 0n) : value >> bits;
}

const EVALUATORS: readonly (readonly [token: string, evaluate: Evaluate])[] = [
  ["Plus", (a, b) => a + b],
  ["Minus", (a, b) => a - b],
  ["Asterisk", (a, b) => a * b],
  ["Asterisk_Asterisk", power],
  ["Slash", unlessZero((a, b) => a / b, "/")],
  ["Percent", unlessZero((a, b) => a % b, "%")],
  ["LessThan_LessThan", shiftLeft],
  ["GreaterThan_GreaterThan", shiftRight],
  ["Ampersand", (a, b) => a & b],
  ["Bar", (a, b) => a | b],
  ["Caret", (a, b) => a ^ b],
];
