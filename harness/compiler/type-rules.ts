// Rules that need types, which asc has: what may be a condition, what is no number, floats under any name. Each makes a
// finding of its own; what asc compiles stays what it was.

import type { AscCompiler, AscInternals, AscNode, AscType, Compile, ExpressionRef, Hook } from "./asc-internals.js";
import { addFinding, currentSession, isAuthored, type OperatorFix, type Session } from "./checked-session.js";
import { withoutParentheses } from "./operator-facts.js";
import { wideName } from "./wide-types.js";

export function hookTypeRules(asc: AscInternals, hook: Hook): void {
  hookConditions(asc, hook);
  hookBooleans(asc, hook);
  hookEquality(asc, hook);
  hookValues(asc, hook);
}

function hookConditions(asc: AscInternals, hook: Hook): void {
  const { Token } = asc;
  hook<(this: AscCompiler, expression: ExpressionRef, type: AscType, node: AscNode) => ExpressionRef>(
    "makeIsTrueish",
    (original) =>
      function (expression, type, node) {
        const current = currentSession();
        const inner = withoutParentheses(asc, node);
        if (current !== undefined && isAuthored(current, inner) && !current.dropped.has(inner)) {
          // At the head of a loop asc takes what was known before it first, and looks again when the body assigns null.
          const name = inner.kind === asc.NodeKind["Identifier"] ? inner.text : undefined;
          const isMaybeNull = name !== undefined && this.currentFlow.lookup(name)?.type?.isNullableReference === true;
          if (!isMaybeNull) checkCondition(asc, current, inner, type);
        }
        return original.call(this, expression, type, node);
      },
  );
  hook<Compile>(
    "compileBinaryExpression",
    (original) =>
      function (node, type, constraints) {
        const isLogical = node.operator === Token["Ampersand_Ampersand"] || node.operator === Token["Bar_Bar"];
        // `ok && this.act();` asks nothing of its right side.
        if (isLogical && type === asc.Type.void) {
          currentSession()?.dropped.add(withoutParentheses(asc, node.right as AscNode));
        }
        return original.call(this, node, type, constraints);
      },
  );
}

function checkCondition(asc: AscInternals, current: Session, node: AscNode, type: AscType): void {
  if (!type.isReference || type.isNullableReference) return;
  const isNot = current.node !== undefined && isNegation(asc, current.node);
  const isText = type.getClass()?.internalName === "~lib/string/String";
  const isWide = wideName(type) !== undefined;
  const ending = isText ? (isNot ? ".length == 0" : ".length > 0") : ".isZero()";
  const hint = isText
    ? `A text is never null. Ask for its length: ${isNot ? "text.length == 0" : "text.length > 0"}.`
    : isWide
      ? `A number of this type is never null. Ask for its value: ${isNot ? "x.isZero()" : "!x.isZero()"}, or x != 0.`
      : "It is never null, so that the condition is always true. Declare it `T | null` if it may be missing, or ask for what you mean: list.length > 0, for example.";
  const fix = isText || isWide ? fixCondition(asc, current, node, isNot, isWide !== isNot, ending) : undefined;
  addFinding(current, {
    code: "QW211",
    message: `A value of type ${nameOf(type)} is no condition: it counts as true, whatever it is.`,
    hint,
    node,
    ...(fix === undefined ? {} : { fix }),
  });
}

function isNegation(asc: AscInternals, { kind, operator }: AscNode): boolean {
  return kind === asc.NodeKind["UnaryPrefix"] && operator === asc.Token["Exclamation"];
}

/** A fix for names, members and calls as whole conditions. */
function fixCondition(
  asc: AscInternals,
  { node: around }: Session,
  node: AscNode,
  isNot: boolean,
  takesNot: boolean,
  ending: string,
): OperatorFix | undefined {
  const { NodeKind } = asc;
  const simple = ["Identifier", "PropertyAccess", "ElementAccess", "Call"].some((kind) => NodeKind[kind] === node.kind);
  // The value of `a || b` is one of them.
  if (!simple || around?.kind === NodeKind["Binary"]) return undefined;
  const { start, end } = node.range;
  const sign = isNot
    ? [{ start: (around as AscNode).range.start, end: (around as AscNode).range.start + 1, text: "" }]
    : takesNot
      ? [{ start, end: start, text: "!" }]
      : [];
  return { title: `Write ${takesNot ? "!" : ""}…${ending}`, edits: [...sign, { start: end, end, text: ending }] };
}

/** asc's name of a type without paths. */
export function nameOf(type: AscType): string {
  return type.toString().replace(/(?:[~\w.-]+\/)+(?=\w)/g, "");
}

const ARITHMETIC = ["Add", "Sub", "Mul", "Div", "Rem", "Pow", "Shl", "Shr", "Shru"];

/** Operators that bring their operands to one type, and mean numbers. */
const OF_NUMBERS = [
  "Plus",
  "Minus",
  "Asterisk",
  "Asterisk_Asterisk",
  "Slash",
  "Percent",
  "LessThan_LessThan",
  "GreaterThan_GreaterThan",
  "GreaterThan_GreaterThan_GreaterThan",
  "Plus_Equals",
  "Minus_Equals",
  "Asterisk_Equals",
  "Asterisk_Asterisk_Equals",
  "Slash_Equals",
  "Percent_Equals",
  "LessThan_LessThan_Equals",
  "GreaterThan_GreaterThan_Equals",
  "GreaterThan_GreaterThan_GreaterThan_Equals",
  "Equals_Equals",
  "Equals_Equals_Equals",
  "Exclamation_Equals",
  "Exclamation_Equals_Equals",
  "LessThan",
  "GreaterThan",
  "LessThan_Equals",
  "GreaterThan_Equals",
];

type Make = (
  this: AscCompiler,
  left: ExpressionRef,
  right: ExpressionRef,
  type: AscType,
  node?: AscNode,
) => ExpressionRef;
type Convert = (
  this: AscCompiler,
  expression: ExpressionRef,
  from: AscType,
  to: AscType,
  explicit: boolean,
  node: AscNode,
) => ExpressionRef;

function hookBooleans(asc: AscInternals, hook: Hook): void {
  const { NodeKind } = asc;
  for (const name of ARITHMETIC) {
    hook<Make>(
      `make${name}`,
      (original) =>
        function (left, right, type, node) {
          const current = currentSession();
          const at = current?.node;
          if (current !== undefined && at !== undefined && type.isBooleanValue && at.kind === NodeKind["Binary"]) {
            reportBoolean(current, at);
          }
          return original.call(this, left, right, type, node);
        },
    );
  }
  hook<Convert>(
    "convertExpression",
    (original) =>
      function (expression, from, to, explicit, node) {
        const current = currentSession();
        if (current !== undefined && from.isFloatValue && isAuthored(current, node)) {
          reportFloat(asc, current, withoutParentheses(asc, node));
        }
        if (current !== undefined && from.isBooleanValue && to.isIntegerValue && !to.isBooleanValue && !explicit) {
          const operand = withoutParentheses(asc, node);
          const operation = [current.node, current.parent].find((candidate) => isOfNumbers(asc, candidate, operand));
          if (operation !== undefined) reportBoolean(current, operation);
        }
        return original.call(this, expression, from, to, explicit, node);
      },
  );
}

/** Whether a node is an operation on numbers with the operand. */
function isOfNumbers(asc: AscInternals, node: AscNode | undefined, operand: AscNode): boolean {
  if (node === undefined) return false;
  if (node.kind === asc.NodeKind["UnaryPrefix"]) return node.operator === asc.Token["Tilde"];
  if (node.kind !== asc.NodeKind["Binary"] || !OF_NUMBERS.some((name) => asc.Token[name] === node.operator))
    return false;
  return [node.left, node.right].some((part) => part !== undefined && withoutParentheses(asc, part) === operand);
}

/** Reports arithmetic with bool at an operator of the author's. */
export function reportBoolean(current: Session, node: AscNode): void {
  if (!isAuthored(current, node)) return;
  addFinding(current, {
    code: "QW210",
    message: "A bool is no number: arithmetic, and comparing it with numbers, is not done on it.",
    hint: "Make numbers of them first, as in u32(a) + u32(b) or (a ? 1 : 0); for conditions there are &&, ||, ! and ==.",
    node,
  });
}

type CompareParts = (
  this: AscCompiler,
  operator: number,
  left: AscNode,
  leftExpression: ExpressionRef,
  leftType: AscType,
  right: AscNode,
  rightExpression: ExpressionRef,
  rightType: AscType,
  type: AscType,
  node: AscNode,
) => ExpressionRef;

/** A class that has one of `==` and `!=` compares addresses with the other. */
function hookEquality(asc: AscInternals, hook: Hook): void {
  const { Eq, Ne } = asc.OperatorKind;
  hook<CompareParts>(
    "compileCommutativeCompareBinaryExpressionFromParts",
    (original) =>
      function (operator, left, leftExpression, leftType, right, rightExpression, rightType, type, node) {
        const current = currentSession();
        if (current !== undefined && isAuthored(current, node)) {
          for (const operand of [leftType, rightType]) {
            if (operand.getClass()?.internalName.startsWith("~lib/") !== false) continue;
            const has = (kind: number | undefined) => operand.lookupOverload(kind as number, this.program) !== null;
            if (has(Eq) === has(Ne)) continue;
            const [present, missing] = has(Eq) ? ["==", "!="] : ["!=", "=="];
            addFinding(current, {
              code: "QW213",
              message: `${nameOf(operand)} says what ${present} means, but not ${missing}, which would compare addresses.`,
              hint: `Give the class an @operator("${missing}") as well: it is !(a == b), or the other way round.`,
              node,
            });
          }
        }
        return original.call(
          this,
          operator,
          left,
          leftExpression,
          leftType,
          right,
          rightExpression,
          rightType,
          type,
          node,
        );
      },
  );
}

/** Floats, whatever they are called. */
function hookValues(asc: AscInternals, hook: Hook): void {
  hook<Compile>(
    "compileExpression",
    (original) =>
      function (node, type, constraints) {
        const result = original.call(this, node, type, constraints);
        const current = currentSession();
        if (current === undefined || !isAuthored(current, node)) return result;
        const inner = withoutParentheses(asc, node);
        if (this.currentType.isFloatValue) reportFloat(asc, current, inner);
        return result;
      },
  );
}

/** Reports where a float comes from: what is around it, and variables that hold it, follow. */
function reportFloat(asc: AscInternals, current: Session, node: AscNode): void {
  const { start, end, source } = node.range;
  const { Identifier, Literal } = asc.NodeKind;
  const follows = node.kind === Literal || (node.kind === Identifier && !/^(NaN|Infinity)$/.test(node.text ?? ""));
  if (follows && current.findings.some(({ code }) => code === "QW111")) return;
  const isAround = current.findings.some(
    ({ code, node: { range } }) =>
      code === "QW111" && range.source === source && start <= range.start && range.end <= end,
  );
  if (isAround) return;
  const name = /^[\w.]+/.exec(node.range.toString())?.[0] ?? "This";
  const isReading = /^parse(Int|Float)$/.test(name);
  addFinding(current, {
    code: "QW111",
    message: `\`${name}\` is a floating-point number; contracts compute with integers, so that every machine gets the same bits.`,
    hint: isReading
      ? "u64.parse(text) or u256.parse(text) reads an integer."
      : "Use u64 or u256 in the smallest unit, for example cents or wei.",
    node,
  });
}
