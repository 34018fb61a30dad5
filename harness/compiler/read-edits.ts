// What asc is to see differently from how the author writes it, wherever it stands in a file: the word `type` in imports,
// decorators of parameters, enums (a byte each, so that they are encoded as one), numbers and parentheses in types, and some
// operands (read-operands).

import { ts } from "ts-morph";
import { enumTypeName } from "./asc-types.js";
import type { SourceEdit } from "./model.js";
import { enumNamed, withoutParentheses } from "./names/known-types.js";
import type { Names } from "./names/resolve-names.js";
import { readOperands } from "./read-operands.js";

/** All edits of a file, in the order of their positions. */
export function readEdits(file: ts.SourceFile, names: Names): SourceEdit[] {
  return collect(file, names);
}

/** A type's text as asc sees it in the file that it stands in. */
export function ascText(node: ts.TypeNode, names: Names): string {
  const offset = node.getStart();
  return collect(node, names).reduceRight(
    (text, { span, text: inserted }) => text.slice(0, span.start - offset) + inserted + text.slice(span.end - offset),
    node.getText(),
  );
}

function collect(root: ts.Node, names: Names): SourceEdit[] {
  const edits: SourceEdit[] = [];
  const replace = (start: number, end: number, text: string) => edits.push({ span: { start, end }, text });
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) readTypeKeywords(node, replace);
    if (ts.isExportDeclaration(node)) readExportKeywords(node, replace);
    if (ts.isDecorator(node)) {
      if (ts.isParameter(node.parent)) replace(node.getStart(), node.getEnd(), "");
      else readDecoratorName(node, names, replace);
      return;
    }
    readOperands(node, replace);
    if (ts.isTypeNode(node)) readTypeEdits(node, names, replace);
    // `new FixedArray<Hash, 4>()` has its type arguments in the expression.
    if (ts.isNewExpression(node) && names.sdkName(node.expression) === "FixedArray") readLength(node, replace);
    const memberOf = ts.isPropertyAccessExpression(node) ? enumNamed(node.expression, names) : undefined;
    if (memberOf !== undefined) {
      const before = beginsStatement(node) ? "0, " : "";
      replace(node.getStart(), node.getEnd(), `${before}(<${enumTypeName(memberOf.name)}>${node.getText()})`);
      return;
    }
    if (ts.isTypeAssertionExpression(node) || ts.isAsExpression(node)) {
      const { expression } = node;
      // asc reads `<u64>i++` as `(<u64>i)++`.
      if (ts.isTypeAssertionExpression(node) && ts.isPostfixUnaryExpression(expression)) {
        replace(expression.getStart(), expression.getStart(), "(");
        replace(expression.getEnd(), expression.getEnd(), ")");
      }
      const type = withoutParentheses(node.type);
      const target = ts.isTypeReferenceNode(type) ? enumNamed(type, names) : undefined;
      if (target !== undefined) {
        replace(node.getStart(), expression.getStart(), `(<${enumTypeName(target.name)}>__qwvm.toEnum(`);
        replace(expression.getEnd(), node.getEnd(), `, ${target.members}))`);
        visit(expression);
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** A parenthesis at the beginning of a statement would be the arguments of a line before without a semicolon. */
function beginsStatement(node: ts.Node): boolean {
  for (let at = node; at.getStart() === node.getStart(); at = at.parent) if (ts.isExpressionStatement(at)) return true;
  return false;
}

type Replace = (start: number, end: number, text: string) => void;

/** A decorator of the SDK's under another name, which could be one that asc gives a meaning to, gets its own. */
function readDecoratorName(node: ts.Decorator, names: Names, replace: Replace): void {
  const { expression } = node;
  const written = ts.isCallExpression(expression) ? expression.expression : expression;
  const name = names.sdkName(written);
  if (name !== undefined && written.getText() !== name) replace(written.getStart(), written.getEnd(), name);
}

function readTypeEdits(node: ts.TypeNode, names: Names, replace: Replace): void {
  if (ts.isTypeReferenceNode(node)) {
    if (names.sdkName(node.typeName) === "FixedArray") readLength(node, replace);
    else {
      const named = enumNamed(node, names);
      if (named !== undefined) replace(node.getStart(), node.getEnd(), enumTypeName(named.name));
    }
  }
  // asc knows parentheses in types around functions alone.
  if (ts.isArrayTypeNode(node) && ts.isParenthesizedTypeNode(node.elementType)) {
    const inner = withoutParentheses(node.elementType);
    replace(node.getStart(), inner.getStart(), "Array<");
    replace(inner.getEnd(), node.getEnd(), ">");
  } else if (ts.isParenthesizedTypeNode(node) && !isInnerParenthesis(node)) {
    const inner = withoutParentheses(node);
    if (ts.isFunctionTypeNode(inner)) return;
    replace(node.getStart(), inner.getStart(), "");
    replace(inner.getEnd(), node.getEnd(), "");
  }
}

/** Whether the parentheses are dealt with where they begin. */
function isInnerParenthesis({ parent }: ts.ParenthesizedTypeNode): boolean {
  return ts.isArrayTypeNode(parent) || ts.isParenthesizedTypeNode(parent);
}

/** The word `type` with the space behind it, in `import type { A }` and `import { type A }`. */
function readTypeKeywords({ importClause: clause }: ts.ImportDeclaration, replace: Replace): void {
  if (clause === undefined) return;
  const bindings = clause.namedBindings;
  if (clause.isTypeOnly) replace(clause.getStart(), (clause.name ?? bindings ?? clause).getStart(), "");
  if (bindings === undefined || !ts.isNamedImports(bindings)) return;
  for (const [index, element] of bindings.elements.entries()) {
    // asc keeps this word for itself; the decorator needs no import.
    if (element.name.text === "interface") {
      replace(element.getStart(), bindings.elements[index + 1]?.getStart() ?? element.getEnd(), "");
    } else if (element.isTypeOnly) replace(element.getStart(), (element.propertyName ?? element.name).getStart(), "");
  }
}

/** The same in `export type { A } from` and `export { type A }`. */
function readExportKeywords({ exportClause: clause, isTypeOnly }: ts.ExportDeclaration, replace: Replace): void {
  if (clause === undefined || !ts.isNamedExports(clause)) return;
  for (const element of clause.elements) {
    if (element.isTypeOnly) replace(element.getStart(), (element.propertyName ?? element.name).getStart(), "");
  }
  if (!isTypeOnly) return;
  const word = clause.parent.getChildren().find(({ kind }) => kind === ts.SyntaxKind.TypeKeyword);
  if (word !== undefined) replace(word.getStart(), clause.getStart(), "");
}

/** A number as a type argument is a class to asc: one for each length, written by write-sizes. */
function readLength(node: ts.TypeReferenceNode | ts.NewExpression, replace: Replace): void {
  const length = node.typeArguments?.[1];
  if (length !== undefined && ts.isLiteralTypeNode(length) && /^\d+$/.test(length.getText())) {
    replace(length.getStart(), length.getEnd(), `__sizes.Size${Number(length.getText())}`);
  }
}
