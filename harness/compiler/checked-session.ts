// One compilation with checked operators: whose functions are checked, what is being compiled, and how a check is made.

import { InternalError } from "../core/errors.js";
import type { AscCompiler, AscFunction, AscInternals, AscNode, AscType, ExpressionRef } from "./asc-internals.js";
import {
  contains,
  type Interval,
  intervalOf,
  isConstant,
  isOne,
  OPERATIONS,
  type Operation,
  typeInterval,
} from "./operator-facts.js";

/** What is checked in one compilation. */
export interface CheckedSources {
  /** Paths of the author's files, as asc has them, with ending. */
  readonly files: ReadonlySet<string>;
  /** Path of the SDK's folder, with a slash at its end. */
  readonly sdk: string;
  /** The contract's own fields, if there is a contract. */
  readonly state?: StateFields;
}

/** The stored fields that are read without keeping memory: numbers, and wide integers, which have a cell of their own. */
export interface StateFields {
  /** asc's names of the contract's class and its bases: `contracts/token/Token`. */
  readonly classNames: ReadonlySet<string>;
  readonly plain: ReadonlySet<string>;
  readonly wide: ReadonlySet<string>;
}

/** A mistake that only asc's types show. */
export interface OperatorFinding {
  readonly code: string;
  readonly message: string;
  readonly node: AscNode;
  readonly hint?: string;
  readonly fix?: OperatorFix;
}

/** What mends it: texts before and behind a node, or in its place. */
export interface OperatorFix {
  readonly title: string;
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

export interface Session extends CheckedSources {
  readonly findings: OperatorFinding[];
  readonly checkedFunctions: Map<AscFunction, boolean>;
  /** For the increment of a loop its condition, for the condition the type that it was compared in. */
  readonly counters: WeakMap<AscNode, AscNode>;
  readonly comparedIn: WeakMap<AscNode, AscType>;
  /** The author's call being compiled, and the one at which asc failed. */
  call: AscNode | undefined;
  crashedAt: AscNode | undefined;
  /** The expression being compiled and the one around it. */
  node: AscNode | undefined;
  parent: AscNode | undefined;
  /** The `-`, `++` or `--` whose instruction comes next. */
  unary: { readonly compiler: AscCompiler; readonly node: AscNode } | undefined;
  lastComparison: AscType | undefined;
  /** For literals.ts: what expressions of literals are, the types expected of some, where wide ones lie in memory. */
  readonly constants: WeakMap<AscNode, bigint | undefined>;
  readonly expected: WeakMap<AscNode, AscType>;
  readonly wideConstants: Map<string, number>;
  /** For type-rules.ts: right sides of `&&` and `||` whose value nothing asks for. */
  readonly dropped: WeakSet<AscNode>;
  /** For enum-types.ts: in how many comparisons the compilation is, and what stands behind `case`. */
  comparing: number;
  readonly labels: WeakSet<AscNode>;
  /** For compound-targets.ts: how many variables it has made. */
  bound: number;
  /** For owned-values.ts: see there. */
  readonly ownedNames: Map<AscFunction, ReadonlySet<string>>;
  readonly owned: WeakSet<object>;
  readonly consumed: WeakSet<AscNode>;
  readonly initializers: WeakMap<AscNode, { isPure: boolean; type: AscType | undefined }>;
  isPureAssignment: boolean;
  /** In how many loops of a function its compilation is. */
  readonly loopDepths: Map<AscFunction, number>;
}

let session: Session | undefined;

/** Compiles in a session of its own. Compilation is synchronous, so there is never more than one. */
export function inSession<T>(
  sources: CheckedSources,
  compile: () => T,
  crashed: (at: AscNode | undefined) => void = () => {},
): { result: T; findings: OperatorFinding[] } {
  const started: Session = {
    ...sources,
    findings: [],
    checkedFunctions: new Map(),
    counters: new WeakMap(),
    comparedIn: new WeakMap(),
    call: undefined,
    crashedAt: undefined,
    node: undefined,
    parent: undefined,
    unary: undefined,
    lastComparison: undefined,
    constants: new WeakMap(),
    expected: new WeakMap(),
    wideConstants: new Map(),
    dropped: new WeakSet(),
    comparing: 0,
    labels: new WeakSet(),
    bound: 0,
    ownedNames: new Map(),
    owned: new WeakSet(),
    consumed: new WeakSet(),
    initializers: new WeakMap(),
    isPureAssignment: false,
    loopDepths: new Map(),
  };
  session = started;
  try {
    return { result: compile(), findings: started.findings };
  } catch (error) {
    crashed(started.crashedAt);
    throw error;
  } finally {
    session = undefined;
  }
}

export function currentSession(): Session | undefined {
  return session;
}

/** The session, if the function being compiled is to be checked. */
export function active(compiler: AscCompiler): Session | undefined {
  if (session === undefined) return undefined;
  const { sourceFunction } = compiler.currentFlow;
  let isChecked = session.checkedFunctions.get(sourceFunction);
  if (isChecked === undefined) {
    isChecked = isCheckedFunction(sourceFunction, session.files);
    session.checkedFunctions.set(sourceFunction, isChecked);
  }
  return isChecked ? session : undefined;
}

/** What the compiler adds to the author's records: sums of lengths that memory bounds. */
const GENERATED = new Set([
  "__length",
  "__encode",
  "__decode",
  "__refresh",
  "__minimum",
  "__topicAt",
  "__topicLength",
  "__code",
]);

/** Whether the compiler has added a function to the author's record. */
export function isGeneratedFunction({ name }: AscFunction): boolean {
  return GENERATED.has(name);
}

/** Whether a function runs the initializers of a file: `start:contracts/a`. Those in them are `start:contracts/a~anonymous|0`. */
export function isStartFunction({ internalName }: AscFunction): boolean {
  return internalName.startsWith("start:") && !internalName.includes("|");
}

function isCheckedFunction(candidate: AscFunction, files: ReadonlySet<string>): boolean {
  const { internalName, name, prototype } = candidate;
  // The initializers of a file's variables are compiled in a function that has no source; the functions in them have one.
  if (isStartFunction(candidate)) return files.has(`${internalName.slice("start:".length)}.ts`);
  if (GENERATED.has(name) || isWrappingFunction(candidate)) return false;
  if (files.has(prototype.declaration.range.source.normalizedPath)) return true;
  // A constructor that asc makes, for the fields' initializers, has no source either.
  const owner = candidate.parent?.declaration?.range.source.normalizedPath;
  return name === "constructor" && owner !== undefined && files.has(owner);
}

/** Whether `@wrapping` stands at the function, or at one around it. */
export function isWrappingFunction(candidate: AscFunction): boolean {
  const { decoratorNodes } = candidate.prototype;
  if ((decoratorNodes ?? []).some((decorator) => decorator.name.text === "wrapping")) return true;
  const around = candidate.parent as AscFunction | undefined;
  return around?.prototype?.functionTypeNode !== undefined && isWrappingFunction(around);
}

/** The operator's result as T, or a failure: constants folded, bare where it surely fits, else a call. */
export function checkOperation(
  asc: AscInternals,
  compiler: AscCompiler,
  current: Session,
  name: Operation,
  left: ExpressionRef,
  right: ExpressionRef,
  type: AscType,
  bare: () => ExpressionRef,
): ExpressionRef {
  const range = typeInterval(asc.TypeKind, type) as Interval;
  const a = intervalOf(asc, left, type);
  const b = intervalOf(asc, right, type);
  const { sign, results } = OPERATIONS[name];
  const outcome = results(a, b);
  const fits = outcome !== undefined && contains(range, outcome);
  if (isOne(a) && isOne(b)) {
    // Of an operand whose value is known what it does is still wanted: only constants do nothing.
    if (fits)
      return [left, right].every((operand) => isConstant(asc, operand))
        ? makeConstant(compiler, type, outcome.least)
        : bare();
    const problem = outcome === undefined ? "has no value" : `is not a value of ${type}`;
    report(current, `${a.least} ${sign} ${b.least} ${problem}.`);
  } else if (fits) return bare();
  const operands = [left, right].map((operand) => compiler.ensureSmallIntegerWrap(operand, type));
  return callHelper(compiler, current, name, [type], operands);
}

/** An operation on constants that can never succeed. */
export function report(session: Session, message: string, node = session.node): void {
  if (node !== undefined) addFinding(session, { code: "QW191", message, node });
}

/** Adds a finding, unless its place has one of the code already: generic code is compiled more than once. */
export function addFinding({ findings }: Session, finding: OperatorFinding): void {
  const { start, end, source } = finding.node.range;
  const isKnown = findings.some(
    ({ code, node: { range } }) =>
      code === finding.code && range.source === source && range.start === start && range.end === end,
  );
  if (!isKnown) findings.push(finding);
}

/** Whether a node stands in one of the author's files, checked or not. */
export function isAuthored({ files }: Session, node: AscNode): boolean {
  return files.has(node.range.source.normalizedPath);
}

export function makeConstant({ module }: AscCompiler, type: AscType, value: bigint): ExpressionRef {
  const low = Number(BigInt.asIntN(32, value));
  return type.size === 64 ? module.i64(low, Number(BigInt.asIntN(32, value >> 32n))) : module.i32(low);
}

/** Calls a function of sdk-as/checked.ts for the given types. */
export function callHelper(
  compiler: AscCompiler,
  current: Session,
  name: string,
  types: readonly AscType[],
  operands: readonly ExpressionRef[],
): ExpressionRef {
  return callFunction(compiler, current, `${current.sdk}checked/${name}`, types, operands);
}

/** Calls a function by asc's name for it. The compiler's current type stays what it was. */
export function callFunction(
  compiler: AscCompiler,
  current: Session,
  path: string,
  types: readonly AscType[] | null,
  operands: readonly ExpressionRef[],
): ExpressionRef {
  const before = compiler.currentType;
  const instance = compiler.resolver.resolveFunction(helperNamed(compiler, path), types);
  if (instance === null) throw new InternalError(`${path} cannot be made for ${types?.join(", ")}.`);
  const node = current.node ?? compiler.currentFlow.sourceFunction.prototype.declaration;
  const call = compiler.makeCallDirect(instance, operands, node);
  compiler.currentType = before;
  return call;
}

export function helperNamed(compiler: Pick<AscCompiler, "program">, path: string): object {
  const helper = compiler.program.elementsByName.get(path);
  if (helper === undefined) throw new InternalError(`The SDK has no ${path}, which a checked operator calls.`);
  return helper;
}

/** Whether a member's name in asc, `contracts/token/Token#transfer`, is of the contract or one of its bases. */
export function isOfContract(internalName: string, state: StateFields): boolean {
  const end = internalName.indexOf("#");
  return end >= 0 && state.classNames.has(internalName.slice(0, end));
}
