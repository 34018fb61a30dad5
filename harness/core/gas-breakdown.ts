// What gas is spent on: the ten figures of a receipt. Their sum is the gas used.

import { freezeCopy } from "./freeze.js";

/** Gas by what it was spent on, each a whole number of gas units. */
export interface GasBreakdown {
  /** One for every operator executed. */
  readonly instructions: number;
  /** `memory.grow`, and the bulk operators' surcharge. */
  readonly memory: number;
  /** `qw_storage_read`, and the host functions that read the chain's context (caller, balance, block). */
  readonly storageRead: number;
  readonly storageWrite: number;
  readonly hashing: number;
  readonly signatures: number;
  readonly transfers: number;
  readonly events: number;
  /** The price of `qw_call_contract` itself, with what it hands over, and revert data; what the callee spends is in the other figures. */
  readonly calls: number;
  /** Storing the code of a deployed contract. */
  readonly deployment: number;
}

export type GasCategory = keyof GasBreakdown;

/** Every category in the order of reports, with the name that gas snapshots use. */
export const GAS_CATEGORIES: readonly { readonly key: GasCategory; readonly label: string }[] = freezeCopy([
  { key: "instructions", label: "instructions" },
  { key: "memory", label: "memory" },
  { key: "storageRead", label: "storage-read" },
  { key: "storageWrite", label: "storage-write" },
  { key: "hashing", label: "hashing" },
  { key: "signatures", label: "signatures" },
  { key: "transfers", label: "transfers" },
  { key: "events", label: "events" },
  { key: "calls", label: "calls" },
  { key: "deployment", label: "deploy" },
]);
