// The patches of asc's library: each finds its text in the pinned version, and one that does not is named.

import { libraryFiles } from "assemblyscript/asc";
import { expect, test } from "vitest";
import { LIBRARY_PATCHES, patchLibrary } from "../../harness/compiler/patch-library.js";

const library = libraryFiles as unknown as Record<string, string>;

test("the pinned library has every text that is patched, and keeps all others", () => {
  const patched = patchLibrary(library);
  const files = new Set(LIBRARY_PATCHES.map(({ file }) => file));
  expect(Object.keys(patched)).toEqual(Object.keys(library));
  for (const [file, text] of Object.entries(patched))
    expect([file, text === library[file]]).toEqual([file, !files.has(file)]);
  for (const { file, replace } of LIBRARY_PATCHES) expect(patched[file]).toContain(replace.split("\n")[0]);
});

test("a library without one of them is a bug of ours that names it", () => {
  const [first] = LIBRARY_PATCHES;
  const changed = { ...library, [first?.file ?? ""]: "" };
  expect(() => patchLibrary(changed)).toThrow(
    /stands 0 times in ~lib\/util\/bytes\.ts instead of 1: fill with a start/,
  );
});
