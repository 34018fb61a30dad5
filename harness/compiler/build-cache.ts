// Says what is up to date, by the hash of everything that matters: sources, SDK, versions, settings, and the outputs
// themselves. Loads neither ts-morph nor asc nor binaryen. A manifest that cannot be read counts as none.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuildOptions, BuildResult, BuildSettings, BuiltContract } from "./build-options.js";
import { resolveSettings } from "./build-options.js";
import type { Diagnostic } from "./diagnostic.js";
import { artifactsOf, isOutputPath } from "./output-paths.js";
import { hashOf, listContractFiles, readSdkFiles, readToolsHash } from "./project-files.js";

/** The manifest's name in the output folder. */
export const MANIFEST_NAME = ".qwvm-build.json";

/** One built contract, as the manifest remembers it. Paths are relative to the root. */
export interface ManifestEntry {
  readonly name: string;
  readonly source: string;
  readonly sizeBytes: number;
  readonly dependencies: readonly string[];
  /** Hash by output path. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What compiling it has found, without fixes. */
  readonly warnings: readonly Diagnostic[];
}

export interface Manifest {
  readonly format: 3;
  /** Hash of the settings, the SDK, the compiler and the versions. */
  readonly environment: string;
  /** Hash by file: everything in the contracts folder, and what it imports or names from elsewhere. */
  readonly sources: Readonly<Record<string, string>>;
  readonly contracts: readonly ManifestEntry[];
  /** Hash by output path of what `@interface` classes give. */
  readonly interfaces: Readonly<Record<string, string>>;
  /** Hash by path of the layout files beside the contracts. */
  readonly layouts: Readonly<Record<string, string>>;
  /** All warnings of the build, without fixes: whoever writes a manifest must not say how sources are changed. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * The last build's result, if nothing has changed since; undefined if there is something to build.
 * @throws QwvmError `NO_CONTRACTS_FOLDER`, `NO_CONTRACTS`
 */
export function findUpToDateBuild(options: BuildOptions): BuildResult | undefined {
  const start = performance.now();
  const settings = resolveSettings(options);
  const listed = listContractFiles(settings.root, settings.contractsDir);
  const manifest = readManifest(settings);
  if (options.force === true || manifest === undefined) return undefined;
  if (manifest.environment !== environmentHash(settings)) return undefined;
  if (!listed.every((file) => Object.hasOwn(manifest.sources, file))) return undefined;
  const unchanged = Object.entries(manifest.sources).every(([file, hash]) => hasHash(settings.root, file, hash));
  if (!unchanged || !manifest.contracts.every((entry) => hasOutputs(settings.root, entry))) return undefined;
  if (!hasOutputs(settings.root, { outputs: { ...manifest.interfaces, ...manifest.layouts } })) return undefined;
  return {
    contracts: manifest.contracts.map((entry) => toBuiltContract(settings, entry, true)),
    diagnostics: manifest.warnings,
    durationMs: performance.now() - start,
  };
}

/** Reads the manifest; undefined when there is none, or it is not one that a build of these settings has written. */
export function readManifest(settings: BuildSettings): Manifest | undefined {
  try {
    const text = readFileSync(join(settings.root, settings.outDir, MANIFEST_NAME), "utf8");
    const manifest = JSON.parse(text) as Manifest;
    return isManifest(manifest, settings) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is a manifest with nothing but outputs of a build among its outputs. Throws for what is far from one. */
function isManifest(value: Manifest, settings: BuildSettings): boolean {
  const { format, environment, sources, contracts, interfaces, layouts, warnings } = value;
  const isOutput = (path: string) => isOutputPath(path, settings.outDir);
  return (
    format === 3 &&
    typeof environment === "string" &&
    isHashes(sources) &&
    isHashes(layouts) &&
    isHashes(interfaces, isOutput) &&
    contracts.every(
      ({ name, source, sizeBytes, dependencies, outputs, warnings }) =>
        typeof name === "string" &&
        typeof source === "string" &&
        typeof sizeBytes === "number" &&
        dependencies.every((file) => typeof file === "string") &&
        isHashes(outputs, isOutput) &&
        Object.values(artifactsOf(source, settings)).every((path) => Object.hasOwn(outputs, path)) &&
        warnings.every(isDiagnostic),
    ) &&
    warnings.every(isDiagnostic)
  );
}

function isHashes(value: Readonly<Record<string, string>>, isPath: (path: string) => boolean = () => true): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([path, hash]) => isPath(path) && typeof hash === "string");
}

function isDiagnostic({ code, severity, message, file, line, column, hint, fix }: Diagnostic): boolean {
  return (
    [code, message, file].every((text) => typeof text === "string") &&
    severity === "warning" &&
    [line, column].every((number) => Number.isSafeInteger(number) && number > 0) &&
    (hint === undefined || typeof hint === "string") &&
    fix === undefined
  );
}

/** Warnings as a manifest remembers them. */
export function withoutFixes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map(({ fix: _, ...diagnostic }) => diagnostic);
}

/** Hash of what every contract of a build depends on beside its own sources. */
export function environmentHash(settings: BuildSettings): string {
  const { contractsDir, outDir, hostFunctions, release } = settings;
  const tools = readToolsHash();
  return hashOf(JSON.stringify({ tools, contractsDir, outDir, hostFunctions, release, sdk: [...readSdkFiles()] }));
}

/** Whether all of a contract's outputs are there as they were written. */
export function hasOutputs(root: string, entry: Pick<ManifestEntry, "outputs">): boolean {
  return Object.entries(entry.outputs).every(([file, hash]) => hasHash(root, file, hash));
}

export function toBuiltContract(settings: BuildSettings, entry: ManifestEntry, cached: boolean): BuiltContract {
  const { name, source, sizeBytes, dependencies } = entry;
  const { wasm, abi, sourceMap, client, clientTypes, glue } = artifactsOf(source, settings);
  const path = (file: string) => join(settings.root, file);
  return {
    name,
    source,
    sizeBytes,
    dependencies,
    cached,
    artifacts: {
      wasm: path(wasm),
      abi: path(abi),
      sourceMap: path(sourceMap),
      client: path(client),
      clientTypes: path(clientTypes),
      glue: path(glue),
    },
  };
}

export function hasHash(root: string, file: string, hash: string): boolean {
  try {
    return hashOf(readFileSync(join(root, file))) === hash;
  } catch {
    return false;
  }
}
