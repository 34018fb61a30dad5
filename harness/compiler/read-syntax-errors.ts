// What TypeScript's parser does not understand: a contract is TypeScript before it is AssemblyScript, and its parser says best
// what is missing. Words of other languages get a hint of what they are called here.

import type { ts } from "ts-morph";
import type { SyntaxFinding } from "./model.js";
import { foreignSyntaxHint } from "./words/foreign-syntax.js";

/** The parser keeps its findings on the file; TypeScript does not declare the property. */
interface ParsedFile {
  readonly parseDiagnostics?: readonly {
    readonly code: number;
    readonly start: number;
    readonly length: number;
    readonly messageText: string | { readonly messageText: string };
  }[];
}

/** The first error of each line: what follows on it comes of the first. */
export function readSyntaxErrors(file: ts.SourceFile): SyntaxFinding[] {
  const found: SyntaxFinding[] = [];
  const lines = new Set<number>();
  for (const { code, start, length, messageText } of (file as ParsedFile).parseDiagnostics ?? []) {
    const at = Math.min(start, lastWritten(file.text));
    const { line } = file.getLineAndCharacterOfPosition(at);
    if (lines.has(line) || (found.length > 0 && FOLLOWING.has(code))) continue;
    lines.add(line);
    const said = typeof messageText === "string" ? messageText : messageText.messageText;
    const hint = shiftHint(code, file.text, at) ?? foreignSyntaxHint(file.text, at) ?? HINTS[code] ?? OTHER_HINT;
    found.push({
      kind: "syntax",
      span: { start: at, end: Math.max(at + length, at + 1) },
      text: WORDS[code] ?? said,
      hint,
    });
  }
  return found;
}

/** `x << (f<u16>(y) % 3)`: TypeScript's parser (5.9) takes the shift for the beginning of type arguments. */
function shiftHint(code: number, text: string, at: number): string | undefined {
  if (code !== 1005 || !/<<\s*$/.test(text.slice(0, at))) return undefined;
  return "TypeScript's parser takes this `<<` for type arguments: give what is behind it a name first, const by = ...";
}

/** An error at the end of the file stands behind what was written last. */
function lastWritten(text: string): number {
  return Math.max(0, text.trimEnd().length - 1);
}

const OTHER_HINT =
  "Look at the characters before the mark: a bracket, a comma or a quotation mark may be missing, or one too many.";

/** Declaration expected, statement expected: what the parser says of the rest after another error. */
const FOLLOWING = new Set([1128, 1146]);

/** By TypeScript's codes. */
const HINTS: Readonly<Record<number, string>> = {
  1002: "Close the text with the quotation mark that it begins with; a text of several lines stands in backticks.",
  1010: "Close the comment with */.",
  1068: "In a class a method is written without `function`: `name(x: u64): void { ... }`.",
  1109: "Look for an operator without its right side, or for a bracket too many.",
  1110: "Write a type here, or take out the sign before it.",
  1121: "Leave out the zero in front, or write 0o for octal digits.",
  1127: "Take the character out: it may have come with a copied text.",
  1128: "Look for a brace } too many, or for one that is missing above.",
  1351: "Put a space or an operator between the number and the word; the type of a number stands behind the variable's name.",
  1434: "A word stands here that TypeScript does not know: it may be misspelt.",
  1440: "In a class a field is written without `let`, `const` and `var`: `name: u64;`.",
  1472: "A contract has no try/catch: check before with require().",
  17006: "Write -(x ** 2) or (-x) ** 2: they differ.",
  17007: "Put the cast in parentheses: (<u64>x) ** 2.",
};

/** TypeScript's messages that are too long or say too little. */
const WORDS: Readonly<Record<number, string>> = {
  1068: "A member of a class is expected here: a field, a method or an accessor.",
  17006: "A sign in front of `**` needs parentheses.",
  17007: "A cast in front of `**` needs parentheses.",
};
