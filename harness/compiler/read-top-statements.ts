// Finds what a file does by being there: statements outside of functions, and calls of the SDK that change something in
// what variables and static fields begin with. They would run in every call, queries too, before it is known which.

import { ts } from "ts-morph";
import type { AddMisuse } from "./misuse-nodes.js";
import type { Names } from "./names/resolve-names.js";
import { hasModifier } from "./read-nodes.js";

/** Functions and objects of the SDK through which something outside of the module's memory changes. */
const ACTING: ReadonlySet<string> = new Set([
  "emit",
  "transfer",
  "tryTransfer",
  "callContract",
  "tryCallContract",
  "metadata",
  "require",
  "revert",
]);

export function readTopStatements(file: ts.SourceFile, names: Names, add: AddMisuse): void {
  const read = (statements: readonly ts.Statement[]): void => {
    for (const statement of statements) {
      if (isDoing(statement)) add("topStatement", statement, "");
      else if (ts.isModuleDeclaration(statement)) {
        if (statement.body !== undefined && ts.isModuleBlock(statement.body)) read(statement.body.statements);
      } else if (ts.isVariableStatement(statement)) {
        for (const { initializer } of statement.declarationList.declarations) readStart(initializer, names, add);
      } else if (ts.isClassDeclaration(statement)) {
        for (const member of statement.members) {
          if (!ts.isPropertyDeclaration(member) || !hasModifier(member, ts.SyntaxKind.StaticKeyword)) continue;
          readStart(member.initializer, names, add);
        }
      }
    }
  };
  read(file.statements);
}

/** Whether a statement declares nothing, and is not empty. */
function isDoing(statement: ts.Statement): boolean {
  const { kind } = statement;
  return (
    (kind !== ts.SyntaxKind.VariableStatement &&
      kind !== ts.SyntaxKind.EmptyStatement &&
      kind >= ts.SyntaxKind.FirstStatement &&
      kind <= ts.SyntaxKind.LastStatement) ||
    kind === ts.SyntaxKind.Block
  );
}

function readStart(initializer: ts.Expression | undefined, names: Names, add: AddMisuse): void {
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isIdentifier(node) && ACTING.has(names.sdkName(node) ?? "")) add("topStatement", node, node.text);
    ts.forEachChild(node, visit);
  };
  if (initializer !== undefined) visit(initializer);
}
