// Checks a contract with its bases: no two members of a name, overrides that fit what they override, nothing left abstract,
// every base set up once.

import { formatAbiType } from "../core/abi.js";
import type { Problem } from "./diagnostic.js";
import type { LinkedContract } from "./link-contract.js";
import type { ContractModel, MethodModel, Span } from "./model.js";

/** Problems of a hierarchy, placed in the file of the contract itself. */
export function checkInheritance(contract: LinkedContract): Problem[] {
  if (contract.lineage.length === 1) return [...contract.problems, ...checkAbstract(contract)];
  return [
    ...contract.problems,
    ...checkMembers(contract),
    ...checkOverrides(contract),
    ...checkAbstract(contract),
    ...checkSetUp(contract),
  ];
}

interface Member {
  readonly name: string;
  readonly owner: ContractModel;
  readonly span: Span;
  readonly what: "field" | "method";
}

/** Fields are slots of one storage, and share their names with methods. */
function checkMembers({ own, lineage }: LinkedContract): Problem[] {
  const members = [...lineage]
    .reverse()
    .flatMap((owner): Member[] => [
      ...owner.slots.map(({ name, span }) => ({ name, owner, span, what: "field" as const })),
      ...owner.methods
        .filter((method) => !method.isAccessor && !method.isStatic)
        .map(({ name, nameSpan }) => ({ name, owner, span: nameSpan, what: "method" as const })),
    ]);
  const seen = new Map<string, Member>();
  return members.flatMap((member) => {
    const before = seen.get(member.name);
    if (before === undefined) seen.set(member.name, member);
    if (before === undefined || before.owner === member.owner) return [];
    if (before.what === "method" && member.what === "method") return [];
    const isOwn = member.owner === own;
    const both = `the ${before.what} ${member.name} of ${before.owner.name}`;
    const message = isOwn
      ? `${member.name} is also ${both}, which ${own.name} extends.`
      : `${own.name} cannot extend both ${before.owner.name} and ${member.owner.name}: each has a member named ${member.name}.`;
    const hint = isOwn
      ? "Rename it, or use the base's."
      : "Extend one of them, or rename the member in the base that is yours.";
    return [{ code: "QW107", message, span: isOwn ? member.span : (own.heritage ?? own.nameSpan), hint }];
  });
}

/** What overrides a method takes and gives the same, and does not turn a query into something that writes. */
function checkOverrides({ own, lineage }: LinkedContract): Problem[] {
  return own.methods.flatMap((method): Problem[] => {
    const base = lineage.slice(1).find((item) => item.methods.some(({ name }) => name === method.name));
    const before = base?.methods.find(({ name }) => name === method.name);
    if (base === undefined || before === undefined || method.isStatic || method.isAccessor) return [];
    const what = `${base.name}.${method.name}`;
    if (before.access === "private") {
      const message = `${method.name} is a private method of ${base.name}, which ${own.name} extends.`;
      return [
        { code: "QW140", message, span: method.nameSpan, hint: "Rename it: private methods are not overridden." },
      ];
    }
    if (signature(method) !== signature(before)) {
      const message = `${method.name} is ${signature(method)}, but overrides ${what}, which is ${signature(before)}.`;
      return [{ code: "QW140", message, span: method.nameSpan, hint: "Give it the same parameters and result." }];
    }
    if (method.kind !== undefined && before.kind !== undefined && method.kind !== before.kind) {
      const message = `${method.name} is @${method.kind}, but overrides ${what}, which is @${before.kind}.`;
      return [
        { code: "QW140", message, span: method.nameSpan, hint: `Mark it @${before.kind}, or leave the mark out.` },
      ];
    }
    return [];
  });
}

function signature({ params, result }: MethodModel): string {
  const text = (type: MethodModel["params"][number]["type"] | undefined) =>
    type === undefined ? "void" : type.abi === undefined ? type.text : formatAbiType(type.abi);
  return `(${params.map(({ type }) => text(type)).join(", ")}): ${text(result)}`;
}

/** A contract that gives a module has a body for everything. */
function checkAbstract({ own, methods }: LinkedContract): Problem[] {
  if (own.isAbstract) return [];
  return methods
    .filter((method) => method.isAbstract)
    .map(({ name, owner, nameSpan }) => ({
      code: "QW140",
      message: `${own.name} does not write ${owner === own ? "the body of " : ""}${name}${owner === own ? "" : `, which ${owner.name} leaves to it`}.`,
      span: owner === own ? nameSpan : own.nameSpan,
      hint: owner === own ? "Write its body, or make the class abstract." : `Write ${name} in ${own.name}.`,
    }));
}

/** An @init of its own has to set up every base that has one, once: by `super.name()` or `this.name()`. */
function checkSetUp({ own, lineage, init }: LinkedContract): Problem[] {
  if (own.isAbstract || init === undefined) return [];
  const needed = lineage.flatMap((owner) =>
    owner === init.owner
      ? []
      : owner.methods.filter(({ kind }) => kind === "init").map((method) => ({ owner, method })),
  );
  const reached = callsFrom(init, lineage, lineage.indexOf(init.owner));
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
  lineage: readonly ContractModel[],
  at: number,
  path: readonly MethodModel[] = [],
): MethodModel[] {
  if (path.includes(method)) return [];
  return method.body.calls.flatMap((call) => {
    if (call.kind !== "method" && call.kind !== "super") return [];
    const from = call.kind === "super" ? at + 1 : 0;
    const owner = lineage.findIndex(
      (item, index) => index >= from && item.methods.some(({ name }) => name === call.name),
    );
    const called = lineage[owner]?.methods.find(({ name }) => name === call.name);
    return called === undefined ? [] : [called, ...callsFrom(called, lineage, owner, [...path, method])];
  });
}
