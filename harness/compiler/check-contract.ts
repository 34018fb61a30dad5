// Model → diagnostics: every mistake that can be seen before asc runs, all at once.

import type { BuildSettings } from "./build-options.js";
import type { Diagnostic } from "./diagnostic.js";
import type { SourceModel } from "./model.js";

/** All findings of a build's files. */
export function checkContracts(_sources: readonly SourceModel[], _settings: BuildSettings): Diagnostic[] {
  return [];
}
