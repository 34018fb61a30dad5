// Array, StaticArray and typed arrays beside JavaScript's, for items of one type.

import { FAILS, type Kind, type Operation, type Value } from "./operation.js";

export type List = readonly Value[];

/** By value, as typed arrays in JavaScript sort; texts by their units, as all sort. */
export function byValue(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What JavaScript's `undefined` of an array of this type is here. */
export function zeroOf(kind: Kind): Value {
  if (kind === "bool") return false;
  if (kind === "string") return "";
  return kind === "Address" ? `0x${"00".repeat(20)}` : 0n;
}

const I32 = "i32";
const number = (value: bigint | boolean) => Number(value);

/** Negative indexes and such reach here as numbers that JavaScript's functions take. */
const at = (value: bigint) => Number(value);

export function arrayOperations(kind: Kind): Operation[] {
  const list: Kind = `${kind}[]`;
  const lists: Kind = `${kind}[][]`;
  // Address has no < and >.
  const isCompared = kind !== "Address";
  const operation = (
    name: string,
    params: readonly Kind[],
    result: Kind,
    body: string,
    reference: Operation["reference"],
  ): Operation => ({ name: `${name}_${kind}`, params, result, body, reference });
  return [
    operation("slice", [list, I32, I32], list, "a.slice(b, c)", (a: List, b, c) => a.slice(at(b), at(c))),
    operation("concat", [list, list], list, "a.concat(b)", (a: List, b: List) => [...a, ...b]),
    operation("reverse", [list], list, "a.reverse()", (a: List) => [...a].reverse()),
    operation("splice", [list, I32, I32], lists, "const removed = a.splice(b, c); return [removed, a];", (a, b, c) => {
      const rest = [...a];
      return [rest.splice(at(b), at(c)), rest];
    }),
    operation("fill", [list, kind, I32, I32], list, "a.fill(b, c, d)", (a: List, b: Value, c, d) =>
      [...a].fill(b, at(c), at(d)),
    ),
    operation("copyWithin", [list, I32, I32, I32], list, "a.copyWithin(b, c, d)", (a: List, b, c, d) =>
      [...a].copyWithin(at(b), at(c), at(d)),
    ),
    operation("indexOf", [list, kind, I32], I32, "a.indexOf(b, c)", (a: List, b: Value, c) =>
      BigInt(a.indexOf(b, at(c))),
    ),
    operation("lastIndexOf", [list, kind, I32], I32, "a.lastIndexOf(b, c)", (a: List, b: Value, c) =>
      BigInt(a.lastIndexOf(b, at(c))),
    ),
    operation("lastIndex", [list, kind], I32, "a.lastIndexOf(b)", (a: List, b: Value) => BigInt(a.lastIndexOf(b))),
    operation("includes", [list, kind, I32], "bool", "a.includes(b, c)", (a: List, b: Value, c) =>
      a.includes(b, at(c)),
    ),
    operation("at", [list, I32], kind, "a.at(b)", (a: List, b) => a.at(at(b)) ?? FAILS),
    operation("get", [list, I32], kind, "a[b]", (a: List, b) => a[at(b)] ?? FAILS),
    operation("join", [list, "string"], "string", "a.join(b)", (a: List, b: string) => a.join(b)),
    operation("toString", [list], "string", "a.toString()", (a: List) => a.join(",")),
    operation(
      "callbacks",
      [list, kind],
      "i32[]",
      `wanted_${kind} = b;
       return [
         i32(a.every((item) => item == wanted_${kind})), i32(a.some((item) => item == wanted_${kind})),
         a.findIndex((item) => item == wanted_${kind}), a.findLastIndex((item) => item == wanted_${kind}),
         a.filter((item) => item != wanted_${kind}).length,
         a.reduce<i32>((sum, item, i) => sum * 3 + (item == wanted_${kind} ? i : 1), 1),
         a.reduceRight<i32>((sum, item, i) => sum * 3 + (item == wanted_${kind} ? i : 1), 1),
         a.map<i32>((item, i) => item == wanted_${kind} ? i : -1).lastIndexOf(-1),
       ];`,
      (a: List, b: Value) => {
        const step = (sum: number, item: Value, i: number) => (Math.imul(sum, 3) + (item === b ? i : 1)) | 0;
        return [
          number(a.every((item) => item === b)),
          number(a.some((item) => item === b)),
          a.findIndex((item) => item === b),
          a.findLastIndex((item) => item === b),
          a.filter((item) => item !== b).length,
          a.reduce(step, 1),
          a.reduceRight(step, 1),
          a.map((item, i) => (item === b ? i : -1)).lastIndexOf(-1),
        ].map(BigInt);
      },
    ),
    // Each step is what to do and a number: lengths, what is removed, what is set behind the end.
    operation(
      "steps",
      [list, "i32[]", kind],
      list,
      `for (let i = 0; i + 1 < b.length; i += 2) {
         const n = b[i + 1];
         switch (b[i]) {
           case 0: a.length = n; break;
           case 1: a.push(c); break;
           case 2: if (a.length > 0) a.pop(); break;
           case 3: if (a.length > 0) a.unshift(a.shift()); break;
           case 4: a.unshift(c); break;
           case 5: a.splice(n, n >> 1); break;
           case 6: a[n] = c; break;
           case 7: if (a.length > 0) a.shift(); break;
           default: a = a.slice(n);
         }
       }
       return a;`,
      (a: List, b: readonly bigint[], c: Value) => {
        let items: (Value | undefined)[] = [...a];
        for (let i = 0; i + 1 < b.length; i += 2) {
          const n = Number(b[i + 1]);
          switch (Number(b[i])) {
            case 0:
              items.length = n;
              break;
            case 1:
              items.push(c);
              break;
            case 2:
              items.pop();
              break;
            case 3:
              if (items.length > 0) items.unshift(items.shift());
              break;
            case 4:
              items.unshift(c);
              break;
            case 5:
              items.splice(n, n >> 1);
              break;
            case 6:
              items[n] = c;
              break;
            case 7:
              items.shift();
              break;
            default:
              items = items.slice(n);
          }
        }
        return Array.from(items, (item) => item ?? zeroOf(kind));
      },
    ),
    operation("sort", [list], list, "a.sort()", (a: List) => [...a].sort(byValue)),
    ...(isCompared
      ? [
          operation("descending", [list], list, "a.sort((x, y) => i32(x < y) - i32(x > y))", (a: List) =>
            [...a].sort((x, y) => byValue(y, x)),
          ),
        ]
      : []),
    operation("flat", [lists], list, "a.flat()", (a: readonly List[]) => a.flat()),
    ...staticOperations(kind, operation),
  ];
}

type Make = (
  name: string,
  params: readonly Kind[],
  result: Kind,
  body: string,
  reference: Operation["reference"],
) => Operation;

function staticOperations(kind: Kind, operation: Make): Operation[] {
  const list: Kind = `${kind}[]`;
  const of = "StaticArray.fromArray(a)";
  const slice = ".slice<Array<T>>(0)".replace("T", kind);
  return [
    operation("staticSlice", [list, I32, I32], list, `${of}.slice<Array<${kind}>>(b, c)`, (a: List, b, c) =>
      a.slice(at(b), at(c)),
    ),
    operation("staticFill", [list, kind, I32, I32], list, `${of}.fill(b, c, d)${slice}`, (a: List, b: Value, c, d) =>
      [...a].fill(b, at(c), at(d)),
    ),
    operation("staticCopy", [list, I32, I32, I32], list, `${of}.copyWithin(b, c, d)${slice}`, (a: List, b, c, d) =>
      [...a].copyWithin(at(b), at(c), at(d)),
    ),
    operation("staticAt", [list, I32], kind, `${of}.at(b)`, (a: List, b) => a.at(at(b)) ?? FAILS),
    operation("staticGet", [list, I32], kind, `${of}[b]`, (a: List, b) => a[at(b)] ?? FAILS),
    operation("staticSet", [list, I32, kind], list, `const s = ${of}; s[b] = c; return s${slice};`, (a: List, b, c) =>
      Number(b) < a.length && Number(b) >= 0 ? a.with(Number(b), c) : FAILS,
    ),
    operation(
      "staticIndex",
      [list, kind, I32],
      "i32[]",
      `const s = ${of}; return [s.indexOf(b, c), s.lastIndexOf(b, c), i32(s.includes(b, c))];`,
      (a: List, b: Value, c) =>
        [a.indexOf(b, at(c)), a.lastIndexOf(b, at(c)), number(a.includes(b, at(c)))].map(BigInt),
    ),
    operation("staticJoin", [list, "string"], "string", `${of}.reverse().join(b)`, (a: List, b: string) =>
      [...a].reverse().join(b),
    ),
    operation("staticConcat", [list, list], list, `${of}.concat<Array<${kind}>>(b)`, (a: List, b: List) => [
      ...a,
      ...b,
    ]),
    operation("staticUnset", [I32], list, `new StaticArray<${kind}>(a)${slice}`, (a) =>
      a < 0n ? FAILS : new Array(Number(a)).fill(zeroOf(kind)),
    ),
    operation("unset", [I32], list, `new Array<${kind}>(a)`, (a) =>
      a < 0n ? FAILS : new Array(Number(a)).fill(zeroOf(kind)),
    ),
  ];
}
