// Random integers. They stay small more often than not, so that calls get further than their first overflow.

import { type Candidate, oneOf } from "./candidates.js";
import { condition, expression } from "./generate-expression.js";
import { assignable, everyArray, leaf, leafVariable, literal, number, operation } from "./generate-place.js";
import type { ArithmeticOperator, Expression } from "./program.js";
import type { Scope } from "./scope.js";
import { BYTES, hasEquality, I32, INTS, type IntType, isWide, STRING, type Type, U32, U64, U256 } from "./types.js";

/** An index that is mostly in range, at times not. */
export function position(scope: Scope, depth: number): Expression {
  return oneOf<Expression>(scope.random, [
    [6, () => number(I32, scope.random.below(3))],
    [
      3,
      () => ({
        kind: "binary",
        type: I32,
        operator: "&",
        left: expression(I32, scope, depth - 1),
        right: number(I32, scope.random.pick([1, 3])),
      }),
    ],
    [2, () => leaf(I32, scope)],
  ]) as Expression;
}

/** A number that is small whatever it comes from. */
export function small(type: IntType, scope: Scope, depth: number): Expression {
  const { random } = scope;
  return oneOf<Expression>(random, [
    [3, () => number(type, random.below(8))],
    [
      2,
      () => ({
        kind: "binary",
        type,
        operator: "%",
        left: expression(type, scope, depth - 1),
        right: number(type, random.pick([1, 2, 3, 7, 10])),
      }),
    ],
    [
      2,
      () => ({
        kind: "binary",
        type,
        operator: "&",
        left: expression(type, scope, depth - 1),
        right: number(type, random.pick([0, 1, 3, 15])),
      }),
    ],
  ]) as Expression;
}

const ARITHMETIC: readonly ArithmeticOperator[] = ["+", "+", "+", "-", "-", "*", "*", "/", "%"];

const BITWISE: readonly ArithmeticOperator[] = ["&", "&", "|", "^"];

export function integers(type: IntType, scope: Scope, depth: number): Candidate<Expression>[] {
  const { random } = scope;
  const part = () => expression(type, scope, depth - 1);
  const operand = () => (random.chance(60) ? small(type, scope, depth - 1) : part());
  const unlike = (node: Expression): Expression => (node.kind === "literal" ? leafVariable(type, scope) : node);
  const amountType = isWide(type) ? U32 : type;
  const wanted: Candidate<Expression>[] = [
    [
      24,
      () => ({ kind: "binary", type, operator: random.pick(ARITHMETIC), left: unlike(operand()), right: operand() }),
    ],
    [
      8,
      () => ({
        kind: "binary",
        type,
        operator: random.pick(BITWISE),
        left: unlike(part()),
        right: random.chance(50) ? literal(type, scope) : part(),
      }),
    ],
    [
      5,
      () => ({
        kind: "binary",
        type,
        operator: random.pick(["<<", ">>", ...(isWide(type) ? [] : [">>>" as const])]),
        left: unlike(part()),
        right: random.chance(85)
          ? number(amountType, random.below(Math.min(type.bits, 100)))
          : small(amountType, scope, depth - 1),
      }),
    ],
    [
      2,
      () => ({
        kind: "binary",
        type,
        operator: "**",
        left: unlike(small(type, scope, depth - 1)),
        right: number(amountType, random.below(4)),
      }),
    ],
    [4, () => ({ kind: "unary", type, operator: random.pick(type.signed ? ["-", "~"] : ["~"]), of: unlike(part()) })],
    [12, () => cast(type, scope, depth)],
    [
      4,
      () =>
        operation(random.pick(["wrappingAdd", "wrappingSub", "wrappingMul"]), type, [unlike(part()), part()], {
          types: [type],
        }),
    ],
    [1, () => operation("wrappingNeg", type, [unlike(part())], { types: [type] })],
    [
      2,
      () =>
        operation(
          random.pick(["wrappingShl", "wrappingShr"]),
          type,
          [unlike(part()), number(U32, random.below(type.bits + 4))],
          { types: [type] },
        ),
    ],
    [
      3,
      () =>
        operation("wrappingCast", type, [unlike(expression(random.pick(Object.values(INTS)), scope, depth - 1))], {
          types: [type],
        }),
    ],
  ];
  const targets = assignable(type, scope);
  if (targets.length > 0) {
    const changing = (target: Expression): Expression =>
      random.chance(50)
        ? { kind: "step", type, operator: random.pick(["++", "--"]), prefix: random.chance(50), target }
        : {
            kind: "assignment",
            type,
            operator: random.pick(["=", "+="]),
            target,
            value: number(type, random.below(9)),
          };
    // A place beside what changes it, and a change whose number is known beforehand.
    wanted.push([
      7,
      () => {
        const target = random.pick(targets);
        return { kind: "binary", type, operator: random.pick(ARITHMETIC), left: target, right: changing(target) };
      },
    ]);
    wanted.push([
      9,
      () => {
        const [operator, by] = random.chance(50) ? (["&", 0] as const) : (["%", 1] as const);
        const left: Expression = {
          kind: "binary",
          type,
          operator,
          left: changing(random.pick(targets)),
          right: number(type, by),
        };
        return { kind: "binary", type, operator: "+", left, right: number(type, random.below(9)) };
      },
    ]);
    wanted.push([
      4,
      () => ({
        kind: "step",
        type,
        operator: random.pick(["++", "--"]),
        prefix: random.chance(50),
        target: random.pick(targets),
      }),
    ]);
    wanted.push([
      4,
      () => ({
        kind: "assignment",
        type,
        operator: random.pick(["+=", "-=", "*=", "|=", "&=", "^="]),
        target: random.pick(targets),
        value: operand(),
      }),
    ]);
  }
  if (type === I32) wanted.push(...lengths(scope, depth));
  if (type === INTS["u8"])
    wanted.push([
      4,
      () => operation("bytesAt", type, [expression(BYTES, scope, depth - 1), position(scope, depth - 1)]),
    ]);
  if (isWide(type)) {
    wanted.push([
      2,
      () =>
        operation(random.pick(["mulDiv", "mulDivUp"]), type, [part(), operand(), number(type, 1 + random.below(9))]),
    ]);
    if (!type.signed) wanted.push([1, () => operation("sqrt", type, [unlike(part())])]);
    else wanted.push([1, () => operation("abs", type, [unlike(part())])]);
  }
  if (type === U64 && scope.writes && scope.reentered !== undefined)
    wanted.push([3, () => ({ kind: "peer", type: U64, how: "remote", action: "ping", args: [] })]);
  if (type === U256) wanted.push([2, () => operation("callValue", type, [])]);
  return wanted;
}

/** Bits of a small signed number that are shifted and masked: the machine's words have more of them. */
export function masked(type: IntType, scope: Scope, depth: number): Expression {
  const { random } = scope;
  const shifted: Expression = {
    kind: "binary",
    type,
    operator: "<<",
    left: leafVariable(type, scope),
    right: number(type, 1 + random.below(type.bits - 1)),
  };
  return {
    kind: "binary",
    type,
    operator: random.pick(["&", "&", "|", "^"]),
    left: random.chance(70) ? shifted : expression(type, scope, depth - 1),
    right: number(type, -1n - BigInt(random.below(1 << (type.bits - 1)))),
  };
}

function cast(type: IntType, scope: Scope, depth: number): Expression {
  const { random } = scope;
  if (random.chance(15)) return { kind: "cast", type, of: condition(scope, depth - 1) };
  const from = random.pick(Object.values(INTS));
  const isSmall = from.signed && from.bits < 32;
  if (isSmall && !isWide(type) && random.chance(50)) return { kind: "cast", type, of: masked(from, scope, depth) };
  const inner = random.chance(60) ? small(from, scope, depth - 1) : expression(from, scope, depth - 1);
  // What is wide has numbers of 64 bits in between.
  if (isWide(from) && !isWide(type) && type.bits < 64) {
    const word = INTS[type.signed ? "i64" : "u64"] as IntType;
    return { kind: "cast", type, of: { kind: "cast", type: word, of: inner } };
  }
  return { kind: "cast", type, of: inner };
}

function lengths(scope: Scope, depth: number): Candidate<Expression>[] {
  const { random } = scope;
  const text = () => expression(STRING, scope, depth - 1);
  const wanted: Candidate<Expression>[] = [
    [3, () => operation("textLength", I32, [text()])],
    [1, () => operation("charCodeAt", I32, [text(), position(scope, depth - 1)])],
    [1, () => operation("indexOfText", I32, [text(), literal(STRING, scope)])],
    [2, () => operation("bytesLength", I32, [expression(BYTES, scope, depth - 1)])],
  ];
  const lists = everyArray(scope);
  if (lists.length > 0) wanted.push([5, () => operation("length", I32, [random.pick(lists)])]);
  const searched = lists.filter(
    ({ type }) => type.kind === "array" && hasEquality(type.of) && type.of.kind !== "option",
  );
  if (searched.length > 0)
    wanted.push([
      2,
      () => {
        const list = random.pick(searched);
        const { of } = list.type as { of: Type };
        return operation("indexOf", I32, [list, expression(of, scope, depth - 1)], { types: [of] });
      },
    ]);
  return wanted;
}
