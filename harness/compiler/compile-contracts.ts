// The way into the compiler: answers from the cache when nothing has changed, and loads the compiler only when it has.

import { withBuildLock } from "./artifact-store.js";
import { findUpToDateBuild } from "./build-cache.js";
import { type BuildOptions, type BuildResult, resolveSettings } from "./build-options.js";

/**
 * Builds every contract of a project that has changed. When there are errors nothing is written, and the outputs of the
 * last build stay as they were.
 * @throws QwvmError `NO_CONTRACTS_FOLDER`, `NO_CONTRACTS`, `BUILD_LOCKED`, `CANNOT_WRITE_OUTPUT`
 */
export async function compileContracts(options: BuildOptions): Promise<BuildResult> {
  const upToDate = findUpToDateBuild(options);
  if (upToDate !== undefined) return upToDate;
  const start = performance.now();
  const settings = resolveSettings(options);
  const { build } = await import("./build.js");
  const result = await withBuildLock(settings, async () => {
    // Another process may have built it while this one waited.
    return findUpToDateBuild(options) ?? (await build(options, settings));
  });
  return { ...result, durationMs: performance.now() - start };
}
