// Finds what the compiler rewrites in bodies: `require(condition, error)`, whose error must only be made when it is
// needed, `revert(error)`, after which nothing runs, and `throw`, of which asc would make a trap without its text.

import { ts } from "ts-morph";
import { codeOf } from "./error-code.js";
import type { MessageModel, RewriteModel, Span } from "./model.js";
import type { Names } from "./names/resolve-names.js";

/** All rewrites of a file, in the order of their positions. */
export function readRewrites(file: ts.SourceFile, names: Names): RewriteModel[] {
  const found: RewriteModel[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node)) addCall(node.expression, spanOf(node), names, found);
    // `() => require(…)` becomes a function with a block.
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) addCall(node.body, spanOf(node.body), names, found);
    if (ts.isThrowStatement(node)) {
      const thrown = withoutParentheses(node.expression);
      const isError = ts.isNewExpression(thrown) && names.isGlobal(thrown.expression, "Error");
      const error = isError ? thrown.arguments?.[0] : thrown;
      const parts = error === undefined ? [] : [spanOf(error)];
      found.push({ kind: "throw", span: spanOf(node), parts, message: messageOf(error), isNullTest: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A call of `require` or `revert` of the SDK, with as many arguments as they take: asc says what is wrong with others. */
function addCall(node: ts.Expression, span: Span, names: Names, found: RewriteModel[]): void {
  const call = withoutParentheses(node);
  if (!ts.isCallExpression(call)) return;
  const name = names.sdkName(call.expression);
  const args = call.arguments;
  const most = name === "require" ? 2 : 1;
  if ((name !== "require" && name !== "revert") || args.length < most - 1 || args.length > most) return;
  const isNullTest = name === "require" && args[0] !== undefined && namesNull(args[0]);
  found.push({ kind: name, span, parts: args.map(spanOf), message: messageOf(args[most - 1]), isNullTest });
}

function namesNull(node: ts.Node): boolean {
  const isNull = node.kind === ts.SyntaxKind.NullKeyword;
  return isNull || ts.forEachChild(node, (child) => namesNull(child) || undefined) === true;
}

function withoutParentheses(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;
}

/** A text known beforehand: its code takes its place on chain, the interface keeps the text. */
function messageOf(node: ts.Expression | undefined): MessageModel | undefined {
  if (node === undefined || !ts.isStringLiteralLike(node)) return undefined;
  return { text: node.text, code: codeOf(node.text) };
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}
