// `@wrapping` for the wide types: inside of such a function `a + b`, `-a` and `a++` are those of wrappingAdd and the like.

import type { AscCompiler, AscFunction, AscInternals, AscNode, AscType, ExpressionRef, Hook } from "./asc-internals.js";
import {
  callFunction,
  currentSession,
  helperNamed,
  isAuthored,
  isWrappingFunction,
  type Session,
} from "./checked-session.js";
import { isWide } from "./wide-types.js";

type CompileBinaryOverload = (
  this: AscCompiler,
  operator: AscFunction,
  left: AscNode,
  leftExpression: ExpressionRef,
  leftType: AscType,
  right: AscNode,
  node: AscNode,
) => ExpressionRef;

type CompileUnaryOverload = (
  this: AscCompiler,
  operator: AscFunction,
  value: AscNode,
  expression: ExpressionRef,
  node: AscNode,
) => ExpressionRef;

const BINARY: Readonly<Record<string, string>> = {
  add: "wrappingAdd",
  subtract: "wrappingSub",
  multiply: "wrappingMul",
  power: "wrappingPow",
};

const UNARY: Readonly<Record<string, string>> = {
  negate: "wrappingNeg",
  increment: "wrappingNext",
  incrementAfter: "wrappingNext",
  decrement: "wrappingPrevious",
  decrementAfter: "wrappingPrevious",
};

export function hookWrappingWide(asc: AscInternals, hook: Hook): void {
  hook<CompileBinaryOverload>(
    "compileBinaryOverload",
    (original) =>
      function (operator, left, leftExpression, leftType, right, node) {
        const current = currentSession();
        const name = current === undefined ? undefined : wrappingName(this, current, operator, leftType, node, BINARY);
        if (current === undefined || name === undefined) {
          return original.call(this, operator, left, leftExpression, leftType, right, node);
        }
        const rightType = name === "wrappingPow" ? (asc.Type.u32 as AscType) : leftType;
        const expression = this.compileExpression(right, rightType, asc.Constraints["ConvImplicit"]);
        return callWrapping(this, current, name, leftType, [leftExpression, expression]);
      },
  );
  hook<CompileUnaryOverload>(
    "compileUnaryOverload",
    (original) =>
      function (operator, value, expression, node) {
        const current = currentSession();
        const type = this.currentType;
        const name = current === undefined ? undefined : wrappingName(this, current, operator, type, node, UNARY);
        if (current === undefined || name === undefined) return original.call(this, operator, value, expression, node);
        return callWrapping(this, current, name, type, [expression]);
      },
  );
}

/** The function to call in an operator's place, in a function that wraps. */
function wrappingName(
  compiler: AscCompiler,
  current: Session,
  operator: AscFunction,
  type: AscType,
  node: AscNode,
  names: Readonly<Record<string, string>>,
): string | undefined {
  if (!isWide(type) || !isAuthored(current, node)) return undefined;
  if (!isWrappingFunction(compiler.currentFlow.sourceFunction)) return undefined;
  return Object.hasOwn(names, operator.name) ? names[operator.name] : undefined;
}

function callWrapping(
  compiler: AscCompiler,
  current: Session,
  name: string,
  type: AscType,
  operands: readonly ExpressionRef[],
): ExpressionRef {
  const path = `${current.sdk}wrapping/${name}`;
  helperNamed(compiler, path);
  const call = callFunction(compiler, current, path, [type], operands);
  compiler.currentType = type;
  return call;
}
