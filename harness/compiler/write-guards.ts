// Writes a guard as it stands in the glue: what is done before the method's body, and after it.

import { type LinkedContract, type LinkedMethod, signedBy } from "./link-contract.js";
import type { DecoratorModel } from "./model.js";

export interface GuardCode {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The statements of one guard. The model has been checked: what the guard names is there. */
export function writeGuard(guard: DecoratorModel, method: LinkedMethod, contract: LinkedContract): GuardCode {
  const names = guard.args.map(({ text }) => text ?? "");
  switch (guard.name) {
    case "only":
      return before(`if (!(${names.map((name) => writeAllowed(name, contract)).join(" || ")})) __qwvm.unauthorized();`);
    case "role":
      return before(
        `if (!(${names.map((name) => `self().hasRole(${JSON.stringify(name)}, __qwvm.caller())`).join(" || ")})) __qwvm.unauthorized();`,
      );
    case "whenPaused":
      return before("if (!self().paused) fail(Failure.NotPaused);");
    case "whenNotPaused":
      return before("if (self().paused) fail(Failure.Paused);");
    case "nonReentrant":
      return { before: ["__qwvm.enter();"], after: ["__qwvm.leave();"] };
    case "signed":
      return before(writeSigned(method, contract));
    default:
      return before(`self().${names[0]}();`);
  }
}

function before(line: string): GuardCode {
  return { before: [line], after: [] };
}

/** Whether the caller is who a name stands for: an address, or a member of a set or map of addresses. */
function writeAllowed(name: string, contract: LinkedContract): string {
  const slot = contract.slots.find((candidate) => candidate.name === name);
  if (slot === undefined) return `__qwvm.caller() == self().${name}()`;
  if (slot.kind === "value") return `__qwvm.caller() == self().${name}`;
  return slot.kind === "set" ? `self().${name}.has(__qwvm.caller())` : `self().${name}.get(__qwvm.caller())`;
}

function writeSigned(method: LinkedMethod, contract: LinkedContract): string {
  const signed = signedBy(method, contract);
  if (signed === undefined) return "";
  const by = signed.in === "params" ? `$${signed.by}` : `self().${signed.by}`;
  const call = "methodAt, methodLength, argsAt, $length, $nonce";
  if (signed.key === "address") return `__qwvm.checkSignedBy(${by}, $publicKey, ${call}, $signature);`;
  return signed.in === "params"
    ? `__qwvm.checkSigned(__qwvm.addressOf(${by}), ${by}, ${call}, $signature);`
    : `__qwvm.checkSigned(__qwvm.Bytes.from(${JSON.stringify(signed.by)}), ${by}, ${call}, $signature);`;
}
