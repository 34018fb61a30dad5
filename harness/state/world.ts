// The world: every account, and the versions of it that snapshots name. Owns the only way to change a cell.
// Undo within a transaction is the journal's (journal.ts); rules about who may change what are not here.

import type { Address } from "../core/address.js";
import { type Account, createAccount } from "./account.js";
import type { Cell } from "./cell.js";
import { type WorldSnapshot, WorldVersions } from "./snapshot.js";

/** All accounts by address. */
export class World {
  readonly #accounts = new Map<Address, Account>();
  readonly #versions = new WorldVersions();

  /** The account of an address; an empty one is made on first sight. */
  account(address: Address): Account {
    let account = this.#accounts.get(address);
    if (account === undefined) {
      account = createAccount(address);
      this.#accounts.set(address, account);
    }
    return account;
  }

  /** The account of an address that has been touched before; undefined otherwise. Makes nothing. */
  find(address: Address): Account | undefined {
    return this.#accounts.get(address);
  }

  /** Every account touched so far. */
  accounts(): IterableIterator<Account> {
    return this.#accounts.values();
  }

  /** Changes a cell; an open snapshot notes what it held. */
  write<T>(cell: Cell<T>, value: T): void {
    this.#versions.note(cell as Cell);
    cell.value = value;
  }

  /** Names the world's present state. Costs what has changed since the last snapshot, not what is stored. */
  snapshot(): WorldSnapshot {
    return this.#versions.take();
  }

  /** Whether a value is a snapshot of this world. */
  owns(snapshot: unknown): snapshot is WorldSnapshot {
    return this.#versions.owns(snapshot);
  }

  /** Brings a snapshot's state back; any snapshot of this world, as often as wanted. Costs what differs. */
  restore(snapshot: WorldSnapshot): void {
    this.#versions.goTo(snapshot);
  }
}
