// AssemblyScript's library as contracts get it: its own text, with single places replaced where it does something else
// than it says. Each patch says what it mends; a text that is not found is a bug of this compiler, not of the contract.

import { InternalError } from "../core/errors.js";
import { ARRAY_PATCHES } from "./library/array-patches.js";
import { COLLECTION_PATCHES } from "./library/collection-patches.js";
import { DATE_PATCHES } from "./library/date-patches.js";
import type { LibraryPatch } from "./library/library-patch.js";
import { NUMBER_PATCHES } from "./library/number-patches.js";
import { TEXT_PATCHES } from "./library/text-patches.js";
import { TYPED_ARRAY_PATCHES } from "./library/typed-array-patches.js";

export const LIBRARY_PATCHES: readonly LibraryPatch[] = [
  ...ARRAY_PATCHES,
  ...COLLECTION_PATCHES,
  ...DATE_PATCHES,
  ...NUMBER_PATCHES,
  ...TEXT_PATCHES,
  ...TYPED_ARRAY_PATCHES,
];

/** The library's files by name, patched. Throws an InternalError that names a patch whose text is not there. */
export function patchLibrary(files: Readonly<Record<string, string>>): Record<string, string> {
  const patched: Record<string, string> = { ...files };
  for (const { file, mends, find, replace, times = 1 } of LIBRARY_PATCHES) {
    const parts = (patched[file] ?? "").split(find);
    if (parts.length !== times + 1) {
      const found = `${parts.length - 1} times in ~lib/${file}.ts instead of ${times}`;
      throw new InternalError(`The text of asc's library that is patched stands ${found}: ${mends}`);
    }
    patched[file] = parts.join(replace);
  }
  return patched;
}
