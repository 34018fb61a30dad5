// The last passes over a compiled module, on asc's own copy of binaryen, and its bytes with their source map.

import type binaryenModule from "binaryen";

type Binaryen = typeof binaryenModule;

/** Optimizes the module that asc left and writes it. The name section is still in it. */
export function optimizeModule(binaryen: Binaryen, ref: number): { wasm: Uint8Array; sourceMap: string } {
  const { wrapModule } = binaryen as unknown as { wrapModule(ref: number): binaryenModule.Module };
  const module = wrapModule(ref);
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
