// Gives problems their fix, where there is one that nobody would ask about. The file is parsed again for it: problems are
// rare, and the model keeps no syntax.

import { ts } from "ts-morph";
import type { Problem } from "../diagnostic.js";
import type { SourceModel } from "../model.js";
import { BODY_FIXES } from "./body-fixes.js";
import { CLASS_FIXES } from "./class-fixes.js";
import { CONSTRUCT_FIXES } from "./construct-fixes.js";
import { type FixContext, importEdits, type MakeFix } from "./context.js";
import { METHOD_FIXES } from "./method-fixes.js";
import { TYPE_FIXES } from "./type-fixes.js";

const FIXES: Readonly<Record<string, MakeFix>> = {
  ...CLASS_FIXES,
  ...METHOD_FIXES,
  ...TYPE_FIXES,
  ...BODY_FIXES,
  ...CONSTRUCT_FIXES,
};

/** The problems of a file, with fixes. */
export function addFixes(
  problems: readonly Problem[],
  source: SourceModel,
  sources: readonly SourceModel[],
): readonly Problem[] {
  if (problems.length === 0 || source.file.startsWith("~lib/")) return problems;
  const node = ts.createSourceFile(source.file, source.text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const context: FixContext = { source, node, sources };
  return problems.map((problem) => {
    const fix = problem.fix ?? FIXES[problem.code]?.(problem, context);
    if (fix === undefined) return problem;
    return { ...problem, fix: { ...fix, edits: [...fix.edits, ...importEdits(context, fix.imports ?? [])] } };
  });
}
