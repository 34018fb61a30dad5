// Temporary projects to measure in: a copy of an example, with the build of this checkout, or of another one, as its `qwvm`.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The command, relative to a project. */
export const QWVM = "node_modules/qwvm/dist/cli/bin.js";

/** Lays qwvm out as npm would: copied, since Vitest treats a linked package as the project's own source. */
function install(project, root) {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const part of ["dist", "sdk-as", "package.json"]) {
    cpSync(join(root, part), join(project, "node_modules/qwvm", part), { recursive: true });
  }
  for (const name of [...Object.keys(dependencies), "vitest", "fast-check"]) {
    mkdirSync(dirname(join(project, "node_modules", name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "junction");
  }
}

/** Copies `examples/NAME` of a checkout into a temporary project, runs `use` with its path, and removes it. */
export async function withProject(name, use, root = ROOT) {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const project = join(folder, "examples", name);
  try {
    // Laid out as the checkout is: an example's tests may read its fixtures.
    mkdirSync(join(folder, "test"));
    symlinkSync(join(root, "test/fixtures"), join(folder, "test/fixtures"), "junction");
    for (const part of ["contracts", "test", ".gas-snapshot"]) {
      cpSync(join(root, "examples", name, part), join(project, part), { recursive: true });
    }
    writeFileSync(join(project, "package.json"), '{ "type": "module", "private": true }\n');
    install(project, root);
    return await use(project);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts the contracts of all of a checkout's examples in one project, in the place of its own. */
export function copyAllExamples(project, root = ROOT) {
  rmSync(join(project, "contracts"), { recursive: true });
  for (const name of readdirSync(join(root, "examples"))) {
    cpSync(join(root, "examples", name, "contracts"), join(project, "contracts", name), { recursive: true });
  }
}
