// How numbers and indices may be written: WebAssembly 2.0 decides, not the engine under the machine. Engines differ here from
// version to version, so everything is asked of the machine's own reader; each row says what the standard says.

import { describe, expect, test } from "vitest";
import { BodyPlan } from "../../harness/instrument/body-plan.js";
import { BadBinary } from "../../harness/instrument/byte-reader.js";
import { UnsupportedFeature } from "../../harness/instrument/module-shape.js";
import { readModule } from "../../harness/instrument/read-module.js";
import { scanBody } from "../../harness/instrument/scan-body.js";
import { ENCODINGS } from "./encoding-list.js";

/** What the reader says of all of a module, without an engine. */
function verdict(wasm: Uint8Array): "accepted" | "invalid" | "unsupported" {
  try {
    const shape = readModule(wasm);
    for (let i = 0; i < shape.bodies.length; i++) scanBody(shape, i, new BodyPlan(), "canonical");
    return "accepted";
  } catch (error) {
    if (error instanceof BadBinary) return "invalid";
    if (error instanceof UnsupportedFeature) return "unsupported";
    throw error;
  }
}

describe("each encoding has the standard's verdict", () => {
  test.each(ENCODINGS.map(({ name, wasm, wanted }) => [name, wasm, wanted] as const))("%s", (_name, wasm, wanted) => {
    expect(verdict(wasm)).toBe(wanted);
  });

  test("there are more than a hundred, of every kind", () => {
    expect(ENCODINGS.length).toBeGreaterThan(100);
    expect(new Set(ENCODINGS.map(({ wanted }) => wanted)).size).toBe(3);
  });
});
