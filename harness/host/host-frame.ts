// What a host function is given: the frame that called it. The VM implements it; the host room knows no more of the VM.
// Also the two checks that every host function begins with: a price and a range.

import type { Address } from "../core/address.js";
import type { SourcePosition } from "../core/artifact.js";
import type { Failure, TrapCode } from "../core/outcome.js";
import type { GasSchedule } from "../gas/schedule.js";
import type { GasSlot } from "../gas/tank.js";
import type { Account } from "../state/account.js";
import type { Journal } from "../state/journal.js";

/** What the block tells a contract. */
export interface BlockFacts {
  readonly height: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** 32 bytes. */
  readonly vrf: Uint8Array;
}

/** How a nested call ended: the callee's result, or its revert data (empty when it trapped or ran out of gas). */
export interface CallResult {
  readonly succeeded: boolean;
  readonly data: Uint8Array;
  /** Set when the caller cannot go on either: the machine's limits ended the call, and not what the callee did. */
  readonly trap?: CallTrap;
}

/** Why a call traps its caller. */
export interface CallTrap {
  readonly code: TrapCode;
  readonly detail: string;
  /** The callee's failure that led to it; undefined when no callee ran. */
  readonly cause: Failure | undefined;
}

/** The running frame, as host functions see it. */
export interface HostFrame {
  readonly schedule: GasSchedule;
  readonly journal: Journal;
  readonly block: BlockFacts;
  /** The chain's number, a u64. */
  readonly chainId: bigint;
  /** The contract that runs. */
  readonly contract: Account;
  readonly caller: Account;
  /** Amount sent with the call. */
  readonly value: bigint;
  /** Whether nothing may be written, paid or emitted. */
  readonly readOnly: boolean;
  /** Whether anybody wants to hear of host calls; `tell` need not be called otherwise. */
  readonly watched: boolean;

  /** The contract's memory as it is now; not to be kept over a nested call. */
  memory(): Uint8Array;
  /** Takes gas and books it. Ends the frame when it does not suffice. */
  charge(slot: GasSlot, gas: number): void;
  /** Ends the frame with a trap; `cause` is the failure of a callee that it goes back to. */
  trap(code: TrapCode, detail: string, cause?: Failure): never;
  /** Ends the frame with error data. */
  revert(data: Uint8Array, abort?: { message: string; position?: SourcePosition }): never;
  /** How many pages of memory have to be put back when a contract is entered: none but for one with persistent memory. */
  pagesToPutBack(contract: Address): number;
  /** Runs another contract's method; the price of the call has been charged. */
  call(to: Address, method: string, args: Uint8Array): CallResult;
  /** Notes a line of the development log. */
  log(text: string): void;
  /** Tells observers of a host call that was carried out. */
  tell(name: string, gas: number, input: readonly Uint8Array[], output?: Uint8Array): void;
}

/** Copies of more than 64 bytes come out of pieces of this size: the engine takes long to make a buffer for each. */
const POOL_BYTES = 16_384;
const ENGINE_INLINE_BYTES = 64;
let pool = new Uint8Array(POOL_BYTES);
let poolUsed = 0;

/**
 * A copy of a piece of memory that lives shortly, such as an event's data. Copies may share a buffer, so this is not for
 * what the world keeps.
 */
export function copyShortLived(memory: Uint8Array, start: number, end: number): Uint8Array {
  const length = end - start;
  if (length <= ENGINE_INLINE_BYTES || length > POOL_BYTES / 8) return memory.slice(start, end);
  if (poolUsed + length > POOL_BYTES) {
    pool = new Uint8Array(POOL_BYTES);
    poolUsed = 0;
  }
  const copy = pool.subarray(poolUsed, poolUsed + length);
  poolUsed += length;
  for (let i = 0; i < length; i++) copy[i] = memory[start + i] as number;
  return copy;
}

/** The functions of one right, by name and form: the key is `name` + space + `formatSignature` of the form. */
export type HostBindings = Record<string, (...args: number[]) => number | bigint | undefined>;

/**
 * Traps unless `[pointer, pointer + length)` lies in the memory.
 * @param what the parameter's name and function, for the message
 */
export function checkRange(frame: HostFrame, memory: Uint8Array, pointer: number, length: number, what: string): void {
  if (pointer + length > memory.length) {
    const size = `${memory.length} bytes`;
    frame.trap("out-of-bounds pointer", `${what}: ${length} bytes at ${pointer} are outside of the memory of ${size}.`);
  }
}
