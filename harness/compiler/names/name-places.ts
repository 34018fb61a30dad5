// Small questions about where a name stands: what it is looked up as, which scope is around it, whose member it is.

import { ts } from "ts-morph";
import type { Meaning } from "./scopes.js";

export function textOf(node: ts.Node): string {
  return ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : "";
}

/** The scope around a node, as names are looked up: decorators do not see what they stand on. */
export function outerOf(node: ts.Node): ts.Node | undefined {
  if (!ts.isDecorator(node)) return node.parent;
  return ts.isParameter(node.parent) ? node.parent.parent.parent : node.parent.parent;
}

export function isRightName(parent: ts.Node, node: ts.Identifier): boolean {
  return ts.isQualifiedName(parent) && parent.right === node;
}

/** Names that stand for a property or a label, and for no declaration that could be looked up. */
export function isPlainName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    ts.isLabeledStatement(parent) ||
    ts.isBreakOrContinueStatement(parent) ||
    ts.isMetaProperty(parent) ||
    (ts.isTypePredicateNode(parent) && parent.parameterName !== node) ||
    ts.isNamedTupleMember(parent)
  );
}

export function isNamedDeclaration(node: ts.Node): node is ts.NamedDeclaration & { readonly name: ts.Node } {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionLike(node) ||
    ts.isClassLike(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isEnumMember(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node)
  );
}

/** What an identifier is looked up as, by where it stands. */
export function meaningOf(node: ts.Identifier): Meaning {
  let at: ts.Node = node;
  while (ts.isQualifiedName(at.parent)) {
    if (at.parent.left !== at) break;
    at = at.parent;
  }
  const { parent } = at;
  if (ts.isTypeQueryNode(parent)) return "value";
  if (at !== node) return "namespace";
  if (ts.isTypeReferenceNode(parent)) return "type";
  if (ts.isImportEqualsDeclaration(parent)) return "namespace";
  if (ts.isExpressionWithTypeArguments(parent) && ts.isHeritageClause(parent.parent)) {
    const { token, parent: owner } = parent.parent;
    if (token === ts.SyntaxKind.ImplementsKeyword || ts.isInterfaceDeclaration(owner)) return "type";
  }
  return "value";
}

export function placeOf(node: ts.Node): "top" | "local" | "member" {
  if (ts.isClassElement(node) || ts.isEnumMember(node)) return "member";
  for (let at: ts.Node = node.parent; at !== undefined; at = at.parent) {
    if (ts.isSourceFile(at)) return "top";
    if (ts.isModuleBlock(at) || ts.isModuleDeclaration(at)) return "member";
    if (!ts.isVariableDeclarationList(at) && !ts.isVariableStatement(at) && !isBindingPattern(at)) return "local";
  }
  return "top";
}

export function isBindingPattern(node: ts.Node): boolean {
  return ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node);
}

/** The class that `this` or `super` at a node belongs to. Arrow functions have that of the function around them. */
export function thisOf(
  node: ts.Node,
): { readonly owner: ts.ClassLikeDeclaration; readonly isStatic: boolean } | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = outerOf(at)) {
    if (ts.isFunctionDeclaration(at) || ts.isFunctionExpression(at)) return undefined;
    if (ts.isClassElement(at) && ts.isClassLike(at.parent)) {
      return { owner: at.parent, isStatic: isStaticMember(at) };
    }
  }
  return undefined;
}

export function isStaticMember(node: ts.Node): boolean {
  const isMarked =
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false);
  return isMarked || ts.isClassStaticBlockDeclaration(node);
}

export function findMember(owner: ts.ClassLikeDeclaration, name: string, isStatic: boolean): ts.Node | undefined {
  for (const member of owner.members) {
    if (member.name !== undefined && textOf(member.name) === name && isStaticMember(member) === isStatic) return member;
    if (!isStatic && ts.isConstructorDeclaration(member)) {
      const promoted = member.parameters.find(
        (parameter) => textOf(parameter.name) === name && (ts.getModifiers(parameter)?.length ?? 0) > 0,
      );
      if (promoted !== undefined) return promoted;
    }
  }
  return undefined;
}

/** What a class extends: one expression, or what `mix(A, B)` names. */
export function basesOf(node: ts.ClassLikeDeclaration): readonly ts.Expression[] {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const expression = clause?.types[0]?.expression;
  if (expression === undefined) return [];
  return ts.isCallExpression(expression) ? [...expression.arguments] : [expression];
}

export function withoutCasts(node: ts.Node): ts.Node {
  let at = node;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isNonNullExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isTypeAssertionExpression(at) ||
    ts.isSatisfiesExpression(at)
  ) {
    at = at.expression;
  }
  return at;
}

export function findAround<T extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is T): T | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (is(at)) return at;
  return undefined;
}
