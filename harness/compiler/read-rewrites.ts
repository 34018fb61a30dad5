// Finds what the compiler rewrites in bodies: `require(condition, error)`, whose error must only be made when it is
// needed, `revert(error)`, after which nothing runs, and `throw`, of which asc would make a trap without its text.

import { ts } from "ts-morph";
import { codeOf } from "./error-code.js";
import type { MessageModel, RewriteModel, Span } from "./model.js";

/** All rewrites of a file, in the order of their positions. */
export function readRewrites(file: ts.SourceFile): RewriteModel[] {
  const found: RewriteModel[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) {
      const name = node.expression.expression.getText();
      const args = node.expression.arguments;
      if (name === "require" || name === "revert") {
        const message = messageOf(args[name === "require" ? 1 : 0]);
        found.push({ kind: name, span: spanOf(node), parts: args.map(spanOf), message });
      }
    }
    if (ts.isThrowStatement(node)) {
      const thrown = node.expression;
      const isError = ts.isNewExpression(thrown) && thrown.expression.getText() === "Error";
      const error = isError ? thrown.arguments?.[0] : thrown;
      const parts = error === undefined ? [] : [spanOf(error)];
      found.push({ kind: "throw", span: spanOf(node), parts, message: messageOf(error) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A text known beforehand: its code takes its place on chain, the interface keeps the text. */
function messageOf(node: ts.Expression | undefined): MessageModel | undefined {
  if (node === undefined || !ts.isStringLiteralLike(node)) return undefined;
  return { text: node.text, code: codeOf(node.text) };
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}
