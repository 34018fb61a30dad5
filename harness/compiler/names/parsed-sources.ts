// The syntax of a build's files and the resolver of their names, for what is asked seldom: fixes of problems, fields in
// loops. The model keeps none; what was parsed once is in known-syntax.ts.

import { ts } from "ts-morph";
import type { SourceModel } from "../model.js";
import { readSdkNames } from "../project-files.js";
import { resolveImport } from "../read-contract.js";
import { keepSyntax, syntaxOf } from "./known-syntax.js";
import { makeNames, type Names } from "./resolve-names.js";

export interface ParsedSources {
  readonly files: ReadonlyMap<string, ts.SourceFile>;
  readonly names: Names;
}

const known = new WeakMap<readonly SourceModel[], ParsedSources>();

export function parseSources(sources: readonly SourceModel[]): ParsedSources {
  const before = known.get(sources);
  if (before !== undefined) return before;
  const files = new Map(sources.map((source) => [source.file, parseSource(source)]));
  const parsed = { files, names: makeNames(files, resolveImport, readSdkNames()) };
  known.set(sources, parsed);
  return parsed;
}

function parseSource(source: SourceModel): ts.SourceFile {
  const before = syntaxOf(source);
  if (before !== undefined) return before;
  const { file, text } = source;
  const parsed = ts.createSourceFile(`/${file}`, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  keepSyntax(source, parsed);
  return parsed;
}
