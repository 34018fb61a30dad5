// The gas schedule: every price of the machine as data, with its unit and its source. Owns no arithmetic (formulas.ts).
// Sources: [O] the gas table of QWVM's overview, [E] the EVM's figure for the same thing, [P] this project's choice
// where the overview is silent.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { QwvmError } from "../core/errors.js";

/** Prices in gas, each a whole number. */
export interface GasSchedule {
  /** Per operator executed. [O] */
  readonly instruction: number;
  /** Per `memory.grow`, added to the operator's own price. [O] */
  readonly memoryGrow: number;
  /** Per unit begun of a bulk operator (`memory.fill`, `memory.copy`, `table.grow`, ...). [P] */
  readonly bulkUnit: number;
  /** Size of that unit in bytes of memory, for `memory.fill`, `memory.copy` and `memory.init`. [P] */
  readonly bulkUnitSize: number;
  /** Size of that unit in elements of a table, for `table.init`, `table.copy`, `table.fill` and `table.grow`. [P] */
  readonly tableUnitSize: number;
  /** Per `qw_storage_read`. [O] */
  readonly storageRead: number;
  /** Per byte of the value that is copied. [O] */
  readonly storageReadByte: number;
  /** Per `qw_storage_write`. [O] */
  readonly storageWrite: number;
  /** Per byte of the value written. [O] */
  readonly storageWriteByte: number;
  /** Per `qw_dilithium_verify`. [O] */
  readonly dilithiumVerify: number;
  /** How many bytes of message that pays for. [P] */
  readonly dilithiumBytes: number;
  /** Per byte of message beyond. [P], as [O] for SHA3, which it is hashed with */
  readonly dilithiumByte: number;
  readonly sha3Byte: number;
  /** What `qw_sha3_256` costs at least. [P] */
  readonly sha3Least: number;
  /** Per `qw_get_caller`. [O] */
  readonly caller: number;
  /** Per `qw_get_balance`. [O] */
  readonly balance: number;
  /** Per `qw_get_self`, `qw_get_value`, `qw_get_block_height`, `qw_get_block_timestamp`, `qw_get_vrf`, `qw_get_chain_id`. [P], as [O] for the caller */
  readonly context: number;
  /** Per transfer of value: `qw_transfer`, or a transaction that only pays. [O] */
  readonly transfer: number;
  /** Per `qw_emit_event`. [E] LOG0 */
  readonly event: number;
  /** Per byte of topic and data. [E] LOG0 */
  readonly eventByte: number;
  /** Per `qw_call_contract`, before the callee's own gas. [O] */
  readonly call: number;
  /** Per unit begun of a nested call's arguments, of its result, and of revert data. [E] copying a word */
  readonly copyUnit: number;
  /** Size of that unit, in bytes. [E] */
  readonly copyUnitSize: number;
  /** Per page of its memory that a contract with persistent memory has when another contract calls it: it is put back. [P] */
  readonly memoryPage: number;
  /** Per deployment. [P], as a storage write */
  readonly deployment: number;
  /** Per byte of the deployed module. [P], as a storage write */
  readonly deploymentByte: number;
}

export const DEFAULT_SCHEDULE: GasSchedule = Object.freeze({
  instruction: 1,
  memoryGrow: 100,
  bulkUnit: 1,
  bulkUnitSize: 64,
  tableUnitSize: 1,
  storageRead: 200,
  storageReadByte: 3,
  storageWrite: 5_000,
  storageWriteByte: 20,
  dilithiumVerify: 50_000,
  dilithiumBytes: 4_096,
  dilithiumByte: 30,
  sha3Byte: 30,
  sha3Least: 30,
  caller: 200,
  balance: 200,
  context: 200,
  transfer: 21_000,
  event: 375,
  eventByte: 8,
  call: 100_000,
  copyUnit: 3,
  copyUnitSize: 32,
  memoryPage: 100,
  deployment: 5_000,
  deploymentByte: 20,
});

/** The largest price: what one operator can cost stays far below 2^53 even for lengths of 2^32 bytes. */
const LARGEST_PRICE = 1_000_000;

/**
 * The default schedule with a user's overrides.
 * @throws QwvmError `BAD_GAS_SCHEDULE` for an unknown name or a value that is not a whole number in range
 */
export function resolveSchedule(given: Partial<GasSchedule> = {}): GasSchedule {
  // Read once: what is checked is what is used.
  const overrides = { ...given };
  for (const [name, value] of Object.entries(overrides)) {
    if (!Object.hasOwn(DEFAULT_SCHEDULE, name)) {
      throw new QwvmError("BAD_GAS_SCHEDULE", `The gas schedule has no price named ${JSON.stringify(name)}.`, {
        hint: `The prices are ${Object.keys(DEFAULT_SCHEDULE).join(", ")}.`,
      });
    }
    // Without a price per operator a loop would never end, and nothing can be divided into units of nothing.
    const least = ["bulkUnitSize", "tableUnitSize", "copyUnitSize", "instruction"].includes(name) ? 1 : 0;
    if (!Number.isSafeInteger(value) || value < least || value > LARGEST_PRICE) {
      throw new QwvmError("BAD_GAS_SCHEDULE", `The gas price ${name} is ${String(value)}.`, {
        hint: `It must be a whole number from ${least} to ${LARGEST_PRICE}.`,
      });
    }
  }
  return Object.freeze({ ...DEFAULT_SCHEDULE, ...overrides });
}

/** Names a schedule: the first 8 hex digits of SHA-256 over its JSON with sorted keys and no spaces. */
export function scheduleHash(schedule: GasSchedule): string {
  const sorted = Object.fromEntries(Object.entries(schedule).sort(([a], [b]) => (a < b ? -1 : 1)));
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(sorted)))).slice(0, 8);
}
