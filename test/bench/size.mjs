// Bytes of the example contracts, without custom sections.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printRow, timeProcess } from "./measure.mjs";
import { QWVM, withProject } from "./projects.mjs";

/** Bytes of code by example; the contracts of a row count together. */
const BARS = [
  { example: "counter", contracts: ["counter"], bar: 600 },
  { example: "token", contracts: ["token"], bar: 4 * 1024 },
  { example: "amm", contracts: ["coin"], bar: 4 * 1024 },
  { example: "amm", contracts: ["pool"], bar: 8 * 1024 },
  { example: "nft-marketplace", contracts: ["collection", "marketplace"], bar: 12 * 1024 },
];

export async function benchSize() {
  for (const { example, contracts, bar } of BARS) {
    await withProject(example, (project) => {
      timeProcess({ args: [QWVM, "build"], cwd: project });
      const sizes = contracts.map((name) =>
        sizeWithoutCustomSections(readFileSync(join(project, "build", `${name}.wasm`))),
      );
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      const what = contracts.map((name) => `${name}.wasm`).join(" and ");
      printRow(`${what}, without custom sections`, `${bytes.toLocaleString("en")} bytes`, `${bar} bytes`, bytes <= bar);
    });
  }
}

/** The module's bytes less every section with id 0, its id and its length included. */
export function sizeWithoutCustomSections(wasm) {
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
