// Holds a build's contracts to their layout files, and says what the files are to hold after it.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, placeProblems } from "./diagnostic.js";
import { compareLayouts, layoutOf, layoutPath, layoutText, parseLayout } from "./layout.js";
import type { LinkedContract } from "./link-contract.js";
import type { SourceModel } from "./model.js";

export interface LayoutResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The layout file, relative to the root, and its text; it is the committed one's when nothing has changed. */
  readonly file: string;
  readonly text: string;
}

/** Checks one contract. `sources` are its file and what it imports. */
export function checkLayout(root: string, contract: LinkedContract, sources: readonly SourceModel[]): LayoutResult {
  const own = sources[0] as SourceModel;
  const file = layoutPath(own.file);
  const now = layoutOf(contract, sources);
  const path = join(root, file);
  if (!existsSync(path)) return { diagnostics: [], file, text: layoutText(now) };
  const text = readFileSync(path, "utf8");
  const before = parseLayout(text);
  if (typeof before === "string") {
    const problem = {
      code: "QW152",
      message: `${file} cannot be read: ${before}.`,
      span: contract.own.nameSpan,
      hint: "Take it from version control again. If no version of the contract is deployed, delete it.",
    };
    return { diagnostics: placeProblems(own, [problem]), file, text };
  }
  const { problems, next } = compareLayouts(before, now, contract);
  return { diagnostics: placeProblems(own, problems), file, text: layoutText(next) };
}
