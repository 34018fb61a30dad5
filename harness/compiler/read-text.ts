// What a file's text has that TypeScript and asc read differently, and names at its top that generated code needs itself.

import { ts } from "ts-morph";
import type { AddMisuse } from "./misuse-nodes.js";
import type { Misuse } from "./model.js";
import { scopeOf } from "./names/scopes.js";

/**
 * Line ends that asc does not know: to it a comment goes on behind them, and code that an editor shows on a line of its own
 * is not there.
 */
export function readLineEnds(file: ts.SourceFile): Misuse[] {
  const found: Misuse[] = [];
  for (const { index } of file.text.matchAll(/\r(?!\n)|[\u2028\u2029]/g)) {
    if (!isInText(file, index)) found.push({ kind: "lineEnd", span: { start: index, end: index + 1 }, name: "" });
  }
  return found;
}

/** Whether a place is inside of a text in quotes or backticks. */
function isInText(file: ts.SourceFile, at: number): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (node.pos > at || node.end <= at) return;
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && node.getStart() < at) found = true;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Names of AssemblyScript's that generated code uses in the author's file. */
const NEEDED: ReadonlySet<string> = new Set([
  "memory",
  "changetype",
  "store",
  "offsetof",
  "usize",
  "u8",
  "u32",
  "Array",
]);

/** Declarations at the top of a file that take a name from generated code. */
export function readTopNames(file: ts.SourceFile, add: AddMisuse): void {
  for (const [name, [first]] of scopeOf(file)) {
    if (first !== undefined && NEEDED.has(name)) add("takenName", (first as ts.NamedDeclaration).name ?? first, name);
  }
}
