// A contract and its base contracts as one: the order in which they are looked up (C3, as in Solidity and Python), the
// methods that count, the fields of all. What cannot be put together is a problem; check-contract reports it.

import type { AbiGuard, AbiSigned } from "../core/abi.js";
import type { Problem } from "./diagnostic.js";
import { GUARDS } from "./guards.js";
import type { ContractModel, DecoratorModel, MethodModel, SlotModel, SourceModel } from "./model.js";

/** A method as it is called: its last version, of kind and with guards of its own or else of what it overrides. */
export interface LinkedMethod extends MethodModel {
  readonly owner: ContractModel;
  /** The guards' decorators, in order. */
  readonly guards: readonly DecoratorModel[];
}

export interface LinkedSlot extends SlotModel {
  readonly owner: ContractModel;
}

export interface LinkedContract {
  readonly own: ContractModel;
  /** The contract itself and its bases, in the order in which a method is looked up. */
  readonly lineage: readonly ContractModel[];
  readonly slots: readonly LinkedSlot[];
  /** The last version of every method, accessors and static ones left out. */
  readonly methods: readonly LinkedMethod[];
  readonly init: LinkedMethod | undefined;
  /** Names of methods that more than one class of the lineage has. */
  readonly overridden: ReadonlySet<string>;
  /** Problems of putting it together; their spans are in the file of `own`. */
  readonly problems: readonly Problem[];
}

/** Puts a contract together. `sources` are its file and what it imports, directly or not. */
export function linkContract(own: ContractModel, sources: readonly SourceModel[]): LinkedContract {
  const problems: Problem[] = [];
  const lineage = linearize(own, sources, problems);
  const versions = new Map<string, { owner: ContractModel; method: MethodModel }[]>();
  for (const owner of lineage) {
    for (const method of owner.methods) {
      if (method.isStatic || method.isAccessor) continue;
      const known = versions.get(method.name) ?? [];
      // Two of a name in one class are a problem of that class.
      if (known.at(-1)?.owner !== owner) known.push({ owner, method });
      versions.set(method.name, known);
    }
  }
  const methods = [...versions.values()].map(linkMethod);
  const inits = methods.filter((method) => method.kind === "init");
  return {
    own,
    lineage,
    slots: lineage.flatMap((owner) => owner.slots.map((slot) => ({ ...slot, owner }))),
    methods: methods.filter((method) => method.kind !== "init" || method === inits[0]),
    init: inits[0],
    overridden: new Set([...versions].filter(([, all]) => all.length > 1).map(([name]) => name)),
    problems,
  };
}

function linkMethod(versions: readonly { owner: ContractModel; method: MethodModel }[]): LinkedMethod {
  const { owner, method } = versions[0] as (typeof versions)[number];
  const marked = versions.find(({ method }) => method.kind !== undefined)?.method ?? method;
  return {
    ...method,
    owner,
    kind: marked.kind,
    payable: marked.payable,
    guards: marked.decorators.filter(({ name }) => Object.hasOwn(GUARDS, name)),
    docs: method.docs ?? marked.docs,
  };
}

/** The guards of a method, as the interface says them. */
export function guardsOf(method: LinkedMethod): AbiGuard[] {
  return method.guards.map(({ name, args }) => ({
    name,
    ...(args.length === 0 ? {} : { args: args.map(({ text }) => text ?? "") }),
  }));
}

/** What a `@signed` method is signed by; undefined without the guard, or when it names nothing that fits. */
export function signedBy(method: LinkedMethod, contract: LinkedContract): AbiSigned | undefined {
  const by = method.guards.find(({ name }) => name === "signed")?.args[0]?.text;
  if (by === undefined) return undefined;
  const param = method.params.find(({ name }) => name === by);
  const type = param?.type.abi ?? contract.slots.find(({ name, kind }) => name === by && kind === "value")?.type.abi;
  if (type !== "bytes" && type !== "address") return undefined;
  return { by, in: param === undefined ? "state" : "params", key: type === "bytes" ? "publicKey" : "address" };
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
