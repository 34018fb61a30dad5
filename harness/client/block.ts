// The block as users see it.

/** The block that the next transaction is in. */
export interface Block {
  readonly height: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** 32 bytes of the beacon's randomness. */
  readonly vrf: Uint8Array;
}
