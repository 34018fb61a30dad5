// Finds queries that change something, themselves or through the functions they call, and shows the way there.

import type { Problem } from "./diagnostic.js";
import type { BodyModel, ContractModel, SourceModel, Span } from "./model.js";

/** Problems of a contract's queries. `sources` are its file and what it imports. */
export function checkQueries(contract: ContractModel, sources: readonly SourceModel[]): Problem[] {
  return contract.methods.flatMap((method) => {
    if (method.kind !== "query") return [];
    const found = findChange({ label: method.name, body: method.body }, contract, sources, new Set());
    if (found === undefined) return [];
    const { chain, text } = found;
    const way = chain.length === 1 ? `The query ${method.name} ${text}` : `The query ${chain.join(" → ")} ${text}`;
    const hint = "A query only reads. Make it @execute, or compute the answer without changing anything.";
    return [{ code: "QW108", message: `${way}.`, span: found.span, hint }];
  });
}

interface Place {
  readonly label: string;
  readonly body: BodyModel;
}

interface Change {
  readonly chain: readonly string[];
  readonly text: string;
  /** In the query itself: where the change is, or the call that leads to it. */
  readonly span: Span;
}

function findChange(
  place: Place,
  contract: ContractModel,
  sources: readonly SourceModel[],
  visited: Set<BodyModel>,
): Change | undefined {
  visited.add(place.body);
  const [effect] = place.body.effects;
  if (effect !== undefined) return { chain: [place.label], text: effect.text, span: effect.span };
  for (const call of place.body.calls) {
    const body =
      call.kind === "method"
        ? contract.methods.find((method) => method.name === call.name)?.body
        : sources.flatMap((source) => source.functions).find((item) => item.name === call.name)?.body;
    if (body === undefined || visited.has(body)) continue;
    const found = findChange({ label: call.name, body }, contract, sources, visited);
    if (found !== undefined) return { ...found, chain: [place.label, ...found.chain], span: call.span };
  }
  return undefined;
}
