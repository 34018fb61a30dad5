// Gives problems their fix, where there is one that nobody would ask about. The files are parsed again for it: problems are
// rare, and the model keeps no syntax. What a fix would import and cannot, since the name means something else, it is not.

import type { Problem } from "../diagnostic.js";
import type { SourceModel } from "../model.js";
import { BODY_FIXES } from "./body-fixes.js";
import { CLASS_FIXES } from "./class-fixes.js";
import { CONSTRUCT_FIXES } from "./construct-fixes.js";
import { importEdits, innermostAt, type MakeFix, makeContext } from "./context.js";
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
  const context = makeContext(source, sources);
  return problems.map(({ fix: made, ...problem }) => {
    const fix = made ?? FIXES[problem.code]?.(problem, context);
    if (fix === undefined) return problem;
    const imported = importEdits(context, fix.imports ?? [], innermostAt(context.node, problem.span.start));
    return imported === undefined ? problem : { ...problem, fix: { ...fix, edits: [...fix.edits, ...imported] } };
  });
}
