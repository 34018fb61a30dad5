// Enums as types of their own while asc compiles: a byte each, but not any byte. The edits of a file name them
// `__enum_Color` (see enumTypeName); what is assigned to one has to be one, so that a variable holds only its members.

import type {
  AscCompiler,
  AscInternals,
  AscNode,
  AscProgram,
  AscResolver,
  AscType,
  Compile,
  ExpressionRef,
  Hook,
  ResolveExpression,
  ResolverHook,
} from "./asc-internals.js";
import { enumTypeName } from "./asc-types.js";
import { addFinding, currentSession, isAuthored, isGeneratedFunction, type Session } from "./checked-session.js";
import { isAssignment, withoutParentheses } from "./operator-facts.js";

const PREFIX = enumTypeName("");

/** The enum's own name, if the type is one. */
export function enumName(type: AscType): string | undefined {
  const name = type.toString();
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

export function hookEnums(asc: AscInternals, hook: Hook, hookResolver: ResolverHook): void {
  hookNames(asc, hookResolver);
  hookTypes(asc, hookResolver);
  hookConversions(asc, hook);
  hookOperators(asc, hook);
  hookCases(asc, hook);
}

type ResolveNamedType = (this: AscResolver, node: AscNode, ...more: unknown[]) => AscType | null;

function hookNames(asc: AscInternals, hookResolver: ResolverHook): void {
  const types = new WeakMap<AscProgram, Map<string, AscType>>();
  hookResolver<ResolveNamedType>(
    "resolveNamedType",
    (original) =>
      function (node, ...more) {
        const name = nameOfType(node);
        if (name === undefined || !name.startsWith(PREFIX)) return original.call(this, node, ...more);
        const known = types.get(this.program) ?? new Map<string, AscType>();
        types.set(this.program, known);
        const type = known.get(name) ?? makeType(asc, this.program, name);
        known.set(name, type);
        return type;
      },
  );
}

/** What is computed with members is a number to asc's resolver, too. */
function hookTypes(asc: AscInternals, hookResolver: ResolverHook): void {
  hookResolver<ResolveExpression>(
    "resolveExpression",
    (original) =>
      function (node, flow, type, mode) {
        const found = original.call(this, node, flow, type, mode);
        const { kind, operator } = withoutParentheses(asc, node);
        const isNumber =
          kind === asc.NodeKind["Binary"] ? isComputing(asc, operator) : kind === asc.NodeKind["UnaryPrefix"];
        return isNumber && found !== null && enumName(found) !== undefined ? asc.Type.u8 : found;
      },
  );
}

function nameOfType(node: AscNode): string | undefined {
  return (node.name as { readonly identifier?: AscNode } | undefined)?.identifier?.text;
}

/** A type like u8 in all but its name; `color.toString()` is a u8's. */
function makeType(asc: AscInternals, program: AscProgram, name: string): AscType {
  const byte = asc.Type.u8;
  const type = Object.assign(Object.create(Object.getPrototypeOf(byte) as object), byte) as AscType;
  Object.assign(type, { _nonNullableType: type, toString: () => name });
  const wrapper = program.wrapperClasses.get(byte);
  if (wrapper !== undefined) {
    const own = Object.assign(Object.create(Object.getPrototypeOf(wrapper) as object), wrapper, { wrappedType: type });
    program.wrapperClasses.set(type, own as object);
  }
  return type;
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
  hook<Convert>(
    "convertExpression",
    (original) =>
      function (expression, from, to, explicit, node) {
        const current = currentSession();
        const name = current === undefined || from === to ? undefined : enumName(to);
        if (current !== undefined && name !== undefined && isAuthored(current, node)) {
          const isOperand = explicit
            ? isWrittenOut(asc, current)
            : current.comparing > 0 || isPlainOperand(asc, current, node);
          if (!isOperand && !isGeneratedFunction(this.currentFlow.sourceFunction))
            reportNoMember(current, node, name, from);
        }
        return original.call(this, expression, from, to, explicit, node);
      },
  );
}

/** Whether the conversion is one of the compiler's own: a member's name, or a number that was tested. */
function isWrittenOut(asc: AscInternals, { parent }: Session): boolean {
  if (parent === undefined || parent.kind !== asc.NodeKind["Assertion"]) return false;
  return nameOfType(parent.toType as AscNode)?.startsWith(PREFIX) ?? false;
}

/** Whether it is one side of an operator that assigns nothing, or a case: it may be compared with an enum's byte. */
function isPlainOperand(asc: AscInternals, { node: around, labels }: Session, node: AscNode): boolean {
  if (labels.has(withoutParentheses(asc, node))) return true;
  if (around === undefined || around.kind !== asc.NodeKind["Binary"] || isAssignment(asc, around.operator))
    return false;
  const operand = withoutParentheses(asc, node);
  return [around.left, around.right].some((side) => side !== undefined && withoutParentheses(asc, side) === operand);
}

function reportNoMember(current: Session, node: AscNode, name: string, from?: AscType): void {
  const other = from === undefined ? undefined : enumName(from);
  addFinding(current, {
    code: "QW216",
    message:
      other === undefined
        ? `A number is not assigned to a ${name}: it might be none of its members.`
        : `A ${other} is no ${name}.`,
    hint: `Write one of its members, or <${name}>n, which reverts when n is the number of none.`,
    node,
  });
}

const ARITHMETIC = ["Plus", "Minus", "Asterisk", "Asterisk_Asterisk", "Slash", "Percent", "Ampersand", "Bar", "Caret"];
const SHIFTS = ["LessThan_LessThan", "GreaterThan_GreaterThan", "GreaterThan_GreaterThan_GreaterThan"];

function isComputing(asc: AscInternals, operator: number | undefined): boolean {
  return [...ARITHMETIC, ...SHIFTS].some((name) => asc.Token[name] === operator);
}

/** What is computed with an enum's byte is a number, and `color++` would be no member. */
function hookOperators(asc: AscInternals, hook: Hook): void {
  const { Token } = asc;
  hook<Compile>(
    "compileBinaryExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        const isCompound = isAssignment(asc, node.operator) && node.operator !== Token["Equals"];
        if (current !== undefined && isCompound) refuseChange(asc, this, current, node, node.left as AscNode);
        const result = original.call(this, node, type, constraints);
        if (current !== undefined && isComputing(asc, node.operator)) leaveEnum(asc, this);
        return result;
      },
  );
  for (const name of ["compileUnaryPrefixExpression", "compileUnaryPostfixExpression"]) {
    hook<Compile>(
      name,
      (original) =>
        function (node, type, constraints) {
          const current = currentSession();
          const isStep = node.operator === Token["Plus_Plus"] || node.operator === Token["Minus_Minus"];
          if (current !== undefined && isStep) refuseChange(asc, this, current, node, node.operand as AscNode);
          const result = original.call(this, node, type, constraints);
          if (current !== undefined && !isStep) leaveEnum(asc, this);
          return result;
        },
    );
  }
  hook<Compile>(
    "compileCallExpression",
    (original) =>
      function (node, type, constraints) {
        const result = original.call(this, node, type, constraints);
        const current = currentSession();
        const isAsked = current !== undefined && enumName(this.currentType) !== undefined && isAuthored(current, node);
        if (isAsked && isArithmetic(asc, this, node)) leaveEnum(asc, this);
        return result;
      },
  );
  hook<(this: AscCompiler, ...more: unknown[]) => ExpressionRef>(
    "compileCommutativeCompareBinaryExpressionFromParts",
    (original) =>
      function (...more) {
        const current = currentSession();
        if (current === undefined) return original.apply(this, more);
        current.comparing++;
        try {
          return original.apply(this, more);
        } finally {
          current.comparing--;
        }
      },
  );
}

function hookCases(asc: AscInternals, hook: Hook): void {
  hook<(this: AscCompiler, node: AscNode) => ExpressionRef>(
    "compileSwitchStatement",
    (original) =>
      function (node) {
        for (const { label } of node.cases ?? []) {
          if (label != null) currentSession()?.labels.add(withoutParentheses(asc, label));
        }
        return original.call(this, node);
      },
  );
}

function leaveEnum(asc: AscInternals, compiler: AscCompiler): void {
  if (enumName(compiler.currentType) !== undefined) compiler.currentType = asc.Type.u8;
}

/** Functions that compute in the type of what they are given. */
function isArithmetic(asc: AscInternals, compiler: AscCompiler, { expression }: AscNode): boolean {
  if (expression === undefined) return false;
  const swallow = asc.ReportMode["Swallow"] as number;
  const found = compiler.resolver.lookupExpression(expression, compiler.currentFlow, undefined, swallow);
  return /^~lib\/(qwvm\/sdk-as\/wrapping|builtins)\/(?!min$|max$|select$|load$|changetype$|unchecked$)/.test(
    found?.internalName ?? "",
  );
}

function refuseChange(
  asc: AscInternals,
  compiler: AscCompiler,
  current: Session,
  node: AscNode,
  target: AscNode,
): void {
  if (!isAuthored(current, node)) return;
  const swallow = asc.ReportMode["Swallow"] as number;
  const type = compiler.resolver.resolveExpression(target, compiler.currentFlow, asc.Type.auto, swallow);
  const name = type === null ? undefined : enumName(type);
  if (name !== undefined) reportNoMember(current, node, name);
}
