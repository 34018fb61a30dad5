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
  erc721: (library) => {
    const { call, as } = receiptsOf(vm(), library, "erc721/plain-nft");
    return [
      one(call, "mint", [alice, 1n], "the deriving contract's"),
      one(call, "transferFrom", [alice, bob, 1n], "by its owner"),
      one(as(bob), "approve", [alice, 1n]),
      one(call, "transferFrom", [bob, carol, 1n], "by whom it is approved for"),
    ];
  },
  "erc721-burnable": (library) => [one(fullNft(library), "burn", [1n], "with every extension")],
  "erc721-metadata": (library) => [one(fullNft(library), "tokenURI", [1n])],
  "erc721-enumerable": (library) => {
    const call = fullNft(library);
    return [
      one(call, "transferFrom", [alice, bob, 1n], "with every extension"),
      one(call, "tokenOfOwnerByIndex", [alice, 0]),
      one(call, "tokensOfOwner", [alice, 0, 10], "of one token"),
    ];
  },
  "erc721-royalty": (library) => {
    const call = fullNft(library);
    return [one(call, "royalty", [bob, 250], "which sets the default"), one(call, "royaltyInfo", [1n, 1_000n])];
  },
  "erc721-safe": (library) => {
    const machine = vm();
    const receiver = machine.deploy(library.definition<Any>("receivers/receiver"), []);
    const { call } = receiptsOf(machine, library, "erc721/full-nft");
    call["mint"]?.(alice, 1n);
    const note = "with every extension, and with what the receiver spends";
    return [one(call, "safeTransferFrom", [alice, receiver.address, 1n, new Uint8Array()], note)];
  },
  erc1155: (library) => {
    const { call } = receiptsOf(vm(), library, "erc1155/multi");
    call["mint"]?.(alice, [1n, 2n, 3n], [10n, 10n, 10n], new Uint8Array());
    call["mint"]?.(bob, [1n, 2n, 3n], [10n, 10n, 10n], new Uint8Array());
    return [
      one(call, "safeTransferFrom", [alice, bob, 1n, 1n, new Uint8Array()]),
      one(call, "safeBatchTransferFrom", [alice, bob, [1n, 2n, 3n], [1n, 1n, 1n], new Uint8Array()], "of three"),
    ];
  },
};

function fullNft(library: Library) {
  const { call } = receiptsOf(vm(), library, "erc721/full-nft");
  call["mint"]?.(alice, 1n);
  call["mint"]?.(alice, 2n);
  return call;
}

function fullToken(library: Library) {
  const token = receiptsOf(vm(), library, "erc20/full", [1_000n, 2_000n]);
  for (const role of ["minter", "pauser", "snapshot"]) token.call["grantRole"]?.(role, alice);
  return token;
}
