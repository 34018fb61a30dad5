// Small questions about syntax that every reader asks: decorators, modifiers, docs, positions.

import { ts } from "ts-morph";
import type { DecoratorModel, Span } from "./model.js";

export function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}

export function decoratorsOf(node: ts.HasDecorators): DecoratorModel[] {
  return (ts.getDecorators(node) ?? []).map(readDecorator);
}

/** TypeScript reserves the word `interface`, so that editors accept another in its place. */
const ALIASES: Readonly<Record<string, string>> = { remote: "interface" };

export function readDecorator(decorator: ts.Decorator): DecoratorModel {
  const { expression } = decorator;
  const called = ts.isCallExpression(expression);
  const name = (called ? expression.expression : expression).getText();
  return {
    name: Object.hasOwn(ALIASES, name) ? (ALIASES[name] as string) : name,
    span: spanOf(decorator),
    hasArguments: called,
    args: (called ? [...expression.arguments] : []).map((node) => ({
      text: ts.isStringLiteralLike(node) ? node.text : undefined,
      span: spanOf(node),
    })),
  };
}

export function hasDecorator(node: ts.HasDecorators, name: string): boolean {
  return decoratorsOf(node).some((decorator) => decorator.name === name);
}

export function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

export function accessOf(node: ts.HasModifiers): "public" | "private" | "protected" {
  if (hasModifier(node, ts.SyntaxKind.PrivateKeyword)) return "private";
  return hasModifier(node, ts.SyntaxKind.ProtectedKeyword) ? "protected" : "public";
}

/** Where the word `class` or `enum` stands, behind decorators and modifiers, or `abstract` before it. */
export function keywordOf(node: ts.ClassDeclaration | ts.EnumDeclaration, word: "class" | "enum"): number {
  const abstract = node.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
  if (abstract !== undefined) return abstract.getStart();
  const last = node.modifiers?.at(-1);
  const from = last === undefined ? node.getStart() : last.getEnd();
  return node.getSourceFile().text.indexOf(word, from);
}
