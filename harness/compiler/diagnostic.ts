// A finding in an author's source: what is wrong, where, and what to do about it. All findings are reported at once.

import type { SourceModel, Span } from "./model.js";
import { indexLines } from "./positions.js";

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
}

/** A finding before its offset is turned into a line and column. */
export interface Problem {
  readonly code: string;
  readonly severity?: "error" | "warning";
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
}

/** Places problems of one file. */
export function placeProblems(source: Pick<SourceModel, "file" | "text">, problems: readonly Problem[]): Diagnostic[] {
  const lines = indexLines(source.text);
  return problems.map(({ code, severity, message, span, hint }) => {
    const { line, column } = lines.at(span.start);
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
    };
  });
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
