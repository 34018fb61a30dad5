// Finds names that cannot do where they stand what they say: collections made with `new`, functions of the SDK that are
// statements used as values, memory used past the checks, fields of a contract that are only read. What does not last from
// one call to the next is read-lasting's. Only finds; check-misuses has the words.

import { ts } from "ts-morph";
import { type AddMisuse, assignedIn } from "./misuse-nodes.js";
import type { Misuse } from "./model.js";
import { hasDecorator, typeNamed } from "./names/known-types.js";
import type { Names } from "./names/resolve-names.js";
import { readLasting } from "./read-lasting.js";
import { hasModifier, spanOf } from "./read-nodes.js";
import { readLineEnds, readTopNames } from "./read-text.js";
import { readTopStatements } from "./read-top-statements.js";

/** All misuses of a file, in no order. `isSdk` files use what authors do not. */
export function readMisuses(file: ts.SourceFile, names: Names, isSdk: boolean): Misuse[] {
  const found: Misuse[] = readLineEnds(file);
  const add: AddMisuse = (kind, node, name, also) =>
    found.push({ kind, span: spanOf(node), name, ...(also === undefined ? {} : { also }) });
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) readStatementCall(node, names, add);
    if (ts.isNewExpression(node)) readNew(node, names, add);
    if (ts.isIdentifier(node) && !isSdk) readUnsafe(node, names, add);
    if (ts.isClassDeclaration(node)) readPlace(node, names, add);
    if (ts.isDecorator(node)) readDecorator(node, names, add);
    if (ts.isPropertyDeclaration(node)) readStructInitializer(node, names, add);
    const target = assignedIn(node);
    if (target !== undefined) readReadonly(target, names, add);
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (!isSdk) readTopNames(file, add);
  readTopStatements(file, names, add);
  readLasting(file, names, add);
  return found;
}

/** `require` and `revert` are printed anew as statements: anywhere else their error would be made each time. */
function readStatementCall(node: ts.CallExpression, names: Names, add: AddMisuse): void {
  const name = names.sdkName(node.expression);
  if (name !== "require" && name !== "revert") return;
  let at: ts.Node = node;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const isStatement = ts.isExpressionStatement(at.parent) || (ts.isArrowFunction(at.parent) && at.parent.body === at);
  if (!isStatement) add("statementCall", node.expression, name);
}

/** Decorators mean something to the compiler alone: one that is a function of the author's would never be called. */
function readDecorator({ expression }: ts.Decorator, names: Names, add: AddMisuse): void {
  const called = ts.isCallExpression(expression) ? expression.expression : expression;
  if (names.resolve(called).from === "project") add("ownDecorator", called, called.getText());
}

const COLLECTIONS: ReadonlySet<string> = new Set(["StorageMap", "StorageVec", "StorageSet", "IterableMap"]);

function readNew(node: ts.NewExpression, names: Names, add: AddMisuse): void {
  const name = names.sdkName(node.expression);
  if (name === undefined || !COLLECTIONS.has(name)) return;
  // As what a field starts with it is a field's problem.
  if (!ts.isPropertyDeclaration(node.parent) || !isContractMember(node.parent, names)) add("newCollection", node, name);
}

/** AssemblyScript's own ways around types and memory, but for what no contract can use at all (QW200). */
const UNSAFE: ReadonlySet<string> = new Set(["changetype", "load", "store", "memory", "atomic", "call_indirect"]);

/** What of `memory` changes nothing. */
const SAFE_MEMORY: ReadonlySet<string> = new Set(["size", "compare"]);

function readUnsafe(node: ts.Identifier, names: Names, add: AddMisuse): void {
  const { text, parent } = node;
  const isRaw = text.startsWith("__") && !ts.isPropertyAccessExpression(parent);
  const isTyped = /^([iu](8|16|32|64)|[iu]size|f32|f64|v128)$/.test(text) && isLoadOrStore(parent, node);
  if (!isRaw && !UNSAFE.has(text) && !isTyped) return;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return;
  if (text === "memory" && ts.isPropertyAccessExpression(parent) && SAFE_MEMORY.has(parent.name.text)) return;
  const isDeclared = (parent as ts.NamedDeclaration).name === node;
  if (isRaw && isDeclared && !isContractMember(parent, names)) add("takenName", node, text);
  if (isRaw || isDeclared || !names.isGlobal(node, text)) return;
  if (!isMarkedUnsafe(node)) add("unsafe", isTyped ? parent : node, isTyped ? parent.getText() : text);
}

function isLoadOrStore(parent: ts.Node, node: ts.Identifier): boolean {
  return (
    ts.isPropertyAccessExpression(parent) && parent.expression === node && /^(load|store|atomic)/.test(parent.name.text)
  );
}

/** Whether the function around is marked `@unsafe`, a word of AssemblyScript's own. */
function isMarkedUnsafe(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (!ts.canHaveDecorators(at)) continue;
    if ((ts.getDecorators(at) ?? []).some(({ expression }) => expression.getText() === "unsafe")) return true;
  }
  return false;
}

const MARKS = ["contract", "interface", "event", "error", "struct"] as const;

/** Classes that the compiler reads stand at the top of their file, and are made of their own fields. */
function readPlace(node: ts.ClassDeclaration, names: Names, add: AddMisuse): void {
  const mark = MARKS.find((name) => hasDecorator(node, name, names));
  if (mark === undefined) return;
  const name = node.name?.text ?? "It";
  if (!ts.isSourceFile(node.parent)) add("nestedClass", node.name ?? node, name, mark);
  if (mark === "contract" || mark === "interface") return;
  for (const clause of node.heritageClauses ?? []) {
    const isBase = clause.token === ts.SyntaxKind.ExtendsKeyword;
    if (isBase) add("recordBase", clause, name, clause.types[0]?.expression.getText() ?? "");
    else if (mark !== "struct") add("recordInterface", clause, name, mark);
  }
  const abstract = ts.getModifiers(node)?.find(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
  if (abstract !== undefined) add("abstractRecord", abstract, name, mark);
}

/** A missing struct is all zeros: what `new` would start its fields with does not count there. */
function readStructInitializer(node: ts.PropertyDeclaration, names: Names, add: AddMisuse): void {
  const { initializer, parent } = node;
  if (initializer === undefined || !ts.isClassDeclaration(parent) || isStatic(node)) return;
  if (!hasDecorator(parent, "struct", names) || isZero(initializer, names)) return;
  add("structInitializer", initializer, node.name.getText(), parent.name?.text ?? "");
}

function isZero(node: ts.Expression, names: Names): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
    return isZero(node.expression, names);
  }
  if (node.kind === ts.SyntaxKind.FalseKeyword || node.kind === ts.SyntaxKind.NullKeyword) return true;
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return /^[-+]?0[xob]?[0_]*n?$/i.test(node.getText());
  if (ts.isStringLiteralLike(node)) return node.text === "";
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isNewExpression(node)) {
    if ((node.arguments?.length ?? 0) > 0) return false;
    const made = typeNamed(node.expression, names);
    return made.kind === "sdk" || made.kind === "struct" || (made.kind === "global" && made.name === "Array");
  }
  if (!ts.isPropertyAccessExpression(node)) return false;
  const named = names.resolve(node);
  if (named.from === "project" && ts.isEnumMember(named.node)) return named.node.parent.members[0] === named.node;
  const owner = names.sdkName(node.expression);
  return owner !== undefined && (node.name.text === "zero" || node.name.text === "empty");
}

function isStatic(node: ts.HasModifiers): boolean {
  return hasModifier(node, ts.SyntaxKind.StaticKeyword);
}

function isContractMember(node: ts.Node, names: Names): boolean {
  return ts.isClassDeclaration(node.parent) && hasDecorator(node.parent, "contract", names);
}

/** A `readonly` field of a contract is set where it stands, or by an `@init` method. asc knows those of other classes. */
function readReadonly(target: ts.Expression, names: Names, add: AddMisuse): void {
  if (!ts.isPropertyAccessExpression(target)) return;
  const named = names.resolve(target);
  if (named.from !== "project" || !ts.isPropertyDeclaration(named.node)) return;
  if (!hasModifier(named.node, ts.SyntaxKind.ReadonlyKeyword) || !isContractMember(named.node, names)) return;
  for (let at: ts.Node | undefined = target; at !== undefined; at = at.parent) {
    if (ts.isMethodDeclaration(at) && hasDecorator(at, "init", names)) return;
  }
  add("readonlyField", target, named.name);
}
