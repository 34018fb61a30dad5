// The machine's limits as data, every one of them configurable. Source of the defaults: QWVM's overview gives memory
// (16 MB), stack (64 KB); nesting, code size and what a callee must be left of the stack are this project's, the table's is CosmWasm's.

import { QwvmError } from "./errors.js";

/** The limits of one machine, each a whole number. */
export interface Limits {
  /** Memory of one contract, in pages of 64 KiB. */
  readonly memoryPages: number;
  /** Stack of a whole transaction in bytes, nested calls included. */
  readonly stackBytes: number;
  /** How deep contracts may call contracts. The call beyond traps the contract that makes it. */
  readonly callDepth: number;
  /**
   * Bytes of stack that must be left when a contract is called, for the callee's running out of stack to be its own
   * failure: with fewer it traps the caller as well.
   */
  readonly calleeStackBytes: number;
  /** Size of a deployed module in bytes. */
  readonly codeBytes: number;
  /** Elements that all tables of a contract begin with, and that one may grow to. */
  readonly tableElements: number;
  /** Gas of a transaction that does not say its own limit. */
  readonly defaultGasLimit: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  memoryPages: 256,
  stackBytes: 65_536,
  callDepth: 64,
  calleeStackBytes: 16_384,
  codeBytes: 1_048_576,
  tableElements: 2_500,
  defaultGasLimit: 10_000_000,
});

/**
 * Bounds on what host functions take without a price for its size, so that no amount of gas fills the process's memory.
 * The overview is silent on them; they are the same on every machine.
 */
export const HOST_BOUNDS = {
  /** Bytes of a storage key (as NEAR's `max_length_storage_key`). */
  storageKeyBytes: 2_048,
  /** Bytes of the method's name in a nested call. */
  methodBytes: 1_024,
  /** Bytes of arguments of all nested calls of a transaction together: its trace keeps them. */
  nestedArgsBytes: 64 * 1_048_576,
  /**
   * Pages of 64 KiB that a transaction may keep of the memories that persistent contracts changed: 64 MiB. With memories of
   * more than 256 pages (`memoryPages`) four of those.
   */
  imagePages: 1_024,
  /** UTF-16 units that are read of each of the two texts of AssemblyScript's `abort`. */
  abortUnits: 1_024,
  /** Bytes of development log of a transaction; a line counts for at least 64. */
  logBytes: 1_048_576,
} as const;

/** The largest value each limit can be set to: beyond it the engine's own limits would show through. */
const LARGEST: Limits = {
  memoryPages: 65_536,
  stackBytes: 131_072,
  callDepth: 128,
  calleeStackBytes: 131_072,
  codeBytes: 64 * 1_048_576,
  tableElements: 10_000_000,
  defaultGasLimit: Number.MAX_SAFE_INTEGER,
};

/**
 * The default limits with a user's overrides.
 * @throws QwvmError `BAD_LIMIT` for an unknown name or a value out of range
 */
export function resolveLimits(given: Partial<Limits> = {}): Limits {
  // Read once: what is checked is what is used.
  const overrides = { ...given };
  for (const [name, value] of Object.entries(overrides)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) {
      throw new QwvmError("BAD_LIMIT", `There is no limit named ${JSON.stringify(name)}.`, {
        hint: `The limits are ${Object.keys(DEFAULT_LIMITS).join(", ")}.`,
      });
    }
    const largest = LARGEST[name as keyof Limits];
    if (!Number.isSafeInteger(value) || value < 1 || value > largest) {
      throw new QwvmError("BAD_LIMIT", `The limit ${name} is ${String(value)}.`, {
        hint: `It must be a whole number from 1 to ${largest}.`,
      });
    }
  }
  return Object.freeze({ ...DEFAULT_LIMITS, ...overrides });
}
