// Temporary projects to measure in: a copy of an example, with this checkout's build as its `qwvm`.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The command, relative to a project. */
export const QWVM = "node_modules/qwvm/dist/cli/bin.js";

/** Lays qwvm out as npm would: copied, since Vitest treats a linked package as the project's own source. */
function install(project) {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const part of ["dist", "sdk-as", "package.json"]) {
    cpSync(join(ROOT, part), join(project, "node_modules/qwvm", part), { recursive: true });
  }
  for (const name of [...Object.keys(dependencies), "vitest"]) {
    mkdirSync(dirname(join(project, "node_modules", name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(project, "node_modules", name), "junction");
  }
}

/** Copies `examples/NAME` into a temporary project, runs `use` with its path, and removes it. */
export async function withProject(name, use) {
  const project = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    for (const part of ["contracts", "test", ".gas-snapshot"]) {
      cpSync(join(ROOT, "examples", name, part), join(project, part), { recursive: true });
    }
    writeFileSync(join(project, "package.json"), '{ "type": "module", "private": true }\n');
    install(project);
    return await use(project);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
