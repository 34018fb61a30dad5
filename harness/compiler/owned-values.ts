// Wide integers in loops without ever more memory. The SDK's memory manager never frees, and every result of u256 and the
// like is new memory; so a variable of such a type that is declared or assigned in a loop owns a buffer. Its value is
// copied there, and what its computation took is given back, if it is certain that nothing else of that is still needed.
// Values stay values: whoever keeps an owned variable's value gets a copy, and only operators and methods of the wide
// types, which keep nothing and give new memory, see the buffer itself. Stored fields have cells: see write-wide-state.

import type {
  AscCompiler,
  AscElement,
  AscFunction,
  AscInternals,
  AscNode,
  AscType,
  Compile,
  ExpressionRef,
  Hook,
} from "./asc-internals.js";
import { active, callFunction, isOfContract, isStartFunction, type Session } from "./checked-session.js";
import { hookOperandReads, markConsumed } from "./operand-reads.js";
import { assigns, isAssignment, someNode, withoutParentheses } from "./operator-facts.js";
import { isPure, isStateField } from "./pure-expressions.js";
import { isWide } from "./wide-types.js";

const RUNTIME = "~lib/rt/contract/";

export function hookOwnedValues(asc: AscInternals, hook: Hook): void {
  hookDeclarations(asc, hook);
  hookReads(asc, hook);
  hookOperandReads(asc, hook);
  hookAssignments(asc, hook);
  hookNumbers(asc, hook);
}

function hookDeclarations(asc: AscInternals, hook: Hook): void {
  hook<(this: AscCompiler, node: AscNode) => ExpressionRef>(
    "compileVariableStatement",
    (original) =>
      function (node) {
        const current = active(this);
        const names = current === undefined ? undefined : ownedNames(asc, this, current);
        if (current === undefined || names === undefined || names.size === 0) return original.call(this, node);
        const owned = (node.declarations ?? []).filter(({ name }) => names.has(name?.text ?? ""));
        const initialized = owned.flatMap(({ initializer }) =>
          initializer == null ? [] : [withoutParentheses(asc, initializer)],
        );
        for (const inner of initialized) {
          current.initializers.set(inner, { isPure: isPure(asc, this, current, inner), type: undefined });
          // It is copied as soon as it is read.
          markConsumed(asc, current, inner, true);
        }
        const result = original.call(this, node);
        for (const { name } of owned) {
          const local = this.currentFlow.lookup(name?.text ?? "");
          if (local !== null && isOwnable(asc, local)) {
            current.owned.add(local);
          }
        }
        return result;
      },
  );
}

/** Variables that asc has put a constant in the place of have no index. */
function isOwnable(asc: AscInternals, local: AscElement): boolean {
  return local.kind === asc.ElementKind["Local"] && (local.index ?? -1) >= 0 && isWide(local.type);
}

/** Names of the variables of a function that are declared or assigned in a loop; parameters are their caller's. */
function ownedNames(asc: AscInternals, compiler: AscCompiler, current: Session): ReadonlySet<string> {
  const { sourceFunction } = compiler.currentFlow;
  const known = current.ownedNames.get(sourceFunction);
  if (known !== undefined) return known;
  const names = new Set<string>();
  current.ownedNames.set(sourceFunction, names);
  if (isStartFunction(sourceFunction)) return names;
  const { declaration, functionTypeNode } = sourceFunction.prototype;
  const { NodeKind } = asc;
  const loops = [NodeKind["For"], NodeKind["While"], NodeKind["Do"]];
  someNode(declaration, (node) => {
    if (!loops.includes(node.kind)) return false;
    collectNames(asc, node, names);
    return false;
  });
  for (const { name } of functionTypeNode.parameters) names.delete(name.text ?? "");
  return names;
}

function collectNames(asc: AscInternals, loop: AscNode, names: Set<string>): void {
  someNode(loop, (node) => {
    if (node.kind === asc.NodeKind["VariableDeclaration"]) names.add(node.name?.text ?? "");
    const target = node.operand ?? (isAssignment(asc, node.operator) ? node.left : undefined);
    const name = target === undefined ? undefined : withoutParentheses(asc, target).text;
    if (name !== undefined && !names.has(name) && assigns(asc, node, name)) names.add(name);
    return false;
  });
}

function hookReads(asc: AscInternals, hook: Hook): void {
  const { NodeKind } = asc;
  hook<Compile>(
    "compileExpression",
    (original) =>
      function (node, type, constraints) {
        const result = original.call(this, node, type, constraints);
        const current = active(this);
        if (current === undefined || !isWide(this.currentType)) return result;
        const inner = withoutParentheses(asc, node);
        const initializer = current.initializers.get(inner);
        if (initializer !== undefined) return settleInitializer(asc, this, current, result, initializer.isPure);
        if (inner.kind !== NodeKind["Identifier"] || current.consumed.has(inner)) return result;
        const local = this.currentFlow.lookup(inner.text ?? "");
        if (local === null || !current.owned.has(local)) return result;
        return settle(this, current, this.module.i32(0), this.module.i32(0), result, this.currentType);
      },
  );
  hook<Compile>(
    "compilePropertyAccessExpression",
    (original) =>
      function (node, type, constraints) {
        const current = active(this);
        const { text } = node.property ?? {};
        if (current === undefined || text === undefined || !current.consumed.has(node)) {
          return original.call(this, node, type, constraints);
        }
        if (!isStateField(asc, this, current, node) || !current.state?.wide.has(text)) {
          return original.call(this, node, type, constraints);
        }
        const fieldType = this.resolver.resolveExpression(node, this.currentFlow, asc.Type.auto, swallow(asc));
        if (fieldType === null) return original.call(this, node, type, constraints);
        const peeked = callFunction(this, current, `${current.sdk}storage/state/peek_${text}`, null, []);
        this.currentType = fieldType;
        return peeked;
      },
  );
}

function hookAssignments(asc: AscInternals, hook: Hook): void {
  hook<Compile>(
    "compileBinaryExpression",
    (original) =>
      function (node, type, constraints) {
        const current = active(this);
        if (current === undefined || !isAssignment(asc, node.operator)) {
          return original.call(this, node, type, constraints);
        }
        if (node.operator === asc.Token["Equals"]) {
          const isCopied = copiesAtOnce(asc, this, current, node.left as AscNode, type === asc.Type.void);
          markConsumed(asc, current, node.right as AscNode, isCopied);
        }
        return withPurity(current, isPure(asc, this, current, node.right as AscNode), () =>
          original.call(this, node, type, constraints),
        );
      },
  );
  for (const name of ["compileUnaryPrefixExpression", "compileUnaryPostfixExpression"]) {
    hook<Compile>(
      name,
      (original) =>
        function (node, type, constraints) {
          const current = active(this);
          if (current === undefined) return original.call(this, node, type, constraints);
          // Where the old value is still needed, it is a copy, and nothing is given back. Nothing comes between reading the
          // operand and its use.
          const isOldNeeded = name === "compileUnaryPostfixExpression" && type !== asc.Type.void;
          markConsumed(asc, current, node.operand as AscNode, !isOldNeeded);
          return withPurity(current, type === asc.Type.void, () => original.call(this, node, type, constraints));
        },
    );
  }
  hook<MakeLocalAssignment>(
    "makeLocalAssignment",
    (original) =>
      function (local, value, type, tee) {
        const current = active(this);
        if (current === undefined || !current.owned.has(local)) return original.call(this, local, value, type, tee);
        const at = this.module.local_get(local.index as number, asc.TypeRef["I32"] as number);
        const settled = settle(this, current, at, mark(this, current, current.isPureAssignment), value, type);
        const result = original.call(this, local, settled, type, tee);
        // Whoever uses the assignment's value keeps a copy.
        return tee ? settle(this, current, this.module.i32(0), this.module.i32(0), result, type) : result;
      },
  );
  hook<MakeAssignment>(
    "makeAssignment",
    (original) =>
      function (target, value, type, node, self, index, tee) {
        const current = active(this);
        const { name } = target;
        const isField = current !== undefined && self?.kind === asc.NodeKind["This"] && isOwnClass(this, current);
        if (!isField || tee || !current.state?.wide.has(name)) {
          return original.call(this, target, value, type, node, self, index, tee);
        }
        const from = mark(this, current, current.isPureAssignment);
        const put = callFunction(this, current, `${current.sdk}storage/state/put_${name}`, null, [from, value]);
        this.currentType = asc.Type.void;
        return put;
      },
  );
}

/** Whether a target copies what it is given as soon as that is read: owned variables, cells if nothing asks for the value. */
function copiesAtOnce(
  asc: AscInternals,
  compiler: AscCompiler,
  current: Session,
  node: AscNode,
  isStatement: boolean,
): boolean {
  const target = withoutParentheses(asc, node);
  if (target.kind === asc.NodeKind["Identifier"]) {
    const local = compiler.currentFlow.lookup(target.text ?? "");
    return local !== null && current.owned.has(local);
  }
  const isCell = current.state?.wide.has(target.property?.text ?? "") === true;
  return isStatement && isCell && isStateField(asc, compiler, current, target);
}

/** In a loop, a comparison of wide values or a number of one gives back what its operands took. */
function hookNumbers(asc: AscInternals, hook: Hook): void {
  for (const name of ["compileForStatement", "compileWhileStatement", "compileDoStatement"]) {
    hook<(this: AscCompiler, node: AscNode) => ExpressionRef>(
      name,
      (original) =>
        function (node) {
          const current = active(this);
          if (current === undefined) return original.call(this, node);
          const { sourceFunction } = this.currentFlow;
          const depth = current.loopDepths.get(sourceFunction) ?? 0;
          current.loopDepths.set(sourceFunction, depth + 1);
          const result = original.call(this, node);
          current.loopDepths.set(sourceFunction, depth);
          return result;
        },
    );
  }
  for (const name of ["compileBinaryExpression", "compileCallExpression"]) {
    hook<Compile>(
      name,
      (original) =>
        function (node, type, constraints) {
          const current = active(this);
          const isInLoop = current !== undefined && (current.loopDepths.get(this.currentFlow.sourceFunction) ?? 0) > 0;
          const gives = isInLoop && takesForNumber(asc, this, current, node) && isPure(asc, this, current, node);
          const result = original.call(this, node, type, constraints);
          if (!gives || !this.currentType.isIntegerValue) return result;
          const from = mark(this, current, true);
          return callFunction(this, current, `${RUNTIME}__released`, [this.currentType], [from, result]);
        },
    );
  }
}

/** Whether it makes a number of a wide value that is itself computed, or compares one. */
function takesForNumber(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): boolean {
  const { NodeKind } = asc;
  const isComputedWide = (operand: AscNode | undefined) => {
    const inner = operand === undefined ? undefined : withoutParentheses(asc, operand);
    if (inner === undefined || inner.kind === NodeKind["Identifier"] || isStateField(asc, compiler, current, inner)) {
      return false;
    }
    return isWide(compiler.resolver.resolveExpression(inner, compiler.currentFlow, asc.Type.auto, swallow(asc)));
  };
  if (node.kind === NodeKind["Binary"]) return isComputedWide(node.left) || isComputedWide(node.right);
  const callee = node.expression as AscNode;
  return callee.kind === NodeKind["PropertyAccess"] && isComputedWide(callee.expression);
}

type MakeLocalAssignment = (
  this: AscCompiler,
  local: AscElement,
  value: ExpressionRef,
  type: AscType,
  tee: boolean,
) => ExpressionRef;
type MakeAssignment = (
  this: AscCompiler,
  target: AscElement,
  value: ExpressionRef,
  type: AscType,
  node: AscNode,
  self: AscNode | null,
  index: AscNode | null,
  tee: boolean,
) => ExpressionRef;

function isOwnClass(compiler: AscCompiler, { state }: Session): boolean {
  const { internalName }: AscFunction = compiler.currentFlow.sourceFunction;
  return state !== undefined && isOfContract(internalName, state);
}

function withPurity<T>(current: Session, isPureNow: boolean, compile: () => T): T {
  const before = current.isPureAssignment;
  current.isPureAssignment = isPureNow;
  try {
    return compile();
  } finally {
    current.isPureAssignment = before;
  }
}

/** A variable that is declared in a loop finds the buffer of the time before in a local of its own. */
function settleInitializer(
  asc: AscInternals,
  compiler: AscCompiler,
  current: Session,
  value: ExpressionRef,
  isPureValue: boolean,
): ExpressionRef {
  const buffer = compiler.currentFlow.getTempLocal(asc.Type.i32).index as number;
  const at = compiler.module.local_get(buffer, asc.TypeRef["I32"] as number);
  const settled = settle(compiler, current, at, mark(compiler, current, isPureValue), value, compiler.currentType);
  return compiler.module.local_tee(buffer, settled, false);
}

function mark(compiler: AscCompiler, current: Session, isPureValue: boolean): ExpressionRef {
  return isPureValue ? callFunction(compiler, current, `${RUNTIME}__mark`, null, []) : compiler.module.i32(0);
}

function settle(
  compiler: AscCompiler,
  current: Session,
  at: ExpressionRef,
  from: ExpressionRef,
  value: ExpressionRef,
  type: AscType,
): ExpressionRef {
  const size = compiler.module.i32(/128$/.test(type.toString()) ? 16 : 32);
  return callFunction(compiler, current, `${RUNTIME}__settle`, null, [at, from, value, size]);
}

function swallow(asc: AscInternals): number {
  return asc.ReportMode["Swallow"] as number;
}
