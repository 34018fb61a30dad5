// Writes the contracts of a temporary project in place of those that were there.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Text by path relative to the root. */
export function writeContracts(root: string, files: Readonly<Record<string, string>>): void {
  rmSync(join(root, "contracts"), { recursive: true, force: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
