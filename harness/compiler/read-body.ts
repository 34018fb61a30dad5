// Reads what a method's or function's body does, as far as the checks need it: which state it changes, what it calls.
// Works on syntax alone; `known` says which names are the contract's own fields.

import { ts } from "ts-morph";
import type { BodyModel, CallSite, Effect } from "./model.js";

/** Functions of the SDK that change something, and what to say of it. */
const CHANGING_FUNCTIONS: Readonly<Record<string, string>> = {
  emit: "emits an event",
  transfer: "transfers value",
  tryTransfer: "transfers value",
};

/** Methods that change an array, a map or metadata in place. */
const CHANGING_METHODS = new Set([
  "set",
  "delete",
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "sort",
  "reverse",
  "fill",
  "copyWithin",
]);

/** Reads a body. A missing body (an abstract or declared function) does nothing. */
export function readBody(body: ts.Node | undefined): BodyModel {
  const effects: Effect[] = [];
  const calls: CallSite[] = [];
  const visit = (node: ts.Node): void => {
    readEffect(node, effects);
    if (ts.isCallExpression(node)) readCall(node, calls, effects);
    ts.forEachChild(node, visit);
  };
  if (body !== undefined) visit(body);
  return { effects, calls };
}

function readEffect(node: ts.Node, effects: Effect[]): void {
  let target: ts.Node | undefined;
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) target = node.left;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) {
      target = node.operand;
    }
  }
  const field = target === undefined ? undefined : fieldOfThis(target);
  if (field !== undefined) effects.push({ text: `writes this.${field}`, span: spanOf(node) });
}

function readCall(node: ts.CallExpression, calls: CallSite[], effects: Effect[]): void {
  const callee = node.expression;
  const span = spanOf(node);
  if (ts.isIdentifier(callee)) {
    const change = Object.hasOwn(CHANGING_FUNCTIONS, callee.text) ? CHANGING_FUNCTIONS[callee.text] : undefined;
    if (change !== undefined) effects.push({ text: change, span });
    else calls.push({ kind: "function", name: callee.text, span });
    return;
  }
  if (!ts.isPropertyAccessExpression(callee)) return;
  const method = callee.name.text;
  if (callee.expression.kind === ts.SyntaxKind.ThisKeyword) {
    calls.push({ kind: "method", name: method, span });
    return;
  }
  if (!CHANGING_METHODS.has(method)) return;
  const field = fieldOfThis(callee.expression);
  if (field !== undefined) effects.push({ text: `changes this.${field} with .${method}()`, span });
  else if (callee.expression.getText() === "metadata") effects.push({ text: "writes metadata", span });
}

/** `count` for `this.count`, `this.count[1]`, `this.count.part`; undefined for anything not reached through `this`. */
function fieldOfThis(node: ts.Node): string | undefined {
  let at = node;
  for (;;) {
    if (ts.isPropertyAccessExpression(at)) {
      if (at.expression.kind === ts.SyntaxKind.ThisKeyword) return at.name.text;
      at = at.expression;
    } else if (ts.isElementAccessExpression(at) || ts.isNonNullExpression(at) || ts.isParenthesizedExpression(at)) {
      at = at.expression;
    } else {
      return undefined;
    }
  }
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function spanOf(node: ts.Node): { start: number; end: number } {
  return { start: node.getStart(), end: node.getEnd() };
}
