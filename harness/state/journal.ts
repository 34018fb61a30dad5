// The journal of one transaction: every change as an undo entry, so that a failed frame leaves no trace.
// Resetting the world between tests is not its business (snapshot.ts).

import type { Address } from "../core/address.js";
import type { EmittedEvent } from "../core/receipt.js";
import type { MemoryImage } from "./account.js";
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

/** What the transaction has made the machine keep beside its changes, in bytes. Failed frames count as well. */
export interface Volumes {
  /** Arguments of nested calls, which the trace keeps. */
  nestedArgs: number;
  /** The development log. */
  log: number;
  /** Copied pages of persistent memories, as far as they may still be in use. */
  pages: number;
}

/** The changes and events of the transaction under way. */
export class Journal {
  readonly world: World;
  readonly volumes: Volumes = { nestedArgs: 0, log: 0, pages: 0 };
  /** Whether the memory of a persistent contract has been noted. */
  hasMemories = false;
  /** The changes, `#count` of them; what lies behind is of earlier transactions, and is written over. */
  readonly #cells: Cell[] = [];
  readonly #befores: unknown[] = [];
  #count = 0;
  #events: EmittedEvent[] = [];
  /** How many changes there were when each of the running nested calls began, outermost first. */
  #calls: number[] = [];

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
    if (this.#calls.length > 0) this.#calls.length = 0;
    this.volumes.nestedArgs = 0;
    this.volumes.log = 0;
    if (this.hasMemories) {
      this.hasMemories = false;
      this.volumes.pages = 0;
    }
  }

  /** Changes a persistent contract's memory, so that it can be undone. */
  writeMemory(cell: Cell<MemoryImage | undefined>, image: MemoryImage | undefined): void {
    this.hasMemories = true;
    this.write(cell, image);
  }

  /** A contract is about to call another one. */
  enterCall(): void {
    this.#calls.push(this.#count);
  }

  /**
   * The call has returned. What a successful one changed is its caller's from now on, which goes back to its own beginning
   * or not at all: of the memories that a contract had since then, the first is enough. Each may hold 16 MB.
   */
  leaveCall(succeeded: boolean): void {
    const start = this.#calls.pop() ?? 0;
    if (succeeded) this.#dropMemories(this.#calls.at(-1) ?? 0, start);
  }

  /** Takes out the memories noted from `start` on that have an earlier note from `base` on. */
  #dropMemories(base: number, start: number): void {
    const cells = this.#cells;
    let kept = start;
    for (let i = start; i < this.#count; i++) {
      const cell = cells[i] as Cell;
      if (cell.kind === "memory" && cells.indexOf(cell, base) < kept) continue;
      cells[kept] = cell;
      this.#befores[kept] = this.#befores[i];
      kept++;
    }
    this.#truncate(kept);
  }

  /** Whether so many more pages of memories may be kept for the transaction, with those that are in use. */
  reservePages(pages: number, most: number): boolean {
    const { volumes } = this;
    if (volumes.pages + pages > most) volumes.pages = this.#countPages();
    if (volumes.pages + pages > most) return false;
    volumes.pages += pages;
    this.hasMemories = true;
    return true;
  }

  /** Copied pages of all memories that the transaction can still need, without those that were there before it. */
  #countPages(): number {
    const changed = new Set<Cell>();
    const earlier = new Set<Uint8Array>();
    const found = new Set<Uint8Array>();
    const add = (to: Set<Uint8Array>, image: unknown) => {
      for (const page of (image as MemoryImage | undefined)?.pages ?? []) if (page !== undefined) to.add(page);
    };
    for (let i = 0; i < this.#count; i++) {
      const cell = this.#cells[i] as Cell;
      if (cell.kind !== "memory") continue;
      add(changed.has(cell) ? found : earlier, this.#befores[i]);
      changed.add(cell);
    }
    for (const { value } of changed) add(found, value);
    let count = 0;
    for (const page of found) if (!earlier.has(page) && page.byteLength === page.buffer.byteLength) count++;
    return count;
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
      if (!isSame(before, cell.value)) found.push({ cell, before, after: cell.value });
    }
    return found;
  }
}

/** How many changes' places are kept for the next transaction. */
const MOST_KEPT = 10_000;

/** Bytes written anew are the same as before when they are equal. */
function isSame(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (!(before instanceof Uint8Array && after instanceof Uint8Array) || before.length !== after.length) return false;
  for (let i = 0; i < before.length; i++) {
    if (before[i] !== after[i]) return false;
  }
  return true;
}

const NO_EVENTS: readonly EmittedEvent[] = Object.freeze([]);

/** No balance can be more: 2^256 - 1. */
export const LARGEST_BALANCE = (1n << 256n) - 1n;

type Holder = { readonly address: Address; readonly balance: Cell<bigint> };

/** Why value cannot move: the payer has less, or the payee would have more than fits. Undefined when it can. */
export function valueProblem(from: Holder, to: Holder, amount: bigint): "too little" | "too much" | undefined {
  if (from.balance.value < amount) return "too little";
  return from !== to && to.balance.value + amount > LARGEST_BALANCE ? "too much" : undefined;
}

/** Moves value between two accounts, the only way it can move. Does nothing when it cannot, and says why. */
export function moveValue(journal: Journal, from: Holder, to: Holder, amount: bigint): ReturnType<typeof valueProblem> {
  const problem = valueProblem(from, to, amount);
  if (problem !== undefined || amount === 0n) return problem;
  journal.write(from.balance, from.balance.value - amount);
  journal.write(to.balance, to.balance.value + amount);
  return undefined;
}
