// What the analysis of effects knows of a value in memory: which parts of the state, copies of them or parameters it can
// be, or can have in it. Numbers, texts and the other values that never change once made are of no interest.

/**
 * Where a value comes from.
 * - `place:NAME`: the field NAME or something in it;
 * - `lazy:NAME`: the same of a @lazy field, which is only written when it is assigned;
 * - `copy:N`: a copy of something stored, `copy:N/FIELD`: something in that field of it;
 * - `collection:NAME`: a stored collection, or one in it;
 * - `param:I`: a parameter itself; `part:I`: something in it;
 * - `function:NAME`: a function as a value.
 */
export type Origin =
  | `place:${string}`
  | `lazy:${string}`
  | `copy:${number}`
  | `copy:${number}/${string}`
  | `collection:${string}`
  | `param:${number}`
  | `part:${number}`
  | `function:${string}`;

export interface Value {
  /** What it can be. */
  readonly self: ReadonlySet<Origin>;
  /** What a new object can have in it. */
  readonly inner: ReadonlySet<Origin>;
}

const NONE: ReadonlySet<Origin> = new Set();
export const NOTHING: Value = { self: NONE, inner: NONE };

export function fromOrigins(...origins: readonly Origin[]): Value {
  return { self: new Set(origins), inner: NONE };
}

export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  for (const item of b) if (!a.has(item)) return new Set([...a, ...b]);
  return a;
}

export function join(a: Value, b: Value): Value {
  const self = union(a.self, b.self);
  const inner = union(a.inner, b.inner);
  if (self === a.self && inner === a.inner) return a;
  return { self, inner };
}

/** What is read out of a value: out of one of its fields, if that is known. */
export function partsOf({ self, inner }: Value, field?: string): Value {
  const found = new Set<Origin>(inner);
  for (const origin of self) {
    if (origin.startsWith("function:")) continue;
    if (origin.startsWith("param:")) found.add(origin.replace("param:", "part:") as Origin);
    else if (origin.startsWith("copy:") && field !== undefined && !origin.includes("/")) {
      found.add(`${origin as `copy:${number}`}/${field}`);
    } else found.add(origin);
  }
  return found.size === 0 ? NOTHING : { self: found, inner: NONE };
}

/** A new object that has what is in these values. */
export function holding(values: readonly Value[]): Value {
  const inner = values.reduce((sum: ReadonlySet<Origin>, each) => union(sum, union(each.self, each.inner)), NONE);
  return inner.size === 0 ? NOTHING : { self: NONE, inner };
}

/** A copy as a whole, and the field of it that an origin is in. */
export function splitCopy(origin: Origin): readonly [copy: `copy:${number}`, field: string | undefined] {
  const [copy, field] = origin.split("/");
  return [copy as `copy:${number}`, field];
}

/** The number of a parameter that an origin is, or is in. */
export function parameterOf(origin: Origin): number | undefined {
  const match = /^(?:param|part):(\d+)$/.exec(origin);
  return match === null ? undefined : Number(match[1]);
}

/** Whether it can be, or have in it, an object of the state. */
export function hasPlace({ self, inner }: Value): boolean {
  for (const origin of self) if (origin.startsWith("place:")) return true;
  for (const origin of inner) if (origin.startsWith("place:")) return true;
  return false;
}
