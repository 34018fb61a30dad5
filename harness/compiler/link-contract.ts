// A contract and its base contracts as one: the order in which they are looked up (C3, as in Solidity and Python), the
// methods that count, the fields of all. What cannot be put together is a problem; check-contract reports it.

import type { AbiGuard } from "../core/abi.js";
import { generatedSlot, generatedType } from "./asc-types.js";
import type { Problem } from "./diagnostic.js";
import { GUARDS } from "./guards.js";
import { type Family, type LineageOf, markedBy, nameVersions, readFamilies, type Version } from "./lineage-members.js";
import type { ContractModel, DecoratorModel, MethodModel, SlotModel, SourceModel } from "./model.js";

/** A guard and the declaration that it is written at: what it names is looked up from there. */
export interface LinkedGuard extends DecoratorModel {
  readonly place: Version;
}

/** A method as it is called: its last version, of kind and with guards of its own or else of what it overrides. */
export interface LinkedMethod extends MethodModel {
  readonly owner: ContractModel;
  /** In order. */
  readonly guards: readonly LinkedGuard[];
}

export interface LinkedSlot extends SlotModel {
  readonly owner: ContractModel;
}

export interface LinkedContract {
  readonly own: ContractModel;
  /** The contract itself and its bases, in the order in which a method is looked up. */
  readonly lineage: readonly ContractModel[];
  /** The lineage of one of its classes by itself. */
  readonly lineageOf: LineageOf;
  readonly slots: readonly LinkedSlot[];
  /** Every method and accessor with all its versions, static ones left out. */
  readonly families: readonly Family[];
  /** The name of every version in asc's text. */
  readonly ascNames: ReadonlyMap<MethodModel, string>;
  /** The last version of every method, accessors and static ones left out. */
  readonly methods: readonly LinkedMethod[];
  readonly init: LinkedMethod | undefined;
  /** Problems of putting it together; their spans are in the file of `own`. */
  readonly problems: readonly Problem[];
}

/** Puts a contract together. `sources` are its file and what it imports, directly or not. */
export function linkContract(own: ContractModel, sources: readonly SourceModel[]): LinkedContract {
  const problems: Problem[] = [];
  const lineage = linearize(own, sources, problems);
  const lineages = new Map([[own, lineage]]);
  const lineageOf: LineageOf = (contract) => {
    const known = lineages.get(contract) ?? linearize(contract, sources, []);
    lineages.set(contract, known);
    return known;
  };
  const families = readFamilies(lineage);
  const methods = families
    .filter(({ accessor }) => accessor === undefined)
    .map(({ versions }) => linkMethod(versions, lineageOf));
  const inits = methods.filter((method) => method.kind === "init");
  return {
    own,
    lineage,
    lineageOf,
    slots: lineage.flatMap((owner) => owner.slots.map((slot) => ({ ...generatedSlot(slot), owner }))),
    families,
    ascNames: nameVersions(lineage, families),
    methods: methods.filter((method) => method.kind !== "init" || method === inits[0]),
    init: inits[0],
    problems,
  };
}

function linkMethod(versions: readonly Version[], lineageOf: LineageOf): LinkedMethod {
  const last = versions[0] as Version;
  const marked = markedBy(last, versions, lineageOf) ?? last;
  return {
    ...last.method,
    params: last.method.params.map((param) => ({ ...param, type: generatedType(param.type) })),
    result: last.method.result && generatedType(last.method.result),
    owner: last.owner,
    kind: marked.method.kind,
    payable: marked.method.payable,
    guards: guardsAt(marked),
    docs: last.method.docs ?? versions.find(({ method }) => method.docs !== undefined)?.method.docs,
  };
}

/** The guards that are written at a declaration. */
export function guardsAt(place: Version): LinkedGuard[] {
  return place.method.decorators
    .filter(({ name }) => Object.hasOwn(GUARDS, name))
    .map((decorator) => ({ ...decorator, place }));
}

/** The version that a class's own code means by `this.name()` or `super.name()`: a private one is the class's own. */
export function calledVersion(
  contract: LinkedContract,
  from: ContractModel,
  name: string,
  by: "this" | "super",
): Version | undefined {
  const named = contract.families.filter((family) => family.name === name && family.accessor === undefined);
  const own = named.find(({ isPrivate, versions }) => isPrivate && versions[0]?.owner === from)?.versions[0];
  if (own !== undefined && by === "this") return own;
  const shared = named.find(({ isPrivate }) => !isPrivate)?.versions;
  if (by === "this") return shared?.[0];
  const rest = contract.lineage.slice(contract.lineage.indexOf(from) + 1);
  return shared?.find(({ owner }) => rest.includes(owner));
}

/** The guards of a method, as the interface says them. */
export function guardsOf(method: LinkedMethod): AbiGuard[] {
  return method.guards.map(({ name, args }) => ({
    name,
    ...(args.length === 0 ? {} : { args: args.map(({ text }) => text ?? "") }),
  }));
}

function linearize(
  contract: ContractModel,
  sources: readonly SourceModel[],
  problems: Problem[],
  path: readonly ContractModel[] = [],
): ContractModel[] {
  const isOwn = path.length === 0;
  const found: ContractModel[] = [];
  for (const { name, file, span } of contract.bases) {
    const base = sources
      .flatMap((source) => source.contracts)
      .find((candidate) => candidate.name === name && candidate.file === (file ?? candidate.file));
    if (base === undefined) {
      if (isOwn) problems.push(unknownBase(contract, name, span, sources));
    } else if (base === contract || path.includes(base)) {
      if (isOwn || base === path[0]) problems.push(cycle([...path, contract, base], (path[0] ?? contract).nameSpan));
    } else if (found.includes(base)) {
      if (isOwn) problems.push({ ...TWICE, message: `${name} is named twice as a base of ${contract.name}.`, span });
    } else {
      found.push(base);
    }
  }
  const lists = found.map((base) => linearize(base, sources, problems, [...path, contract]));
  const merged = merge([...lists, found]);
  if (merged !== undefined) return [contract, ...merged];
  if (isOwn) {
    const names = found.map(({ name }) => name).join(", ");
    problems.push({
      code: "QW141",
      message: `The bases ${names} of ${contract.name} cannot be put in an order: one of them is a base of another, but is named before it.`,
      span: contract.heritage ?? contract.nameSpan,
      hint: "Name the more special base first, or leave out the one that it extends.",
    });
  }
  return [contract, ...new Set(lists.flat())];
}

const TWICE = { code: "QW141", hint: "Name it once." } as const;

/** C3: the first head that is in no other list's tail comes next. Undefined when there is none. */
function merge(lists: readonly (readonly ContractModel[])[]): ContractModel[] | undefined {
  const result: ContractModel[] = [];
  let rest = lists.filter((list) => list.length > 0);
  while (rest.length > 0) {
    const next = rest
      .map(([head]) => head as ContractModel)
      .find((head) => rest.every((list) => !list.slice(1).includes(head)));
    if (next === undefined) return undefined;
    result.push(next);
    rest = rest.map((list) => list.filter((item) => item !== next)).filter((list) => list.length > 0);
  }
  return result;
}

function unknownBase(
  contract: ContractModel,
  name: string,
  span: Problem["span"],
  sources: readonly SourceModel[],
): Problem {
  const isRecord = sources.some((source) => source.records.some((record) => record.name === name));
  return {
    code: "QW119",
    message:
      name === ""
        ? `The contract ${contract.name} extends something that is not the name of a class.`
        : `The contract ${contract.name} extends ${name}, which is not a contract.`,
    span,
    hint: isRecord
      ? "Only contracts can be extended by a contract; keep the struct in a field."
      : "Mark the base class @contract and make it abstract, and import it by its own name. Several bases: extends mix(A, B).",
  };
}

function cycle(path: readonly ContractModel[], span: Problem["span"]): Problem {
  const way = path.map(({ name }) => name).join(" → ");
  return { code: "QW141", message: `A contract cannot extend itself: ${way}.`, span, hint: "Break the circle." };
}
