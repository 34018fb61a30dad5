// The operations of the language and the SDK besides its operators: how each is written, and what it does. Arguments have been
// computed, from left to right, when one runs.

import { floorDivide, inRange, squareRoot } from "./arithmetic.js";
import { encode, zeroOf } from "./borsh.js";
import { fail, ModelError, trap } from "./failure.js";
import type { Operation, OperationRule } from "./program.js";
import {
  type EnumType,
  hasEquality,
  type IntType,
  type ListValue,
  nameOf,
  type TableValue,
  type Type,
  type Value,
  wrap,
} from "./types.js";

/** What operations use of the running model. */
export interface Storage {
  /** The encoded value under a key, both hex digits; "" where there is none. */
  read(key: string): string;
  write(key: string, value: string): void;
  readonly caller: string;
  readonly value: bigint;
  readonly self: string;
}

const method =
  (name: string) =>
  ([of, ...args]: readonly string[]) =>
    `${of}.${name}(${args.join(", ")})`;
const property =
  (name: string) =>
  ([of]: readonly string[]) =>
    `${of}.${name}`;
const call =
  (name: string) =>
  (args: readonly string[], { types }: Operation) =>
    `${name}${types === undefined ? "" : `<${types.map(nameOf).join(", ")}>`}(${args.join(", ")})`;
const list = (value: Value | undefined) => (value as ListValue).items;
const int = (node: Operation) => node.type as IntType;
const big = (value: Value | undefined) => value as bigint;
const number = (value: Value | undefined) => Number(value as bigint);
const text = (value: Value | undefined) => value as string;

/** What was there; null is a value, too. */
const taken = (value: Value | undefined) => (value === undefined ? trap() : value);
/** The array itself, which was changed. */
const same = (array: Value | undefined, _changed: Value[]) => array as Value;

export function isEqual(type: Type, a: Value, b: Value): boolean {
  // Lone halves of pairs are different texts in memory, and the same in UTF-8.
  if (type.kind === "string") return a === b;
  return hasEquality(type) ? encode(type, a) === encode(type, b) : a === b;
}

export const OPERATIONS: Readonly<Record<string, OperationRule>> = {
  // Numbers.
  wrappingAdd: { text: call("wrappingAdd"), run: ([a, b], node) => wrap(int(node), big(a) + big(b)) },
  wrappingSub: { text: call("wrappingSub"), run: ([a, b], node) => wrap(int(node), big(a) - big(b)) },
  wrappingMul: { text: call("wrappingMul"), run: ([a, b], node) => wrap(int(node), big(a) * big(b)) },
  wrappingNeg: { text: call("wrappingNeg"), run: ([a], node) => wrap(int(node), -big(a)) },
  wrappingShl: {
    text: call("wrappingShl"),
    run: ([a, n], node) => (big(n) >= BigInt(int(node).bits) ? 0n : wrap(int(node), big(a) << big(n))),
  },
  wrappingShr: {
    text: call("wrappingShr"),
    run: ([a, n], node) => big(a) >> (big(n) >= BigInt(int(node).bits) ? 256n : big(n)),
  },
  wrappingCast: { text: call("wrappingCast"), run: ([a], node) => wrap(int(node), big(a)) },
  abs: { text: method("abs"), run: ([a], node) => inRange(int(node), big(a) < 0n ? -big(a) : big(a)) },
  isZero: { text: method("isZero"), run: ([a]) => big(a) === 0n },
  isNegative: { text: method("isNegative"), run: ([a]) => big(a) < 0n },
  sqrt: { text: method("sqrt"), run: ([a]) => squareRoot(big(a)) },
  toU64: { text: method("toU64"), run: ([a], node) => inRange(int(node), big(a)) },
  toI64: { text: method("toI64"), run: ([a], node) => inRange(int(node), big(a)) },
  mulDiv: {
    text: (args, node) => `${nameOf(node.type)}.mulDiv(${args.join(", ")})`,
    run: (args, node) => mulDiv(args, node, false),
  },
  mulDivUp: {
    text: (args, node) => `${nameOf(node.type)}.mulDivUp(${args.join(", ")})`,
    run: (args, node) => mulDiv(args, node, true),
  },
  parse: {
    text: ([a], node) => `${nameOf(node.type)}.parse(${a})`,
    run: ([a], node) => {
      if (!(int(node).signed ? /^-?[0-9]+$/ : /^[0-9]+$/).test(text(a))) fail("OutOfRange");
      return inRange(int(node), BigInt(text(a)));
    },
  },
  toText: { text: method("toString"), run: ([a]) => String(a) },
  // Texts.
  textLength: { text: property("length"), run: ([a]) => BigInt(text(a).length) },
  concat: { text: ([a, b]) => `(${a} + ${b})`, run: ([a, b]) => text(a) + text(b) },
  template: { text: ([a, b]) => `\`<\${${a}}|\${${b}}>\``, run: ([a, b]) => `<${String(a)}|${String(b)}>` },
  substring: { text: method("substring"), run: ([a, from, to]) => text(a).substring(number(from), number(to)) },
  sliceText: { text: method("slice"), run: ([a, from, to]) => text(a).slice(number(from), number(to)) },
  charAt: { text: method("charAt"), run: ([a, at]) => text(a).charAt(number(at)) },
  charCodeAt: {
    text: method("charCodeAt"),
    run: ([a, at]) => (number(at) >= 0 && number(at) < text(a).length ? BigInt(text(a).charCodeAt(number(at))) : -1n),
  },
  indexOfText: { text: method("indexOf"), run: ([a, b]) => BigInt(text(a).indexOf(text(b))) },
  startsWith: { text: method("startsWith"), run: ([a, b]) => text(a).startsWith(text(b)) },
  repeat: { text: method("repeat"), run: ([a, n]) => text(a).repeat(number(n)) },
  trim: { text: method("trim"), run: ([a]) => text(a).trim() },
  // Bytes, addresses, hashes.
  bytesLength: { text: property("length"), run: ([a]) => BigInt(text(a).length / 2) },
  bytesAt: {
    text: ([a, at]) => `${a}[${at}]`,
    run: ([a, at]) => {
      if (number(at) < 0 || number(at) >= text(a).length / 2) fail("OutOfRange");
      return BigInt(`0x${text(a).slice(2 * number(at), 2 * number(at) + 2)}`);
    },
  },
  bytesConcat: { text: method("concat"), run: ([a, b]) => text(a) + text(b) },
  bytesSlice: {
    text: method("slice"),
    run: ([a, from, to]) => {
      const size = text(a).length / 2;
      // The largest i32 is the default: up to the end.
      const end = number(to) === 0x7fff_ffff ? size : number(to);
      if (number(from) < 0 || number(from) > end || end > size) fail("OutOfRange");
      return text(a).slice(2 * number(from), 2 * end);
    },
  },
  bytesFrom: {
    text: ([a]) => `Bytes.from(${a})`,
    run: ([a]) => Buffer.from(new TextEncoder().encode(text(a))).toString("hex"),
  },
  hexText: { text: method("toString"), run: ([a]) => `0x${text(a)}` },
  toBytes: { text: method("toBytes"), run: ([a]) => text(a) },
  encode: { text: call("encode"), run: ([a], { types }) => encode(types?.[0] as Type, a as Value) },
  // The call.
  caller: { text: () => "context.caller", run: (_args, _node, { caller }) => caller },
  callValue: { text: () => "context.value", run: (_args, _node, { value }) => value },
  self: { text: () => "context.self", run: (_args, _node, { self }) => self },
  // Arrays.
  length: { text: property("length"), run: ([a]) => BigInt(list(a).length) },
  push: { text: method("push"), run: ([a, item]) => BigInt(list(a).push(item as Value)) },
  pop: { text: method("pop"), run: ([a]) => taken(list(a).pop()) },
  shift: { text: method("shift"), run: ([a]) => taken(list(a).shift()) },
  unshift: { text: method("unshift"), run: ([a, item]) => BigInt(list(a).unshift(item as Value)) },
  includes: {
    text: method("includes"),
    run: ([a, item], node) => list(a).some((other) => sameItem(node, other, item)),
  },
  indexOf: {
    text: method("indexOf"),
    run: ([a, item], node) => BigInt(list(a).findIndex((other) => sameItem(node, other, item))),
  },
  sliceArray: { text: method("slice"), run: ([a, from, to]) => ({ items: list(a).slice(number(from), number(to)) }) },
  concatArray: { text: method("concat"), run: ([a, b]) => ({ items: [...list(a), ...list(b)] }) },
  splice: {
    text: method("splice"),
    run: ([a, from, count]) => ({ items: list(a).splice(number(from), number(count)) }),
  },
  reverse: { text: method("reverse"), run: ([a]) => same(a, list(a).reverse()) },
  fill: { text: method("fill"), run: ([a, item]) => same(a, list(a).fill(item as Value)) },
  sort: {
    text: method("sort"),
    run: ([a], { types }) => {
      const isText = types?.[0]?.kind === "string";
      list(a).sort((x, y) => compareItems(isText, x, y));
      return a as Value;
    },
  },
  setLength: {
    text: ([a, n]) => `${a}.length = ${n}`,
    run: ([a, n], { types }) => {
      const items = list(a);
      while (items.length > number(n)) items.pop();
      while (items.length < number(n)) items.push(zeroOf(types?.[0] as Type));
      return n as Value;
    },
  },
  join: { text: method("join"), run: ([a, between]) => list(a).map(String).join(text(between)) },
  // Nullable values.
  isNull: { text: ([a]) => `${a} === null`, run: ([a]) => a === null },
  isThere: { text: ([a]) => `${a} != null`, run: ([a]) => a !== null },
  unwrap: { text: ([a]) => `${a}!`, run: ([a]) => (a === null ? fail("NullValue") : (a as Value)) },
  // Enums.
  toEnum: {
    text: ([a], node) => `<${nameOf(node.type)}>${a}`,
    run: ([a], node) => {
      if (big(a) < 0n || big(a) >= BigInt((node.type as EnumType).members.length)) fail("OutOfRange");
      return big(a);
    },
  },
  // Map and Set in memory.
  newTable: { text: (_args, { types }) => `new ${tableName(types)}()`, run: () => ({ entries: new Map() }) },
  tableSet: {
    text: method("set"),
    run: ([a, key, value], node) => setEntry(table(a), node, key as Value, value as Value),
  },
  tableAdd: { text: method("add"), run: ([a, key], node) => setEntry(table(a), node, key as Value, null) },
  tableHas: { text: method("has"), run: ([a, key], node) => table(a).has(keyOf(node, key)) },
  tableGet: { text: method("get"), run: ([a, key], node) => taken(table(a).get(keyOf(node, key))?.value) },
  tableDelete: { text: method("delete"), run: ([a, key], node) => table(a).delete(keyOf(node, key)) },
  tableSize: { text: property("size"), run: ([a]) => BigInt(table(a).size) },
  tableKeys: { text: ([a]) => `${a}.keys()`, run: ([a]) => ({ items: [...table(a).values()].map(({ key }) => key) }) },
  setValues: {
    text: ([a]) => `${a}.values()`,
    run: ([a]) => ({ items: [...table(a).values()].map(({ key }) => key) }),
  },
  tableValues: {
    text: ([a]) => `${a}.values()`,
    run: ([a]) => ({ items: [...table(a).values()].map(({ value }) => value) }),
  },
};

function mulDiv([a, b, denominator]: readonly Value[], node: Operation, up: boolean): bigint {
  if (big(denominator) === 0n) fail("DivisionByZero");
  const product = big(a) * big(b);
  const floor = floorDivide(product, big(denominator));
  return inRange(int(node), up && floor * big(denominator) !== product ? floor + 1n : floor);
}

function sameItem({ types }: Operation, a: Value, b: Value | undefined): boolean {
  return isEqual(types?.[0] as Type, a, b as Value);
}

function compareItems(isText: boolean, a: Value, b: Value): number {
  if (isText) return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
  return big(a) < big(b) ? -1 : big(a) > big(b) ? 1 : 0;
}

const table = (value: Value | undefined) => (value as TableValue).entries;

function tableName(types: readonly Type[] = []): string {
  return `${types.length === 2 ? "Map" : "Set"}<${types.map(nameOf).join(", ")}>`;
}

function keyOf({ types }: Operation, key: Value | undefined): string {
  const type = types?.[0] as Type;
  // Lone halves of pairs are different texts in memory, and the same in UTF-8.
  return type.kind === "string" ? text(key) : encode(type, key as Value);
}

function setEntry(entries: TableValue["entries"], node: Operation, key: Value, value: Value): Value {
  const at = keyOf(node, key);
  const found = entries.get(at);
  if (found === undefined) entries.set(at, { key, value });
  else found.value = value;
  return null;
}

export function operationRule({ name, rule: own }: Operation): OperationRule {
  const rule = own ?? OPERATIONS[name];
  if (rule === undefined) throw new ModelError(`no operation ${name}`);
  return rule;
}
