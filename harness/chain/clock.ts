// The block that transactions see: height, time, randomness. It stands still until a test moves it.

import { ZERO_ADDRESS } from "../core/address.js";
import { copyBytes } from "../core/copies.js";
import type { BlockFacts } from "../host/host-frame.js";
import { sha3 } from "../host/sha3.js";
import { type Cell, createCell } from "../state/cell.js";
import type { World } from "../state/world.js";

/** The first block: height 1, at the beginning of 2026 (UTC). */
export const FIRST_HEIGHT = 1;
export const FIRST_TIMESTAMP = 1_767_225_600;

/** The block as it is now. Its values are cells of the world, so snapshots cover them. */
export class Clock {
  readonly #world: World;
  readonly #height: Cell<number>;
  readonly #timestamp: Cell<number>;
  readonly #vrf: Cell<Uint8Array | undefined>;

  constructor(world: World, height: number, timestamp: number) {
    this.#world = world;
    this.#height = createCell("clock", ZERO_ADDRESS, height);
    this.#timestamp = createCell("clock", ZERO_ADDRESS, timestamp);
    this.#vrf = createCell<Uint8Array | undefined>("clock", ZERO_ADDRESS, undefined);
  }

  get height(): number {
    return this.#height.value;
  }

  /** Seconds since 1970. */
  get timestamp(): number {
    return this.#timestamp.value;
  }

  /** A copy of the beacon's 32 random bytes: as set, or else SHA3-256 of "qwvm vrf" and the height (u64, little-endian). */
  get vrf(): Uint8Array {
    return copyBytes(this.#vrf.value ?? vrfOfHeight(this.height));
  }

  /** The block as the machine passes it to contracts. */
  facts(): BlockFacts {
    const set = this.#vrf.value;
    const height = this.height;
    let derived: Uint8Array | undefined;
    return {
      height,
      timestamp: this.timestamp,
      get vrf() {
        derived ??= set ?? vrfOfHeight(height);
        return derived;
      },
    };
  }

  setHeight(height: number): void {
    this.#world.write(this.#height, height);
  }

  setTimestamp(seconds: number): void {
    this.#world.write(this.#timestamp, seconds);
  }

  setVrf(bytes: Uint8Array | undefined): void {
    this.#world.write(this.#vrf, bytes);
  }
}

function vrfOfHeight(height: number): Uint8Array {
  const seed = new Uint8Array(16);
  seed.set(new TextEncoder().encode("qwvm vrf"));
  new DataView(seed.buffer).setBigUint64(8, BigInt(height), true);
  return sha3(seed);
}
