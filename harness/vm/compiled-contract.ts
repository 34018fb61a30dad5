// A contract ready to be instantiated: the value that the code cache makes and everything about running starts from.

import type { InstrumentedModule, InstrumentOptions } from "../instrument/pipeline.js";

/** One compiled contract. */
export interface CompiledContract {
  readonly instrumented: InstrumentedModule;
  readonly module: WebAssembly.Module;
  readonly options: InstrumentOptions;
  readonly wasm: Uint8Array;
  /** Instances that wait for a call, the one used last at the end. The pool alone knows what they are. */
  readonly idle: unknown[];
}
