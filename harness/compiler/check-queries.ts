// Finds queries that change the contract's own fields where it stands: `this.count += 1`, `this.balances.set(…)`. Every other
// way to a change is found in the compiled module (check-effects); these are said before there is one.

import type { Problem } from "./diagnostic.js";
import type { LinkedContract } from "./link-contract.js";
import type { Effect } from "./model.js";

/** Problems of a contract's own queries. */
export function checkQueries(contract: LinkedContract): Problem[] {
  return contract.methods.flatMap((method) => {
    if (method.kind !== "query" || method.owner !== contract.own) return [];
    const found = method.body.effects.find((effect) => isOwnChange(effect, contract));
    if (found === undefined) return [];
    const hint = "A query only reads. Make it @execute, or compute the answer without changing anything.";
    return [{ code: "QW108", message: `The query ${method.name} ${found.text}.`, span: found.span, hint }];
  });
}

/** Whether an effect surely changes a field: not through a variable, and not what a collection gives. */
function isOwnChange({ change, part, text }: Effect, contract: LinkedContract): boolean {
  if (change !== "state" || part === undefined || part.viaLocal === true || part.gets > 0) return false;
  const slot = contract.slots.find((candidate) => candidate.name === part.field);
  if (slot === undefined) return false;
  if (text.startsWith("writes ") || slot.kind !== "value") return true;
  // A method that changes an array; one of the same name can be a value's own: `this.total.add(1)`.
  return typeof slot.type.abi === "object" && "array" in slot.type.abi;
}
