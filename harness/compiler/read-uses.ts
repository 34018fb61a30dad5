// Finds uses of the SDK that the checks look at: what is emitted and reverted with, and which extensions are used.

import { ts } from "ts-morph";
import type { Effect, UseModel } from "./model.js";

/** Members of `context` that are extensions: all but the caller. */
const EXTENSION_MEMBERS = new Set(["self", "value", "blockHeight", "blockTimestamp", "vrf", "chainId"]);

export function readUses(file: ts.SourceFile): { uses: UseModel[]; extensions: Effect[] } {
  const uses: UseModel[] = [];
  const extensions: Effect[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) readCallUse(node, uses);
    if (ts.isThrowStatement(node)) addUse("throw", node.expression, uses);
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.getText() === "context" &&
      EXTENSION_MEMBERS.has(node.name.text)
    ) {
      extensions.push({ text: node.getText(), change: "call", span: { start: node.getStart(), end: node.getEnd() } });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { uses, extensions };
}

function readCallUse(node: ts.CallExpression, uses: UseModel[]): void {
  const name = node.expression.getText();
  if (name === "emit" || name === "revert") addUse(name, node.arguments[0], uses);
  if (name === "require") addUse(name, node.arguments[1], uses);
}

function addUse(use: UseModel["use"], node: ts.Expression | undefined, uses: UseModel[]): void {
  if (node === undefined || !ts.isNewExpression(node)) return;
  const className = node.expression.getText();
  if (use === "throw" && className === "Error") return;
  uses.push({ use, className, span: { start: node.expression.getStart(), end: node.expression.getEnd() } });
}
