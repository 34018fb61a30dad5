// `for (const item of items)` as a loop that counts, where `items` is known to be an array that stays the same.

import { ts } from "ts-morph";
import type { ProblemFix } from "../diagnostic.js";
import { type FixContext, replace } from "./context.js";
import { assignsAny, declarationsOf, freeName, isArray, isSteady } from "./steady.js";

/** Whether a loop may go on with another list than it began with, which `for…of` does not and an index would. */
function changesItsList(loop: ts.ForOfStatement, { names, files }: FixContext): boolean {
  const declared = declarationsOf(loop.expression, names);
  if (assignsAny(loop.statement, declared, names)) return true;
  if (ts.isIdentifier(loop.expression) || !calls(loop.statement)) return false;
  // What is called may do it, wherever it stands.
  return files.some((file) => assignsAny(file, declared, names));
}

function calls(node: ts.Node): boolean {
  const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
  return isCall || ts.forEachChild(node, (child) => calls(child) || undefined) === true;
}

/** `for (let i = 0; i < items.length; i++) { const item = items[i]; ... }`. */
export function loopFix(node: ts.ForOfStatement, context: FixContext): ProblemFix | undefined {
  const { initializer, expression, statement } = node;
  const { names, source } = context;
  if (node.awaitModifier !== undefined || !isSteady(expression, names)) return undefined;
  if (!ts.isVariableDeclarationList(initializer) || (initializer.flags & ts.NodeFlags.BlockScoped) === 0) {
    return undefined;
  }
  if (!isArray(expression, names) || changesItsList(node, context)) return undefined;
  const [declaration] = initializer.declarations;
  if (declaration === undefined || !ts.isIdentifier(declaration.name)) return undefined;
  // A name that the loop's own variable hides would be another one inside.
  if (declarationsOf(expression, names).has(declaration)) return undefined;
  const item = declaration.name.text;
  const [root] = [...identifiersOf(expression)].slice(-1);
  if (root === item) return undefined;
  const word = initializer.flags & ts.NodeFlags.Const ? "const" : "let";
  const index = indexNames(node).find((name) => freeName(node, name) === name) ?? freeName(node, "index");
  const list = expression.getText();
  const first = `${word} ${item} = ${list}[${index}];`;
  const head = `for (let ${index} = 0; ${index} < ${list}.length; ${index}++) `;
  const start = { span: { start: node.getStart(), end: statement.getStart() }, text: head };
  if (!ts.isBlock(statement)) {
    return { title: "Loop by index", edits: [start, replace(statement, `{ ${first} ${statement.getText()} }`)] };
  }
  const inside = statement.statements[0];
  const { text } = source;
  const isNewLine = inside !== undefined && text.slice(statement.getStart(), inside.getStart()).includes("\n");
  const at = statement.getStart() + 1;
  const indent = inside === undefined ? "" : (/[ \t]*$/.exec(text.slice(0, inside.getStart()))?.[0] ?? "");
  const inserted = isNewLine ? `\n${indent}${first}` : ` ${first}`;
  return { title: "Loop by index", edits: [start, { span: { start: at, end: at }, text: inserted }] };
}

/** What the index can be called: loops around it, which are fixed at the same time, have the first ones. */
function indexNames(loop: ts.ForOfStatement): string[] {
  let depth = 0;
  for (let at: ts.Node = loop.parent; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isForOfStatement(at)) depth++;
  }
  return ["i", "j", "k", "l", "m"].slice(depth);
}

/** The identifiers of a way, last to first: `b` and `a` of `a.b`. */
function* identifiersOf(node: ts.Expression): Generator<string> {
  for (let at: ts.Expression = node; ; at = at.expression) {
    if (ts.isIdentifier(at)) yield at.text;
    if (!ts.isPropertyAccessExpression(at)) return;
    yield at.name.text;
  }
}
