// The books of one transaction: what was spent on what. How much is left is counted inside the running instance,
// where instructions are charged too; this keeps the host's side of the account.

import { QwvmError } from "../core/errors.js";
import { GAS_CATEGORIES, type GasBreakdown, type GasCategory } from "../core/gas-breakdown.js";

/** A category's place in the books; the order is that of `GAS_CATEGORIES`. */
export type GasSlot = number;

const slotOf = (key: GasCategory): GasSlot => GAS_CATEGORIES.findIndex((category) => category.key === key);

export const INSTRUCTIONS: GasSlot = slotOf("instructions");
export const MEMORY: GasSlot = slotOf("memory");
export const STORAGE_READ: GasSlot = slotOf("storageRead");
export const STORAGE_WRITE: GasSlot = slotOf("storageWrite");
export const HASHING: GasSlot = slotOf("hashing");
export const SIGNATURES: GasSlot = slotOf("signatures");
export const TRANSFERS: GasSlot = slotOf("transfers");
export const EVENTS: GasSlot = slotOf("events");
export const CALLS: GasSlot = slotOf("calls");
export const DEPLOYMENT: GasSlot = slotOf("deployment");

/** Gas spent so far, by category, over all frames of a transaction. */
export class GasTank {
  readonly #spent = new Float64Array(GAS_CATEGORIES.length);
  #total = 0;

  /** The sum over all categories. */
  get total(): number {
    return this.#total;
  }

  /** Empties the books for the next transaction. */
  reset(): void {
    this.#spent.fill(0);
    this.#total = 0;
  }

  /** Books an amount that has been paid. */
  add(slot: GasSlot, amount: number): void {
    this.#spent[slot] = (this.#spent[slot] as number) + amount;
    this.#total += amount;
  }

  /** The figures in slot order, to be compared with later ones. */
  copy(): Float64Array {
    return this.#spent.slice();
  }

  /** What has been spent since `copy()` gave `before`; all of it without one. */
  breakdown(before?: Float64Array): GasBreakdown {
    const spent = (slot: GasSlot): number => (this.#spent[slot] as number) - (before?.[slot] ?? 0);
    return {
      instructions: spent(INSTRUCTIONS),
      memory: spent(MEMORY),
      storageRead: spent(STORAGE_READ),
      storageWrite: spent(STORAGE_WRITE),
      hashing: spent(HASHING),
      signatures: spent(SIGNATURES),
      transfers: spent(TRANSFERS),
      events: spent(EVENTS),
      calls: spent(CALLS),
      deployment: spent(DEPLOYMENT),
    };
  }
}

/**
 * Checks a gas limit given by a user.
 * @throws QwvmError `BAD_GAS_LIMIT`
 */
export function checkGasLimit(gasLimit: number): void {
  if (Number.isSafeInteger(gasLimit) && gasLimit >= 0) return;
  throw new QwvmError("BAD_GAS_LIMIT", `The gas limit is ${String(gasLimit)}.`, {
    hint: `It must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`,
  });
}
