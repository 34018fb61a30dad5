// Fixes of what TypeScript has and AssemblyScript does not, where there is one plain way to write it.

import { ts } from "ts-morph";
import type { ProblemFix } from "../diagnostic.js";
import { cut, type FixContext, type MakeFix, nodeAt, remove, replace } from "./context.js";
import { beginsStatement, isSteady, tokenOf } from "./steady.js";

/** `a ?? b` of a local variable, and the assignments that test first. */
function operatorFix(operator: ts.Node, { names }: FixContext): ProblemFix | undefined {
  const { parent: node } = operator;
  if (!ts.isBinaryExpression(node) || node.operatorToken !== operator) return undefined;
  const [left, right] = [node.left.getText(), node.right.getText()];
  const isStatement = ts.isExpressionStatement(node.parent);
  switch (operator.kind) {
    case ts.SyntaxKind.QuestionQuestionToken: {
      // asc knows of locals alone that they were tested.
      const named = ts.isIdentifier(node.left) ? names.resolve(node.left) : undefined;
      if (named?.from !== "project" || named.place !== "local" || beginsStatement(node)) return undefined;
      return { title: "Test for null", edits: [replace(node, `(${left} !== null ? ${left} : ${right})`)] };
    }
    case ts.SyntaxKind.QuestionQuestionEqualsToken: {
      if (!isStatement || !isSteady(node.left, names)) return undefined;
      const test = `if (${left} === null) { ${left} = ${right}; }`;
      // An `else` around it is not its own.
      const isAmongOthers = ts.isBlock(node.parent.parent);
      return { title: "Test for null", edits: [replace(node.parent, isAmongOthers ? test : `{ ${test} }`)] };
    }
    case ts.SyntaxKind.BarBarEqualsToken:
    case ts.SyntaxKind.AmpersandAmpersandEqualsToken: {
      if (!isStatement || !isSteady(node.left, names)) return undefined;
      const joined = operator.kind === ts.SyntaxKind.BarBarEqualsToken ? "||" : "&&";
      return { title: "Write it out", edits: [replace(node, `${left} = ${left} ${joined} (${right})`)] };
    }
    default:
      return undefined;
  }
}

/** Words and signs that mean nothing here and can go. */
const SPARE = new Set([
  ts.SyntaxKind.DeclareKeyword,
  ts.SyntaxKind.AccessorKeyword,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.OutKeyword,
  ts.SyntaxKind.ConstKeyword,
]);

/** QW122, where it is about a construct. */
export const constructFix: MakeFix = ({ span }, context) => {
  const node = nodeAt(context, span);
  if (node === undefined) return undefined;
  const { parent } = node;
  if (
    node.kind === ts.SyntaxKind.QuestionToken &&
    (ts.isPropertyDeclaration(parent) || ts.isPropertySignature(parent))
  ) {
    return { title: "Leave out the ?", edits: [replace(node, "")] };
  }
  const isWord = ts.isPropertyDeclaration(parent) || ts.isTypeParameterDeclaration(parent);
  if (isWord && SPARE.has(node.kind)) return { title: `Leave out ${node.getText()}`, edits: [remove(node)] };
  if (ts.isAsExpression(parent) && parent.type === node && node.getText() === "const") {
    return { title: "Leave out as const", edits: [cut(parent.expression.getEnd(), parent.getEnd())] };
  }
  if (ts.isSetAccessor(parent) && parent.type === node) {
    const colon = tokenOf(parent, ts.SyntaxKind.ColonToken);
    return colon && { title: "Leave out the type", edits: [cut(colon.getStart(), node.getEnd())] };
  }
  if (ts.isImportClause(node) && node.name !== undefined && node.namedBindings !== undefined && !node.isTypeOnly) {
    // The second one stands on the same line, so that what is below keeps its place.
    const from = parent.getText().slice(node.getEnd() - parent.getStart());
    const text = `${node.name.text}${from.replace(/;?$/, ";")} import ${node.namedBindings.getText()}`;
    return { title: "Write two imports", edits: [replace(node, text)] };
  }
  if (ts.isExportDeclaration(node) && node.isTypeOnly) {
    const word = tokenOf(node, ts.SyntaxKind.TypeKeyword);
    return word && { title: "Leave out type", edits: [remove(word)] };
  }
  return operatorFix(node, context);
};

export const CONSTRUCT_FIXES: Readonly<Record<string, MakeFix>> = {
  /** `if (a = 5)` is `if (a == 5)`. */
  QW271: ({ span }, context) => {
    const node = nodeAt(context, span);
    const assignment = node && ts.isParenthesizedExpression(node) ? node.expression : node;
    if (assignment === undefined || !ts.isBinaryExpression(assignment)) return undefined;
    const { operatorToken } = assignment;
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    return { title: "Write ==", edits: [replace(operatorToken, "==")] };
  },
};
