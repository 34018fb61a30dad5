// Sources → model: reads the contract files with ts-morph, syntax only (no type checker: it would cost more than asc).
// Judges nothing; check-contract does.

import { posix } from "node:path";
import { Project, ts } from "ts-morph";
import type { MethodKind } from "../core/abi.js";
import type {
  ContractModel,
  DecoratorModel,
  FieldModel,
  FunctionModel,
  ImportModel,
  MethodModel,
  RecordKind,
  RecordModel,
  SlotModel,
  SourceModel,
  Span,
  TypeModel,
} from "./model.js";
import { readBody } from "./read-body.js";
import { readRewrites } from "./read-rewrites.js";
import { readDecorators, readSyntax } from "./read-syntax.js";
import { type KnownTypes, readType } from "./read-type.js";
import { readUses } from "./read-uses.js";

const RECORD_KINDS: readonly RecordKind[] = ["event", "error", "struct"];
const METHOD_KINDS: readonly MethodKind[] = ["init", "execute", "query"];

/** Reads all files of a build: file (relative to the root) and text. Order is kept. */
export function readSources(files: ReadonlyMap<string, string>): SourceModel[] {
  const project = new Project({ useInMemoryFileSystem: true, skipFileDependencyResolution: true });
  const parsed = [...files].map(([file, text]) => ({
    file,
    text,
    node: project.createSourceFile(`/${file}`, text).compilerNode,
  }));
  const known = knownTypes(parsed.map(({ node }) => node));
  return parsed.map(({ file, text, node }) => readSource(file, text, node, known));
}

/** Where a relative import leads, from the root: `contracts/lib/math.ts`. Undefined for a package. */
export function resolveImport(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return `${posix.join(posix.dirname(file), specifier).replace(/\.(js|ts)$/, "")}.ts`;
}

function knownTypes(nodes: readonly ts.SourceFile[]): KnownTypes {
  const structs = new Set<string>();
  for (const statement of nodes.flatMap((node) => [...node.statements])) {
    if (ts.isClassDeclaration(statement) && hasDecorator(statement, "struct")) {
      structs.add(statement.name?.text ?? "");
    }
  }
  return { structs };
}

function readSource(file: string, text: string, node: ts.SourceFile, known: KnownTypes): SourceModel {
  const contracts: ContractModel[] = [];
  const records: RecordModel[] = [];
  const functions: FunctionModel[] = [];
  const imports: ImportModel[] = [];
  for (const statement of node.statements) {
    if (ts.isClassDeclaration(statement)) {
      const kind = RECORD_KINDS.find((name) => hasDecorator(statement, name));
      if (hasDecorator(statement, "contract")) contracts.push(readContractClass(statement, known));
      else if (kind !== undefined) records.push(readRecord(file, statement, kind, known));
    } else if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      functions.push({
        name: statement.name.text,
        nameSpan: spanOf(statement.name),
        span: spanOf(statement),
        body: readBody(statement.body),
      });
    } else if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
      const found = readImport(file, statement);
      if (found !== undefined) imports.push(found);
    }
  }
  return {
    file,
    text,
    imports,
    contracts,
    records,
    functions,
    rewrites: readRewrites(node),
    typeKeywords: readTypeKeywords(node),
    findings: readSyntax(node),
    decorators: readDecorators(node),
    ...readUses(node),
  };
}

function readImport(file: string, node: ts.ImportDeclaration | ts.ExportDeclaration): ImportModel | undefined {
  if (node.moduleSpecifier === undefined || !ts.isStringLiteral(node.moduleSpecifier)) return undefined;
  const specifier = node.moduleSpecifier.text;
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
  const names = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.map((e) => e.name.text) : [];
  return { specifier, span: spanOf(node.moduleSpecifier), file: resolveImport(file, specifier), names };
}

/** The word `type` with the space behind it, in `import type { A }` and `import { type A }`. */
function readTypeKeywords(node: ts.SourceFile): Span[] {
  const spans: Span[] = [];
  for (const statement of node.statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) continue;
    const { importClause: clause } = statement;
    const bindings = clause.namedBindings;
    if (clause.isTypeOnly)
      spans.push({ start: clause.getStart(), end: (clause.name ?? bindings ?? clause).getStart() });
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const element of bindings.elements) {
      if (!element.isTypeOnly) continue;
      spans.push({ start: element.getStart(), end: (element.propertyName ?? element.name).getStart() });
    }
  }
  return spans;
}

/** Where the word `class` stands, behind decorators and modifiers. */
function keywordOf(node: ts.ClassDeclaration): number {
  const last = node.modifiers?.at(-1);
  const from = last === undefined ? node.getStart() : last.getEnd();
  return node.getSourceFile().text.indexOf("class", from);
}

function readContractClass(node: ts.ClassDeclaration, known: KnownTypes): ContractModel {
  const slots: SlotModel[] = [];
  const methods: MethodModel[] = [];
  let hasConstructor: Span | undefined;
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member) && !hasModifier(member, ts.SyntaxKind.StaticKeyword)) {
      slots.push(readSlot(member, known));
    } else if (ts.isMethodDeclaration(member) || ts.isGetAccessor(member) || ts.isSetAccessor(member)) {
      methods.push(readMethod(member, known));
    } else if (ts.isConstructorDeclaration(member)) {
      hasConstructor = spanOf(member);
    }
  }
  const base = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword);
  return {
    name: node.name?.text ?? "",
    nameSpan: spanOf(node.name ?? node),
    span: spanOf(node),
    keyword: keywordOf(node),
    exported: hasModifier(node, ts.SyntaxKind.ExportKeyword),
    hasConstructor,
    baseClass: base === undefined ? undefined : spanOf(base),
    slots,
    methods,
    docs: docsOf(node),
  };
}

function readSlot(node: ts.PropertyDeclaration, known: KnownTypes): SlotModel {
  const declared = node.type;
  const isMap =
    declared !== undefined && ts.isTypeReferenceNode(declared) && declared.typeName.getText() === "StorageMap";
  const [keyType, valueType] = isMap ? (declared.typeArguments ?? []) : [];
  return {
    name: node.name.getText(),
    span: spanOf(node.name),
    declaration: spanOf(node),
    type: readOptionalType(isMap ? valueType : declared, node, known),
    mapKey: isMap ? readOptionalType(keyType, node, known) : undefined,
    initializer: node.initializer === undefined ? undefined : spanOf(node.initializer),
    isProperty: true,
    docs: docsOf(node),
    access: accessOf(node) === "public" ? "" : accessOf(node),
  };
}

function readMethod(
  node: ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.SetAccessorDeclaration,
  known: KnownTypes,
): MethodModel {
  const decorators = decoratorsOf(node);
  const names = decorators.map((decorator) => decorator.name);
  const returnsNothing = node.type === undefined || node.type.kind === ts.SyntaxKind.VoidKeyword;
  return {
    name: node.name.getText(),
    span: spanOf(node),
    nameSpan: spanOf(node.name),
    decorators,
    access: accessOf(node),
    isStatic: hasModifier(node, ts.SyntaxKind.StaticKeyword),
    isAccessor: !ts.isMethodDeclaration(node),
    kind: METHOD_KINDS.find((kind) => names.includes(kind)),
    payable: names.includes("payable"),
    params: node.parameters.map((parameter) => readField(parameter, known)),
    result: returnsNothing ? undefined : readType(node.type as ts.TypeNode, known),
    hasResultType: node.type !== undefined,
    docs: docsOf(node),
    body: readBody(node.body),
  };
}

function readRecord(file: string, node: ts.ClassDeclaration, kind: RecordKind, known: KnownTypes): RecordModel {
  const declared = node.members.find(ts.isConstructorDeclaration);
  const properties = node.members.filter(ts.isPropertyDeclaration);
  const promoted = (declared?.parameters ?? []).filter((parameter) => (parameter.modifiers?.length ?? 0) > 0);
  const fields = [...promoted, ...properties].map((member) => readField(member, known));
  return {
    kind,
    name: node.name?.text ?? "",
    file,
    nameSpan: spanOf(node.name ?? node),
    decorator: decoratorsOf(node).find((decorator) => decorator.name === kind)?.span ?? spanOf(node),
    keyword: keywordOf(node),
    closing: node.getEnd() - 1,
    fields,
    docs: docsOf(node),
    hasConstructor: declared !== undefined,
    exported: hasModifier(node, ts.SyntaxKind.ExportKeyword),
  };
}

function readField(node: ts.ParameterDeclaration | ts.PropertyDeclaration, known: KnownTypes): FieldModel {
  return {
    name: node.name.getText(),
    span: spanOf(node.name),
    type: readOptionalType(node.type, node, known),
    docs: docsOf(node),
    initializer: node.initializer === undefined ? undefined : spanOf(node.initializer),
    isProperty: ts.isPropertyDeclaration(node),
  };
}

function readOptionalType(type: ts.TypeNode | undefined, owner: ts.Node, known: KnownTypes): TypeModel {
  if (type !== undefined) return readType(type, known);
  return { text: "", span: spanOf(owner), abi: undefined, problem: "it has no type; write one after the name" };
}

function decoratorsOf(node: ts.HasDecorators): DecoratorModel[] {
  return (ts.getDecorators(node) ?? []).map((decorator) => {
    const called = ts.isCallExpression(decorator.expression);
    const name = called ? (decorator.expression as ts.CallExpression).expression : decorator.expression;
    return { name: name.getText(), span: spanOf(decorator), hasArguments: called };
  });
}

function hasDecorator(node: ts.HasDecorators, name: string): boolean {
  return decoratorsOf(node).some((decorator) => decorator.name === name);
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

function accessOf(node: ts.HasModifiers): "public" | "private" | "protected" {
  if (hasModifier(node, ts.SyntaxKind.PrivateKeyword)) return "private";
  return hasModifier(node, ts.SyntaxKind.ProtectedKeyword) ? "protected" : "public";
}

/** The text of the doc comment above, without stars; tags are left out. */
function docsOf(node: ts.Node): string | undefined {
  const docs = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(docs?.comment)?.trim();
  return text === undefined || text === "" ? undefined : text.replace(/\s*\n\s*/g, " ");
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}
