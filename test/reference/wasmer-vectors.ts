// Reads the committed Wasmer vectors: test/vectors/wasmer-gas.json, written by the program in test/vectors/wasmer.

import { readFileSync } from "node:fs";

export type TypedValue = { readonly [type in "i32" | "i64" | "f32" | "f64"]?: string };

export interface VectorCall {
  readonly export: string;
  readonly args: readonly TypedValue[];
  readonly results?: readonly TypedValue[];
  /** Present when the call succeeded. */
  readonly gas?: number;
  readonly trap?: string;
}

export interface VectorModule {
  readonly name: string;
  readonly wasm: Uint8Array;
  readonly startGas: number;
  readonly calls: readonly VectorCall[];
}

/** What each call was given, and the modules in the order they were recorded. */
export function readWasmerVectors(): { readonly limit: number; readonly modules: readonly VectorModule[] } {
  const path = new URL("../vectors/wasmer-gas.json", import.meta.url);
  const file = JSON.parse(readFileSync(path, "utf8")) as {
    limit: number;
    modules: (Omit<VectorModule, "wasm"> & { wasm: string })[];
  };
  const modules = file.modules.map((module) => ({
    ...module,
    wasm: new Uint8Array(Buffer.from(module.wasm, "base64")),
  }));
  return { limit: file.limit, modules };
}
