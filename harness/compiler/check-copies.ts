// Finds assignments to what a collection has just given: `this.proposals.get(id).votes += 1` changes a copy, which is lost.
// Copies in variables, and what is done to them in between, are followed in the compiled module (check-effects).

import type { Problem } from "./diagnostic.js";
import type { LinkedContract } from "./link-contract.js";
import type { Effect } from "./model.js";

/** Problems of a contract's own methods. */
export function checkCopies(contract: LinkedContract): Problem[] {
  return contract.own.methods.flatMap((method) =>
    method.body.effects.flatMap((effect): Problem[] => {
      const { part, span } = effect;
      if (part === undefined || !isAssignedCopy(effect, contract)) return [];
      return [
        {
          code: "QW148",
          message: `This changes a copy of what this.${part.field} holds, and the copy is lost.`,
          span,
          hint: `Read it into a variable, change that, and write it with this.${part.field}.set().`,
        },
      ];
    }),
  );
}

/** Whether an assignment is to a part of what `get` gives, which is a copy unless it is a collection itself. */
function isAssignedCopy({ change, part, text }: Effect, contract: LinkedContract): boolean {
  if (change !== "state" || part === undefined || part.viaLocal === true || !text.startsWith("writes ")) return false;
  const slot = contract.slots.find((candidate) => candidate.name === part.field);
  if (slot === undefined || slot.kind === "value") return false;
  const levels = slot.kind === "map" || slot.kind === "iterableMap" ? slot.keys.length - 1 : slot.keys.length;
  return part.gets > levels;
}
