// Says what is up to date, by the hash of everything that matters: sources, SDK, versions, settings, and the outputs
// themselves. Loads neither ts-morph nor asc nor binaryen. A manifest that cannot be read counts as none.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuildOptions, BuildResult, BuildSettings, BuiltContract } from "./build-options.js";
import { resolveSettings } from "./build-options.js";
import type { Diagnostic } from "./diagnostic.js";
import { hashOf, listContractFiles, readSdkFiles, readToolVersions } from "./project-files.js";

/** The manifest's name in the output folder. */
export const MANIFEST_NAME = ".qwvm-build.json";

/** One built contract, as the manifest remembers it. Paths are relative to the root. */
export interface ManifestEntry {
  readonly name: string;
  readonly source: string;
  readonly sizeBytes: number;
  readonly dependencies: readonly string[];
  readonly artifacts: { readonly [K in keyof BuiltContract["artifacts"]]: string };
  /** Hash by output path. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Manifest {
  readonly format: 2;
  /** Hash of the settings, the SDK and the versions. */
  readonly environment: string;
  /** Hash by file: everything in the contracts folder, and what it imports from elsewhere. */
  readonly sources: Readonly<Record<string, string>>;
  readonly contracts: readonly ManifestEntry[];
  /** Hash by output path of what `@interface` classes give. */
  readonly interfaces?: Readonly<Record<string, string>>;
  /** Hash by path of the layout files beside the contracts. */
  readonly layouts?: Readonly<Record<string, string>>;
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
  if (!listed.every((file) => file in manifest.sources)) return undefined;
  const unchanged = Object.entries(manifest.sources).every(([file, hash]) => hasHash(settings.root, file, hash));
  if (!unchanged || !manifest.contracts.every((entry) => hasOutputs(settings.root, entry))) return undefined;
  if (!hasOutputs(settings.root, { outputs: { ...manifest.interfaces, ...manifest.layouts } })) return undefined;
  return {
    contracts: manifest.contracts.map((entry) => toBuiltContract(settings.root, entry, true)),
    diagnostics: manifest.warnings,
    durationMs: performance.now() - start,
  };
}

/** Reads the manifest; undefined when there is none or it is damaged. */
export function readManifest(settings: BuildSettings): Manifest | undefined {
  const path = join(settings.root, settings.outDir, MANIFEST_NAME);
  if (!existsSync(path)) return undefined;
  try {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    const complete =
      manifest.format === 2 &&
      typeof manifest.environment === "string" &&
      typeof manifest.sources === "object" &&
      manifest.sources !== null &&
      Array.isArray(manifest.warnings) &&
      Array.isArray(manifest.contracts) &&
      manifest.contracts.every((entry) => typeof entry?.outputs === "object" && typeof entry.artifacts === "object");
    return complete ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Hash of what every contract of a build depends on beside its own sources. */
export function environmentHash(settings: BuildSettings): string {
  const { contractsDir, outDir, hostFunctions, release } = settings;
  const versions = readToolVersions();
  return hashOf(JSON.stringify({ versions, contractsDir, outDir, hostFunctions, release, sdk: [...readSdkFiles()] }));
}

/** Whether all of a contract's outputs are there as they were written. */
export function hasOutputs(root: string, entry: Pick<ManifestEntry, "outputs">): boolean {
  return Object.entries(entry.outputs).every(([file, hash]) => hasHash(root, file, hash));
}

export function toBuiltContract(root: string, entry: ManifestEntry, cached: boolean): BuiltContract {
  const { name, source, sizeBytes, dependencies } = entry;
  const { wasm, abi, sourceMap, client, clientTypes, glue } = entry.artifacts;
  const path = (file: string) => join(root, file);
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
