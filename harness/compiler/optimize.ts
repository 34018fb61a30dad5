// The last passes over a compiled module, on asc's own copy of binaryen, and its bytes with their source map.

import type binaryenModule from "binaryen";

type Binaryen = typeof binaryenModule;

const HEAP_BASE = "~lib/memory/__heap_base";
const WATCHES_QUERIES = "~lib/qwvm/sdk-as/read-only/WATCHES_QUERIES";
const HEAP_TOP = "~lib/rt/contract/__top";

/** The memory manager's blocks begin at multiples of this, the first one too. */
const ALIGNMENT = 16;

/**
 * Makes the memory manager's beginning a constant: where the data ends is known when everything is compiled, and asc
 * would set it by code that runs before every call.
 */
export function setHeapStart(binaryen: Binaryen, ref: number): void {
  const { wrapModule } = binaryen as unknown as { wrapModule(ref: number): binaryenModule.Module };
  const module = wrapModule(ref);
  const global = module.getGlobal(HEAP_BASE);
  // A module that allocates nothing has neither.
  if (global === 0) return;
  const base = binaryen.getGlobalInfo(global).init;
  const { value } = binaryen.getExpressionInfo(base) as unknown as { value: number };
  module.removeGlobal(HEAP_TOP);
  module.addGlobal(HEAP_TOP, binaryen.i32, true, module.i32.const(Math.ceil(value / ALIGNMENT) * ALIGNMENT));
}

/** Leaves out what stops queries from changing something, where the compiler has seen that none can. */
export function leaveQueriesUnwatched(binaryen: Binaryen, ref: number): void {
  const { wrapModule } = binaryen as unknown as { wrapModule(ref: number): binaryenModule.Module };
  const module = wrapModule(ref);
  if (module.getGlobal(WATCHES_QUERIES) === 0) return;
  module.removeGlobal(WATCHES_QUERIES);
  module.addGlobal(WATCHES_QUERIES, binaryen.i32, true, module.i32.const(0));
}

/** Optimizes the module that asc left and writes it. The name section is still in it. */
export function optimizeModule(binaryen: Binaryen, ref: number): { wasm: Uint8Array; sourceMap: string } {
  const { wrapModule } = binaryen as unknown as { wrapModule(ref: number): binaryenModule.Module };
  const module = wrapModule(ref);
  // Without this feature no section counts the data segments, which only memory.init and data.drop need; asc writes neither.
  module.setFeatures(module.getFeatures() & ~binaryen.Features.BulkMemory);
  try {
    const { binary, sourceMap } = module.emitBinary("contract.wasm.map") as unknown as {
      binary: Uint8Array;
      sourceMap: string;
    };
    return { wasm: binary, sourceMap };
  } finally {
    module.dispose();
  }
}
