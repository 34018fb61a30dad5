// What asc is to see differently from how the author writes it, wherever it stands in a file: the word `type` in imports,
// decorators of parameters, enums (a byte each, so that they are encoded as one), and numbers in types.

import { ts } from "ts-morph";
import type { SourceEdit, Span } from "./model.js";

/** Enums by name, and how many members each has. */
type Enums = ReadonlyMap<string, number>;

/** All edits of a file, in the order of their positions. */
export function readEdits(file: ts.SourceFile, enums: Enums): SourceEdit[] {
  const edits: SourceEdit[] = [];
  collect(file, enums, edits);
  return edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** A type's text as asc sees it. */
export function ascText(node: ts.TypeNode, enums: Enums): string {
  const edits: SourceEdit[] = [];
  collect(node, enums, edits);
  const offset = node.getStart();
  return edits.reduceRight(
    (text, { span, text: inserted }) => text.slice(0, span.start - offset) + inserted + text.slice(span.end - offset),
    node.getText(),
  );
}

function collect(root: ts.Node, enums: Enums, edits: SourceEdit[]): void {
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) readTypeKeywords(node, edits);
    if (ts.isParameter(node)) {
      for (const decorator of ts.getDecorators(node) ?? []) {
        edits.push({ span: { start: decorator.getStart(), end: decorator.getEnd() }, text: "" });
      }
    }
    if (ts.isTypeReferenceNode(node)) {
      const name = node.typeName.getText();
      if (enums.has(name)) edits.push({ span: spanOf(node), text: "u8" });
      if (name === "FixedArray") readLength(node, edits);
    }
    // `new FixedArray<Hash, 4>()` has its type arguments in the expression.
    if (ts.isNewExpression(node) && node.expression.getText() === "FixedArray") readLength(node, edits);
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && enums.has(node.expression.text)) {
      edits.push({ span: spanOf(node), text: `(<u8>${node.getText()})` });
      return;
    }
    if (ts.isTypeAssertionExpression(node) || ts.isAsExpression(node)) {
      const count = enums.get(node.type.getText());
      if (count !== undefined) {
        const { expression } = node;
        edits.push({ span: { start: node.getStart(), end: expression.getStart() }, text: "__qwvm.toEnum(" });
        edits.push({ span: { start: expression.getEnd(), end: node.getEnd() }, text: `, ${count})` });
        visit(expression);
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The word `type` with the space behind it, in `import type { A }` and `import { type A }`. */
function readTypeKeywords({ importClause: clause }: ts.ImportDeclaration, edits: SourceEdit[]): void {
  if (clause === undefined) return;
  const bindings = clause.namedBindings;
  const cut = (start: number, end: number) => edits.push({ span: { start, end }, text: "" });
  if (clause.isTypeOnly) cut(clause.getStart(), (clause.name ?? bindings ?? clause).getStart());
  if (bindings === undefined || !ts.isNamedImports(bindings)) return;
  for (const [index, element] of bindings.elements.entries()) {
    // asc keeps this word for itself; the decorator needs no import.
    if (element.name.text === "interface") {
      cut(element.getStart(), bindings.elements[index + 1]?.getStart() ?? element.getEnd());
    } else if (element.isTypeOnly) cut(element.getStart(), (element.propertyName ?? element.name).getStart());
  }
}

/** A number as a type argument is a class to asc: one for each length, written by write-sizes. */
function readLength(node: ts.TypeReferenceNode | ts.NewExpression, edits: SourceEdit[]): void {
  const length = node.typeArguments?.[1];
  if (length !== undefined && ts.isLiteralTypeNode(length) && /^\d+$/.test(length.getText())) {
    edits.push({ span: spanOf(length), text: `__sizes.Size${Number(length.getText())}` });
  }
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}
