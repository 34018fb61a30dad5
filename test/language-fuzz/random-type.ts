// Random types for fields, parameters and variables.

import type { Random } from "../hostile/random.js";
import { type Candidate, oneOf } from "./candidates.js";
import {
  ADDRESS,
  BOOL,
  BYTES,
  type CollectionType,
  type EnumType,
  HASH,
  I32,
  INTS,
  STRING,
  type StructType,
  type Type,
} from "./types.js";

interface Named {
  readonly enums: readonly EnumType[];
  readonly structs: readonly StructType[];
}

/** `depth` levels of arrays, structs and nullable values at most. */
export function randomType(random: Random, { enums, structs }: Named, depth: number): Type {
  const wanted: Candidate<Type>[] = [
    [30, () => random.pick(Object.values(INTS))],
    [10, () => INTS["u256"] as Type],
    [6, () => I32],
    [7, () => BOOL],
    [10, () => STRING],
    [5, () => BYTES],
    [5, () => ADDRESS],
    [2, () => HASH],
  ];
  if (enums.length > 0) wanted.push([4, () => random.pick(enums)]);
  if (depth > 0) {
    const inner = () => randomType(random, { enums, structs }, depth - 1);
    wanted.push([14, () => ({ kind: "array", of: inner() })]);
    wanted.push([3, () => ({ kind: "fixed", of: inner(), length: 1 + random.below(4) })]);
    wanted.push([4, () => option(inner())]);
    if (structs.length > 0) wanted.push([10, () => random.pick(structs)]);
  }
  return oneOf(random, wanted) as Type;
}

/** `T | null`, where there is such a thing. */
function option(of: Type): Type {
  if (of.kind === "option" || of.kind === "bool" || of.kind === "enum") return of;
  if (of.kind === "int" && of.bits <= 64) return of;
  return { kind: "option", of };
}

/** A key of a stored map: few values, so that entries are met again. */
function keyType(random: Random, { enums }: Named): Type {
  return random.pick([
    I32,
    INTS["u8"] as Type,
    INTS["u64"] as Type,
    ADDRESS,
    STRING,
    INTS["u256"] as Type,
    BOOL,
    BYTES,
    ...enums,
  ]);
}

export function randomCollection(random: Random, named: Named, depth = 2): CollectionType {
  const of = () => randomType(random, named, 1);
  return oneOf<CollectionType>(random, [
    [5, () => ({ kind: "storage-map", key: keyType(random, named), value: of() })],
    [
      2,
      () =>
        depth > 0
          ? { kind: "storage-map", key: keyType(random, named), value: randomCollection(random, named, depth - 1) }
          : { kind: "storage-set", of: keyType(random, named) },
    ],
    [3, () => ({ kind: "storage-vec", of: of() })],
    [2, () => ({ kind: "storage-set", of: keyType(random, named) })],
    [2, () => ({ kind: "iterable-map", key: keyType(random, named), value: of() })],
  ]) as CollectionType;
}
