// Checks where a build's files go: two sources must not be built to one file, and the names of sources have to be such that
// asc, the source map and the client find them.

import type { BuildSettings } from "./build-options.js";
import { type Diagnostic, type Problem, placeProblems } from "./diagnostic.js";
import type { SourceModel, Span } from "./model.js";
import { artifactsOf, interfaceFilesOf } from "./output-paths.js";

/** Characters that asc, paths of other systems or a comment with the name in it take for something else. */
const UNFIT_NAME = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\\:*?"<>|]/u;

/** An output that a source is built to. */
interface Output {
  readonly path: string;
  readonly source: SourceModel;
  readonly span: Span;
}

/** Checks the files of a build; `listed` are those in the contracts folder. */
export function checkOutputs(
  sources: readonly SourceModel[],
  listed: readonly string[],
  settings: BuildSettings,
): Diagnostic[] {
  const own = sources.filter(({ file }) => listed.includes(file));
  const outputs = own.flatMap((source) => outputsOf(source, settings));
  const problems = new Map<SourceModel, Problem[]>();
  const add = (source: SourceModel, problem: Problem) =>
    problems.set(source, [...(problems.get(source) ?? []), problem]);
  for (const source of own) {
    if (!UNFIT_NAME.test(source.file)) continue;
    const span = outputs.find((output) => output.source === source)?.span;
    if (span !== undefined) add(source, unfitName(source.file, span));
  }
  const byPath = new Map<string, Output>();
  const told = new Set<string>();
  for (const output of outputs) {
    const other = byPath.get(output.path);
    byPath.set(output.path, other ?? output);
    const pair = `${other?.source.file} ${output.source.file}`;
    if (other === undefined || told.has(pair)) continue;
    told.add(pair);
    add(output.source, sameOutput(output, other));
  }
  for (const output of outputs) {
    const folder = foldersOf(output.path).find((path) => byPath.has(path));
    const other = folder === undefined ? undefined : byPath.get(folder);
    const pair = `${other?.source.file} ${output.source.file}`;
    if (other === undefined || told.has(pair)) continue;
    told.add(pair);
    add(output.source, sameOutput({ ...output, path: other.path }, other));
  }
  return [...problems].flatMap(([source, found]) => placeProblems(source, found));
}

function outputsOf(source: SourceModel, settings: BuildSettings): Output[] {
  const contract = source.contracts.find(({ isAbstract }) => !isAbstract);
  const [item] = source.interfaces;
  const ofContract = contract === undefined ? [] : Object.values(artifactsOf(source.file, settings));
  const ofInterfaces = item === undefined ? [] : interfaceFilesOf(source.file, settings, contract !== undefined);
  return [
    ...ofContract.map((path) => ({ path, source, span: (contract ?? item)?.nameSpan as Span })),
    ...ofInterfaces.map((path) => ({ path, source, span: item?.nameSpan as Span })),
  ];
}

/** `a`, `a/b` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const steps = path.split("/").slice(0, -1);
  return steps.map((_, i) => steps.slice(0, i + 1).join("/"));
}

function sameOutput({ path, source, span }: Output, other: Output): Problem {
  return {
    code: "QW261",
    message: `${source.file} and ${other.source.file} would both be built to ${path}.`,
    span,
    hint: "Call one of the files otherwise: an @remote class beside a contract in NAME.ts is built to NAME.interfaces.js.",
  };
}

function unfitName(file: string, span: Span): Problem {
  return {
    code: "QW262",
    message: `The name of the file ${JSON.stringify(file)} has a character that paths on some machine cannot have.`,
    span,
    hint: 'Leave out control characters and \\ : * ? " < > | in the names of files and folders.',
  };
}
