// Casts and conversions of numbers in the author's files, checked where the other type may not have the value, and
// `wrappingCast`, whose second type argument is found here.

import type { AscCompiler, AscInternals, AscNode, AscType, Compile, ExpressionRef, Hook } from "./asc-internals.js";
import {
  active,
  addFinding,
  callHelper,
  currentSession,
  helperNamed,
  isAuthored,
  makeConstant,
  report,
  type Session,
} from "./checked-session.js";
import { contains, intervalOf, isConstant, isOne, typeInterval, withoutParentheses } from "./operator-facts.js";
import { nameOf } from "./type-rules.js";
import { isWide } from "./wide-types.js";

type Convert = (
  this: AscCompiler,
  expression: ExpressionRef,
  from: AscType,
  to: AscType,
  explicit: boolean,
  node: AscNode,
) => ExpressionRef;

export function hookConversions(asc: AscInternals, hook: Hook): void {
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
        const current = currentSession();
        const [target, ...more] = node.typeArguments ?? [];
        const [value] = node.args ?? [];
        const isCast = target !== undefined && more.length === 0 && value !== undefined;
        if (current !== undefined && isCast && isAuthored(current, node)) {
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
  if (to === null || !mustBeInteger(current, to, target) || !mustBeInteger(current, from, value)) return expression;
  const prototype = helperNamed(compiler, `${current.sdk}wrapping/wrappingCast`);
  const instance = compiler.resolver.resolveFunction(prototype, [to, from]);
  if (instance === null) return expression;
  return compiler.makeCallDirect(instance, [compiler.ensureSmallIntegerWrap(expression, from)], node);
}

function mustBeInteger(current: Session, type: AscType, node: AscNode): boolean {
  if (type.isReference ? isWide(type) : type.isIntegerValue) return true;
  addFinding(current, {
    code: "QW215",
    message: `wrappingCast() makes an integer of an integer, and this is ${nameOf(type)}.`,
    hint: "u64.parse(text) or u256.parse(text) reads a number in decimal digits.",
    node,
  });
  return false;
}
