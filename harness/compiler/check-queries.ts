// Finds queries that change something, themselves or through what they call, and shows the way there.

import type { Problem } from "./diagnostic.js";
import type { LinkedContract } from "./link-contract.js";
import type { BodyModel, CallSite, ContractModel, Effect, FunctionModel, SourceModel, Span } from "./model.js";

/** Problems of a contract's queries. `sources` are its file and what it imports. */
export function checkQueries(contract: LinkedContract, sources: readonly SourceModel[]): Problem[] {
  return contract.methods.flatMap((method) => {
    if (method.kind !== "query") return [];
    const place = { label: method.name, body: method.body, owner: method.owner };
    const found = findChange(place, contract, sources, new Set());
    if (found === undefined) return [];
    const { chain, text } = found;
    const way = chain.length === 1 ? `The query ${method.name} ${text}` : `The query ${chain.join(" → ")} ${text}`;
    const hint = "A query only reads. Make it @execute, or compute the answer without changing anything.";
    // A base's query that reaches a change through an override of this contract has no line here.
    const span = method.owner === contract.own ? found.span : contract.own.nameSpan;
    return [{ code: "QW108", message: `${way}.`, span, hint }];
  });
}

interface Place {
  readonly label: string;
  readonly body: BodyModel;
  /** The class that a method belongs to; undefined for a function. */
  readonly owner: ContractModel | undefined;
}

interface Change {
  readonly chain: readonly string[];
  readonly text: string;
  /** In the query itself: where the change is, or the call that leads to it. */
  readonly span: Span;
}

function findChange(
  place: Place,
  contract: LinkedContract,
  sources: readonly SourceModel[],
  visited: Set<BodyModel>,
): Change | undefined {
  visited.add(place.body);
  const effect = place.body.effects.find((candidate) => isChange(candidate, contract));
  if (effect !== undefined) return { chain: [place.label], text: effect.text, span: effect.span };
  for (const call of place.body.calls) {
    const remote = call.kind === "remote" ? describeRemote(call, sources) : undefined;
    if (remote !== undefined) return { chain: [place.label], text: remote, span: call.span };
    const next = calledPlace(call, place.owner, contract, sources);
    if (next === undefined || visited.has(next.body)) continue;
    const found = findChange(next, contract, sources, visited);
    if (found !== undefined) return { ...found, chain: [place.label, ...found.chain], span: call.span };
  }
  return undefined;
}

/** What a call runs, if it is the contract's own or a function of its files. */
export function calledPlace(
  call: CallSite,
  owner: ContractModel | undefined,
  contract: LinkedContract,
  sources: readonly SourceModel[],
): Place | undefined {
  const label = call.name;
  if (call.kind === "function") {
    const declaring = sources.filter(({ file }) => file === (call.file ?? file));
    const found = functionsOf(declaring).find((item) => item.name === label && item.owner === undefined);
    return found && { label, body: found.body, owner: undefined };
  }
  if (call.kind === "member") {
    // Whose method it is, syntax does not say: one of that name that changes something counts.
    const named = functionsOf(sources).filter((item) => item.name === label && item.owner !== undefined);
    const found = named.find(({ body }) => body.effects.length > 0) ?? named[0];
    return found && { label: `${found.owner}.${label}`, body: found.body, owner: undefined };
  }
  if (call.kind === "remote") return undefined;
  const from = call.kind === "super" && owner !== undefined ? contract.lineage.indexOf(owner) + 1 : 0;
  for (const item of contract.lineage.slice(from)) {
    const found = item.methods.find((method) => method.name === label);
    if (found !== undefined) return { label, body: found.body, owner: item };
  }
  return undefined;
}

/** Whether an effect changes something that lasts. What a map gives is a copy, unless it is a collection itself. */
export function isChange({ change, part }: Effect, contract: LinkedContract): boolean {
  if (change === "call") return false;
  const slot = part && contract.slots.find((candidate) => candidate.name === part.field);
  if (part === undefined || slot === undefined || slot.kind === "value") return true;
  const levels = slot.kind === "map" || slot.kind === "iterableMap" ? slot.keys.length - 1 : slot.keys.length;
  return part.gets <= levels;
}

function functionsOf(sources: readonly SourceModel[]): FunctionModel[] {
  return sources.flatMap((source) => source.functions);
}

function describeRemote(call: CallSite, sources: readonly SourceModel[]): string | undefined {
  const methods = sources
    .flatMap((source) => source.interfaces)
    .find((item) => item.name === call.target)
    ?.methods.find((method) => method.name === call.name);
  return methods?.kind === "execute" ? `calls ${call.target}.${call.name}, which changes state` : undefined;
}
