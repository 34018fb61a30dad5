// Sources → model: reads the contract files with ts-morph, syntax only (no type checker: it would cost more than asc).
// Judges nothing; check-contract does.

import { posix } from "node:path";
import { Project, ts } from "ts-morph";
import type {
  ContractModel,
  EnumModel,
  FunctionModel,
  ImportModel,
  InterfaceModel,
  RecordKind,
  RecordModel,
  SourceModel,
} from "./model.js";
import { readBody } from "./read-body.js";
import { readContractClass, readEnum, readInterface, readRecord } from "./read-class.js";
import { readEdits } from "./read-edits.js";
import { hasDecorator, hasModifier, spanOf } from "./read-nodes.js";
import { readRewrites } from "./read-rewrites.js";
import { readDecorators, readSyntax } from "./read-syntax.js";
import type { KnownTypes } from "./read-type.js";
import { readUses } from "./read-uses.js";

const RECORD_KINDS: readonly RecordKind[] = ["event", "error", "struct"];

/** Where the SDK's own contracts are imported from, and the path that asc knows them by. */
const SDK_CONTRACTS = /^qwvm\/sdk-as\/contracts\/([\w-]+)$/;
export const SDK_CONTRACTS_PATH = "~lib/qwvm/sdk-as/contracts/";

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

/**
 * Where an import leads: a file of the project from the root (`contracts/lib/math.ts`), or one of the SDK's contracts.
 * Undefined for a package.
 */
export function resolveImport(file: string, specifier: string): string | undefined {
  const name = SDK_CONTRACTS.exec(specifier)?.[1];
  if (name !== undefined) return `${SDK_CONTRACTS_PATH}${name}.ts`;
  if (!specifier.startsWith(".")) return undefined;
  return `${posix.join(posix.dirname(file), specifier).replace(/\.(js|ts)$/, "")}.ts`;
}

function knownTypes(nodes: readonly ts.SourceFile[]): KnownTypes {
  const structs = new Set<string>();
  const enums = new Map<string, number>();
  const interfaces = new Set<string>();
  for (const statement of nodes.flatMap((node) => [...node.statements])) {
    if (ts.isEnumDeclaration(statement)) enums.set(statement.name.text, statement.members.length);
    if (!ts.isClassDeclaration(statement)) continue;
    if (hasDecorator(statement, "struct")) structs.add(statement.name?.text ?? "");
    if (hasDecorator(statement, "interface")) interfaces.add(statement.name?.text ?? "");
  }
  return { structs, enums, interfaces, aliases: new Map() };
}

/** Imports that are called something else in a file: `import { emit as tell }`. */
function readAliases(node: ts.SourceFile): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const statement of node.statements) {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) {
      if (propertyName !== undefined) aliases.set(name.text, propertyName.text);
    }
  }
  return aliases;
}

function readSource(file: string, text: string, node: ts.SourceFile, all: KnownTypes): SourceModel {
  const known = { ...all, aliases: readAliases(node) };
  const contracts: ContractModel[] = [];
  const records: RecordModel[] = [];
  const enums: EnumModel[] = [];
  const interfaces: InterfaceModel[] = [];
  const functions: FunctionModel[] = [];
  const imports: ImportModel[] = [];
  for (const statement of node.statements) {
    if (ts.isClassDeclaration(statement)) {
      const kind = RECORD_KINDS.find((name) => hasDecorator(statement, name));
      if (hasDecorator(statement, "contract")) contracts.push(readContractClass(file, statement, known));
      else if (hasDecorator(statement, "interface")) interfaces.push(readInterface(file, statement, known));
      else {
        if (kind !== undefined) records.push(readRecord(file, statement, kind, known));
        functions.push(...readMethods(statement, known));
      }
    } else if (ts.isEnumDeclaration(statement)) {
      enums.push(readEnum(file, statement));
    } else if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      functions.push({
        name: statement.name.text,
        owner: undefined,
        nameSpan: spanOf(statement.name),
        span: spanOf(statement),
        body: readBody(statement.body, [...statement.parameters], known),
        exported: hasModifier(statement, ts.SyntaxKind.ExportKeyword),
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
    enums,
    interfaces,
    functions,
    rewrites: readRewrites(node),
    edits: readEdits(node, known.enums),
    findings: readSyntax(node),
    decorators: readDecorators(node),
    ...readUses(node),
  };
}

/** The methods of a class that is no contract. What `this` is in them is no state. */
function readMethods(node: ts.ClassDeclaration, known: KnownTypes): FunctionModel[] {
  return node.members.filter(ts.isMethodDeclaration).map((member) => {
    const { effects, calls } = readBody(member.body, [...member.parameters], known);
    return {
      name: member.name.getText(),
      owner: node.name?.text ?? "",
      nameSpan: spanOf(member.name),
      span: spanOf(member),
      exported: false,
      body: { effects: effects.filter(({ part }) => part === undefined), calls },
    };
  });
}

function readImport(file: string, node: ts.ImportDeclaration | ts.ExportDeclaration): ImportModel | undefined {
  if (node.moduleSpecifier === undefined || !ts.isStringLiteral(node.moduleSpecifier)) return undefined;
  const specifier = node.moduleSpecifier.text;
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
  const names =
    bindings !== undefined && ts.isNamedImports(bindings)
      ? bindings.elements.map((e) => (e.propertyName ?? e.name).text)
      : [];
  return { specifier, span: spanOf(node.moduleSpecifier), file: resolveImport(file, specifier), names };
}
