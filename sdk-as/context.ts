// Who calls, with what value, in which block and on which chain. Each first use in a call costs 200 gas. All but the caller are
// extensions of the documented host functions.

import {
  qw_get_block_height,
  qw_get_block_timestamp,
  qw_get_caller,
  qw_get_chain_id,
  qw_get_self,
  qw_get_value,
  qw_get_vrf,
} from "./env";
import type { Address } from "./types/address";
import type { Hash } from "./types/hash";
import type { u256 } from "./types/u256";

let callerAt: usize = 0;

/** The context of the call. */
// biome-ignore lint/complexity/noStaticOnlyClass: AssemblyScript has no other way to group functions under a name
export class context {
  /** Who calls: an account, or the contract that called this one. */
  static get caller(): Address {
    if (callerAt == 0) {
      callerAt = __alloc(20);
      qw_get_caller(callerAt);
    }
    return changetype<Address>(callerAt);
  }

  /** This contract's address. */
  static get self(): Address {
    const at = __alloc(20);
    qw_get_self(at);
    return changetype<Address>(at);
  }

  /** The amount sent with the call; it is already in this contract's balance. */
  static get value(): u256 {
    const at = __alloc(32);
    qw_get_value(at);
    return changetype<u256>(at);
  }

  static get blockHeight(): u64 {
    return qw_get_block_height();
  }

  /** Seconds since 1970. */
  static get blockTimestamp(): u64 {
    return qw_get_block_timestamp();
  }

  /** The chain's number: what is signed for one chain must be worth nothing on another. */
  static get chainId(): u64 {
    return qw_get_chain_id();
  }

  /** The block's random value, from the beacon. The same in the whole block, and known to whoever proposes it. */
  static get vrf(): Hash {
    const at = __alloc(32);
    qw_get_vrf(at);
    return changetype<Hash>(at);
  }
}
