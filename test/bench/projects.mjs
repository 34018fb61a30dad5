// Temporary projects to measure in: a copy of an example, with this checkout as its `qwvm`.

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const QWVM = join(ROOT, "dist/cli/bin.js");

/** Copies `examples/NAME` into a temporary project, runs `use` with its path, and removes it. */
export async function withProject(name, use) {
  const project = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    for (const part of ["contracts", "test", ".gas-snapshot"]) {
      cpSync(join(ROOT, "examples", name, part), join(project, part), { recursive: true });
    }
    writeFileSync(join(project, "package.json"), '{ "type": "module", "private": true }\n');
    mkdirSync(join(project, "node_modules"));
    symlinkSync(ROOT, join(project, "node_modules/qwvm"), "junction");
    symlinkSync(join(ROOT, "node_modules/vitest"), join(project, "node_modules/vitest"), "junction");
    return await use(project);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
