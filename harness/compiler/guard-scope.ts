// What a name in a guard means: a member as seen from the class where the guard is written, or, for @signed, a parameter of
// the very method that it stands on. What a deriving contract or an unrelated base adds changes nothing.

import type { AbiSigned } from "../core/abi.js";
import type { Version } from "./lineage-members.js";
import type { LinkedContract, LinkedGuard, LinkedMethod, LinkedSlot } from "./link-contract.js";
import type { ContractModel } from "./model.js";

/** A member that a class can name. */
export type GuardMember =
  | { readonly what: "slot"; readonly slot: LinkedSlot }
  | { readonly what: "method"; readonly version: Version }
  /** There is one, but it is another class's own. */
  | { readonly what: "private"; readonly owner: ContractModel };

/** The member of a name as the code of a class sees it. */
export function memberSeenFrom(
  from: ContractModel,
  name: string,
  { lineageOf, slots }: LinkedContract,
): GuardMember | undefined {
  const line = lineageOf(from);
  const hidden: ContractModel[] = [];
  for (const owner of line) {
    const slot = slots.find((item) => item.owner === owner && item.name === name);
    const method = owner.methods.find(
      (item) => item.name === name && !item.isStatic && (item.accessor ?? "get") === "get",
    );
    const isPrivate = slot === undefined ? method?.access === "private" : slot.access === "private";
    if (isPrivate && owner !== from) hidden.push(owner);
    else if (slot !== undefined) return { what: "slot", slot };
    else if (method !== undefined) return { what: "method", version: { owner, method } };
  }
  return hidden[0] === undefined ? undefined : { what: "private", owner: hidden[0] };
}

/** Who signs: a parameter by its position in the declaration, or a member; `both` where the name could be either. */
export type Signer = { readonly what: "param"; readonly index: number } | { readonly what: "both" } | GuardMember;

export function resolveSigner(guard: LinkedGuard, contract: LinkedContract): Signer | undefined {
  const by = guard.args[0]?.text;
  if (by === undefined) return undefined;
  const { owner, method } = guard.place;
  const index = method.params.findIndex(({ name }) => name === by);
  const member = memberSeenFrom(owner, by, contract);
  if (index < 0) return member;
  return member?.what === "slot" ? { what: "both" } : { what: "param", index };
}

/** What a `@signed` method is signed by; undefined without the guard, or when it names nothing that fits. */
export function signedBy(method: LinkedMethod, contract: LinkedContract): AbiSigned | undefined {
  const guard = method.guards.find(({ name }) => name === "signed");
  const signer = guard && resolveSigner(guard, contract);
  if (signer === undefined || signer.what === "both") return undefined;
  // An override can call the parameter by another name: it is meant by its position.
  const param = signer.what === "param" ? method.params[signer.index] : undefined;
  const slot = signer.what === "slot" && signer.slot.kind === "value" ? signer.slot : undefined;
  const type = (param ?? slot)?.type.abi;
  if (type !== "bytes" && type !== "address") return undefined;
  return {
    by: (param ?? slot)?.name as string,
    in: param === undefined ? "state" : "params",
    key: type === "bytes" ? "publicKey" : "address",
  };
}

/** How the generated code names a member: by the name that calls the last version, or by that of a private one. */
export function calledName({ method }: Version, { ascNames }: LinkedContract): string {
  return method.access === "private" ? (ascNames.get(method) ?? method.name) : method.name;
}
