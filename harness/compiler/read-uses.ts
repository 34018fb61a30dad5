// Finds uses of the SDK that the checks look at: what is emitted and reverted with, which extensions are used, and which
// of its exports a file means at all, through whatever import.

import { ts } from "ts-morph";
import type { Effect, SourceModel, Span, UseModel } from "./model.js";
import { typeNamed } from "./names/known-types.js";
import type { Names } from "./names/resolve-names.js";

/** Members of `context` that are extensions: all but the caller. */
const EXTENSION_MEMBERS = new Set(["self", "value", "blockHeight", "blockTimestamp", "vrf", "chainId"]);

export interface SdkUses {
  readonly uses: readonly UseModel[];
  readonly extensions: readonly Effect[];
  /** Names of the SDK's exports, by their own names; `*` where all of it is given away as a value. */
  readonly sdkNames: ReadonlySet<string>;
  readonly unimported: SourceModel["unimported"];
}

export function readUses(file: ts.SourceFile, names: Names): SdkUses {
  const uses: UseModel[] = [];
  const extensions: Effect[] = [];
  const sdkNames = new Set<string>();
  const unimported = new Map<string, Span>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) readCallUse(node, names, uses);
    if (ts.isThrowStatement(node)) addUse("throw", node.expression, names, uses);
    if (
      ts.isPropertyAccessExpression(node) &&
      EXTENSION_MEMBERS.has(node.name.text) &&
      isContext(node.expression, names)
    ) {
      const span = { start: node.getStart(), end: node.getEnd() };
      extensions.push({ text: `context.${node.name.text}`, change: "call", span });
    }
    if (ts.isIdentifier(node)) {
      const named = names.resolve(node);
      const isPart = ts.isPropertyAccessExpression(node.parent) || ts.isQualifiedName(node.parent);
      if (named.from === "sdk" && !(named.name === "*" && (isPart || !isUse(node)))) sdkNames.add(named.name);
      const isForgotten = ts.isTypeReferenceNode(node.parent) && named.from === "global";
      const forgotten = isForgotten ? names.sdkName(node) : undefined;
      if (forgotten !== undefined && !unimported.has(forgotten)) unimported.set(forgotten, spanOf(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return {
    uses,
    extensions,
    sdkNames,
    unimported: [...unimported].map(([name, span]) => ({ name, span })),
  };
}

/** Whether a name is used, and not only imported or passed on to other files, which have uses of their own. */
function isUse({ parent }: ts.Identifier): boolean {
  return !(
    ts.isNamespaceImport(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isNamespaceExport(parent)
  );
}

function isContext(node: ts.Expression, names: Names): boolean {
  const named = names.resolveThrough(node);
  return (named.from === "sdk" || named.from === "global") && named.name === "context";
}

function readCallUse(node: ts.CallExpression, names: Names, uses: UseModel[]): void {
  const name = names.sdkName(node.expression);
  if (name === "emit" || name === "revert") addUse(name, node.arguments[0], names, uses);
  if (name === "require") addUse(name, node.arguments[1], names, uses);
}

/** Kinds of names that can be meant for a class. */
const CLASSES = ["event", "error", "struct", "class"];

function addUse(use: UseModel["use"], node: ts.Expression | undefined, names: Names, uses: UseModel[]): void {
  if (node === undefined) return;
  if (ts.isIdentifier(node) && CLASSES.includes(typeNamed(node, names).kind)) {
    uses.push({
      use,
      className: node.text,
      ...markOf(node, names),
      isCall: true,
      isUnknown: false,
      span: spanOf(node),
    });
  }
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return;
  if (use === "throw" && names.isGlobal(node.expression, "Error")) return;
  const made = typeNamed(node.expression, names);
  // `emit(Paid(...))` lacks the word `new`; any other call gives what it gives.
  const isCall = ts.isCallExpression(node);
  if (isCall && !CLASSES.includes(made.kind)) return;
  const span = spanOf(node.expression);
  const isUnknown = made.kind === "global" || made.kind === "unknown";
  uses.push({ use, className: node.expression.getText(), ...markOf(node.expression, names), isCall, isUnknown, span });
}

function markOf(node: ts.Expression, names: Names): Pick<UseModel, "mark"> {
  const { kind } = typeNamed(node, names);
  return { mark: kind === "event" || kind === "error" || kind === "struct" ? kind : undefined };
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}
