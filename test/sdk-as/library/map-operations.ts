// Map and Set beside JavaScript's, with keys of every kind: the SDK's values are keys by what they are, not by where.

import type { Kind, Operation, Value } from "./operation.js";

export const KEY_KINDS: readonly Kind[] = ["u8", "i16", "i32", "u64", "bool", "string", "u128", "i256", "u256"];
export const BYTE_KINDS: readonly Kind[] = ["Address", "Hash", "Bytes"];

/** A step for each key: which, in the number beside it. The result is what the steps found, then keys and values. */
export function mapOperations(kind: Kind): Operation[] {
  // Keys are compared as the texts that they print.
  const print = kind === "string" ? "" : ".toString()";
  // Bytes.empty lies nowhere in memory.
  const isBytes = kind === "Bytes";
  return [
    {
      name: `map_steps_${kind}`,
      params: [`${kind}[]`, "i32[]"],
      result: "string[]",
      body: `const map = new Map<${kind}, i32>();
        const found: string[] = [];
        for (let i = 0; i < a.length; i++) {
          const key = a[i];
          switch (b[i % b.length] & 7) {
            case 0: case 1: case 2: map.set(key, i); break;
            case 3: found.push(map.delete(key).toString()); break;
            case 4: found.push(map.has(key) ? map.get(key).toString() : "none"); break;
            case 5: found.push(map.size.toString()); break;
            case 6: if (i % 13 == 12) map.clear(); break;
            default: map.set(key, map.has(key) ? map.get(key) + 1000 : -i);
          }
        }
        const keys = map.keys();
        const values = map.values();
        for (let i = 0; i < keys.length; i++) found.push(keys[i]${print} + "=" + values[i].toString());
        return found;`,
      reference: (a: readonly Value[], b: readonly bigint[]) => {
        const map = new Map<Value, number>();
        const found: string[] = [];
        a.forEach((key, i) => {
          switch (Number(b[i % b.length] ?? 0n) & 7) {
            case 0:
            case 1:
            case 2:
              map.set(key, i);
              break;
            case 3:
              found.push(`${map.delete(key)}`);
              break;
            case 4:
              found.push(map.has(key) ? `${map.get(key)}` : "none");
              break;
            case 5:
              found.push(`${map.size}`);
              break;
            case 6:
              if (i % 13 === 12) map.clear();
              break;
            default:
              map.set(key, map.has(key) ? (map.get(key) ?? 0) + 1000 : -i);
          }
        });
        return [...found, ...[...map].map(([key, value]) => `${key}=${value}`)];
      },
    },
    {
      name: `set_steps_${kind}`,
      params: [`${kind}[]`, "i32[]"],
      result: "string[]",
      body: `const set = new Set<${kind}>();
        const found: string[] = [];
        for (let i = 0; i < a.length; i++) {
          switch (b[i % b.length] & 3) {
            case 0: found.push(set.delete(a[i]).toString()); break;
            case 1: found.push(set.has(a[i]).toString()); break;
            default: set.add(a[i]);
          }
        }
        found.push(set.size.toString());
        ${isBytes ? "found.push(set.has(Bytes.empty).toString());" : ""}
        const values = set.values();
        for (let i = 0; i < values.length; i++) found.push(values[i]${print});
        return found;`,
      reference: (a: readonly Value[], b: readonly bigint[]) => {
        const set = new Set<Value>();
        const found: string[] = [];
        a.forEach((key, i) => {
          const step = Number(b[i % b.length] ?? 0n) & 3;
          if (step === 0) found.push(`${set.delete(key)}`);
          else if (step === 1) found.push(`${set.has(key)}`);
          else set.add(key);
        });
        found.push(`${set.size}`);
        if (isBytes) found.push(`${[...set].some((key) => String(key) === "0x")}`);
        return [...found, ...[...set].map(String)];
      },
    },
  ];
}
