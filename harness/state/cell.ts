// A cell holds one value of the world's state: a balance, a nonce, a stored value, a contract's code or kept memory.
// Everything that can be undone is a cell, so that the journal and snapshots need to know nothing else.

import type { Address } from "../core/address.js";

export type CellKind = "balance" | "nonce" | "code" | "memory" | "storage" | "clock";

/** One value that the journal can undo and a snapshot can bring back. */
export interface Cell<T = unknown> {
  value: T;
  /** The world's epoch in which the cell last changed; tells a snapshot whether it has noted the cell already. */
  epoch: number;
  readonly kind: CellKind;
  /** Whose value it is. */
  readonly owner: Address;
}

/** A cell that has not changed since the world began. */
export function createCell<T>(kind: CellKind, owner: Address, value: T): Cell<T> {
  return { value, epoch: -1, kind, owner };
}
