// What fixes are made from: the file's syntax, and the small edits that most of them are.

import { ts } from "ts-morph";
import type { Problem, ProblemFix } from "../diagnostic.js";
import type { SourceModel, Span } from "../model.js";
import { decoratorName } from "../names/known-types.js";
import { parseSources } from "../names/parsed-sources.js";
import type { Names } from "../names/resolve-names.js";

/** A file with problems. */
export interface FixContext {
  readonly source: SourceModel;
  readonly node: ts.SourceFile;
  /** All files of the build, and their syntax. */
  readonly sources: readonly SourceModel[];
  readonly files: readonly ts.SourceFile[];
  readonly names: Names;
}

/** What fixes of a file are made from. The files are parsed when the first problem needs it. */
export function makeContext(source: SourceModel, sources: readonly SourceModel[]): FixContext {
  const { files, names } = parseSources(sources);
  return { source, sources, node: files.get(source.file) as ts.SourceFile, files: [...files.values()], names };
}

/** Makes the fix of a problem, if there is an obvious one. */
export type MakeFix = (problem: Problem, context: FixContext) => ProblemFix | undefined;

export type Edit = ProblemFix["edits"][number];

/** The outermost node that is exactly this stretch. */
export function nodeAt({ node: file }: FixContext, span: Span): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (node.getStart() === span.start && node.getEnd() === span.end && !ts.isSourceFile(node)) return node;
    if (node.pos > span.start || node.end < span.end) return undefined;
    return ts.forEachChild(node, visit);
  };
  return visit(file);
}

/** The innermost node around a stretch that is of a kind. */
export function around<T extends ts.Node>(
  { node: file }: FixContext,
  span: Span,
  is: (node: ts.Node) => node is T,
): T | undefined {
  let found: T | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart() > span.start || node.getEnd() < span.end) return;
    if (is(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

export function replace(node: ts.Node, text: string): Edit {
  return { span: { start: node.getStart(), end: node.getEnd() }, text };
}

export function insert(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}

/** Takes a word or decorator out, with the space behind it. */
export function remove(node: ts.Node): Edit {
  const { text } = node.getSourceFile();
  const end = node.getEnd() + (/^\s*/.exec(text.slice(node.getEnd()))?.[0].length ?? 0);
  return { span: { start: node.getStart(), end }, text: "" };
}

/** Takes out from one offset to another. */
export function cut(start: number, end: number): Edit {
  return { span: { start, end }, text: "" };
}

/** The SDK's decorator of a name on a node, whatever it is imported as. */
export function decoratorNamed(node: ts.Node, name: string, { names }: FixContext): ts.Decorator | undefined {
  if (!ts.canHaveDecorators(node)) return undefined;
  return ts.getDecorators(node)?.find((decorator) => decoratorName(decorator, names) === name);
}

/** The return statements of a function's own body. */
export function returnsOf(body: ts.Node): ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) found.push(node);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

/**
 * Imports names of the SDK that are not imported yet: with those that are, or on a line of its own.
 * @returns undefined when one of the names means something else where it would be used
 */
export function importEdits(
  { node: file, names }: Pick<FixContext, "node" | "names">,
  wanted: readonly string[],
  at: ts.Node,
): Edit[] | undefined {
  const missing: string[] = [];
  for (const name of new Set(wanted)) {
    const found = (["value", "type"] as const).map((meaning) => names.lookUp(name, at, meaning));
    const isThere = found.some((named) => named.from === "sdk" && named.name === name);
    const isFree = found.every((named) => named.from === "global");
    if (!isThere && !isFree) return undefined;
    if (isFree) missing.push(name);
  }
  if (missing.length === 0) return [];
  const lists = file.statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    if (!ts.isStringLiteral(moduleSpecifier) || moduleSpecifier.text !== "qwvm/sdk-as") return [];
    const bindings = importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) && importClause?.isTypeOnly !== true ? [bindings] : [];
  });
  const last = lists[0]?.elements.at(-1);
  if (last !== undefined) return missing.map((name) => insert(last.getEnd(), `, ${name}`));
  // In front of what is said of the first statement, which goes on standing above it.
  const start = file.statements[0]?.getStart(file, true) ?? 0;
  return missing.map((name) => insert(start, `import { ${name} } from "qwvm/sdk-as";\n`));
}

/** The innermost node at an offset. */
export function innermostAt(file: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    if (node.getStart() > offset || node.getEnd() < offset) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}
