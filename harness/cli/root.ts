// The project's folder.

import { existsSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { usageError } from "./arguments.js";

/**
 * The folder meant by `--root`, or the current one. Links are followed, as Node does for modules.
 * @throws QwvmError `USAGE` when there is no such folder
 */
export function resolveRoot(given: string | undefined): string {
  const root = resolve(given ?? ".");
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw usageError(`There is no folder ${root}.`, "Give the project's folder: --root DIR.");
  }
  return realpathSync(root);
}
