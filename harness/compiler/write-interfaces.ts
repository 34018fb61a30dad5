// The outputs of `@interface` classes: for each file that has some, definitions for tests and scripts. A file that has a
// contract as well has its own client under its own name, so these go to NAME.interfaces.js.

import type { BuildSettings } from "./build-options.js";
import type { SourceModel } from "./model.js";
import { interfaceFilesOf } from "./output-paths.js";
import { writeInterfaceAbi } from "./write-abi.js";
import { writeInterfaceModule, writeInterfaceTypes } from "./write-client.js";

/** Output files by path. `needed` are the file and what it imports. */
export function writeInterfaces(
  source: SourceModel,
  needed: readonly SourceModel[],
  settings: BuildSettings,
): Map<string, string> {
  if (source.interfaces.length === 0) return new Map();
  const hasContract = source.contracts.some(({ isAbstract }) => !isAbstract);
  const [client, types] = interfaceFilesOf(source.file, settings, hasContract);
  const abis = source.interfaces.map((item) => writeInterfaceAbi(item, needed));
  return new Map([
    [client, writeInterfaceModule(abis, source.file)],
    [types, writeInterfaceTypes(abis, source.file)],
  ]);
}
