// What a statement of a generated program does, and how it ends: going on, or with break, continue or return.

import { decode, encode, zeroOf } from "./borsh.js";
import { codeOf, fail, ModelError, ModelFailure } from "./failure.js";
import type { Frame } from "./frame.js";
import { callPeer, evaluate } from "./interpret-expression.js";
import { isEqual } from "./operations.js";
import type { Problem, Statement } from "./program.js";
import type { Value } from "./types.js";

/** Undefined: the next statement runs. */
export type Ending = undefined | "break" | "continue" | { readonly returned: Value };

export function runBody(body: readonly Statement[], frame: Frame): Ending {
  for (const statement of body) {
    const ending = run(statement, frame);
    if (ending !== undefined) return ending;
  }
  return undefined;
}

function run(statement: Statement, frame: Frame): Ending {
  frame.machine.step();
  switch (statement.kind) {
    case "let":
      frame.set(statement.name, evaluate(statement.value, frame));
      return undefined;
    case "expression":
      evaluate(statement.value, frame);
      return undefined;
    case "if":
      return runBody(evaluate(statement.condition, frame) === true ? statement.yes : (statement.no ?? []), frame);
    case "for":
      return runFor(statement, frame);
    case "while":
      return runWhile(statement, frame);
    case "switch":
      return runSwitch(statement, frame);
    case "break":
    case "continue":
      return statement.kind;
    case "block":
      return runBody(statement.body, frame);
    case "require":
      if (evaluate(statement.condition, frame) !== true) failWith(statement.problem, frame);
      return undefined;
    case "revert":
      return failWith(statement.problem, frame);
    case "attempt": {
      const { how, call, result, failed, data } = statement;
      const outcome = callPeer(call, frame);
      const answer =
        how === "try" ? outcome.data : outcome.success ? decode(call.type, outcome.data) : zeroOf(call.type);
      if (call.type.kind !== "void" || how === "try") frame.set(result, answer as Value);
      frame.set(failed, !outcome.success);
      frame.set(data, outcome.success ? "" : outcome.data);
      return undefined;
    }
    case "emit": {
      const record = frame.machine.record(statement.event);
      const args = statement.args.map((argument) => evaluate(argument, frame));
      frame.machine.emit(statement.event, record.fields.map(({ type }, i) => encode(type, args[i] as Value)).join(""));
      return undefined;
    }
    case "return":
      return { returned: statement.value === undefined ? null : evaluate(statement.value, frame) };
  }
}

function failWith(problem: Problem, frame: Frame): never {
  if (problem.kind === "none") fail("RequireFailed");
  if (problem.kind === "text") throw new ModelFailure(codeOf(problem.text));
  const record = frame.machine.record(problem.error);
  const args = problem.args.map((argument) => evaluate(argument, frame));
  throw new ModelFailure(
    codeOf(problem.error) + record.fields.map(({ type }, i) => encode(type, args[i] as Value)).join(""),
  );
}

type Of<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

/** `for (let name = from; name < to; name++)`: the bound is computed before every turn. */
function runFor({ name, from, to, body }: Of<"for">, frame: Frame): Ending {
  frame.set(name, evaluate(from, frame));
  while ((frame.get(name) as bigint) < (evaluate(to, frame) as bigint)) {
    const ending = runBody(body, frame);
    if (ending === "break") break;
    if (ending !== undefined && ending !== "continue") return ending;
    frame.set(name, (frame.get(name) as bigint) + 1n);
  }
  return undefined;
}

/** `let name = 0; while (name++ < turns && condition)`, or the same after `do`. */
function runWhile({ name, turns, condition, isDo, body }: Of<"while">, frame: Frame): Ending {
  frame.set(name, 0n);
  const goesOn = () => {
    const turn = frame.get(name) as bigint;
    frame.set(name, turn + 1n);
    return turn < BigInt(turns) && evaluate(condition, frame) === true;
  };
  if (!isDo && !goesOn()) return undefined;
  do {
    const ending = runBody(body, frame);
    if (ending === "break") break;
    if (ending !== undefined && ending !== "continue") return ending;
  } while (goesOn());
  return undefined;
}

function runSwitch({ of, cases, otherwise }: Of<"switch">, frame: Frame): Ending {
  const value = evaluate(of, frame);
  let entered = false;
  for (const { values, body, falls } of cases) {
    entered ||= values.some((literal) => isEqual(of.type, literal.value, value));
    if (!entered) continue;
    const ending = runBody(body, frame);
    if (ending === "break") return undefined;
    if (ending !== undefined) return ending;
    if (!falls) return undefined;
  }
  const ending = otherwise === undefined ? undefined : runBody(otherwise, frame);
  return ending === "break" ? undefined : ending;
}

export function resultOf(ending: Ending): Value {
  if (typeof ending === "object") return ending.returned;
  if (ending !== undefined) throw new ModelError(ending);
  return null;
}
