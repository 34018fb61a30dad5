// Finds what the compiler rewrites in bodies: `require(condition, error)`, whose error must only be made when it is
// needed, and `throw`, which AssemblyScript can compile only to a trap without its text.

import { ts } from "ts-morph";
import type { RewriteModel, Span } from "./model.js";

/** All rewrites of a file, in the order of their positions. */
export function readRewrites(file: ts.SourceFile): RewriteModel[] {
  const found: RewriteModel[] = [];
  const visit = (node: ts.Node): void => {
    if (isRequireStatement(node)) {
      const call = node.expression as ts.CallExpression;
      found.push({ kind: "require", span: spanOf(node), parts: call.arguments.map(spanOf) });
    }
    if (ts.isThrowStatement(node)) {
      const thrown = node.expression;
      const isError = ts.isNewExpression(thrown) && thrown.expression.getText() === "Error";
      const error = isError ? thrown.arguments?.[0] : thrown;
      found.push({ kind: "throw", span: spanOf(node), parts: error === undefined ? [] : [spanOf(error)] });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isRequireStatement(node: ts.Node): node is ts.ExpressionStatement {
  return (
    ts.isExpressionStatement(node) &&
    ts.isCallExpression(node.expression) &&
    node.expression.expression.getText() === "require"
  );
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}
