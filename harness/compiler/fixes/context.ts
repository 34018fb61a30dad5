// What fixes are made from: the file's syntax, and the small edits that most of them are.

import { ts } from "ts-morph";
import type { Problem, ProblemFix } from "../diagnostic.js";
import type { SourceModel, Span } from "../model.js";

/** A file with problems. */
export interface FixContext {
  readonly source: SourceModel;
  readonly node: ts.SourceFile;
  /** All files of the build. */
  readonly sources: readonly SourceModel[];
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

/** The decorator of a name on a node, without its @ and arguments. */
export function decoratorNamed(node: ts.Node, name: string): ts.Decorator | undefined {
  if (!ts.canHaveDecorators(node)) return undefined;
  return ts.getDecorators(node)?.find((decorator) => decoratorName(decorator) === name);
}

export function decoratorName({ expression }: ts.Decorator): string {
  return (ts.isCallExpression(expression) ? expression.expression : expression).getText();
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

/** Imports names of the SDK that are not imported yet: with those that are, or on a line of its own. */
export function importEdits({ node: file }: FixContext, names: readonly string[]): Edit[] {
  const imports = file.statements
    .filter(ts.isImportDeclaration)
    .filter(({ moduleSpecifier }) => ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === "qwvm/sdk-as");
  const lists = imports.flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) && importClause?.isTypeOnly !== true ? [bindings] : [];
  });
  const known = lists.flatMap(({ elements }) => elements.map(({ name }) => name.text));
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return [];
  const last = lists[0]?.elements.at(-1);
  if (last !== undefined) return missing.map((name) => insert(last.getEnd(), `, ${name}`));
  const at = file.statements[0]?.getStart() ?? 0;
  return missing.map((name) => insert(at, `import { ${name} } from "qwvm/sdk-as";\n`));
}
