// Compiled contracts: each artifact is rewritten and compiled once, whoever deploys it, and its idle instances wait here
// for the next call. Instances are instance.ts.

import { createHash } from "node:crypto";
import type { Artifact } from "../core/artifact.js";
import { copyBytes } from "../core/copies.js";
import { InternalError } from "../core/errors.js";
import { isStackOverflow } from "../core/stack-overflow.js";
import { type InstrumentOptions, instrument } from "../instrument/pipeline.js";
import type { CompiledContract } from "./compiled-contract.js";

/** What the rewriting depends on, beside the bytes. */
export type CompileOptions = Omit<InstrumentOptions, "name">;

const byArtifact = new WeakMap<Artifact, Map<string, CompiledContract>>();
/**
 * The contracts compiled last, by options and bytes; the one that was asked for longest ago comes first. Weak references
 * would not do: the engine keeps what they refer to until the event loop turns, and a test may compile thousands before.
 */
const byBytes = new Map<string, CompiledContract>();
const MOST_REMEMBERED = 1_000;
const MOST_REMEMBERED_BYTES = 64 * 1_048_576;
let rememberedBytes = 0;

/** The compiled contracts of all machines with the same options. */
export class CodeCache {
  readonly #options: CompileOptions;
  readonly #key: string;

  constructor(options: CompileOptions) {
    this.#options = options;
    const { schedule, limits, hostFunctions, floats } = options;
    const { instruction, memoryGrow, bulkUnit, bulkUnitSize, tableUnitSize } = schedule;
    const { memoryPages, stackBytes, codeBytes, tableElements } = limits;
    const prices = [instruction, memoryGrow, bulkUnit, bulkUnitSize, tableUnitSize];
    this.#key = [...prices, memoryPages, stackBytes, codeBytes, tableElements, hostFunctions, floats].join();
  }

  /**
   * The compiled contract of an artifact; rewrites and compiles it when it is new.
   * @throws QwvmError when the module may not be deployed
   */
  compile(artifact: Artifact): CompiledContract {
    const known = byArtifact.get(artifact)?.get(this.#key);
    if (known !== undefined) return known;
    const hash = createHash("sha256").update(artifact.wasm).digest("base64");
    const bytesKey = `${this.#key} ${hash}`;
    const compiled = byBytes.get(bytesKey) ?? this.#compileNew(artifact);
    remember(bytesKey, compiled);
    const ofArtifact = byArtifact.get(artifact) ?? new Map<string, CompiledContract>();
    ofArtifact.set(this.#key, compiled);
    byArtifact.set(artifact, ofArtifact);
    return compiled;
  }

  #compileNew(artifact: Artifact): CompiledContract {
    const options: InstrumentOptions = { ...this.#options, name: artifact.name };
    // A copy: nobody outside can change what later failures are located in.
    const wasm = copyBytes(artifact.wasm);
    const instrumented = instrument(wasm, options);
    let module: WebAssembly.Module;
    try {
      module = new WebAssembly.Module(instrumented.bytes);
    } catch (cause) {
      if (isStackOverflow(cause)) throw cause;
      throw new InternalError(`The rewritten module of ${artifact.name} does not compile.`, { cause });
    }
    return { instrumented, module, options, wasm, idle: [] };
  }
}

function remember(key: string, compiled: CompiledContract): void {
  if (byBytes.delete(key)) rememberedBytes -= compiled.wasm.length;
  byBytes.set(key, compiled);
  rememberedBytes += compiled.wasm.length;
  for (const [oldest, { wasm }] of byBytes) {
    if (byBytes.size <= MOST_REMEMBERED && rememberedBytes <= MOST_REMEMBERED_BYTES) return;
    byBytes.delete(oldest);
    rememberedBytes -= wasm.length;
  }
}
