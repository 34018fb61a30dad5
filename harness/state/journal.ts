// The journal of one transaction: every change as an undo entry, so that a failed frame leaves no trace.
// Resetting the world between tests is not its business (snapshot.ts).

import type { Address } from "../core/address.js";
import type { EmittedEvent } from "../core/receipt.js";
import type { Cell } from "./cell.js";
import type { World } from "./world.js";

/** Where a frame began; going back to it undoes the frame. */
export interface Checkpoint {
  readonly changes: number;
  readonly events: number;
}

/** One cell that a transaction has changed, with its value before and after. */
export interface CellChange {
  readonly cell: Cell;
  readonly before: unknown;
  readonly after: unknown;
}

/** The changes and events of the transaction under way. */
export class Journal {
  readonly world: World;
  /** The changes, `#count` of them; what lies behind is of earlier transactions, and is written over. */
  readonly #cells: Cell[] = [];
  readonly #befores: unknown[] = [];
  #count = 0;
  #events: EmittedEvent[] = [];

  constructor(world: World) {
    this.world = world;
  }

  /** Forgets the last transaction; its changes stay. */
  begin(): void {
    this.#truncate(0);
    if (this.#cells.length > MOST_KEPT) {
      this.#cells.length = 0;
      this.#befores.length = 0;
    }
    if (this.#events.length > 0) this.#events = [];
  }

  /** Changes a cell, so that it can be undone. */
  write<T>(cell: Cell<T>, value: T): void {
    this.#cells[this.#count] = cell as Cell;
    this.#befores[this.#count++] = cell.value;
    this.world.write(cell, value);
  }

  /** Adds an event to the transaction. */
  emit(event: EmittedEvent): void {
    this.#events.push(event);
  }

  /** How many changes there are so far: with `eventCount`, what a checkpoint consists of. */
  get changeCount(): number {
    return this.#count;
  }

  get eventCount(): number {
    return this.#events.length;
  }

  checkpoint(): Checkpoint {
    return { changes: this.#count, events: this.#events.length };
  }

  /** Undoes everything since the checkpoint, latest first. */
  rollback(changes: number, events: number): void {
    for (let i = this.#count - 1; i >= changes; i--) this.world.write(this.#cells[i] as Cell, this.#befores[i]);
    this.#truncate(changes);
    if (this.#events.length > events) this.#events.length = events;
  }

  /** Forgets the changes from `count` on. Arrays are not shortened: they would be allocated anew each time. */
  #truncate(count: number): void {
    for (let i = count; i < this.#count; i++) this.#befores[i] = undefined;
    this.#count = count;
  }

  /** The events of the transaction; the array belongs to the caller from now on. */
  takeEvents(): readonly EmittedEvent[] {
    const events = this.#events;
    if (events.length === 0) return NO_EVENTS;
    this.#events = [];
    return events;
  }

  /** Each changed cell once, in the order of its first change; cells that ended as they began are left out. */
  changes(): CellChange[] {
    const count = this.#count;
    const found: CellChange[] = [];
    const seen = count > 8 ? new Set<Cell>() : undefined;
    for (let i = 0; i < count; i++) {
      const cell = this.#cells[i] as Cell;
      if (seen === undefined ? this.#cells.indexOf(cell) < i : seen.has(cell)) continue;
      seen?.add(cell);
      const before = this.#befores[i];
      if (before !== cell.value) found.push({ cell, before, after: cell.value });
    }
    return found;
  }
}

/** How many changes' places are kept for the next transaction. */
const MOST_KEPT = 10_000;

const NO_EVENTS: readonly EmittedEvent[] = Object.freeze([]);

/** Moves value between two accounts; the caller has checked that there is enough. */
export function moveValue(
  journal: Journal,
  from: { readonly address: Address; readonly balance: Cell<bigint> },
  to: { readonly address: Address; readonly balance: Cell<bigint> },
  amount: bigint,
): void {
  if (amount === 0n) return;
  journal.write(from.balance, from.balance.value - amount);
  journal.write(to.balance, to.balance.value + amount);
}
