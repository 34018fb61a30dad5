// The outputs of `@interface` classes: for each file that has some, definitions for tests and scripts. A file that has a
// contract as well has its own client under its own name, so these go to NAME.interfaces.js.

import type { SourceModel } from "./model.js";
import { writeInterfaceAbi } from "./write-abi.js";
import { writeInterfaceModule, writeInterfaceTypes } from "./write-client.js";

/** Output files by path. `outBase` is the path of the file's outputs without ending; `needed` the file and what it imports. */
export function writeInterfaces(
  source: SourceModel,
  needed: readonly SourceModel[],
  outBase: string,
): Map<string, string> {
  if (source.interfaces.length === 0) return new Map();
  const hasContract = source.contracts.some(({ isAbstract }) => !isAbstract);
  const base = hasContract ? `${outBase}.interfaces` : outBase;
  const abis = source.interfaces.map((item) => writeInterfaceAbi(item, needed));
  return new Map([
    [`${base}.js`, writeInterfaceModule(abis, source.file)],
    [`${base}.d.ts`, writeInterfaceTypes(abis, source.file)],
  ]);
}
