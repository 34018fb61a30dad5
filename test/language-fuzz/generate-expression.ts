// Random expressions of a wanted type from what is in scope.

import { type Candidate, oneOf } from "./candidates.js";
import { integers, masked, position, small } from "./generate-number.js";
import {
  arraysOf,
  assignable,
  everyArray,
  leaf,
  leafVariable,
  literal,
  number,
  operation,
  variable,
} from "./generate-place.js";
import { collectionReads } from "./generate-stored-read.js";
import type { Call, Comparison, Expression, Method } from "./program.js";
import type { Scope } from "./scope.js";
import {
  ADDRESS,
  BOOL,
  BYTES,
  HASH,
  hasEquality,
  I32,
  INTS,
  type IntType,
  isWide,
  STRING,
  sameType,
  type Type,
  U64,
  U256,
} from "./types.js";

/** An expression of the type, of at most `depth` levels below it. */
export function expression(type: Type, scope: Scope, depth = 3): Expression {
  if (depth <= 0) return leaf(type, scope);
  const wanted: Candidate<Expression>[] = [[30, () => leaf(type, scope)], ...common(type, scope, depth)];
  switch (type.kind) {
    case "int":
      wanted.push(...integers(type, scope, depth));
      break;
    case "bool":
      wanted.push(...conditions(scope, depth));
      break;
    case "string":
      wanted.push(...texts(scope, depth));
      break;
    case "bytes":
      wanted.push(...bytes(scope, depth));
      break;
    case "enum":
      wanted.push([10, () => operation("toEnum", type, [small(INTS["u8"] as IntType, scope, depth)])]);
      break;
    case "array":
      wanted.push(...arrays(type.of, type, scope, depth));
      break;
    case "option":
      // What is in it, where a value that may be missing is expected.
      wanted.push([15, () => ({ ...expression(type.of, scope, depth - 1) })]);
      break;
    default:
      break;
  }
  return oneOf(scope.random, wanted) ?? leaf(type, scope);
}

/** A condition that often holds. */
export function condition(scope: Scope, depth = 2): Expression {
  return expression(BOOL, scope, depth);
}

function common(type: Type, scope: Scope, depth: number): Candidate<Expression>[] {
  const { random } = scope;
  const callable = [
    ...(scope.hasSelf ? scope.methods : []),
    ...scope.program.functions.filter(({ name }) => !scope.methods.some((one) => one.name === name)),
  ].filter(({ result, writes, accessor }) => sameType(result, type) && (scope.writes || !writes) && accessor !== "set");
  const lists = arraysOf(type, scope);
  const wanted: Candidate<Expression>[] = [
    [
      4,
      () => ({
        kind: "ternary",
        type,
        condition: condition(scope, depth - 1),
        yes: expression(type, scope, depth - 1),
        no: expression(type, scope, depth - 1),
      }),
    ],
  ];
  if (callable.length > 0)
    wanted.push([
      12,
      () => {
        const method = random.pick(callable);
        if (method.accessor === "get") return { kind: "property", type, name: method.name.slice(4) };
        const args = method.parameters.map((parameter) => expression(parameter.type, scope, depth - 1));
        return { kind: "call", type, callee: method.name, on: receiver(method), args };
      },
    ]);
  if (lists.length > 0)
    wanted.push([8, () => ({ kind: "index", type, of: random.pick(lists), at: position(scope, depth - 1) })]);
  for (const read of collectionReads(type, scope)) wanted.push([6, () => read(depth)]);
  const nullable = scope.variables.filter((one) => one.type.kind === "option" && sameType(one.type.of, type));
  if (nullable.length > 0 && type.kind !== "option") {
    wanted.push([
      6,
      () => {
        const one = variable(random.pick(nullable));
        const there = operation(random.chance(50) ? "isThere" : "isNull", BOOL, [one]);
        const value = operation("unwrap", type, [one]);
        const other = expression(type, scope, depth - 1);
        const [yes, no] = there.name === "isThere" ? [value, other] : [other, value];
        return { kind: "ternary", type, condition: there, yes, no };
      },
    ]);
  }
  // `if (a = b)` is refused as what was meant to be a comparison.
  if (hasEquality(type) && type.kind !== "bool") {
    const assigned = assignable(type, scope);
    if (assigned.length > 0)
      wanted.push([
        3,
        () => ({
          kind: "assignment",
          type,
          operator: "=",
          target: random.pick(assigned),
          value: expression(type, scope, depth - 1),
        }),
      ]);
  }
  return wanted;
}

export function receiver({ kind, access }: Method): Call["on"] {
  return kind === "free" ? "free" : access === "private" ? "own" : "this";
}

const COMPARISONS: readonly Comparison["operator"][] = ["==", "!=", "===", "!==", "<", "<=", ">", ">="];

function conditions(scope: Scope, depth: number): Candidate<Expression>[] {
  const { random } = scope;
  const tables = scope.variables.filter(({ table }) => table !== undefined);
  const wanted: Candidate<Expression>[] = [
    [
      30,
      () => {
        const type = random.pick(Object.values(INTS));
        return {
          kind: "comparison",
          type: BOOL,
          operator: random.pick(COMPARISONS),
          left: notLiteral(type, scope, depth - 1),
          right: expression(type, scope, depth - 1),
        };
      },
    ],
    [
      8,
      () => {
        const type = random.pick([STRING, BYTES, ADDRESS, HASH, BOOL, ...scope.program.enums]);
        return {
          kind: "comparison",
          type: BOOL,
          operator: random.pick(["==", "!="]),
          left: notLiteral(type, scope, depth - 1),
          right: expression(type, scope, depth - 1),
        };
      },
    ],
    [
      8,
      () => ({
        kind: "logic",
        type: BOOL,
        operator: random.pick(["&&", "||"]),
        left: condition(scope, depth - 1),
        right: condition(scope, depth - 1),
      }),
    ],
    [
      10,
      () => {
        const type = random.pick([INTS["i8"], INTS["i16"]]) as IntType;
        const right = random.chance(50) ? masked(type, scope, depth) : literal(type, scope);
        return {
          kind: "comparison",
          type: BOOL,
          operator: random.pick(COMPARISONS),
          left: masked(type, scope, depth),
          right,
        };
      },
    ],
    [6, () => ({ kind: "unary", type: BOOL, operator: "!", of: condition(scope, depth - 1) })],
    [2, () => operation("startsWith", BOOL, [expression(STRING, scope, depth - 1), literal(STRING, scope)])],
    [
      2,
      () => operation("isZero", BOOL, [notLiteral(random.pick(Object.values(INTS).filter(isWide)), scope, depth - 1)]),
    ],
  ];
  const lists = everyArray(scope).filter(
    ({ type }) => type.kind === "array" && hasEquality(type.of) && type.of.kind !== "option",
  );
  if (lists.length > 0)
    wanted.push([
      4,
      () => {
        const list = random.pick(lists);
        const { of } = list.type as { of: Type };
        return operation("includes", BOOL, [list, expression(of, scope, depth - 1)], { types: [of] });
      },
    ]);
  if (tables.length > 0)
    wanted.push([
      10,
      () => {
        const table = random.pick(tables);
        const types = table.table as readonly Type[];
        return operation("tableHas", BOOL, [variable(table), expression(types[0] as Type, scope, depth - 1)], {
          types,
        });
      },
    ]);
  return wanted;
}

function notLiteral(type: Type, scope: Scope, depth: number): Expression {
  const node = expression(type, scope, depth);
  return node.kind === "literal" ? leafVariable(type, scope) : node;
}

function texts(scope: Scope, depth: number): Candidate<Expression>[] {
  const { random } = scope;
  const text = () => expression(STRING, scope, depth - 1);
  return [
    [10, () => operation("concat", STRING, [text(), text()])],
    [5, () => operation("template", STRING, [text(), expression(random.pick([STRING, I32, U64]), scope, depth - 1)])],
    [8, () => operation("toText", STRING, [notLiteral(random.pick(Object.values(INTS)), scope, depth - 1)])],
    [5, () => operation("substring", STRING, [text(), position(scope, depth - 1), position(scope, depth - 1)])],
    [3, () => operation("sliceText", STRING, [text(), position(scope, depth - 1), position(scope, depth - 1)])],
    [3, () => operation("charAt", STRING, [text(), position(scope, depth - 1)])],
    [2, () => operation("repeat", STRING, [text(), number(I32, random.below(3))])],
    [2, () => operation("hexText", STRING, [expression(random.pick([BYTES, ADDRESS, HASH]), scope, depth - 1)])],
  ];
}

function bytes(scope: Scope, depth: number): Candidate<Expression>[] {
  const { random } = scope;
  const part = () => expression(BYTES, scope, depth - 1);
  const encoded = () => random.pick([STRING, U64, U256, BOOL, ...scope.program.structs]);
  return [
    [8, () => operation("bytesConcat", BYTES, [part(), part()])],
    [5, () => operation("bytesFrom", BYTES, [expression(STRING, scope, depth - 1)])],
    [4, () => operation("bytesSlice", BYTES, [part(), number(I32, random.below(2)), position(scope, depth - 1)])],
    [4, () => operation("toBytes", BYTES, [expression(random.pick([ADDRESS, HASH]), scope, depth - 1)])],
    [
      6,
      () => {
        const type = encoded();
        return operation("encode", BYTES, [expression(type, scope, depth - 1)], { types: [type] });
      },
    ],
  ];
}

function arrays(of: Type, type: Type, scope: Scope, depth: number): Candidate<Expression>[] {
  const { random } = scope;
  const part = () => leaf(type, scope);
  const wanted: Candidate<Expression>[] = [
    [
      10,
      () => ({
        kind: "array-literal",
        type,
        items: Array.from({ length: random.below(4) }, () => expression(of, scope, depth - 1)),
      }),
    ],
    [4, () => operation("sliceArray", type, [part(), position(scope, depth - 1), position(scope, depth - 1)])],
    [3, () => operation("concatArray", type, [part(), part()])],
  ];
  const tables = scope.variables.filter(({ table }) => table?.some((one) => sameType(one, of)));
  if (tables.length > 0)
    wanted.push([
      20,
      () => {
        const table = random.pick(tables);
        const types = table.table as readonly Type[];
        const name = types.length === 1 ? "setValues" : sameType(types[0] as Type, of) ? "tableKeys" : "tableValues";
        return operation(name, type, [variable(table)], { types });
      },
    ]);
  return wanted;
}
