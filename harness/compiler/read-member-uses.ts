// Finds where members are named: `this.name` and `super.name` in a class, `item.name` anywhere else. Works on syntax alone.

import { ts } from "ts-morph";
import type { MemberAccess, MemberUse, Span } from "./model.js";
import { spanOf } from "./read-nodes.js";

/** Members named by `this` and `super` below some nodes. */
export function readMemberUses(nodes: readonly (ts.Node | undefined)[]): MemberUse[] {
  const found: MemberUse[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const { kind } = unwrapped(node.expression);
      if (kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword) {
        const by = kind === ts.SyntaxKind.ThisKeyword ? "this" : "super";
        found.push({ by, name: node.name.text, span: spanOf(node.name) });
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const node of nodes) if (node !== undefined) visit(node);
  return found;
}

/** Where `this` stands alone in a class. */
export function readBareThis(node: ts.ClassDeclaration): Span[] {
  const found: Span[] = [];
  const visit = (child: ts.Node): void => {
    if (child.kind === ts.SyntaxKind.ThisKeyword) {
      let outer = child.parent;
      while (ts.isParenthesizedExpression(outer) || ts.isNonNullExpression(outer)) outer = outer.parent;
      if (!ts.isPropertyAccessExpression(outer)) found.push(spanOf(child));
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

/** Members of a file that are named of anything but `this` and `super`. */
export function readAccesses(file: ts.SourceFile): MemberAccess[] {
  const found: MemberAccess[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const target = unwrapped(node.expression);
      if (target.kind !== ts.SyntaxKind.ThisKeyword && target.kind !== ts.SyntaxKind.SuperKeyword) {
        const of = ts.isIdentifier(target) ? target.text : undefined;
        found.push({ of, name: node.name.text, span: spanOf(node.name) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function unwrapped(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) ? unwrapped(node.expression) : node;
}
