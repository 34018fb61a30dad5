// Fixes of methods: their kinds, results, parameters and guards.

import { ts } from "ts-morph";
import type { Problem, ProblemFix } from "../diagnostic.js";
import { nameFix } from "./class-fixes.js";
import {
  around,
  cut,
  decoratorName,
  decoratorNamed,
  type FixContext,
  insert,
  type MakeFix,
  nodeAt,
  remove,
  replace,
  returnsOf,
} from "./context.js";

/** Results that can be left out: to compute them does nothing. */
function isPlain(node: ts.Expression | undefined): boolean {
  return (
    node === undefined ||
    ts.isLiteralExpression(node) ||
    ts.isIdentifier(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword)
  );
}

function methodOf({ span }: Problem, context: FixContext): ts.MethodDeclaration | undefined {
  return around(context, span, ts.isMethodDeclaration);
}

function isCalledInside(method: ts.MethodDeclaration): boolean {
  return new RegExp(`\\b(this|super)\\.${method.name.getText()}\\s*\\(`).test(method.parent.getText());
}

function removeDecorator(problem: Problem, context: FixContext, name: string): ProblemFix | undefined {
  const decorator = decoratorNamed(methodOf(problem, context) ?? context.node, name);
  return decorator && { title: `Leave out @${name}`, edits: [remove(decorator)] };
}

function mark(problem: Problem, context: FixContext, name: string): ProblemFix | undefined {
  const method = methodOf(problem, context);
  return method && { title: `Write @${name}`, edits: [insert(method.getStart(), `@${name} `)], imports: [name] };
}

/** What `find` says of the same method in the model. */
function changes(problem: Problem, { source }: FixContext): boolean {
  const method = source.contracts
    .flatMap(({ methods }) => methods)
    .find(({ nameSpan }) => nameSpan.start === problem.span.start);
  return (method?.body.effects.length ?? 0) > 0;
}

export const METHOD_FIXES: Readonly<Record<string, MakeFix>> = {
  /** A helper that is called inside becomes private; what gives a result and changes nothing is a query. */
  QW105: (problem, context) => {
    const method = methodOf(problem, context);
    if (method === undefined) return undefined;
    if (isCalledInside(method)) {
      const at = method.modifiers?.find((modifier) => !ts.isDecorator(modifier))?.getStart() ?? method.name.getStart();
      const isPublic = method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword) === true;
      return isPublic ? undefined : { title: "Make it private", edits: [insert(at, "private ")] };
    }
    const returnsNothing = method.type === undefined || method.type.kind === ts.SyntaxKind.VoidKeyword;
    return mark(problem, context, returnsNothing || changes(problem, context) ? "execute" : "query");
  },

  QW115: (problem, context) =>
    problem.message.startsWith("The query")
      ? removeDecorator(problem, context, "payable")
      : mark(problem, context, "execute"),

  QW120: (problem, context) => {
    const method = methodOf(problem, context);
    const access = method?.modifiers?.find(
      ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
    );
    if (access === undefined || !problem.message.includes(access.getText())) return undefined;
    return { title: `Leave out ${access.getText()}`, edits: [remove(access)] };
  },

  QW128: ({ span }, context) => {
    const node = around(context, span, ts.isParameter);
    if (node?.initializer === undefined) return undefined;
    return {
      title: "Leave out the default",
      edits: [cut((node.type ?? node.name).getEnd(), node.initializer.getEnd())],
    };
  },

  QW130: (problem, context) => {
    const method = methodOf(problem, context);
    if (method?.type === undefined || method.body === undefined) return undefined;
    const returns = returnsOf(method.body);
    if (!returns.every(({ expression }) => isPlain(expression))) return undefined;
    return {
      title: "Return nothing",
      edits: [replace(method.type, "void"), ...returns.map((statement) => replace(statement, "return;"))],
    };
  },

  QW131: (problem, context) => {
    const method = methodOf(problem, context);
    if (method?.body === undefined || method.type !== undefined) return undefined;
    if (returnsOf(method.body).some(({ expression }) => expression !== undefined)) return undefined;
    const close = context.source.text.lastIndexOf(")", method.body.getStart()) + 1;
    return { title: "Write `: void`", edits: [insert(close, ": void")] };
  },

  /** A query of nothing that changes something is meant to be @execute. */
  QW132: (problem, context) => {
    const decorator = decoratorNamed(methodOf(problem, context) ?? context.node, "query");
    if (decorator === undefined || !changes(problem, context)) return undefined;
    return { title: "Make it @execute", edits: [replace(decorator, "@execute")], imports: ["execute"] };
  },

  /** A guard that is there twice, that guards nothing, or that names something misspelt. */
  QW142: (problem, context) => {
    const { span, message, meant } = problem;
    const named = nameFix(context.source.text.slice(span.start, span.end), span, meant);
    if (named !== undefined) return named;
    const node = nodeAt(context, span);
    if (node === undefined || !ts.isDecorator(node)) return undefined;
    const name = decoratorName(node);
    const all = ts.canHaveDecorators(node.parent) ? (ts.getDecorators(node.parent) ?? []) : [];
    const isRepeated =
      message.endsWith("twice.") && all.some((other) => other !== node && other.getText() === node.getText());
    const isIdle =
      message.startsWith("The @init method") || (message.startsWith("The query") && name === "nonReentrant");
    return isRepeated || isIdle ? { title: `Leave out @${name}`, edits: [remove(node)] } : undefined;
  },

  QW145: (problem, context) => mark(problem, context, "nonReentrant"),
};
