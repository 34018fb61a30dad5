// Fixes of statements: loops, messages to the console, changed copies.

import { ts } from "ts-morph";
import { constructFix } from "./construct-fixes.js";
import { around, type FixContext, type MakeFix, nodeAt, replace } from "./context.js";

/** A name that nothing else in the method has. */
function freeName(node: ts.Node, wanted: string): string {
  const method = ts.findAncestor(node, ts.isFunctionLike) ?? node.getSourceFile();
  const taken = new Set(method.getText().match(/\w+/g) ?? []);
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!taken.has(name)) return name;
  }
}

/** An expression that gives the same each time, without doing anything. */
function isSteady(node: ts.Expression): boolean {
  return (
    ts.isIdentifier(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword ||
    ts.isNumericLiteral(node) ||
    ts.isStringLiteral(node) ||
    (ts.isPropertyAccessExpression(node) && isSteady(node.expression))
  );
}

/** Whether something that is named is declared as a text, wherever in the file. */
function isText(node: ts.Expression, { node: file }: FixContext): boolean {
  if (ts.isStringLiteralLike(node)) return true;
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : node.getText();
  let found = false;
  const visit = (child: ts.Node): void => {
    if (
      (ts.isParameter(child) || ts.isPropertyDeclaration(child) || ts.isVariableDeclaration(child)) &&
      child.name.getText() === name
    ) {
      const { type, initializer } = child;
      found ||=
        type?.kind === ts.SyntaxKind.StringKeyword ||
        (initializer !== undefined && ts.isStringLiteralLike(initializer));
    }
    ts.forEachChild(child, visit);
  };
  visit(file);
  return found;
}

/** Whether a statement may change what the expressions in it stand for, but for calls of `get`. */
function mayChange(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) {
    const isGet = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "get";
    if (!isGet) return true;
  }
  const isStep =
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken);
  const isAssigned =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
  return (
    isStep ||
    isAssigned ||
    ts.isNewExpression(node) ||
    ts.forEachChild(node, (child) => mayChange(child) || undefined) === true
  );
}

/** Whether a change could make its keys name another place before the copy is set: `m.get(i).n = i++`. */
function movesItsKeys(changed: ts.Node): boolean {
  if (ts.isBinaryExpression(changed)) return mayChange(changed.right) || mayChange(changed.left);
  if (ts.isPrefixUnaryExpression(changed) || ts.isPostfixUnaryExpression(changed)) return mayChange(changed.operand);
  return ts.isCallExpression(changed) && changed.arguments.some((argument) => mayChange(argument));
}

/** `this.a.get(x).get(y)` with steady keys, which is asked for twice. */
function isSteadyWay(node: ts.Expression): boolean {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    return (
      node.expression.name.text === "get" && node.arguments.every(isSteady) && isSteadyWay(node.expression.expression)
    );
  }
  return isSteady(node);
}

/** Whether something in a node makes a steady expression name another thing: `queue = []` or `this.order = next`. */
function assigns(node: ts.Node, list: string): boolean {
  const isAssigned =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    `${list}.`.startsWith(`${node.left.getText()}.`);
  return isAssigned || ts.forEachChild(node, (child) => assigns(child, list) || undefined) === true;
}

function isAround(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

/** Whether a loop may go on with another list than it began with, which `for…of` does not and an index would. */
function changesItsList(loop: ts.ForOfStatement): boolean {
  const list = loop.expression.getText();
  if (assigns(loop.statement, list)) return true;
  const calls = (node: ts.Node): boolean =>
    ts.isCallExpression(node) || ts.forEachChild(node, (child) => calls(child) || undefined) === true;
  if (!list.startsWith("this.") || !calls(loop.statement)) return false;
  // What is called may do it, where another method of the class does.
  const owner = ts.findAncestor(loop, ts.isClassLike);
  return owner?.members.some((member) => !isAround(member, loop) && assigns(member, list)) ?? false;
}

/** `for (const item of items)` counts: `for (let i = 0; i < items.length; i++) { const item = items[i]; ... }`. */
function loopFix(node: ts.ForOfStatement, context: FixContext) {
  const { initializer, expression, statement } = node;
  if (node.awaitModifier !== undefined || !isSteady(expression) || ts.isNumericLiteral(expression)) return undefined;
  if (!ts.isVariableDeclarationList(initializer)) return undefined;
  // A text is looped over by characters, its index counts halves of some.
  if (isText(expression, context) || changesItsList(node)) return undefined;
  const [declaration] = initializer.declarations;
  if (declaration === undefined || !ts.isIdentifier(declaration.name)) return undefined;
  const word = initializer.flags & ts.NodeFlags.Const ? "const" : "let";
  const index = ["i", "j", "k"].find((name) => freeName(node, name) === name) ?? freeName(node, "index");
  const list = expression.getText();
  const first = `${word} ${declaration.name.text} = ${list}[${index}];`;
  const head = `for (let ${index} = 0; ${index} < ${list}.length; ${index}++) `;
  const start = { span: { start: node.getStart(), end: statement.getStart() }, text: head };
  if (!ts.isBlock(statement)) {
    return { title: "Loop by index", edits: [start, replace(statement, `{ ${first} ${statement.getText()} }`)] };
  }
  const inside = statement.statements[0];
  const { text } = context.source;
  const isNewLine = inside !== undefined && text.slice(statement.getStart(), inside.getStart()).includes("\n");
  const at = statement.getStart() + 1;
  const indent = inside === undefined ? "" : (/[ \t]*$/.exec(text.slice(0, inside.getStart()))?.[0] ?? "");
  const inserted = isNewLine ? `\n${indent}${first}` : ` ${first}`;
  return { title: "Loop by index", edits: [start, { span: { start: at, end: at }, text: inserted }] };
}

export const BODY_FIXES: Readonly<Record<string, MakeFix>> = {
  QW122: (problem, context) => {
    const { span, message } = problem;
    const loop = around(context, span, ts.isForOfStatement);
    if (loop !== undefined && loop.getStart() === span.start) return loopFix(loop, context);
    const construct = constructFix(problem, context);
    if (construct !== undefined) return construct;
    const node = nodeAt(context, span);
    if (!message.includes("console") || node === undefined || !ts.isCallExpression(node.parent)) return undefined;
    const [argument, ...more] = node.parent.arguments;
    const isText = argument !== undefined && (ts.isStringLiteralLike(argument) || ts.isTemplateExpression(argument));
    if (node.getText() !== "console.log" || !isText || more.length > 0) return undefined;
    return { title: "Write log()", edits: [replace(node, "log")], imports: ["log"] };
  },

  /** `unchecked(a[i])` becomes `a[i]`. */
  QW200: ({ span }, context) => {
    const call = nodeAt(context, span)?.parent;
    if (call === undefined || !ts.isCallExpression(call) || call.expression.getText() !== "unchecked") return undefined;
    const [inner] = call.arguments;
    if (inner === undefined || call.arguments.length > 1) return undefined;
    const isPlain = ts.isElementAccessExpression(inner) || ts.isExpressionStatement(call.parent);
    return { title: "Leave out unchecked", edits: [replace(call, isPlain ? inner.getText() : `(${inner.getText()})`)] };
  },

  /** `this.proposals.get(id).votes += 1;` becomes a variable, its change, and a `set`. */
  QW148: ({ span }, context) => {
    const changed = nodeAt(context, span);
    const statement = changed?.parent;
    if (changed === undefined || statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
    let call: ts.CallExpression | undefined;
    const visit = (node: ts.Node): void => {
      const isGet =
        ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        node.expression.name.text === "get" &&
        node.expression.getText().startsWith("this.");
      if (isGet && call === undefined) call = node as ts.CallExpression;
      else ts.forEachChild(node, visit);
    };
    visit(changed);
    const [key, ...more] = call?.arguments ?? [];
    if (call === undefined || key === undefined || more.length > 0 || !isSteady(key)) return undefined;
    const collection = (call.expression as ts.PropertyAccessExpression).expression;
    if (!isSteadyWay(collection) || movesItsKeys(changed)) return undefined;
    const field = collection.getText().match(/^this\.(\w+)/)?.[1] ?? "value";
    const name = freeName(changed, field.endsWith("s") && field.length > 1 ? field.slice(0, -1) : "value");
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
