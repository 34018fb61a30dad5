// Short ways to make parts of generated programs, and operations that bring their own text and meaning.

import type { ArithmeticOperator, Expression, OperationRule, Statement } from "./program.js";
import { BOOL, I32, type Type, VOID } from "./types.js";

export const own = (name: string, type: Type): Expression => ({ kind: "own", name, type });
export const local = (name: string, type: Type): Expression => ({ kind: "local", name, type });
export const field = (of: Expression, name: string, type: Type): Expression => ({ kind: "field", of, name, type });
export const item = (of: Expression, at: Expression): Expression => ({
  kind: "index",
  of,
  at,
  type: (of.type as { of: Type }).of,
});
export const binary = (operator: ArithmeticOperator, left: Expression, right: Expression): Expression => ({
  kind: "binary",
  type: left.type,
  operator,
  left,
  right,
});
export const cast = (type: Type, of: Expression): Expression => ({ kind: "cast", type, of });
export const run = (value: Expression): Statement => ({ kind: "expression", value });
export const set = (target: Expression, value: Expression): Statement =>
  run({ kind: "assignment", type: target.type, operator: "=", target, value });
export const declare = (name: string, type: Type, value: Expression): Statement => ({
  kind: "let",
  name,
  type,
  value,
  typed: true,
});
export const give = (value: Expression): Statement => ({ kind: "return", value });
export const whole = (value: number): Expression => ({ kind: "literal", type: I32, value: BigInt(value) });
export const same = (left: Expression, right: Expression): Expression => ({
  kind: "comparison",
  type: BOOL,
  operator: "==",
  left,
  right,
});

/** An operation that is written and carried out as is said here. */
export function custom(
  type: Type,
  args: readonly Expression[],
  text: OperationRule["text"],
  carryOut: OperationRule["run"],
): Expression {
  return { kind: "operation", name: "custom", type, args, rule: { text, run: carryOut } };
}

/** `list.push(value)` */
export const push = (list: Expression, value: Expression): Statement => ({
  kind: "expression",
  value: {
    kind: "operation",
    name: "push",
    type: VOID,
    args: [list, value],
    types: [(list.type as { of: Type }).of],
  },
});
