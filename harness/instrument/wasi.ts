// Modules that were built for WASI, a system interface that the machine does not have: said before anything about their
// size, which no remedy would help.

import { QwvmError } from "../core/errors.js";
import { printableName } from "../core/printable.js";
import { outlineModule } from "./outline.js";
import { atByte, refusal } from "./refusals.js";

const REMEDIES = {
  go: "Go's own compiler makes modules for WASI alone, with a runtime that needs it, so its modules are no contracts. Write the contract in AssemblyScript, Rust, C or Zig.",
  other:
    "It was built for WASI. Build without a system: --target wasm32-unknown-unknown in Rust, -nostdlib and no <stdio.h> in C, -target wasm32-freestanding in Zig, and neither files, clocks nor random numbers.",
};

/** Whether a module's name in an import is one of WASI's. */
export function isWasi(module: string): boolean {
  return /^wasi[_:]/.test(module);
}

/** The refusal of an import from WASI. `hasGo`: whether a section of Go's linker is there. */
export function refuseWasi(contract: string, module: string, name: string, offset: number, hasGo: boolean): QwvmError {
  const shown = `${printableName(module)}.${printableName(name)}`;
  const message = `it imports ${shown} of WASI, which the machine does not offer (${atByte(offset)}).`;
  return refusal("UNKNOWN_IMPORT", contract, message, hasGo ? REMEDIES.go : REMEDIES.other);
}

/** Whether a custom section's name says that Go's linker wrote the module. */
export function isGoSection(name: string): boolean {
  return name === "go:buildid" || name === "go.buildid";
}

/** In place of a refusal for its size, that of a module's first import from WASI; the refusal itself when it has none. */
export function preferWasi(error: unknown, wasm: Uint8Array, contract: string): unknown {
  if (!(error instanceof QwvmError) || error.code !== "CODE_TOO_LARGE") return error;
  const { imports, sections } = outlineModule(wasm);
  const found = imports.find(({ kind, module }) => kind === "function" && isWasi(module));
  if (found === undefined) return error;
  return refuseWasi(
    contract,
    found.module,
    found.name,
    found.offset,
    sections.some(({ name }) => isGoSection(name)),
  );
}
