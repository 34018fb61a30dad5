// Makes asc check the ordinary operators and casts of the author's files: it hooks into asc's compiler, where the types
// are exact, and puts calls of sdk-as/checked.ts in the place of bare instructions. What surely fits keeps them:
// constants, masked values, and the counter of a loop. The SDK's code and asc's library are never touched.

import {
  type AscCompiler,
  type AscInternals,
  type AscNode,
  type AscType,
  type Compile,
  type ExpressionRef,
  type Hook,
  type Method,
  type ResolverHook,
  requireInternals,
} from "./asc-internals.js";
import { hookCalls } from "./call-origins.js";
import {
  active,
  type CheckedSources,
  callHelper,
  checkOperation,
  currentSession,
  helperNamed,
  inSession,
  makeConstant,
  type OperatorFinding,
  type OperatorFix,
  report,
  type Session,
  type StateFields,
} from "./checked-session.js";
import { hookCompoundTargets } from "./compound-targets.js";
import { hookLiterals } from "./literals.js";
import {
  contains,
  findCounterGuard,
  intervalOf,
  isConstant,
  isOne,
  typeInterval,
  withoutParentheses,
} from "./operator-facts.js";
import { hookOwnedValues } from "./owned-values.js";

export type { CheckedSources, OperatorFinding, OperatorFix, StateFields };

const installed = new WeakSet<object>();

/** Runs a compilation with checks. Gives the mistakes that only types show; they are errors. */
export function withCheckedOperators<T>(
  asc: unknown,
  sources: CheckedSources,
  compile: () => T,
  crashed?: (at: AscNode | undefined) => void,
): { result: T; findings: readonly OperatorFinding[] } {
  installHooks(requireInternals(asc));
  return inSession(sources, compile, crashed);
}

function installHooks(asc: AscInternals): void {
  const { prototype } = asc.Compiler;
  if (installed.has(prototype)) return;
  installed.add(prototype);
  const hook = <M extends Method>(name: string, make: (original: M) => M): void => {
    prototype[name] = make(prototype[name] as M);
  };
  const hookResolver: ResolverHook = (name, make) => {
    asc.Resolver.prototype[name] = make(asc.Resolver.prototype[name] as never);
  };
  hookLiterals(asc, hook, hookResolver);
  hookCalls(hook);
  hookExpressions(asc, hook);
  hookOperators(asc, hook);
  hookLoops(asc, hook);
  hookConversions(asc, hook);
  hookOwnedValues(asc, hook);
  hookCompoundTargets(asc, hook);
}

type Make = (
  this: AscCompiler,
  left: ExpressionRef,
  right: ExpressionRef,
  type: AscType,
  node?: AscNode,
) => ExpressionRef;

/** Keeps track of the expression being compiled; a unary operator's instruction is found by its coming next. */
function hookExpressions(asc: AscInternals, hook: Hook): void {
  const { Token, TypeKind } = asc;
  hook<Compile>(
    "compileExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        if (current === undefined) return original.call(this, node, type, constraints);
        const { node: outer, parent, unary } = current;
        current.parent = outer;
        current.node = withoutParentheses(asc, node);
        current.unary = undefined;
        try {
          return original.call(this, node, type, constraints);
        } finally {
          current.node = outer;
          current.parent = parent;
          current.unary = unary;
        }
      },
  );
  for (const name of ["compileUnaryPrefixExpression", "compileUnaryPostfixExpression"]) {
    hook<Compile>(
      name,
      (original) =>
        function (node, type, constraints) {
          const current = active(this);
          const { operator } = node;
          if (current !== undefined && [Token["Minus"], Token["Plus_Plus"], Token["Minus_Minus"]].includes(operator)) {
            current.unary = { compiler: this, node };
          }
          const result = original.call(this, node, type, constraints);
          if (current !== undefined) current.unary = undefined;
          return result;
        },
    );
  }
  const { prototype } = asc.Module;
  const binary = prototype["binary"] as (operation: number, left: ExpressionRef, right: ExpressionRef) => ExpressionRef;
  prototype["binary"] = function (this: unknown, operation: number, left: ExpressionRef, right: ExpressionRef) {
    const session = currentSession();
    const unary = session?.unary;
    if (session === undefined || unary === undefined || unary.compiler.module !== this) {
      return binary.call(this, operation, left, right);
    }
    session.unary = undefined;
    const { compiler, node } = unary;
    const type = compiler.currentType;
    const isCounted = session.comparedIn.get(session.counters.get(node) ?? node)?.kind === type.kind;
    if (isCounted || typeInterval(TypeKind, type) === undefined) return binary.call(this, operation, left, right);
    const name = node.operator === Token["Plus_Plus"] ? "checkedAdd" : "checkedSub";
    return checkOperation(asc, compiler, session, name, left, right, type, () =>
      binary.call(this, operation, left, right),
    );
  };
}

const OPERATORS = {
  makeAdd: "checkedAdd",
  makeSub: "checkedSub",
  makeMul: "checkedMul",
  makeDiv: "checkedDiv",
  makeRem: "checkedRem",
  makePow: "checkedPow",
} as const;

function hookOperators(asc: AscInternals, hook: Hook): void {
  const { NodeKind, TypeKind } = asc;
  for (const [maker, name] of Object.entries(OPERATORS)) {
    hook<Make>(
      maker,
      (original) =>
        function (left, right, type, node) {
          const current = active(this);
          const bare = () => original.call(this, left, right, type, node);
          // asc's built-in functions, like add(), go the same way, and stay bare.
          if (
            current === undefined ||
            current.node?.kind !== NodeKind["Binary"] ||
            typeInterval(TypeKind, type) === undefined
          )
            return bare();
          return checkOperation(asc, this, current, name, left, right, type, bare);
        },
    );
  }
  for (const maker of ["makeShl", "makeShr", "makeShru"]) {
    hook<Make>(
      maker,
      (original) =>
        function (left, right, type) {
          const current = active(this);
          if (
            current === undefined ||
            current.node?.kind !== NodeKind["Binary"] ||
            typeInterval(TypeKind, type) === undefined
          ) {
            return original.call(this, left, right, type);
          }
          const amount = intervalOf(asc, right, type);
          const isInRange = amount.least >= 0n && amount.most < BigInt(type.size);
          if (!isInRange && isOne(amount)) {
            report(current, `A shift by ${amount.least} is out of range: ${type} has ${type.size} bits.`);
          }
          const wrapped = this.ensureSmallIntegerWrap(right, type);
          const by = isInRange ? right : callHelper(this, current, "checkedShift", [type], [wrapped]);
          // Of a small negative number asc shifts in 24 or 16 bits that the type does not have.
          if (maker === "makeShru" && (type.kind === TypeKind["I8"] || type.kind === TypeKind["I16"])) {
            const value = this.ensureSmallIntegerWrap(left, type);
            return callHelper(this, current, "unsignedShift", [type], [value, by]);
          }
          return original.call(this, left, by, type);
        },
    );
  }
}

/** `for (…; i < n; i++)`: a counter that was less than something of its own type has room for one more. */
function hookLoops(asc: AscInternals, hook: Hook): void {
  hook<(this: AscCompiler, node: AscNode) => ExpressionRef>(
    "compileForStatement",
    (original) =>
      function (node) {
        const current = active(this);
        if (current !== undefined) {
          const condition = findCounterGuard(asc, node);
          if (condition !== undefined) current.counters.set(node.incrementor as AscNode, condition);
        }
        return original.call(this, node);
      },
  );
  for (const maker of ["makeLt", "makeGt"]) {
    hook<Make>(
      maker,
      (original) =>
        function (left, right, type) {
          const current = currentSession();
          if (current !== undefined) current.lastComparison = type;
          return original.call(this, left, right, type);
        },
    );
  }
  hook<Compile>(
    "compileBinaryExpression",
    (original) =>
      function (node, type, constraints) {
        const current = active(this);
        if (current === undefined) return original.call(this, node, type, constraints);
        current.lastComparison = undefined;
        const result = original.call(this, node, type, constraints);
        const isComparison = node.operator === asc.Token["LessThan"] || node.operator === asc.Token["GreaterThan"];
        if (isComparison && current.lastComparison !== undefined && isLocal(asc, this, node)) {
          current.comparedIn.set(node, current.lastComparison);
        }
        return result;
      },
  );
}

function isLocal(asc: AscInternals, compiler: AscCompiler, comparison: AscNode): boolean {
  const { text } = withoutParentheses(asc, comparison.left as AscNode);
  return text !== undefined && compiler.currentFlow.lookup(text)?.kind === asc.ElementKind["Local"];
}

type Convert = (
  this: AscCompiler,
  expression: ExpressionRef,
  from: AscType,
  to: AscType,
  explicit: boolean,
  node: AscNode,
) => ExpressionRef;

function hookConversions(asc: AscInternals, hook: Hook): void {
  const { TypeKind } = asc;
  hook<Convert>(
    "convertExpression",
    (original) =>
      function (expression, from, to, explicit, node) {
        const bare = () => original.call(this, expression, from, to, explicit, node);
        const current = active(this);
        if (current === undefined || !from.isIntegerValue || from.kind === to.kind) return bare();
        const target = typeInterval(TypeKind, to);
        const value = intervalOf(asc, expression, from);
        if (target === undefined) return bare();
        if (contains(target, value)) {
          const converted = bare();
          return isOne(value) && isConstant(asc, expression) ? makeConstant(this, to, value.least) : converted;
        }
        // asc has an error of its own for what it does not convert unasked.
        if (!explicit && from.size > to.size) return bare();
        if (isShiftAmount(asc, current, node) && from.size <= to.size) return bare();
        if (isOne(value)) report(current, `${value.least} is not a value of ${to}.`);
        const wrapped = this.ensureSmallIntegerWrap(expression, from);
        const checked = callHelper(this, current, "checkedCast", [from, to], [wrapped]);
        this.currentType = to;
        return checked;
      },
  );
  hook<Compile>(
    "compileCallExpression",
    (original) =>
      function (node, type, constraints) {
        const current = active(this);
        const [target, ...more] = node.typeArguments ?? [];
        const [value] = node.args ?? [];
        if (current !== undefined && target !== undefined && more.length === 0 && value !== undefined) {
          if (isWrappingCast(asc, this, node)) return compileWrappingCast(asc, this, current, target, value, node);
        }
        return original.call(this, node, type, constraints);
      },
  );
}

/** How much is shifted is checked where it is used, as an amount. */
function isShiftAmount(asc: AscInternals, { parent, node: current }: Session, node: AscNode): boolean {
  const { Token } = asc;
  return [parent, current].some(
    (candidate) =>
      candidate?.right !== undefined &&
      withoutParentheses(asc, candidate.right) === node &&
      [
        Token["LessThan_LessThan"],
        Token["GreaterThan_GreaterThan"],
        Token["GreaterThan_GreaterThan_GreaterThan"],
        Token["LessThan_LessThan_Equals"],
        Token["GreaterThan_GreaterThan_Equals"],
        Token["GreaterThan_GreaterThan_GreaterThan_Equals"],
      ].includes(candidate.operator as number),
  );
}

function isWrappingCast(asc: AscInternals, compiler: AscCompiler, node: AscNode): boolean {
  if (!/\bwrappingCast$/.test(node.expression?.text ?? "")) return false;
  const found = compiler.resolver.lookupExpression(
    node.expression as AscNode,
    compiler.currentFlow,
    undefined,
    asc.ReportMode["Swallow"] as number,
  ) as { internalName?: string } | null;
  return found?.internalName?.endsWith("/sdk-as/wrapping/wrappingCast") === true;
}

/** asc takes all type arguments or none; `wrappingCast<u8>(x)` leaves the type of x to be found. */
function compileWrappingCast(
  asc: AscInternals,
  compiler: AscCompiler,
  current: Session,
  target: AscNode,
  value: AscNode,
  node: AscNode,
): ExpressionRef {
  const flow = compiler.currentFlow;
  const to = compiler.resolver.resolveType(target, flow, flow.sourceFunction, new Map(flow.contextualTypeArguments));
  const expression = compiler.compileExpression(value, asc.Type.auto);
  const from = compiler.currentType;
  const prototype = helperNamed(compiler, `${current.sdk}wrapping/wrappingCast`);
  const instance = to === null ? null : compiler.resolver.resolveFunction(prototype, [to, from]);
  if (instance === null) return expression;
  return compiler.makeCallDirect(instance, [compiler.ensureSmallIntegerWrap(expression, from)], node);
}
