// Meters any module, not contracts alone: no export is asked for, and any function may be imported. What QWVM does not
// run is refused in the same words as at deployment. Instantiating is the VM's.

import type { Signature } from "../core/host-interface.js";
import type { Limits } from "../core/limits.js";
import { printableName } from "../core/printable.js";
import type { GasSchedule } from "../gas/schedule.js";
import { checkComplexity, OWN_MODULE } from "./complexity.js";
import { KIND, type ModuleShape } from "./module-shape.js";
import { outlineModule } from "./outline.js";
import { checkTypes, refuseFloatTypes, refuseInOurWords } from "./pipeline.js";
import { readModule } from "./read-module.js";
import { atByte, refusal, rewordRefusal } from "./refusals.js";
import { rewriteModule } from "./rewrite-module.js";
import { checkSizes, IMPORT_REMEDIES, signatureOf } from "./validate.js";

/** A function that the module imports. */
export interface ModuleImport extends Signature {
  readonly module: string;
  readonly name: string;
}

/** A function that the module exports. */
export interface ModuleExport extends Signature {
  readonly name: string;
}

/** A module that counts its gas, and what it was before. */
export interface MeteredCode {
  readonly bytes: Uint8Array;
  readonly imports: readonly ModuleImport[];
  readonly exports: readonly ModuleExport[];
  readonly hasStart: boolean;
}

export interface MeterOptions {
  /** The module's name, for messages. */
  readonly name: string;
  readonly schedule: GasSchedule;
  readonly limits: Limits;
  readonly floats: "canonical" | "reject";
}

/**
 * Checks a module by the machine's rules for code, whatever it imports and exports, and rewrites it to count gas and
 * stack.
 * @param verb what cannot be done with a module that is refused
 * @throws QwvmError with a `RefusalCode`
 */
export function meterModule(wasm: Uint8Array, options: MeterOptions, verb = "metered"): MeteredCode {
  const { name, limits, floats } = options;
  try {
    refuseImports(wasm, name);
    return refuseInOurWords(wasm, name, () => {
      const shape = readModule(wasm);
      if (floats === "reject") refuseFloatTypes(shape);
      checkSizes(shape, { name, limits });
      checkTypes(shape, { name, floats });
      checkComplexity(shape, name, limits, OWN_MODULE);
      const { bytes } = rewriteModule(shape, undefined, options, false);
      return { bytes, ...functionsOf(shape) };
    });
  } catch (error) {
    throw rewordRefusal(error, verb);
  }
}

function functionsOf(shape: ModuleShape): Omit<MeteredCode, "bytes"> {
  return {
    imports: shape.imports.map(({ module, name, typeIndex }) => ({ module, name, ...signatureOf(shape, typeIndex) })),
    exports: shape.exports
      .filter(({ kind }) => kind === KIND.function)
      .map(({ name, index }) => ({ name, ...signatureOf(shape, shape.functions[index] as number) })),
    hasStart: shape.start !== undefined,
  };
}

/** Memories, tables and globals of somebody else's cannot be limited or reset. Said before anything that depends on them. */
function refuseImports(wasm: Uint8Array, name: string): void {
  const { imports } = outlineModule(wasm);
  const bad = imports.find(({ kind }) => kind !== "function" && kind !== "tag");
  if (bad === undefined) return;
  const shown = `${printableName(bad.module)}.${printableName(bad.name)}`;
  const message = `it imports a ${bad.kind}, ${shown} (${bad.type}; ${atByte(bad.offset)}).`;
  throw refusal("BAD_IMPORT", name, message, IMPORT_REMEDIES[bad.kind as keyof typeof IMPORT_REMEDIES]);
}
