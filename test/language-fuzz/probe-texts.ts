// Methods that cut texts in the middle of a pair of UTF-16 and keep what is left: in memory the halves stay what they are, and
// join again; in UTF-8, wherever it is written, each half alone is U+FFFD, as TextEncoder has it.

import type { Random } from "../hostile/random.js";
import { binary, custom, declare, give, local, own, push, run, same, set, whole } from "./nodes.js";
import type { Expression, Field, Method, Record_, Statement } from "./program.js";
import { BOOL, BYTES, I32, STRING, type StructType, type Type, U64, VOID } from "./types.js";

const TEXTS: Type = { kind: "array", of: STRING };
const MAYBE: Type = { kind: "option", of: STRING };
/** A struct with texts. */
export const NOTE: StructType = {
  kind: "struct",
  name: "Note",
  fields: [
    { name: "text", type: STRING },
    { name: "more", type: TEXTS },
    { name: "maybe", type: MAYBE },
  ],
};
const BOOK = { kind: "storage-map", key: STRING, value: U64 } as const;
const NAMES = { kind: "storage-set", of: STRING } as const;
const TABLE = { kind: "iterable-map", key: STRING, value: STRING } as const;
const LINES = { kind: "storage-vec", of: STRING } as const;

export const TEXT_FIELDS: readonly Field[] = [
  { name: "cut", type: STRING },
  { name: "cuts", type: TEXTS },
  { name: "note", type: NOTE },
  { name: "maybe", type: MAYBE },
  { name: "book", type: VOID, collection: BOOK },
  { name: "names", type: VOID, collection: NAMES },
  { name: "table", type: VOID, collection: TABLE },
  { name: "lines", type: VOID, collection: LINES },
];
/** Said of a text; and what says it of one and fails. */
export const HEARD: Record_ = { name: "Heard", fields: [{ name: "text", type: STRING }] };
export const UNHEARD: Record_ = { name: "Unheard", fields: [{ name: "text", type: STRING }] };

const text = (value: unknown) => value as string;
const plain = (value: unknown) => Number(value as bigint);
const literal = (value: string): Expression => ({ kind: "literal", type: STRING, value });
const HALVES = ["\ud83d", "\ude00", "\udc00", "\udbff"];

/** Some methods of a program, each with two texts and a position. */
export function textProbes(random: Random, hasPeer: boolean): Method[] {
  return [0, 1].map((index) => textProbe(`cut${index}${"z".repeat(random.below(2))}`, random, hasPeer));
}

function textProbe(name: string, random: Random, hasPeer: boolean): Method {
  const body: Statement[] = [];
  const texts: Expression[] = [local("one", STRING), local("other", STRING), literal("😀𝔘")];
  const count = 3 + random.below(3);
  for (let i = 0; i < count; i++) {
    body.push(declare(`t${i}`, STRING, piece(random, texts)));
    texts.push(local(`t${i}`, STRING));
    if (random.chance(70)) body.push(...kept(random.pick(texts), random, hasPeer));
  }
  body.push(...kept(random.pick(texts), random, hasPeer));
  const last = texts.slice(-3);
  return {
    name,
    kind: "execute",
    parameters: [
      { name: "one", type: STRING },
      { name: "other", type: STRING },
      { name: "at", type: I32 },
    ],
    result: TEXTS,
    writes: true,
    body: [...body, give({ kind: "array-literal", type: TEXTS, items: last })],
  };
}

/** From 0 to 3, as the caller says. */
function position(random: Random): Expression {
  return random.chance(60)
    ? binary("&", local("at", I32), whole(random.pick([1, 3])))
    : whole(random.pick([0, 1, 1, 1, 2, 3, 5]));
}

function piece(random: Random, texts: readonly Expression[]): Expression {
  const of = random.pick(texts);
  const at = position(random);
  const other = random.pick(texts);
  const by = (name: string, args: readonly Expression[], cut: (t: string, ...rest: never[]) => string) =>
    custom(
      STRING,
      [of, ...args],
      ([a, ...more]) => `${a}.${name}(${more.join(", ")})`,
      ([a, ...more]) => cut(text(a), ...(more.map((one) => (typeof one === "bigint" ? plain(one) : one)) as never[])),
    );
  switch (random.below(12)) {
    case 0:
      return by("substring", [at, position(random)], (t, a: number, b: number) => t.substring(a, b));
    case 1:
      return by("slice", [at], (t, a: number) => t.slice(a));
    case 2:
      return by("slice", [whole(-1 - random.below(3))], (t, a: number) => t.slice(a));
    case 3:
      return by("charAt", [at], (t, a: number) => t.charAt(a));
    case 4: {
      const last = random.chance(50);
      return custom(
        STRING,
        [of],
        ([a]) => (last ? `${a}.split("").slice(-1).join("|")` : `${a}.split("").join("|")`),
        ([a]) => (last ? text(a).split("").slice(-1).join("|") : text(a).split("").join("|")),
      );
    }
    case 5:
      return by("padStart", [whole(random.below(9)), literal("😀")], (t, n: number, f: string) => t.padStart(n, f));
    case 6:
      return by("padEnd", [whole(random.below(9)), literal("é😀")], (t, n: number, f: string) => t.padEnd(n, f));
    case 7: {
      const args = [literal(random.pick(HALVES)), literal("-")];
      return random.chance(50)
        ? by("replace", args, (t, a: string, b: string) => t.replace(a, b))
        : by("replaceAll", args, (t, a: string, b: string) => t.replaceAll(a, b));
    }
    case 8:
      return custom(
        STRING,
        [of, at],
        ([a, n]) => `String.fromCharCode(${a}.charCodeAt(${n}) & 0xffff)`,
        ([a, n]) => String.fromCharCode(plain(n) < text(a).length ? text(a).charCodeAt(plain(n)) & 0xffff : 0xffff),
      );
    case 9:
      return custom(
        STRING,
        [of, literal(random.pick(HALVES)), other],
        ([a, b, c]) => `(${a} + ${b} + ${c})`,
        ([a, b, c]) => text(a) + text(b) + text(c),
      );
    case 10:
      return custom(
        STRING,
        [of, other],
        ([a, b]) => `\`\${${a}}\${${b}}\``,
        ([a, b]) => text(a) + text(b),
      );
    default:
      return custom(
        STRING,
        [of, other],
        ([a, b]) => `(${a} + ${b})`,
        ([a, b]) => text(a) + text(b),
      );
  }
}

const collection = (name: string, of: typeof BOOK | typeof NAMES | typeof TABLE | typeof LINES): Expression => ({
  kind: "own",
  name,
  type: VOID,
  collection: of,
});
const stored = (
  operation: string,
  field: string,
  of: typeof BOOK | typeof NAMES | typeof TABLE | typeof LINES,
  args: readonly Expression[],
  type: Type,
): Expression => ({ kind: "operation", name: operation, type, args: [collection(field, of), ...args], collection: of });

/** Statements that put a text somewhere, and read it where it was. */
function kept(of: Expression, random: Random, hasPeer: boolean): Statement[] {
  const note = own("note", NOTE);
  const field = (name: string, type: Type): Expression => ({ kind: "field", of: note, name, type });
  const ways: readonly (() => Statement[])[] = [
    () => [set(own("cut", STRING), of)],
    () => [
      set(own("cut", STRING), of),
      { kind: "if", condition: same(own("cut", STRING), of), yes: [push(own("cuts", TEXTS), of)] },
    ],
    () => [push(own("cuts", TEXTS), of)],
    () => [set(own("cuts", TEXTS), { kind: "array-literal", type: TEXTS, items: [of] })],
    () => [set(field("text", STRING), of)],
    () => [push(field("more", TEXTS), of)],
    () => [set(field("maybe", MAYBE), of)],
    () => [set(own("maybe", MAYBE), of)],
    () => [run(stored("set", "book", BOOK, [of, { kind: "literal", type: U64, value: 7n }], VOID))],
    () => [
      {
        kind: "if",
        condition: stored("has", "book", BOOK, [of], BOOL),
        yes: [run(stored("delete", "book", BOOK, [of], VOID))],
      },
    ],
    () => [run(stored("add", "names", NAMES, [of], VOID))],
    () => [run(stored("set", "table", TABLE, [of, of], VOID))],
    () => [set(own("cut", STRING), stored("get", "table", TABLE, [of], STRING))],
    () => [run(stored("push", "lines", LINES, [of], VOID))],
    () => [{ kind: "emit", event: "Heard", args: [of] }],
    () => [
      {
        kind: "if",
        condition: same(local("at", I32), whole(7)),
        yes: [{ kind: "revert", problem: { kind: "error", error: "Unheard", args: [of] }, isThrow: false }],
      },
    ],
    ...(hasPeer ? [() => told(of)] : []),
  ];
  return random.pick(ways)();
}

/** The peer is given it, and gives it back: it calls `echo`. */
function told(of: Expression): Statement[] {
  const args: Expression = { kind: "operation", name: "encode", type: BYTES, args: [of], types: [STRING] };
  const call: Expression = { kind: "peer", how: "remote", action: "back", method: "echo", type: BYTES, args: [args] };
  return [push(own("cuts", TEXTS), { kind: "operation", name: "hexText", type: STRING, args: [call] })];
}

/** What the peer calls back. */
export const ECHO: Method = {
  name: "echo",
  kind: "execute",
  parameters: [{ name: "text", type: STRING }],
  result: STRING,
  writes: true,
  body: [set(own("cut", STRING), local("text", STRING)), give(local("text", STRING))],
};
