// What the analysis of effects knows of a value in memory: which parts of the state, copies of them, parameters or new
// objects it can be. Numbers, texts and the other values that never change once made are of no interest.

/**
 * Where a value comes from.
 * - `place:NAME`: the field NAME or something in it;
 * - `lazy:NAME`: the same of a @lazy field, which is only written when it is assigned;
 * - `copy:N`: a copy of something stored, `copy:N/FIELD`: something in that field of it;
 * - `collection:NAME`: a stored collection, or one in it;
 * - `param:I`: a parameter itself; `part:I/FIELD`: what that field of it holds, `*` for any; `deep:I/FIELD`: what is in that;
 * - `new:N`: an object that is made at the place N of the function;
 * - `function:NAME`: a function as a value, `function:?` one of which nothing is known;
 * - `item:I`: a mark, of what was read out of an array at the place that the local I says.
 */
export type Origin =
  | `place:${string}`
  | `lazy:${string}`
  | `copy:${number}`
  | `copy:${number}/${string}`
  | `collection:${string}`
  | `param:${number}`
  | `part:${number}/${string}`
  | `deep:${number}/${string}`
  | `new:${number}`
  | `function:${string}`
  | `item:${number}`;

export type Value = ReadonlySet<Origin>;

export const NOTHING: Value = new Set();

/** A function as a value, of which nothing is known. */
export const ANY_FUNCTION: Origin = "function:?";

/** In summaries: the new object that a function gives, and those that are in it or that it puts somewhere. */
export const MADE: Origin = "new:0";
export const MADE_IN: Origin = "new:-1";

export function fromOrigins(...origins: readonly Origin[]): Value {
  return new Set(origins);
}

export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  for (const item of b) if (!a.has(item)) return new Set([...a, ...b]);
  return a;
}

export function unionOf(values: Iterable<Value>): Value {
  let all = NOTHING;
  for (const value of values) all = union(all, value);
  return all;
}

export function filterValue(value: Value, keeps: (origin: Origin) => boolean): Value {
  for (const origin of value) if (!keeps(origin)) return new Set([...value].filter(keeps));
  return value;
}

/** A copy as a whole, and the field of it that an origin is in. */
export function splitCopy(origin: Origin): readonly [copy: `copy:${number}`, field: string | undefined] {
  const [copy, field] = origin.split("/");
  return [copy as `copy:${number}`, field];
}

/** The number of a parameter that an origin is, or is in. */
export function parameterOf(origin: Origin): number | undefined {
  const match = /^(?:param|part|deep):(\d+)/.exec(origin);
  return match === null ? undefined : Number(match[1]);
}

export function isCopy(origin: Origin): origin is `copy:${number}` | `copy:${number}/${string}` {
  return origin.startsWith("copy:");
}

/** Whether what is put into it is stored. */
export function isStored(origin: Origin): boolean {
  return /^(place|lazy|collection):/.test(origin);
}

/** Whether it says of which object a value is. */
export function isObject(origin: Origin): boolean {
  return !/^(item|function):/.test(origin);
}

/** Whether it can be an object of the state. */
export function hasPlace(value: Value): boolean {
  for (const origin of value) if (origin.startsWith("place:")) return true;
  return false;
}
