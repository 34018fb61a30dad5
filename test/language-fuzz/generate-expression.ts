// Random expressions of a wanted type from what is in scope. Numbers stay small more often than not, so that calls get further
// than their first overflow.

import { type Candidate, oneOf } from "./candidates.js";
import { randomValue } from "./generate-values.js";
import type {
  ArithmeticOperator,
  Call,
  Comparison,
  Expression,
  Literal,
  Method,
  Operation,
  Parameter,
} from "./program.js";
import type { Scope, Variable } from "./scope.js";
import {
  ADDRESS,
  BOOL,
  BYTES,
  type CollectionType,
  HASH,
  hasEquality,
  I32,
  INTS,
  type IntType,
  isShared,
  isWide,
  STRING,
  sameType,
  type Type,
  U32,
  U64,
  U256,
  VOID,
} from "./types.js";

export function literal(type: Type, scope: Scope): Literal {
  return { kind: "literal", type, value: randomValue(type, scope.random) };
}

export function number(type: Type, value: bigint | number): Literal {
  return { kind: "literal", type, value: BigInt(value) };
}

export function operation(
  name: string,
  type: Type,
  args: readonly Expression[],
  more: Partial<Operation> = {},
): Operation {
  return { kind: "operation", name, type, args, ...more };
}

export function variable({ name, type }: Variable): Expression {
  return { kind: "local", name, type };
}

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

/** Something that is there already, or a literal. */
export function leaf(type: Type, scope: Scope): Expression {
  const { random } = scope;
  const places = scope.random.chance(80) ? known(type, scope) : [];
  if (places.length > 0) return random.pick(places);
  if (type.kind === "struct" || type.kind === "fixed") return { kind: "new", type };
  if (type.kind === "option" && isShared(type.of)) return { kind: "literal", type, value: null };
  if (type.kind === "array") {
    const count = isShared(type.of) ? random.below(2) : random.below(4);
    return { kind: "array-literal", type, items: Array.from({ length: count }, () => leaf(type.of, scope)) };
  }
  return literal(type, scope);
}

/** Variables, constants and fields of the type, also in structs that are there. */
function known(type: Type, scope: Scope): Expression[] {
  const found: Expression[] = [];
  const add = (place: Expression, level: number): void => {
    if (sameType(place.type, type)) found.push(place);
    if (place.type.kind !== "struct" || level > 1) return;
    for (const field of place.type.fields)
      add({ kind: "field", type: field.type, of: place, name: field.name }, level + 1);
  };
  for (const one of scope.variables) if (one.table === undefined) add(variable(one), 0);
  if (scope.hasSelf) {
    for (const field of scope.fields)
      if (field.collection === undefined) add({ kind: "own", type: field.type, name: field.name }, 0);
  }
  for (const { name, value } of scope.program.constants) add({ kind: "constant", type: value.type, name }, 0);
  return found;
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

/** Places that hold the type and may be changed. */
export function assignable(type: Type | undefined, scope: Scope): Expression[] {
  const found: Expression[] = [];
  const add = (place: Expression, level: number, isPlace: boolean): void => {
    if (isPlace && (type === undefined || sameType(place.type, type))) found.push(place);
    if (place.type.kind !== "struct" || level > 1) return;
    for (const field of place.type.fields)
      add({ kind: "field", type: field.type, of: place, name: field.name }, level + 1, true);
  };
  for (const one of scope.variables) {
    if (one.table !== undefined) continue;
    if (one.owned || !isShared(one.type)) add(variable(one), 0, one.mutable);
    else if (one.mutable && (type === undefined || sameType(one.type, type))) found.push(variable(one));
  }
  if (scope.hasSelf && scope.writes) {
    for (const field of scope.fields)
      if (field.collection === undefined) add({ kind: "own", type: field.type, name: field.name }, 0, true);
    for (const method of scope.methods)
      if (method.accessor === "set")
        add({ kind: "property", type: (method.parameters[0] as Parameter).type, name: method.name.slice(4) }, 2, true);
  }
  return found;
}

/** Arrays of the type that are there. */
export function arraysOf(type: Type, scope: Scope): Expression[] {
  const lists = known({ kind: "array", of: type }, scope);
  for (const length of [1, 2, 3, 4]) lists.push(...known({ kind: "fixed", of: type, length }, scope));
  return lists;
}

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

function integers(type: IntType, scope: Scope, depth: number): Candidate<Expression>[] {
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

/** A variable where a constant alone would be folded; a literal if there is none. */
function leafVariable(type: Type, scope: Scope): Expression {
  const places = known(type, scope).filter(({ kind }) => kind !== "constant");
  return places.length > 0 ? scope.random.pick(places) : literal(type, scope);
}

function cast(type: IntType, scope: Scope, depth: number): Expression {
  const { random } = scope;
  if (random.chance(15)) return { kind: "cast", type, of: condition(scope, depth - 1) };
  const from = random.pick(Object.values(INTS));
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

/** Every array that is there. */
export function everyArray(scope: Scope): Expression[] {
  const types = [
    ...scope.variables.filter(({ table }) => table === undefined).map(({ type }) => type),
    ...(scope.hasSelf ? scope.fields.filter(({ collection }) => collection === undefined).map(({ type }) => type) : []),
  ].filter(({ kind }) => kind === "array");
  return types.flatMap((type) => known(type, scope));
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

/** Ways to read the type from the stored collections. */
function collectionReads(type: Type, scope: Scope): ((depth: number) => Expression)[] {
  if (!scope.hasSelf) return [];
  const reads: ((depth: number) => Expression)[] = [];
  for (const field of scope.fields) {
    if (field.collection === undefined) continue;
    reads.push(
      ...readsOf(
        field.collection,
        () => ({ kind: "own", type: VOID, name: field.name, collection: field.collection as CollectionType }),
        type,
        scope,
      ),
    );
  }
  return reads;
}

function readsOf(
  collection: CollectionType,
  of: (depth: number) => Expression,
  type: Type,
  scope: Scope,
): ((depth: number) => Expression)[] {
  const reads: ((depth: number) => Expression)[] = [];
  const add = (name: string, result: Type, ...parameters: Type[]): void => {
    if (!sameType(result, type)) return;
    reads.push((depth) => {
      const args = parameters.map((parameter) =>
        parameter === I32 ? position(scope, depth - 1) : expression(parameter, scope, depth - 2),
      );
      return operation(name, type, [of(depth), ...args], { collection });
    });
  };
  switch (collection.kind) {
    case "storage-map": {
      const { key, value } = collection;
      if (isCollection(value)) {
        const inner = (depth: number) =>
          operation("get", VOID, [of(depth), expression(key, scope, depth - 2)], { collection });
        return readsOf(value, inner, type, scope);
      }
      add("get", value, key);
      add("has", BOOL, key);
      break;
    }
    case "storage-vec":
      add("length", I32);
      add("get", collection.of, I32);
      add("page", { kind: "array", of: collection.of }, I32, I32);
      break;
    case "storage-set":
      add("size", I32);
      add("has", BOOL, collection.of);
      add("at", collection.of, I32);
      add("page", { kind: "array", of: collection.of }, I32, I32);
      break;
    case "iterable-map":
      add("size", I32);
      add("has", BOOL, collection.key);
      add("get", collection.value, collection.key);
      add("keyAt", collection.key, I32);
      add("keys", { kind: "array", of: collection.key }, I32, I32);
      add("values", { kind: "array", of: collection.value }, I32, I32);
      break;
  }
  return reads;
}

export function isCollection(type: Type | CollectionType): type is CollectionType {
  return type.kind.includes("-");
}
