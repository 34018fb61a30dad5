// Door: the contract compiler. `findUpToDateBuild` answers without loading it.

export { findUpToDateBuild } from "./compiler/build-cache.js";
export type {
  ArtifactPaths,
  BuildOptions,
  BuildProgress,
  BuildResult,
  BuiltContract,
} from "./compiler/build-options.js";
export { compileContracts } from "./compiler/compile-contracts.js";
export type { Diagnostic } from "./compiler/diagnostic.js";
