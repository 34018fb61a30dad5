// Fixes of statements: messages to the console, unchecked access, changed copies. Loops have a file of their own.

import { ts } from "ts-morph";
import type { ProblemFix } from "../diagnostic.js";
import { constructFix } from "./construct-fixes.js";
import { around, type FixContext, type MakeFix, nodeAt, replace } from "./context.js";
import { loopFix } from "./loop-fix.js";
import { beginsStatement, freeName, isField, isGet, isSteady, mayChange } from "./steady.js";

/** `console.log("text")` is `log("text")`. */
function consoleFix(node: ts.Node, { names }: FixContext): ProblemFix | undefined {
  if (!ts.isPropertyAccessExpression(node) || !names.isGlobal(node.expression, "console")) return undefined;
  if (node.name.text !== "log" || !ts.isCallExpression(node.parent) || node.parent.expression !== node)
    return undefined;
  const [argument, ...more] = node.parent.arguments;
  const isText = argument !== undefined && (ts.isStringLiteralLike(argument) || ts.isTemplateExpression(argument));
  if (!isText || more.length > 0) return undefined;
  return { title: "Write log()", edits: [replace(node, "log")], imports: ["log"] };
}

/** What a statement changes: the left side of an assignment, what is stepped, what a method is called on. */
function targetOf(changed: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(changed)) return changed.left;
  if (ts.isPrefixUnaryExpression(changed) || ts.isPostfixUnaryExpression(changed)) return changed.operand;
  return ts.isCallExpression(changed) ? changed.expression : undefined;
}

/** The call of `get` that a target begins with: `this.deals.get(1)` of `this.deals.get(1).list[2].n`. */
function copyIn(target: ts.Expression, { names }: FixContext) {
  let at = target;
  for (;;) {
    if (isGet(at, names)) return at === target ? undefined : at;
    if (ts.isElementAccessExpression(at) || ts.isPropertyAccessExpression(at) || ts.isNonNullExpression(at)) {
      at = at.expression;
    } else if (ts.isParenthesizedExpression(at)) at = at.expression;
    else return undefined;
  }
}

/** Whether the way to a copy can be gone twice: `this.a.get(x).get(y)` with steady keys. */
function isSteadyWay(node: ts.Expression, context: FixContext): boolean {
  const { names } = context;
  if (!isGet(node, names)) return isSteady(node, names);
  return (
    node.arguments.length === 1 &&
    node.arguments.every((key) => isSteady(key, names)) &&
    isSteadyWay(node.expression.expression, context)
  );
}

/** Whether a change could make its keys name another place before the copy is set: `m.get(i).n = i++`. */
function movesItsKeys(changed: ts.Node, { names }: FixContext): boolean {
  if (ts.isCallExpression(changed)) return changed.arguments.some((argument) => mayChange(argument, names));
  if (ts.isBinaryExpression(changed)) return mayChange(changed.right, names) || mayChange(changed.left, names);
  return ts.forEachChild(changed, (child) => mayChange(child, names) || undefined) === true;
}

/** How many copies are changed in front of a statement: each is fixed at the same time, and has a name of its own. */
function copiesBefore(statement: ts.ExpressionStatement, context: FixContext): number {
  const method = ts.findAncestor(statement, ts.isFunctionLike) ?? statement.getSourceFile();
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (node.pos >= statement.pos) return;
    const target = ts.isExpressionStatement(node) ? targetOf(node.expression) : undefined;
    if (target !== undefined && copyIn(target, context) !== undefined) count++;
    ts.forEachChild(node, visit);
  };
  visit(method);
  return count;
}

/** The field that a way begins with. */
function fieldOf(node: ts.Expression, { names }: FixContext): string | undefined {
  for (let at = node; ; ) {
    if (ts.isPropertyAccessExpression(at) && isField(at, names)) return at.name.text;
    if (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = at.expression;
    else return undefined;
  }
}

export const BODY_FIXES: Readonly<Record<string, MakeFix>> = {
  QW122: (problem, context) => {
    const { span } = problem;
    const loop = around(context, span, ts.isForOfStatement);
    if (loop !== undefined && loop.getStart() === span.start) return loopFix(loop, context);
    const node = nodeAt(context, span);
    return constructFix(problem, context) ?? (node && consoleFix(node, context));
  },

  /** `unchecked(a[i])` becomes `a[i]`. */
  QW200: ({ span }, context) => {
    const call = nodeAt(context, span)?.parent;
    if (call === undefined || !ts.isCallExpression(call)) return undefined;
    if (!context.names.isGlobal(call.expression, "unchecked")) return undefined;
    const [inner] = call.arguments;
    if (inner === undefined || call.arguments.length > 1) return undefined;
    const isPlain = ts.isElementAccessExpression(inner) || ts.isExpressionStatement(call.parent);
    if (!isPlain && beginsStatement(call)) return undefined;
    return { title: "Leave out unchecked", edits: [replace(call, isPlain ? inner.getText() : `(${inner.getText()})`)] };
  },

  /** `this.proposals.get(id).votes += 1;` becomes a variable, its change, and a `set`. */
  QW148: ({ span }, context) => {
    const changed = nodeAt(context, span);
    const statement = changed?.parent;
    if (changed === undefined || statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
    const target = targetOf(changed);
    const call = target && copyIn(target, context);
    const [key, ...more] = call?.arguments ?? [];
    if (call === undefined || key === undefined || more.length > 0 || !isSteady(key, context.names)) return undefined;
    const collection = call.expression.expression;
    if (!isSteadyWay(collection, context) || movesItsKeys(changed, context)) return undefined;
    const field = fieldOf(collection, context) ?? "value";
    const before = copiesBefore(statement, context);
    const singular = field.endsWith("s") && field.length > 1 ? field.slice(0, -1) : "value";
    const name = freeName(changed, before === 0 ? singular : `${singular}${before + 1}`);
    const { text } = context.source;
    const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, statement.getStart()))?.[1];
    const next = indent === undefined ? " " : `\n${indent}`;
    const inner = indent === undefined ? " " : `\n${indent}  `;
    const after = `${text.slice(changed.getStart(), call.getStart())}${name}${text.slice(call.getEnd(), changed.getEnd())};`;
    const lines = [
      `const ${name} = ${call.getText()};`,
      after,
      `${collection.getText()}.set(${key.getText()}, ${name});`,
    ];
    // In a place where one statement is wanted, the three stand in braces.
    const isAmongOthers = ts.isBlock(statement.parent);
    const replacement = isAmongOthers ? lines.join(next) : `{${lines.map((line) => inner + line).join("")}${next}}`;
    return { title: "Read, change and set it", edits: [replace(statement, replacement)] };
  },
};
