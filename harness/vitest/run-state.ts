// What `qwvm test` tells the plugin of the Vitest it runs in the same process. Behind a symbol, since the plugin may come
// from a second copy of this package, the one in the project's node_modules.

import type { GasOptions } from "./gas-options.js";

export interface RunState {
  /** From the command line; they go before the plugin's own options. */
  readonly gas: GasOptions;
  /** The contracts are built already. */
  readonly isBuilt: boolean;
  /** Told what the reporter found, so that the command can end with the right exit code. */
  onGas?: (result: { readonly isDrift: boolean; readonly isError: boolean }) => void;
}

const KEY = Symbol.for("qwvm.run-state");

export function setRunState(state: RunState | undefined): void {
  (globalThis as { [KEY]?: RunState | undefined })[KEY] = state;
}

/** Undefined under plain `vitest`. */
export function getRunState(): RunState | undefined {
  return (globalThis as { [KEY]?: RunState })[KEY];
}
