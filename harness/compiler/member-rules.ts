// Rules of members that need asc's types: what u256.from and the like are given, and who may use what is private.

import type {
  AscCompiler,
  AscElement,
  AscFlow,
  AscInternals,
  AscNode,
  AscResolver,
  AscType,
  Compile,
  Hook,
  ResolverHook,
} from "./asc-internals.js";
import { addFinding, currentSession, isAuthored, type Session } from "./checked-session.js";
import { wideConstant } from "./literals.js";
import { nameOf } from "./type-rules.js";
import { wideName } from "./wide-types.js";

export function hookMemberRules(asc: AscInternals, hook: Hook, hookResolver: ResolverHook): void {
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
  hookPrivate(asc, hookResolver);
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

type LookupMember = (
  this: AscResolver,
  node: AscNode,
  flow: AscFlow,
  type: AscType,
  mode: number | undefined,
) => AscElement | null;

/** asc lets everybody use what is private or protected. */
function hookPrivate(asc: AscInternals, hookResolver: ResolverHook): void {
  hookResolver<LookupMember>(
    "lookupPropertyAccessExpression",
    (original) =>
      function (node, flow, type, mode) {
        const found = original.call(this, node, flow, type, mode);
        const current = currentSession();
        if (current === undefined || found === null || !isAuthored(current, node)) return found;
        const isPrivate = found.is(asc.CommonFlags["Private"] as number);
        if (!isPrivate && !found.is(asc.CommonFlags["Protected"] as number)) return found;
        const owner = classOf(asc, found);
        // The members of contracts and their bases have rules of their own: a base calls what overrides its methods.
        if (owner === undefined || current.state?.classNames.has(owner.internalName)) return found;
        if (isInside(asc, flow, owner, isPrivate)) return found;
        addFinding(current, {
          code: "QW218",
          message: `${found.name} is ${isPrivate ? "private" : "protected"} in ${owner.name}.`,
          hint: isPrivate
            ? `Give ${owner.name} a method for it, or make it public.`
            : `Only ${owner.name} and what extends it use it; give it a method, or make it public.`,
          node: node.property as AscNode,
        });
        return found;
      },
  );
}

/** The prototype of the class that something stands in, whatever its type arguments. */
function classOf(asc: AscInternals, element: AscElement): AscElement | undefined {
  for (let at: AscElement | undefined = element.parent; at !== undefined && at !== at.parent; at = at.parent) {
    if (at.kind === asc.ElementKind["Class"]) return at.prototype;
    if (at.kind === asc.ElementKind["ClassPrototype"]) return at;
    if (at.kind === asc.ElementKind["File"]) return undefined;
  }
  return undefined;
}

function isInside(asc: AscInternals, flow: AscFlow, owner: AscElement, isPrivate: boolean): boolean {
  const own = classOf(asc, flow.sourceFunction as unknown as AscElement);
  if (isPrivate) return own === owner;
  for (let at: AscElement | null | undefined = own; at != null; at = at.basePrototype) if (at === owner) return true;
  return false;
}
