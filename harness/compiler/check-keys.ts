// Finds, in what asc has compiled, Map and Set whose keys are of a class with an == of its own: they are looked for by where
// they lie in memory, so that one that is equal to another is not found.

import type { AscRangeNode } from "./asc-internals.js";

/** asc's number of the overload of `==`. */
const EQUALS = 17;

interface AscKeyClass {
  readonly internalName: string;
  readonly name: string;
  lookupOverload(kind: number): { readonly declaration: { readonly range: AscRangeNode } } | null;
}

interface AscInstance {
  readonly typeArguments?: readonly { getClass(): AscKeyClass | null }[] | null;
}

/** The `==` of a class whose objects are keys, and what the class is called. */
export interface KeyWithEquality {
  readonly range: AscRangeNode;
  readonly className: string;
}

export function findKeysWithEquality(program: object): KeyWithEquality[] {
  const { instancesByName } = program as { readonly instancesByName: ReadonlyMap<string, AscInstance> };
  const found = new Map<string, KeyWithEquality>();
  for (const [name, { typeArguments }] of instancesByName) {
    if (!/^~lib\/(map\/Map|set\/Set)<.*>$/.test(name)) continue;
    const key = typeArguments?.[0]?.getClass();
    // The library's and the SDK's own are looked for by value.
    if (key == null || key.internalName.startsWith("~lib/")) continue;
    const equals = key.lookupOverload(EQUALS);
    if (equals !== null) found.set(key.internalName, { range: equals.declaration.range, className: key.name });
  }
  return [...found.values()];
}
