// Classes and enums → model: contracts, the methods of other contracts, events, errors, structs. Judges nothing.

import { ts } from "ts-morph";
import type { MethodKind } from "../core/abi.js";
import type {
  BaseModel,
  ContractModel,
  EnumModel,
  FieldModel,
  InterfaceModel,
  MethodModel,
  RecordKind,
  RecordModel,
  SlotModel,
  Span,
  TypeModel,
} from "./model.js";
import { hasDecorator } from "./names/known-types.js";
import type { Names } from "./names/resolve-names.js";
import { readBody } from "./read-body.js";
import { docsOf, fieldDocsOf } from "./read-docs.js";
import { ascText } from "./read-edits.js";
import { readBareThis, readMemberUses } from "./read-member-uses.js";
import { accessOf, decoratorsOf, hasModifier, openingOf, spanOf } from "./read-nodes.js";
import { readSlotTypes, readType } from "./read-type.js";

const METHOD_KINDS: readonly MethodKind[] = ["init", "execute", "query"];

type MethodNode = ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.SetAccessorDeclaration;

export function readContractClass(file: string, node: ts.ClassDeclaration, names: Names): ContractModel {
  const slots: SlotModel[] = [];
  const methods: MethodModel[] = [];
  const statics: string[] = [];
  let hasConstructor: Span | undefined;
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member)) {
      if (hasModifier(member, ts.SyntaxKind.StaticKeyword)) statics.push(member.name.getText());
      else slots.push(readSlot(member, names));
    } else if (isMethodNode(member)) {
      methods.push(readMethod(member, names));
    } else if (ts.isConstructorDeclaration(member)) {
      hasConstructor = spanOf(member);
    }
  }
  const heritage = extendsClause(node);
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ImplementsKeyword);
  return {
    name: node.name?.text ?? "",
    file,
    nameSpan: spanOf(node.name ?? node),
    span: spanOf(node),
    exported: isExported(file, node, names),
    isAbstract: hasModifier(node, ts.SyntaxKind.AbstractKeyword),
    hasConstructor,
    heritage: heritage === undefined ? undefined : spanOf(heritage),
    bases: heritage === undefined ? [] : readBases(heritage, names),
    closing: node.getEnd() - 1,
    slots,
    methods,
    statics,
    interfaces: clause === undefined ? undefined : spanOf(clause),
    bareThis: readBareThis(node),
    docs: docsOf(node),
  };
}

function isExported(file: string, node: ts.ClassDeclaration, names: Names): boolean {
  const named = node.name === undefined ? undefined : names.exportOf(file, node.name.text);
  // asc exports what is the default under its name as well.
  const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword);
  return isDefault || (named?.from === "project" && named.node === node);
}

/** `extends A` names one base, `extends mix(A, B)` several. Anything else gives a base without a name. */
function readBases(clause: ts.HeritageClause, names: Names): BaseModel[] {
  const expression = clause.types[0]?.expression;
  if (expression === undefined) return [];
  const nodes =
    ts.isCallExpression(expression) && names.sdkName(expression.expression) === "mix"
      ? [...expression.arguments]
      : [expression];
  return nodes.map((base) => {
    const named = names.resolve(base);
    const isClass = named.from === "project" && ts.isClassLike(named.node);
    const name = ts.isIdentifier(base) ? base.text : "";
    return isClass
      ? { name: (named.node as ts.ClassLikeDeclaration).name?.text ?? name, file: named.file, span: spanOf(base) }
      : { name, file: undefined, span: spanOf(base) };
  });
}

function extendsClause(node: ts.ClassDeclaration): ts.HeritageClause | undefined {
  return node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword);
}

function isMethodNode(node: ts.Node): node is MethodNode {
  return ts.isMethodDeclaration(node) || ts.isGetAccessor(node) || ts.isSetAccessor(node);
}

function readSlot(node: ts.PropertyDeclaration, names: Names): SlotModel {
  const types =
    node.type === undefined
      ? { kind: "value" as const, keys: [], type: missingType(node) }
      : readSlotTypes(node.type, names);
  return {
    ...readField(node, names),
    ...types,
    asc: node.type === undefined ? "" : ascText(node.type, names),
    declaration: spanOf(node),
    lazy: hasDecorator(node, "lazy", names),
    access: accessOf(node) === "public" ? "" : accessOf(node),
    uses: readMemberUses([node.initializer]),
  };
}

function readMethod(node: MethodNode, names: Names): MethodModel {
  const decorators = decoratorsOf(node, names);
  const marks = decorators.map((decorator) => decorator.name);
  const returnsNothing = node.type === undefined || node.type.kind === ts.SyntaxKind.VoidKeyword;
  return {
    name: node.name.getText(),
    span: spanOf(node),
    nameSpan: spanOf(node.name),
    decorators,
    access: accessOf(node),
    isStatic: hasModifier(node, ts.SyntaxKind.StaticKeyword),
    isAccessor: !ts.isMethodDeclaration(node),
    accessor: ts.isGetAccessor(node) ? "get" : ts.isSetAccessor(node) ? "set" : undefined,
    isAbstract: hasModifier(node, ts.SyntaxKind.AbstractKeyword),
    kind: METHOD_KINDS.find((kind) => marks.includes(kind)),
    payable: marks.includes("payable"),
    typeParams: (node.typeParameters ?? []).map(({ name }) => name.text),
    params: node.parameters.map((parameter) => readParameter(parameter, names)),
    result: returnsNothing ? undefined : readType(node.type as ts.TypeNode, names),
    hasResultType: node.type !== undefined,
    docs: docsOf(node),
    body: readBody(node.body, [...node.parameters], names),
    bodySpan: node.body === undefined ? undefined : spanOf(node.body),
    overrideSpan: modifierSpan(node, ts.SyntaxKind.OverrideKeyword),
    uses: readMemberUses([...node.parameters, node.body]),
  };
}

export function readRecord(file: string, node: ts.ClassDeclaration, kind: RecordKind, names: Names): RecordModel {
  const declared = node.members.find(ts.isConstructorDeclaration);
  const properties = node.members
    .filter(ts.isPropertyDeclaration)
    .filter((member) => !hasModifier(member, ts.SyntaxKind.StaticKeyword));
  const promoted = (declared?.parameters ?? []).filter(
    (parameter) => ts.getModifiers(parameter) !== undefined && ts.getModifiers(parameter)?.length !== 0,
  );
  const decorator = decoratorsOf(node, names).find(({ name }) => name === kind);
  return {
    kind,
    name: node.name?.text ?? "",
    file,
    nameSpan: spanOf(node.name ?? node),
    decorator: decorator?.span ?? spanOf(node),
    closing: node.getEnd() - 1,
    fields: [...promoted, ...properties].map((member) => readField(member, names)),
    docs: docsOf(node),
    hasConstructor: declared !== undefined,
    message: decorator?.args[0],
  };
}

export function readInterface(file: string, node: ts.ClassDeclaration, names: Names): InterfaceModel {
  const heritage = extendsClause(node);
  const decorator = decoratorsOf(node, names).find(({ name }) => name === "interface");
  return {
    name: node.name?.text ?? "",
    file,
    nameSpan: spanOf(node.name ?? node),
    decorator: decorator?.span ?? spanOf(node),
    checkedAgainst: decorator?.args[0],
    heritage: heritage === undefined ? undefined : spanOf(heritage),
    baseName: baseNameOf(heritage, names),
    opening: openingOf(node),
    methods: node.members.filter(isMethodNode).map((member) => readMethod(member, names)),
    fields: node.members.filter((member) => !isMethodNode(member)).map(spanOf),
    docs: docsOf(node),
  };
}

/** What a class extends, as the SDK calls it or else as it is written. */
function baseNameOf(heritage: ts.HeritageClause | undefined, names: Names): string | undefined {
  const base = heritage?.types[0]?.expression;
  if (base === undefined) return undefined;
  const named = names.resolve(base);
  return names.sdkName(base) ?? (named.from === "project" ? `${base.getText()} of ${named.file}` : base.getText());
}

export function readEnum(file: string, node: ts.EnumDeclaration): EnumModel {
  let next: number | undefined = 0;
  const members = node.members.map((member) => {
    const written: number | undefined = member.initializer === undefined ? next : numberOf(member.initializer);
    next = written === undefined ? undefined : written + 1;
    return { name: member.name.getText(), span: spanOf(member), value: written };
  });
  return {
    name: node.name.text,
    file,
    nameSpan: spanOf(node.name),
    members,
    docs: docsOf(node),
  };
}

function numberOf(node: ts.Expression): number | undefined {
  return ts.isNumericLiteral(node) ? Number(node.getText().replaceAll("_", "")) : undefined;
}

function readField(node: ts.ParameterDeclaration | ts.PropertyDeclaration, names: Names): FieldModel {
  return {
    name: node.name.getText(),
    span: spanOf(node.name),
    type: node.type === undefined ? missingType(node) : readType(node.type, names),
    docs: fieldDocsOf(node),
    initializer: node.initializer === undefined ? undefined : spanOf(node.initializer),
    isProperty: ts.isPropertyDeclaration(node),
    isReadonly: hasModifier(node, ts.SyntaxKind.ReadonlyKeyword),
    indexed: hasDecorator(node, "indexed", names),
  };
}

function modifierSpan(node: MethodNode, kind: ts.SyntaxKind): Span | undefined {
  const found = node.modifiers?.find((modifier) => modifier.kind === kind);
  return found === undefined ? undefined : spanOf(found);
}

function readParameter(node: ts.ParameterDeclaration, names: Names): FieldModel {
  return { ...readField(node, names), literal: literalOf(node.initializer) };
}

/** The text of a plain literal, which means the same wherever it stands. */
function literalOf(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined;
  const value = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken ? node.operand : node;
  const isLiteral =
    ts.isNumericLiteral(value) ||
    (value === node &&
      (ts.isStringLiteral(value) ||
        value.kind === ts.SyntaxKind.TrueKeyword ||
        value.kind === ts.SyntaxKind.FalseKeyword ||
        value.kind === ts.SyntaxKind.NullKeyword));
  return isLiteral ? node.getText() : undefined;
}

function missingType(owner: ts.Node): TypeModel {
  const problem = "Write it behind the name: `total: u64`.";
  return { text: "", asc: "", span: spanOf(owner), refs: [], abi: undefined, problem };
}
