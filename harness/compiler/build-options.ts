// What a build is asked to do and what it answers. Types and their defaults.

import { isAbsolute, posix, sep } from "node:path";
import { QwvmError } from "../core/errors.js";
import { printableLiteral } from "../core/printable.js";
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

/**
 * Fills in the defaults.
 * @throws QwvmError `BAD_SETTING` for folders that lie outside of the project, or one in the other
 */
export function resolveSettings(options: BuildOptions): BuildSettings {
  const contractsDir = readFolder("contractsDir", options.contractsDir ?? "contracts");
  const outDir = readFolder("outDir", options.outDir ?? "build");
  refuseNested(contractsDir, outDir);
  return {
    root: options.root,
    contractsDir,
    outDir,
    hostFunctions: options.hostFunctions ?? "all",
    release: options.release ?? false,
  };
}

/** A folder of the project, with forward slashes and no detours. */
function readFolder(name: "contractsDir" | "outDir", given: unknown): string {
  const hint = `It is a folder of the project, relative to it: ${name === "outDir" ? '"build"' : '"contracts"'}.`;
  const refuse = (why: string) =>
    new QwvmError("BAD_SETTING", `${name} is ${printableLiteral(String(given))}, which ${why}.`, { hint });
  if (typeof given !== "string" || given === "" || given.includes("\0")) throw refuse("is no folder");
  const slashed = sep === "\\" ? given.replaceAll("\\", "/") : given;
  if (isAbsolute(given) || posix.isAbsolute(slashed) || /^[a-zA-Z]:/.test(slashed)) throw refuse("is an absolute path");
  const folder = posix.normalize(slashed).replace(/\/+$/, "");
  if (folder === ".." || folder.startsWith("../")) throw refuse("leads out of the project");
  return folder;
}

/** Outputs among the contracts would be taken for contracts by the next build. */
function refuseNested(contractsDir: string, outDir: string): void {
  const [contracts, out] = [contractsDir, outDir].map((folder) => (folder === "." ? "" : `${folder.toLowerCase()}/`));
  const how = out === contracts ? "the folder of the contracts" : undefined;
  const nested =
    how ??
    (contracts?.startsWith(out as string) ? `around the folder of the contracts, ${contractsDir}` : undefined) ??
    (out?.startsWith(contracts as string) ? `in the folder of the contracts, ${contractsDir}` : undefined);
  if (nested === undefined) return;
  throw new QwvmError("BAD_SETTING", `outDir is ${printableLiteral(outDir)}, which is ${nested}.`, {
    hint: 'Outputs need a folder of their own: "outDir": "build" beside "contractsDir": "contracts".',
  });
}
