// Small questions about syntax that every reader asks: decorators, modifiers, docs, positions.

import { ts } from "ts-morph";
import type { DecoratorModel, Span } from "./model.js";
import { decoratorName } from "./names/known-types.js";
import type { Names } from "./names/resolve-names.js";
import type { ConstructName } from "./words/construct-words.js";

/** Takes a finding of the syntax: where it is marked, the text that its words name, and a hint in place of its kind's. */
export type AddFinding = (kind: ConstructName, node: ts.Node, text?: string, hint?: string) => void;

export function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}

export function decoratorsOf(node: ts.HasDecorators, names: Names): DecoratorModel[] {
  return (ts.getDecorators(node) ?? []).map((decorator) => readDecorator(decorator, names));
}

export function readDecorator(decorator: ts.Decorator, names: Names): DecoratorModel {
  const { expression } = decorator;
  const called = ts.isCallExpression(expression);
  return {
    name: decoratorName(decorator, names),
    span: spanOf(decorator),
    hasArguments: called,
    args: (called ? [...expression.arguments] : []).map((node) => ({
      text: ts.isStringLiteralLike(node) ? node.text : undefined,
      span: spanOf(node),
    })),
  };
}

export function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

export function accessOf(node: ts.HasModifiers): "public" | "private" | "protected" {
  if (hasModifier(node, ts.SyntaxKind.PrivateKeyword)) return "private";
  return hasModifier(node, ts.SyntaxKind.ProtectedKeyword) ? "protected" : "public";
}

/** Where a class's opening brace stands. */
export function openingOf(node: ts.ClassDeclaration): number {
  const brace = node.getChildren().find(({ kind }) => kind === ts.SyntaxKind.OpenBraceToken);
  return (brace ?? node).getStart();
}
