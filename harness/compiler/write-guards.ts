// Writes a guard as it stands in the glue: what is done before the method's body, and after it.

import { calledName, memberSeenFrom, signedBy } from "./guard-scope.js";
import type { LinkedContract, LinkedGuard, LinkedMethod } from "./link-contract.js";

export interface GuardCode {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The statements of one guard. The model has been checked: what the guard names is there. */
export function writeGuard(guard: LinkedGuard, method: LinkedMethod, contract: LinkedContract): GuardCode {
  const names = guard.args.map(({ text }) => text ?? "");
  switch (guard.name) {
    case "only":
      return before(
        `if (!(${names.map((name) => writeAllowed(name, guard, contract)).join(" || ")})) __qwvm.unauthorized();`,
      );
    case "role":
      return before(
        `if (!(${names.map((name) => `self().${nameSeen("hasRole", guard, contract)}(${JSON.stringify(name)}, __qwvm.caller())`).join(" || ")})) __qwvm.unauthorized();`,
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
      return before(`self().${nameSeen(names[0] ?? "", guard, contract)}();`);
  }
}

function before(line: string): GuardCode {
  return { before: [line], after: [] };
}

/** Whether the caller is who a name stands for: an address, or a member of a set or map of addresses. */
function writeAllowed(name: string, guard: LinkedGuard, contract: LinkedContract): string {
  const member = memberSeenFrom(guard.place.owner, name, contract);
  if (member?.what !== "slot") {
    const isAccessor = member?.what === "method" && member.version.method.isAccessor;
    return `__qwvm.caller() == self().${nameSeen(name, guard, contract)}${isAccessor ? "" : "()"}`;
  }
  const { kind } = member.slot;
  if (kind === "value") return `__qwvm.caller() == self().${name}`;
  return kind === "set" ? `self().${name}.has(__qwvm.caller())` : `self().${name}.get(__qwvm.caller())`;
}

/** A method that a guard names, as it is called: a private one of its class, or the last version of any other. */
function nameSeen(name: string, guard: LinkedGuard, contract: LinkedContract): string {
  const member = memberSeenFrom(guard.place.owner, name, contract);
  return member?.what === "method" ? calledName(member.version, contract) : name;
}

function writeSigned(method: LinkedMethod, contract: LinkedContract): string {
  const signed = signedBy(method, contract);
  if (signed === undefined) return "";
  const by = signed.in === "params" ? `$${signed.by}` : `self().${signed.by}`;
  const call = "methodAt, methodLength, argsAt, __length, __nonce";
  if (signed.key === "address") return `__qwvm.checkSignedBy(${by}, __publicKey, ${call}, __signature);`;
  return signed.in === "params"
    ? `__qwvm.checkSigned(__qwvm.addressOf(${by}), ${by}, ${call}, __signature);`
    : `__qwvm.checkSigned(__qwvm.Bytes.from(${JSON.stringify(signed.by)}), ${by}, ${call}, __signature);`;
}
