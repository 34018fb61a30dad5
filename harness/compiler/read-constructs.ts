// Finds what TypeScript has and AssemblyScript does not, node by node, so that it is said in words of ours where the author wrote
// it. Only finds; words/construct-words has the words. What works in AssemblyScript is not looked for.

import { ts } from "ts-morph";
import type { Names } from "./names/resolve-names.js";
import { isConditionAssignment } from "./read-conditions.js";
import { readDeclaration } from "./read-declarations.js";
import type { AddFinding } from "./read-nodes.js";
import type { ConstructName } from "./words/construct-words.js";
import { typeWording } from "./words/type-words.js";

/** Constructs that are wrong wherever they stand, marked at their first word. */
const BY_KIND: ReadonlyMap<ts.SyntaxKind, ConstructName> = new Map([
  [ts.SyntaxKind.TryStatement, "try"],
  [ts.SyntaxKind.ForOfStatement, "forOf"],
  [ts.SyntaxKind.ForInStatement, "forIn"],
  [ts.SyntaxKind.AwaitExpression, "async"],
  [ts.SyntaxKind.YieldExpression, "generator"],
  [ts.SyntaxKind.ObjectBindingPattern, "destructuring"],
  [ts.SyntaxKind.ArrayBindingPattern, "destructuring"],
  [ts.SyntaxKind.SpreadElement, "spread"],
  [ts.SyntaxKind.SpreadAssignment, "spread"],
  [ts.SyntaxKind.RegularExpressionLiteral, "regex"],
  [ts.SyntaxKind.LabeledStatement, "label"],
  [ts.SyntaxKind.DeleteExpression, "delete"],
  [ts.SyntaxKind.WithStatement, "with"],
  [ts.SyntaxKind.DebuggerStatement, "debugger"],
  [ts.SyntaxKind.ClassExpression, "localClass"],
  [ts.SyntaxKind.ClassStaticBlockDeclaration, "staticBlock"],
  [ts.SyntaxKind.CallSignature, "callSignature"],
  [ts.SyntaxKind.ConstructSignature, "callSignature"],
]);

/** Whether what is inside of a node is looked at, too. */
export function readConstruct(node: ts.Node, add: AddFinding, names: Names): boolean {
  const kind = BY_KIND.get(node.kind);
  if (kind !== undefined) add(kind, node.getFirstToken() ?? node);
  if (ts.isTypeNode(node)) return readType(node, add, names);
  readExpression(node, add, names);
  return readDeclaration(node, add, names);
}

function readType(node: ts.TypeNode, add: AddFinding, names: Names): boolean {
  // The bases of a class are types to TypeScript's parser.
  if (ts.isExpressionWithTypeArguments(node)) return true;
  const { parent } = node;
  const isLength = ts.isLiteralTypeNode(node) && isFixedArray(parent, names);
  const isNullOfUnion = ts.isLiteralTypeNode(node) && ts.isUnionTypeNode(parent);
  if (isLength || isNullOfUnion) return true;
  const wording = typeWording(node);
  if (wording === undefined) return true;
  add("type", node, wording.message, wording.hint);
  return false;
}

function isFixedArray(node: ts.Node, names: Names): boolean {
  if (ts.isTypeReferenceNode(node)) return names.sdkName(node.typeName) === "FixedArray";
  return ts.isNewExpression(node) && names.sdkName(node.expression) === "FixedArray";
}

function readExpression(node: ts.Node, add: AddFinding, names: Names): void {
  if (ts.isBinaryExpression(node)) readBinary(node, add);
  if (isConditionAssignment(node, names)) add("conditionAssignment", node, node.getText());
  if (ts.isMetaProperty(node)) {
    add(node.keywordToken === ts.SyntaxKind.NewKeyword ? "newTarget" : "importMeta", node);
  }
  if (ts.isVoidExpression(node) && !ts.isNumericLiteral(node.expression)) add("void", node.getFirstToken() ?? node);
  if (ts.isSatisfiesExpression(node)) add("satisfies", node.getChildAt(1));
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
    if (node.type.getText() === "const") add("constAssertion", node.type);
  }
  if (ts.isTaggedTemplateExpression(node)) {
    const tag = node.tag.getText();
    add(tag === "String.raw" ? "rawTemplate" : "taggedTemplate", node.tag, tag);
  }
  if (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined) add("optionalChaining", node.name);
  if (ts.isElementAccessExpression(node) || ts.isCallExpression(node)) {
    if (node.questionDotToken !== undefined) add("optionalChaining", node.questionDotToken);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add("importCall", node);
  if (ts.isCaseBlock(node)) readCases(node, add);
  if (ts.isReturnStatement(node)) readReturn(node, add);
  if (ts.isCallExpression(node)) readCall(node, add, names);
  if (ts.isObjectLiteralExpression(node) && isUntyped(node, names)) add("objectLiteral", node.getFirstToken() ?? node);
}

const NUMBER_TYPES = new Set(["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "bool", "boolean", "number"]);

const OPERATORS: ReadonlyMap<ts.SyntaxKind, ConstructName> = new Map([
  [ts.SyntaxKind.QuestionQuestionToken, "nullish"],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, "nullishAssignment"],
  [ts.SyntaxKind.BarBarEqualsToken, "logicalAssignment"],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, "logicalAssignment"],
  [ts.SyntaxKind.InKeyword, "in"],
]);

function readBinary(node: ts.BinaryExpression, add: AddFinding): void {
  const { left, operatorToken: operator, right } = node;
  const { kind } = operator;
  const simple = OPERATORS.get(kind);
  if (simple !== undefined) add(simple, operator, operator.getText());
  if (kind === ts.SyntaxKind.InstanceOfKeyword && NUMBER_TYPES.has(right.getText())) {
    add("instanceofNumber", node, right.getText());
  }
  const isPattern = ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left);
  if (kind === ts.SyntaxKind.EqualsToken && isPattern) add("destructuringAssignment", left);
}

/** asc itself fails on a second `default`. */
function readCases({ clauses }: ts.CaseBlock, add: AddFinding): void {
  for (const clause of clauses.filter(ts.isDefaultClause).slice(1)) {
    add("secondDefault", clause.getFirstToken() ?? clause);
  }
}

/** `return 5;` where the function says that it returns nothing: asc drops the value. What a call gives may be nothing. */
function readReturn(node: ts.ReturnStatement, add: AddFinding): void {
  const { expression } = node;
  if (expression === undefined || ts.isCallExpression(expression)) return;
  const around = ts.findAncestor(node, ts.isFunctionLike);
  if (around?.type?.kind === ts.SyntaxKind.VoidKeyword) add("lostResult", expression);
}

const COMPARISONS = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

function readCall(node: ts.CallExpression, add: AddFinding, names: Names): void {
  const { expression } = node;
  // asc's own way of printing imports a function that no contract can have.
  if (ts.isIdentifier(expression) && names.isGlobal(expression, "trace")) add("trace", expression);
  const [argument] = node.arguments;
  const isSort = ts.isPropertyAccessExpression(expression) && expression.name.text === "sort";
  if (!isSort || argument === undefined || !ts.isArrowFunction(argument)) return;
  // A method of the author's own says itself what its comparator gives.
  if (names.resolve(expression).from === "project") return;
  const { body } = argument;
  // A bool counts as 0 or 1, never as less: the order would be wrong.
  if (ts.isBinaryExpression(body) && COMPARISONS.has(body.operatorToken.kind)) add("boolOrder", body);
}

/** Functions of the SDK that take an object of a class. */
const TAKES_OBJECT = ["emit", "revert", "require", "encode"];

/** `const item = { ... }`, `emit({ ... })`: nothing says which class it is of. */
function isUntyped(node: ts.ObjectLiteralExpression, names: Names): boolean {
  let at: ts.Node = node.parent;
  while (ts.isParenthesizedExpression(at)) at = at.parent;
  if (ts.isCallExpression(at)) return TAKES_OBJECT.includes(names.sdkName(at.expression) ?? "");
  if (!ts.isVariableDeclaration(at) && !ts.isPropertyDeclaration(at)) return false;
  return at.type === undefined || ts.isTypeLiteralNode(at.type);
}
