// Checks that what sets a contract up runs at deployment alone: no way leads from a method that others can call to an @init
// method, which would set up anew, for whoever calls, what is there already.

import type { Problem } from "./diagnostic.js";
import { markedBy, type Version } from "./lineage-members.js";
import { calledVersion, type LinkedContract } from "./link-contract.js";
import type { MethodModel, Span } from "./model.js";

/** Problems of a contract's own methods. Those of its bases were checked with them. */
export function checkSetUpOnce(contract: LinkedContract): Problem[] {
  return contract.methods.flatMap((method): Problem[] => {
    if (method.owner !== contract.own || (method.kind !== "execute" && method.kind !== "query")) return [];
    const version = { owner: method.owner, method };
    const found = findInit(version, contract, new Set());
    if (found === undefined) return [];
    const { name } = found.init;
    return [
      {
        code: "QW249",
        message: `${method.name} leads to the @init method ${name}, which sets the contract up anew for whoever calls.`,
        span: found.span,
        hint: `Move what both do to a protected method, and call that. What has to be set at deployment alone stays in ${name}.`,
      },
    ];
  });
}

/** The first call on a way to an @init method, and that method. */
function findInit(
  { owner, method }: Version,
  contract: LinkedContract,
  seen: Set<string>,
): { readonly init: MethodModel; readonly span: Span } | undefined {
  const key = `${contract.lineage.indexOf(owner)} ${method.name}`;
  if (seen.has(key)) return undefined;
  seen.add(key);
  for (const call of method.body.calls) {
    if (call.kind !== "method" && call.kind !== "super") continue;
    const called = calledVersion(contract, owner, call.name, call.kind === "super" ? "super" : "this");
    if (called === undefined) continue;
    const init = isInit(called, contract) ? called.method : findInit(called, contract, seen)?.init;
    if (init !== undefined) return { init, span: call.span };
  }
  return undefined;
}

/** Whether a version is an @init method, by its own mark or that of what it overrides. */
function isInit(version: Version, { families, lineageOf }: LinkedContract): boolean {
  const versions = families.find((family) => family.versions.some(({ method }) => method === version.method))?.versions;
  return markedBy(version, versions ?? [], lineageOf)?.method.kind === "init";
}
