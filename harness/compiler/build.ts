// The build itself: reads, checks, compiles what changed, stores. All problems of all contracts at once.

import { join } from "node:path";
import { type StaleOutput, storeBuild } from "./artifact-store.js";
import {
  environmentHash,
  hasHash,
  hasOutputs,
  type Manifest,
  type ManifestEntry,
  readManifest,
  toBuiltContract,
  withoutFixes,
} from "./build-cache.js";
import type { BuildOptions, BuildResult, BuildSettings } from "./build-options.js";
import { checkContracts } from "./check-contract.js";
import { LayoutChecker } from "./check-layout.js";
import { checkOutputs } from "./check-outputs.js";
import { compileContract } from "./compile-contract.js";
import { type Diagnostic, sortDiagnostics } from "./diagnostic.js";
import { readInterfaceFile } from "./interface-file.js";
import { linkContract } from "./link-contract.js";
import type { SourceModel } from "./model.js";
import { outBaseOf } from "./output-paths.js";
import { hashOf, listContractFiles, readSdkFiles, readToolVersions } from "./project-files.js";
import { readSources, SDK_CONTRACTS_PATH } from "./read-contract.js";
import { loadAsc } from "./run-asc.js";
import { closureOf, readTexts } from "./source-closure.js";
import { writeInterfaces } from "./write-interfaces.js";

/** Builds what has changed. The caller holds the lock. */
export async function build(options: BuildOptions, settings: BuildSettings): Promise<BuildResult> {
  const progress = options.onProgress ?? (() => {});
  const { root } = settings;
  void loadAsc();
  progress({ step: "reading", done: 0, total: 1 });
  const listed = listContractFiles(root, settings.contractsDir);
  const texts = readTexts(root, listed);
  const sources = readSources(texts);
  const named = new Map<string, string>();
  const diagnostics: Diagnostic[] = checkContracts(
    sources,
    settings,
    (source) => closureOf(source, sources),
    (path) => readInterfaceFile(join(root, path), (bytes) => named.set(path, hashOf(bytes))),
  );
  diagnostics.push(...checkOutputs(sources, listed, settings));
  if (hasErrors(diagnostics)) return { contracts: [], diagnostics: sortDiagnostics(diagnostics), durationMs: 0 };

  const environment = environmentHash(settings);
  const previous = options.force === true ? undefined : readManifest(settings);
  const sdk = readSdkFiles();
  const { qwvm: version } = readToolVersions();
  const targets = sources.filter(
    (source) => source.contracts.some(({ isAbstract }) => !isAbstract) && listed.includes(source.file),
  );
  const entries: { entry: ManifestEntry; cached: boolean }[] = [];
  const files = new Map<string, string | Uint8Array>();
  const layouts = new Map<string, string>();
  const checker = new LayoutChecker(root, settings.contractsDir, sources);
  for (const [index, source] of targets.entries()) {
    const needed = closureOf(source, sources);
    const own = source.contracts.find(({ isAbstract }) => !isAbstract) as (typeof source.contracts)[number];
    const contract = linkContract(own, needed);
    const layout = checker.check(contract, needed);
    diagnostics.push(...layout.diagnostics);
    layouts.set(layout.file, layout.text);
    const kept = findKept(previous, environment, source, needed, root);
    if (kept !== undefined) {
      diagnostics.push(...kept.warnings);
      entries.push({ entry: kept, cached: true });
      continue;
    }
    progress({ step: "compiling", source: source.file, done: index, total: targets.length });
    const outBase = outBaseOf(source.file, settings);
    const { hostFunctions, release } = settings;
    const { compiled, diagnostics: found } = await compileContract({
      contract,
      sources: needed,
      sdk,
      outBase,
      hostFunctions,
      release,
      version,
    });
    diagnostics.push(...found);
    if (compiled === undefined) continue;
    for (const [path, contents] of compiled.files) files.set(path, contents);
    const warnings = withoutFixes(found.filter(({ severity }) => severity === "warning"));
    entries.push({ entry: toEntry(contract.own.name, source, needed, compiled, warnings), cached: false });
  }
  const sorted = sortDiagnostics(diagnostics);
  if (hasErrors(sorted)) return { contracts: [], diagnostics: sorted, durationMs: 0 };
  const interfaces = sources
    .filter(({ file }) => listed.includes(file))
    .flatMap((source) => [...writeInterfaces(source, closureOf(source, sources), settings)]);
  for (const [path, text] of interfaces) files.set(path, text);
  for (const [path, text] of layouts) if (!hasHash(root, path, hashOf(text))) files.set(path, text);

  progress({ step: "writing", done: targets.length, total: targets.length });
  const manifest: Manifest = {
    format: 3,
    environment,
    // What is the SDK's is in the environment's hash.
    sources: Object.fromEntries([
      ...[...texts]
        .filter(([file]) => !file.startsWith(SDK_CONTRACTS_PATH))
        .map(([file, text]) => [file, hashOf(text)]),
      ...named,
    ]),
    contracts: entries.map(({ entry }) => entry),
    interfaces: Object.fromEntries(interfaces.map(([path, text]) => [path, hashOf(text)])),
    layouts: Object.fromEntries([...layouts].map(([path, text]) => [path, hashOf(text)])),
    warnings: withoutFixes(sorted),
  };
  storeBuild(settings, files, staleOutputs(previous ?? readManifest(settings), manifest), manifest);
  const contracts = entries.map(({ entry, cached }) => toBuiltContract(settings, entry, cached));
  return { contracts, diagnostics: sorted, durationMs: 0 };
}

function findKept(
  previous: Manifest | undefined,
  environment: string,
  source: SourceModel,
  needed: readonly SourceModel[],
  root: string,
): ManifestEntry | undefined {
  if (previous === undefined || previous.environment !== environment) return undefined;
  const entry = previous.contracts.find((candidate) => candidate.source === source.file);
  if (entry === undefined || !hasOutputs(root, entry)) return undefined;
  const own = needed.filter(({ file }) => !file.startsWith(SDK_CONTRACTS_PATH));
  const same = own.every(({ file, text }) => previous.sources[file] === hashOf(text));
  return same && own.length === entry.dependencies.length ? entry : undefined;
}

function toEntry(
  name: string,
  source: SourceModel,
  needed: readonly SourceModel[],
  compiled: { readonly sizeBytes: number; readonly files: ReadonlyMap<string, string | Uint8Array> },
  warnings: readonly Diagnostic[],
): ManifestEntry {
  return {
    name,
    source: source.file,
    sizeBytes: compiled.sizeBytes,
    dependencies: needed.map(({ file }) => file).filter((file) => !file.startsWith(SDK_CONTRACTS_PATH)),
    outputs: Object.fromEntries([...compiled.files].map(([path, contents]) => [path, hashOf(contents)])),
    warnings,
  };
}

function staleOutputs(previous: Manifest | undefined, next: Manifest): StaleOutput[] {
  const outputsOf = (manifest: Manifest) => [
    ...manifest.contracts.flatMap((entry) => Object.entries(entry.outputs)),
    ...Object.entries(manifest.interfaces),
  ];
  const current = new Set(outputsOf(next).map(([file]) => file));
  const before = previous === undefined ? [] : outputsOf(previous);
  return before.filter(([file]) => !current.has(file));
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
