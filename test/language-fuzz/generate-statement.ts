// Random statements of a method: declarations, conditions, loops, failures, events, calls.

import { type Candidate, oneOf } from "./candidates.js";
import { change, changeCollection, changeList, changeTable, fillTable } from "./generate-change.js";
import { condition, expression, receiver } from "./generate-expression.js";
import { attempt, bulk, peerCall } from "./generate-peer-call.js";
import { everyArray, leaf, literal, number, operation } from "./generate-place.js";
import { shape } from "./generate-shape.js";
import type { Expression, Literal, Problem, Statement } from "./program.js";
import { randomType } from "./random-type.js";
import type { Scope, Variable } from "./scope.js";
import { ADDRESS, BYTES, hasEquality, I32, INTS, type IntType, isShared, STRING, type Type, VOID } from "./types.js";

const TEXTS = ["no", "too little", 'not yet: "x"', "closed"];

/** Statements one after the other; those that come later see the variables of those before. */
export function statements(scope: Scope, count: number, depth: number): Statement[] {
  const body: Statement[] = [];
  let inside = scope;
  for (let i = 0; i < count; i++) {
    const { statement, variables } = oneStatement(inside, depth);
    if (statement === undefined) continue;
    body.push(statement);
    if (variables !== undefined) inside = { ...inside, variables: [...inside.variables, ...variables] };
  }
  return body;
}

/** The statements of a method, with what it gives back at the end. */
export function methodBody(scope: Scope, count: number): Statement[] {
  const body: Statement[] = [];
  let inside = scope;
  const add = (added: readonly Statement[], variables: readonly Variable[] = []): void => {
    body.push(...added);
    if (variables.length > 0) inside = { ...inside, variables: [...inside.variables, ...variables] };
  };
  for (let i = 0; i < count; i++) {
    const { statement, variables } = oneStatement(inside, 2);
    if (statement === undefined) continue;
    add([statement], variables);
    if (scope.random.chance(25)) add(shape(inside));
    if (scope.reentered !== undefined && scope.random.chance(4)) {
      const { statements: made, variables: declared } = bulk(inside);
      add(made, declared);
    }
  }
  if (scope.result !== VOID) body.push({ kind: "return", value: expression(scope.result, inside, 3) });
  return body;
}

interface Made {
  readonly statement: Statement | undefined;
  readonly variables?: readonly Variable[];
}

function oneStatement(scope: Scope, depth: number): Made {
  const { random } = scope;
  const plain =
    (make: () => Statement | undefined): (() => Made) =>
    () => ({ statement: make() });
  const wanted: Candidate<Made>[] = [
    [22, () => declaration(scope)],
    [6, () => tableDeclaration(scope)],
    [scope.variables.some(({ table }) => table !== undefined) ? 25 : 0, plain(() => fillTable(scope))],
    [26, plain(() => change(scope))],
    [14, plain(() => changeList(scope))],
    [8, plain(() => changeTable(scope))],
    [5, plain(() => failure(scope))],
  ];
  if (scope.writes) {
    wanted.push([16, plain(() => changeCollection(scope))]);
    if (scope.program.events.length > 0) wanted.push([4, plain(() => emission(scope))]);
    wanted.push([6, plain(() => callStatement(scope))]);
    if (scope.reentered !== undefined) {
      wanted.push([10, plain(() => ({ kind: "expression", value: peerCall(scope) }))]);
      wanted.push([6, () => attempt(scope)]);
    }
  }
  if (depth > 0) {
    wanted.push([16, plain(() => conditional(scope, depth - 1))]);
    wanted.push([8, plain(() => loop(scope, depth - 1))]);
    wanted.push([5, plain(() => switching(scope, depth - 1))]);
    wanted.push([2, plain(() => ({ kind: "block", body: statements(scope, 2, depth - 1) }))]);
  }
  if (scope.inLoop) wanted.push([4, plain(() => jump(scope))]);
  if (scope.result !== VOID && depth < 2)
    wanted.push([2, plain(() => ({ kind: "return", value: expression(scope.result, scope, 2) }))]);
  return oneOf(random, wanted) ?? { statement: undefined };
}

function declaration(scope: Scope): Made {
  const type = randomType(scope.random, scope.program, 2);
  const value = expression(type, scope, 3);
  const name = scope.newName();
  // An empty array, null and the like have no type of their own.
  const typed = scope.random.chance(60) || type.kind === "option" || type.kind === "array";
  const owned = isShared(type) && isFresh(value);
  return { statement: { kind: "let", name, type, value, typed }, variables: [{ name, type, mutable: true, owned }] };
}

/** Whether nothing else refers to what an expression gives. */
function isFresh(value: Expression): boolean {
  if (value.kind === "new") return true;
  return value.kind === "array-literal" && value.type.kind === "array" && !isShared(value.type.of);
}

const KEYS: readonly Type[] = [
  STRING,
  I32,
  INTS["u64"] as Type,
  INTS["u8"] as Type,
  INTS["u256"] as Type,
  ADDRESS,
  BYTES,
];

function tableDeclaration(scope: Scope): Made {
  const { random } = scope;
  const types = random.chance(50) ? [random.pick(KEYS)] : [random.pick(KEYS), randomType(random, scope.program, 0)];
  const name = scope.newName();
  const value = operation("newTable", VOID, [], { types });
  const declared: Variable = { name, type: VOID, mutable: false, owned: true, table: types };
  return { statement: { kind: "let", name, type: VOID, value, typed: false }, variables: [declared] };
}

function failure(scope: Scope): Statement {
  const { random } = scope;
  const problem = randomProblem(scope);
  if (random.chance(75)) return { kind: "require", condition: likely(scope), problem };
  const stop: Statement = {
    kind: "revert",
    problem: problem.kind === "none" ? { kind: "text", text: "stop" } : problem,
    isThrow: random.chance(40),
  };
  return { kind: "if", condition: unlikely(scope), yes: [stop] };
}

function likely(scope: Scope): Expression {
  return scope.random.chance(50)
    ? { kind: "unary", type: { kind: "bool" }, operator: "!", of: unlikely(scope) }
    : condition(scope);
}

/** An expression equal to one literal. */
function unlikely(scope: Scope): Expression {
  const type = scope.random.pick([I32, INTS["u64"] as IntType, INTS["u256"] as IntType]);
  const left = leaf(type, scope);
  if (left.kind === "literal") return condition(scope);
  return { kind: "comparison", type: { kind: "bool" }, operator: "==", left, right: literal(type, scope) };
}

export function randomProblem(scope: Scope): Problem {
  const { random } = scope;
  const { errors } = scope.program;
  if (errors.length > 0 && random.chance(40)) {
    const error = random.pick(errors);
    return { kind: "error", error: error.name, args: error.fields.map(({ type }) => expression(type, scope, 1)) };
  }
  return random.chance(20) ? { kind: "none" } : { kind: "text", text: random.pick(TEXTS) };
}

function emission(scope: Scope): Statement {
  const event = scope.random.pick(scope.program.events);
  return { kind: "emit", event: event.name, args: event.fields.map(({ type }) => expression(type, scope, 2)) };
}

/** A method that gives nothing, or whose result is not used. */
function callStatement(scope: Scope): Statement | undefined {
  const methods = scope.methods.filter(({ writes, accessor }) => writes && accessor === undefined);
  if (!scope.hasSelf || methods.length === 0) return undefined;
  const method = scope.random.pick(methods);
  const args = method.parameters.map(({ type }) => expression(type, scope, 2));
  return {
    kind: "expression",
    value: { kind: "call", type: method.result, callee: method.name, on: receiver(method), args },
  };
}

function conditional(scope: Scope, depth: number): Statement {
  const { random } = scope;
  const branch = () => {
    // One statement alone may be written without braces.
    if (random.chance(25)) return [failure(scope)];
    return statements(scope, 1 + random.below(3), depth);
  };
  const yes = branch();
  return { kind: "if", condition: condition(scope, 2), yes, ...(random.chance(55) ? { no: branch() } : {}) };
}

function loop(scope: Scope, depth: number): Statement {
  const { random } = scope;
  const name = scope.newName();
  const type = random.pick([I32, I32, INTS["u64"] as IntType, INTS["u8"] as IntType]);
  const counter: Variable = { name, type, mutable: false, owned: false };
  const inside: Scope = { ...scope, inLoop: true, variables: [...scope.variables, counter] };
  if (random.chance(60)) {
    const lists = everyArray(scope);
    const bound =
      type === I32 && lists.length > 0 && random.chance(30)
        ? operation("length", I32, [random.pick(lists)])
        : number(type, random.below(5));
    return {
      kind: "for",
      name,
      type,
      from: number(type, random.below(2)),
      to: bound,
      body: statements(inside, 1 + random.below(3), depth),
    };
  }
  const turning: Scope = { ...scope, inLoop: true };
  return {
    kind: "while",
    name,
    turns: 1 + random.below(4),
    condition: condition(scope, 1),
    isDo: random.chance(40),
    body: statements(turning, 1 + random.below(3), depth),
  };
}

function jump(scope: Scope): Statement {
  return {
    kind: "if",
    condition: condition(scope, 1),
    yes: [{ kind: scope.random.chance(50) ? "break" : "continue" }],
  };
}

function switching(scope: Scope, depth: number): Statement | undefined {
  const { random } = scope;
  const type = random.pick([
    I32,
    INTS["u8"] as IntType,
    INTS["u64"] as IntType,
    INTS["u256"] as IntType,
    STRING,
    ...scope.program.enums,
  ]);
  if (!hasEquality(type)) return undefined;
  const seen = new Set<string>();
  const cases = Array.from({ length: 1 + random.below(3) }, () => {
    const values: Literal[] = Array.from({ length: 1 + random.below(2) }, () =>
      type.kind === "int" ? number(type, random.below(6)) : literal(type, scope),
    ).filter(({ value }) => !seen.has(String(value)) && seen.add(String(value)) !== undefined);
    // Inside a switch `break` would be its own, and `continue` the loop's.
    return {
      values,
      body: statements({ ...scope, inLoop: false }, 1 + random.below(2), depth),
      falls: random.chance(20),
    };
  }).filter(({ values }) => values.length > 0);
  const otherwise = random.chance(60) ? { otherwise: statements({ ...scope, inLoop: false }, 1, depth) } : {};
  return { kind: "switch", of: leaf(type, scope), cases, ...otherwise };
}
