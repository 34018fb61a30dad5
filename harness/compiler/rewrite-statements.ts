// The one printer of rewritten statements: `require`, `revert` and `throw`. What it gives is always a block, so that an
// `else`, a loop or a label around binds as it is written. Conditions and errors keep their own text and place; what stands
// between them is replaced, with its lines.

import type { RewriteModel } from "./model.js";
import type { TextEdit } from "./text-edits.js";

/** The edits that print one statement in its place. `text` is the file's. */
export function rewriteEdits({ kind, span, parts, message, isNullTest }: RewriteModel, text: string): TextEdit[] {
  const [first, second] = parts;
  const replace = (start: number, end: number, printed: string): TextEdit => ({
    span: { start, end },
    text: printed + linesOf(text, start, end),
    anchor: span.start,
  });
  // asc knows that nothing comes after a throw, and makes a trap of it that is never reached.
  const end = 'throw new Error(""); }';
  if (kind === "require") {
    if (first === undefined) return [];
    // Behind `require(item != null, …)` asc is to know that it is not null.
    const close = isNullTest ? `${end} }` : "} }";
    if (second === undefined && !isNullTest) {
      return [replace(span.start, first.start, "{ __qwvm.requireTrue("), replace(first.end, span.end, "); }")];
    }
    const head = replace(span.start, first.start, "{ if (!(");
    if (second === undefined) return [head, replace(first.end, span.end, `)) { __qwvm.requireTrue(false); ${close}`)];
    if (message !== undefined) {
      return [head, replace(first.end, span.end, `)) { __qwvm.fail(${message.code}); ${close}`)];
    }
    return [
      head,
      replace(first.end, second.start, ")) { __qwvm.revert("),
      replace(second.end, span.end, `); ${close}`),
    ];
  }
  if (message !== undefined) return [replace(span.start, span.end, `{ __qwvm.fail(${message.code}); ${end}`)];
  if (first === undefined) return [replace(span.start, span.end, `{ __qwvm.revert(""); ${end}`)];
  return [replace(span.start, first.start, "{ __qwvm.revert("), replace(first.end, span.end, `); ${end}`)];
}

/** The line ends of a stretch that is replaced, so that what is below keeps its line. */
export function linesOf(text: string, start: number, end: number): string {
  return "\n".repeat(text.slice(start, end).split("\n").length - 1);
}
