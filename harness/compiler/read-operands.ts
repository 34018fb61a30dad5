// Operands that asc's parser takes for something else: integer literals longer than its own or with an `n` behind them, and
// what stands before `<`, behind which it reads a type in angle brackets.

import { ts } from "ts-morph";

type Replace = (start: number, end: number, text: string) => void;

/** From here on asc keeps the bits of a literal, and not its value. */
const BEYOND = 1n << 63n;

/** Adds the edits of one node. */
export function readOperands(node: ts.Node, replace: Replace): void {
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) readLiteral(node, replace);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.LessThanToken) readLess(node, replace);
}

/** A long literal becomes a call, which literals.ts turns into a constant of the type that is expected there. */
function readLiteral(node: ts.NumericLiteral | ts.BigIntLiteral, replace: Replace): void {
  // Lengths in types, and names of members.
  if (ts.isLiteralTypeNode(node.parent) || ("name" in node.parent && node.parent.name === node)) return;
  const text = node.getText();
  const digits = text.replace(/_/g, "").replace(/n$/, "");
  if (!/^(\d+|0x[\da-f]+|0o[0-7]+|0b[01]+)$/i.test(digits) || /^0\d/.test(digits)) return;
  const value = BigInt(digits);
  if (value >= BEYOND) {
    replace(node.getStart(), node.getEnd(), `__qwvm.literal("${value}")`);
  } else if (text.endsWith("n")) {
    replace(node.getEnd() - 1, node.getEnd(), "");
  }
}

/** `x < u256.from(5)`: behind a parenthesis asc takes no `<` for the beginning of type arguments. */
function readLess({ left, right }: ts.BinaryExpression, replace: Replace): void {
  // A name or number alone is read rightly; of anything else the beginning of a type may be made.
  if (ts.isParenthesizedExpression(left) || ts.isIdentifier(right) || ts.isNumericLiteral(right)) return;
  replace(left.getStart(), left.getStart(), "(");
  replace(left.getEnd(), left.getEnd(), ")");
}
