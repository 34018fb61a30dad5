// Which operations on known values never succeed: those the compiler may refuse (QW191), and no others.

import { calculate } from "./arithmetic.js";
import { ModelFailure } from "./failure.js";
import type { Expression, Method } from "./program.js";
import { visit } from "./reduce.js";
import { fits, type IntType, least, most } from "./types.js";

/** All integers from `from` to `to`. */
type Range = readonly [from: bigint, to: bigint];

/** Whether some operation of the method cannot have a value, whatever it is called with. */
export function hasHopelessOperation(method: Method): boolean {
  let found = false;
  visit(method.body, (node) => {
    found ||= isHopeless(node);
  });
  return found;
}

function isHopeless(node: Expression): boolean {
  if (node.type?.kind !== "int") return false;
  const { type } = node;
  if (node.kind === "cast" && node.of.type.kind === "int") {
    const [from, to] = rangeOf(node.of);
    return to < least(type) || from > most(type);
  }
  if (node.kind === "unary" && node.operator === "-") {
    const [from, to] = rangeOf(node.of);
    return from === to && !fits(type, -from);
  }
  if (node.kind === "binary") return areHopeless(type, node.operator, rangeOf(node.left), rangeOf(node.right));
  if (node.kind === "assignment" && node.operator !== "=" && node.value.type.kind === "int") {
    const operator = node.operator.slice(0, -1) as "+";
    return areHopeless(type, operator, [least(type), most(type)], rangeOf(node.value));
  }
  return false;
}

function areHopeless(type: IntType, operator: Parameters<typeof calculate>[1], left: Range, right: Range): boolean {
  const [a, b] = [left[0] === left[1], right[0] === right[1]];
  if (b && right[0] === 0n && (operator === "/" || operator === "%")) return true;
  if (b && (operator === "<<" || operator === ">>" || operator === ">>>"))
    return right[0] < 0n || right[0] >= BigInt(type.bits);
  return a && b && !succeeds(() => calculate(type, operator, left[0], right[0], false));
}

function succeeds(compute: () => unknown): boolean {
  try {
    compute();
    return true;
  } catch (error) {
    if (error instanceof ModelFailure) return false;
    throw error;
  }
}

/** What is certain of a number before anything runs: constants, masks, what is left of a division. */
function rangeOf(node: Expression): Range {
  const type = node.type as IntType;
  const all: Range = [least(type), most(type)];
  if (node.kind === "literal" && typeof node.value === "bigint") return [node.value, node.value];
  if (node.kind === "ternary" && node.condition.kind === "literal")
    return rangeOf(node.condition.value === true ? node.yes : node.no);
  if (node.kind === "constant") return all;
  if (node.kind === "cast" && node.of.type.kind === "bool") {
    if (node.of.kind !== "literal") return [0n, 1n];
    return node.of.value === true ? [1n, 1n] : [0n, 0n];
  }
  if (node.kind === "cast" && node.of.type.kind === "int") {
    const [from, to] = rangeOf(node.of);
    return fits(type, from) && fits(type, to) ? [from, to] : all;
  }
  if (node.kind === "unary" && node.operator === "-") {
    const [from, to] = rangeOf(node.of);
    return fits(type, -from) && fits(type, -to) ? [-to, -from] : all;
  }
  if (node.kind === "unary" && node.operator === "~") {
    const [from, to] = rangeOf(node.of);
    return type.signed ? [~to, ~from] : [most(type) - to, most(type) - from];
  }
  if (node.kind !== "binary") return all;
  const [left, right] = [rangeOf(node.left), rangeOf(node.right)];
  if (
    left[0] === left[1] &&
    right[0] === right[1] &&
    succeeds(() => calculate(type, node.operator, left[0], right[0], false))
  ) {
    const value = calculate(type, node.operator, left[0], right[0], false);
    return [value, value];
  }
  if (node.operator === "&" && right[0] === right[1] && right[0] >= 0n) return [0n, right[0]];
  if (node.operator === "%" && right[0] === right[1] && right[0] > 0n)
    return [least(type) < 0n ? 1n - right[0] : 0n, right[0] - 1n];
  return all;
}
