// `list[i++] += 5` and `f().n++`: asc compiles the target of a compound assignment twice, to read it and to write it
// (AssemblyScript issue 2730), and so does twice what the target does. Here an object or index that does something is
// computed once, into a variable, and the assignment goes by that.

import type {
  AscCompiler,
  AscElement,
  AscInternals,
  AscNode,
  AscType,
  Compile,
  ExpressionRef,
  Hook,
} from "./asc-internals.js";
import { currentSession, isAuthored, type Session } from "./checked-session.js";
import { isAssignment, withoutParentheses } from "./operator-facts.js";
import { isRepeatable } from "./pure-expressions.js";

export function hookCompoundTargets(asc: AscInternals, hook: Hook): void {
  hookElements(asc, hook);
  const { Token } = asc;
  hook<Compile>(
    "compileBinaryExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        const isCompound = isAssignment(asc, node.operator) && node.operator !== Token["Equals"];
        const target = isCompound && current !== undefined ? targetOf(asc, this, current, node.left) : undefined;
        if (target === undefined || current === undefined) return original.call(this, node, type, constraints);
        const { setup, node: left } = bindTarget(asc, this, current, target);
        return inBlock(asc, this, setup, original.call(this, withParts(node, { left }), type, constraints));
      },
  );
  for (const name of ["compileUnaryPrefixExpression", "compileUnaryPostfixExpression"]) {
    hook<Compile>(
      name,
      (original) =>
        function (node, type, constraints) {
          const current = currentSession();
          const isStep = node.operator === Token["Plus_Plus"] || node.operator === Token["Minus_Minus"];
          const target = isStep && current !== undefined ? targetOf(asc, this, current, node.operand) : undefined;
          if (target === undefined || current === undefined) return original.call(this, node, type, constraints);
          const { setup, node: operand } = bindTarget(asc, this, current, target);
          return inBlock(asc, this, setup, original.call(this, withParts(node, { operand }), type, constraints));
        },
    );
  }
}

type MakeAssignment = (
  this: AscCompiler,
  target: AscElement,
  value: ExpressionRef,
  type: AscType,
  node: AscNode,
  self: AscNode | null,
  index: AscNode | null,
  tee: boolean,
) => ExpressionRef;

/** asc hands a sum of elements to a setter as it is, also where that takes a wider type than the getter gives. */
function hookElements(asc: AscInternals, hook: Hook): void {
  hook<MakeAssignment>(
    "makeAssignment",
    (original) =>
      function (target, value, type, node, self, index, tee) {
        const setter = target.kind === asc.ElementKind["IndexSignature"] ? setterOf(asc, target) : undefined;
        const taken = setter?.signature.parameterTypes[1];
        if (currentSession() === undefined || taken === undefined || taken === type) {
          return original.call(this, target, value, type, node, self, index, tee);
        }
        const converted = this.convertExpression(value, type, taken, false, node);
        return original.call(this, target, converted, taken, node, self, index, tee);
      },
  );
}

function setterOf(asc: AscInternals, { parent }: AscElement) {
  return parent?.lookupOverload?.(asc.OperatorKind["IndexedSet"] as number, false) ?? undefined;
}

/** The target, if compiling it twice would do something twice, or compute twice what a variable can keep. */
function targetOf(
  asc: AscInternals,
  compiler: AscCompiler,
  current: Session,
  node: AscNode | undefined,
): AscNode | undefined {
  if (node === undefined || !isAuthored(current, node)) return undefined;
  const target = withoutParentheses(asc, node);
  const isElement = target.kind === asc.NodeKind["ElementAccess"];
  if (!isElement && target.kind !== asc.NodeKind["PropertyAccess"]) return undefined;
  const parts = [target.expression, isElement ? target.elementExpression : undefined];
  return parts.every((part) => part === undefined || isRepeatable(asc, compiler, current, part)) ? undefined : target;
}

interface BoundTarget {
  readonly setup: readonly ExpressionRef[];
  readonly node: AscNode;
}

/** Computes object and index into variables. If one of them does something, both are kept, in their order. */
function bindTarget(asc: AscInternals, compiler: AscCompiler, current: Session, target: AscNode): BoundTarget {
  const setup: ExpressionRef[] = [];
  const bind = (node: AscNode): AscNode => {
    const value = compiler.compileExpression(node, asc.Type.auto);
    const type = compiler.currentType;
    const flow = compiler.currentFlow;
    const name = `__target${current.bound++}`;
    const local = flow.addScopedLocal(name, type);
    const wrapped = compiler.ensureSmallIntegerWrap(value, type);
    flow.setLocalFlag(local.index as number, asc.LocalFlags["Initialized"] as number);
    if (type.size < 32) flow.setLocalFlag(local.index as number, asc.LocalFlags["Wrapped"] as number);
    if (flow.isNonnull(value, type)) flow.setLocalFlag(local.index as number, asc.LocalFlags["NonNull"] as number);
    setup.push(compiler.module.local_set(local.index as number, wrapped, false));
    return asc.Node.createIdentifierExpression(name, node.range);
  };
  const keep = (node: AscNode) => withoutParentheses(asc, node).kind === asc.NodeKind["This"] || isConstant(asc, node);
  const bindUnlessKept = (node: AscNode) => (keep(node) ? node : bind(node));
  const expression = bindUnlessKept(target.expression as AscNode);
  const index = target.elementExpression;
  const parts = index === undefined ? { expression } : { expression, elementExpression: bindUnlessKept(index) };
  return { setup, node: withParts(target, parts) };
}

function isConstant(asc: AscInternals, node: AscNode): boolean {
  return withoutParentheses(asc, node).kind === asc.NodeKind["Literal"];
}

/** The same node with other parts. */
function withParts(node: AscNode, parts: Partial<AscNode>): AscNode {
  return Object.assign(Object.create(Object.getPrototypeOf(node) as object), node, parts) as AscNode;
}

function inBlock(
  asc: AscInternals,
  { module }: AscCompiler,
  setup: readonly ExpressionRef[],
  expression: ExpressionRef,
): ExpressionRef {
  return module.block(null, [...setup, expression], asc.getExpressionType(expression));
}
