// Methods that use functions of AssemblyScript's library whose like JavaScript has, with odd arguments: the model asks JavaScript.

import type { Random } from "../hostile/random.js";
import { randomInteger } from "./generate-values.js";
import { custom, declare, give, local, own, run } from "./nodes.js";
import type { Expression, Field, Method, Statement } from "./program.js";
import {
  BOOL,
  BYTES,
  I32,
  INTS,
  type IntType,
  isWide,
  type ListValue,
  STRING,
  type StructType,
  type Type,
  type Value,
  VOID,
  wrap,
} from "./types.js";

const TEXTS: Type = { kind: "array", of: STRING };
const NARROW = Object.values(INTS).filter((type) => !isWide(type));

export const RANKED: StructType = {
  kind: "struct",
  name: "Ranked",
  fields: [
    { name: "rank", type: INTS["u8"] as Type },
    { name: "id", type: I32 },
  ],
};
const RANKING: Type = { kind: "array", of: RANKED };
export const LIBRARY_FIELDS: readonly Field[] = [
  { name: "ranking", type: RANKING },
  { name: "said", type: TEXTS },
];

const items = (value: Value | undefined) => (value as ListValue).items;
const text = (value: Value | undefined) => value as string;
const literal = (value: string): Expression => ({ kind: "literal", type: STRING, value });

/** The methods, and what stands in the file for them. */
export function libraryProbes(random: Random): { methods: Method[]; extras: { name: string; text: string }[] } {
  const ranks = 2 + random.below(4);
  const methods = [sorting(random, ranks), searching(random), onTexts(random), onBits(random), onBooleans(random)];
  return { methods, extras: [{ name: "rank", text: rankSource(ranks) }] };
}

const method = (
  name: string,
  parameters: Method["parameters"],
  result: Type,
  body: readonly Statement[],
  writes = true,
): Method => ({ name, kind: writes ? "execute" : "query", parameters, result, writes, body });

/** Sorts numbers by value, and structs of a few ranks, with and without an end of the list that is sorted already. */
function sorting(random: Random, ranks: number): Method {
  // The difference of two i32 has more bits than an i32.
  const type = random.chance(40) ? I32 : random.pick(Object.values(INTS));
  const list: Type = { kind: "array", of: type };
  const given = local("given", list);
  const sorted = custom(
    list,
    [given],
    ([a]) => `${a}.sort()`,
    ([a]) => {
      items(a).sort((x, y) => ((x as bigint) < (y as bigint) ? -1 : x === y ? 0 : 1));
      return a as Value;
    },
  );
  const count = random.pick([5, 20, 48, 49, 60, 90]);
  const way = random.pick(["(a: Ranked, b: Ranked): i32 => <i32>a.rank - <i32>b.rank", "byRank"]);
  const ranked = custom(
    VOID,
    [own("ranking", RANKING), { kind: "literal", type: I32, value: BigInt(count) }, local("seed", INTS["u8"] as Type)],
    ([list, n, seed]) => `rank(${list}, ${n}, ${seed}); ${list}.sort(${way})`,
    ([list, n, seed]) => {
      const made = items(list);
      made.length = 0;
      for (let id = 0; id < Number(n); id++) {
        const rank = BigInt((id * 7 + Number(seed) * (id % 3)) % ranks);
        made.push({ fields: { rank, id: BigInt(id) } });
      }
      made.sort((a, b) => Number((a as Ranked).fields.rank - (b as Ranked).fields.rank));
      return null;
    },
  );
  return method(
    `sort${"s".repeat(random.below(2))}`,
    [
      { name: "given", type: list },
      { name: "seed", type: INTS["u8"] as Type },
    ],
    list,
    [run(sorted), run(ranked), give(given)],
  );
}
interface Ranked {
  readonly fields: { readonly rank: bigint; readonly id: bigint };
}

function rankSource(ranks: number): string {
  return `function byRank(a: Ranked, b: Ranked): i32 { return <i32>a.rank - <i32>b.rank; }
function rank(list: Ranked[], count: i32, seed: u8): void {
  list.length = 0;
  for (let id = 0; id < count; id++) {
    const one = new Ranked();
    one.rank = <u8>((id * 7 + <i32>seed * (id % 3)) % ${ranks});
    one.id = id;
    list.push(one);
  }
}`;
}

/** fill, copyWithin, join, lastIndexOf, with bounds from before the start to behind the end. */
function searching(random: Random): Method {
  const type = random.pick(NARROW);
  const list: Type = { kind: "array", of: type };
  const given = local("given", list);
  const bound = () => random.below(17) - 8;
  const body: Statement[] = [declare("said", TEXTS, { kind: "array-literal", type: TEXTS, items: [] })];
  for (let i = 0; i < 4; i++) {
    const [a, b, c] = [bound(), bound(), bound()];
    const value = random.below(100);
    const change = random.pick<readonly [string, (list: Value[]) => void]>([
      [`fill(${value}, ${a}, ${b})`, (one) => one.fill(BigInt(value), a, b)],
      [`fill(${value}, ${a})`, (one) => one.fill(BigInt(value), a)],
      [`copyWithin(${a}, ${b}, ${c})`, (one) => one.copyWithin(a, b, c)],
      [`copyWithin(${a}, ${b})`, (one) => one.copyWithin(a, b)],
      [`splice(${a}, ${random.below(3)})`, () => {}],
      ["reverse()", (one) => one.reverse()],
    ]);
    if (change[0].startsWith("splice")) {
      const count = Number(/, (\d)/.exec(change[0])?.[1]);
      body.push(changing(given, change[0], (one) => one.splice(a, count)));
    } else body.push(changing(given, change[0], change[1]));
    const between = random.pick([",", "", "😀", "--"]);
    const part = random.chance(50);
    const joined = custom(
      STRING,
      [given],
      ([one]) => `${one}${part ? ".slice(0, 1)" : ""}.join(${JSON.stringify(between)})`,
      ([one]) =>
        items(one)
          .slice(0, part ? 1 : undefined)
          .map(String)
          .join(between),
    );
    body.push(run(pushText(joined)));
  }
  return method(`find${"r".repeat(random.below(2))}`, [{ name: "given", type: list }], TEXTS, [
    ...body,
    give(local("said", TEXTS)),
  ]);
}

const pushText = (value: Expression): Expression => ({
  kind: "operation",
  name: "push",
  type: VOID,
  args: [local("said", TEXTS), value],
  types: [STRING],
});

const changing = (given: Expression, how: string, change: (list: Value[]) => void): Statement =>
  run(
    custom(
      VOID,
      [given],
      ([one]) => `${one}.${how}`,
      ([one]) => {
        change(items(one));
        return null;
      },
    ),
  );

/** replaceAll, padStart and their kin, of short texts in which much recurs. */
function onTexts(random: Random): Method {
  const body: Statement[] = [declare("said", TEXTS, { kind: "array-literal", type: TEXTS, items: [] })];
  const [one, other] = [local("one", STRING), local("other", STRING)];
  const few = () => Array.from({ length: random.below(4) }, () => random.pick(["a", "b", " ", "ab"])).join("");
  for (let i = 0; i < 5; i++) {
    const [a, b] = [random.chance(70) ? literal(few()) : other, random.chance(70) ? literal(few()) : other];
    const n = random.below(14) - 4;
    const repeated = custom(
      STRING,
      [one, a],
      ([t, u]) => `(${t} + ${u} + "ab aab" + ${u})`,
      ([t, u]) => `${text(t)}${text(u)}ab aab${text(u)}`,
    );
    const way = random.pick<readonly [string, (t: string, u: string, v: string) => string]>([
      ["replaceAll(A, B)", (t, u, v) => t.replaceAll(u, () => v)],
      ["replaceAll(A, B)", (t, u, v) => t.replaceAll(u, () => v)],
      ["replace(A, B)", (t, u, v) => t.replace(u, () => v)],
      [`padStart(${n}, A)`, (t, u) => t.padStart(n, u)],
      [`padEnd(${n}, A)`, (t, u) => t.padEnd(n, u)],
      [`split(A).join("|")`, (t, u) => t.split(u).join("|")],
      [`substr(${n}, ${n + 2})`, (t) => t.substr(n, n + 2)],
      [`substring(${n}, ${random.below(9)})`, (t) => t],
      ["trimStart()", (t) => t.trimStart()],
      ["trimEnd()", (t) => t.trimEnd()],
      [`lastIndexOf(A).toString()`, (t, u) => String(t.lastIndexOf(u))],
      [`indexOf(A, ${n}).toString()`, (t, u) => String(t.indexOf(u, n))],
      [`includes(A) ? "yes" : "no"`, (t, u) => (t.includes(u) ? "yes" : "no")],
      [`endsWith(A) ? "yes" : "no"`, (t, u) => (t.endsWith(u) ? "yes" : "no")],
    ]);
    const [how, inJavaScript] = way;
    const bounds = /^substring\((-?\d+), (\d+)\)/.exec(how);
    const value = custom(
      STRING,
      [repeated, a, b],
      ([t, u, v]) => `${t}.${how.replaceAll(/[AB](?=[,)])/g, (letter) => (letter === "A" ? u : v) as string)}`,
      ([t, u, v]) =>
        bounds === null
          ? inJavaScript(text(t), text(u), text(v))
          : text(t).substring(Number(bounds[1]), Number(bounds[2])),
    );
    body.push(run(pushText(value)));
  }
  return method(
    `say${"q".repeat(random.below(3))}`,
    [
      { name: "one", type: STRING },
      { name: "other", type: STRING },
    ],
    TEXTS,
    [...body, give(local("said", TEXTS))],
    false,
  );
}

/** clz, popcnt and their kin count in the bits of the type. */
function onBits(random: Random): Method {
  const list: Type = { kind: "array", of: INTS["i64"] as Type };
  const type = random.pick(NARROW);
  const bits = BigInt(type.bits);
  const x = local("x", type);
  const by = BigInt(random.below(type.bits));
  const bitsOf = (value: Value | undefined) => BigInt.asUintN(type.bits, value as bigint);
  const digits = (value: Value | undefined) => bitsOf(value).toString(2).padStart(type.bits, "0");
  const turned = (value: Value | undefined, left: bigint) => {
    const raw = bitsOf(value);
    return wrap(type, (raw << left) | (raw >> (bits - left)));
  };
  const counts: readonly (readonly [string, (value: Value | undefined) => bigint])[] = [
    [`clz<${type.name}>(X)`, (v) => BigInt(digits(v).indexOf("1") < 0 ? type.bits : digits(v).indexOf("1"))],
    [`ctz<${type.name}>(X)`, (v) => BigInt(bitsOf(v) === 0n ? type.bits : type.bits - 1 - digits(v).lastIndexOf("1"))],
    [`popcnt<${type.name}>(X)`, (v) => BigInt(digits(v).replaceAll("0", "").length)],
    [`rotl<${type.name}>(X, ${by})`, (v) => turned(v, by)],
    [`rotr<${type.name}>(X, ${by})`, (v) => turned(v, (bits - by) % bits)],
    [`clz(X)`, (v) => BigInt(digits(v).indexOf("1") < 0 ? type.bits : digits(v).indexOf("1"))],
    [`popcnt(X)`, (v) => BigInt(digits(v).replaceAll("0", "").length)],
  ];
  const values = Array.from({ length: 4 }, () => {
    const [how, count] = random.pick(counts);
    const known = random.chance(20);
    const literalOf: Expression = { kind: "literal", type, value: randomInteger(type, random) };
    const of = known ? literalOf : x;
    // u64 has numbers that i64 has not.
    return custom(
      INTS["i64"] as IntType,
      [of],
      ([v]) => `wrappingCast<i64>(${how.replace("X", v as string)})`,
      ([v]) => wrap(INTS["i64"] as IntType, count(v)),
    );
  });
  return method(
    `bits${"p".repeat(random.below(2))}`,
    [{ name: "x", type }],
    list,
    [give({ kind: "array-literal", type: list, items: values })],
    false,
  );
}

/** Numbers made of booleans, and conditions on what may be null. */
function onBooleans(random: Random): Method {
  const [a, b] = [local("a", BOOL), local("b", BOOL)];
  const maybe: Type = { kind: "option", of: random.pick([STRING, BYTES]) };
  const of = local("maybe", maybe);
  const number = (name: string) =>
    custom(
      I32,
      [a, b, of],
      ([p, q, m]) => `<${name}>${p} + <${name}>${q} * 2 + (${m} ? 4 : 0) + (!${m} ? 8 : 0) + (${p} == ${q} ? 16 : 0)`,
      ([p, q, m]) => BigInt(Number(p) + Number(q) * 2 + (m === null ? 8 : 4) + (p === q ? 16 : 0)),
    );
  const plain = random.chance(50);
  const bits = custom(
    BOOL,
    [a, b],
    ([p, q]) => `(${p} & ${q}) == ${plain ? `(${p} && ${q})` : `!(!${p} | !${q})`}`,
    () => true,
  );
  return method(
    `flags${"o".repeat(random.below(2))}`,
    [
      { name: "a", type: BOOL },
      { name: "b", type: BOOL },
      { name: "maybe", type: maybe },
    ],
    I32,
    [{ kind: "require", condition: bits, problem: { kind: "none" } }, give(number("i32"))],
    false,
  );
}
