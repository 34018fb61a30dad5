// What fixes know of expressions: which can be read twice, which are arrays, and whether something is assigned. Every name is
// asked of the resolver; what it does not tell counts as what no fix can rely on.

import { ts } from "ts-morph";
import { withoutAliases, withoutParentheses } from "../names/known-types.js";
import type { Names } from "../names/resolve-names.js";

/** Whether an expression gives the same each time without doing anything: names and fields of names, not accessors. */
export function isSteady(node: ts.Expression, names: Names): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword || ts.isNumericLiteral(node) || ts.isStringLiteral(node)) return true;
  if (ts.isIdentifier(node)) return true;
  return ts.isPropertyAccessExpression(node) && isField(node, names) && isSteady(node.expression, names);
}

/** Whether a member is known to be a field, a variable of a namespace or a member of an enum: to read it runs nothing. */
export function isField(node: ts.PropertyAccessExpression, names: Names): boolean {
  const named = names.resolve(node);
  if (named.from !== "project") return false;
  const { node: declared } = named;
  return (
    ts.isPropertyDeclaration(declared) ||
    ts.isParameter(declared) ||
    ts.isVariableDeclaration(declared) ||
    ts.isEnumMember(declared)
  );
}

/** Whether an expression may change what others stand for: a call but for `get` of the SDK's, a step, an accessor. */
export function mayChange(node: ts.Node, names: Names): boolean {
  if (ts.isCallExpression(node) && !isGet(node, names)) return true;
  const isStep =
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken);
  if (isStep || assignedBy(node) !== undefined || ts.isNewExpression(node)) return true;
  if (ts.isPropertyAccessExpression(node)) {
    const named = names.resolve(node);
    if (named.from === "project" && ts.isAccessor(named.node)) return true;
  }
  return ts.forEachChild(node, (child) => mayChange(child, names) || undefined) === true;
}

/** `this.a.get(x)`, `this.a.get(x).get(y)`: a call of `get` on a collection that is a field of the contract. */
export function isGet(
  node: ts.Node,
  names: Names,
): node is ts.CallExpression & {
  readonly expression: ts.PropertyAccessExpression;
} {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name, expression } = node.expression;
  if (name.text !== "get") return false;
  return isGet(expression, names) || isCollection(expression, names);
}

const COLLECTIONS: ReadonlySet<string> = new Set(["StorageMap", "StorageVec", "IterableMap"]);

function isCollection(node: ts.Expression, names: Names): boolean {
  const type = declaredType(node, names);
  if (type === undefined || !ts.isTypeReferenceNode(type)) return false;
  return COLLECTIONS.has(names.sdkName(type.typeName) ?? "");
}

/** The type that is written where something named is declared, without aliases and `readonly`. */
function declaredType(node: ts.Expression, names: Names): ts.TypeNode | undefined {
  const named = names.resolve(node);
  if (named.from !== "project") return undefined;
  const { node: declared } = named;
  if (!ts.isVariableDeclaration(declared) && !ts.isParameter(declared) && !ts.isPropertyDeclaration(declared)) {
    return undefined;
  }
  return declared.type && plainType(declared.type, names);
}

function plainType(written: ts.TypeNode, names: Names): ts.TypeNode {
  const type = withoutAliases(withoutParentheses(written), names);
  return ts.isTypeOperatorNode(type) ? plainType(type.type, names) : type;
}

const ARRAYS: ReadonlySet<string> = new Set(
  "Array StaticArray Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Int64Array Uint64Array".split(
    " ",
  ),
);

/** How far types are followed through names: those that lead back to themselves end here. */
const FARTHEST = 20;

/** Whether an expression is known to be an array: a text has other items than its indices give. */
export function isArray(node: ts.Expression, names: Names, depth = 0): boolean {
  if (depth > FARTHEST) return false;
  if (ts.isParenthesizedExpression(node)) return isArray(node.expression, names, depth + 1);
  if (ts.isArrayLiteralExpression(node)) return true;
  if (ts.isNewExpression(node)) return isArrayName(node.expression, names);
  const type = typeOf(node, names, depth);
  if (type !== undefined) return isArrayType(type, names);
  const value = givenTo(node, names);
  return value !== undefined && isArray(value, names, depth + 1);
}

/** The type of an expression, as far as it is written somewhere: at a name, a function's result, an array's items. */
function typeOf(node: ts.Expression, names: Names, depth: number): ts.TypeNode | undefined {
  if (depth > FARTHEST) return undefined;
  if (ts.isCallExpression(node)) {
    const named = names.resolve(node.expression);
    const result = named.from === "project" && ts.isFunctionLike(named.node) ? named.node.type : undefined;
    return result && plainType(result, names);
  }
  if (ts.isElementAccessExpression(node)) return itemOf(node.expression, names, depth + 1);
  const declared = declaredType(node, names);
  if (declared !== undefined) return declared;
  const named = names.resolve(node);
  const list = named.from === "project" ? named.node.parent?.parent : undefined;
  if (list !== undefined && ts.isForOfStatement(list)) return itemOf(list.expression, names, depth + 1);
  const value = givenTo(node, names);
  return value && typeOf(value, names, depth + 1);
}

/** What a name without a type was given where it is declared. */
function givenTo(node: ts.Expression, names: Names): ts.Expression | undefined {
  const named = names.resolve(node);
  if (named.from !== "project") return undefined;
  const { node: declared } = named;
  const isGiven = ts.isVariableDeclaration(declared) || ts.isPropertyDeclaration(declared);
  return isGiven && declared.type === undefined ? declared.initializer : undefined;
}

function itemOf(list: ts.Expression, names: Names, depth: number): ts.TypeNode | undefined {
  const type = typeOf(list, names, depth);
  if (type === undefined || !isArrayType(type, names)) return undefined;
  const item = ts.isArrayTypeNode(type) ? type.elementType : (type as ts.TypeReferenceNode).typeArguments?.[0];
  return item && plainType(item, names);
}

function isArrayType(type: ts.TypeNode, names: Names): boolean {
  return ts.isArrayTypeNode(type) || (ts.isTypeReferenceNode(type) && isArrayName(type.typeName, names));
}

function isArrayName(node: ts.Node, names: Names): boolean {
  const named = names.resolve(node);
  return (named.from === "global" && ARRAYS.has(named.name)) || names.sdkName(node) === "FixedArray";
}

/** What a node assigns, if it is an assignment. */
function assignedBy(node: ts.Node): ts.Expression | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  return isAssignment ? node.left : undefined;
}

/** The declarations that a steady expression goes through: the variable, and each field. */
export function declarationsOf(node: ts.Expression, names: Names): ReadonlySet<ts.Node> {
  const found = new Set<ts.Node>();
  for (let at: ts.Expression = node; ; at = at.expression) {
    const named = names.resolve(at);
    if (named.from === "project") found.add(named.node);
    if (!ts.isPropertyAccessExpression(at)) return found;
  }
}

/** Whether something in a node is an assignment to one of these, or to a member of that name of nobody knows what. */
export function assignsAny(root: ts.Node, declared: ReadonlySet<ts.Node>, names: Names): boolean {
  const memberNames = new Set([...declared].filter(ts.isPropertyDeclaration).map(({ name }) => name.getText()));
  const visit = (node: ts.Node): boolean => {
    const target = assignedBy(node);
    if (target !== undefined) {
      const named = names.resolve(target);
      if (named.from === "project" && declared.has(named.node)) return true;
      if (named.from === "unknown" && ts.isPropertyAccessExpression(target) && memberNames.has(target.name.text)) {
        return true;
      }
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(root);
}

/** Names that a function's text has: a new variable takes none of them, nor a word of the language. */
export function freeName(node: ts.Node, wanted: string): string {
  const method = ts.findAncestor(node, ts.isFunctionLike) ?? node.getSourceFile();
  const taken = new Set<string>();
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child)) taken.add(child.text);
    ts.forEachChild(child, visit);
  };
  visit(method);
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!taken.has(name) && isPlainWord(name)) return name;
  }
}

function isPlainWord(name: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, name);
  return scanner.scan() === ts.SyntaxKind.Identifier && scanner.getTokenEnd() === name.length;
}

/** Whether an edit that begins with a parenthesis would go on with the line before, which has no semicolon. */
export function beginsStatement(node: ts.Node): boolean {
  for (let at = node; at.getStart() === node.getStart(); at = at.parent) {
    if (ts.isExpressionStatement(at)) return true;
    if (ts.isSourceFile(at)) return false;
  }
  return false;
}

/** A token of a node's own. */
export function tokenOf(node: ts.Node, kind: ts.SyntaxKind): ts.Node | undefined {
  return node.getChildren().find((child) => child.kind === kind);
}
