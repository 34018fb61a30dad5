// Builds one contract again in memory: nothing is read but its sources, and nothing is written.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, resolveSettings } from "./build-options.js";
import { checkContracts } from "./check-contract.js";
import { type CompiledContract, compileContract } from "./compile-contract.js";
import { type Diagnostic, sortDiagnostics } from "./diagnostic.js";
import { readInterfaceFile } from "./interface-file.js";
import { linkContract } from "./link-contract.js";
import { outBaseOf } from "./output-paths.js";
import { listContractFiles, readSdkFiles, readToolVersions } from "./project-files.js";
import { readSources } from "./read-contract.js";
import { closureOf, readTexts } from "./source-closure.js";

export interface Rebuilt {
  /** Undefined when the sources do not compile, or there is no contract in them. */
  readonly compiled: CompiledContract | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param source the contract's file, relative to the root; `outDir` counts for names in messages alone */
export async function rebuildContract(options: BuildOptions, source: string): Promise<Rebuilt> {
  const settings = resolveSettings(options);
  const { root } = settings;
  // The others are read for what interfaces are checked against; their own problems do not count.
  const others = existsSync(join(root, settings.contractsDir)) ? listContractFiles(root, settings.contractsDir) : [];
  const sources = readSources(readTexts(root, [source, ...others]));
  const own = sources.find(({ file }) => file === source);
  const contract = own?.contracts.find(({ isAbstract }) => !isAbstract);
  if (own === undefined || contract === undefined) return { compiled: undefined, diagnostics: [] };
  const needed = closureOf(own, sources);
  const found = checkContracts(
    sources,
    settings,
    (other) => closureOf(other, sources),
    (path) => readInterfaceFile(join(root, path)),
  ).filter(({ file }) => needed.some((item) => item.file === file));
  if (found.some(({ severity }) => severity === "error")) {
    return { compiled: undefined, diagnostics: sortDiagnostics(found) };
  }
  const { hostFunctions, release } = settings;
  const { compiled, diagnostics } = await compileContract({
    contract: linkContract(contract, needed),
    sources: needed,
    sdk: readSdkFiles(),
    outBase: outBaseOf(source, settings),
    hostFunctions,
    release,
    version: readToolVersions().qwvm,
  });
  return { compiled, diagnostics: sortDiagnostics(diagnostics) };
}
