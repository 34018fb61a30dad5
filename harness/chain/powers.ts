// What a test may do and no contract can: set balances, storage, nonces and the block. Never reachable from host functions.

import type { Address } from "../core/address.js";
import { QwvmError } from "../core/errors.js";
import { LARGEST_AMOUNT } from "../host/u256.js";
import type { World } from "../state/world.js";
import type { Clock } from "./clock.js";

/** The powers over one chain. */
export class Powers {
  readonly #world: World;
  readonly #clock: Clock;
  readonly #moved: () => void;
  readonly #refuseWhileRunning: (what: string) => void;

  /**
   * @param moved called after the block has changed
   * @param refuseWhileRunning called before anything changes, with what is to be done; throws while a transaction runs
   */
  constructor(world: World, clock: Clock, moved: () => void, refuseWhileRunning: (what: string) => void) {
    this.#world = world;
    this.#clock = clock;
    this.#moved = moved;
    this.#refuseWhileRunning = refuseWhileRunning;
  }

  /** @throws QwvmError `BAD_AMOUNT` */
  setBalance(address: Address, amount: bigint): void {
    if (typeof amount !== "bigint" || amount < 0n || amount > LARGEST_AMOUNT) {
      throw new QwvmError("BAD_AMOUNT", `A balance cannot be ${String(amount)}.`, {
        hint: "A balance is a bigint from 0n to 2^256 - 1.",
      });
    }
    this.#refuseWhileRunning("A balance was set");
    this.#world.write(this.#world.account(address).balance, amount);
  }

  /** Sets a stored value; `undefined` or no bytes delete it. */
  setStorage(address: Address, key: Uint8Array, value: Uint8Array | undefined): void {
    const ownKey = new Uint8Array(key);
    const ownValue = value === undefined || value.length === 0 ? undefined : new Uint8Array(value);
    this.#refuseWhileRunning("A stored value was set");
    this.#world.write(this.#world.account(address).storage.findOrCreate(ownKey, 0, ownKey.length), ownValue);
  }

  /** @throws QwvmError `BAD_BLOCK` */
  setHeight(height: number): void {
    this.#refuseWhileRunning("The block's height was set");
    this.#clock.setHeight(checkWhole(height, "height"));
    this.#moved();
  }

  /** @throws QwvmError `BAD_BLOCK` */
  setTimestamp(seconds: number): void {
    this.#refuseWhileRunning("The block's time was set");
    this.#clock.setTimestamp(checkWhole(seconds, "timestamp in seconds"));
    this.#moved();
  }

  /**
   * Sets the beacon's randomness; `undefined` gives every block its own again.
   * @throws QwvmError `BAD_BLOCK` unless there are 32 bytes
   */
  setVrf(bytes: Uint8Array | undefined): void {
    if (bytes !== undefined && (!(bytes instanceof Uint8Array) || bytes.length !== 32)) {
      throw new QwvmError(
        "BAD_BLOCK",
        `The VRF is ${bytes instanceof Uint8Array ? bytes.length : typeof bytes} bytes.`,
        {
          hint: "The beacon gives 32 bytes.",
        },
      );
    }
    this.#refuseWhileRunning("The beacon's randomness was set");
    this.#clock.setVrf(bytes === undefined ? undefined : new Uint8Array(bytes));
    this.#moved();
  }

  /** Moves the block on by some blocks; time stands still. */
  mine(blocks = 1): void {
    this.setHeight(this.#clock.height + checkWhole(blocks, "number of blocks"));
  }

  /** Moves time on; the height stays. */
  advanceTime(seconds: number): void {
    this.setTimestamp(this.#clock.timestamp + checkWhole(seconds, "number of seconds"));
  }
}

/** @throws QwvmError `BAD_BLOCK` */
export function checkWhole(value: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new QwvmError("BAD_BLOCK", `The ${what} is ${String(value)}.`, {
    hint: "It must be a whole number, at least 0, of type number.",
  });
}
