// Checks guards: what they name must be there and of a type that can guard, in the contract or one of its bases.

import { suggest } from "../core/suggest.js";
import type { Problem } from "./diagnostic.js";
import { GUARDS } from "./guards.js";
import { type LinkedContract, type LinkedMethod, signedBy } from "./link-contract.js";
import type { DecoratorModel } from "./model.js";

/** Problems of the guards of a contract's own methods. Those of its bases were checked with them. */
export function checkGuards(contract: LinkedContract): Problem[] {
  const own = contract.methods.filter((method) => method.owner === contract.own && method.kind !== undefined);
  return own.flatMap((method) => [
    ...method.guards.flatMap((guard) => checkGuard(guard, method, contract)),
    ...checkRepeats(method),
    ...checkDropped(method, contract),
  ]);
}

function checkGuard(guard: DecoratorModel, method: LinkedMethod, contract: LinkedContract): Problem[] {
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
      const slot = contract.slots.find((candidate) => candidate.name === "paused");
      if (slot?.kind === "value" && slot.type.abi === "bool") return [];
      const hint = 'Extend Pausable of "qwvm/sdk-as/contracts/pausable", or write a field `paused: bool`.';
      return problem(`@${name} needs a field paused: bool, which ${contract.own.name} does not have.`, hint);
    }
    case "role": {
      if (contract.methods.some((candidate) => candidate.name === "hasRole")) return [];
      const hint = 'Extend Roles of "qwvm/sdk-as/contracts/roles".';
      return problem(`@role needs the method hasRole, which ${contract.own.name} does not have.`, hint);
    }
    case "guard":
      return checkOwnGuard(guard, contract);
    case "signed":
      return checkSigned(guard, method, contract);
    default:
      return [];
  }
}

function describeAllowed(
  name: string,
  contract: LinkedContract,
): { message: string; hint: string; meant?: string | undefined } | undefined {
  const slot = contract.slots.find((candidate) => candidate.name === name);
  const method = contract.methods.find((candidate) => candidate.name === name);
  const hint =
    "Name a field of type Address, StorageSet<Address> or StorageMap<Address, bool>, or a method () => Address.";
  if (slot === undefined && method === undefined) {
    const nearest = suggest(
      name,
      [...contract.slots, ...contract.methods].map((item) => item.name),
    );
    const message = `names nothing that ${contract.own.name} has.`;
    return { message, hint: nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`, meant: nearest };
  }
  const keys = slot?.keys.map((key) => key.abi) ?? [];
  const fits =
    slot === undefined
      ? method?.params.length === 0 && method.result?.abi === "address"
      : (slot.kind === "value" && slot.type.abi === "address") ||
        (slot.kind === "set" && keys.length === 0 && slot.type.abi === "address") ||
        (slot.kind === "map" && keys.length === 1 && keys[0] === "address" && slot.type.abi === "bool");
  return fits ? undefined : { message: "does not say who may call: it is neither an address nor a set of them.", hint };
}

function checkOwnGuard({ args }: DecoratorModel, contract: LinkedContract): Problem[] {
  const { text: name = "", span } = args[0] ?? { span: { start: 0, end: 0 } };
  const method = contract.methods.find((candidate) => candidate.name === name);
  if (method !== undefined && method.params.length === 0 && method.result === undefined) return [];
  const nearest = suggest(
    name,
    contract.methods.map((item) => item.name),
  );
  const message =
    method === undefined
      ? `@guard("${name}") names no method of ${contract.own.name}.`
      : `@guard("${name}") names a method that takes or gives something.`;
  const hint = "It is a method without parameters and result that reverts when the call is not to go on.";
  return [
    {
      code: "QW142",
      message,
      span,
      hint: nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`,
      meant: nearest,
    },
  ];
}

function checkSigned({ args }: DecoratorModel, method: LinkedMethod, contract: LinkedContract): Problem[] {
  const { text: name = "", span } = args[0] ?? { span: { start: 0, end: 0 } };
  const taken = method.params.find((param) => ["nonce", "publicKey", "signature"].includes(param.name));
  if (taken !== undefined) {
    const message = `${method.name} is @signed and has a parameter named ${taken.name}, as what carries the signature has.`;
    return [{ code: "QW142", message, span, hint: `Rename it, for example to given${capitalize(taken.name)}.` }];
  }
  if (signedBy(method, contract) !== undefined) return [];
  const names = [...method.params, ...contract.slots].map((item) => item.name);
  const nearest = names.includes(name) ? undefined : suggest(name, names);
  const message = names.includes(name)
    ? `@signed("${name}") names something that is neither an Address nor Bytes.`
    : `@signed("${name}") names neither a parameter of ${method.name} nor a field of ${contract.own.name}.`;
  const hint = "It names who signs: an Address, or the public key as Bytes.";
  return [
    {
      code: "QW142",
      message,
      span,
      hint: nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`,
      meant: nearest,
    },
  ];
}

function checkRepeats(method: LinkedMethod): Problem[] {
  return method.guards
    .filter(({ name }, index) => method.guards.findIndex((guard) => guard.name === name) < index && name !== "guard")
    .map(({ name, span }) => ({
      code: "QW142",
      message: `${method.name} has the guard @${name} twice.`,
      span,
      hint: `Write it once${(GUARDS[name]?.most ?? 0) > 1 ? ": several names in one are alternatives" : ""}.`,
    }));
}

/** An override that states its kind states its guards, too; one that was there before and is not now was forgotten. */
function checkDropped(method: LinkedMethod, contract: LinkedContract): Problem[] {
  const own = contract.own.methods.find((candidate) => candidate.name === method.name);
  if (own?.kind === undefined) return [];
  for (const base of contract.lineage.slice(1)) {
    const before = base.methods.find((candidate) => candidate.name === method.name);
    if (before === undefined) continue;
    const dropped = before.decorators.filter(
      ({ name }) => Object.hasOwn(GUARDS, name) && !method.guards.some((guard) => guard.name === name),
    );
    return dropped.map(({ name, args }) => ({
      code: "QW143",
      severity: "warning" as const,
      message: `${method.name} overrides ${base.name}.${method.name} without its guard @${name}.`,
      span: method.nameSpan,
      hint: `Write @${name} above it, or leave out @${own.kind} to keep the base's kind and guards.`,
      fix: {
        title: `Write @${name}`,
        edits: [{ span: { start: own.span.start, end: own.span.start }, text: `${writeGuard(name, args)} ` }],
        imports: [name],
      },
    }));
  }
  return [];
}

function writeGuard(name: string, args: DecoratorModel["args"]): string {
  return `@${name}${args.length === 0 ? "" : `(${args.map(({ text }) => JSON.stringify(text ?? "")).join(", ")})`}`;
}

function capitalize(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}
