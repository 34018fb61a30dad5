// Finds what AssemblyScript does not have in declarations: modules, classes, functions, their parameters and names.

import { ts } from "ts-morph";
import { hasDecorator } from "./names/known-types.js";
import type { Names } from "./names/resolve-names.js";
import { type AddFinding, hasModifier } from "./read-nodes.js";

/** Whether what is inside of the node is looked at, too. */
export function readDeclaration(node: ts.Node, add: AddFinding, names: Names): boolean {
  const declare = ts.canHaveModifiers(node) ? modifierOf(node, ts.SyntaxKind.DeclareKeyword) : undefined;
  if (declare !== undefined && !ts.isPropertyDeclaration(node)) {
    add("declare", declare, nameOf(node));
    return false;
  }
  readModule(node, add);
  if (ts.isClassLike(node)) readClass(node, add, names);
  if (ts.isClassElement(node) || ts.isTypeElement(node)) readMember(node, add, names);
  if (ts.isFunctionLike(node) && !ts.isTypeNode(node)) readFunction(node, add, names);
  if (ts.isTypeParameterDeclaration(node)) {
    const [modifier] = node.modifiers ?? [];
    if (modifier !== undefined) add("variance", modifier, modifier.getText());
  }
  if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using) {
    add("using", node.getFirstToken() ?? node, "using");
  }
  if (ts.isVariableDeclaration(node)) readVariable(node, add);
  readName(node, add);
  return true;
}

/** asc reads the width of a variable from its type or its value; `const` without a value is an error of its own words. */
function readVariable(node: ts.VariableDeclaration, add: AddFinding): void {
  const { parent, type, initializer, name } = node;
  if (
    !ts.isVariableDeclarationList(parent) ||
    ts.isForOfStatement(parent.parent) ||
    ts.isForInStatement(parent.parent)
  ) {
    return;
  }
  if (initializer !== undefined) return;
  if ((parent.flags & ts.NodeFlags.Const) !== 0) add("constWithoutValue", name, name.getText());
  else if (type === undefined) add("untypedVariable", name, name.getText());
}

function modifierOf(node: ts.HasModifiers, kind: ts.SyntaxKind): ts.Modifier | undefined {
  return ts.getModifiers(node)?.find((modifier) => modifier.kind === kind);
}

function nameOf(node: ts.Node): string {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.name.getText() ?? "it";
  const name = ts.getNameOfDeclaration(node as ts.Declaration)?.getText();
  return name === undefined || name === "" ? "it" : name;
}

/** Imports, exports, namespaces, and what can only stand at the top of a file. */
function readModule(node: ts.Node, add: AddFinding): void {
  if (ts.isExportAssignment(node)) {
    const isPlain = node.isExportEquals !== true && ts.isIdentifier(node.expression);
    if (!isPlain) add("exportValue", node);
  }
  if (ts.isExportDeclaration(node) && node.isTypeOnly) add("exportType", node);
  if (ts.isExportSpecifier(node) && node.isTypeOnly) add("exportType", node);
  if (ts.isImportEqualsDeclaration(node)) add("importEquals", node);
  if (ts.isImportClause(node) && node.name !== undefined) {
    if (isFromSdk(node.parent)) add("importDefault", node.name);
    else if (node.namedBindings !== undefined) add("importMixed", node);
  }
  if (ts.isNamespaceExport(node)) add("exportNamespace", node);
  if (ts.isNamespaceExportDeclaration(node)) add("exportGlobal", node);
  if (ts.isImportAttributes(node)) add("importAttributes", node);
  if (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) {
    const text = [node.propertyName, node.name].find((name) => name !== undefined && ts.isStringLiteral(name));
    if (text !== undefined) add("importNameText", text);
  }
  if (ts.isFunctionDeclaration(node) && node.name === undefined)
    add("unnamed", node.getFirstToken() ?? node, "function");
  if (ts.isModuleDeclaration(node)) {
    const isNested = node.body !== undefined && ts.isModuleDeclaration(node.body);
    const isInner = ts.isModuleDeclaration(node.parent);
    if (isNested && !isInner) add("nestedNamespace", node.name);
    if (!isInner && (node.flags & ts.NodeFlags.Namespace) === 0) add("moduleWord", node.name);
  }
  const isLocal = !ts.isSourceFile(node.parent ?? node) && !ts.isModuleBlock(node.parent ?? node);
  if (!isLocal || ts.isSourceFile(node)) return;
  if (ts.isClassDeclaration(node)) add("localClass", node.name ?? node);
  if (ts.isEnumDeclaration(node)) add("localDeclaration", node.name, "enum");
  if (ts.isInterfaceDeclaration(node)) add("localDeclaration", node.name, "interface");
  if (ts.isModuleDeclaration(node) && !ts.isModuleDeclaration(node.parent)) {
    add("localDeclaration", node.name, "inner namespace");
  }
}

function isFromSdk({ moduleSpecifier }: ts.ImportDeclaration | ts.JSDocImportTag): boolean {
  return ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === "qwvm/sdk-as";
}

/** Classes that the compiler writes an encoding or a dispatch for. */
const MARKED = ["contract", "interface", "event", "error", "struct"];

function readClass(node: ts.ClassLikeDeclaration, add: AddFinding, names: Names): void {
  if (ts.isClassDeclaration(node) && node.name === undefined) {
    add("unnamed", node.getFirstToken() ?? node, "class");
  }
  const bases = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types ?? [];
  const [base, second] = bases;
  const isContract = hasDecorator(node, "contract", names);
  if (second !== undefined) add("severalBases", second);
  else if (base !== undefined && ts.isCallExpression(base.expression) && !isContract) {
    add("baseExpression", base, base.expression.expression.getText());
  }
  const [first] = node.typeParameters ?? [];
  if (first !== undefined && MARKED.some((mark) => hasDecorator(node, mark, names))) {
    add("genericClass", first, node.name?.text ?? "It");
  }
}

function readMember(node: ts.ClassElement | ts.TypeElement, add: AddFinding, names: Names): void {
  if (ts.isIndexSignatureDeclaration(node) && !hasIndexOperator(node.parent)) add("indexSignature", node);
  const { name } = node;
  if (name !== undefined) {
    if (ts.isPrivateIdentifier(name)) add("privateName", name, name.text.slice(1));
    else if (!ts.isIdentifier(name)) add("computedName", name, name.getText());
  }
  if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)) {
    if (node.questionToken !== undefined) add("optionalField", node.questionToken, node.name.getText());
    for (const modifier of ts.getModifiers(node) ?? []) {
      const { kind } = modifier;
      if (kind === ts.SyntaxKind.AccessorKeyword) add("accessorField", modifier);
      if (kind === ts.SyntaxKind.DeclareKeyword) add("declareField", modifier);
      if (kind === ts.SyntaxKind.ConstKeyword) add("classField", modifier, "const");
    }
  }
  if (ts.isPropertyDeclaration(node)) readFieldType(node, add, names);
  const isMethod = ts.isMethodDeclaration(node) || ts.isMethodSignature(node);
  if (isMethod && node.questionToken !== undefined) add("optionalMethod", node.questionToken);
}

/** asc lets a class of one's own declare what its operator [] takes and gives. */
function hasIndexOperator(owner: ts.Node): boolean {
  if (!ts.isClassLike(owner)) return false;
  return owner.members.some(
    (member) =>
      ts.isMethodDeclaration(member) && /^@operator\("\[\]/.test(ts.getDecorators(member)?.[0]?.getText() ?? ""),
  );
}

/** Fields of contracts, events, errors and structs without a type are found with what is stored. */
function readFieldType(node: ts.PropertyDeclaration, add: AddFinding, names: Names): void {
  if (node.type !== undefined) return;
  const { initializer, name } = node;
  const isFunction =
    initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
  const isStored =
    ts.isClassDeclaration(node.parent) &&
    MARKED.some((mark) => hasDecorator(node.parent as ts.ClassDeclaration, mark, names));
  const isStatic = hasModifier(node, ts.SyntaxKind.StaticKeyword);
  if (isFunction) add("functionField", node, name.getText());
  else if (!isStored || isStatic) add("noFieldType", name, name.getText());
}

type FunctionNode = Exclude<ts.SignatureDeclaration, ts.TypeNode | ts.JSDocFunctionType>;

/** Methods that are called from outside: their parameters and results are checked with the contract. */
const KINDS = ["init", "execute", "query"];

function isCalledFromOutside(node: ts.Node, names: Names): boolean {
  return ts.isMethodDeclaration(node) && KINDS.some((kind) => hasDecorator(node, kind, names));
}

function readFunction(node: FunctionNode, add: AddFinding, names: Names): void {
  const isOutside = isCalledFromOutside(node, names);
  const name = node.name?.getText() ?? "The function";
  const body = "body" in node ? node.body : undefined;
  const isAbstract = ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.AbstractKeyword);
  const canLackBody =
    ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isConstructorDeclaration(node);
  if (canLackBody && body === undefined && !isAbstract && isOverload(node)) {
    const isConstructor = ts.isConstructorDeclaration(node);
    add("overload", node.name ?? node.getFirstToken() ?? node, isConstructor ? "constructor" : name);
    return;
  }
  const [typeParameter] = node.typeParameters ?? [];
  if (isOutside && typeParameter !== undefined) add("genericMethod", typeParameter, name);
  for (const parameter of node.parameters) readParameter(parameter, node, isOutside, add);
  if (ts.isSetAccessor(node) && node.type !== undefined) add("setterResult", node.type);
  if (node.type !== undefined || isOutside) return;
  const needsType =
    ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessor(node) || isNamedFunction(node);
  if (needsType) add("noResultType", node.name ?? namedBy(node), nameOf(node.name === undefined ? node.parent : node));
}

/** A declaration without a body, after which another of the same name comes. */
function isOverload(node: ts.MethodDeclaration | ts.FunctionDeclaration | ts.ConstructorDeclaration): boolean {
  const siblings: readonly ts.Node[] = ts.isFunctionDeclaration(node)
    ? ts.isSourceFile(node.parent) || ts.isBlock(node.parent) || ts.isModuleBlock(node.parent)
      ? node.parent.statements
      : []
    : (node.parent as ts.ClassLikeDeclaration).members;
  return siblings.some(
    (other) =>
      other !== node &&
      other.kind === node.kind &&
      other.pos > node.pos &&
      (other as typeof node).name?.getText() === node.name?.getText(),
  );
}

/** `const f = (x: u64) => x`: there is no type around it that would say what it takes and returns. */
function isNamedFunction(node: ts.Node): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  const { parent } = node;
  return ts.isVariableDeclaration(parent) && parent.type === undefined;
}

function namedBy({ parent }: ts.Node): ts.Node {
  return ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) ? parent.name : parent;
}

function readParameter(
  parameter: ts.ParameterDeclaration,
  owner: FunctionNode,
  isOutside: boolean,
  add: AddFinding,
): void {
  const { name, type, initializer, questionToken, dotDotDotToken } = parameter;
  const text = name.getText();
  const isProperty = ts.isParameterPropertyDeclaration(parameter, parameter.parent);
  if (text === "this") add("thisParameter", name);
  if (dotDotDotToken !== undefined && isOutside) add("restParameter", dotDotDotToken, text);
  if (questionToken !== undefined && !ts.isArrowFunction(owner)) {
    if (isProperty) add("optionalField", questionToken, text);
    else if (initializer === undefined) add(isOutside ? "optionalArgument" : "optionalParameter", questionToken, text);
  }
  const modifier = ts.getModifiers(parameter)?.[0];
  if (modifier !== undefined && !ts.isConstructorDeclaration(owner))
    add("parameterProperty", modifier, parameter.getText());
  const isInferred = (ts.isArrowFunction(owner) || ts.isFunctionExpression(owner)) && !isNamedFunction(owner);
  if (type === undefined && !isInferred && !isOutside && !isProperty && ts.isIdentifier(name)) {
    add("noParameterType", name, text);
  }
}

/** Words that asc's tokenizer does not take as a name, though TypeScript does. */
const RESERVED = new Set(
  "async await implements interface let of override package private protected public static yield".split(" "),
);

/** Words that asc does not take as the name of a field. */
const RESERVED_FIELDS = new Set([
  ...RESERVED,
  ..."break case catch class const continue debugger default do else enum export extends false finally function".split(
    " ",
  ),
  ..."if import in new return super switch this throw true try typeof var while with".split(" "),
]);

/** Words that asc takes for a modifier where a method begins. */
const RESERVED_METHODS = new Set("abstract declare override private protected public readonly static".split(" "));

function readName(node: ts.Node, add: AddFinding): void {
  const { name } = node as { name?: ts.Node };
  if (name === undefined || !ts.isIdentifier(name)) return;
  const word = name.text;
  const isField = ts.isPropertyDeclaration(node) || ts.isPropertySignature(node);
  const isMethod = ts.isMethodDeclaration(node) || ts.isMethodSignature(node) || ts.isAccessor(node);
  const isBinding =
    ts.isParameter(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isNamespaceImport(node);
  // asc keeps the word `interface`, but the import of the decorator is taken out before.
  const reserved = isField ? RESERVED_FIELDS : isMethod ? RESERVED_METHODS : isBinding ? RESERVED : undefined;
  if (reserved?.has(word) === true) add("reservedName", name, word);
}
