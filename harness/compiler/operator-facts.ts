// What is known of values while asc compiles: the interval a type has and an expression's value is in, the interval of
// an operator's exact results, and loops whose counter cannot overflow.

import type { AscInternals, AscNode, AscType, ExpressionRef } from "./asc-internals.js";

/** All integers from `least` to `most`. */
export interface Interval {
  readonly least: bigint;
  readonly most: bigint;
}

const UNSIGNED = ["U8", "U16", "U32", "U64", "Usize"];
const SIGNED = ["I8", "I16", "I32", "I64", "Isize"];

/** The values of an integer type; undefined for bool and everything else, which is not checked. */
export function typeInterval(kinds: Readonly<Record<string, number>>, type: AscType): Interval | undefined {
  // A reference is an address to asc.
  if (type.isReference) return undefined;
  const isOf = (names: readonly string[]) => names.some((name) => kinds[name] === type.kind);
  if (isOf(UNSIGNED)) return { least: 0n, most: (1n << BigInt(type.size)) - 1n };
  if (isOf(SIGNED)) return { least: -(1n << BigInt(type.size - 1)), most: (1n << BigInt(type.size - 1)) - 1n };
  return undefined;
}

export function contains(outer: Interval, inner: Interval): boolean {
  return outer.least <= inner.least && inner.most <= outer.most;
}

/** What an expression's value is certain to be in: its type's interval, less where it is constant or masked. */
export function intervalOf(asc: AscInternals, expression: ExpressionRef, type: AscType): Interval {
  const full = typeInterval(asc.TypeKind, type) ?? { least: 0n, most: 1n };
  const constant = constantOf(asc, expression);
  if (constant !== undefined && !type.isBooleanValue) {
    const value = full.least < 0n ? BigInt.asIntN(type.size, constant) : BigInt.asUintN(type.size, constant);
    return { least: value, most: value };
  }
  const most = knownMost(asc, expression);
  return most !== undefined && most < full.most ? { least: 0n, most } : full;
}

const MOST_32 = 0x7fffffffn;
const MOST_64 = 0x7fff_ffff_ffff_ffffn;

/** The most that an expression's bits can be, read as a number that is not negative; undefined when nothing is known. */
function knownMost(asc: AscInternals, expression: ExpressionRef): bigint | undefined {
  const { BinaryOp, ExpressionId, UnaryOp } = asc;
  const constant = constantOf(asc, expression);
  if (constant !== undefined) return constant >= 0n ? constant : undefined;
  const id = asc.getExpressionId(expression);
  if (id === ExpressionId["Unary"]) {
    const operation = asc.getUnaryOp(expression);
    const isWrap = operation === UnaryOp["WrapI64ToI32"];
    const isExtend = operation === UnaryOp["ExtendU32ToU64"] || operation === UnaryOp["ExtendI32ToI64"];
    const inner = isWrap || isExtend ? knownMost(asc, asc.getUnaryValue(expression)) : undefined;
    return inner !== undefined && inner <= MOST_32 ? inner : undefined;
  }
  if (id !== ExpressionId["Binary"]) return undefined;
  const operation = asc.getBinaryOp(expression);
  const is = (name: string) => operation === BinaryOp[`${name}32`] || operation === BinaryOp[`${name}64`];
  const bits = asc.getExpressionType(expression) === asc.TypeRef["I64"] ? 64n : 32n;
  const right = knownMost(asc, asc.getBinaryRight(expression));
  if (right === undefined) return undefined;
  if (is("AndI")) return right;
  if (is("AddI")) {
    const left = knownMost(asc, asc.getBinaryLeft(expression));
    const sum = left === undefined ? undefined : left + right;
    return sum !== undefined && sum <= (bits === 64n ? MOST_64 : MOST_32) ? sum : undefined;
  }
  const exact = constantOf(asc, asc.getBinaryRight(expression));
  if (exact === undefined || exact <= 0n) return undefined;
  if (is("RemU")) return exact - 1n;
  return is("ShrU") && exact < bits ? (1n << (bits - exact)) - 1n : undefined;
}

/** Whether an expression is a constant, which does nothing but be its value. */
export function isConstant(asc: AscInternals, expression: ExpressionRef): boolean {
  return constantOf(asc, expression) !== undefined;
}

/** A constant's value, signed; also of what binaryen will fold later. */
function constantOf(asc: AscInternals, expression: ExpressionRef): bigint | undefined {
  const id = asc.getExpressionId(expression);
  const type = asc.getExpressionType(expression);
  const bits = type === asc.TypeRef["I32"] ? 32 : type === asc.TypeRef["I64"] ? 64 : undefined;
  if (bits === undefined) return undefined;
  if (id === asc.ExpressionId["Const"]) {
    if (bits === 32) return BigInt(asc.getConstValueI32(expression));
    const low = BigInt.asUintN(32, BigInt(asc.getConstValueI64Low(expression)));
    return BigInt.asIntN(64, (BigInt(asc.getConstValueI64High(expression)) << 32n) | low);
  }
  if (id !== asc.ExpressionId["Binary"]) return undefined;
  const fold = FOLDED.find(([name]) => asc.BinaryOp[`${name}${bits}`] === asc.getBinaryOp(expression))?.[1];
  if (fold === undefined) return undefined;
  const right = constantOf(asc, asc.getBinaryRight(expression));
  const left = right === undefined ? undefined : constantOf(asc, asc.getBinaryLeft(expression));
  return left === undefined || right === undefined ? undefined : BigInt.asIntN(bits, fold(left, right, BigInt(bits)));
}

type Fold = (a: bigint, b: bigint, bits: bigint) => bigint;

const FOLDED: readonly (readonly [name: string, Fold])[] = [
  ["AndI", (a, b) => a & b],
  ["OrI", (a, b) => a | b],
  ["XorI", (a, b) => a ^ b],
  ["ShlI", (a, b, bits) => a << (b & (bits - 1n))],
  ["ShrI", (a, b, bits) => a >> (b & (bits - 1n))],
  ["ShrU", (a, b, bits) => BigInt.asUintN(Number(bits), a) >> (b & (bits - 1n))],
];

/** The exact results of an operator on two intervals; undefined where it may have none. */
type Results = (a: Interval, b: Interval) => Interval | undefined;

const product: Results = (a, b) => span([a.least * b.least, a.least * b.most, a.most * b.least, a.most * b.most]);

export const OPERATIONS = {
  checkedAdd: { sign: "+", results: (a, b) => ({ least: a.least + b.least, most: a.most + b.most }) },
  checkedSub: { sign: "-", results: (a, b) => ({ least: a.least - b.most, most: a.most - b.least }) },
  checkedMul: { sign: "*", results: product },
  checkedDiv: {
    sign: "/",
    results: (a, b) =>
      b.least <= 0n && b.most >= 0n
        ? undefined
        : span([a.least / b.least, a.least / b.most, a.most / b.least, a.most / b.most, 0n].slice(0, isOne(a) ? 4 : 5)),
  },
  checkedRem: {
    sign: "%",
    results: (a, b) => {
      if (b.least <= 0n && b.most >= 0n) return undefined;
      return isOne(a) && isOne(b) ? span([a.least % b.least]) : a;
    },
  },
  checkedPow: {
    sign: "**",
    // Beyond 64 only the bases 0, 1 and -1 have a result, and those are left to the check.
    results: (a, b) =>
      isOne(a) && isOne(b) && b.least >= 0n && b.least <= 64n ? span([a.least ** b.least]) : undefined,
  },
} satisfies Record<string, { sign: string; results: Results }>;

export type Operation = keyof typeof OPERATIONS;

export function isOne(interval: Interval): boolean {
  return interval.least === interval.most;
}

function span(values: readonly bigint[]): Interval {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { least: sorted[0] as bigint, most: sorted[sorted.length - 1] as bigint };
}

export function withoutParentheses(asc: AscInternals, node: AscNode): AscNode {
  let inner = node;
  while (inner.kind === asc.NodeKind["Parenthesized"]) inner = inner.expression as AscNode;
  return inner;
}

/**
 * The comparison that keeps a loop's counter from overflowing, if it is such a loop: `i < n` with `i++`, or `i > n` with
 * `i--`, where nothing else in the loop assigns i. Whether i is a local, and compared in its own type, is asked later.
 */
export function findCounterGuard(asc: AscInternals, loop: AscNode): AscNode | undefined {
  const { NodeKind, Token } = asc;
  const { condition, incrementor, body } = loop;
  if (condition == null || incrementor == null || body === undefined) return undefined;
  if (incrementor.kind !== NodeKind["UnaryPostfix"] && incrementor.kind !== NodeKind["UnaryPrefix"]) return undefined;
  const name = incrementor.operand?.text;
  if (incrementor.operand?.kind !== NodeKind["Identifier"] || name === undefined) return undefined;
  const up = incrementor.operator === Token["Plus_Plus"];
  if (!up && incrementor.operator !== Token["Minus_Minus"]) return undefined;
  if (assigns(asc, body, name) || assigns(asc, condition, name)) return undefined;
  const find = (candidate: AscNode): AscNode | undefined => {
    const node = withoutParentheses(asc, candidate);
    if (node.kind !== NodeKind["Binary"]) return undefined;
    if (node.operator === Token["Ampersand_Ampersand"]) {
      return find(node.left as AscNode) ?? find(node.right as AscNode);
    }
    const left = node.left && withoutParentheses(asc, node.left);
    const isGuard = node.operator === Token[up ? "LessThan" : "GreaterThan"] && left?.text === name;
    return isGuard && left?.kind === NodeKind["Identifier"] ? node : undefined;
  };
  return find(condition);
}

/** Whether something in the tree may assign a variable of the name. */
export function assigns(asc: AscInternals, node: AscNode, name: string): boolean {
  return someNode(node, (inner) => {
    const { kind, operator } = inner;
    const target =
      kind === asc.NodeKind["Binary"] && isAssignment(asc, operator)
        ? inner.left
        : kind === asc.NodeKind["UnaryPostfix"] || kind === asc.NodeKind["UnaryPrefix"]
          ? inner.operand
          : undefined;
    return target !== undefined && withoutParentheses(asc, target).text === name;
  });
}

const ASSIGNMENTS = [
  "Equals",
  "Plus_Equals",
  "Minus_Equals",
  "Asterisk_Equals",
  "Asterisk_Asterisk_Equals",
  "Slash_Equals",
  "Percent_Equals",
  "LessThan_LessThan_Equals",
  "GreaterThan_GreaterThan_Equals",
  "GreaterThan_GreaterThan_GreaterThan_Equals",
  "Ampersand_Equals",
  "Bar_Equals",
  "Caret_Equals",
];

export function isAssignment(asc: AscInternals, operator: number | undefined): boolean {
  return operator !== undefined && ASSIGNMENTS.some((name) => asc.Token[name] === operator);
}

/** Whether a node of the tree, itself included, is of a certain kind. */
export function someNode(node: AscNode, test: (node: AscNode) => boolean): boolean {
  if (test(node)) return true;
  return Object.entries(node).some(([key, value]) => {
    // The range leads to the whole file.
    if (key === "range" || value === null || typeof value !== "object") return false;
    const children: unknown[] = Array.isArray(value) ? value.flat() : [value];
    return children.some((child) => isNode(child) && someNode(child, test));
  });
}

function isNode(value: unknown): value is AscNode {
  return typeof value === "object" && value !== null && "kind" in value && "range" in value;
}
