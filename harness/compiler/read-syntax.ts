// Finds what AssemblyScript or a contract does not have: closures, try/catch, floats, clocks, random numbers and the like.
// Only finds; check-syntax has the words.

import { ts } from "ts-morph";
import type { PlacedDecorator, SyntaxFinding, SyntaxKindName } from "./model.js";
import type { Names } from "./names/resolve-names.js";
import { readDecorator, spanOf } from "./read-nodes.js";

/** All findings of a file. */
export function readSyntax(file: ts.SourceFile): SyntaxFinding[] {
  const findings: SyntaxFinding[] = [];
  const add = (kind: SyntaxKindName, node: ts.Node, text = "") => findings.push({ kind, span: spanOf(node), text });
  const visit = (node: ts.Node): void => {
    const kind = CONSTRUCTS.get(node.kind);
    if (kind !== undefined) add(kind, node.getFirstToken() ?? node);
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
      const captured = findCaptured(node);
      if (captured !== undefined) add("closure", captured, captured.getText());
    }
    if (ts.isNumericLiteral(node) && isFraction(node.getText())) add("float", node, node.getText());
    if (ts.isTypeReferenceNode(node)) readTypeName(node.typeName.getText(), node, add);
    if (node.kind === ts.SyntaxKind.NumberKeyword) add("number", node, "number");
    if (node.kind === ts.SyntaxKind.AnyKeyword || node.kind === ts.SyntaxKind.UnknownKeyword)
      add("any", node, node.getText());
    if (ts.isIdentifier(node)) readGlobal(node, add);
    if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.AsyncKeyword)) {
      add("async", node.getFirstToken() ?? node);
    }
    if (ts.isFunctionLike(node) && "asteriskToken" in node && node.asteriskToken !== undefined) {
      add("generator", node.asteriskToken as ts.Node);
    }
    if (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined) add("optionalChaining", node.name);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return findings;
}

/** Every decorator of a file and what it stands on. */
export function readDecorators(file: ts.SourceFile, names: Names): PlacedDecorator[] {
  const found: PlacedDecorator[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isDecorator(node)) {
      found.push({ ...readDecorator(node, names), place: placeOf(node.parent) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function placeOf(parent: ts.Node): PlacedDecorator["place"] {
  if (ts.isClassDeclaration(parent)) return "class";
  if (ts.isMethodDeclaration(parent) || ts.isGetAccessor(parent) || ts.isSetAccessor(parent)) return "method";
  if (ts.isParameter(parent)) return "parameter";
  if (ts.isFunctionDeclaration(parent)) return "function";
  return ts.isPropertyDeclaration(parent) ? "field" : "other";
}

const CONSTRUCTS: ReadonlyMap<ts.SyntaxKind, SyntaxKindName> = new Map([
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
]);

type Add = (kind: SyntaxKindName, node: ts.Node, text?: string) => void;

function readTypeName(name: string, node: ts.Node, add: Add): void {
  if (name === "f32" || name === "f64") add("float", node, name);
}

/** Uses of globals that cannot work the same on every machine, or do not exist. */
function readGlobal(node: ts.Identifier, add: Add): void {
  const { parent, text } = node;
  const isMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyDeclaration(parent) && parent.name === node) ||
    (ts.isMethodDeclaration(parent) && parent.name === node);
  if (isMember || ts.isImportSpecifier(parent)) return;
  const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : undefined;
  if (text === "Math" || text === "Mathf" || text === "NativeMath") {
    add(member === "random" ? "random" : "math", member === undefined ? node : parent, `${text}.${member ?? ""}`);
  }
  if (text === "crypto" && member !== undefined) add("random", parent, `crypto.${member}`);
  if (text === "Date")
    add("date", member === undefined ? node : parent, member === undefined ? "Date" : `Date.${member}`);
  if (text === "performance" && member !== undefined) add("date", parent, `performance.${member}`);
  if (text === "console" && member !== undefined) add("console", parent, `console.${member}`);
  if ((text === "fetch" || text === "setTimeout" || text === "Promise") && !ts.isParameter(parent))
    add("async", node, text);
}

/** The first name inside a function expression that belongs to a function around it. */
function findCaptured(closure: ts.ArrowFunction | ts.FunctionExpression): ts.Node | undefined {
  const outer = new Set<string>();
  for (let at: ts.Node = closure.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at)) collectNames(at, closure, outer);
  }
  const inner = new Set<string>();
  collectNames(closure, undefined, inner);
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (found !== undefined) return;
    if (node.kind === ts.SyntaxKind.ThisKeyword) found = node;
    if (ts.isIdentifier(node) && outer.has(node.text) && !inner.has(node.text) && !isMemberName(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(closure.body);
  return found;
}

/** Names of parameters and variables declared in a function, without those of `except`. */
function collectNames(scope: ts.Node, except: ts.Node | undefined, names: Set<string>): void {
  const visit = (node: ts.Node): void => {
    if (node === except) return;
    if ((ts.isParameter(node) || ts.isVariableDeclaration(node)) && ts.isIdentifier(node.name))
      names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(scope);
}

function isMemberName(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

function isFraction(text: string): boolean {
  return !/^0[xob]/i.test(text) && /[.e]/i.test(text);
}
