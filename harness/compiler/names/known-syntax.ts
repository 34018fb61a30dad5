// The syntax of files that were read already, for those who need it again: parsing a contract's files and the library's twice
// took a hundredth of a build. It is kept as long as the model is.

import type { ts } from "ts-morph";
import type { SourceModel } from "../model.js";

const known = new WeakMap<SourceModel, ts.SourceFile>();

export function keepSyntax(source: SourceModel, file: ts.SourceFile): SourceModel {
  known.set(source, file);
  return source;
}

export function syntaxOf(source: SourceModel): ts.SourceFile | undefined {
  return known.get(source);
}
