// `qwvm optimize`: binaryen's -Oz over any module that QWVM runs, without enabling a feature that it refuses. Custom
// sections are left out, but for the interface. Loads binaryen when it is called.

import { ABI_SECTION } from "../core/abi.js";
import { DEFAULT_LIMITS } from "../core/limits.js";
import { DEFAULT_SCHEDULE } from "../gas/schedule.js";
import { ByteWriter } from "./byte-writer.js";
import { type MeterOptions, meterModule } from "./meter-module.js";
import { outlineModule } from "./outline.js";

/** binaryen's levels for -Oz. */
const OPTIMIZE_LEVEL = 2;
const SHRINK_LEVEL = 2;

/** A smaller module, and whether its code was optimised. */
export interface OptimizedModule {
  readonly wasm: Uint8Array;
  /** False when binaryen cannot deal with the module: then nothing but debug sections was taken out. */
  readonly isOptimized: boolean;
}

/**
 * Makes a module smaller; at worst it is without its debug sections and otherwise as it was.
 * @param name for messages
 * @throws QwvmError with a `RefusalCode` for a module that QWVM does not run
 */
export async function optimizeModule(wasm: Uint8Array, name: string): Promise<OptimizedModule> {
  const options = {
    name,
    schedule: DEFAULT_SCHEDULE,
    // Sizes are deployment's to judge: what is too large now may not be when it is optimised.
    limits: { ...DEFAULT_LIMITS, memoryPages: 65_536, tableElements: 10_000_000 },
    floats: "canonical",
  } as const;
  meterModule(wasm, options, "optimised");
  const bare = withoutCustomSections(wasm);
  const written = await runBinaryen(bare);
  const isOptimized = written !== undefined && runs(written, options);
  const shrunk = isOptimized ? withoutCustomSections(written) : bare;
  return { wasm: withInterface(shrunk.length < bare.length ? shrunk : bare, wasm), isOptimized };
}

function runs(wasm: Uint8Array, options: MeterOptions): boolean {
  try {
    meterModule(wasm, options);
    return true;
  } catch {
    return false;
  }
}

/** Undefined for the few valid modules that binaryen cannot read, those that drop a declarative segment for example. */
async function runBinaryen(wasm: Uint8Array): Promise<Uint8Array | undefined> {
  const { default: binaryen } = await import("binaryen");
  const { MVP, MutableGlobals, NontrappingFPToInt, BulkMemory, BulkMemoryOpt, SignExt, Multivalue, ReferenceTypes } =
    binaryen.Features;
  const conversions = NontrappingFPToInt | SignExt;
  const features = MVP | MutableGlobals | conversions | BulkMemory | BulkMemoryOpt | Multivalue | ReferenceTypes;
  let module: InstanceType<typeof binaryen.Module> | undefined;
  try {
    module = binaryen.readBinaryWithFeatures(wasm, features);
    binaryen.setOptimizeLevel(OPTIMIZE_LEVEL);
    binaryen.setShrinkLevel(SHRINK_LEVEL);
    binaryen.setDebugInfo(false);
    module.optimize();
    return module.emitBinary();
  } catch {
    return undefined;
  } finally {
    module?.dispose();
  }
}

function withoutCustomSections(wasm: Uint8Array): Uint8Array {
  const out = new ByteWriter(wasm.length);
  out.copy(wasm, 0, 8);
  for (const { id, end, sizeBytes } of outlineModule(wasm).sections) {
    if (id !== 0) out.copy(wasm, end - sizeBytes, end);
  }
  return out.finish();
}

/** The module with the custom section that holds the original's interface, if it has one. */
function withInterface(wasm: Uint8Array, original: Uint8Array): Uint8Array {
  const section = outlineModule(original).sections.find(({ id, name }) => id === 0 && name === ABI_SECTION);
  if (section === undefined) return wasm;
  const out = new ByteWriter(wasm.length + section.sizeBytes);
  out.append(wasm);
  out.copy(original, section.end - section.sizeBytes, section.end);
  return out.finish();
}
