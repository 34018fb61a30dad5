// What objects hold, in one function: by the origin of the object and its field, `*` for items of arrays and what is read by
// address. It only grows, so that it holds at every place of the function; loops are repeated until it is settled.

import {
  filterValue,
  isCopy,
  MADE,
  MADE_IN,
  NOTHING,
  type Origin,
  parameterOf,
  splitCopy,
  union,
  unionOf,
  type Value,
} from "./value.js";

/** What a function gives, in words that mean the same to each caller. */
export interface Exported {
  readonly result: Value;
  /** What the fields of the new object that it gives hold. */
  readonly held: ReadonlyMap<string, Value>;
  /** What the other new objects hold that callers come to. */
  readonly heldDeep: Value;
}

export class Heap {
  /** Grows when something is put somewhere that was not there. */
  version = 0;
  readonly #held = new Map<Origin, Map<string, Value>>();
  readonly #isHeld = new Set<Origin>();
  /** Whether a function is asc's, which calls the memory of a map's entries objects. */
  readonly #isFlat: boolean;

  constructor(isFlat: boolean) {
    this.#isFlat = isFlat;
  }

  put(into: Value, given: Value, field: string): void {
    const value = filterValue(given, (origin) => !origin.startsWith("item:"));
    if (value.size === 0) return;
    for (const origin of into) {
      const fields = this.#held.get(origin) ?? new Map<string, Value>();
      this.#held.set(origin, fields);
      const before = fields.get(field) ?? NOTHING;
      const after = union(before, value);
      if (after === before) continue;
      this.version++;
      fields.set(field, after);
      for (const held of value) if (!(held === origin)) this.#isHeld.add(held);
    }
  }

  isHeld(origin: Origin): boolean {
    return this.#isHeld.has(origin);
  }

  /** What is read out of a value: out of one of its fields, if that is known. */
  parts(value: Value, field?: string): Value {
    const found = new Set<Origin>();
    for (const origin of value) {
      if (origin.startsWith("item:")) found.add(origin);
      const fields = this.#held.get(origin);
      if (fields !== undefined) {
        for (const [key, held] of fields) {
          if (field === undefined || key === field || key === "*") for (const one of held) found.add(one);
        }
      }
      const own = this.#ownPart(origin, field, fields?.has(field ?? "*") === true);
      if (own !== undefined) found.add(own);
    }
    return [...found].every((origin) => origin.startsWith("item:")) ? NOTHING : found;
  }

  #ownPart(origin: Origin, field: string | undefined, isAssigned: boolean): Origin | undefined {
    if (/^(?:function|new|item):/.test(origin)) return undefined;
    if (origin.startsWith("param:")) return `part:${parameterOf(origin) as number}/${field ?? "*"}`;
    if (origin.startsWith("part:")) return this.#isFlat ? origin : (origin.replace("part:", "deep:") as Origin);
    if (!isCopy(origin) || field === undefined || origin.includes("/")) return origin;
    // What was in a field before it was assigned is not what is in it now.
    return isAssigned ? undefined : `${origin as `copy:${number}`}/${field}`;
  }

  /** Everything that can be come to from a value, and the value. */
  reach(value: Value): Value {
    const found = new Set(value);
    for (const origin of found) {
      for (const [other, fields] of this.#held) {
        if (other !== origin && !isWithin(other, origin)) continue;
        for (const held of fields.values()) for (const one of held) found.add(one);
      }
    }
    return found;
  }

  /** Turns what a function gives, and what it puts somewhere, into what callers can be told. */
  export(result: Value, others: readonly Value[]): Exported {
    const isNew = (origin: Origin) => origin.startsWith("new:");
    const made = filterValue(result, isNew);
    const held = new Map<string, Value>();
    for (const origin of made) {
      for (const [field, value] of this.#held.get(origin) ?? []) {
        held.set(field, union(held.get(field) ?? NOTHING, exportValue(value)));
      }
    }
    const roots = filterValue(unionOf([...others, ...[...made].map((one) => this.parts(new Set([one])))]), isNew);
    const deep = roots.size === 0 ? NOTHING : exportValue(this.reach(roots));
    const given = [...result].filter((origin) => !origin.startsWith("item:"));
    return { result: new Set(given.map((origin) => (isNew(origin) ? MADE : origin))), held, heldDeep: deep };
  }
}

export function exportValue(value: Value): Value {
  const known = [...value].filter((origin) => !origin.startsWith("item:"));
  return new Set(known.map((origin) => (origin.startsWith("new:") ? MADE_IN : origin)));
}

/** Whether what an origin holds is in another: in a field of a copy, in a parameter. */
function isWithin(inner: Origin, outer: Origin): boolean {
  if (isCopy(outer)) return isCopy(inner) && !outer.includes("/") && splitCopy(inner)[0] === outer;
  const parameter = parameterOf(outer);
  return parameter !== undefined && outer.startsWith("param:") && parameterOf(inner) === parameter;
}
