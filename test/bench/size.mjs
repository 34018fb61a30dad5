// Bytes of the example contracts, without custom sections.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printRow, timeProcess } from "./measure.mjs";
import { QWVM, withProject } from "./projects.mjs";

const BARS = { counter: 600, token: 4 * 1024 };

export async function benchSize() {
  for (const [name, bar] of Object.entries(BARS)) {
    await withProject(name, (project) => {
      timeProcess({ args: [QWVM, "build"], cwd: project });
      const bytes = sizeWithoutCustomSections(readFileSync(join(project, "build", `${name}.wasm`)));
      printRow(
        `${name}.wasm, without custom sections`,
        `${bytes.toLocaleString("en")} bytes`,
        `${bar} bytes`,
        bytes <= bar,
      );
    });
  }
}

/** The module's bytes less every section with id 0, its id and its length included. */
function sizeWithoutCustomSections(wasm) {
  let size = 8;
  for (let at = 8; at < wasm.length; ) {
    const start = at;
    const id = wasm[at++];
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    at += length;
    if (id !== 0) size += at - start;
  }
  return size;
}
