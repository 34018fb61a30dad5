// Checks that what a @guard names asks by itself: a guard that stands above it is asked of calls from outside, and not when
// the method is called as a guard. A contract can bring that about far from the guard, by what it overrides.

import type { Problem } from "./diagnostic.js";
import { memberSeenFrom } from "./guard-scope.js";
import type { LinkedContract, LinkedGuard, LinkedMethod } from "./link-contract.js";

/** Problems of the guards that a contract's methods have, its own and those of its bases, each named method once. */
export function checkNamedGuards(contract: LinkedContract): Problem[] {
  const { own, methods } = contract;
  const said = new Set<LinkedMethod>();
  return methods.flatMap((method) =>
    method.guards.flatMap((guard): Problem[] => {
      const named = namedBy(guard, contract);
      const asked = named?.guards[0];
      const isOwn = guard.place.owner === own;
      if (named === undefined || asked === undefined || said.has(named)) return [];
      // What bases have brought about alone was said there.
      if (!isOwn && named.owner !== own) return [];
      said.add(named);
      const words = writeGuard(asked);
      const where = isOwn ? "" : `${guard.place.owner.name}.`;
      return [
        {
          code: "QW255",
          message: `${named.name} is guarded by ${words}, which is not asked where ${where}${method.name} is guarded by @guard("${named.name}").`,
          span: isOwn ? (guard.args[0]?.span ?? guard.span) : named.nameSpan,
          hint: `What @guard names asks by itself: leave out ${words} and write in ${named.name} what it is to demand, for example require(context.caller == this.owner, "…").`,
        },
      ];
    }),
  );
}

/** The method that a @guard leads to in the contract, as it is seen from where the guard is written. */
function namedBy(guard: LinkedGuard, contract: LinkedContract): LinkedMethod | undefined {
  const name = guard.name === "guard" ? guard.args[0]?.text : undefined;
  if (name === undefined) return undefined;
  const member = memberSeenFrom(guard.place.owner, name, contract);
  if (member?.what !== "method" || member.version.method.access === "private") return undefined;
  return contract.methods.find((method) => method.name === name && method.access !== "private");
}

function writeGuard({ name, args }: LinkedGuard): string {
  return `@${name}${args.length === 0 ? "" : `(${args.map(({ text }) => JSON.stringify(text ?? "")).join(", ")})`}`;
}
