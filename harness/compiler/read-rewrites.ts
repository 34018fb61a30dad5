// Finds what the compiler rewrites in bodies: `require(condition, error)`, whose error must only be made when it is
// needed, `revert(error)`, after which nothing runs, and `throw`, of which asc would make a trap without its text.

import { ts } from "ts-morph";
import type { RewriteModel, Span } from "./model.js";

/** All rewrites of a file, in the order of their positions. */
export function readRewrites(file: ts.SourceFile): RewriteModel[] {
  const found: RewriteModel[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) {
      const name = node.expression.expression.getText();
      const parts = node.expression.arguments.map(spanOf);
      if (name === "require" || name === "revert") found.push({ kind: name, span: spanOf(node), parts });
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

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}
