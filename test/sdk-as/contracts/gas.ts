// What the pages of the contract library say of gas: for each page, calls of the fixtures and what they cost.

import type { ContractClient, DecodedReceipt } from "../../../harness/client/contract-types.js";
import { address, createQwvm, type Qwvm } from "../../../harness/index.js";
import type { Library } from "../../fixtures/library.js";

// biome-ignore lint/suspicious/noExplicitAny: every fixture's methods, called with what they take.
export type Any = Record<string, (...args: any[]) => any>;
export type Measured = readonly [label: string, receipt: DecodedReceipt];

export const [alice, bob, carol] = [address("alice"), address("bob"), address("carol")];

/** A contract whose calls give receipts. */
export function receiptsOf(vm: Qwvm, library: Library, path: string, args: readonly unknown[] = [], from = alice) {
  const client = vm.deploy(library.definition<Any>(path), [...args], { from }) as ContractClient<Any>;
  const as = (who: string) => client.as(who).receipt as Record<string, (...args: unknown[]) => DecodedReceipt>;
  return { client, as, call: as(from) as never as Record<string, (...args: unknown[]) => DecodedReceipt> };
}

/** A call's receipt under the method's name. */
export function one(
  calls: Record<string, (...args: unknown[]) => DecodedReceipt>,
  method: string,
  args: readonly unknown[] = [],
  note = "",
): Measured {
  const call = calls[method] as (...args: unknown[]) => DecodedReceipt;
  return [`\`${method}\`${note === "" ? "" : `, ${note}`}`, call.apply(calls, [...args])];
}

const vm = () => createQwvm();

/** The measured calls by page. */
export const PAGES: Readonly<Record<string, (library: Library) => Measured[]>> = {
  ownable: (library) => {
    const { call } = receiptsOf(vm(), library, "access/owned", [alice]);
    return [one(call, "bump", [], "a method with @only"), one(call, "transferOwnership", [bob])];
  },
  ownable2step: (library) => {
    const { call, as } = receiptsOf(vm(), library, "access/owned2step", [alice]);
    return [one(call, "transferOwnership", [bob]), one(as(bob), "acceptOwnership")];
  },
  roles: (library) => {
    const { call, as } = receiptsOf(vm(), library, "access/guild", [alice]);
    return [
      one(call, "grantRole", ["master", bob]),
      one(as(bob), "work", [], 'a method with @role("master", "apprentice")'),
      one(call, "revokeRole", ["master", bob]),
    ];
  },
  pausable: (library) => {
    const { call } = receiptsOf(vm(), library, "access/owned", [alice]);
    return [one(call, "pause"), one(call, "unpause")];
  },
  erc20: (library) => {
    const { call, as } = receiptsOf(vm(), library, "erc20/plain", [1_000n]);
    return [
      one(call, "transfer", [bob, 10n], "to a new holder"),
      one(call, "transfer", [bob, 10n], "to a holder"),
      one(call, "approve", [bob, 100n]),
      one(as(bob), "transferFrom", [alice, bob, 10n]),
      one(call, "balanceOf", [bob]),
    ];
  },
  "erc20-metadata": (library) => {
    const { call } = fullToken(library);
    return [one(call, "name"), one(call, "decimals")];
  },
  "erc20-burnable": (library) => {
    const { call } = fullToken(library);
    return [one(call, "burn", [10n])];
  },
  "erc20-capped": (library) => {
    const { call } = fullToken(library);
    return [one(call, "mint", [bob, 10n], "of a token with every extension")];
  },
  "erc20-mintable": (library) => {
    const { call } = fullToken(library);
    return [one(call, "mint", [bob, 10n], "of a token with every extension")];
  },
  "erc20-pausable": (library) => {
    const { call } = fullToken(library);
    return [one(call, "transfer", [bob, 10n], "of a token with every extension")];
  },
  "erc20-permit": () => [],
  "erc20-snapshot": (library) => {
    const { call } = fullToken(library);
    call["transfer"]?.(bob, 10n);
    return [
      one(call, "snapshot"),
      one(call, "transfer", [bob, 10n], "the first after a snapshot, of a token with every extension"),
      one(call, "transfer", [bob, 10n], "the second"),
      one(call, "balanceOfAt", [bob, 1n]),
    ];
  },
};

function fullToken(library: Library) {
  const token = receiptsOf(vm(), library, "erc20/full", [1_000n, 2_000n]);
  for (const role of ["minter", "pauser", "snapshot"]) token.call["grantRole"]?.(role, alice);
  return token;
}
