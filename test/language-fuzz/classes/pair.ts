// A project's contracts in the machine and in the model: deployed on both sides, called in the same ways, and compared by how
// the call ended, its result, its events, every stored byte and all balances.

import { type SigningAccount, signingAccount } from "../../../harness/chain/accounts.js";
import { Chain } from "../../../harness/chain/chain.js";
import { signedMessage } from "../../../harness/client/signed.js";
import type { Address } from "../../../harness/core/address.js";
import type { Artifact } from "../../../harness/core/artifact.js";
import type { Receipt } from "../../../harness/core/receipt.js";
import { encode, utf8Hex, zeroOf } from "../borsh.js";
import { fail, ModelError, ModelFailure } from "../failure.js";
import { ADDRESS, BYTES, STRING, U64 } from "../types.js";
import type { ContractSpec } from "./contract.js";
import { Deployed, type Door, type Ended, type Signature, World } from "./world.js";

const GAS = 1e10;
export const ACCOUNTS: readonly SigningAccount[] = ["alice", "bob", "carol"].map((label) =>
  signingAccount(label, "ml-dsa-65"),
);

/** What is wrong with a signature, if anything. */
export type SignatureFault = "none" | "signer" | "replay" | "chain" | "args" | "method" | "contract";

export interface ClassCall {
  readonly contract: number;
  readonly door: Door;
  /** Encoded. */
  readonly args: string;
  readonly from: number;
  readonly value: bigint;
  readonly asQuery: boolean;
  /** Whether the peer makes the call. */
  readonly byPeer: boolean;
  readonly signed?: { readonly by: number; readonly fault: SignatureFault } | undefined;
}

export interface BuiltContract {
  readonly spec: ContractSpec;
  readonly artifact: Artifact;
}

const BACK: Door = {
  name: "back",
  kind: "execute",
  payable: false,
  isSigned: false,
  params: [ADDRESS, STRING, BYTES],
  result: BYTES,
  guards: [],
  run: ({ world, at }, [to, method, args]) => {
    at.set("count", (at.get("count") as bigint) + 1n);
    const { failure, data } = world.call(at.address, to as string, method as string, args as string);
    if (failure === "trap") fail("CallFailed");
    if (failure !== undefined) throw new ModelFailure(failure);
    return data;
  },
};

const digitsOf = (address: Address): string => address.slice(2).toLowerCase();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, "hex"));

export class ClassPair {
  readonly #chain = new Chain();
  readonly #world = new World();
  readonly #peer: Address;
  readonly #addresses: Address[] = [];

  constructor(contracts: readonly BuiltContract[], peer: Artifact) {
    for (const { address } of ACCOUNTS) {
      this.#chain.powers.setBalance(address, 10n ** 30n);
      this.#world.balances.set(digitsOf(address), 10n ** 30n);
    }
    this.#peer = this.#deploy(peer, "");
    this.#model(this.#peer, [BACK], new Map([["count", U64]]));
    for (const [i, { spec, artifact }] of contracts.entries()) {
      // Who is kept in which field is another thing in each contract.
      const who = spec.kept.map((_, k) =>
        (k + i) % 4 === 3 ? digitsOf(this.#peer) : digitsOf((ACCOUNTS[(k * 2 + i) % 3] as SigningAccount).address),
      );
      const list = { items: who };
      const args = encode({ kind: "array", of: ADDRESS }, list) + digitsOf(this.#peer);
      const at = this.#deploy(artifact, args);
      this.#addresses.push(at);
      const deployed = this.#model(at, spec.doors, spec.fields);
      for (const [k, field] of spec.kept.entries()) deployed.set(field, who[k] as string);
      deployed.set("peer", digitsOf(this.#peer));
    }
  }

  #deploy(artifact: Artifact, args: string): Address {
    const receipt = this.#chain.send({
      from: (ACCOUNTS[0] as SigningAccount).address,
      value: 0n,
      gasLimit: GAS,
      kind: "deploy",
      artifact,
      args: bytesOf(args),
      metadata: {},
    });
    if (receipt.failure !== undefined) throw new ModelError(`deploy: ${JSON.stringify(receipt.failure)}`);
    return receipt.to;
  }

  #model(at: Address, doors: readonly Door[], fields: ContractSpec["fields"]): Deployed {
    const deployed = new Deployed(digitsOf(at), doors, fields);
    this.#world.contracts.set(deployed.address, deployed);
    return deployed;
  }

  /** Makes the call on both sides. @returns what differs, or how both ended */
  call(call: ClassCall): { readonly differs: string } | Ended {
    const to = this.#addresses[call.contract] as Address;
    const { address: from } = ACCOUNTS[call.from] as SigningAccount;
    const signature = call.signed === undefined ? undefined : this.#sign(call, to);
    const args = call.args + (signature?.digits ?? "");
    const name = call.door.name;
    const sent = call.byPeer
      ? {
          to: this.#peer,
          method: "back",
          args: digitsOf(to) + encode(STRING, name) + encode(BYTES, args),
        }
      : { to, method: name, args };
    const given = call.byPeer ? sent.args : call.args;
    const model = this.#world.transact(
      digitsOf(from),
      digitsOf(sent.to),
      sent.method,
      given,
      call.value,
      call.asQuery,
      signature?.model,
    );
    const message = { ...sent, from, value: call.value, gasLimit: GAS, args: bytesOf(sent.args) };
    const receipt = call.asQuery
      ? this.#chain.query({ ...message, kind: "query" })
      : this.#chain.send({ ...message, kind: "execute" });
    return this.#compare(model, receipt) ?? model;
  }

  #sign({ contract, door, args, signed }: ClassCall, to: Address) {
    const { by, fault } = signed as NonNullable<ClassCall["signed"]>;
    const account = ACCOUNTS[by] as SigningAccount;
    const at = this.#world.contracts.get(digitsOf(to));
    const stored = at?.entries.get(utf8Hex("%nonce/") + digitsOf(account.address));
    const next = stored === undefined ? 0n : Buffer.from(stored, "hex").readBigUInt64LE();
    const nonce = fault === "replay" ? (next === 0n ? 3n : next - 1n) : next;
    const other = this.#addresses.find((_, i) => i !== contract) ?? this.#peer;
    const message = signedMessage({
      chainId: fault === "chain" ? 1 : Number(this.#chain.chainId),
      contract: fault === "contract" ? other : to,
      method: fault === "method" ? `${door.name}s` : door.name,
      nonce,
      args: bytesOf(fault === "args" ? `${args.slice(0, -2)}${args.endsWith("00") ? "01" : "00"}` : args),
    });
    const model: Signature = {
      nonce,
      by: digitsOf(account.address),
      isRight: fault === "none" || fault === "replay" || fault === "signer",
    };
    const digits =
      encode(U64, nonce) + encode(BYTES, hex(account.publicKey)) + encode(BYTES, hex(account.sign(message)));
    return { digits, model };
  }

  #compare(model: Ended, { failure, result, events }: Receipt): { readonly differs: string } | undefined {
    const found =
      failure === undefined
        ? "none"
        : failure.status === "reverted"
          ? failure.abort === undefined
            ? hex(failure.data)
            : "trap"
          : failure.status;
    const shown = events.map(({ topic, data }) => `${Buffer.from(topic).toString("utf8")}(${hex(data)})`).join(" ");
    const expected = model.events.map(({ topic, data }) => `${topic}(${data})`).join(" ");
    return (
      differ("failure", model.failure ?? "none", found) ??
      differ("result", model.result, hex(result)) ??
      differ("events", expected, shown) ??
      this.#compareState()
    );
  }

  #compareState(): { readonly differs: string } | undefined {
    for (const address of [...this.#addresses, this.#peer]) {
      const model = this.#world.contracts.get(digitsOf(address)) as Deployed;
      const entries = new Map(this.#chain.storageEntries(address).map(([key, value]) => [hex(key), hex(value)]));
      const zeros = new Map([...model.fields].map(([name, type]) => [utf8Hex(name), encode(type, zeroOf(type))]));
      for (const key of new Set([...entries.keys(), ...model.entries.keys()])) {
        const expected = model.entries.get(key) ?? zeros.get(key) ?? "none";
        const found = entries.get(key) ?? zeros.get(key) ?? "none";
        const name = JSON.stringify(Buffer.from(key, "hex").toString("latin1"));
        const what = differ(`storage of ${name}`, expected, found);
        if (what !== undefined) return what;
      }
    }
    for (const [address, amount] of this.#world.balances) {
      const what = differ(`balance of ${address}`, amount, this.#chain.balance(`0x${address}` as Address));
      if (what !== undefined) return what;
    }
    return undefined;
  }
}

function differ(what: string, expected: unknown, found: unknown): { readonly differs: string } | undefined {
  return String(expected) === String(found)
    ? undefined
    : { differs: `${what}\n  expected ${expected}\n  found    ${found}` };
}
