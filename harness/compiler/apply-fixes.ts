// Applies the fixes of diagnostics to the files they are about. Where two overlap the first one wins; the next build finds
// the other again. Files are replaced as a whole, or not at all.

import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { QwvmError } from "../core/errors.js";
import type { Diagnostic, FixEdit } from "./diagnostic.js";

/** The diagnostics whose fixes can be applied together, and the edits of those, each once. */
export function chooseFixes(diagnostics: readonly Diagnostic[]): {
  readonly chosen: readonly Diagnostic[];
  readonly edits: readonly FixEdit[];
} {
  const chosen: Diagnostic[] = [];
  const edits: FixEdit[] = [];
  for (const diagnostic of diagnostics) {
    const wanted = diagnostic.fix?.edits ?? [];
    const added = wanted.filter((edit) => !edits.some((other) => isSame(edit, other)));
    if (wanted.length === 0 || added.some((edit) => edits.some((other) => overlap(edit, other)))) continue;
    chosen.push(diagnostic);
    edits.push(...added);
  }
  return { chosen, edits };
}

/** A file's text after its edits. */
export function applyFileEdits(text: string, edits: readonly FixEdit[]): string {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index);
  let result = "";
  let done = 0;
  for (const { edit } of sorted) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

/**
 * Writes the files of a project with what can be fixed.
 * @returns the diagnostics that were
 * @throws QwvmError `CANNOT_WRITE_CONTRACT`; then no file has changed
 */
export function applyFixes(root: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const { chosen, edits } = chooseFixes(diagnostics);
  const files = [...new Set(edits.map(({ file }) => file))];
  const written: [temporary: string, path: string][] = [];
  try {
    for (const file of files) {
      // A link stays a link: what it leads to is replaced.
      const path = realpathSync(join(root, file));
      const text = readFileSync(path, "utf8");
      const fixed = applyFileEdits(
        text,
        edits.filter((edit) => edit.file === file),
      );
      const temporary = `${path}.${process.pid}.tmp`;
      writeFileSync(temporary, fixed, { mode: statSync(path).mode });
      written.push([temporary, path]);
    }
    for (const [temporary, path] of written) renameSync(temporary, path);
  } catch (error) {
    for (const [temporary] of written) rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new QwvmError("CANNOT_WRITE_CONTRACT", `The contracts could not be fixed: ${reason}`, {
      hint: "Check that the files can be written to, or make the changes by hand.",
      cause: error,
    });
  }
  return chosen;
}

function isSame(a: FixEdit, b: FixEdit): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end && a.text === b.text;
}

/** Insertions at one place go one after the other; everything else needs a stretch of its own. */
function overlap(a: FixEdit, b: FixEdit): boolean {
  return a.file === b.file && a.start < b.end && b.start < a.end;
}
