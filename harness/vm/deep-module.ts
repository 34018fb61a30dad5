// A contract's module as the thread with the deep stack runs it: made when it is first needed there, and kept beside the other.

import { InternalError } from "../core/errors.js";
import { isStackOverflow } from "../core/stack-overflow.js";
import { instrumentShared } from "../instrument/pipeline.js";
import type { CompiledContract } from "./compiled-contract.js";
import type { DeepModule } from "./deep-stack.js";

const known = new WeakMap<CompiledContract, DeepModule>();

/** The contract's module with a memory that threads can share. */
export function deepModuleOf(compiled: CompiledContract): DeepModule {
  let deep = known.get(compiled);
  if (deep === undefined) {
    const { bytes, mostPages } = instrumentShared(compiled.wasm, compiled.options);
    const { instrumented } = compiled;
    const shift = bytes.length - instrumented.bytes.length;
    deep = { module: compile(bytes), initialPages: instrumented.initialPages, mostPages, shift };
    known.set(compiled, deep);
  }
  return deep;
}

function compile(bytes: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    if (isStackOverflow(cause)) throw cause;
    throw new InternalError("A module with a shared memory does not compile.", { cause });
  }
}
