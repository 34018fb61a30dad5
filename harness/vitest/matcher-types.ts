// The matchers' types, added to Vitest's own. Types only.

import type { Addressable } from "../core/address.js";

/** What qwvm adds to `expect`. Each takes a function that makes calls, or a receipt (`token.receipt.transfer(...)`). */
export interface QwvmMatchers<Result = unknown> {
  /**
   * The call failed: with a typed error of this name, with this text, or with a reason that the pattern matches.
   * Without arguments any failure will do. `args` are fields that the error must have.
   */
  toBeRevertedWith(reason?: string | RegExp, args?: Record<string, unknown>): Result;
  /** The contract emitted this event; `args` are fields that it must have. */
  toEmit(contract: { readonly address: string }, event: string, args?: Record<string, unknown>): Result;
  /** The balance of an account or a contract changed by exactly this. */
  toChangeBalance(holder: Addressable, delta: bigint): Result;
  /** All calls together used less gas than this. */
  toUseGasBelow(limit: number): Result;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is extended with the type parameters it has.
  interface Matchers<T = any> extends QwvmMatchers<T> {}
}
