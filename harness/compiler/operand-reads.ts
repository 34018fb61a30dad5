// Which operands of wide types are read in place: the buffer of an owned variable or the cell of a stored field itself,
// instead of a copy. An operator or method of a wide type keeps neither operand and writes to neither, so that the last one
// read is safe. One that is read earlier is safe only if all that is evaluated between its reading and its use is pure:
// `this.total + this.bump()` and `x * (x += 1)` have the value that was there before on the left.

import type { AscCompiler, AscInternals, AscNode, Compile, Hook } from "./asc-internals.js";
import { active, type Session } from "./checked-session.js";
import { isConstantNode } from "./literals.js";
import { withoutParentheses } from "./operator-facts.js";
import { isPure } from "./pure-expressions.js";
import { isWide } from "./wide-types.js";

export function hookOperandReads(asc: AscInternals, hook: Hook): void {
  hook<Compile>(
    "compileBinaryExpression",
    (original) =>
      function (node, type, constraints) {
        const current = active(this);
        if (current !== undefined) markOperands(asc, this, current, node);
        return original.call(this, node, type, constraints);
      },
  );
  hook<Compile>(
    "compileCallExpression",
    (original) =>
      function (node, type, constraints) {
        const current = active(this);
        const callee = node.expression as AscNode;
        if (current !== undefined && callee.kind === asc.NodeKind["PropertyAccess"]) {
          // If it is of a wide type, the method is the SDK's. The receiver is read before the arguments are evaluated.
          const isSafe = (node.args ?? []).every((argument) => isPure(asc, this, current, argument));
          markConsumed(asc, current, callee.expression as AscNode, isSafe);
        }
        return original.call(this, node, type, constraints);
      },
  );
}

/** Says of a node whether it is read in place. Generic code is compiled more than once, and may differ in it. */
export function markConsumed(asc: AscInternals, current: Session, node: AscNode, isSafe: boolean): void {
  const inner = withoutParentheses(asc, node);
  if (isSafe) current.consumed.add(inner);
  else current.consumed.delete(inner);
}

function markOperands(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): void {
  const { Token } = asc;
  const { left, right, operator } = node;
  if (left === undefined || right === undefined || operator === Token["Equals"]) return;
  if (operator === Token["Ampersand_Ampersand"] || operator === Token["Bar_Bar"]) return;
  const decisive = isConstantNode(asc, current, left) ? right : left;
  const swallow = asc.ReportMode["Swallow"] as number;
  const type = compiler.resolver.resolveExpression(decisive, compiler.currentFlow, asc.Type.auto, swallow);
  const isOfWide = type !== null && isWide(type);
  markConsumed(asc, current, left, isOfWide && isPure(asc, compiler, current, right));
  markConsumed(asc, current, right, isOfWide);
}
