// Methods that make arrays shorter in every way and longer again: what was removed stays removed. Places that were never set
// read as zero, or end the call where an object would be (NullValue), as the page of the language says.

import type { Random } from "../hostile/random.js";
import { NEVER_SET, zeroOf } from "./borsh.js";
import { fail, trap } from "./failure.js";
import { randomValue } from "./generate-values.js";
import { custom, declare, give, local, own, push, run, set, whole } from "./nodes.js";
import type { Expression, Field, Method, Statement } from "./program.js";
import {
  ADDRESS,
  BOOL,
  BYTES,
  HASH,
  I32,
  INTS,
  type ListValue,
  STRING,
  type StructType,
  type Type,
  type Value,
} from "./types.js";

const PAIR: StructType = {
  kind: "struct",
  name: "Pair",
  fields: [
    { name: "a", type: INTS["u8"] as Type },
    { name: "b", type: { kind: "array", of: INTS["u8"] as Type } },
  ],
};
const TRIO: StructType = {
  kind: "struct",
  name: "Trio",
  fields: [{ name: "list", type: { kind: "array", of: STRING } }],
};
export const GHOST_STRUCTS: readonly StructType[] = [PAIR, TRIO];

const KINDS: readonly Type[] = [
  ...["u8", "i16", "u32", "i64", "u128", "u256", "i256"].map((name) => INTS[name] as Type),
  BOOL,
  STRING,
  BYTES,
  ADDRESS,
  HASH,
  PAIR,
  { kind: "option", of: STRING },
  { kind: "array", of: INTS["u16"] as Type },
];

/** A list of every kind that is stored. */
export const GHOST_FIELDS: readonly Field[] = [
  ...KINDS.map((of, i): Field => ({ name: `list${i}`, type: { kind: "array", of } })),
  { name: "trio", type: TRIO },
];

const items = (value: Value | undefined) => (value as ListValue).items;
const plain = (value: Value | undefined) => Number(value as bigint);

function unset(of: Type): Value {
  return of.kind === "struct" || of.kind === "array" || of.kind === "fixed" ? NEVER_SET : zeroOf(of);
}

function there(value: Value | undefined): Value {
  if (value === undefined) return trap();
  return value === NEVER_SET ? fail("NullValue") : value;
}

export function ghostProbes(random: Random): Method[] {
  return [0, 1, 2].map((index) => ghostProbe(`ghost${index}${"w".repeat(random.below(2))}`, random));
}

function ghostProbe(name: string, random: Random): Method {
  const kind = random.below(KINDS.length);
  const of = random.chance(15) ? STRING : (KINDS[kind] as Type);
  const type: Type = { kind: "array", of };
  const stored =
    of === STRING && random.chance(50)
      ? ({ kind: "field", of: own("trio", TRIO), name: "list", type } as const)
      : own(`list${KINDS.indexOf(of)}`, type);
  const isLocal = random.chance(40);
  const list = isLocal ? local("list", type) : stored;
  const literal = (): Expression =>
    of.kind === "struct" || of.kind === "array"
      ? random.chance(50)
        ? local("item", of)
        : of.kind === "struct"
          ? { kind: "new", type: of }
          : { kind: "array-literal", type: of, items: [] }
      : random.chance(60)
        ? local("item", of)
        : { kind: "literal", type: of, value: randomValue(of, random) };
  const body: Statement[] = [];
  if (isLocal) body.push(declare("list", type, local("given", type)));
  else if (random.chance(60)) body.push(set(list, local("given", type)));
  const count = 3 + random.below(6);
  for (let i = 0; i < count; i++) body.push(...changed(list, of, literal, random));
  // What is there now, with a mark where it is not: the result of a method cannot be what holds nothing.
  body.push(declare("ends", type, { kind: "array-literal", type, items: [] }));
  for (let i = 0; i < 2; i++) {
    const at = whole(random.below(4));
    body.push({
      kind: "if",
      condition: { kind: "comparison", type: BOOL, operator: ">", left: lengthOf(list), right: at },
      yes: [push(local("ends", type), itemOf(list, at, of))],
    });
  }
  if (isLocal && random.chance(50)) body.push(set(stored, local("list", type)));
  return {
    name,
    kind: "execute",
    parameters: [
      { name: "given", type },
      { name: "item", type: of },
    ],
    result: type,
    writes: true,
    body: [...body, give(local("ends", type))],
  };
}

function lengthOf(list: Expression): Expression {
  return custom(
    I32,
    [list],
    ([a]) => `${a}.length`,
    ([a]) => BigInt(items(a).length),
  );
}

function itemOf(list: Expression, at: Expression, of: Type): Expression {
  return custom(
    of,
    [list, at],
    ([a, n]) => `${a}[${n}]`,
    ([a, n]) => there(items(a)[plain(n)]),
  );
}

function changed(list: Expression, of: Type, value: () => Expression, random: Random): Statement[] {
  const grow = (values: Value[], length: number): void => {
    while (values.length < length) values.push(unset(of));
  };
  const step = (
    args: readonly Expression[],
    text: (args: readonly string[]) => string,
    change: (...args: Value[]) => void,
  ) =>
    run(
      custom(
        I32,
        [list, ...args],
        (all) => text(all),
        (all) => {
          change(...all);
          return 0n;
        },
      ),
    );
  const setLength = (n: number): Statement =>
    step(
      [],
      ([a]) => `${a}.length = ${n}`,
      (a) => {
        items(a).length = Math.min(n, items(a).length);
        grow(items(a), n);
      },
    );
  const guarded = (statement: Statement): Statement => ({
    kind: "if",
    condition: { kind: "comparison", type: BOOL, operator: ">", left: lengthOf(list), right: whole(0) },
    yes: [statement],
  });
  // Longer again at once, so that what was at the end would show.
  const longer = (statement: Statement): Statement[] => {
    const by = 1 + random.below(3);
    const grown = step(
      [],
      ([a]) => `${a}.length = ${a}.length + ${by}`,
      (a) => grow(items(a), items(a).length + by),
    );
    return random.chance(60) ? [statement, grown] : [statement];
  };
  const at = whole(random.below(6));
  switch (random.below(12)) {
    case 0:
      return [setLength(0), setLength(1 + random.below(6))];
    case 1:
      return [setLength(random.below(3))];
    case 2:
      return [setLength(2 + random.below(6))];
    case 3:
      return [setLength(0), step([at, value()], ([a, n, v]) => `${a}[${n}] = ${v}`, writing(grow))];
    case 4:
      return [step([at, value()], ([a, n, v]) => `${a}[${n}] = ${v}`, writing(grow))];
    case 5:
      return longer(
        guarded(
          step(
            [],
            ([a]) => `${a}.pop()`,
            (a) => there(items(a).pop()),
          ),
        ),
      );
    case 6:
      return longer(
        guarded(
          step(
            [],
            ([a]) => `${a}.shift()`,
            (a) => there(items(a).shift()),
          ),
        ),
      );
    case 7: {
      const [from, count] = [random.below(3), random.below(4)];
      return longer(
        step(
          [],
          ([a]) => `${a}.splice(${from}, ${count})`,
          (a) => items(a).splice(from, count),
        ),
      );
    }
    case 8:
      return [push(list, value())];
    case 9: {
      const from = random.below(3);
      return longer(
        step(
          [],
          ([a]) => `${a}.splice(${from})`,
          (a) => items(a).splice(from),
        ),
      );
    }
    case 10:
      return [
        random.chance(50)
          ? step(
              [],
              ([a]) => `${a}.reverse()`,
              (a) => items(a).reverse(),
            )
          : step(
              [value()],
              ([a, v]) => `${a}.unshift(${v})`,
              (a, v) => items(a).unshift(v as Value),
            ),
      ];
    default: {
      // What is left of a copy of it.
      const [from, to] = [random.below(2), 1 + random.below(4)];
      const part = custom(
        { kind: "array", of },
        [list],
        ([a]) => `${a}.slice(${from}, ${to})`,
        ([a]) => ({ items: items(a).slice(from, to) }),
      );
      return [set(list, part), setLength(random.below(5))];
    }
  }
}

const writing =
  (grow: (values: Value[], length: number) => void) =>
  (a: Value, n: Value, v: Value): void => {
    grow(items(a), plain(n));
    items(a)[plain(n)] = v;
  };
