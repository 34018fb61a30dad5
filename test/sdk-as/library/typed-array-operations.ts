// Typed arrays of every width beside JavaScript's.

import { byValue, type List } from "./array-operations.js";
import { FAILS, type Kind, type Operation, type Value } from "./operation.js";

const I32 = "i32";
const WIDE = /32|64/;
const at = (value: bigint) => Number(value);

const CLASSES: Readonly<Record<Kind, string>> = {
  i8: "Int8Array",
  u8: "Uint8Array",
  i16: "Int16Array",
  u16: "Uint16Array",
  i32: "Int32Array",
  u32: "Uint32Array",
  i64: "Int64Array",
  u64: "Uint64Array",
};
export const TYPED_KINDS = Object.keys(CLASSES);

/** Whether an integer type has a value. */
function fits(kind: Kind, value: bigint): boolean {
  const bits = Number(kind.slice(1));
  return (kind.startsWith("i") ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) === value;
}

export function typedArrayOperations(kind: Kind): Operation[] {
  const name = CLASSES[kind] as string;
  const list: Kind = `${kind}[]`;
  const operation = (
    what: string,
    params: readonly Kind[],
    result: Kind,
    body: string,
    reference: Operation["reference"],
  ): Operation => ({ name: `typed_${what}_${kind}`, params, result, body, reference });
  const make = `const t = new ${name}(a.length); t.set(a);`;
  const back = (expression: string) => `${make} return toList_${kind}(${expression});`;
  return [
    operation("slice", [list, I32, I32], list, back("t.slice(b, c)"), (a: List, b, c) => a.slice(at(b), at(c))),
    operation("subarray", [list, I32, I32], list, back("t.subarray(b, c)"), (a: List, b, c) => a.slice(at(b), at(c))),
    operation("fill", [list, kind, I32, I32], list, back("t.fill(b, c, d)"), (a: List, b: Value, c, d) =>
      [...a].fill(b, at(c), at(d)),
    ),
    operation("copyWithin", [list, I32, I32, I32], list, back("t.copyWithin(b, c, d)"), (a: List, b, c, d) =>
      [...a].copyWithin(at(b), at(c), at(d)),
    ),
    operation("sort", [list], list, back("t.sort().reverse()"), (a: List) => [...a].sort(byValue).reverse()),
    operation("join", [list, "string"], "string", `${make} return t.join(b);`, (a: List, b: string) => a.join(b)),
    operation("toString", [list], "string", `${make} return t.toString();`, (a: List) => a.join()),
    operation(
      "index",
      [list, kind, I32],
      "i32[]",
      `${make} return [t.indexOf(b, c), t.lastIndexOf(b, c), i32(t.includes(b, c)), t.lastIndexOf(b)];`,
      (a: List, b: Value, c) =>
        [a.indexOf(b, at(c)), a.lastIndexOf(b, at(c)), Number(a.includes(b, at(c))), a.lastIndexOf(b)].map(BigInt),
    ),
    operation("get", [list, I32], kind, `${make} return t[b];`, (a: List, b) => a[at(b)] ?? FAILS),
    operation("at", [list, I32], kind, `${make} return t.at(b);`, (a: List, b) => a.at(at(b)) ?? FAILS),
    // What is assigned can be any i64 where the items are narrow.
    operation("setAt", [list, I32, WIDE.test(kind) ? kind : "i64"], list, back("(t[b] = c, t)"), (a: List, b, c) =>
      fits(kind, c) && Number(b) < a.length && Number(b) >= 0 ? a.with(Number(b), c) : FAILS,
    ),
    operation(
      "set",
      [list, "i32[]", I32],
      list,
      `${make} t.set(b, c); return toList_${kind}(t);`,
      (a: List, b: bigint[], c) => {
        if (c < 0n || Number(c) + b.length > a.length || !b.every((item) => fits(kind, item))) return FAILS;
        const items = [...a];
        items.splice(Number(c), b.length, ...b);
        return items;
      },
    ),
    operation(
      "callbacks",
      [list],
      list,
      back(`t.map((item) => item > 1 ? item - 1 : item).filter((item) => item != 5)`),
      (a: readonly bigint[]) => a.map((item) => (item > 1n ? item - 1n : item)).filter((item) => item !== 5n),
    ),
    operation(
      "wrap",
      [list, I32, I32],
      list,
      `const bytes = new ArrayBuffer(a.length); return toList_${kind}(${name}.wrap(bytes, b, c));`,
      (a: List, b, c) => {
        const size = Number(kind.slice(1)) / 8;
        const [offset, length] = [Number(b), Number(c)];
        if (offset < 0 || offset % size !== 0 || offset > a.length || length < -1) return FAILS;
        if (length === -1) return a.length % size === 0 ? new Array((a.length - offset) / size).fill(0n) : FAILS;
        return offset + length * size > a.length ? FAILS : new Array(length).fill(0n);
      },
    ),
  ];
}

export const TYPED_DECLARATIONS = Object.entries(CLASSES)
  .map(
    ([kind, name]) => `function toList_${kind}(typed: ${name}): ${kind}[] {
  const list: ${kind}[] = [];
  for (let i = 0; i < typed.length; i++) list.push(typed[i]);
  return list;
}
`,
  )
  .join("");
