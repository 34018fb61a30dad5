// Makes asc check the ordinary operators and casts of the author's files: it hooks into asc's compiler, where the types
// are exact, and puts calls of sdk-as/checked.ts in the place of bare instructions. What surely fits keeps them:
// constants, masked values, and the counter of a loop. The SDK's code and asc's library are never touched.

import type {
  AscCompiler,
  AscInternals,
  AscNode,
  AscType,
  Compile,
  ExpressionRef,
  Hook,
  Method,
  ResolverHook,
} from "./asc-internals.js";
import { hookCalls } from "./call-origins.js";
import { hookCallRules } from "./call-rules.js";
import { hookBuiltins } from "./checked-builtins.js";
import { hookConversions } from "./checked-conversions.js";
import {
  active,
  type CheckedSources,
  callFunction,
  callHelper,
  checkOperation,
  currentSession,
  inSession,
  isAuthored,
  isWrappingFunction,
  type OperatorFinding,
  type OperatorFix,
  report,
  type StateFields,
} from "./checked-session.js";
import { hookCompoundTargets } from "./compound-targets.js";
import { hookEnumMembers } from "./enum-members.js";
import { hookEnums } from "./enum-types.js";
import { hookLiterals } from "./literals.js";
import { hookMemberAccess } from "./member-access.js";
import { hookNullTests } from "./null-tests.js";
import {
  findCounterGuard,
  intervalOf,
  isOne,
  type Operation,
  typeInterval,
  withoutParentheses,
} from "./operator-facts.js";
import { hookOwnedValues } from "./owned-values.js";
import { requireInternals } from "./require-internals.js";
import { hookTypeRules, reportBoolean } from "./type-rules.js";
import { hookWrappingWide } from "./wrapping-wide.js";

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
  hookMemberAccess(asc, hookResolver);
  hookExpressions(asc, hook);
  hookOperators(asc, hook);
  hookMasks(asc, hook);
  hookLoops(asc, hook);
  hookConversions(asc, hook);
  hookOwnedValues(asc, hook);
  hookCompoundTargets(asc, hook);
  hookTypeRules(asc, hook);
  hookCallRules(asc, hook);
  hookBuiltins(asc, hook);
  hookWrappingWide(asc, hook);
  hookNullTests(asc, hook);
  hookEnums(asc, hook, hookResolver);
  hookEnumMembers(asc, hook);
  // Around all others: what they compile in a call's place comes from the call.
  hookCalls(hook);
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
  hookNestedFunctions(hook);
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
    if (type.isBooleanValue) reportBoolean(session, node);
    const isCounted = session.comparedIn.get(session.counters.get(node) ?? node)?.kind === type.kind;
    if (isCounted || typeInterval(TypeKind, type) === undefined) return binary.call(this, operation, left, right);
    const name = node.operator === Token["Plus_Plus"] ? "checkedAdd" : "checkedSub";
    return checkOperation(asc, compiler, session, name, left, right, type, () =>
      binary.call(this, operation, left, right),
    );
  };
}

/** A function that asc compiles in the middle of an expression, since that calls it first, is no part of the expression. */
function hookNestedFunctions(hook: Hook): void {
  hook<(this: AscCompiler, ...more: unknown[]) => unknown>(
    "compileFunction",
    (original) =>
      function (...more) {
        const current = currentSession();
        if (current === undefined) return original.apply(this, more);
        const { node, parent, unary, comparing, lastComparison, isPureAssignment } = current;
        const outside = { node, parent, unary, comparing, lastComparison, isPureAssignment };
        const inside = { node: undefined, parent: undefined, unary: undefined, lastComparison: undefined };
        Object.assign(current, inside, { comparing: 0, isPureAssignment: false });
        try {
          return original.apply(this, more);
        } finally {
          Object.assign(current, outside);
        }
      },
  );
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
          const bare = () => {
            const result = original.call(this, left, right, type, node);
            // asc leaves the type of its function for powers, i32 for all smaller ones.
            if (maker === "makePow" && node !== undefined && typeInterval(TypeKind, type) !== undefined)
              this.currentType = type;
            return result;
          };
          // asc's built-in functions, like add(), go the same way.
          const isOperation = [NodeKind["Binary"], NodeKind["Call"]].includes(current?.node?.kind as number);
          if (current === undefined) return wrappingDivision(asc, this, name, left, right, type) ?? bare();
          if (!isOperation || typeInterval(TypeKind, type) === undefined) return bare();
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

/** What `/` and `%` do in a function with `@wrapping`: nothing divides by zero, and the least value by -1 is no trap. */
function wrappingDivision(
  asc: AscInternals,
  compiler: AscCompiler,
  name: Operation,
  left: ExpressionRef,
  right: ExpressionRef,
  type: AscType,
): ExpressionRef | undefined {
  const current = currentSession();
  if (name !== "checkedDiv" && name !== "checkedRem") return undefined;
  if (current?.node === undefined || !isAuthored(current, current.node)) return undefined;
  if (typeInterval(asc.TypeKind, type) === undefined) return undefined;
  if (!isWrappingFunction(compiler.currentFlow.sourceFunction)) return undefined;
  const by = intervalOf(asc, right, type);
  if (by.least > 0n) return undefined;
  const operands = [left, right].map((operand) => compiler.ensureSmallIntegerWrap(operand, type));
  const path = `${current.sdk}wrapping/${name === "checkedDiv" ? "wrappingDiv" : "wrappingRem"}`;
  return callFunction(compiler, current, path, [type], operands);
}

/**
 * Of a small signed type asc holds the result of an operator of bits for one of the type where an operand that is masked
 * was not: both are made values of the type before.
 */
function hookMasks(asc: AscInternals, hook: Hook): void {
  const { NodeKind, TypeKind } = asc;
  for (const maker of ["makeAnd", "makeOr", "makeXor"]) {
    hook<Make>(
      maker,
      (original) =>
        function (left, right, type, node) {
          const current = currentSession();
          const at = current?.node;
          const isSmall = type.kind === TypeKind["I8"] || type.kind === TypeKind["I16"];
          const isOwn = current !== undefined && at !== undefined && isAuthored(current, at);
          if (!isSmall || !isOwn || at.kind !== NodeKind["Binary"]) {
            return original.call(this, left, right, type, node);
          }
          const [a, b] = [left, right].map((operand) => this.ensureSmallIntegerWrap(operand, type));
          return original.call(this, a as ExpressionRef, b as ExpressionRef, type, node);
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
