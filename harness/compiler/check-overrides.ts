// Checks what a contract's own methods and accessors override: the same parameters, result and kind, no less access, both
// accessors or none. What its bases override was checked with them.

import { formatAbiType } from "../core/abi.js";
import type { Problem } from "./diagnostic.js";
import { markedBy, overriddenBy, type Version } from "./lineage-members.js";
import type { LinkedContract } from "./link-contract.js";
import type { FieldModel, MethodModel, Span } from "./model.js";

/** Problems of a contract's own overrides. */
export function checkOverrides(contract: LinkedContract): Problem[] {
  const { own, families, lineageOf } = contract;
  return own.methods.flatMap((method): Problem[] => {
    if (method.isStatic) return [];
    const access = checkAccess(method, contract);
    if (access !== undefined) return [access];
    const family = families.find(({ versions }) => versions[0]?.method === method);
    if (family === undefined) return [];
    const version = { owner: own, method };
    const before = overriddenBy(version, family.versions, lineageOf);
    const halves = checkAccessors(method, contract);
    return [
      ...halves,
      ...before
        .flatMap((base) => checkFit(method, base) ?? checkKind(method, base, family.versions, contract))
        .slice(0, 1),
    ];
  });
}

function refuse(message: string, span: Span, hint: string): Problem {
  return { code: "QW140", message, span, hint };
}

/** Private members are their class's own, and what others can reach stays within their reach. */
function checkAccess(method: MethodModel, { own, lineage }: LinkedContract): Problem | undefined {
  const { name, nameSpan, access } = method;
  for (const base of lineage.slice(1)) {
    const before = base.methods.find((item) => item.name === name && !item.isStatic);
    if (before === undefined) continue;
    if (before.access === "private") {
      const message = `${name} is a private method of ${base.name}, which ${own.name} extends.`;
      return refuse(message, nameSpan, "Rename it: private methods are not overridden.");
    }
    if (access === "private" || (access === "protected" && before.access === "public")) {
      const message = `${name} is ${access}, but overrides ${base.name}.${name}, which is ${before.access}.`;
      const hint = `Leave out ${access}, or rename it: an override cannot take away what others may call.`;
      return refuse(message, nameSpan, hint);
    }
  }
  return undefined;
}

/** In JavaScript a getter alone hides the setter of a base, and the other way round: what is meant is both. */
function checkAccessors(method: MethodModel, { own, lineage }: LinkedContract): Problem[] {
  const { accessor, name, nameSpan } = method;
  if (accessor === undefined) return [];
  const other = accessor === "get" ? "set" : "get";
  const both = own.methods.find((item) => item.accessor === other && item.name === name && !item.isStatic);
  if (both !== undefined) {
    if (both.access === method.access || accessor === "set") return [];
    const message = `The getter ${name} is ${method.access}, its setter ${both.access}.`;
    const isShared = lineage.slice(1).some((base) => base.methods.some((item) => item.name === name));
    return isShared ? [refuse(message, nameSpan, "Give both the same access: a base has them, too.")] : [];
  }
  const base = lineage
    .slice(1)
    .find(({ methods }) => methods.some((item) => item.accessor === other && item.name === name));
  if (base === undefined) return [];
  const words = { get: "getter", set: "setter" };
  const message = `${own.name} overrides the ${words[accessor]} ${name} alone, but ${base.name} has a ${words[other]} ${name}, too.`;
  return [refuse(message, nameSpan, `Write both: ${other} ${name} can use super.${name}.`)];
}

/** What overrides a member takes and gives the same. */
function checkFit(method: MethodModel, { owner, method: before }: Version): Problem | undefined {
  const what = `${owner.name}.${method.name}`;
  if (signature(method) !== signature(before)) {
    const message = `${method.name} is ${signature(method)}, but overrides ${what}, which is ${signature(before)}.`;
    return refuse(message, method.nameSpan, "Give it the same parameters and result.");
  }
  for (const [index, param] of method.params.entries()) {
    const problem = checkDefault(param, before.params[index] as FieldModel, method, what);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A call that leaves an argument out goes to the last version, with what that says; it has to be known beforehand. */
function checkDefault(param: FieldModel, before: FieldModel, { name }: MethodModel, what: string): Problem | undefined {
  const computed = [param, before].find(
    ({ initializer, literal }) => initializer !== undefined && literal === undefined,
  );
  if (computed !== undefined) {
    const message = `${name} overrides ${what}, so the default of ${computed.name} has to be a number, a text, true, false or null.`;
    return refuse(message, param.initializer ?? param.span, "Leave the default out, and pass the value.");
  }
  if (before.initializer === undefined || param.initializer !== undefined) return undefined;
  const message = `The parameter ${param.name} of ${name} has no default, but ${what} has one, which its callers rely on.`;
  return refuse(message, param.span, `Write ${param.name}: ${param.type.text} = ${before.literal}.`);
}

/** An override that says its kind says that of what it overrides, and whether value can be sent. */
function checkKind(
  method: MethodModel,
  base: Version,
  versions: readonly Version[],
  { lineageOf }: LinkedContract,
): Problem[] {
  const before = markedBy(base, versions, lineageOf);
  if (before === undefined || method.kind === undefined) return [];
  const { name, nameSpan, kind } = method;
  const what = `${before.owner.name}.${name}`;
  if (kind !== before.method.kind) {
    const message = `${name} is @${kind}, but overrides ${what}, which is @${before.method.kind}.`;
    return [refuse(message, nameSpan, `Mark it @${before.method.kind}, or leave the mark out.`)];
  }
  if (method.payable === before.method.payable) return [];
  const message = method.payable
    ? `${name} is @payable, but overrides ${what}, which takes no value.`
    : `${name} takes no value, but overrides ${what}, which is @payable.`;
  const hint = method.payable
    ? "Leave out @payable, or write a method of another name that takes value."
    : `Write @payable, or leave out @${kind} to keep the base's kind, guards and @payable.`;
  return [refuse(message, nameSpan, hint)];
}

/** As it is compared and shown. Type parameters count by their positions. */
function signature({ params, result, typeParams, accessor }: MethodModel): string {
  const text = (type: MethodModel["params"][number]["type"] | undefined) =>
    type === undefined ? "void" : type.abi === undefined ? (type.shape ?? type.text) : formatAbiType(type.abi);
  const types = typeParams.length === 0 ? "" : `<${typeParams.map((_, index) => `T${index + 1}`).join(", ")}>`;
  if (accessor === "get") return text(result);
  const list = params.map(({ type }) => text(type)).join(", ");
  return accessor === "set" ? list : `${types}(${list}): ${text(result)}`;
}
