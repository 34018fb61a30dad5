// What a file exports under which name: its own declarations, lists of names, and what it passes on from other files or
// from the SDK (`export { a as b } from`, `export * from`), through barrels and circles.

import { ts } from "ts-morph";

export interface ModuleFiles {
  readonly files: ReadonlyMap<string, ts.SourceFile>;
  /** Where a specifier leads from a file; undefined for a package. */
  readonly resolveImport: (file: string, specifier: string) => string | undefined;
  /** What `qwvm/sdk-as` exports: `export *` passes on these names. */
  readonly sdkNames: ReadonlySet<string>;
}

/** A declaration or an expression of the file that gives it, a whole file, or an export of the SDK (`*`: all of it). */
export type Exported =
  | { readonly node: ts.Node; readonly expression: boolean }
  | { readonly module: string }
  | { readonly sdk: string };

const SDK = "qwvm/sdk-as";

/** What a file exports under a name; undefined when it exports nothing of the name. */
export function findExport(
  modules: ModuleFiles,
  file: string,
  name: string,
  seen: Set<string> = new Set(),
): Exported | undefined {
  const source = modules.files.get(file);
  if (source === undefined || seen.has(`${file} ${name}`)) return undefined;
  seen.add(`${file} ${name}`);
  const own = exportedNames(source).get(name)?.[0];
  if (own !== undefined) return exported(modules, file, own, seen);
  if (name === "default") return undefined;
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) continue;
    const found = passedOn(modules, file, statement, name, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

const tables = new WeakMap<ts.Node, Map<string, ts.Node[]>>();

/** The names that a file or a part of a namespace exports itself, without those of `export *`. */
export function exportedNames(node: ts.SourceFile | ts.ModuleDeclaration): ReadonlyMap<string, readonly ts.Node[]> {
  const known = tables.get(node);
  if (known !== undefined) return known;
  const names = new Map<string, ts.Node[]>();
  const add = (name: string, declaration: ts.Node) => names.set(name, [...(names.get(name) ?? []), declaration]);
  tables.set(node, names);
  const body = ts.isSourceFile(node) ? node : node.body;
  if (body === undefined) return names;
  // `namespace A.B {}`: B is exported by A.
  if (ts.isModuleDeclaration(body)) add(body.name.text, body);
  else if (ts.isSourceFile(body) || ts.isModuleBlock(body)) for (const item of body.statements) addStatement(item, add);
  return names;
}

function addStatement(statement: ts.Statement, add: (name: string, node: ts.Node) => void): void {
  if (ts.isExportAssignment(statement)) add("default", statement.expression);
  else if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    if (clause === undefined) return;
    if (ts.isNamespaceExport(clause)) add(clause.name.text, clause);
    else for (const element of clause.elements) add(element.name.text, element);
  } else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
    if (hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) add("default", statement);
    else if (ts.isVariableStatement(statement)) {
      for (const { name, node } of variablesOf(statement)) add(name, node);
    } else {
      const { name } = statement as ts.NamedDeclaration & ts.Statement;
      if (name !== undefined && ts.isIdentifier(name)) add(name.text, statement);
    }
  }
}

function variablesOf(statement: ts.VariableStatement): { name: string; node: ts.Node }[] {
  return statement.declarationList.declarations.flatMap((node) =>
    ts.isIdentifier(node.name) ? [{ name: node.name.text, node }] : [],
  );
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

function exported(modules: ModuleFiles, file: string, node: ts.Node, seen: Set<string>): Exported | undefined {
  if (ts.isExportSpecifier(node) && node.parent.parent.moduleSpecifier !== undefined) {
    return passedOn(modules, file, node.parent.parent, (node.propertyName ?? node.name).text, seen);
  }
  if (ts.isExportSpecifier(node)) return { node: node.propertyName ?? node.name, expression: true };
  if (ts.isNamespaceExport(node)) {
    const target = targetOf(modules, file, node.parent);
    return target === undefined ? undefined : target === SDK ? { sdk: "*" } : { module: target };
  }
  return { node, expression: ts.isExpression(node) && !ts.isClassLike(node) };
}

function passedOn(
  modules: ModuleFiles,
  file: string,
  statement: ts.ExportDeclaration,
  name: string,
  seen: Set<string>,
): Exported | undefined {
  const target = targetOf(modules, file, statement);
  if (target === undefined) return undefined;
  if (target !== SDK) return findExport(modules, target, name, seen);
  return statement.exportClause !== undefined || modules.sdkNames.has(name) ? { sdk: name } : undefined;
}

/** The file that a statement passes on from, or the SDK's name. */
function targetOf(modules: ModuleFiles, file: string, { moduleSpecifier }: ts.ExportDeclaration): string | undefined {
  if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return undefined;
  if (moduleSpecifier.text === SDK) return SDK;
  return modules.resolveImport(file, moduleSpecifier.text);
}
