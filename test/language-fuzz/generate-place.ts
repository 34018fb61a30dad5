// Literals, variables, fields and their parts: what is in scope of a type, and what of it may be changed.

import { randomValue } from "./generate-values.js";
import type { Expression, Literal, Operation, Parameter } from "./program.js";
import type { Scope, Variable } from "./scope.js";
import { isShared, sameType, type Type } from "./types.js";

export function literal(type: Type, scope: Scope): Literal {
  return { kind: "literal", type, value: randomValue(type, scope.random) };
}

export function number(type: Type, value: bigint | number): Literal {
  return { kind: "literal", type, value: BigInt(value) };
}

export function operation(
  name: string,
  type: Type,
  args: readonly Expression[],
  more: Partial<Operation> = {},
): Operation {
  return { kind: "operation", name, type, args, ...more };
}

export function variable({ name, type }: Variable): Expression {
  return { kind: "local", name, type };
}

/** Something that is there already, or a literal. */
export function leaf(type: Type, scope: Scope): Expression {
  const { random } = scope;
  const places = scope.random.chance(80) ? known(type, scope) : [];
  if (places.length > 0) return random.pick(places);
  if (type.kind === "struct" || type.kind === "fixed") return { kind: "new", type };
  if (type.kind === "option" && isShared(type.of)) return { kind: "literal", type, value: null };
  if (type.kind === "array") {
    const count = isShared(type.of) ? random.below(2) : random.below(4);
    return { kind: "array-literal", type, items: Array.from({ length: count }, () => leaf(type.of, scope)) };
  }
  return literal(type, scope);
}

/** Variables, constants and fields of the type, also in structs that are there. */
function known(type: Type, scope: Scope): Expression[] {
  const found: Expression[] = [];
  const add = (place: Expression, level: number): void => {
    if (sameType(place.type, type)) found.push(place);
    if (place.type.kind !== "struct" || level > 1) return;
    for (const field of place.type.fields)
      add({ kind: "field", type: field.type, of: place, name: field.name }, level + 1);
  };
  for (const one of scope.variables) if (one.table === undefined) add(variable(one), 0);
  if (scope.hasSelf) {
    for (const field of scope.fields)
      if (field.collection === undefined) add({ kind: "own", type: field.type, name: field.name }, 0);
  }
  for (const { name, value } of scope.program.constants) add({ kind: "constant", type: value.type, name }, 0);
  return found;
}

/** Places that hold the type and may be changed. */
export function assignable(type: Type | undefined, scope: Scope): Expression[] {
  const found: Expression[] = [];
  const add = (place: Expression, level: number, isPlace: boolean): void => {
    if (isPlace && (type === undefined || sameType(place.type, type))) found.push(place);
    if (place.type.kind !== "struct" || level > 1) return;
    for (const field of place.type.fields)
      add({ kind: "field", type: field.type, of: place, name: field.name }, level + 1, true);
  };
  for (const one of scope.variables) {
    if (one.table !== undefined) continue;
    if (one.owned || !isShared(one.type)) add(variable(one), 0, one.mutable);
    else if (one.mutable && (type === undefined || sameType(one.type, type))) found.push(variable(one));
  }
  if (scope.hasSelf && scope.writes) {
    for (const field of scope.fields)
      if (field.collection === undefined) add({ kind: "own", type: field.type, name: field.name }, 0, true);
    for (const method of scope.methods)
      if (method.accessor === "set")
        add({ kind: "property", type: (method.parameters[0] as Parameter).type, name: method.name.slice(4) }, 2, true);
  }
  return found;
}

/** Arrays of the type that are there. */
export function arraysOf(type: Type, scope: Scope): Expression[] {
  const lists = known({ kind: "array", of: type }, scope);
  for (const length of [1, 2, 3, 4]) lists.push(...known({ kind: "fixed", of: type, length }, scope));
  return lists;
}

/** A variable where a constant alone would be folded; a literal if there is none. */
export function leafVariable(type: Type, scope: Scope): Expression {
  const places = known(type, scope).filter(({ kind }) => kind !== "constant");
  return places.length > 0 ? scope.random.pick(places) : literal(type, scope);
}

/** Every array that is there. */
export function everyArray(scope: Scope): Expression[] {
  const types = [
    ...scope.variables.filter(({ table }) => table === undefined).map(({ type }) => type),
    ...(scope.hasSelf ? scope.fields.filter(({ collection }) => collection === undefined).map(({ type }) => type) : []),
  ].filter(({ kind }) => kind === "array");
  return types.flatMap((type) => known(type, scope));
}
