// Plain data that nobody can change: what many share and anybody may read, such as interfaces, prices and limits.

/** Frozen copies made here, which need no other copy. */
const frozenCopies = new WeakSet<object>();

/** Plain data that cannot be changed: a frozen copy, or the value itself when it is one that was made here. */
export function freezeCopy<T>(value: T): T {
  if (typeof value !== "object" || value === null || frozenCopies.has(value)) return value;
  const copy = Array.isArray(value)
    ? value.map(freezeCopy)
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, freezeCopy(item)]));
  frozenCopies.add(copy);
  return Object.freeze(copy) as T;
}
