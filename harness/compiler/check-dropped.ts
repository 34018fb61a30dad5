// Checks that guards are dropped in words alone: by other guards in their place, or by @unguarded.

import type { Problem } from "./diagnostic.js";
import { memberSeenFrom, resolveSigner } from "./guard-scope.js";
import { markedBy, overriddenBy, type Version } from "./lineage-members.js";
import { guardsAt, type LinkedContract, type LinkedGuard } from "./link-contract.js";
import type { MethodModel } from "./model.js";

/** Problems of what a contract's own methods override. */
export function checkDropped(contract: LinkedContract): Problem[] {
  const { own, families, lineageOf } = contract;
  return own.methods.flatMap((method): Problem[] => {
    if (method.isStatic || method.isAccessor) return [];
    const versions = families.find((family) => family.versions[0]?.method === method)?.versions ?? [];
    const marked = overriddenBy({ owner: own, method }, versions, lineageOf).flatMap(
      (before) => markedBy(before, versions, lineageOf) ?? [],
    );
    const unguarded = method.decorators.find(({ name }) => name === "unguarded");
    if (unguarded !== undefined && (method.kind === undefined || marked.every((item) => guardsAt(item).length === 0))) {
      return [checkIdle(method, unguarded, marked)];
    }
    return method.kind === undefined ? checkSilent(method, marked, contract) : checkStated(method, marked, contract);
  });
}

/** `@unguarded` that drops nothing would drop in silence what a base gets later. */
function checkIdle(method: MethodModel, { span }: { span: Problem["span"] }, marked: readonly Version[]): Problem {
  const { name, kind } = method;
  const isGuarded = marked.some((item) => guardsAt(item).length > 0);
  const message =
    kind === undefined && isGuarded
      ? `${name} is @unguarded but states no kind, so it has the kind and the guards of what it overrides.`
      : `${name} is @unguarded, but overrides nothing that has a guard.`;
  const hint =
    kind === undefined && isGuarded
      ? `Write @${marked.find(({ method }) => method.kind !== undefined)?.method.kind} beside it, or leave it out to keep the guards.`
      : "Leave it out: a method has the guards that are written above it.";
  return { code: "QW245", message, span, hint };
}

/** An override without a kind has the kind and guards of what it overrides: they have to be the same in all of it. */
function checkSilent(method: MethodModel, marked: readonly Version[], contract: LinkedContract): Problem[] {
  const [first, ...others] = marked;
  const other = others.find((item) => meaningOf(item, contract) !== meaningOf(first as Version, contract));
  if (first === undefined || other === undefined) return [];
  const { name, nameSpan } = method;
  const message = `${name} overrides ${describe(first)} and ${describe(other)}, and does not say which of both it is.`;
  const hint = "Write its kind above it, and its guards, or @unguarded.";
  return [{ code: "QW143", message, span: nameSpan, hint }];
}

function describe(item: Version): string {
  const { owner, method } = item;
  const marks = [...guardsAt(item).map(writeGuard), ...(method.payable ? ["@payable"] : []), `@${method.kind}`];
  return `${marks.join(" ")} ${owner.name}.${method.name}`;
}

/** Kind, value and guards, by what the names in guards stand for. */
function meaningOf(item: Version, contract: LinkedContract): string {
  const { method } = item;
  const guards = guardsAt(item).map((guard) => {
    const names = guard.args.map(({ text = "" }) => {
      if (guard.name === "role") return text;
      const found =
        guard.name === "signed" ? resolveSigner(guard, contract) : memberSeenFrom(item.owner, text, contract);
      if (found?.what === "param") return `parameter ${found.index}`;
      return found?.what === "method" && found.version.method.access === "private"
        ? `${found.version.owner.file} ${found.version.owner.name}.${text}`
        : text;
    });
    return [guard.name, ...names];
  });
  return JSON.stringify([method.kind, method.payable, guards]);
}

/** An override that states its kind states its guards, too; one that was there before and is not now was forgotten. */
function checkStated(method: MethodModel, marked: readonly Version[], contract: LinkedContract): Problem[] {
  const { own } = contract;
  if (method.decorators.some(({ name }) => name === "unguarded")) return [];
  const stated = guardsAt({ owner: own, method });
  return marked.flatMap((before): Problem[] => {
    const dropped = guardsAt(before).filter((guard) => !stated.some(({ name }) => name === guard.name));
    if (dropped.length === 0) return [];
    const words = dropped.map(writeGuard).join(" ");
    const isOpen = stated.length === 0;
    const message = `${method.name} overrides ${before.owner.name}.${method.name} without its guard${dropped.length > 1 ? "s" : ""} ${words}.`;
    const hint = isOpen
      ? `Write ${words} above it, or leave out @${method.kind} to keep the base's kind and guards. @unguarded says that it is meant to have none.`
      : `Write ${words} above it, too, or @unguarded: it says that the guards beside it are all.`;
    const severity = isOpen ? ("error" as const) : ("warning" as const);
    return [{ code: "QW143", severity, message, span: method.nameSpan, hint, fix: fixFor(method, dropped, contract) }];
  });
}

/** Writes the guards again, where the names in them mean the same in the contract as in the base. */
function fixFor(method: MethodModel, dropped: readonly LinkedGuard[], contract: LinkedContract): Problem["fix"] {
  const { own } = contract;
  const written = dropped.map((guard) => {
    const args = guard.args.map((argument) => {
      if (guard.name === "role") return argument;
      const signer = guard.name === "signed" ? resolveSigner(guard, contract) : undefined;
      const text = signer?.what === "param" ? method.params[signer.index]?.name : argument.text;
      const again = { ...guard, args: [{ ...argument, text }], place: { owner: own, method } };
      const meant =
        guard.name === "signed" ? resolveSigner(again, contract) : memberSeenFrom(own, text ?? "", contract);
      const isSame = meant !== undefined && meant.what !== "private" && meant.what !== "both";
      return isSame && (signer === undefined || signer.what === meant.what) ? { ...argument, text } : undefined;
    });
    return args.some((argument) => argument === undefined)
      ? undefined
      : { ...guard, args: args.flatMap((item) => item ?? []) };
  });
  if (written.some((guard) => guard === undefined)) return undefined;
  const guards = written.flatMap((guard) => guard ?? []);
  const words = guards.map(writeGuard).join(" ");
  return {
    title: `Write ${words}`,
    edits: [{ span: { start: method.span.start, end: method.span.start }, text: `${words} ` }],
    imports: guards.map(({ name }) => name),
  };
}

function writeGuard({ name, args }: Pick<LinkedGuard, "name" | "args">): string {
  return `@${name}${args.length === 0 ? "" : `(${args.map(({ text }) => JSON.stringify(text ?? "")).join(", ")})`}`;
}
