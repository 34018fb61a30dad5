// Warns of public methods without a guard that call a guarded one of their own contract: guards are asked of calls from
// outside alone, so the way around stays open. A method that looks at who calls, or at the pause, guards itself.

import type { Problem } from "./diagnostic.js";
import type { Version } from "./lineage-members.js";
import { calledVersion, type LinkedContract, type LinkedGuard, type LinkedMethod } from "./link-contract.js";
import type { MethodModel, SourceModel, Span } from "./model.js";

/** Warnings for a contract's own methods. `sources` are its file and what it imports. */
export function checkInternalCalls(contract: LinkedContract, sources: readonly SourceModel[]): Problem[] {
  return contract.methods.flatMap((method): Problem[] => {
    const isOpen = method.guards.every(({ name }) => name === "nonReentrant");
    if (method.owner !== contract.own || !isOpen || (method.kind !== "execute" && method.kind !== "query")) return [];
    const state: Walk = { contract, sources, seen: new Set(), looksAt: new Set() };
    const found = findGuarded({ owner: method.owner, method }, state);
    if (found === undefined) return [];
    const { guard, called, span } = found;
    const words = `@${guard.name}${guard.args.length === 0 ? "" : `(${guard.args.map(({ text }) => JSON.stringify(text ?? "")).join(", ")})`}`;
    return [
      {
        code: "QW246",
        severity: "warning",
        message: `Anybody can call ${method.name}, which calls ${called.name}: its guard ${words} is not asked then.`,
        span,
        hint: `Guard ${method.name} too, or move what both do to a protected method.`,
      },
    ];
  });
}

interface Walk {
  readonly contract: LinkedContract;
  readonly sources: readonly SourceModel[];
  readonly seen: Set<MethodModel>;
  /** What has been looked at by hand so far: `caller`, `paused`, names of methods. */
  readonly looksAt: Set<string>;
}

interface Found {
  readonly called: LinkedMethod;
  readonly guard: LinkedGuard;
  /** In the method where the way begins. */
  readonly span: Span;
}

/** The first call on the way that a guard stands before, in the order of the source. */
function findGuarded({ owner, method }: Version, walk: Walk): Found | undefined {
  const { contract, sources, seen, looksAt } = walk;
  if (seen.has(method)) return undefined;
  seen.add(method);
  const isIn = (span: Span) => method.span.start <= span.start && span.end <= method.span.end;
  const accesses = sources.find(({ file }) => file === owner.file)?.accesses ?? [];
  const looks = [
    ...accesses
      .filter(({ of, name, span }) => of === "context" && name === "caller" && isIn(span))
      .map(({ span }) => ({ name: "caller", span })),
    ...method.uses.filter(({ by }) => by === "this"),
  ];
  for (const call of method.body.calls) {
    if (call.kind !== "method") continue;
    for (const { name, span } of looks) if (span.start < call.span.start) looksAt.add(name);
    const version = calledVersion(contract, owner, call.name, "this");
    if (version === undefined) continue;
    const called = contract.methods.find((item) => item.name === call.name && item.owner === version.owner);
    if (called?.kind === undefined) {
      const found = findGuarded(version, walk);
      if (found !== undefined) return { ...found, span: call.span };
      continue;
    }
    const guard = called.guards.find((item) => !isAskedByHand(item, looksAt));
    if (guard !== undefined && called.kind !== "init") return { called, guard, span: call.span };
  }
  for (const { name } of looks) looksAt.add(name);
  return undefined;
}

function isAskedByHand({ name, args }: LinkedGuard, looksAt: ReadonlySet<string>): boolean {
  if (name === "nonReentrant") return true;
  if (name === "only" || name === "role") return looksAt.has("caller");
  if (name === "guard") return looksAt.has(args[0]?.text ?? "");
  return name !== "signed" && looksAt.has("paused");
}
