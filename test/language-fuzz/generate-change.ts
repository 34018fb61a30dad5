// Random changes of variables, of arrays and tables in memory, and of what is stored.

import { type Candidate, oneOf } from "./candidates.js";
import { expression } from "./generate-expression.js";
import { position, small } from "./generate-number.js";
import { arraysOf, assignable, leaf, number, operation, variable } from "./generate-place.js";
import { isCollection } from "./generate-stored-read.js";
import type { Expression, Statement } from "./program.js";
import type { Scope } from "./scope.js";
import { type CollectionType, I32, type IntType, isShared, isWide, type Type, VOID } from "./types.js";

/** Assignments, compound ones, steps. */
export function change(scope: Scope): Statement | undefined {
  const { random } = scope;
  const places = [...assignable(undefined, scope), ...items(scope)];
  if (places.length === 0) return undefined;
  const target = random.pick(places);
  const { type } = target;
  // A variable that owned what it held may then share it, and change what it must not.
  const isOwned = target.kind === "local" && scope.variables.some(({ name, owned }) => owned && name === target.name);
  if (isOwned && !scope.writes) return undefined;
  const assigned = (
    operator: "=" | "+=" | "-=" | "*=" | "|=" | "%=" | "/=" | "&=" | "<<=",
    value: Expression,
  ): Statement => ({
    kind: "expression",
    value: { kind: "assignment", type, operator, target, value },
  });
  if (type.kind === "int") {
    return oneOf<Statement>(random, [
      [3, () => assigned("=", expression(type, scope))],
      [
        4,
        () =>
          assigned(
            random.pick(["+=", "+=", "-=", "*=", "|=", "%=", "/=", "&="]),
            random.chance(50) ? small(type, scope, 2) : expression(type, scope),
          ),
      ],
      [1, () => (isWide(type) ? undefined : assigned("<<=", number(type, random.below(Math.min(7, type.bits)))))],
      [
        2,
        () => ({
          kind: "expression",
          value: { kind: "step", type, operator: random.pick(["++", "--"]), prefix: random.chance(50), target },
        }),
      ],
    ]);
  }
  if (type.kind === "string" && random.chance(40)) return assigned("+=", expression(type, scope, 2));
  return assigned("=", expression(type, scope));
}

/** Items of arrays that may be changed. */
function items(scope: Scope): Expression[] {
  const lists = changeable(scope).filter(({ type }) => type.kind === "array" || type.kind === "fixed");
  return lists
    .filter(({ type }) => type.kind === "fixed" || (type.kind === "array" && isFlat(type.of)))
    .map((list) => ({ kind: "index", type: (list.type as { of: Type }).of, of: list, at: indexFor(scope) }));
}

/** Places whose objects may be changed: where nothing may be written, only those that nothing else refers to. */
function changeable(scope: Scope): Expression[] {
  const places = assignable(undefined, scope);
  if (scope.writes) return places;
  const shared = new Set(scope.variables.filter(({ owned }) => !owned).map(({ name }) => name));
  return places.filter((place) => place.kind !== "local" || !shared.has(place.name));
}

function indexFor(scope: Scope): Expression {
  const counters = scope.variables.filter(({ type, mutable }) => mutable && type === I32);
  if (counters.length > 0 && scope.random.chance(40)) {
    const step: Expression = {
      kind: "step",
      type: I32,
      operator: "++",
      prefix: scope.random.chance(30),
      target: variable(scope.random.pick(counters)),
    };
    return scope.random.chance(50)
      ? step
      : { kind: "binary", type: I32, operator: "&", left: step, right: number(I32, 3) };
  }
  return position(scope, 1);
}

/** Numbers, bools and enums: between an array's end and a later index lie zeros of them. */
function isFlat(type: Type): boolean {
  return (type.kind === "int" && !isWide(type)) || type.kind === "bool" || type.kind === "enum";
}

export function changeList(scope: Scope): Statement | undefined {
  const { random } = scope;
  const lists = changeable(scope).filter(({ type }) => type.kind === "array");
  if (lists.length === 0) return undefined;
  const list = random.pick(lists);
  const { of } = list.type as { of: Type };
  const types = [of];
  const statement = (name: string, args: readonly Expression[], type: Type = VOID): Statement => ({
    kind: "expression",
    value: operation(name, type, [list, ...args], { types }),
  });
  const wanted: Candidate<Statement>[] = [
    [8, () => statement("push", [expression(of, scope, 2)])],
    [2, () => statement("pop", [], of)],
    [1, () => statement("shift", [], of)],
    [1, () => statement("unshift", [expression(of, scope, 2)])],
    [2, () => statement("reverse", [])],
    [1, () => statement("splice", [position(scope, 1), number(I32, random.below(3))])],
    [2, () => statement("setLength", [number(I32, isFlat(of) ? random.below(5) : 0)])],
  ];
  if (of.kind === "int" && of.bits >= 32) wanted.push([3, () => statement("sort", [])]);
  if (isFlat(of) || of.kind === "string") wanted.push([1, () => statement("fill", [expression(of, scope, 2)])]);
  const sources = arraysOf(of, scope);
  if (isShared(of) && sources.length > 0) wanted.push([3, () => changeItem(of, random.pick(sources), scope)]);
  return oneOf(random, wanted);
}

/** Changes a field of a struct in an array. */
function changeItem(of: Type, list: Expression, scope: Scope): Statement | undefined {
  if (of.kind !== "struct" || !scope.writes) return undefined;
  const field = scope.random.pick(of.fields);
  const item: Expression = { kind: "index", type: of, of: list, at: indexFor(scope) };
  const target: Expression = { kind: "field", type: field.type, of: item, name: field.name };
  const operator = field.type.kind === "int" && scope.random.chance(50) ? "+=" : "=";
  const value = operator === "+=" ? small(field.type as IntType, scope, 1) : expression(field.type, scope, 2);
  return { kind: "expression", value: { kind: "assignment", type: field.type, operator, target, value } };
}

export function changeTable(scope: Scope): Statement | undefined {
  const tables = scope.variables.filter(({ table }) => table !== undefined);
  if (tables.length === 0) return undefined;
  const table = scope.random.pick(tables);
  const types = table.table as readonly Type[];
  const [key, value] = types;
  const of = { kind: "local", type: VOID, name: table.name } as const;
  const at = expression(key as Type, scope, 2);
  const run = (name: string, args: readonly Expression[]): Statement => ({
    kind: "expression",
    value: operation(name, VOID, [of, ...args], { types }),
  });
  if (scope.random.chance(15)) return run("tableDelete", [at]);
  return value === undefined ? run("tableAdd", [at]) : run("tableSet", [at, expression(value, scope, 2)]);
}

/** Adds many entries: tables grow, and look for their entries anew. */
export function fillTable(scope: Scope): Statement | undefined {
  const { random } = scope;
  const tables = scope.variables.filter(
    ({ table }) => table?.[0] !== undefined && (table[0].kind === "int" || table[0].kind === "string"),
  );
  if (tables.length === 0) return undefined;
  const table = random.pick(tables);
  const types = table.table as readonly Type[];
  const [key, value] = types;
  const type = key?.kind === "int" && !isWide(key) ? key : I32;
  const name = scope.newName();
  const counter: Expression = { kind: "local", type, name };
  const at: Expression =
    key?.kind === "string"
      ? operation("toText", key, [counter])
      : key === type
        ? counter
        : { kind: "cast", type: key as Type, of: counter };
  const of = { kind: "local", type: VOID, name: table.name } as const;
  const args = value === undefined ? [of, at] : [of, at, leaf(value, scope)];
  const added = operation(value === undefined ? "tableAdd" : "tableSet", VOID, args, { types });
  return {
    kind: "for",
    name,
    type,
    from: number(type, 0),
    to: number(type, 3 + random.below(28)),
    body: [{ kind: "expression", value: added }],
  };
}

export function changeCollection(scope: Scope): Statement | undefined {
  const { random } = scope;
  const fields = scope.fields.filter(({ collection }) => collection !== undefined);
  if (!scope.hasSelf || fields.length === 0) return undefined;
  const field = random.pick(fields);
  let collection = field.collection as CollectionType;
  let of: Expression = { kind: "own", type: VOID, name: field.name, collection };
  while (collection.kind === "storage-map" && isCollection(collection.value)) {
    of = operation("get", VOID, [of, expression(collection.key, scope, 1)], { collection });
    collection = collection.value;
  }
  const run = (name: string, ...args: Expression[]): Statement => ({
    kind: "expression",
    value: operation(name, VOID, [of, ...args], { collection }),
  });
  const value = (type: Type) => expression(type, scope, 2);
  switch (collection.kind) {
    case "storage-map": {
      const { key, value: item } = collection as { key: Type; value: Type };
      return random.chance(80) ? run("set", value(key), value(item)) : run("delete", value(key));
    }
    case "iterable-map":
      return random.chance(75)
        ? run("set", value(collection.key), value(collection.value))
        : run("delete", value(collection.key));
    case "storage-set":
      return run(random.chance(70) ? "add" : "delete", value(collection.of));
    case "storage-vec":
      return oneOf<Statement>(random, [
        [6, () => run("push", value(collection.of as Type))],
        [2, () => run("set", position(scope, 1), value(collection.of as Type))],
        [1, () => run("pop")],
        [1, () => run("swapRemove", position(scope, 1))],
      ]);
  }
}
