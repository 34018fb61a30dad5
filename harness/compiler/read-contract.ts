// Sources → model: reads the contract files with ts-morph, syntax only (no type checker: it would cost more than asc).
// Judges nothing; check-contract does.

import { posix } from "node:path";
import { ts } from "ts-morph";
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
import { keepSyntax } from "./names/known-syntax.js";
import { hasDecorator } from "./names/known-types.js";
import { makeNames, type Names } from "./names/resolve-names.js";
import { readSdkNames } from "./project-files.js";
import { readBody } from "./read-body.js";
import { readContractClass, readEnum, readInterface, readRecord } from "./read-class.js";
import { readEdits } from "./read-edits.js";
import { readAccesses } from "./read-member-uses.js";
import { readMisuses } from "./read-misuses.js";
import { hasModifier, spanOf } from "./read-nodes.js";
import { readRewrites } from "./read-rewrites.js";
import { readDecorators, readSyntax } from "./read-syntax.js";
import { readUses } from "./read-uses.js";

const RECORD_KINDS: readonly RecordKind[] = ["event", "error", "struct"];

/** Where the SDK's own contracts are imported from, and the path that asc knows them by. */
const SDK_CONTRACTS = /^qwvm\/sdk-as\/contracts\/([\w-]+)$/;
export const SDK_CONTRACTS_PATH = "~lib/qwvm/sdk-as/contracts/";

/** Reads all files of a build: file (relative to the root) and text. Order is kept. */
export function readSources(files: ReadonlyMap<string, string>): SourceModel[] {
  const parsed = new Map(
    [...files].map(([file, text]) => [
      file,
      ts.createSourceFile(`/${file}`, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS),
    ]),
  );
  const names = makeNames(parsed, resolveImport, readSdkNames());
  return [...files].map(([file, text]) => {
    const syntax = parsed.get(file) as ts.SourceFile;
    return keepSyntax(readSource(file, text, syntax, names), syntax);
  });
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

function readSource(file: string, text: string, node: ts.SourceFile, names: Names): SourceModel {
  const contracts: ContractModel[] = [];
  const records: RecordModel[] = [];
  const enums: EnumModel[] = [];
  const interfaces: InterfaceModel[] = [];
  const functions: FunctionModel[] = [];
  const imports: ImportModel[] = [];
  for (const statement of node.statements) {
    if (ts.isClassDeclaration(statement)) {
      const kind = RECORD_KINDS.find((name) => hasDecorator(statement, name, names));
      if (hasDecorator(statement, "contract", names)) contracts.push(readContractClass(file, statement, names));
      else if (hasDecorator(statement, "interface", names)) interfaces.push(readInterface(file, statement, names));
      else {
        if (kind !== undefined) records.push(readRecord(file, statement, kind, names));
        functions.push(...readMethods(statement, names));
      }
    } else if (ts.isEnumDeclaration(statement)) {
      enums.push(readEnum(file, statement));
    } else if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      functions.push({
        name: statement.name.text,
        owner: undefined,
        nameSpan: spanOf(statement.name),
        span: spanOf(statement),
        body: readBody(statement.body, [...statement.parameters], names),
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
    rewrites: readRewrites(node, names),
    edits: readEdits(node, names),
    findings: readSyntax(node, names),
    decorators: readDecorators(node, names),
    misuses: readMisuses(node, names, file.startsWith(SDK_CONTRACTS_PATH)),
    accesses: readAccesses(node),
    ...readUses(node, names),
  };
}

/** The methods of a class that is no contract. What `this` is in them is no state. */
function readMethods(node: ts.ClassDeclaration, names: Names): FunctionModel[] {
  return node.members.filter(ts.isMethodDeclaration).map((member) => {
    const { effects, calls } = readBody(member.body, [...member.parameters], names);
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
  const isAll = ts.isExportDeclaration(node) && node.exportClause === undefined;
  const names = isAll
    ? ["*"]
    : bindings !== undefined && ts.isNamedImports(bindings)
      ? bindings.elements.map((e) => (e.propertyName ?? e.name).text)
      : [];
  return { specifier, span: spanOf(node.moduleSpecifier), file: resolveImport(file, specifier), names };
}
