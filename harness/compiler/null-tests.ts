// Comparisons with null, of values whose class says what == means: u256, Address, a text and the like. asc calls that
// function, and does not see that the variable is something behind `if (x == null) return`. Here the reference itself is
// compared, which is the same, and says so to asc; `null == x`, for which asc expects a number, is `x == null`. And `!text` of
// one that may be null asks for null, as `if (text)` does: asc calls an empty text false there alone, so that both would hold.

import type { AscCompiler, AscInternals, AscNode, AscType, Compile, Hook } from "./asc-internals.js";
import { active } from "./checked-session.js";
import { withoutParentheses } from "./operator-facts.js";

export function hookNullTests(asc: AscInternals, hook: Hook): void {
  hookNegations(asc, hook);
  const { BinaryOp, ReportMode, Type } = asc;
  hook<Compile>(
    "compileBinaryExpression",
    (original) =>
      function (node, type, constraints) {
        const operation = testOf(asc, node.operator);
        const value = active(this) === undefined || operation === undefined ? undefined : besideNull(asc, node);
        if (value === undefined) return original.call(this, node, type, constraints);
        const found = this.resolver.resolveExpression(
          value,
          this.currentFlow,
          Type.auto,
          ReportMode["Swallow"] as number,
        );
        if (found === null || !isValue(this, asc, found)) return original.call(this, node, type, constraints);
        const reference = this.compileExpression(value, found, 0);
        this.currentType = Type.bool;
        return this.module.binary(BinaryOp[operation as string] as number, reference, this.module.i32(0));
      },
  );
}

/** `!text`, where the text may be null. */
function hookNegations(asc: AscInternals, hook: Hook): void {
  const { BinaryOp, ReportMode, Type } = asc;
  hook<Compile>(
    "compileUnaryPrefixExpression",
    (original) =>
      function (node, type, constraints) {
        const { operand } = node;
        if (active(this) === undefined || node.operator !== asc.Token["Exclamation"] || operand === undefined)
          return original.call(this, node, type, constraints);
        const found = this.resolver.resolveExpression(
          operand,
          this.currentFlow,
          Type.auto,
          ReportMode["Swallow"] as number,
        );
        const isText = found?.isNullableReference === true && found.getClass()?.internalName === "~lib/string/String";
        if (!isText) return original.call(this, node, type, constraints);
        const reference = this.compileExpression(operand, found, 0);
        this.currentType = Type.bool;
        return this.module.binary(BinaryOp["EqI32"] as number, reference, this.module.i32(0));
      },
  );
}

function testOf({ Token }: AscInternals, operator: number | undefined): "EqI32" | "NeI32" | undefined {
  if (operator === Token["Equals_Equals"] || operator === Token["Equals_Equals_Equals"]) return "EqI32";
  const differs = operator === Token["Exclamation_Equals"] || operator === Token["Exclamation_Equals_Equals"];
  return differs ? "NeI32" : undefined;
}

/** What is compared with null. */
function besideNull(asc: AscInternals, { left, right }: AscNode): AscNode | undefined {
  const isNull = (side: AscNode) => withoutParentheses(asc, side).kind === asc.NodeKind["Null"];
  if (left === undefined || right === undefined || isNull(left) === isNull(right)) return undefined;
  return isNull(left) ? right : left;
}

/** A class of the SDK or the library may only compare values; what an author's == does with null is the author's matter. */
function isValue({ program }: AscCompiler, { OperatorKind }: AscInternals, type: AscType): boolean {
  const found = type.isNullableReference ? type.getClass() : null;
  if (found === null) return false;
  return found.internalName.startsWith("~lib/") || type.lookupOverload(OperatorKind["Eq"] as number, program) === null;
}
