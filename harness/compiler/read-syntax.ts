// Finds what a contract cannot use: closures, floats, clocks, random numbers and the like, and with read-constructs what
// AssemblyScript does not have. Only finds; words/construct-words has the words.

import { ts } from "ts-morph";
import type { PlacedDecorator, SyntaxFinding } from "./model.js";
import type { Names } from "./names/resolve-names.js";
import { readConstruct } from "./read-constructs.js";
import { type AddFinding, readDecorator, spanOf } from "./read-nodes.js";
import { readSyntaxErrors } from "./read-syntax-errors.js";

/** All findings of a file; those of its grammar alone if TypeScript's parser finds any, since the rest follows from them. */
export function readSyntax(file: ts.SourceFile, names: Names): SyntaxFinding[] {
  const errors = readSyntaxErrors(file);
  if (errors.length > 0) return errors;
  const findings: SyntaxFinding[] = [];
  const add: AddFinding = (kind, node, text = "", hint) =>
    findings.push({ kind, span: spanOf(node), text, ...(hint === undefined ? {} : { hint }) });
  const visit = (node: ts.Node): void => {
    if (!readConstruct(node, add, names)) return;
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
      const captured = findCaptured(node, names);
      if (captured !== undefined) add("closure", captured, captured.getText());
    }
    if (ts.isNumericLiteral(node) && isFraction(node.getText())) add("float", node, node.getText());
    if (ts.isTypeReferenceNode(node)) readTypeName(node, names, add);
    if (node.kind === ts.SyntaxKind.NumberKeyword) add("number", node, "number");
    if (node.kind === ts.SyntaxKind.AnyKeyword || node.kind === ts.SyntaxKind.UnknownKeyword)
      add("any", node, node.getText());
    if (ts.isIdentifier(node) && isWatched(node.text) && names.isGlobal(node, node.text)) readGlobal(node, add);
    const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
    const asynchronous = modifiers?.find(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
    if (asynchronous !== undefined) add("async", asynchronous);
    if (ts.isFunctionLike(node) && "asteriskToken" in node && node.asteriskToken !== undefined) {
      add("generator", node.asteriskToken as ts.Node);
    }
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

function readTypeName(node: ts.TypeReferenceNode, names: Names, add: AddFinding): void {
  const named = names.resolve(node.typeName);
  if (named.from !== "global") return;
  const { name } = named;
  if (name === "f32" || name === "f64") add("float", node, name);
  if (name === "Float32Array" || name === "Float64Array") add("floatFunction", node, name);
  if (name === "Promise") add("async", node);
}

/** Uses of globals that cannot work the same on every machine, or do not exist. */
function readGlobal(node: ts.Identifier, add: AddFinding): void {
  const { parent, text } = node;
  const isMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyDeclaration(parent) && parent.name === node) ||
    (ts.isMethodDeclaration(parent) && parent.name === node);
  if (isMember || ts.isImportSpecifier(parent) || ts.isTypeReferenceNode(parent)) return;
  const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : undefined;
  if (text === "Math" || text === "Mathf" || text === "NativeMath") {
    add(member === "random" ? "random" : "math", member === undefined ? node : parent, `${text}.${member ?? ""}`);
  }
  if (text === "crypto" && member !== undefined) add("random", parent, `crypto.${member}`);
  if (text === "Date") readDate(node, member, add);
  if (FLOAT_NAMES.has(text)) add("floatFunction", member === undefined ? node : parent, nameOf(text, member));
  if (text === "undefined") add("undefined", node);
  if (text === "unchecked") add("unchecked", node);
  if (text === "heap" || MEMORY_NAME.test(text))
    add("memory", member === undefined ? node : parent, nameOf(text, member));
  if (text === "process" && member !== undefined) add("process", parent, `process.${member}`);
  if (text === "performance" && member !== undefined) add("date", parent, `performance.${member}`);
  if (text === "console" && member !== undefined) add("console", parent, `console.${member}`);
  if ((text === "fetch" || text === "setTimeout" || text === "Promise") && !ts.isParameter(parent))
    add("async", node, text);
}

/** What readGlobal looks at. */
const GLOBALS = new Set(
  "Math Mathf NativeMath crypto Date process undefined performance console fetch setTimeout Promise unchecked heap".split(
    " ",
  ),
);

/** Functions of the memory manager and of asc's runtime, which asc makes global. */
const MEMORY_NAME =
  /^__(alloc|realloc|free|reset|new|renew|newBuffer|newArray|keep|mark|settle|released|link|pin|unpin|visit\w*|collect|tostack)$/;

/** Floating-point numbers by other names than f32 and f64. */
const FLOAT_NAMES = new Set(
  "parseFloat parseInt NaN Infinity isNaN isFinite Number f32 f64 F32 F64 Float32Array Float64Array".split(" "),
);

function isWatched(text: string): boolean {
  return GLOBALS.has(text) || FLOAT_NAMES.has(text) || MEMORY_NAME.test(text);
}

function nameOf(text: string, member: string | undefined): string {
  return member === undefined ? text : `${text}.${member}`;
}

/** A date of a given time is the same on every machine; the time of the machine is not. */
function readDate(node: ts.Identifier, member: string | undefined, add: AddFinding): void {
  const { parent } = node;
  if (member !== undefined) {
    if (member === "now") add("date", parent, "Date.now");
    return;
  }
  const isMade = ts.isNewExpression(parent) || ts.isCallExpression(parent);
  if (!isMade || parent.expression !== node) return;
  if (ts.isCallExpression(parent) || (parent.arguments ?? []).length === 0) add("date", parent, parent.getText());
}

/** The first name inside a function expression that belongs to a function around it. */
function findCaptured(closure: ts.ArrowFunction | ts.FunctionExpression, names: Names): ts.Node | undefined {
  const isInside = (node: ts.Node): boolean => closure.pos <= node.pos && node.end <= closure.end;
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) return node;
    // Types are not captured.
    if (ts.isTypeNode(node)) return undefined;
    if (ts.isIdentifier(node)) {
      const named = names.resolve(node);
      if (named.from !== "project" || named.place !== "local") return undefined;
      const { node: declared } = named;
      const isVariable =
        ts.isVariableDeclaration(declared) || ts.isParameter(declared) || ts.isBindingElement(declared);
      return isVariable && !isInside(declared) ? node : undefined;
    }
    return ts.forEachChild(node, visit);
  };
  return visit(closure.body);
}

function isFraction(text: string): boolean {
  return !/^0[xob]/i.test(text) && /[.e]/i.test(text);
}
