// Shapes that random expressions seldom make, each with what it comes to stored: targets whose index or object does something,
// masks of small signed numbers, tables whose keys are made anew, and objects of fields that are held over a call of the peer.

import { type Candidate, oneOf } from "./candidates.js";
import { attemptOf } from "./generate-peer-call.js";
import { leafVariable, number, operation } from "./generate-place.js";
import { randomValue } from "./generate-values.js";
import type { ArithmeticOperator, Expression, Field, Method, PeerCall, Statement } from "./program.js";
import type { Scope } from "./scope.js";
import {
  ADDRESS,
  BOOL,
  BYTES,
  HASH,
  I32,
  INTS,
  type IntType,
  STRING,
  type StructType,
  type Type,
  U64,
  U256,
  VOID,
} from "./types.js";

const I64 = INTS["i64"] as IntType;
const LIST: Type = { kind: "array", of: I64 };
/** The struct of `parts` and `part`. */
export const PART: StructType = {
  kind: "struct",
  name: "Part",
  fields: [
    { name: "n", type: I64 },
    { name: "tags", type: LIST },
  ],
};
const PARTS: Type = { kind: "array", of: PART };

/** What the shapes are written to, beside the fields that every contract has. */
export const SHAPE_FIELDS: readonly Field[] = [
  { name: "seen", type: LIST },
  { name: "ring", type: LIST },
  { name: "turn", type: I32 },
  { name: "parts", type: PARTS },
  { name: "part", type: PART },
];

const own = (name: string, type: Type): Expression => ({ kind: "own", name, type });
const local = (name: string, type: Type): Expression => ({ kind: "local", name, type });
const field = (of: Expression, name: string, type: Type): Expression => ({ kind: "field", of, name, type });
const index = (of: Expression, at: Expression): Expression => ({
  kind: "index",
  of,
  at,
  type: (of.type as { of: Type }).of,
});
const binary = (operator: ArithmeticOperator, left: Expression, right: Expression): Expression => ({
  kind: "binary",
  type: left.type,
  operator,
  left,
  right,
});
const cast = (type: Type, of: Expression): Expression => ({ kind: "cast", type, of });
const run = (value: Expression): Statement => ({ kind: "expression", value });
const set = (target: Expression, value: Expression): Statement =>
  run({ kind: "assignment", type: target.type, operator: "=", target, value });
const declare = (name: string, type: Type, value: Expression): Statement => ({
  kind: "let",
  name,
  type,
  value,
  typed: true,
});
const push = (list: Expression, item: Expression): Statement =>
  run(operation("push", VOID, [list, item], { types: [(list.type as { of: Type }).of] }));
const items = (type: Type, values: readonly Expression[]): Expression => ({
  kind: "array-literal",
  type,
  items: values,
});
const call = (callee: string, type: Type): Expression => ({ kind: "call", type, callee, on: "own", args: [] });
const SEEN = own("seen", LIST);
const RING = own("ring", LIST);
const TURN = own("turn", I32);
const ONE_OF_FOUR = binary("&", TURN, number(I32, 3));
const first = index(own("parts", PARTS), number(I32, 0));

const HELPER = { kind: "helper", parameters: [], writes: true, access: "private" } as const;

/** Methods with effects whose results lead to what is changed. */
export const SHAPE_HELPERS: readonly Method[] = [
  {
    ...HELPER,
    name: "next",
    result: I32,
    body: [
      declare("at", I32, ONE_OF_FOUR),
      set(TURN, binary("+", local("at", I32), number(I32, 1))),
      { kind: "return", value: local("at", I32) },
    ],
  },
  {
    ...HELPER,
    name: "taken",
    result: PART,
    body: [set(TURN, binary("+", ONE_OF_FOUR, number(I32, 1))), { kind: "return", value: own("part", PART) }],
  },
];

const BY = local("by", I64);
const byIs = (operator: "<" | ">", value: number): Expression => ({
  kind: "comparison",
  type: BOOL,
  operator,
  left: BY,
  right: number(I64, value),
});

/** What the peer calls back: changes what is held meanwhile, puts others in its place, or fails after it. */
export const TOUCH: Method = {
  name: "touch",
  kind: "execute",
  parameters: [{ name: "by", type: I64 }],
  result: VOID,
  writes: true,
  body: [
    set(field(own("part", PART), "n", I64), BY),
    push(field(own("part", PART), "tags", LIST), BY),
    {
      kind: "if",
      condition: {
        kind: "comparison",
        type: BOOL,
        operator: ">",
        left: operation("length", I32, [own("parts", PARTS)]),
        right: number(I32, 0),
      },
      yes: [set(field(first, "n", I64), BY), push(field(first, "tags", LIST), BY)],
    },
    {
      kind: "if",
      condition: byIs("<", -14),
      yes: [set(own("parts", PARTS), items(PARTS, [{ kind: "new", type: PART }]))],
    },
    {
      kind: "if",
      condition: byIs(">", 14),
      yes: [{ kind: "revert", problem: { kind: "text", text: "too much" }, isThrow: false }],
    },
  ],
};

/** The statements of a shape; none where what they need is not in scope. */
export function shape(scope: Scope): readonly Statement[] {
  if (
    !scope.hasSelf ||
    !scope.writes ||
    !SHAPE_FIELDS.every(({ name }) => scope.fields.some((one) => one.name === name))
  )
    return [];
  const wanted: Candidate<readonly Statement[]>[] = [
    [10, () => countedTarget(scope)],
    [10, () => masks(scope)],
    [8, () => equalKeys(scope)],
  ];
  if (scope.methods.some(({ name }) => name === "next")) wanted.push([12, () => calledTarget(scope)]);
  if (scope.reentered !== undefined) wanted.push([30, () => heldOverCall(scope)]);
  return oneOf(scope.random, wanted) ?? [];
}

function littleNumber({ random }: Scope): Expression {
  return number(I64, random.below(40) - 20);
}

function fourNumbers(scope: Scope, more = 0): Expression {
  return items(
    LIST,
    Array.from({ length: 4 + more }, () => littleNumber(scope)),
  );
}

/** Stores numbers, mostly beside those of the shapes before. */
function record(values: readonly Expression[], { random }: Scope): Statement[] {
  return random.chance(30) ? [set(SEEN, items(LIST, values))] : values.map((value) => push(SEEN, value));
}

/** `target += 5`, `target++` and the like; now and then what it gives is kept. */
function changed(target: Expression, scope: Scope): Expression {
  const { random } = scope;
  if (random.chance(40))
    return { kind: "step", type: I64, operator: random.pick(["++", "--"]), prefix: random.chance(50), target };
  const operator = random.pick(["+=", "-=", "*=", "|=", "^=", "&="] as const);
  return { kind: "assignment", type: I64, operator, target, value: littleNumber(scope) };
}

/** `list[i++] += 5` of an array that has it, also if the index is computed too often. */
function countedTarget(scope: Scope): Statement[] {
  const { random } = scope;
  const [list, at] = [scope.newName(), scope.newName()];
  const counter = local(at, I32);
  const made: Statement[] = [
    declare(list, LIST, fourNumbers(scope, 4)),
    declare(at, I32, random.chance(50) ? ONE_OF_FOUR : number(I32, random.below(2))),
  ];
  for (let i = 1 + random.below(3); i > 0; i--) {
    const step: Expression = { kind: "step", type: I32, operator: "++", prefix: random.chance(30), target: counter };
    const position = random.chance(50) ? step : binary("&", step, number(I32, 3));
    made.push(run(changed(index(local(list, LIST), position), scope)));
  }
  const kept = [0, 1, 2, 3, 4, 5].map((i) => index(local(list, LIST), number(I32, i)));
  return [...made, ...record([cast(I64, counter), ...kept], scope)];
}

/** `this.ring[this.next()] += 5` and `this.taken().n += 5`. */
function calledTarget(scope: Scope): Statement[] {
  const { random } = scope;
  const made = [set(RING, fourNumbers(scope))];
  for (let i = 1 + random.below(3); i > 0; i--) {
    const target = random.chance(60) ? index(RING, call("next", I32)) : field(call("taken", PART), "n", I64);
    made.push(run(changed(target, scope)));
  }
  return made;
}

/** `<i32>((x << 4) & -16)`, compared and divided. */
function masks(scope: Scope): Statement[] {
  const { random } = scope;
  const type = INTS[random.chance(50) ? "i8" : "i16"] as IntType;
  const half = 1 << (type.bits - 1);
  const parameter = scope.variables.find((one) => one.type === type);
  const value = scope.newName();
  // Computed, as what is known is folded.
  const given: Expression = random.chance(30)
    ? leafVariable(type, scope)
    : operation(
        "wrappingAdd",
        type,
        [
          number(type, random.pick([15, 127, -128, half - 1, -half, -1, 8, 100])),
          operation("wrappingCast", type, [TURN], { types: [type] }),
        ],
        { types: [type] },
      );
  const made = [declare(value, type, given)];
  const x = (): Expression =>
    parameter !== undefined && random.chance(50) ? local(parameter.name, type) : local(value, type);
  const masked = (): Expression => {
    const by = number(type, 1 + random.below(type.bits - 1));
    const shifted: Expression = random.chance(80)
      ? binary("<<", x(), by)
      : operation("wrappingMul", type, [x(), number(type, 3)], { types: [type] });
    const mask = number(type, random.chance(60) ? -(1 << random.below(type.bits)) : -1 - random.below(half));
    return binary(random.pick(["&", "&", "&", "|", "^"]), shifted, mask);
  };
  const kept = Array.from({ length: 4 }, () => {
    const one = masked();
    switch (random.below(3)) {
      case 0:
        return cast(I64, cast(I32, one));
      case 1:
        return cast(I64, binary(random.pick(["/", "%"]), one, number(type, random.pick([2, 3, 7]))));
      default: {
        const operator = random.pick(["<", ">", "==", "!=", "<=", ">="] as const);
        const right = number(type, random.pick([0, -16, 15, -1, 16, 127, -128]));
        return cast(I64, { kind: "comparison", type: BOOL, operator, left: one, right });
      }
    }
  });
  return [...made, ...record(kept, scope)];
}

/** A Set or Map whose keys are equal, and made one by one. */
function equalKeys(scope: Scope): Statement[] {
  const { random } = scope;
  const type = random.pick(
    [ADDRESS, BYTES, HASH, U256, INTS["i256"], INTS["u128"]].filter((one) => one !== undefined),
  ) as Type;
  const types = random.chance(50) ? [type] : [type, I64];
  const table = scope.newName();
  const of = local(table, VOID);
  const pool = Array.from({ length: 2 }, () =>
    type.kind === "int" ? BigInt(random.below(300)) : randomValue(type, random),
  );
  const key = (): Expression => {
    const value = random.pick(pool);
    const literal: Expression = { kind: "literal", type, value };
    if (type.kind === "int") {
      const half = number(type, (value as bigint) / 2n);
      return random.chance(50)
        ? cast(type, number(U64, value as bigint))
        : binary("+", half, number(type, (value as bigint) - (value as bigint) / 2n));
    }
    if (type.kind !== "bytes" || random.chance(30)) return literal;
    const cut = 2 * random.below((value as string).length / 2 + 1);
    const part = (text: string): Expression => ({ kind: "literal", type, value: text });
    return operation("bytesConcat", type, [part((value as string).slice(0, cut)), part((value as string).slice(cut))]);
  };
  const made: Statement[] = [
    { kind: "let", name: table, type: VOID, value: operation("newTable", VOID, [], { types }), typed: false },
  ];
  for (let i = 2 + random.below(4); i > 0; i--) {
    const args = types.length === 1 ? [of, key()] : [of, key(), littleNumber(scope)];
    made.push(run(operation(types.length === 1 ? "tableAdd" : "tableSet", VOID, args, { types })));
  }
  if (random.chance(30)) made.push(run(operation("tableDelete", VOID, [of, key()], { types })));
  const has = () => cast(I64, operation("tableHas", BOOL, [of, key()], { types }));
  const size = cast(I64, operation("tableSize", I32, [of], { types }));
  return [...made, ...record([size, has(), has()], scope)];
}

/** `const it = this.parts[0]`, a call of the peer, which may call back and change it, and `it.n = x`. */
function heldOverCall(scope: Scope): Statement[] {
  const { random } = scope;
  const made: Statement[] = [];
  if (random.chance(40)) {
    made.push(
      set(
        own("parts", PARTS),
        items(PARTS, [
          { kind: "new", type: PART },
          { kind: "new", type: PART },
        ]),
      ),
    );
    made.push(set(field(first, "n", I64), littleNumber(scope)));
  } else if (random.chance(60)) made.push(push(own("parts", PARTS), { kind: "new", type: PART }));
  const held = scope.newName();
  const kinds: readonly (() => [Type, Expression])[] = [
    () => [PART, own("part", PART)],
    () => [LIST, field(own("part", PART), "tags", LIST)],
    () => [PART, first],
    () => [LIST, field(first, "tags", LIST)],
    () => [PARTS, own("parts", PARTS)],
  ];
  const [type, value] = random.pick(kinds)();
  made.push(declare(held, type, value));
  const it = local(held, type);
  const calls = 1 + random.below(2);
  for (let i = 0; i < calls; i++) {
    made.push(calling(scope));
    if (type === LIST) made.push(push(it, littleNumber(scope)));
    else {
      const target = field(type === PART ? it : index(it, number(I32, 0)), "n", I64);
      made.push(random.chance(50) ? set(target, littleNumber(scope)) : run(changed(target, scope)));
    }
  }
  return made;
}

function calling(scope: Scope): Statement {
  const { random } = scope;
  const make = (how: PeerCall["how"]): PeerCall => {
    if (random.chance(25)) return { kind: "peer", how, action: "ping", args: [], type: how === "raw" ? BYTES : U64 };
    if (random.chance(15))
      return {
        kind: "peer",
        how,
        action: "text",
        args: [number(INTS["u32"] as Type, 7)],
        type: how === "raw" ? BYTES : STRING,
      };
    const args = [operation("encode", BYTES, [littleNumber(scope)], { types: [I64] })];
    return { kind: "peer", how, action: "back", method: "touch", args, type: BYTES };
  };
  if (random.chance(35)) return attemptOf(make("remote"), scope).statement;
  return run(make(random.chance(50) ? "raw" : "remote"));
}
