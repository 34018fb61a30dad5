// Deploys a module on a new machine to call it as often as one likes: what the fuzzer measures calls by.

import { QwvmError } from "../../harness/core/errors.js";
import { call, deploy } from "./fuzz-checks.js";

/** Gives what calls a module's `execute` and says how much gas that took; undefined when it is not deployed. */
export function runs(wasm: Uint8Array): (() => number) | undefined {
  try {
    const { chain, receipt } = deploy(wasm, "fresh");
    return receipt.status === "success" ? () => call(chain, receipt.to, "execute").gasUsed : undefined;
  } catch (error) {
    if (error instanceof QwvmError) return undefined;
    throw error;
  }
}
