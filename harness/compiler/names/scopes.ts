// What each scope of a file declares: blocks, functions, loops' heads, classes, namespaces, enums, the file itself.
// Follows TypeScript: `var` belongs to the function around it, a name can stand for a value and for a type at once.
// Tables are made when they are first asked for, and kept.

import { ts } from "ts-morph";

/** What a name is looked up as: `f(Color: u64): Color` has a value and a type of one name. */
export type Meaning = "value" | "type" | "namespace";

/** The names of one scope. A name may have several declarations: a value and a type, parts of a namespace. */
export type ScopeTable = ReadonlyMap<string, readonly ts.Node[]>;

const EMPTY: ScopeTable = new Map();
const tables = new WeakMap<ts.Node, ScopeTable>();

/** The names that a node declares for what is inside of it; an empty table for most nodes. */
export function scopeOf(node: ts.Node): ScopeTable {
  if (!canDeclare(node)) return EMPTY;
  const known = tables.get(node);
  if (known !== undefined) return known;
  const names = new Map<string, ts.Node[]>();
  declareIn(node, (name, declaration) => {
    const before = names.get(name);
    if (before === undefined) names.set(name, [declaration]);
    else before.push(declaration);
  });
  tables.set(node, names);
  return names;
}

/** Whether a declaration can be meant by a name that is looked up so. What an import brings is seen where it comes from. */
export function hasMeaning(node: ts.Node, meaning: Meaning): boolean {
  if (isImportBinding(node)) return true;
  if (ts.isClassLike(node)) return meaning !== "namespace";
  if (ts.isEnumDeclaration(node)) return true;
  if (ts.isModuleDeclaration(node)) return meaning !== "type";
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isTypeParameterDeclaration(node)) {
    return meaning === "type";
  }
  return meaning === "value";
}

/** A name that an import declares in its file. */
export function isImportBinding(
  node: ts.Node,
): node is ts.ImportSpecifier | ts.NamespaceImport | ts.ImportClause | ts.ImportEqualsDeclaration {
  return (
    ts.isImportSpecifier(node) ||
    ts.isNamespaceImport(node) ||
    ts.isImportClause(node) ||
    ts.isImportEqualsDeclaration(node)
  );
}

type Declare = (name: string, declaration: ts.Node) => void;

function canDeclare(node: ts.Node): boolean {
  return (
    ts.isSourceFile(node) ||
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isCatchClause(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isMappedTypeNode(node) ||
    ts.isFunctionLike(node)
  );
}

function declareIn(node: ts.Node, declare: Declare): void {
  if (ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node)) {
    for (const statement of node.statements) declareStatement(statement, declare);
    if (!ts.isBlock(node) || ts.isFunctionLike(node.parent)) declareVars(node, declare);
  } else if (ts.isCaseBlock(node)) {
    for (const clause of node.clauses) for (const statement of clause.statements) declareStatement(statement, declare);
  } else if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    if (node.initializer !== undefined && ts.isVariableDeclarationList(node.initializer)) {
      declareList(node.initializer, declare);
    }
  } else if (ts.isCatchClause(node)) {
    if (node.variableDeclaration !== undefined) declareBinding(node.variableDeclaration, declare);
  } else if (ts.isEnumDeclaration(node)) {
    for (const member of node.members) if (ts.isIdentifier(member.name)) declare(member.name.text, member);
  } else if (ts.isMappedTypeNode(node)) {
    declare(node.typeParameter.name.text, node.typeParameter);
  } else if (ts.isFunctionLike(node)) {
    if (ts.isFunctionExpression(node) && node.name !== undefined) declare(node.name.text, node);
    for (const parameter of node.parameters) declareBinding(parameter, declare);
    declareTypeParameters(node, declare);
  } else {
    if (ts.isClassExpression(node) && node.name !== undefined) declare(node.name.text, node);
    declareTypeParameters(node as ts.ClassLikeDeclaration, declare);
  }
}

function declareTypeParameters(
  node: { readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> | readonly ts.Node[] | undefined },
  declare: Declare,
): void {
  for (const parameter of node.typeParameters ?? []) {
    if (ts.isTypeParameterDeclaration(parameter)) declare(parameter.name.text, parameter);
  }
}

/** What a statement declares in the block it stands in. */
function declareStatement(statement: ts.Statement, declare: Declare): void {
  if (ts.isVariableStatement(statement)) declareList(statement.declarationList, declare);
  else if (ts.isImportDeclaration(statement)) declareImport(statement, declare);
  else if (ts.isLabeledStatement(statement)) declareStatement(statement.statement, declare);
  else if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement)
  ) {
    if (statement.name !== undefined) declare(statement.name.text, statement);
  }
}

/** `let` and `const` alone: a `var` is its function's. */
function declareList(list: ts.VariableDeclarationList, declare: Declare): void {
  if ((list.flags & ts.NodeFlags.BlockScoped) === 0) return;
  for (const declaration of list.declarations) declareBinding(declaration, declare);
}

function declareImport(statement: ts.ImportDeclaration, declare: Declare): void {
  const clause = statement.importClause;
  if (clause?.name !== undefined) declare(clause.name.text, clause);
  const bindings = clause?.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) declare(bindings.name.text, bindings);
  else for (const element of bindings.elements) declare(element.name.text, element);
}

function declareBinding(
  node: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement,
  declare: Declare,
): void {
  if (ts.isIdentifier(node.name)) declare(node.name.text, node);
  else for (const element of node.name.elements) if (ts.isBindingElement(element)) declareBinding(element, declare);
}

/** Every `var` of a function's body, at any depth of blocks. */
function declareVars(body: ts.Node, declare: Declare): void {
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleBlock(node) || ts.isTypeNode(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
      for (const declaration of node.declarations) declareBinding(declaration, declare);
    }
    // Declarations of variables stand in statements.
    if (!ts.isExpression(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
}
