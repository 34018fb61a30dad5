// A finding in an author's source: what is wrong, where, and what to do about it. All findings are reported at once.

import type { SourceModel, Span } from "./model.js";
import { indexLines } from "./positions.js";

/** A change that mends a finding without a question. Edits of one fix belong together and do not overlap. */
export interface Fix {
  /** In words that say what is done: `Write @execute`. */
  readonly title: string;
  readonly edits: readonly FixEdit[];
}

/** Replaces the text of a file from `start` up to `end`, offsets in UTF-16 units. */
export interface FixEdit {
  /** Relative to the project's root, with forward slashes. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Diagnostic {
  /** `QW1xx` for the compiler's own checks, `AS` and a number for those of asc. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Relative to the project's root, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** How many characters are meant, within the line. */
  readonly length?: number;
  readonly hint?: string;
  readonly fix?: Fix;
}

/** A finding before its offset is turned into a line and column. */
export interface Problem {
  readonly code: string;
  readonly severity?: "error" | "warning";
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
  /** Its edits are in the file of the problem. */
  readonly fix?: ProblemFix | undefined;
  /** The name that was probably meant where another stands. */
  readonly meant?: string | undefined;
}

/** A fix before its file is known. */
export interface ProblemFix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
  /** Names of the SDK that the new text uses: they are imported, if they are not yet. */
  readonly imports?: readonly string[];
}

/** Places problems of one file. */
export function placeProblems(source: Pick<SourceModel, "file" | "text">, problems: readonly Problem[]): Diagnostic[] {
  const lines = indexLines(source.text);
  return problems.map(({ code, severity, message, span, hint, fix }) => {
    const { line, column: counted } = lines.at(span.start);
    // No editor counts a byte order mark.
    const column = line === 1 && source.text.startsWith("\uFEFF") ? Math.max(1, counted - 1) : counted;
    const end = source.text.indexOf("\n", span.start);
    const length = Math.max(1, Math.min(span.end, end < 0 ? source.text.length : end) - span.start);
    return {
      code,
      severity: severity ?? "error",
      message,
      file: source.file,
      line,
      column,
      length,
      ...(hint === undefined ? {} : { hint }),
      ...(fix === undefined ? {} : { fix: placeFix(fix, source.file) }),
    };
  });
}

function placeFix({ title, edits }: ProblemFix, file: string): Fix {
  return { title, edits: edits.map(({ span, text }) => ({ file, start: span.start, end: span.end, text })) };
}

/** Sorts by file, line and column, and leaves out what is said twice. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics]
    .sort(
      (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code),
    )
    .filter((diagnostic) => {
      const key = JSON.stringify([
        diagnostic.file,
        diagnostic.line,
        diagnostic.column,
        diagnostic.code,
        diagnostic.message,
      ]);
      return !seen.has(key) && seen.add(key) !== undefined;
    });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
