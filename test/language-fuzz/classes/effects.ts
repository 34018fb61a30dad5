// What ways come to in the end: something that is read or changed of what they are given, or told.

import { encode, utf8Hex } from "../borsh.js";
import { runCollection } from "../stored-collections.js";
import {
  type CollectionType,
  type IntType,
  type ListValue,
  type ObjectValue,
  type StructType,
  U64,
  type Value,
} from "../types.js";
import { MODULUS } from "./step.js";
import type { Given, Workshop } from "./ways.js";
import type { Call } from "./world.js";

export interface Effect {
  readonly given: Given;
  readonly writes: boolean;
  /** Whether it has to stand in the contract's file. */
  readonly ownFile: boolean;
  /** The body of a function of `h`, which is given, and of `x`. */
  readonly text: string;
  run(call: Call, field: string, x: bigint): bigint;
}

export const thingOf = (type: IntType): StructType => ({
  kind: "struct",
  name: "Thing",
  fields: [
    { name: "v", type },
    { name: "w", type: { kind: "array", of: type } },
  ],
});

export const mapOf = (type: IntType): CollectionType & { kind: "storage-map" } => ({
  kind: "storage-map",
  key: U64,
  value: type,
});

/** What a parameter that is given it is declared as; nothing where nothing is given. */
export function typeOfGiven(given: Given, { type, contract }: Pick<Workshop, "type" | "contract">): string {
  switch (given) {
    case "contract":
      return contract;
    case "map":
      return `StorageMap<u64, ${type.name}>`;
    case "list":
      return `${type.name}[]`;
    case "item":
      return "Thing";
    case "none":
      return "";
  }
}

type Body = readonly [text: string, run: (call: Call, field: string, x: bigint) => bigint];

/** One of the effects on what is given, in the words of the contract and of the model. */
export function effectOf(given: Given, writes: boolean, { random, type }: Workshop): Effect {
  const k = random.below(5);
  const bodies = writes ? writing(type, k)[given] : reading(type, k)[given];
  const [text, run] = random.pick(bodies);
  return { given, writes, ownFile: text.includes("sdk.") || text.includes("tell("), text, run };
}

const listOf = (call: Call, field: string): Value[] => (call.at.get(field) as ListValue).items;

function changeList(call: Call, field: string, change: (items: Value[]) => void): void {
  const items = [...listOf(call, field)];
  change(items);
  call.at.set(field, { items });
}

function changeItem(call: Call, field: string, change: (fields: Record<string, Value>) => void): void {
  const item = call.at.get(field) as ObjectValue;
  change(item.fields);
  call.at.set(field, item);
}

function writing(type: IntType, k: number): Record<Given, readonly Body[]> {
  const map = (call: Call, field: string, name: string, args: readonly Value[]) =>
    runCollection(mapOf(type), utf8Hex(field), name, args, call.at.storage);
  const put: Body[1] = (call, field, x) => {
    changeList(call, field, (items) => {
      if (items.length > 20) items.length = 0;
      items.push(x);
    });
    return listOf(call, field)[0] as bigint;
  };
  const told: Body[1] = (call, _field, x) => {
    call.world.emit("Mark", encode(type, x));
    return x;
  };
  return {
    contract: [
      [
        `h.n = (h.n * 3 + x) % ${MODULUS}; return h.n;`,
        (call, _field, x) => {
          const n = ((call.at.get("n") as bigint) * 3n + x) % MODULUS;
          call.at.set("n", n);
          return n;
        },
      ],
      [
        `const it = h; it.thing.v = x; return it.n;`,
        (call, _field, x) => {
          changeItem(call, "thing", (fields) => (fields["v"] = x));
          return call.at.get("n") as bigint;
        },
      ],
      [
        `h.m.set(${k}, x); return h.n;`,
        (call, _field, x) => {
          map(call, "m", "set", [BigInt(k), x]);
          return call.at.get("n") as bigint;
        },
      ],
    ],
    map: [
      [
        `h.set(${k}, x); return x;`,
        (call, field, x) => {
          map(call, field, "set", [BigInt(k), x]);
          return x;
        },
      ],
      [
        `const before = h.get(${k}); h.delete(${k}); return before;`,
        (call, field) => {
          const before = map(call, field, "get", [BigInt(k)]) as bigint;
          map(call, field, "delete", [BigInt(k)]);
          return before;
        },
      ],
    ],
    list: [
      [`if (h.length > 20) h.length = 0; h.push(x); return h[0];`, put],
      [`if (h.length > 20) h.length = 0; const l = h; l.push(x); return l[0];`, put],
      [
        `h.reverse(); return x;`,
        (call, field, x) => {
          changeList(call, field, (items) => items.reverse());
          return x;
        },
      ],
    ],
    item: [
      [
        `h.v = x; return x;`,
        (call, field, x) => {
          changeItem(call, field, (fields) => (fields["v"] = x));
          return x;
        },
      ],
      [
        `return h.bump(x);`,
        (call, field, x) => {
          changeItem(call, field, (fields) => (fields["v"] = ((fields["v"] as bigint) + x) % MODULUS));
          return (call.at.get(field) as ObjectValue).fields["v"] as bigint;
        },
      ],
      [
        `if (h.w.length > 9) h.w.length = 0; h.w.push(x); return h.w[0];`,
        (call, field, x) => {
          let first = x;
          changeItem(call, field, (fields) => {
            const { items } = fields["w"] as ListValue;
            if (items.length > 9) items.length = 0;
            items.push(x);
            first = items[0] as bigint;
          });
          return first;
        },
      ],
    ],
    none: [
      [`emit(new Mark(x)); return x;`, told],
      [`sdk.emit(new Mark(x)); return x;`, told],
      [`tell(new Mark(x)); return x;`, told],
      [
        `metadata.set("k", x.toString()); return x;`,
        (call, _field, x) => {
          call.at.entries.set(utf8Hex("metadata:k"), utf8Hex(String(x)));
          return x;
        },
      ],
      [
        `sdk.metadata.set("k", "of sdk"); return x;`,
        (call, _field, x) => {
          call.at.entries.set(utf8Hex("metadata:k"), utf8Hex("of sdk"));
          return x;
        },
      ],
      [
        `if (tryTransfer(context.self, 1)) return 1; return x;`,
        (call, _field, x) => (call.world.balanceOf(call.at.address) > 0n ? 1n : x),
      ],
      [`sdk.transfer(sdk.context.caller, 0); return x;`, (_call, _field, x) => x],
    ],
  };
}

function reading(type: IntType, k: number): Record<Given, readonly Body[]> {
  const get = (call: Call, field: string) =>
    runCollection(mapOf(type), utf8Hex(field), "get", [BigInt(k)], call.at.storage) as bigint;
  const first = (call: Call, field: string, x: bigint) => (listOf(call, field)[0] ?? x) as bigint;
  const v = (call: Call, field: string) => (call.at.get(field) as ObjectValue).fields["v"] as bigint;
  return {
    contract: [
      [`return (h.n * 3 + x) % ${MODULUS};`, (call, _field, x) => ((call.at.get("n") as bigint) * 3n + x) % MODULUS],
      [
        `let n = h.n; n = (n + x) % ${MODULUS}; return n;`,
        (call, _field, x) => ((call.at.get("n") as bigint) + x) % MODULUS,
      ],
      [`return (h.m.get(${k}) + h.thing.see()) % ${MODULUS};`, (call) => (get(call, "m") + v(call, "thing")) % MODULUS],
    ],
    map: [
      [`return (h.get(${k}) + x) % ${MODULUS};`, (call, field, x) => (get(call, field) + x) % MODULUS],
      [
        `const m = h; return m.has(${k}) ? m.get(${k}) : x;`,
        (call, field, x) =>
          runCollection(mapOf(type), utf8Hex(field), "has", [BigInt(k)], call.at.storage) === true
            ? get(call, field)
            : x,
      ],
    ],
    list: [
      [`return h.length == 0 ? x : h[0];`, first],
      [`let l = h; l = l.slice(0); l.push(x); return l[0];`, first],
      [
        `const l = h.map<${type.name}>((v) => (v + 1) % ${MODULUS}); l.push(x); return l[0];`,
        (call, field, x) => {
          const item = listOf(call, field)[0] as bigint | undefined;
          return item === undefined ? x : (item + 1n) % MODULUS;
        },
      ],
      [
        `return h.reduce<${type.name}>((a, b) => (a + b) % ${MODULUS}, x);`,
        (call, field, x) => (listOf(call, field) as bigint[]).reduce((a, b) => (a + b) % MODULUS, x),
      ],
    ],
    item: [
      [`return (h.v + x) % ${MODULUS};`, (call, field, x) => (v(call, field) + x) % MODULUS],
      [
        `const it = new Thing(); it.v = x; it.w.push(h.v); return it.bump(it.w[0]);`,
        (call, field, x) => (x + v(call, field)) % MODULUS,
      ],
      [`return (h.see() + x) % ${MODULUS};`, (call, field, x) => (v(call, field) + x) % MODULUS],
    ],
    none: [
      [
        `const l: ${type.name}[] = [x, ${k}]; return decode<${type.name}[]>(encode<${type.name}[]>(l))[0];`,
        (_call, _field, x) => x,
      ],
      [`return (x * 3 + ${k}) % ${MODULUS};`, (_call, _field, x) => (x * 3n + BigInt(k)) % MODULUS],
      [`const l: ${type.name}[] = []; l.push(x); l.push(${k}); l.reverse(); return l[1];`, (_call, _field, x) => x],
      [`const m = new Map<u64, ${type.name}>(); m.set(${k}, x); return m.get(${k});`, (_call, _field, x) => x],
    ],
  };
}
