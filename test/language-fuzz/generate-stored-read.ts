// Random reads of the stored collections.

import { expression } from "./generate-expression.js";
import { position } from "./generate-number.js";
import { operation } from "./generate-place.js";
import type { Expression } from "./program.js";
import type { Scope } from "./scope.js";
import { BOOL, type CollectionType, I32, sameType, type Type, VOID } from "./types.js";

/** Ways to read the type from the stored collections. */
export function collectionReads(type: Type, scope: Scope): ((depth: number) => Expression)[] {
  if (!scope.hasSelf) return [];
  const reads: ((depth: number) => Expression)[] = [];
  for (const field of scope.fields) {
    if (field.collection === undefined) continue;
    reads.push(
      ...readsOf(
        field.collection,
        () => ({ kind: "own", type: VOID, name: field.name, collection: field.collection as CollectionType }),
        type,
        scope,
      ),
    );
  }
  return reads;
}

function readsOf(
  collection: CollectionType,
  of: (depth: number) => Expression,
  type: Type,
  scope: Scope,
): ((depth: number) => Expression)[] {
  const reads: ((depth: number) => Expression)[] = [];
  const add = (name: string, result: Type, ...parameters: Type[]): void => {
    if (!sameType(result, type)) return;
    reads.push((depth) => {
      const args = parameters.map((parameter) =>
        parameter === I32 ? position(scope, depth - 1) : expression(parameter, scope, depth - 2),
      );
      return operation(name, type, [of(depth), ...args], { collection });
    });
  };
  switch (collection.kind) {
    case "storage-map": {
      const { key, value } = collection;
      if (isCollection(value)) {
        const inner = (depth: number) =>
          operation("get", VOID, [of(depth), expression(key, scope, depth - 2)], { collection });
        return readsOf(value, inner, type, scope);
      }
      add("get", value, key);
      add("has", BOOL, key);
      break;
    }
    case "storage-vec":
      add("length", I32);
      add("get", collection.of, I32);
      add("page", { kind: "array", of: collection.of }, I32, I32);
      break;
    case "storage-set":
      add("size", I32);
      add("has", BOOL, collection.of);
      add("at", collection.of, I32);
      add("page", { kind: "array", of: collection.of }, I32, I32);
      break;
    case "iterable-map":
      add("size", I32);
      add("has", BOOL, collection.key);
      add("get", collection.value, collection.key);
      add("keyAt", collection.key, I32);
      add("keys", { kind: "array", of: collection.key }, I32, I32);
      add("values", { kind: "array", of: collection.value }, I32, I32);
      break;
  }
  return reads;
}

export function isCollection(type: Type | CollectionType): type is CollectionType {
  return type.kind.includes("-");
}
