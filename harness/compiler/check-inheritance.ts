// Checks a contract with its bases: members that do not meet, overrides that fit what they override, nothing left abstract,
// every base set up once.

import { checkInterfaceUse, checkLineage, checkReach } from "./check-lineage.js";
import { checkOverrides } from "./check-overrides.js";
import type { Problem } from "./diagnostic.js";
import { calledVersion, type LinkedContract } from "./link-contract.js";
import type { ContractModel, MethodModel, SourceModel } from "./model.js";

/** Problems of a hierarchy, placed in the file of the contract itself. `sources` are its file and what it imports. */
export function checkInheritance(contract: LinkedContract, sources: readonly SourceModel[]): Problem[] {
  const problems = [...contract.problems, ...checkReach(contract), ...checkInterfaceUse(contract)];
  if (contract.lineage.length === 1) return [...problems, ...checkAbstract(contract)];
  return [
    ...problems,
    ...checkLineage(contract, sources),
    ...checkOverrides(contract),
    ...checkAbstract(contract),
    ...checkSetUp(contract),
  ];
}

/** A contract that gives a module has a body for everything. */
function checkAbstract({ own, families }: LinkedContract): Problem[] {
  if (own.isAbstract) return [];
  return families
    .flatMap(({ versions }) => versions.slice(0, 1))
    .filter(({ method }) => method.isAbstract)
    .map(({ owner, method: { name, nameSpan } }) => ({
      code: "QW140",
      message: `${own.name} does not write ${owner === own ? "the body of " : ""}${name}${owner === own ? "" : `, which ${owner.name} leaves to it`}.`,
      span: owner === own ? nameSpan : own.nameSpan,
      hint: owner === own ? "Write its body, or make the class abstract." : `Write ${name} in ${own.name}.`,
    }));
}

/** An @init of its own has to set up every base that has one, once: by `super.name()` or `this.name()`. */
function checkSetUp(contract: LinkedContract): Problem[] {
  const { own, lineage, init } = contract;
  if (own.isAbstract || init === undefined) return [];
  const needed = lineage.flatMap((owner) =>
    owner === init.owner
      ? []
      : owner.methods.filter(({ kind }) => kind === "init").map((method) => ({ owner, method })),
  );
  const reached = callsFrom(init, contract, init.owner);
  return needed.flatMap(({ owner, method }): Problem[] => {
    const count = reached.filter((called) => called === method).length;
    if (count === 1) return [];
    const span = init.owner === own ? init.nameSpan : own.nameSpan;
    const call = init.name === method.name ? `super.${method.name}` : `this.${method.name}`;
    const message =
      count === 0
        ? `${init.owner.name}.${init.name} does not set up ${owner.name}: it never calls its @init method ${method.name}.`
        : `${init.owner.name}.${init.name} sets up ${owner.name} ${count} times: its @init method ${method.name} is to run once.`;
    const hint = count === 0 ? `Call ${call}(...) in it.` : "Keep one of the calls.";
    const at = (init.bodySpan?.start ?? 0) + 1;
    const canCall = count === 0 && init.owner === own && init.bodySpan !== undefined && method.params.length === 0;
    const edits = [{ span: { start: at, end: at }, text: `\n    ${call}();` }];
    return [{ code: "QW144", message, span, hint, fix: canCall ? { title: `Call ${call}()`, edits } : undefined }];
  });
}

/** Every method that a method's body calls, directly or not, as often as it is called in the text. */
function callsFrom(
  method: MethodModel,
  contract: LinkedContract,
  from: ContractModel,
  path: readonly MethodModel[] = [],
): MethodModel[] {
  if (path.includes(method)) return [];
  return method.body.calls.flatMap((call) => {
    if (call.kind !== "method" && call.kind !== "super") return [];
    const called = calledVersion(contract, from, call.name, call.kind === "super" ? "super" : "this");
    if (called === undefined) return [];
    return [called.method, ...callsFrom(called.method, contract, called.owner, [...path, method])];
  });
}
