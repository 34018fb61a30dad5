// Integer literals, and what is computed of them alone, as constants of the type that is expected where they stand, wide
// types too: the number written, or an error. They are evaluated exactly: see constant-expressions.

import type {
  AscCompiler,
  AscInternals,
  AscNode,
  AscType,
  Compile,
  ExpressionRef,
  Hook,
  ResolveExpression,
  ResolverHook,
} from "./asc-internals.js";
import {
  currentSession,
  helperNamed,
  isAuthored,
  isWrappingFunction,
  makeConstant,
  report,
  type Session,
} from "./checked-session.js";
import { constantValue, NoValue } from "./constant-expressions.js";
import { enumName } from "./enum-types.js";
import { contains, type Interval, typeInterval, withoutParentheses } from "./operator-facts.js";
import { wideInterval, wideName } from "./wide-types.js";

export function hookLiterals(asc: AscInternals, hook: Hook, hookResolver: ResolverHook): void {
  hook<Compile>(
    "compileExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        const inner = withoutParentheses(asc, node);
        const value = current === undefined ? undefined : constantIn(asc, current, inner);
        if (current === undefined || value === undefined) return original.call(this, node, type, constraints);
        const wanted = current.expected.get(inner) ?? type;
        const isConverted = (constraints & (asc.Constraints["ConvImplicit"] as number)) !== 0;
        const isCast = (constraints & (asc.Constraints["ConvExplicit"] as number)) !== 0;
        const made = compileConstant(asc, this, current, inner, value, wanted, isConverted);
        if (made === undefined) return original.call(this, node, type, constraints);
        const from = this.currentType;
        if (from === type.nonNullableType || !(isConverted || isCast)) return made;
        const converted = this.convertExpression(made, from, type, isCast, inner);
        this.currentType = type;
        return converted;
      },
  );
  hookOperands(asc, hook);
  hook<Compile>(
    "compileCallExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        const name = current === undefined ? undefined : wideFrom(asc, this, current, node);
        if (current === undefined || name === undefined) return original.call(this, node, type, constraints);
        const [argument] = node.args as readonly AscNode[];
        const value = constantIn(asc, current, argument as AscNode) as bigint;
        return wideConstant(this, current, name, value, argument as AscNode);
      },
  );
  hookTypes(asc, hookResolver);
}

/** A constant beside an operand of a wide type is of that type, on the left too; also in a conditional expression. */
function hookOperands(asc: AscInternals, hook: Hook): void {
  hook<Compile>(
    "compileBinaryExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        const isComparison = COMPARISONS.some((name) => asc.Token[name] === node.operator);
        if (current === undefined || !isAuthored(current, node)) return original.call(this, node, type, constraints);
        if (hasCommonType(asc, node.operator)) {
          const left = withoutParentheses(asc, node.left as AscNode);
          if (constantIn(asc, current, left) !== undefined) {
            const other = typeBeside(asc, this, current, node.right as AscNode);
            if (other !== undefined && (wideName(other) !== undefined || isComparison))
              current.expected.set(left, other);
          }
        }
        // asc expects of what is compared that it is a bool, as the comparison is.
        return original.call(this, node, isComparison && type.isBooleanValue ? asc.Type.auto : type, constraints);
      },
  );
  hook<Compile>(
    "compileTernaryExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        if (current !== undefined && isAuthored(current, node) && type === asc.Type.auto) {
          const [first, second] = [node.ifThen, node.ifElse].map((part) => withoutParentheses(asc, part as AscNode));
          const other = constantIn(asc, current, first as AscNode) === undefined ? undefined : second;
          const found = other === undefined ? undefined : typeBeside(asc, this, current, other);
          if (found !== undefined) current.expected.set(first as AscNode, found);
        }
        return original.call(this, node, type, constraints);
      },
  );
}

const COMPARISONS = [
  "LessThan",
  "GreaterThan",
  "LessThan_Equals",
  "GreaterThan_Equals",
  "Equals_Equals",
  "Equals_Equals_Equals",
  "Exclamation_Equals",
  "Exclamation_Equals_Equals",
];

const COMMON = [...COMPARISONS, "Plus", "Minus", "Asterisk", "Slash", "Percent", "Ampersand", "Bar", "Caret"];

/** Whether the operator brings its operands to one type. */
function hasCommonType(asc: AscInternals, operator: number | undefined): boolean {
  return COMMON.some((name) => asc.Token[name] === operator);
}

/** The type of an operand that is no constant itself, if it is an integer's. */
function typeBeside(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): AscType | undefined {
  if (constantIn(asc, current, withoutParentheses(asc, node)) !== undefined) return undefined;
  const swallow = asc.ReportMode["Swallow"] as number;
  const type = compiler.resolver.resolveExpression(node, compiler.currentFlow, asc.Type.auto, swallow);
  if (type === null || type.isBooleanValue) return undefined;
  return wideName(type) !== undefined || typeInterval(asc.TypeKind, type) !== undefined ? type : undefined;
}

/** The value of an author's expression of literals; one without a value is reported, and is 0 then. */
function constantIn(asc: AscInternals, current: Session, node: AscNode): bigint | undefined {
  if (current.constants.has(node)) return current.constants.get(node);
  let value: bigint | undefined;
  if (isAuthored(current, node)) {
    try {
      value = constantValue(asc, node);
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      report(current, error.message, node);
      value = 0n;
    }
  }
  current.constants.set(node, value);
  return value;
}

/** Whether a node is an integer literal, or computed of them alone. */
export function isConstantNode(asc: AscInternals, current: Session, node: AscNode): boolean {
  return constantIn(asc, current, withoutParentheses(asc, node)) !== undefined;
}

/** The constant of the type that is wanted, or of one of its own; undefined where asc knows better: floats. */
function compileConstant(
  asc: AscInternals,
  compiler: AscCompiler,
  current: Session,
  node: AscNode,
  value: bigint,
  wanted: AscType,
  isConverted: boolean,
): ExpressionRef | undefined {
  if (wanted.isFloatValue) return undefined;
  // A number is none of its members.
  if (enumName(wanted) !== undefined) return compileConstant(asc, compiler, current, node, value, asc.Type.u8, false);
  const wide = wideName(wanted);
  if (wide !== undefined) return wideConstant(compiler, current, wide, value, node);
  const range = integersOf(asc, wanted);
  if (range !== undefined && !contains(range, { least: value, most: value })) {
    const isWrapping = isWrappingFunction(compiler.currentFlow.sourceFunction);
    const isSure = isConverted || wanted.size === 64 || !contains(WORDS, { least: value, most: value });
    if (!isWrapping && isSure) report(current, `${value} is not a value of ${wanted}.`, node);
    if (isSure) {
      compiler.currentType = wanted;
      return makeConstant(compiler, wanted, value);
    }
  }
  const type = constantType(asc, compiler, current, value, wanted);
  if (type === undefined) {
    report(current, `${value} is not a value of any type.`, node);
    compiler.currentType = asc.Type.i32;
    return compiler.module.i32(0);
  }
  const own = wideName(type);
  if (own !== undefined) return wideConstant(compiler, current, own, value, node);
  compiler.currentType = type;
  return makeConstant(compiler, type, value);
}

/** The values of an integer type; asc's own word for "no type is expected" looks like one. */
function integersOf(asc: AscInternals, type: AscType): Interval | undefined {
  return type === asc.Type.auto ? undefined : typeInterval(asc.TypeKind, type);
}

/** What 64 bits can be, with a sign or without. */
const WORDS: Interval = { least: -(1n << 63n), most: (1n << 64n) - 1n };

/** The wanted type, if it has the value; else the first of i32, u32, i64, u64, u256 and i256 that does. */
function constantType(
  asc: AscInternals,
  compiler: Pick<AscCompiler, "program" | "resolver">,
  current: Session,
  value: bigint,
  wanted: AscType,
): AscType | undefined {
  const has = (range: Interval | undefined) => range !== undefined && contains(range, { least: value, most: value });
  if (wanted.isBooleanValue && (value === 0n || value === 1n)) return wanted;
  if (has(integersOf(asc, wanted))) return wanted;
  const { i32, u32, i64, u64 } = asc.Type;
  const small = [i32, u32, i64, u64].find((type) => has(typeInterval(asc.TypeKind, type)));
  if (small !== undefined) return small;
  const name = ["u256", "i256"].find((candidate) => has(wideInterval(candidate)));
  return name === undefined ? undefined : wideType(compiler, current, name);
}

function wideType({ program, resolver }: Pick<AscCompiler, "program" | "resolver">, current: Session, name: string) {
  return resolver.resolveClass(helperNamed({ program }, `${current.sdk}types/${name}/${name}`), null)?.type;
}

/** A value of a wide type: its bytes lie in the module's data, once for each value. */
export function wideConstant(
  compiler: AscCompiler,
  current: Session,
  name: string,
  value: bigint,
  node: AscNode,
): ExpressionRef {
  const range = wideInterval(name);
  const fits = contains(range, { least: value, most: value });
  if (!fits) report(current, `${value} is not a value of ${name}.`, node);
  const size = name.endsWith("128") ? 16 : 32;
  const bytes = new Uint8Array(size);
  const rest = BigInt.asUintN(size * 8, value);
  for (let i = 0; i < size; i++) bytes[i] = Number((rest >> BigInt(8 * i)) & 0xffn);
  const key = bytes.join();
  let address = current.wideConstants.get(key);
  if (address === undefined) {
    address = compiler.addAlignedMemorySegment(bytes, 8).offset.low;
    current.wideConstants.set(key, address);
  }
  compiler.currentType = wideType(compiler, current, name) as AscType;
  return compiler.module.i32(address);
}

/** The type's name, if the call is `u256.from(5)` or the like with a constant. */
function wideFrom(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): string | undefined {
  const { expression, args, typeArguments } = node;
  const [argument, ...more] = args ?? [];
  if (argument === undefined || more.length > 0 || typeArguments != null) return undefined;
  if (expression?.property?.text !== "from" || expression.kind !== asc.NodeKind["PropertyAccess"]) return undefined;
  if (!isConstantNode(asc, current, argument)) return undefined;
  const swallow = asc.ReportMode["Swallow"] as number;
  const found = compiler.resolver.lookupExpression(expression, compiler.currentFlow, undefined, swallow);
  return /\/types\/([ui](?:128|256))\/\1\.from$/.exec(found?.internalName ?? "")?.[1];
}

/** asc's resolver tells the types of expressions that are not compiled yet: of arguments, for type parameters. */
function hookTypes(asc: AscInternals, hookResolver: ResolverHook): void {
  hookResolver<ResolveExpression>(
    "resolveExpression",
    (original) =>
      function (node, flow, type = asc.Type.auto, mode) {
        const current = currentSession();
        const inner = withoutParentheses(asc, node);
        if (current === undefined || !isAuthored(current, inner)) return original.call(this, node, flow, type, mode);
        const value = constantIn(asc, current, inner);
        if (value !== undefined) {
          if (type.isFloatValue) return original.call(this, node, flow, type, mode);
          if (wideName(type) !== undefined) return type.nonNullableType;
          if (enumName(type) !== undefined) return asc.Type.u8;
          const found = constantType(asc, { program: this.program, resolver: this }, current, value, type);
          return found ?? asc.Type.i32;
        }
        const [constant, other] =
          inner.kind === asc.NodeKind["Binary"] && hasCommonType(asc, inner.operator)
            ? [inner.left, inner.right]
            : inner.kind === asc.NodeKind["Ternary"]
              ? [inner.ifThen, inner.ifElse]
              : [];
        if (constant !== undefined && isConstantNode(asc, current, constant)) {
          const beside = original.call(this, other as AscNode, flow, type, asc.ReportMode["Swallow"]);
          if (beside !== null && wideName(beside) !== undefined) {
            return COMPARISONS.some((name) => asc.Token[name] === inner.operator) ? asc.Type.bool : beside;
          }
        }
        return original.call(this, node, flow, type, mode);
      },
  );
}
