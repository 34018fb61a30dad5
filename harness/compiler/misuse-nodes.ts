// What the readers of misuses share: how one is reported, and what a node assigns.

import { ts } from "ts-morph";
import type { MisuseKind } from "./model.js";

/** Takes a misuse: what it is, where, and the name that its words say. */
export type AddMisuse = (kind: MisuseKind, node: ts.Node, name: string, also?: string) => void;

/** What a node assigns, if it assigns. */
export function assignedIn(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return isAssignment ? node.left : undefined;
  }
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return undefined;
  const { operator, operand } = node;
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken ? operand : undefined;
}
