// Fixes of methods: their access, results, parameters and guards. None of them lets more be called, written or paid than
// before: which methods others may call, and whom a guard lets in, is the author's to say.

import { ts } from "ts-morph";
import type { Problem, ProblemFix } from "../diagnostic.js";
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

/** Whether the class of a method, or one that extends it, calls it; and whether any class extends it. */
function usesOf(method: ts.MethodDeclaration, { source, sources }: FixContext): { called: boolean; extended: boolean } {
  const all = sources.flatMap(({ contracts }) => contracts);
  const own = source.contracts.find(({ span }) => span.start === method.parent.getStart());
  if (own === undefined) return { called: false, extended: false };
  // All that could extend it, by name: one too many makes it protected where private would do.
  const family = new Set([own]);
  for (const known of family) {
    for (const item of all) if (item.bases.some(({ name }) => name === known.name)) family.add(item);
  }
  const name = method.name.getText();
  const called = [...family].some((item) => item.methods.some(({ uses }) => uses.some((use) => use.name === name)));
  return { called, extended: own.isAbstract || family.size > 1 };
}

function removeDecorator(problem: Problem, context: FixContext, name: string): ProblemFix | undefined {
  const decorator = decoratorNamed(methodOf(problem, context) ?? context.node, name);
  return decorator && { title: `Leave out @${name}`, edits: [remove(decorator)] };
}

export const METHOD_FIXES: Readonly<Record<string, MakeFix>> = {
  /** A helper is one that is called from inside. What nobody calls could be meant for others, or for nobody. */
  QW105: (problem, context) => {
    const method = methodOf(problem, context);
    if (method === undefined || method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword))
      return undefined;
    const { called, extended } = usesOf(method, context);
    if (!called) return undefined;
    const at = method.modifiers?.find((modifier) => !ts.isDecorator(modifier))?.getStart() ?? method.name.getStart();
    const access = extended ? "protected" : "private";
    return { title: `Make it ${access}`, edits: [insert(at, `${access} `)] };
  },

  QW115: (problem, context) =>
    problem.message.startsWith("The query") ? removeDecorator(problem, context, "payable") : undefined,

  QW128: ({ span }, context) => {
    const node = around(context, span, ts.isParameter);
    if (node?.questionToken?.getStart() === span.start) {
      return { title: "Leave out the ?", edits: [replace(node.questionToken, "")] };
    }
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

  /** A guard that is there twice, or that guards nothing. Whom one with a misspelt name lets in is not guessed. */
  QW142: (problem, context) => {
    const { span, message } = problem;
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

  /** What is @unguarded without dropping anything is no other without it. */
  QW245: ({ span, message }, context) => {
    const node = nodeAt(context, span);
    return node !== undefined && ts.isDecorator(node) && message.endsWith("nothing that has a guard.")
      ? { title: "Leave out @unguarded", edits: [remove(node)] }
      : undefined;
  },
};
