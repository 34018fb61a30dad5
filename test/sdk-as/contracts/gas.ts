// What the pages of the contract library say of gas: for each page, calls of the fixtures and what they cost.

import type { ContractClient, DecodedReceipt } from "../../../harness/client/contract-types.js";
import { address, addressToBytes, createQwvm, type Qwvm, ZERO_ADDRESS } from "../../../harness/index.js";
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
  "erc20-permit": (library) => {
    const machine = vm();
    const token = receiptsOf(machine, library, "erc20/full", [1_000n, 2_000n]);
    const olga = machine.account("olga");
    return [one(token.call, "permit", [olga.address, bob, 5n, 2n ** 63n, olga], "with every extension")];
  },
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
  multisig: (library) => {
    const machine = vm();
    const owners = ["olga", "otto", "odin"].map((label) => machine.account(label));
    const keys = owners.map(({ publicKey }) => publicKey);
    const wallet = receiptsOf(machine, library, "wallets/wallet", [keys, 2]);
    const coin = receiptsOf(machine, library, "wallets/coin", [1_000n]);
    coin.call["transfer"]?.(wallet.client.address, 100n);
    const args = new Uint8Array([...addressToBytes(bob), 5, ...new Uint8Array(31)]);
    const message = wallet.client["callMessage"]?.(coin.client.address, "transfer", args, 0n) as Uint8Array;
    const signatures = owners.slice(1).map((owner, index) => ({ owner: index + 1, signature: owner.sign(message) }));
    const call = [coin.client.address, "transfer", args, 0n, signatures];
    return [one(wallet.call, "execute", call, "of a token's transfer, with two signatures")];
  },
  timelock: (library) => {
    const machine = vm();
    const timelock = receiptsOf(machine, library, "governance/delay", [10n, alice]);
    for (const role of ["proposer", "executor"]) timelock.call["grantRole"]?.(role, alice);
    const box = receiptsOf(machine, library, "governance/box", [timelock.client.address]);
    const call = [box.client.address, "setValue", new Uint8Array(8).fill(1), new Uint8Array(32)];
    const scheduled = one(timelock.call, "schedule", [...call, 10n]);
    machine.advanceTime(10);
    return [scheduled, one(timelock.call, "execute", call, "of a method that sets a number")];
  },
  governor: (library) => {
    const machine = vm();
    const votes = receiptsOf(machine, library, "governance/votes", [1_000n]);
    const settings = [votes.client.address, ZERO_ADDRESS, 0n, 100n, 10, 1n];
    const governor = receiptsOf(machine, library, "governance/dao", settings);
    votes.call["grantRole"]?.("snapshot", governor.client.address);
    const box = receiptsOf(machine, library, "governance/box", [governor.client.address]);
    const calls = [{ to: box.client.address, method: "setValue", args: new Uint8Array(8).fill(1) }];
    const proposed = one(governor.call, "propose", [calls, "set it"], "of one call");
    const voted = one(governor.call, "castVote", [proposed[1].result, "For"]);
    machine.advanceTime(100);
    return [proposed, voted, one(governor.call, "execute", [calls, "set it"], "of a method that sets a number")];
  },
  vesting: (library) => {
    const machine = vm();
    const { client, call } = receiptsOf(machine, library, "wallets/grant", [bob, 0n, 0n, 2n ** 40n]);
    const coin = receiptsOf(machine, library, "wallets/coin", [10n ** 18n]);
    coin.call["transfer"]?.(client.address, 10n ** 18n);
    machine.setBalance(client.address, 10n ** 18n);
    return [
      one(call, "release", [ZERO_ADDRESS], "of value"),
      one(call, "release", [coin.client.address], "of an ERC-20 token"),
    ];
  },
  "payment-splitter": (library) => {
    const machine = vm();
    const split = receiptsOf(machine, library, "wallets/split", [
      [alice, bob],
      [1n, 2n],
    ]);
    const coin = receiptsOf(machine, library, "wallets/coin", [1_000n]);
    coin.call["transfer"]?.(split.client.address, 900n);
    machine.setBalance(split.client.address, 900n);
    return [
      one(split.call, "release", [ZERO_ADDRESS, bob], "of value"),
      one(split.call, "release", [coin.client.address, bob], "of an ERC-20 token"),
    ];
  },
  upgradeable: (library) => {
    const machine = vm();
    const front = receiptsOf(machine, library, "upgrade/front", [alice, bob]);
    const { client } = receiptsOf(machine, library, "upgrade/counter-v1", [front.client.address]);
    const upgraded = one(front.call, "upgradeTo", [client.address]);
    return [upgraded, one(front.call, "forward", ["add", new Uint8Array()], "of a method that counts")];
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
