// asc's built-in functions where their result is not that of the type: abs of the least value, functions of bits on
// integers of 8 and 16, which asc computes in 32. In the author's files they become calls of the SDK's.

import type { AscCompiler, AscElement, AscInternals, AscNode, AscType, ExpressionRef, Hook } from "./asc-internals.js";
import { active, callFunction, currentSession, isAuthored } from "./checked-session.js";
import { typeInterval } from "./operator-facts.js";

type CompileBuiltin = (this: AscCompiler, prototype: AscElement, node: AscNode, type: AscType) => ExpressionRef;

const OF_BITS: Readonly<Record<string, string>> = {
  clz: "smallClz",
  ctz: "smallCtz",
  popcnt: "smallPopcnt",
  rotl: "smallRotl",
  rotr: "smallRotr",
};

export function hookBuiltins(asc: AscInternals, hook: Hook): void {
  hook<CompileBuiltin>(
    "compileCallExpressionBuiltin",
    (original) =>
      function (prototype, node, type) {
        const current = currentSession();
        const name = /^~lib\/builtins\/(\w+)$/.exec(prototype.internalName)?.[1] ?? "";
        const operand = node.args?.[0];
        const ofBits = Object.hasOwn(OF_BITS, name) ? OF_BITS[name] : undefined;
        if (current === undefined || operand === undefined || !isAuthored(current, node)) {
          return original.call(this, prototype, node, type);
        }
        if (ofBits === undefined && (name !== "abs" || active(this) === undefined)) {
          return original.call(this, prototype, node, type);
        }
        const of = operandType(asc, this, node, operand, name === "abs" ? type : asc.Type.i32);
        const range = of === undefined ? undefined : typeInterval(asc.TypeKind, of);
        const isOther = ofBits === undefined ? (range?.least ?? 0n) === 0n : of === undefined || of.size >= 32;
        if (of === undefined || range === undefined || isOther) return original.call(this, prototype, node, type);
        const wrapped = (asc.Constraints["ConvImplicit"] as number) | (asc.Constraints["MustWrap"] as number);
        const operands = (node.args ?? []).map((argument) => this.compileExpression(argument, of, wrapped));
        const path = ofBits === undefined ? "checked/checkedAbs" : `bits/${ofBits}`;
        const call = callFunction(this, current, `${current.sdk}${path}`, [of], operands);
        this.currentType = of;
        return call;
      },
  );
}

/** The type that a built-in function works in: the one that is written, or its first operand's. */
function operandType(
  asc: AscInternals,
  compiler: AscCompiler,
  { typeArguments, args }: AscNode,
  operand: AscNode,
  expected: AscType,
): AscType | undefined {
  const flow = compiler.currentFlow;
  const [written] = typeArguments ?? [];
  if (args?.length === 0) return undefined;
  const found =
    written === undefined
      ? compiler.resolver.resolveExpression(operand, flow, expected, asc.ReportMode["Swallow"] as number)
      : compiler.resolver.resolveType(written, flow, flow.sourceFunction, new Map(flow.contextualTypeArguments));
  return found ?? undefined;
}
