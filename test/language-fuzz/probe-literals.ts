// Integer literals of every notation at every place that expects a type: the number that is written, whatever its width. And
// numbers that the type does not have, at the same places: a build refuses them.

import type { Random } from "../hostile/random.js";
import { inRange } from "./arithmetic.js";
import { fail } from "./failure.js";
import { binary, custom, declare, give, local, own, push, run, set } from "./nodes.js";
import type { Expression, Field, Literal, Method, Program, Statement } from "./program.js";
import { BOOL, fits, INTS, type IntType, least, most, STRING, type Type, VOID } from "./types.js";

const NUMBERS: Type = { kind: "array", of: STRING };
const LITERAL_TYPES = Object.values(INTS);
const TABLES = LITERAL_TYPES.map((type) => ({ type, map: { kind: "storage-map", key: type, value: type } as const }));

export const LITERAL_FIELDS: readonly Field[] = TABLES.flatMap(({ type, map }): Field[] => [
  { name: `lit_${type.name}`, type },
  { name: `lits_${type.name}`, type: VOID, collection: map },
]);

/** Numbers at which one width or another ends. */
const EDGES: readonly bigint[] = [8, 16, 31, 32, 53, 63, 64, 65, 127, 128, 129, 255, 256].flatMap((bits) =>
  [-1n, 0n, 1n].flatMap((by) => [(1n << BigInt(bits)) + by, -(1n << BigInt(bits)) + by]),
);

export function writtenNumber(value: bigint, random: Random): string {
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? "-" : "";
  const digits = String(size);
  const text = [
    digits,
    digits,
    digits.replace(/\B(?=(\d{3})+$)/g, "_"),
    `0x${random.chance(50) ? size.toString(16) : size.toString(16).toUpperCase()}`,
    `0b${size.toString(2)}`,
    `0o${size.toString(8)}`,
    `${digits}n`,
    `0x${size.toString(16)}n`,
  ][random.below(8)];
  return sign + text;
}

function edgeOf(type: IntType, random: Random): bigint {
  const all = [...EDGES, least(type), most(type), 0n, 1n, 100n].filter((value) => fits(type, value));
  return random.chance(25) ? random.pick([least(type), most(type)]) : random.pick(all);
}

function beyond(type: IntType, random: Random): bigint {
  const near = [least(type) - 1n, most(type) + 1n, 1n << BigInt(type.bits), -(1n << BigInt(type.bits)), -1n, -5n];
  const outside = [...near, ...near, ...EDGES].filter((value) => !fits(type, value));
  return random.pick(outside);
}

const literalOf = (type: IntType, value: bigint, random: Random): Literal => ({
  kind: "literal",
  type,
  value,
  written: writtenNumber(value, random),
});

/** Functions and classes of the file that take or hold numbers. */
export function literalExtras(random: Random): { extras: NonNullable<Program["extras"]>; given: Given } {
  const given = new Map<string, bigint>();
  const extras = LITERAL_TYPES.map((type) => {
    const value = edgeOf(type, random);
    given.set(type.name, value);
    const written = writtenNumber(value, random);
    return {
      name: `lit_${type.name}`,
      text: [
        `function same_${type.name}(x: ${type.name}): ${type.name} { return x; }`,
        `function or_${type.name}(x: ${type.name} = ${written}): ${type.name} { return x; }`,
        `function given_${type.name}(): ${type.name} { return ${written}; }`,
        `class Box_${type.name} { size: ${type.name} = ${written}; static readonly most: ${type.name} = ${written}; }`,
      ].join("\n"),
    };
  });
  return { extras, given };
}
/** What the functions and classes of each type give. */
type Given = ReadonlyMap<string, bigint>;

const decimal = (of: Expression): Expression =>
  custom(
    STRING,
    [of],
    ([a]) => `${a}.toString()`,
    ([a]) => String(a),
  );

/** Methods with literals; each gives what they were as texts. */
export function literalProbes(random: Random, given: Given): Method[] {
  return [0, 1, 2].map((index) => {
    const type = random.pick(LITERAL_TYPES);
    const body: Statement[] = [declare("all", NUMBERS, { kind: "array-literal", type: NUMBERS, items: [] })];
    for (let i = 0; i < 6; i++) body.push(...place(type, `x${i}`, given, random));
    body.push(...untyped(random));
    return {
      name: `lit${index}${"v".repeat(random.below(2))}`,
      kind: "execute",
      parameters: [
        { name: "v", type },
        { name: "yes", type: BOOL },
      ],
      result: NUMBERS,
      writes: true,
      body: [...body, give(local("all", NUMBERS))],
    };
  });
}

const keep = (of: Expression): Statement => push(local("all", NUMBERS), decimal(of));

function place(type: IntType, name: string, given: Given, random: Random): Statement[] {
  const literal = () => literalOf(type, edgeOf(type, random), random);
  const v = local("v", type);
  const asText = (of: Expression) => keep(of);
  const yes = local("yes", BOOL);
  const ofFile = (text: string): Expression => {
    const value = given.get(type.name) as bigint;
    return custom(
      type,
      [],
      () => text,
      () => value,
    );
  };
  const map = TABLES.find((one) => one.type === type)?.map as (typeof TABLES)[number]["map"];
  const table: Expression = { kind: "own", name: `lits_${type.name}`, type: VOID, collection: map };
  const ways: readonly (() => Statement[])[] = [
    () => [declare(name, type, literal()), asText(local(name, type))],
    () => [
      asText(
        custom(
          type,
          [{ kind: "literal", type: BOOL, value: true }, literal()],
          ([, a]) => `same_${type.name}(${a})`,
          ([, a]) => a as bigint,
        ),
      ),
    ],
    () => [asText(ofFile(random.pick([`or_${type.name}()`, `given_${type.name}()`])))],
    () => [asText(ofFile(random.pick([`new Box_${type.name}().size`, `Box_${type.name}.most`])))],
    () => {
      const list: Type = { kind: "array", of: type };
      const items = [literal(), v, literal()];
      const at: Expression = { kind: "literal", type: INTS["i32"] as Type, value: BigInt(random.pick([0, 2])) };
      return [
        declare(name, list, { kind: "array-literal", type: list, items }),
        asText({ kind: "index", type, of: local(name, list), at }),
      ];
    },
    () => {
      const operator = random.pick(["<", "<=", ">", ">=", "==", "!="] as const);
      return [
        {
          kind: "if",
          condition: { kind: "comparison", type: BOOL, operator, left: v, right: literal() },
          yes: [asText(v)],
        },
      ];
    },
    () => [
      declare(name, type, { kind: "ternary", type, condition: yes, yes: literal(), no: literal() }),
      asText(local(name, type)),
    ],
    () => [set(own(`lit_${type.name}`, type), literal())],
    () => [
      {
        kind: "if",
        condition: yes,
        yes: [
          run({
            kind: "assignment",
            type,
            operator: random.pick(["+=", "-=", "|=", "&=", "^="]),
            target: own(`lit_${type.name}`, type),
            value: literal(),
          }),
        ],
      },
    ],
    () => [run({ kind: "operation", name: "set", type: VOID, args: [table, literal(), literal()], collection: map })],
    () => [asText({ kind: "operation", name: "get", type, args: [table, literal()], collection: map })],
    () => [asText(binary(random.pick(["&", "|", "^"]), v, literal()))],
    () => [
      {
        kind: "switch",
        of: v,
        cases: [{ values: [literal()], body: [asText(v)], falls: false }],
      },
    ],
    () => {
      const value = random.chance(50) ? random.pick(EDGES) : edgeOf(type, random);
      const text = random.chance(20)
        ? random.pick(["", "-", "+1", " 1", "1x", "abc", "12 ", "0x", "--1"])
        : String(value);
      const parsed = custom(
        type,
        [],
        () => `${type.name}.parse(${JSON.stringify(text)})`,
        () => {
          if (!(type.signed ? /^-?[0-9]+$/ : /^[0-9]+$/).test(text)) fail("OutOfRange");
          return inRange(type, BigInt(text));
        },
      );
      return [{ kind: "if", condition: yes, yes: [asText(parsed)] }];
    },
  ];
  return random.pick(ways)();
}

/** A literal that no place gives a type: it is of the first of these that has it. */
const UNTYPED = ["i32", "u32", "i64", "u64", "u256", "i256"].map((name) => INTS[name] as IntType);

function untyped(random: Random): Statement[] {
  const value = random.pick(EDGES.filter((edge) => UNTYPED.some((type) => fits(type, edge))));
  const type = UNTYPED.find((one) => fits(one, value)) as IntType;
  const declared: Statement = {
    kind: "let",
    name: "u",
    type,
    value: { kind: "literal", type, value, written: writtenNumber(value, random) },
    typed: false,
  };
  return [declared, keep(local("u", type))];
}

/** Methods in which a number stands that the type does not have, or that use what has one. */
export function wrongLiterals(random: Random, count: number): Method[] {
  return Array.from({ length: count }, (_, index) => {
    const type = random.pick(LITERAL_TYPES);
    const t = type.name;
    const wrong = writtenNumber(beyond(type, random), random);
    const name = `beyond${index}`;
    // Narrower types meet a larger number in a wider type, where the result is exact.
    const mixed: readonly (readonly [body: string])[] = [
      [`return v > ${wrong} ? "more" : "less";`],
      [`return v == ${wrong} ? "yes" : "no";`],
      [`return (v + ${wrong}).toString();`],
      [`return (v & ${wrong}).toString();`],
      [`switch (v) { case ${wrong}: return "yes"; default: return "no"; }`],
    ];
    const [text, top] = random.pick<readonly [body: string, top?: string]>([
      ...(type.bits < 64 ? [] : mixed),
      [`const x: ${t} = ${wrong}; return x.toString();`],
      [`let x: ${t} = v; x = ${wrong}; return x.toString();`],
      [`return same_${t}(${wrong}).toString();`],
      [`const list: ${t}[] = [v, ${wrong}]; return list[1].toString();`],
      [`this.lit_${t} = ${wrong}; return "";`],
      [`this.lit_${t} += ${wrong}; return "";`],
      [`this.lits_${t}.set(v, ${wrong}); return "";`],
      [`this.lits_${t}.set(${wrong}, v); return "";`],
      [`return this.lits_${t}.get(${wrong}).toString();`],
      [`const x: ${t} = v == 0 ? v : ${wrong}; return x.toString();`],
      [`for (let i: ${t} = ${wrong}; i < v; i++) return "in"; return "out";`],
      [`return of_${name}().toString();`, `function of_${name}(): ${t} { return ${wrong}; }`],
      [`return of_${name}().toString();`, `function of_${name}(x: ${t} = ${wrong}): ${t} { return x; }`],
      [`return new Of_${name}().size.toString();`, `class Of_${name} { size: ${t} = ${wrong}; }`],
      [`return Of_${name}.most.toString();`, `class Of_${name} { static readonly most: ${t} = ${wrong}; }`],
      [`return of_${name}.toString();`, `const of_${name}: ${t} = ${wrong};`],
    ]);
    return {
      name,
      kind: "execute",
      parameters: [{ name: "v", type }],
      result: STRING,
      writes: true,
      body: [],
      raw: {
        text: `@execute ${name}(v: ${t}): string { ${text} }`,
        // asc says of some numbers that they need a cast, and of wide ones that they do not go with narrow ones.
        codes: ["QW191", "AS200", "AS2365"],
        ...(top === undefined ? {} : { top }),
      },
    };
  });
}
