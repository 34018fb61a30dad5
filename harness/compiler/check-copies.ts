// Warns of changes to what a collection has just given: `this.proposals.get(id).votes += 1` changes a copy, which is lost.

import { isChange } from "./check-queries.js";
import type { Problem } from "./diagnostic.js";
import type { LinkedContract } from "./link-contract.js";

/** Warnings for a contract's own methods. */
export function checkCopies(contract: LinkedContract): Problem[] {
  return contract.own.methods.flatMap((method) =>
    method.body.effects.flatMap((effect): Problem[] => {
      const { change, part, span } = effect;
      if (change !== "state" || part === undefined || part.viaLocal === true || isChange(effect, contract)) return [];
      return [
        {
          code: "QW148",
          severity: "warning",
          message: `This changes a copy of what this.${part.field} holds, and the copy is lost.`,
          span,
          hint: `Read it into a variable, change that, and write it with this.${part.field}.set().`,
        },
      ];
    }),
  );
}
