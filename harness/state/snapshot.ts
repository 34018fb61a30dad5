// Versions of the world as a tree of differences: a snapshot is a node, and going to it undoes and redoes what lies
// between. Nothing is copied when a snapshot is taken, and taking another one or going back invalidates none.
// The idea is Baker's rerooting of version trees ("Shallow binding makes functional arrays fast", 1991).

import { InternalError } from "../core/errors.js";
import type { Cell } from "./cell.js";

/** One changed cell between a version and its parent. */
interface Difference {
  readonly cell: Cell;
  /** The cell's value in the parent. */
  readonly before: unknown;
  /** The cell's value in this version. */
  readonly after: unknown;
}

/** A named state of one world. Opaque: give it back to the world that made it. */
export interface WorldSnapshot {
  readonly versions: WorldVersions;
  readonly parent: WorldSnapshot | undefined;
  readonly depth: number;
  readonly differences: readonly Difference[];
}

/** The versions of one world. */
export class WorldVersions {
  /** The version that the present state is based on; undefined until the first snapshot. */
  #base: WorldSnapshot | undefined;
  /** What has changed since `#base`: each cell once, with its value in `#base`. */
  #changed: Cell[] = [];
  #before: unknown[] = [];
  #epoch = 0;

  /** To be called before a cell changes. */
  note(cell: Cell): void {
    if (cell.epoch === this.#epoch || this.#base === undefined) return;
    cell.epoch = this.#epoch;
    this.#changed.push(cell);
    this.#before.push(cell.value);
  }

  /** The version of the present state; the same one again when nothing has changed. */
  take(): WorldSnapshot {
    const base = this.#base;
    if (base !== undefined && this.#changed.length === 0) return base;
    const differences = this.#changed.map((cell, i) => ({ cell, before: this.#before[i], after: cell.value }));
    this.#moveTo({ versions: this, parent: base, depth: base === undefined ? 0 : base.depth + 1, differences });
    return this.#base as WorldSnapshot;
  }

  /** Whether a value is a version of this world. */
  owns(target: unknown): target is WorldSnapshot {
    return typeof target === "object" && target !== null && "versions" in target && target.versions === this;
  }

  /** Makes the state that of `target`. */
  goTo(target: WorldSnapshot): void {
    if (target.versions !== this || this.#base === undefined) {
      throw new InternalError("A snapshot was given to a world that did not make it.");
    }
    for (let i = this.#changed.length - 1; i >= 0; i--) (this.#changed[i] as Cell).value = this.#before[i];
    const down: WorldSnapshot[] = [];
    let from = this.#base;
    let to = target;
    while (from !== to) {
      if (from.depth >= to.depth) {
        for (const { cell, before } of from.differences) cell.value = before;
        from = from.parent as WorldSnapshot;
      } else {
        down.push(to);
        to = to.parent as WorldSnapshot;
      }
    }
    for (let i = down.length - 1; i >= 0; i--) {
      for (const { cell, after } of (down[i] as WorldSnapshot).differences) cell.value = after;
    }
    this.#moveTo(target);
  }

  #moveTo(version: WorldSnapshot): void {
    this.#base = version;
    this.#changed = [];
    this.#before = [];
    this.#epoch++;
  }
}
