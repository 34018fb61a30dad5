// Where a condition is wanted: in `if` and loops, before `?`, in require(), and in what `!`, `&&` and `||` join there.

import { ts } from "ts-morph";
import type { Names } from "./names/resolve-names.js";

/** An assignment that stands as a condition itself: `if (a = 5)`. `(a = next()) > 5` compares, and is none. */
export function isConditionAssignment(node: ts.Node, names: Names): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && isCondition(node, names);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isCondition(node: ts.Node, names: Names): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) {
    return parent.expression === node;
  }
  if (ts.isForStatement(parent) || ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isCallExpression(parent))
    return parent.arguments[0] === node && names.sdkName(parent.expression) === "require";
  if (ts.isParenthesizedExpression(parent)) return isCondition(parent, names);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  return ts.isBinaryExpression(parent) && joinsConditions(parent.operatorToken.kind) && isCondition(parent, names);
}

function joinsConditions(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}
