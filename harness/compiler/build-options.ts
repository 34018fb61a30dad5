// What a build is asked to do and what it answers. Types and their defaults.

import type { Diagnostic } from "./diagnostic.js";

export interface BuildOptions {
  /** The project's folder. */
  readonly root: string;
  /** Where the contracts are, relative to the root. */
  readonly contractsDir?: string;
  /** Where the outputs go, relative to the root. */
  readonly outDir?: string;
  /** `documented` refuses the extensions: the module imports only the nine documented host functions. */
  readonly hostFunctions?: "all" | "documented";
  /** Leaves out what is for development: `log` prints nothing and costs no code. */
  readonly release?: boolean;
  /** Told what is being done, in a few words; for a progress line. */
  readonly onProgress?: (progress: BuildProgress) => void;
  /** Builds everything, whatever the cache says. */
  readonly force?: boolean;
}

export interface BuildProgress {
  readonly step: "reading" | "compiling" | "writing";
  /** The contract's source file, where one is meant. */
  readonly source?: string;
  readonly done: number;
  readonly total: number;
}

/** The files a contract was built to, as absolute paths. */
export interface ArtifactPaths {
  readonly wasm: string;
  readonly abi: string;
  readonly sourceMap: string;
  readonly client: string;
  readonly clientTypes: string;
  readonly glue: string;
}

export interface BuiltContract {
  readonly name: string;
  /** Relative to the root, with forward slashes. */
  readonly source: string;
  readonly artifacts: ArtifactPaths;
  /** The module's size without custom sections. */
  readonly sizeBytes: number;
  /** Whether it was up to date before this build. */
  readonly cached: boolean;
  /** Every file of the project it was built from, relative to the root. */
  readonly dependencies: readonly string[];
}

export interface BuildResult {
  /** Empty when there are errors. */
  readonly contracts: readonly BuiltContract[];
  readonly diagnostics: readonly Diagnostic[];
  readonly durationMs: number;
}

/** The options with their defaults filled in. */
export interface BuildSettings {
  readonly root: string;
  readonly contractsDir: string;
  readonly outDir: string;
  readonly hostFunctions: "all" | "documented";
  readonly release: boolean;
}

export function resolveSettings(options: BuildOptions): BuildSettings {
  return {
    root: options.root,
    contractsDir: trimSlashes(options.contractsDir ?? "contracts"),
    outDir: trimSlashes(options.outDir ?? "build"),
    hostFunctions: options.hostFunctions ?? "all",
    release: options.release ?? false,
  };
}

function trimSlashes(path: string): string {
  return path.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
}
