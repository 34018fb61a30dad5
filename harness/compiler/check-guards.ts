// Checks guards: what they name must be there and of a type that can guard, in the contract or one of its bases.

import { suggest } from "../core/suggest.js";
import type { Problem } from "./diagnostic.js";
import { type GuardMember, memberSeenFrom, resolveSigner } from "./guard-scope.js";
import { GUARDS } from "./guards.js";
import { guardsAt, type LinkedContract, type LinkedGuard } from "./link-contract.js";
import type { MethodModel } from "./model.js";

/** Problems of the guards that are written in a contract. Those of its bases were checked with them. */
export function checkGuards(contract: LinkedContract): Problem[] {
  const { own } = contract;
  return own.methods
    .filter((method) => method.kind !== undefined && !method.isStatic && !method.isAccessor)
    .flatMap((method) => {
      const guards = guardsAt({ owner: own, method });
      return [...guards.flatMap((guard) => checkGuard(guard, method, contract)), ...checkRepeats(method, guards)];
    });
}

function checkGuard(guard: LinkedGuard, method: MethodModel, contract: LinkedContract): Problem[] {
  const { name, span } = guard;
  // How it is written is check-syntax's.
  const { least = 0, most = 0 } = GUARDS[name] ?? {};
  if (guard.args.length < least || guard.args.length > most) return [];
  if (guard.args.some(({ text }) => text === undefined)) return [];
  const problem = (message: string, hint: string, at = span): Problem[] => [{ code: "QW142", message, span: at, hint }];
  if (method.kind === "init" && name !== "guard") {
    return problem(
      `The @init method ${method.name} is guarded by @${name}.`,
      "It runs once, before there is anything to guard: leave it out.",
    );
  }
  if (method.kind === "query" && (name === "nonReentrant" || name === "signed")) {
    return problem(
      `The query ${method.name} is guarded by @${name}, which writes.`,
      "A query only reads: leave it out.",
    );
  }
  switch (name) {
    case "only":
      return guard.args.flatMap(({ text = "", span }) => {
        const found = describeAllowed(text, contract);
        return found === undefined
          ? []
          : [{ code: "QW142", ...found, message: `@only("${text}") ${found.message}`, span }];
      });
    case "whenPaused":
    case "whenNotPaused": {
      const member = memberSeenFrom(contract.own, "paused", contract);
      if (member?.what === "slot" && member.slot.kind === "value" && member.slot.type.abi === "bool") return [];
      if (member?.what === "private") return problem(`@${name} ${isPrivate("paused", member)}`, PRIVATE_HINT);
      const hint = 'Extend Pausable of "qwvm/sdk-as/contracts/pausable", or write a field `paused: bool`.';
      return problem(`@${name} needs a field paused: bool, which ${contract.own.name} does not have.`, hint);
    }
    case "role": {
      const member = memberSeenFrom(contract.own, "hasRole", contract);
      if (member?.what === "method" && tellsRole(member.version.method)) return [];
      const hint = 'Extend Roles of "qwvm/sdk-as/contracts/roles".';
      return problem(`@role needs ${HAS_ROLE}, which ${contract.own.name} does not have.`, hint);
    }
    case "guard":
      return checkOwnGuard(guard, contract);
    case "signed":
      return checkSigned(guard, method, contract);
    default:
      return [];
  }
}

const HAS_ROLE = "a method hasRole(role: string, account: Address): bool";

/** Whether a method can be asked who has a role. */
function tellsRole({ params, result, typeParams, isAccessor }: MethodModel): boolean {
  const [role, account, ...more] = params.map(({ type }) => type.abi);
  const takes = role === "string" && account === "address" && more.length === 0;
  return takes && result?.abi === "bool" && typeParams.length === 0 && !isAccessor;
}

/** What a class cannot name, because a base keeps it for itself. */
function isPrivate(name: string, { owner }: Extract<GuardMember, { what: "private" }>): string {
  return `names ${name}, which is private to ${owner.name}.`;
}

const PRIVATE_HINT = "Make it protected there, or name something else.";

function describeAllowed(
  name: string,
  contract: LinkedContract,
): { message: string; hint: string; meant?: string | undefined } | undefined {
  const member = memberSeenFrom(contract.own, name, contract);
  const hint =
    "Name a field of type Address, StorageSet<Address> or StorageMap<Address, bool>, or a method () => Address.";
  if (member === undefined) {
    const nearest = suggest(name, membersOf(contract));
    const message = `names nothing that ${contract.own.name} has.`;
    return { message, hint: nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`, meant: nearest };
  }
  if (member.what === "private") return { message: isPrivate(name, member), hint: PRIVATE_HINT };
  return isAllowed(member)
    ? undefined
    : { message: "does not say who may call: it is neither an address nor a set of them.", hint };
}

function isAllowed(member: Exclude<GuardMember, { what: "private" }>): boolean {
  if (member.what === "method") {
    const { params, result, typeParams } = member.version.method;
    return params.length === 0 && typeParams.length === 0 && result?.abi === "address";
  }
  const { kind, type, keys } = member.slot;
  if (kind === "value") return type.abi === "address";
  if (kind === "set") return keys.length === 0 && type.abi === "address";
  return kind === "map" && keys.length === 1 && keys[0]?.abi === "address" && type.abi === "bool";
}

/** Names of the fields and methods that a contract's own code can name. */
function membersOf(contract: LinkedContract): string[] {
  const names = [...contract.slots, ...contract.families].map(({ name }) => name);
  return [...new Set(names)].filter((name) => memberSeenFrom(contract.own, name, contract)?.what !== "private");
}

function checkOwnGuard({ args }: LinkedGuard, contract: LinkedContract): Problem[] {
  const { text: name = "", span } = args[0] ?? { span: { start: 0, end: 0 } };
  const member = memberSeenFrom(contract.own, name, contract);
  const method = member?.what === "method" ? member.version.method : undefined;
  const isPlain = method?.params.length === 0 && method.typeParams.length === 0 && !method.isAccessor;
  if (isPlain && method?.result === undefined) return [];
  if (member?.what === "private") {
    return [{ code: "QW142", message: `@guard("${name}") ${isPrivate(name, member)}`, span, hint: PRIVATE_HINT }];
  }
  const nearest = method === undefined ? suggest(name, membersOf(contract)) : undefined;
  const message =
    method === undefined
      ? `@guard("${name}") names no method of ${contract.own.name}.`
      : `@guard("${name}") names a method that takes or gives something.`;
  return [
    {
      code: "QW142",
      message,
      span,
      ...suggested("It is a method without parameters and result that reverts when the call is not to go on.", nearest),
    },
  ];
}

function suggested(hint: string, nearest: string | undefined): { hint: string; meant?: string | undefined } {
  return { hint: nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`, meant: nearest };
}

function checkSigned(guard: LinkedGuard, method: MethodModel, contract: LinkedContract): Problem[] {
  const { text: name = "", span } = guard.args[0] ?? { span: { start: 0, end: 0 } };
  const problem = (message: string, hint: string, meant?: string): Problem[] => [
    { code: "QW142", message: `${message}`, span, hint, meant },
  ];
  const taken = method.params.find((param) => ["nonce", "publicKey", "signature"].includes(param.name));
  if (taken !== undefined) {
    const message = `${method.name} is @signed and has a parameter named ${taken.name}, as what carries the signature has.`;
    return problem(message, `Rename it, for example to given${capitalize(taken.name)}.`);
  }
  const signer = resolveSigner(guard, contract);
  if (signer?.what === "both") {
    const message = `@signed("${name}") can mean the parameter ${name} of ${method.name} or the field ${name}: who has to sign is not said.`;
    const hint = "Rename the parameter: the parameter is who the caller names, the field who the contract knows.";
    return [{ code: "QW244", message, span, hint }];
  }
  if (signer?.what === "private") return problem(`@signed("${name}") ${isPrivate(name, signer)}`, PRIVATE_HINT);
  const type =
    signer?.what === "param"
      ? method.params[signer.index]?.type.abi
      : signer?.what === "slot" && signer.slot.kind === "value"
        ? signer.slot.type.abi
        : undefined;
  if (type === "bytes" || type === "address") return [];
  const hint = "It names who signs: an Address, or the public key as Bytes.";
  if (signer !== undefined) {
    return problem(`@signed("${name}") names something that is neither an Address nor Bytes.`, hint);
  }
  const fields = contract.slots
    .map((slot) => slot.name)
    .filter((item) => memberSeenFrom(contract.own, item, contract)?.what === "slot");
  const nearest = suggest(name, [...method.params.map((param) => param.name), ...fields]);
  const message = `@signed("${name}") names neither a parameter of ${method.name} nor a field of ${contract.own.name}.`;
  const { hint: said, meant } = suggested(hint, nearest);
  return problem(message, said, meant);
}

function checkRepeats(method: MethodModel, guards: readonly LinkedGuard[]): Problem[] {
  return guards
    .filter(({ name }, index) => guards.findIndex((guard) => guard.name === name) < index && name !== "guard")
    .map(({ name, span }) => ({
      code: "QW142",
      message: `${method.name} has the guard @${name} twice.`,
      span,
      hint: `Write it once${(GUARDS[name]?.most ?? 0) > 1 ? ": several names in one are alternatives" : ""}.`,
    }));
}

function capitalize(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}
