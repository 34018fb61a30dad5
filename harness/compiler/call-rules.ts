// Rules of calls that need asc's types: what u256.from and the like are given.

import type { AscCompiler, AscInternals, AscNode, Compile, Hook } from "./asc-internals.js";
import { addFinding, currentSession, isAuthored, type Session } from "./checked-session.js";
import { wideConstant } from "./literals.js";
import { nameOf } from "./type-rules.js";
import { wideName } from "./wide-types.js";

export function hookCallRules(asc: AscInternals, hook: Hook): void {
  hook<Compile>(
    "compileCallExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        if (current === undefined || !isAuthored(current, node)) return original.call(this, node, type, constraints);
        const name = refuseFrom(asc, this, current, node);
        if (name === undefined) return original.call(this, node, type, constraints);
        return wideConstant(this, current, name, 0n, node);
      },
  );
}

/** The type's name, if the call is `u256.from(x)` or the like and x is no integer, which is reported. */
function refuseFrom(asc: AscInternals, compiler: AscCompiler, current: Session, node: AscNode): string | undefined {
  const callee = node.expression;
  const [argument, ...more] = node.args ?? [];
  if (callee?.property?.text !== "from" || argument === undefined || more.length > 0) return undefined;
  const { resolver, currentFlow: flow } = compiler;
  const swallow = asc.ReportMode["Swallow"] as number;
  const found = resolver.lookupExpression(callee, flow, undefined, swallow);
  const name = /\/types\/([ui](?:128|256))\/\1\.from$/.exec(found?.internalName ?? "")?.[1];
  if (name === undefined) return undefined;
  const type = resolver.resolveExpression(argument, flow, asc.Type.auto, swallow);
  if (type === null || type.isIntegerValue || type.isFloatValue) return undefined;
  if (wideName(type) !== undefined && !type.isNullableReference) return undefined;
  const isText = type.getClass()?.internalName === "~lib/string/String" && !type.isNullableReference;
  const { start, end } = callee.property.range;
  addFinding(current, {
    code: "QW215",
    message: `${name}.from() takes an integer, and this is of type ${nameOf(type)}.`,
    hint: isText
      ? `${name}.parse(text) reads a number in decimal digits.`
      : type.isNullableReference
        ? "Test it with !== null before, and write value! then."
        : `Its fields or bytes may be numbers; as a whole it is none.`,
    node: argument,
    ...(isText ? { fix: { title: `Write ${name}.parse`, edits: [{ start, end, text: "parse" }] } } : {}),
  });
  return name;
}
