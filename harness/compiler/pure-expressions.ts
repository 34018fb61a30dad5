// Which expressions leave nothing in memory but their value: of what they take, all else can be given back. Only what is
// known is pure: numbers and the SDK's wide types, variables, the contract's own numbers, entries of stored maps.

import type { AscCompiler, AscElement, AscInternals, AscNode } from "./asc-internals.js";
import { isOfContract, type Session } from "./checked-session.js";
import { isConstantNode } from "./literals.js";
import { isAssignment, withoutParentheses } from "./operator-facts.js";

/** Functions that keep nothing: all of the wide types', conversions of numbers, and reading an entry of a stored map. */
const PURE_FUNCTION = new RegExp(
  [
    "^~lib/qwvm/sdk-as/types/[ui](128|256)/",
    "^~lib/qwvm/sdk-as/wrapping/",
    "^~lib/builtins/(bool|[ui](8|16|32|64|size)|min|max|abs)$",
    "^~lib/qwvm/sdk-as/storage/storage-map/StorageMap(<.*>)?#(get|has)$",
  ].join("|"),
);

/** Properties that are read without keeping anything: constants of the wide types, lengths. */
const PURE_GETTER = /^~lib\/(qwvm\/sdk-as\/types\/[ui](128|256)\/|array\/Array(<.*>)?#length|string\/String#length)/;

/** `this.name` of the contract's own stored fields. */
export function isStateField(asc: AscInternals, compiler: AscCompiler, { state }: Session, node: AscNode): boolean {
  const { internalName } = compiler.currentFlow.sourceFunction;
  if (state === undefined || !isOfContract(internalName, state)) return false;
  const { text } = node.property ?? {};
  if (node.expression?.kind !== asc.NodeKind["This"] || text === undefined) return false;
  return state.plain.has(text) || state.wide.has(text);
}

/**
 * Whether an expression can be compiled twice in place of once: it does nothing, is short, and has the same value again.
 * What stands before a dot may be no value but the name of a class, a file or an enum.
 */
export function isRepeatable(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): boolean {
  const { NodeKind, ElementKind } = asc;
  const inner = withoutParentheses(asc, node);
  if (isConstantNode(asc, current, inner)) return true;
  if (inner.kind === NodeKind["This"] || inner.kind === NodeKind["Super"]) return true;
  const isName = inner.kind === NodeKind["Identifier"];
  if (!isName && inner.kind !== NodeKind["PropertyAccess"]) return false;
  const found = lookUp(asc, compiler, inner);
  if (isName) return true;
  if (found === null) return false;
  const isNoValue = ["ClassPrototype", "Class", "Namespace", "File", "Enum"].some(
    (kind) => ElementKind[kind] === found.kind,
  );
  if (isNoValue || found.kind === ElementKind["Global"]) return true;
  const isField = found.kind === ElementKind["Property"] || found.kind === ElementKind["PropertyPrototype"];
  return isField && found.isField === true && isRepeatable(asc, compiler, current, inner.expression as AscNode);
}

export function isPure(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): boolean {
  const { NodeKind, Token } = asc;
  const all = (...nodes: (AscNode | null | undefined)[]) =>
    nodes.every((part) => part != null && isPure(asc, compiler, current, part));
  switch (node.kind) {
    case NodeKind["Literal"]:
      // Arrays, objects and templates are literals too.
      return "value" in node;
    case NodeKind["Identifier"]:
    case NodeKind["This"]:
    case NodeKind["True"]:
    case NodeKind["False"]:
    case NodeKind["Null"]:
      return true;
    case NodeKind["Parenthesized"]:
    case NodeKind["Assertion"]:
      return all(node.expression);
    case NodeKind["Binary"]:
      // asc takes the operator of the right operand where the left has none.
      return (
        !isAssignment(asc, node.operator) &&
        isBuiltIn(asc, compiler, node.left) &&
        isBuiltIn(asc, compiler, node.right) &&
        all(node.left, node.right)
      );
    case NodeKind["UnaryPrefix"]:
      if (node.operator === Token["Plus_Plus"] || node.operator === Token["Minus_Minus"]) return false;
      return isBuiltIn(asc, compiler, node.operand) && all(node.operand);
    case NodeKind["Ternary"]:
      return all(node.condition, node.ifThen, node.ifElse);
    case NodeKind["ElementAccess"]:
      return isBuiltIn(asc, compiler, node.expression) && all(node.expression, node.elementExpression);
    case NodeKind["PropertyAccess"]:
      return (
        isPureProperty(asc, compiler, current, node) &&
        (isTypeName(asc, compiler, node.expression) || all(node.expression))
      );
    case NodeKind["Call"]:
      if (isConstantNode(asc, current, node)) return true;
      return isPureCall(asc, compiler, current, node) && all(...(node.args ?? []));
    default:
      return false;
  }
}

/** Whether operators on it are asc's or the SDK's, not the author's. */
function isBuiltIn(asc: AscInternals, compiler: AscCompiler, node: AscNode | undefined): boolean {
  if (node === undefined) return false;
  const type = compiler.resolver.resolveExpression(node, compiler.currentFlow, asc.Type.auto, swallow(asc));
  if (type === null) return false;
  return type.getClass()?.internalName.startsWith("~lib/") ?? true;
}

function isPureProperty(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): boolean {
  if (isStateField(asc, compiler, current, node)) return true;
  const found = lookUp(asc, compiler, node);
  if (found === null) return false;
  const { ElementKind } = asc;
  if (found.kind === ElementKind["EnumValue"] || found.kind === ElementKind["Global"]) return true;
  if (found.kind !== ElementKind["Property"] && found.kind !== ElementKind["PropertyPrototype"]) return false;
  return found.isField === true || PURE_GETTER.test(found.internalName);
}

function isPureCall(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): boolean {
  const callee = node.expression;
  if (callee === undefined) return false;
  const found = lookUp(asc, compiler, callee);
  if (found === null || !PURE_FUNCTION.test(found.internalName)) return false;
  if (callee.kind !== asc.NodeKind["PropertyAccess"]) return true;
  return isTypeName(asc, compiler, callee.expression) || isPure(asc, compiler, current, callee.expression as AscNode);
}

/** A class before a dot is no value. */
function isTypeName(asc: AscInternals, compiler: AscCompiler, node: AscNode | undefined): boolean {
  if (node === undefined || node.kind !== asc.NodeKind["Identifier"]) return false;
  return lookUp(asc, compiler, node)?.kind === asc.ElementKind["ClassPrototype"];
}

function lookUp(asc: AscInternals, compiler: AscCompiler, node: AscNode): AscElement | null {
  return compiler.resolver.lookupExpression(node, compiler.currentFlow, asc.Type.auto, swallow(asc));
}

function swallow(asc: AscInternals): number {
  return asc.ReportMode["Swallow"] as number;
}
