// The call tree of a transaction while it grows. A receipt shows it as `CallFrame`.

import type { CallFrame } from "../core/receipt.js";

export type MutableCallFrame = { -readonly [K in keyof CallFrame]: CallFrame[K] };

/** Shared by all frames that called nobody. */
export const NO_CALLS: readonly CallFrame[] = Object.freeze([]);

/** Hangs a callee's frame on its caller's. */
export function addCall(caller: MutableCallFrame, callee: CallFrame): void {
  if (caller.calls === NO_CALLS) caller.calls = [callee];
  else (caller.calls as CallFrame[]).push(callee);
}
