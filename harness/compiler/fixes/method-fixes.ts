// Fixes of methods: their access, results, parameters and guards. None of them lets more be called, written or paid than
// before: which methods others may call, and whom a guard lets in, is the author's to say.

import { ts } from "ts-morph";
import type { Problem, ProblemFix } from "../diagnostic.js";
import { decoratorName } from "../names/known-types.js";
import { basesOf, thisOf } from "../names/name-places.js";
import type { Names } from "../names/resolve-names.js";
import {
  around,
  cut,
  decoratorNamed,
  type FixContext,
  insert,
  type MakeFix,
  nodeAt,
  remove,
  replace,
  returnsOf,
} from "./context.js";
import { isSteady, tokenOf } from "./steady.js";

/** Results that can be left out: to compute them does nothing. */
function isPlain(node: ts.Expression | undefined, { names }: FixContext): boolean {
  return (
    node === undefined ||
    ts.isLiteralExpression(node) ||
    ts.isIdentifier(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isPropertyAccessExpression(node) && isSteady(node, names))
  );
}

function methodOf({ span }: Problem, context: FixContext): ts.MethodDeclaration | undefined {
  return around(context, span, ts.isMethodDeclaration);
}

/** Where a member of a method's name is named, in any file, that could be the method. */
function usesOf(method: ts.MethodDeclaration, { files, names }: FixContext): ts.PropertyAccessExpression[] {
  const name = method.name.getText();
  const owner = method.parent as ts.ClassLikeDeclaration;
  const found: ts.PropertyAccessExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === name) {
      const named = names.resolve(node);
      // What overrides it or is overridden by it is the same member; what the resolver does not know could be.
      const isOther =
        named.from !== "unknown" &&
        !(named.from === "project" && ts.isClassLike(named.node.parent) && isFamily(named.node.parent, owner, names));
      if (!isOther) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return found;
}

function isFamily(one: ts.ClassLikeDeclaration, other: ts.ClassLikeDeclaration, names: Names): boolean {
  return one === other || extendsClass(one, other, names) || extendsClass(other, one, names);
}

/** Whether a class extends another, directly or not. */
function extendsClass(
  node: ts.ClassLikeDeclaration,
  wanted: ts.Node,
  names: Names,
  seen = new Set<ts.Node>(),
): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  return basesOf(node).some((base) => {
    const named = names.resolve(base);
    if (named.from !== "project" || !ts.isClassLike(named.node)) return false;
    return named.node === wanted || extendsClass(named.node, wanted, names, seen);
  });
}

/** Every class of the build. */
function classesOf({ files }: FixContext): ts.ClassLikeDeclaration[] {
  const found: ts.ClassLikeDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return found;
}

/** Private, protected, or nothing where code outside of the class and its heirs uses it, or where nobody does. */
function accessFor(method: ts.MethodDeclaration, context: FixContext): "private" | "protected" | undefined {
  const { names } = context;
  const owner = method.parent as ts.ClassLikeDeclaration;
  const uses = usesOf(method, context);
  if (uses.length === 0) return undefined;
  for (const use of uses) {
    const { kind } = use.expression;
    const isOwn = kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword;
    const around = thisOf(use);
    const isInside = around !== undefined && isFamily(around.owner, owner, names);
    if (!isOwn || !isInside) return undefined;
  }
  const name = method.name.getText();
  const before = basesOf(owner).map((base) => {
    const named = names.resolve(base);
    return named.from === "project" && ts.isClassLike(named.node) ? names.memberOf(named.node, name, false) : undefined;
  });
  if (before.some((named) => named !== undefined && named.from !== "unknown")) return "protected";
  const isAbstract = owner.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
  const isExtended = classesOf(context).some((other) => extendsClass(other, owner, names));
  return isAbstract || isExtended ? "protected" : "private";
}

/** Whether every call of a method says what one of its parameters is. */
function isAlwaysGiven(parameter: ts.ParameterDeclaration, context: FixContext): boolean {
  const method = parameter.parent;
  if (!ts.isMethodDeclaration(method)) return false;
  const index = method.parameters.indexOf(parameter);
  return usesOf(method, context).every((use) => {
    const { parent } = use;
    return !ts.isCallExpression(parent) || parent.expression !== use || parent.arguments.length > index;
  });
}

function removeDecorator(problem: Problem, context: FixContext, name: string): ProblemFix | undefined {
  const decorator = decoratorNamed(methodOf(problem, context) ?? context.node, name, context);
  return decorator && { title: `Leave out @${name}`, edits: [remove(decorator)] };
}

export const METHOD_FIXES: Readonly<Record<string, MakeFix>> = {
  /** A helper is one that is called from inside. What nobody calls could be meant for others, or for nobody. */
  QW105: (problem, context) => {
    const method = methodOf(problem, context);
    if (method === undefined || method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword))
      return undefined;
    const access = accessFor(method, context);
    if (access === undefined) return undefined;
    const at = method.modifiers?.find((modifier) => !ts.isDecorator(modifier))?.getStart() ?? method.name.getStart();
    return { title: `Make it ${access}`, edits: [insert(at, `${access} `)] };
  },

  QW115: (problem, context) =>
    problem.message.startsWith("The query") ? removeDecorator(problem, context, "payable") : undefined,

  QW128: ({ span }, context) => {
    const node = around(context, span, ts.isParameter);
    if (node === undefined || !isAlwaysGiven(node, context)) return undefined;
    if (node.questionToken?.getStart() === span.start) {
      return { title: "Leave out the ?", edits: [replace(node.questionToken, "")] };
    }
    if (node.initializer === undefined) return undefined;
    return {
      title: "Leave out the default",
      edits: [cut((node.type ?? node.name).getEnd(), node.initializer.getEnd())],
    };
  },

  QW130: (problem, context) => {
    const method = methodOf(problem, context);
    if (method?.type === undefined || method.body === undefined) return undefined;
    const returns = returnsOf(method.body);
    if (!returns.every(({ expression }) => isPlain(expression, context))) return undefined;
    return {
      title: "Return nothing",
      edits: [replace(method.type, "void"), ...returns.map((statement) => replace(statement, "return;"))],
    };
  },

  QW131: (problem, context) => {
    const method = methodOf(problem, context);
    if (method?.body === undefined || method.type !== undefined) return undefined;
    if (returnsOf(method.body).some(({ expression }) => expression !== undefined)) return undefined;
    const close = tokenOf(method, ts.SyntaxKind.CloseParenToken);
    return close && { title: "Write `: void`", edits: [insert(close.getEnd(), ": void")] };
  },

  /** A guard that is there twice, or that guards nothing. Whom one with a misspelt name lets in is not guessed. */
  QW142: (problem, context) => {
    const { span, message } = problem;
    const node = nodeAt(context, span);
    if (node === undefined || !ts.isDecorator(node)) return undefined;
    const name = decoratorName(node, context.names);
    const all = ts.canHaveDecorators(node.parent) ? (ts.getDecorators(node.parent) ?? []) : [];
    const isRepeated =
      message.endsWith("twice.") && all.some((other) => other !== node && other.getText() === node.getText());
    const isIdle =
      message.startsWith("The @init method") || (message.startsWith("The query") && name === "nonReentrant");
    return isRepeated || isIdle ? { title: `Leave out @${name}`, edits: [remove(node)] } : undefined;
  },

  /** What is @unguarded without dropping anything is no other without it. */
  QW245: ({ span, message }, context) => {
    const node = nodeAt(context, span);
    return node !== undefined && ts.isDecorator(node) && message.endsWith("nothing that has a guard.")
      ? { title: "Leave out @unguarded", edits: [remove(node)] }
      : undefined;
  },
};
