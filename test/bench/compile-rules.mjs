// A module by the machine's rules for deployment, for compile.mjs and its workers: its rewritten code, or that it is refused.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./projects.mjs";

const load = (path) => import(pathToFileURL(join(ROOT, "dist", path)).href);
const { instrument } = await load("instrument/pipeline.js");
const { checkComplexity, checkTypeSizes } = await load("instrument/complexity.js");
const { readModule } = await load("instrument/read-module.js");
const { DEFAULT_LIMITS: limits } = await load("core/limits.js");
const { DEFAULT_SCHEDULE: schedule } = await load("gas/schedule.js");

/** The code that runs, or undefined for a module that is refused. */
export function instrumented(wasm) {
  const options = { name: "Bench", schedule, limits, hostFunctions: "all", floats: "canonical" };
  return refused(() => instrument(wasm, options).bytes);
}

/** Whether a module is not too large, without asking an engine. */
export function fits(wasm) {
  if (wasm.length > limits.codeBytes) return false;
  const checked = refused(() => {
    const shape = readModule(wasm);
    checkTypeSizes(shape, "Bench");
    checkComplexity(shape, "Bench", limits);
    return true;
  });
  return checked === true;
}

function refused(step) {
  try {
    return step();
  } catch (error) {
    if (error.code === "CODE_TOO_LARGE") return undefined;
    throw error;
  }
}
