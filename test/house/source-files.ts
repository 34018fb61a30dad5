// Reads the repository's own sources for the house tests: which files there are and what each imports.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const SKIPPED = new Set(["node_modules", "dist", "build", ".git"]);

/** Paths below a folder of the repository, relative to the root, with forward slashes, sorted. */
export function listFiles(folder: string, ending: string): string[] {
  const found: string[] = [];
  const visit = (dir: string): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) visit(path);
      } else if (entry.name.endsWith(ending)) {
        found.push(relative(ROOT, path).split(sep).join("/"));
      }
    }
  };
  visit(join(ROOT, folder));
  return found.sort();
}

export function readSource(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Every module a file names: static, dynamic and type imports, and re-exports. */
export function importsOf(path: string): string[] {
  return ts.preProcessFile(readSource(path), true, true).importedFiles.map((file) => file.fileName);
}

/** The repository path a relative import means, its `.js` written as `.ts`; undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const path = join(dirname(from), specifier).split(sep).join("/");
  return path.replace(/\.js$/, ".ts");
}
