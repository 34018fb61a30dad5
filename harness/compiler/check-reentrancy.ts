// Warns of a write to the contract's state after a call that leaves it, on the same path: the contract called can call
// back, and finds the state as it was before the write. What the method is guarded by counts.

import { calledPlace, isChange } from "./check-queries.js";
import type { Problem } from "./diagnostic.js";
import type { LinkedContract } from "./link-contract.js";
import type { BodyModel, ContractModel, SourceModel, Span } from "./model.js";

/** Warnings for a contract's own methods. */
export function checkReentrancy(contract: LinkedContract, sources: readonly SourceModel[]): Problem[] {
  return contract.methods.flatMap((method): Problem[] => {
    if (method.owner !== contract.own || method.kind !== "execute") return [];
    if (method.guards.some(({ name }) => name === "nonReentrant")) return [];
    const steps = stepsOf({ body: method.body, owner: method.owner }, contract, sources, []);
    const leaving = steps.findIndex(({ kind }) => kind === "leaves");
    const written = steps.slice(leaving + 1).find(({ kind }) => kind === "writes");
    if (leaving < 0 || written === undefined) return [];
    const left = (steps[leaving] as Step).text;
    return [
      {
        code: "QW145",
        severity: "warning",
        message: `${method.name} ${written.text} after it ${left}, which can call back before that.`,
        span: written.span,
        hint: `Write first and call last, or mark ${method.name} @nonReentrant.`,
      },
    ];
  });
}

interface Step {
  readonly kind: "leaves" | "writes";
  readonly text: string;
  /** In the method itself. */
  readonly span: Span;
}

/** What a body does that counts here, in the order of the source; what it calls is done in its place. */
function stepsOf(
  { body, owner }: { readonly body: BodyModel; readonly owner: ContractModel | undefined },
  contract: LinkedContract,
  sources: readonly SourceModel[],
  path: readonly BodyModel[],
): Step[] {
  if (path.includes(body)) return [];
  const own = body.effects.flatMap((effect): Step[] => {
    if (effect.change === "call") return [{ kind: "leaves", text: effect.text, span: effect.span }];
    const isWrite = effect.change === "state" && isChange(effect, contract);
    return isWrite ? [{ kind: "writes", text: effect.text, span: effect.span }] : [];
  });
  const called = body.calls.flatMap(({ span, ...call }): Step[] => {
    if (call.kind === "remote") return [{ kind: "leaves", text: `calls ${call.target}.${call.name}`, span }];
    const next = calledPlace({ ...call, span }, owner, contract, sources);
    return next === undefined
      ? []
      : stepsOf(next, contract, sources, [...path, body]).map((step) => ({ ...step, span }));
  });
  // An expression ends after what is inside of it, so that its end says when it is done.
  return [...own, ...called].sort((a, b) => a.span.end - b.span.end || a.span.start - b.span.start);
}
