// An account of a test: an address with a Dilithium key pair and a balance.

import type { SigningAccount } from "../chain/accounts.js";
import type { Address } from "../core/address.js";
import type { Machine } from "./machine.js";
import { checkAmount } from "./machine.js";

/** An account with a deterministic key pair: the same label has the same keys and address in every run. */
export class Account {
  readonly label: string;
  readonly address: Address;
  /** The Dilithium public key: a copy each time it is read, so that a test can change one and keep the account's. */
  declare readonly publicKey: Uint8Array;
  readonly #machine: Machine;
  readonly #keys: SigningAccount;

  constructor(machine: Machine, label: string, keys: SigningAccount) {
    this.label = label;
    this.address = keys.address;
    this.#machine = machine;
    this.#keys = keys;
    // The account's own property, as the others are, so that `{ ...account }` has it.
    Object.defineProperty(this, "publicKey", { enumerable: true, get: () => keys.publicKey });
    // The same label is the same account: nobody changes it for the others.
    Object.freeze(this);
  }

  /** Signs a message (text is taken as UTF-8) with the account's Dilithium key. */
  sign(message: Uint8Array | string): Uint8Array {
    return this.#keys.sign(typeof message === "string" ? new TextEncoder().encode(message) : message);
  }

  get balance(): bigint {
    return this.#machine.chain.balance(this.address);
  }

  set balance(amount: bigint) {
    this.#machine.chain.powers.setBalance(this.address, checkAmount(amount, `the balance of ${this.label}`));
  }

  toString(): string {
    return `${this.label} (${this.address})`;
  }

  toJSON(): unknown {
    return { account: this.label, address: this.address };
  }
}
