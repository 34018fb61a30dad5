// A snapshot as users hold it: a token. What it stands for can be read by the machine alone, and changed by nobody.

import type { ChainSnapshot } from "../chain/chain.js";
import { QwvmError } from "../core/errors.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";

interface SnapshotParts {
  readonly chain: ChainSnapshot;
  readonly lastReceipt: SettledReceipt | undefined;
}

/** A state to come back to, any number of times. Opaque. */
export class Snapshot {
  readonly #chain: ChainSnapshot;
  readonly #lastReceipt: SettledReceipt | undefined;

  constructor(chain: ChainSnapshot, lastReceipt: SettledReceipt | undefined) {
    this.#chain = chain;
    this.#lastReceipt = lastReceipt;
  }

  /** What a snapshot holds; undefined for anything else. */
  static read(value: unknown): SnapshotParts | undefined {
    if (typeof value !== "object" || value === null || !(#chain in value)) return undefined;
    return { chain: value.#chain, lastReceipt: value.#lastReceipt };
  }

  /** The error of somebody who was given something else. */
  static notOne(by: string): QwvmError {
    return new QwvmError("BAD_SNAPSHOT", `${by} was given something else than a snapshot of this vm.`, {
      hint: "Take it from the same vm: const clean = vm.snapshot(); ... vm.restore(clean);",
    });
  }
}
